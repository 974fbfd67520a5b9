"""A game being played: its moments, and what each typed line makes of them. Pure: it asks others to save."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.engine import begin, step
from pianist_quest.engine.text import render
from pianist_quest.engine.turn import Heading, ImpossibleActionError

from .command import Act, Meta, Reply, understand
from .complete import completions, hints
from .grammar import METAS
from .render import statistics_lines, status_line
from .scene import Scene, plain
from .words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from pianist_quest.engine.state import State
    from pianist_quest.engine.turn import Action, Event
    from pianist_quest.saves.codec import Saved
    from pianist_quest.story.story import Story

    from .command import Command

_YES: Final = ("y", "yes")
_GENERAL: Final = (
    "About the game: save NAME, load NAME, saves, undo, restart, status, transcript FILE, about, quit. "
    "Any word may be shortened, and the tab key completes it."
)


@dataclass(frozen=True)
class Moment:
    """A point in a game that undo can come back to: the state, what was shown on reaching it, its turn."""

    scene: Scene
    shown: tuple[Event, ...]
    turn: int

    @property
    def state(self) -> State:
        """The state."""
        return self.scene.state


@dataclass(frozen=True, slots=True)
class Answer:
    """What a line comes to: events and words to show, whether play moved on, and what is asked of others.

    `around` says that the choices and ways out are to be shown as well.
    """

    events: tuple[Event, ...] = ()
    said: tuple[str, ...] = ()
    moved: bool = False
    around: bool = False
    request: Meta | None = None


class Session:
    """A game of a story. The last moment is now."""

    def __init__(self, story: Story, first: Moment) -> None:
        self.story = story
        self.moments = [first]
        self._guesses: tuple[str, ...] = ()
        self._last_line = ""

    @classmethod
    def new(cls, story: Story, seed: int) -> Session:
        """Return a new game."""
        return cls(story, _beginning(story, seed))

    @classmethod
    def resumed(cls, story: Story, saved: Saved) -> Session:
        """Return a saved game."""
        return cls(story, Moment(Scene(story, saved.state), saved.shown, saved.turn))

    @property
    def now(self) -> Moment:
        """The moment play is at."""
        return self.moments[-1]

    @property
    def summary(self) -> str:
        """Where play stands, in a few words for the list of saved games."""
        state = self.now.state
        place = self.story.things[state.place].name if state.place else ""
        ending = self.story.endings[state.ending].name if state.ending >= 0 else ""
        return ", ".join(part for part in (ending, place, self.status(bars=False)) if part)

    def status(self, *, bars: bool) -> str:
        """Return the status line."""
        return status_line(self.story, self.now.state, bars=bars)

    def completions(self, line: str) -> tuple[str, ...]:
        """Return the lines that begin like this one and mean something now."""
        metas = sorted(word for word, meta in METAS.items() if word == meta and line and word.startswith(line))
        return (*completions(self.now.scene, line), *metas)

    def restore(self, saved: Saved) -> Answer:
        """Go on from a saved game; undo comes back to where play was."""
        self.moments.append(Moment(Scene(self.story, saved.state), saved.shown, saved.turn))
        return self.again(*saved.lost)

    def again(self, *said: str) -> Answer:
        """Return what is shown now, once more, after some words."""
        return Answer(self.now.shown, said, moved=True, around=True)

    def type(self, line: str) -> Answer:
        """Return what comes of a typed line."""
        guesses, self._guesses = self._guesses, ()
        if line.strip().casefold() in _YES and len(guesses) == 1:
            line = guesses[0]
        command = self._understood(line, guesses)
        if isinstance(command, Meta) and command.word == "again":
            command = understand(self.now.scene, self._last_line)
        elif isinstance(command, Act):
            self._last_line = line
        return self._answer(command)

    def _understood(self, line: str, guesses: tuple[str, ...]) -> Command:
        """Return what a line means, be it only the part of a question's answer that was asked for."""
        command = understand(self.now.scene, line)
        if isinstance(command, Reply) and words(line):
            picked = [guess for guess in guesses if set(words(line)) <= set(words(guess))]
            if len(picked) == 1:
                return understand(self.now.scene, picked[0])
        return command

    def _answer(self, command: Command) -> Answer:
        if isinstance(command, Reply):
            self._guesses = command.guesses
            return Answer(said=(command.text,))
        if isinstance(command, Act):
            return self._act(command.actions)
        own = self._own.get(command.word)
        return own() if own else Answer(request=command)

    # Playing

    def _act(self, actions: tuple[Action, ...]) -> Answer:
        """Do one thing or, on a walk, several, as long as nothing comes between."""
        before = now = self.now
        events: tuple[Event, ...] = ()
        for action in actions:
            if now is not before and not now.scene.accepts(action):
                break
            try:
                turn = step(self.story, now.state, action)
            except ImpossibleActionError:
                return Answer(events, ("That cannot be done now.",))
            events += turn.events
            now = Moment(Scene(self.story, turn.state), events, now.turn + turn.timed)
        moved = now.state != before.state or now.turn != before.turn
        if moved:
            self.moments.append(now)
        return Answer(events, moved=moved, around=_around(before, now, events))

    def _undo(self) -> Answer:
        if len(self.moments) == 1:
            return Answer(said=("There is nothing to undo.",))
        self.moments.pop()
        return self.again("Undone.")

    def _restart(self) -> Answer:
        self.moments.append(_beginning(self.story, self.now.state.seed))
        return self.again("From the beginning. (UNDO takes you back to where you were.)")

    # Telling

    @cached_property
    def _own(self) -> dict[str, Callable[[], Answer]]:
        return {
            "undo": self._undo,
            "restart": self._restart,
            "status": self._status,
            "help": self._help,
            "about": self._about,
            "look": lambda: replace(self.again(), moved=False),
        }

    def _status(self) -> Answer:
        state = self.now.state
        lines = [self.status(bars=False), *statistics_lines(self.story, state), f"Turn {self.now.turn}."]
        return Answer(said=tuple(line for line in lines if line))

    def _help(self) -> Answer:
        return Answer(said=(*hints(self.now.scene), _GENERAL))

    def _about(self) -> Answer:
        by = f" by {self.story.author}" if self.story.author else ""
        about = plain(render(self.story, self.now.state, self.story.about))
        return Answer(said=tuple(part for part in (f"{self.story.title}{by}", about) if part))


def _beginning(story: Story, seed: int) -> Moment:
    turn = begin(story, seed)
    return Moment(Scene(story, turn.state), turn.events, 0)


def _around(before: Moment, now: Moment, events: tuple[Event, ...]) -> bool:
    """Whether the choices and ways are to be shown: a room is described, a script waits, or they changed."""
    if any(isinstance(event, Heading) for event in events) or now.state.at >= 0:
        return True
    old, new = before.scene, now.scene
    return (old.labels, old.closed, old.ways) != (new.labels, new.closed, new.ways)
