"""The instructions of a story as a graph: what follows what, and what is hot, leading to something that matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.story import story as s
from pianist_quest.story.flow import following

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Flow:
    """Where play can go on from each instruction within a turn or after a choice. Entering a room is an end here."""

    def __init__(self, story: s.Story) -> None:
        self.story = story
        self.lines = _lines(story)
        self.ahead = [tuple(self._ahead(pc)) for pc in range(len(story.code))]
        self.behind: list[list[int]] = [[] for _ in story.code]
        for pc, ahead in enumerate(self.ahead):
            for other in ahead:
                self.behind[other].append(pc)

    def _ahead(self, pc: int) -> Iterator[int]:
        match self.story.code[pc]:
            case s.Call(target):
                yield from (target, pc + 1)
            case s.Offer(options, join):
                yield from (*(one.target for one in options), join)
            case s.Deal(tag):
                yield from (*(one.pc for one in self.story.storylets[tag]), pc + 1)
            case s.Contents(room):
                yield from (*self.lines.get(room, ()), *self.lines.get(-1, ()), pc + 1)
            case _:
                yield from following(self.story.code, pc)

    def hot(self, active: Iterable[int]) -> bytearray:
        """Return for each instruction whether an active one can come from it."""
        found = bytearray(len(self.ahead))
        waiting = list(active)
        while waiting:
            pc = waiting.pop()
            if not found[pc]:
                found[pc] = 1
                waiting += self.behind[pc]
        return found

    def reached(self, start: Iterable[int]) -> set[int]:
        """Return all instructions that can come from some."""
        found: set[int] = set()
        waiting = list(start)
        while waiting:
            pc = waiting.pop()
            if pc not in found:
                found.add(pc)
                waiting += self.ahead[pc]
        return found

    def branches(self, pc: int) -> tuple[int, int] | None:
        """Return the instructions (first, and behind the last) that a branching one parts and joins again."""
        match self.story.code[pc]:
            case s.Unless(target=target) if target > pc:
                last = self.story.code[target - 1]
                return (pc + 1, last.target if isinstance(last, s.Jump) and last.target >= target else target)
            case s.Draw(join=join) | s.Pick(join=join):
                return (pc + 1, join)
        return None

    def parts(self, pc: int, hot: bytearray, is_active: Callable[[int], bool]) -> bool:
        """Whether it matters which way a branching instruction goes: one way does something that the other does not."""
        region = self.branches(pc)
        if region is None:
            return True
        first, behind = region
        return any(self._does(one, first, behind, hot, is_active) for one in range(first, behind))

    def _does(self, pc: int, first: int, behind: int, hot: bytearray, is_active: Callable[[int], bool]) -> bool:
        """Whether an instruction between a branching and its join does something, or leads away."""
        if is_active(pc):
            return True
        instruction = self.story.code[pc]
        if isinstance(instruction, s.Return):
            return behind < len(hot) and bool(hot[behind])
        if isinstance(instruction, s.Call | s.Deal | s.Contents):
            return any(hot[one] for one in self.ahead[pc] if one != pc + 1)
        away = [one for one in self.ahead[pc] if not first <= one <= behind]
        return any(hot[one] for one in away) or (bool(away) and bool(hot[behind]))


def _lines(story: s.Story) -> dict[int, list[int]]:
    """The scripts that tell what is in a room, by room; under -1 those of what can be anywhere."""
    found: dict[int, list[int]] = {}
    for thing in story.things:
        if isinstance(thing, s.Located) and thing.here >= 0:
            slot, place = story.space.located[thing.number]
            rooms = story.space.scattered.get(thing.number, (place,)) if slot < 0 else (-1,)
            for room in rooms:
                found.setdefault(room, []).append(thing.here)
    return found
