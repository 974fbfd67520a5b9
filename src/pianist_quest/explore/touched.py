"""Where a script can still read or change a slot before its turn is over; elsewhere its value is only handed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.story import story as s
from pianist_quest.story.bits import bits

from .reads import mask, union

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .relevance import Relevance


class Touched:
    """Tells of each slot from which instructions on it can be read or changed in the same turn."""

    def __init__(self, relevance: Relevance) -> None:
        self.story, self.relevance = relevance.story, relevance
        self._by: dict[int, list[int]] = {}
        self._behind: list[list[int]] = [[] for _ in self.story.code]
        leaves = [one.leave for one in relevance.rooms if one.leave >= 0]
        for pc, one in enumerate(self.story.code):
            for slot in bits(self._directly(pc, one)):
                self._by.setdefault(slot, []).append(pc)
            for ahead in self._ahead(pc, one, leaves):
                self._behind[ahead].append(pc)
        self._found: dict[int, bytearray] = {}

    def before(self, slot: int) -> bytearray:
        """Return for each instruction whether a slot can be read or changed from it on, before the player is asked."""
        if slot not in self._found:
            found = self._found[slot] = bytearray(len(self._behind))
            waiting = list(self._by.get(slot, ()))
            while waiting:
                pc = waiting.pop()
                if not found[pc]:
                    found[pc] = 1
                    waiting += self._behind[pc]
        return self._found[slot]

    def _ahead(self, pc: int, instruction: s.Instruction, leaves: list[int]) -> Iterator[int]:
        """What can follow without the player."""
        match instruction:
            case s.Offer(options=options, join=join):
                yield from (*(one.target for one in options if one.fallback), join)
            case s.Enter(room):
                here = self.story.things[room]
                assert isinstance(here, s.Room)  # noqa: S101 - only rooms are entered
                yield from (here.arrive, *leaves)
            case _:
                yield from self.relevance.flow.ahead[pc]

    def _directly(self, pc: int, instruction: s.Instruction) -> int:
        """The slots that an instruction itself reads or changes, whatever is known."""
        match instruction:
            case s.Do():
                writes = self.relevance.writes[pc]
                return union(writes) | mask(one.slot for one in writes)
            case s.Unless(code):
                return self.relevance.asked((code,))
            case s.Count(slot, stamp):
                return mask((slot, stamp))
            case s.Earn(award):
                return mask((self.story.awards[award].slot,))
            case s.Offer(options=options):
                return self._opening(options)
            case s.Draw(opens=opens):
                return self.relevance.asked(opens)
            case s.Pick(candidates=candidates):
                return self.relevance.asked(one.open for one in candidates)
            case s.Deal(tag):
                return self.relevance.asked(one.open for one in self.story.storylets[tag])
        return 0

    def _opening(self, options: tuple[s.Option, ...]) -> int:
        return self.relevance.asked(one.open for one in options) | mask(one.slot for one in options)
