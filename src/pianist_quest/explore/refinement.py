"""What else is to be kept where an attempt at a proof has failed, and at which standings it would be of no use."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from pianist_quest.story.bits import bits

from .partial import Standing
from .possible import Possible
from .ranges import conditions
from .scripts import keepable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pianist_quest.story.story import Slot

    from .attempt import Attempt, Found

_MOST_TRIED: Final = 10
"""How many slots are tried before one of them is kept,"""
_MOST_TRIALS: Final = 40
"""and on how many standings."""
_MANY: Final = 20
_USUAL: Final = 0.2
"""A slot that more than so many conditions ask for, and that part of all, is kept first."""
_WIDE: Final = 64
"""A slot with more values than this is kept only in need; they are not tried one by one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A slot to be kept as well, and the standings after which nothing can come that is in doubt without it."""

    slot: int
    idle: frozenset[Standing]


class Refinement:
    """What an attempt has found, and what its failing says."""

    def __init__(self, attempt: Attempt, found: Found) -> None:
        self.attempt, self.found = attempt, found
        self.slots = attempt.story.slots
        self._keepable = keepable(attempt.story)

    def usual(self) -> list[int]:
        """Return the slots that a great part of all conditions ask for: a day, a chapter, the hour."""
        counts, size = Counter[int](), 0
        for code in conditions(self.attempt.relevance):
            size += 1
            counts.update(bits(self.attempt.relevance.reader.worth(code).reads))
        asked = sorted(slot for slot, count in counts.items() if count > _MANY and count >= size * _USUAL)
        return [slot for slot in asked if self._can_keep(slot) and self.slots[slot].high - self.slots[slot].low < _WIDE]

    def wanted(self, bad: list[Standing]) -> Wanted | None:
        """Return the slot that stood most in the way; None where there is none that could be kept.

        Of those that most was not known by, it is the one by whose values most of the moves would be good.
        """
        if self.attempt.aim is not None and not self.attempt.aim.can:
            bad, counts = self._deciding(bad)
            near = bad
        else:
            near = [one for one in bad if any(True for _ in self._near(one))]
            counts = self._counted(near, self._near) if near else self._counted(bad, self._doubts)
            near = near or bad
        likely = sorted(counts, key=lambda slot: -counts[slot] / _width(self.slots[slot]))[:_MOST_TRIED]
        if not likely:
            return None
        slot = self._best(likely, near) if len(likely) > 1 else likely[0]
        needing = [one for one in bad if self._is_doubted(slot, one)]
        return Wanted(slot, frozenset(self.found.moves.keys() - self._before(needing)))

    def _counted(self, standings: list[Standing], doubts: Callable[[Standing], Iterator[int]]) -> Counter[int]:
        """Count in how many doubts each slot has a part that could be kept."""
        counts = Counter[int]()
        for standing in standings:
            for each in (*doubts(standing), self.attempt.unknown(standing)):
                counts.update(slot for slot in bits(each) if self._can_keep(slot))
        return counts

    def _deciding(self, bad: list[Standing]) -> tuple[list[Standing], Counter[int]]:
        """Go back from what does not hold until something is in doubt: return the standings where, and what."""
        behind, seen, layer = self._behind(), set[Standing](), set(bad)
        counts = self._counted(bad, lambda _: iter(()))
        while layer and not counts:
            seen |= layer
            layer = {one for each in layer for one in behind.get(each, ()) if one not in seen}
            counts = self._counted(list(layer), partial(self._leading, seen=seen))
        return list(layer), counts

    def _leading(self, standing: Standing, seen: set[Standing]) -> Iterator[int]:
        """What the moves are in doubt by that lead among standings, or might not."""
        for move in self.found.moves[standing]:
            if not seen.isdisjoint(move.after) and not (move.sure and seen >= move.after):
                yield move.doubts

    def _behind(self) -> dict[Standing, list[Standing]]:
        behind: dict[Standing, list[Standing]] = {}
        for standing, moves in self.found.moves.items():
            for move in moves:
                for one in move.after:
                    behind.setdefault(one, []).append(standing)
        return behind

    def _is_doubted(self, slot: int, one: Standing) -> bool:
        return any(doubts >> slot & 1 for doubts in (*self._doubts(one), self.attempt.unknown(one)))

    def _before(self, standings: list[Standing]) -> set[Standing]:
        """The standings from which some can be come to."""
        behind = self._behind()
        before, waiting = set[Standing](), list(standings)
        while waiting:
            one = waiting.pop()
            if one not in before:
                before.add(one)
                waiting += behind.get(one, ())
        return before

    def _best(self, likely: list[int], near: list[Standing]) -> int:
        tried = near[:: max(1, len(near) // _MOST_TRIALS)]
        worth = {slot: self._gain(slot, tried) for slot in likely}
        best = max(likely, key=lambda slot: worth[slot])
        return best if worth[best] else likely[0]

    def _can_keep(self, slot: int) -> bool:
        return slot in self._keepable and slot not in self.attempt.partial.number

    def _gain(self, slot: int, tried: list[Standing]) -> float:
        """How many of some standings would be good with a slot kept; less where they are so for some values only."""
        now = self.attempt
        other = Possible(now.story, [*now.partial.kept, slot], now.aim, now.stages, earlier=now, live=False)
        one = self.slots[slot]
        values = range(one.low, one.high + 1) if one.high - one.low < _WIDE else ()
        gain = 0.0
        for standing in tried:
            if self._is_shown(other, standing, None):
                gain += 1  # it is set by the turn itself: no values need be told apart before
            elif values:
                shown = sum(self._is_shown(other, standing, value) for value in values)
                gain += shown / len(values) / 2 / _width(one)
        return gain

    def _is_shown(self, other: Possible, standing: Standing, value: int | None) -> bool:
        """Whether a standing surely leads to good ones in an attempt with one slot more, where it has that value."""
        if time.monotonic() > self.attempt.until:
            return False
        here = standing._replace(known=(*standing.known, value))
        return any(
            move.sure
            and move.after
            and all(self.attempt.living(one._replace(known=one.known[:-1])) in self.found.good for one in move.after)
            for move in other.possible(here)
        )

    def _near(self, standing: Standing) -> Iterator[int]:
        """What kept a standing from being good that is next to good ones: of each move, what was not known."""
        for move in self.found.moves[standing]:
            others = [one for one in move.after if one != standing]
            if move.doubts and any(one in self.found.good for one in others):
                yield move.doubts

    def _doubts(self, standing: Standing) -> Iterator[int]:
        """What was not known at a standing."""
        yield from (move.doubts for move in self.found.moves[standing] if move.after != {standing})


def _width(slot: Slot) -> float:
    """What keeping a slot costs: little while it has few values, then as many times more as it has more."""
    values = max(2, min(_WIDE, slot.high - slot.low + 1))
    return values.bit_length() if values < _WIDE else values / 4
