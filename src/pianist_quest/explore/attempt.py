"""One attempt at a proof: all standings there are with some slots kept, and which of them are good."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from .partial import FREE, NOWHERE, Standing, TooDeepError
from .possible import Move, Possible
from .scripts import everywhere, of_room

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pianist_quest.engine.state import State
    from pianist_quest.story import story as s

    from .possible import Aim, Stage

MOST_STANDINGS: Final = 300_000
"""How many standings are looked at in one attempt."""


@dataclass(slots=True)
class Found:
    """The standings found, what can be done at each, and which are good."""

    moves: dict[Standing, list[Move]] = field(default_factory=dict)
    good: set[Standing] = field(default_factory=set)


class Attempt(Possible):
    """One attempt, with some slots kept, to be over at a time."""

    def __init__(
        self,
        story: s.Story,
        kept: Sequence[int],
        aim: Aim | None,
        until: float,
        stages: Sequence[Stage] = (),
        earlier: Possible | None = None,
    ) -> None:
        super().__init__(story, kept, aim, stages, earlier=earlier)
        self.until = until
        self.moves: dict[Standing, list[Move]] = {}

    def search(self, start: State | None) -> Found | None:
        """Find all standings and which are good; None where there are too many, or no time is left."""
        try:
            waiting = list(self._starts(start))
            waiting += [Standing(NOWHERE, FREE, (), self.partial.nothing)]  # where detours come back to
            for pc in self._detours():
                waiting += self.run(pc, NOWHERE, self.partial.nothing).ends
            if not self._all(waiting):
                return None
        except TooDeepError:
            return None
        found = Found(self.moves)
        if self.aim is None or self.aim.can:
            self._judge(found)
        else:
            found.good.update(one for one in self.moves if self._is_good(one))
        return found

    def rest(self) -> None:
        """Forget the standings as well."""
        super().rest()
        self.moves = {}

    def counts(self, one: Standing) -> bool:
        """Whether a standing has to be good: what is to be possible need not be once the story has ended."""
        return one.ending < 0 or (self.aim is not None and not self.aim.can)

    def _all(self, waiting: list[Standing]) -> bool:
        """Look at standings and all that follow them; return whether that was possible."""
        while waiting:
            standing = waiting.pop()
            if standing in self.moves:
                continue
            self.moves[standing] = moves = list(self.possible(standing))
            for one in moves:
                waiting += one.after
            if len(self.moves) % 64 == 0 and (len(self.moves) > MOST_STANDINGS or time.monotonic() > self.until):
                return False
        return True

    # Where it begins

    def _starts(self, start: State | None) -> Iterator[Standing]:
        if start is not None:
            known = tuple(start.values[slot] for slot in self.partial.kept)
            yield self.living(Standing(start.place, start.at, start.stack, known, start.ending))
        else:
            known = tuple(self.story.slots[slot].start for slot in self.partial.kept)
            yield from self.run(self.story.start, 0, known).ends

    def _detours(self) -> Iterator[int]:
        """Scripts that ask something and change nothing kept: it is enough to see that they always come back."""
        story, relevance = self.story, self.relevance
        rooms = [pc for one in relevance.rooms for pc in of_room(story, one)]
        verbs = [pc for verb in story.verbs.values() for pc in (*(rule for _, rule in verb.rules), verb.otherwise)]
        ends = [rule.pc for rule in story.rules]
        for pc in dict.fromkeys((*rooms, *everywhere(story), *(pc for pc in verbs if pc >= 0), *ends)):
            if relevance.hot[pc] and not relevance.changing[pc]:
                yield pc

    # What is good

    def _judge(self, found: Found) -> None:
        """Find the standings from which the goal can surely be come to, backwards."""
        behind: dict[Standing, list[tuple[Standing, Move]]] = {}
        left: dict[int, int] = {}
        for standing, moves in found.moves.items():
            for move in moves:
                if move.sure and move.after and standing not in move.after:
                    left[id(move)] = len(move.after)
                    for one in move.after:
                        behind.setdefault(one, []).append((standing, move))
        waiting = [one for one in found.moves if self._is_good(one)]
        found.good.update(waiting)
        while waiting:
            for standing, move in behind.get(waiting.pop(), ()):
                left[id(move)] -= 1
                if not left[id(move)] and standing not in found.good:
                    found.good.add(standing)
                    waiting.append(standing)

    def _is_good(self, one: Standing) -> bool:
        """Whether it is what is to be come to: the goal holds, or, where there is none, the story has ended."""
        if self.is_detour(one) or self.aim is None:
            return self.is_detour(one) or one.ending >= 0
        return bool(self.partial.worth(self.aim.code, one.place, one.known, over=one.ending + 1).surely)
