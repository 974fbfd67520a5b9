"""A game being played: its moments, and what each typed line makes of them. Pure: it asks others to save."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.engine import begin, step
from pianist_quest.engine.text import render
from pianist_quest.engine.turn import Go, Heading, ImpossibleActionError, Inventory, Replied, Take
from pianist_quest.story.english import cardinal, plural

from .chain import cut
from .command import understand
from .complete import completions
from .grammar import METAS
from .hints import hints
from .meaning import Act, Meta, Reply
from .pronouns import remembered, without_pronouns
from .readings import is_exact
from .render import statistics_lines, status_line
from .scene import Scene, plain
from .words import fold, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from pianist_quest.engine.state import State
    from pianist_quest.engine.turn import Action, Event
    from pianist_quest.saves.codec import Saved
    from pianist_quest.story.story import Story

    from .meaning import Command

_YES: Final = ("y", "yes")
_NUMBERS: Final = {cardinal(number): number for number in range(1, 100)}
_COUNT: Final = re.compile(r"(?:the )?(?:last )?(\d{1,6}|[a-z-]+?)(?: (?:turn|move|step|time)s?)?")
_GENERAL: Final = (
    "About the game: save NAME, load NAME, saves, undo, undo 3, again, oops WORD, restart, status, "
    "transcript FILE, about, quit. Any word may be shortened, and the tab key completes it."
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

    `around` says that the choices and ways out are to be shown as well, `stopped` that what else stands on the
    same line is not to be done: something was refused, a choice waits, the story is over.
    """

    events: tuple[Event, ...] = ()
    said: tuple[str, ...] = ()
    moved: bool = False
    around: bool = False
    request: Meta | None = None
    stopped: bool = field(default=False, compare=False)

    def then(self, other: Answer) -> Answer:
        """Return this answer and the one to the next command on the same line."""
        shown = bool(self.events or self.request)
        below = (Replied("\n".join(other.said)),) if shown and other.said else ()
        return Answer(
            (*self.events, *below, *other.events),
            self.said if shown else (*self.said, *other.said),
            moved=self.moved or other.moved,
            around=self.around or other.around,
            request=self.request or other.request,
            stopped=other.stopped,
        )


