"""The moments of a game, one behind the other, and the way back among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.engine.turn import Choose
from pianist_quest.records import record
from pianist_quest.saves.codec import Saved
from pianist_quest.saves.decisions import first_words, written

from .past import recalled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pianist_quest.story.story import Story

    from .moment import Moment


@record
class Undone:
    """What was undone: the moment that play was at then, the moments after it, and the bookmarks there were."""

    now: Moment
    moments: tuple[Moment, ...]
    bookmarks: dict[str, int]


class Timeline:
    """The moments of a game of a story. The last is now. `bookmarks` are numbers of moments by name.

    `changed` says that the game was loaded from another version of the world, and is not all that it was.
    """

    def __init__(self, story: Story, first: Moment) -> None:
        self.story = story
        self.moments = [first]
        self.bookmarks: dict[str, int] = {}
        self.changed = False
        self.undone: Undone | None = None
        """What REDO can bring back, as long as play has not gone on from where it was undone."""
        self.tried: set[tuple[int, str]] = set()
        """The choices that were made and taken back: the number of the moment, and what was chosen there."""
        self._before: list[Moment] | None = None
        self._lines: dict[int, tuple[Moment, str]] = {}
        self._told: dict[int, tuple[Moment, tuple[str, ...]]] = {}
        """The number of the moment that was saved last, with what had been done until then."""

    @property
    def now(self) -> Moment:
        """The moment play is at."""
        return self.moments[-1]

    @property
    def decisions(self) -> tuple[str, ...] | None:
        """What was done since the beginning, a line for each turn; None where that is not known."""
        return self._decisions(0)

    def _decisions(self, back: int) -> tuple[str, ...] | None:
        last = len(self.moments) - back - 1
        lines: list[str] = []
        for index in range(last, -1, -1):
            moment = self.moments[index]
            known, before = self._told.get(index, (None, ()))
            if known is not moment and moment.done:
                lines.append(self._decision(index))
                continue
            begun = before if known is moment else moment.begun
            if begun is None:
                return None
            found = (*begun, *reversed(lines))
            self._told = {last: (self.moments[last], found)}
            return found
        return None

    def _decision(self, index: int) -> str:
        """Return what was done to come to a moment as saved games tell it; worked out once."""
        moment = self.moments[index]
        known = self._lines.get(index)
        if known is None or known[0] is not moment:
            words = first_words(self.story, self.moments[index - 1].state, moment.done)
            known = self._lines[index] = moment, written(moment.done, words)
        return known[1]

    @property
    def games(self) -> int:
        """How many games were begun or loaded here, one after another, and not taken back."""
        return sum(not moment.done for moment in self.moments)

    @property
    def begun_at(self) -> int:
        """The number of the moment at which the last of them began."""
        return next(number for number in reversed(range(len(self.moments))) if not self.moments[number].done)

    def saved(self, played: int = 0, *, back: int = 0) -> Saved:
        """Return the game as it is saved now, or some moments back; `played` is for how long, in seconds."""
        then = self.moments[-1 - back]
        return Saved(then.state, then.turn, then.shown, decisions=self._decisions(back), played=played)

    def back(self, turns: int) -> int:
        """Go so many turns back, or as many as there are; return how many."""
        if turns >= len(self.moments):
            self.moments = self.all_moments()
        turns = min(turns, len(self.moments) - 1)
        self._note_tried(turns)
        before = self.undone if self.undone and self.undone.now is self.now else None
        gone = self.moments[len(self.moments) - turns :]
        marks = {**(before.bookmarks if before else {}), **self.bookmarks}
        del self.moments[len(self.moments) - turns :]
        if turns:
            self.undone = Undone(self.now, (*gone, *(before.moments if before else ())), marks)
        self._keep_bookmarks(self.bookmarks)
        return turns

    def forward(self, turns: int) -> int:
        """Do so many turns again that were undone, or as many as there are; return how many."""
        undone = self.undone
        if undone is None or undone.now is not self.now:
            return 0
        again = undone.moments[:turns]
        self.moments += again
        self.undone = Undone(self.now, undone.moments[turns:], undone.bookmarks)
        self._keep_bookmarks(undone.bookmarks)
        return len(again)

    def _keep_bookmarks(self, marks: dict[str, int]) -> None:
        """Keep those of some bookmarks that are of moments there are."""
        last = self.number(self.moments, len(self.moments) - 1)
        self.bookmarks = {name: number for name, number in marks.items() if number <= last}

    def _note_tried(self, turns: int) -> None:
        """Remember what was chosen in the last turns."""
        for index in range(len(self.moments) - turns, len(self.moments)):
            action = next(iter(self.moments[index].done), None)
            if isinstance(action, Choose):
                label = dict(self.moments[index - 1].scene.labels).get(action.index, "")
                self.tried.add((self.number(self.moments, index - 1), label))

    def all_moments(self) -> list[Moment]:
        """Return the moments, and before them those before a loaded game, where they can be recalled."""
        first = self.moments[0]
        if not first.begun:
            return list(self.moments)
        if self._before is None:
            self._before = recalled(self.story, first)
        return [*self._before, *self.moments[1:]] if self._before else list(self.moments)

    def game(self) -> list[Moment]:
        """Return the moments of the game that is played now, from its beginning, as far as they can be recalled."""
        return [moment for _, moment in self.numbered_game()]

    def numbered_game(self) -> list[tuple[int | None, Moment]]:
        """Return the same, each with its number; those before a game that was loaded here have none."""
        at, all_ = self.begun_at, self.all_moments()
        if not at:
            return [(self.number(all_, index), moment) for index, moment in enumerate(all_)]
        first, rest = self.moments[at], self.moments[at + 1 :]
        before = (recalled(self.story, first) if first.begun else []) or [first]
        number = self.number(self.moments, at)
        return [
            *((None, moment) for moment in before[:-1]), (number, before[-1]),
            *((number + index, moment) for index, moment in enumerate(rest, 1)),
        ]  # fmt: skip

    def number(self, moments: Sequence[Moment], index: int) -> int:
        """Return the number of one of these moments, or of all: the beginning is 0."""
        return index + len(self.moments[0].begun or ()) - (len(moments) - len(self.moments))
