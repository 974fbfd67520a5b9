"""A game being played: its moments, and what each typed line makes of them. Pure: it asks others to save."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.engine import step
from pianist_quest.engine.hooks import named as keys_of
from pianist_quest.engine.turn import Do, Inventory
from pianist_quest.records import replace
from pianist_quest.saves.codec import decode, encode
from pianist_quest.story.english import cardinal, plural

from .answers import no_choice, ways_told
from .chain import cut
from .command import understand
from .complete import completions
from .counting import count
from .grammar import METAS, unused
from .hints import hints
from .implied import seen_by
from .meaning import NOTHING, Act, Meta, Reply
from .moment import Answer, Moment, beginning, loaded, since_room
from .people import last_met
from .playing import play
from .pronouns import remembered, without_pronouns
from .readings import is_exact
from .render import about_lines, statistics_lines, status_line, where
from .timeline import Timeline
from .words import fold, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pianist_quest.engine.turn import Action
    from pianist_quest.saves.codec import Saved
    from pianist_quest.story.story import Story

    from .author import Author
    from .leads import Leads
    from .meaning import Command

__all__ = ["Answer", "Moment", "Session"]

_YES: Final = ("y", "yes")


class Session(Timeline):
    """A game of a story."""

    def __init__(self, story: Story, first: Moment) -> None:
        super().__init__(story, first)
        self.restarts = 0
        self.author: Author | None = None
        """Who answers lines that begin with a slash, in a game that its author plays."""
        self._reply = NOTHING
        self._line = self._last_line = ""
        self._memory: Mapping[str, tuple[str, ...]] = {}

    @classmethod
    def new(cls, story: Story, seed: int) -> Session:
        """Return a new game."""
        return cls(story, beginning(story, seed))

    @classmethod
    def resumed(cls, story: Story, saved: Saved) -> Session:
        """Return a saved game."""
        session = cls(story, loaded(story, saved))
        session.changed = bool(saved.lost)
        return session

    @property
    def summary(self) -> str:
        """Where play stands, in a few words for the list of saved games."""
        return where(self.story, self.now.state)

    def status(self, *, bars: bool) -> str:
        """Return the status line."""
        return status_line(self.story, self.now.state, bars=bars)

    def completions(self, line: str) -> tuple[str, ...]:
        """Return the lines that begin like this one and mean something now."""
        scene = self.now.scene
        known = [word for word, meta in METAS.items() if word == meta and word not in unused(self.story)]
        known += [] if scene.free else ["look", "inventory"]
        metas = sorted(word for word in known if line and word.startswith(line))
        return (*completions(scene, line), *metas)

    def means(self, line: str) -> str:
        """Return what a line would do, in a few words; empty where that is not known."""
        from .means import means  # noqa: PLC0415 - not needed to begin

        return means(self.now.scene, line)

    def restore(self, saved: Saved) -> Answer:
        """Go on from a saved game; undo comes back to where play was."""
        self.moments.append(loaded(self.story, saved))
        self.tried.clear()
        return self.again(*saved.told)

    def moved_to(self, story: Story) -> Answer:
        """Go on in another version of the world, as a saved game would."""
        saved = decode(story, encode(self.story, self.saved(), saved="", summary=""))
        self.story, self.moments = story, [loaded(story, saved)]
        self.bookmarks.clear()
        self.__dict__.pop("_leads", None)
        return self.again("The world has been read again.", *saved.told)

    def again(self, *said: str) -> Answer:
        """Return what is shown now, once more, after some words."""
        return Answer(self.now.shown, said, moved=True, around=True)

    def type(self, line: str) -> Answer:
        """Return what comes of a typed line, of all commands on it."""
        if self.author is not None and line.lstrip().startswith("/"):
            return self.author.answer(self, line)
        if not line.strip():
            return Answer(around=True)  # what can be picked, once more
        answer, rest = self._first(line)
        while rest and not answer.stopped:
            more, rest = self._first(rest)
            answer = answer.then(more)
        return answer.then(Answer(said=(f'Left undone: "{rest}".',), stopped=True)) if rest else answer

    def _first(self, line: str) -> tuple[Answer, str]:
        """Return what comes of a line's first command, and the rest of the line."""
        asked, self._reply = self._reply, NOTHING
        if len(asked.guesses) == 1 and line.strip().casefold() in _YES:
            return self._do(asked.guesses[0], understand(self.now.scene, asked.guesses[0])), ""
        answered = self._completed(asked, line) if asked.guesses or asked.start else None
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
        picked = sorted((guess for guess in asked.guesses if set(typed) <= set(words(guess))), key=_length)
        # Of "the coat" and "the oilskin coat", the coat is the coat.
        if len(picked) == 1 or (picked and _length(picked[0]) < _length(picked[1])):
            return picked[0], understand(self.now.scene, picked[0])
        wholes = [f"{start} {line}" for start in (asked.start, self._line) if asked.start]
        found = [(whole, understand(self.now.scene, whole)) for whole in wholes]
        acts = [one for one in found if isinstance(one[1], Act)]
        alone = understand(self.now.scene, line) if not acts and found else None
        if isinstance(alone, Reply) and alone.start:  # it is a question by itself
            return None
        asking = [one for one in found if isinstance(one[1], Reply) and (one[1].guesses or one[1].start)]
        return next(iter([*acts, *asking]), None)

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
        groups = [keys_of(action) for action in command.actions] if isinstance(command, Act) else []
        self._memory = remembered(self.now.scene, self._memory, groups, command.named)
        self._line = line
        if isinstance(command, Reply):
            self._reply = command
            met = last_met(self.story, self.all_moments(), command.absent) if command.absent else ""
            return Answer(said=(f"{command.text}{met}",), stopped=True)
        self._last_line = line
        answer = self.act(command.actions)
        return replace(answer, said=(*command.said, *answer.said)) if command.said else answer

    # Playing

    def act(self, actions: tuple[Action, ...]) -> Answer:
        """Do one thing or, on a walk, several, as long as nothing comes between."""
        before = self.now
        now, answer = play(before, actions)
        if now is not before:
            if now.scene is not before.scene:
                before.scene.forget()
            self.moments.append(now)
        return answer

    def _undo(self, name: str) -> Answer:
        first, _, rest = name.partition(" ")
        if first.casefold() == "to":
            return self._looking_back("undo to", rest.strip())
        turns = count(name)
        if not turns:
            return Answer(said=("Type undo, or undo and how many turns: undo 3.",), stopped=True)
        back = self.back(turns)
        if not back:
            return Answer(said=("There is nothing to undo.",), stopped=True)
        undone = "Undone." if turns == 1 else f"Undone: {cardinal(back)} {plural(back, 'turn')}."
        return self.again(undone if back == turns else f"{undone} There are no more.")

    def _restart(self, _name: str) -> Answer:
        self.restarts += 1
        self.moments.append(beginning(self.story, self.now.state.seed))
        return self.again("From the beginning. (UNDO takes you back to where you were.)")

    # Telling

    @cached_property
    def _own(self) -> dict[str, Callable[[str], Answer]]:
        return {
            "undo": self._undo,
            "restart": self._restart,
            "status": self._status,
            "score": self._score,
            "help": self._help,
            "hint": self._hint,
            "about": self._about,
            "ways": lambda _: Answer(said=(ways_told(self.now.scene),)),
            "look": lambda _: Answer(since_room(self.now.shown), around=True),
            "inventory": lambda _: self._aside(Inventory()),
            "glance": lambda line: Answer(seen_by(self.now.scene, line, understand), around=True),
            "music": lambda name: self._looking_back("music", name),
            "notes": lambda name: self._looking_back("notes", name),
            "redo": lambda name: self._looking_back("redo", name),
            "history": lambda name: self._looking_back("history", name),
            "choices": lambda name: self._looking_back("choices", name),
            "bookmark": lambda name: self._looking_back("bookmark", name),
        }

    def _looking_back(self, word: str, name: str) -> Answer:
        from . import heard, history, roads, struck  # noqa: PLC0415 - not needed to begin

        answers = {
            "history": history.history, "bookmark": history.bookmark, "undo to": history.undo_to, "redo": history.redo,
            "choices": roads.roads,
            "music": heard.music, "notes": struck.notes,
        }  # fmt: skip
        return answers[word](self, name)

    def _status(self, _name: str) -> Answer:
        state = self.now.state
        lines = [self.status(bars=False), *statistics_lines(self.story, state), f"Turn {self.now.turn}."]
        return Answer(said=tuple(line for line in lines if line))

    def _score(self, name: str) -> Answer:
        """Say the score, or where there is none how things stand."""
        return self._aside(Do("score")) if "score" in self.story.verbs else self._status(name)

    def _aside(self, action: Action) -> Answer:
        """Say something while a choice waits or the story is over: ask a copy of the state that is free."""
        free = replace(self.now.state, at=-1, stack=(), ending=-1)
        return Answer(step(self.story, free, action).events[:1], around=self.now.state.at >= 0)

    def _help(self, name: str) -> Answer:
        from .explained import explained, general  # noqa: PLC0415 - not needed to begin

        if name and name.casefold() not in ("me", "please"):
            nothing = f'There is no help on "{name}". HELP alone tells what you can do.'
            return Answer(said=(explained(self.now.scene, name) or nothing,))
        return Answer(said=(*hints(self.now.scene), *general(self.now.scene)))

    def _hint(self, _name: str) -> Answer:
        """Say what leads on, in a world that allows it."""
        if not self.story.hints:
            own = "hint" in self.story.verbs
            return self._aside(Do("hint")) if own else Answer(said=("There are no hints in this world.",))
        if self.now.state.ending >= 0:
            return Answer(said=(no_choice(self.now.scene),), stopped=True)
        return Answer(said=(self._leads.tell(self.now.scene),))

    @cached_property
    def _leads(self) -> Leads:
        from .leads import Leads  # noqa: PLC0415 - the explorer is not needed to begin

        return Leads(self.story)

    def _about(self, _name: str) -> Answer:
        return Answer(said=self.about())

    def about(self) -> tuple[str, ...]:
        """Return what there is to say about the story: what it is, what may be hard to read in it, whose work it is."""
        return tuple(about_lines(self.story, self.now.state))


def _length(line: str) -> int:
    return len(words(line))