class Session:
    """A game of a story. The last moment is now."""

    def __init__(self, story: Story, first: Moment) -> None:
        self.story = story
        self.moments = [first]
        self._reply = Reply("")
        self._line = self._last_line = ""
        self._memory: dict[str, tuple[str, ...]] = {}

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
        scene = self.now.scene
        known = [word for word, meta in METAS.items() if word == meta] + ([] if scene.free else ["look", "inventory"])
        metas = sorted(word for word in known if line and word.startswith(line))
        return (*completions(scene, line), *metas)

    def restore(self, saved: Saved) -> Answer:
        """Go on from a saved game; undo comes back to where play was."""
        self.moments.append(Moment(Scene(self.story, saved.state), saved.shown, saved.turn))
        return self.again(*saved.lost)

    def again(self, *said: str) -> Answer:
        """Return what is shown now, once more, after some words."""
        return Answer(self.now.shown, said, moved=True, around=True)

    def type(self, line: str) -> Answer:
        """Return what comes of a typed line, of all commands on it."""
        answer, rest = self._first(line)
        while rest and not answer.stopped:
            more, rest = self._first(rest)
            answer = answer.then(more)
        return answer.then(Answer(said=(f'Left undone: "{rest}".',), stopped=True)) if rest else answer

    def _first(self, line: str) -> tuple[Answer, str]:
        """Return what comes of a line's first command, and the rest of the line."""
        asked, self._reply = self._reply, Reply("")
        if line.strip().casefold() in _YES and len(asked.guesses) == 1:
            return self._do(asked.guesses[0], understand(self.now.scene, asked.guesses[0])), ""
        answered = self._completed(asked, line)
        if answered:
            return self._do(*answered), ""
        first, rest = cut(self.now.scene, line)
        command = understand(self.now.scene, first)
        if isinstance(command, Meta) and command.word == "oops":
            return self._corrected(asked, command.name)
        if isinstance(command, Meta) and command.word == "again":
            return self._repeated(), rest
        named = without_pronouns(self.now.scene, self._memory, first) if isinstance(command, Reply) else None
        return self._do(*(named or (first, command))), rest

    def _completed(self, asked: Reply, line: str) -> tuple[str, Command] | None:
        """Return the line that a part of the answer to a question stands for, and its meaning."""
        typed = tuple(word for word in words(line) if word != "one") or words(line)
        if not typed or is_exact(self.now.scene, words(line)):
            return None
        picked = [guess for guess in asked.guesses if set(typed) <= set(words(guess))]
        if len(picked) == 1:
            return picked[0], understand(self.now.scene, picked[0])
        for start in (asked.start, self._line) if asked.start else ():
            command = understand(self.now.scene, f"{start} {line}")
            if isinstance(command, Act) or (isinstance(command, Reply) and (command.guesses or command.start)):
                return f"{start} {line}", command
        return None

    def _corrected(self, asked: Reply, word: str) -> tuple[Answer, str]:
        """Do the last line with its unknown word put right; return what is left of it as well."""
        if not asked.strange or not word:
            said = "There is no word to put right. Oops and a word corrects the one that was not known."
            return Answer(said=(said,), stopped=True), ""
        typed = [word if fold(one.strip(".,;!?")) == asked.strange else one for one in self._line.split()]
        return self._first(" ".join(typed))

    def _repeated(self) -> Answer:
        if not self._last_line:
            return Answer(said=("There is nothing to do again.",), stopped=True)
        return self._do(self._last_line, understand(self.now.scene, self._last_line))

    def _do(self, line: str, command: Command) -> Answer:
        """Do what a command means, and keep what later lines may lean on."""
        if isinstance(command, Meta):
            own = self._own.get(command.word)
            return own(command.name) if own else Answer(request=command, stopped=True)
        self._memory = remembered(self.now.scene, self._memory, command.named)
        self._line = line
        if isinstance(command, Reply):
            self._reply = command
            return Answer(said=(command.text,), stopped=True)
        self._last_line = line
        answer = self._act(command.actions)
        return replace(answer, said=(*command.said, *answer.said))

    # Playing

    def _act(self, actions: tuple[Action, ...]) -> Answer:
        """Do one thing or, on a walk, several, as long as nothing comes between."""
        before = now = self.now
        events: tuple[Event, ...] = ()
        refused = False
        for action in actions:
            if now is not before and not now.scene.accepts(action):
                break
            try:
                turn = step(self.story, now.state, action)
            except ImpossibleActionError:
                return Answer(events, ("That cannot be done now.",), stopped=True)
            events += turn.events
            refused = not turn.timed and isinstance(action, Go | Take)
            now = Moment(Scene(self.story, turn.state), events, now.turn + turn.timed)
        moved = now.state != before.state or now.turn != before.turn
        if moved:
            self.moments.append(now)
        around = _around(before, now, events)
        return Answer(events, moved=moved, around=around, stopped=refused or not now.scene.free)

    def _undo(self, name: str) -> Answer:
        count = _count(name)
        if not count:
            return Answer(said=("Type undo, or undo and how many turns: undo 3.",), stopped=True)
        back = min(count, len(self.moments) - 1)
        if not back:
            return Answer(said=("There is nothing to undo.",), stopped=True)
        del self.moments[-back:]
        turns = "Undone." if count == 1 else f"Undone: {cardinal(back)} {plural(back, 'turn')}."
        return self.again(turns if back == count else f"{turns} There are no more.")

    def _restart(self, _name: str) -> Answer:
        self.moments.append(_beginning(self.story, self.now.state.seed))
        return self.again("From the beginning. (UNDO takes you back to where you were.)")

    # Telling

    @cached_property
    def _own(self) -> dict[str, Callable[[str], Answer]]:
        return {
            "undo": self._undo,
            "restart": self._restart,
            "status": self._status,
            "help": self._help,
            "about": self._about,
            "look": lambda _: replace(self.again(), moved=False),
            "inventory": self._inventory,
        }

    def _status(self, _name: str) -> Answer:
        state = self.now.state
        lines = [self.status(bars=False), *statistics_lines(self.story, state), f"Turn {self.now.turn}."]
        return Answer(said=tuple(line for line in lines if line))

    def _inventory(self, _name: str) -> Answer:
        """Say what is carried while a choice waits or the story is over: ask a copy of the state that is free."""
        free = replace(self.now.state, at=-1, stack=(), ending=-1)
        return Answer(step(self.story, free, Inventory()).events[:1], around=self.now.state.at >= 0)

    def _help(self, _name: str) -> Answer:
        return Answer(said=(*hints(self.now.scene), _GENERAL))

    def _about(self, _name: str) -> Answer:
        by = f" by {self.story.author}" if self.story.author else ""
        about = plain(render(self.story, self.now.state, self.story.about))
        return Answer(said=tuple(part for part in (f"{self.story.title}{by}", about) if part))


def _count(text: str) -> int:
    """Return the number in `3`, `three turns`, `the last two moves`; 1 for nothing, 0 where there is none."""
    if not text:
        return 1
    found = _COUNT.fullmatch(text.casefold())
    if found is None:
        return 0
    return int(found[1]) if found[1].isdigit() else _NUMBERS.get(found[1], 0)


def _beginning(story: Story, seed: int) -> Moment:
    turn = begin(story, seed)
    return Moment(Scene(story, turn.state), turn.events, 0)


def _around(before: Moment, now: Moment, events: tuple[Event, ...]) -> bool:
    """Whether the choices and ways are to be shown: a room is described, a script waits, or they changed."""
    if any(isinstance(event, Heading) for event in events) or now.state.at >= 0:
        return True
    old, new = before.scene, now.scene
    return (old.labels, old.closed, old.ways) != (new.labels, new.closed, new.ways)
