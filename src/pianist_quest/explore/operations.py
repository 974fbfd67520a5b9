"""The engine's operations for a walk: what matters nowhere is passed over, what is done often is put into blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.engine.operations import operation
from pianist_quest.story import story as s

from .blocks import Blocks, waits
from .plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from .walker import Walk, Walker

    Operation = Callable[[Walk], int]

OFTEN: Final = 16
"""How often something is done before it is made into a block: to make one takes as long as some hundred operations."""


class Operations:
    """Makes the operations of a story, for a walker."""

    def __init__(self, walker: Walker) -> None:
        self.walker, self.relevance, self.story = walker, walker.relevance, walker.story
        self.plain = [plain(self.relevance, pc) for pc in range(len(self.story.code))]
        self.blocks = Blocks(self.story, self.plain, lambda pc: not self._is_noted(pc) or bool(walker.covered[pc]))
        lists = [one.options for one in self.story.code if isinstance(one, s.Offer)]
        lists += [one.choices for one in self.story.things if isinstance(one, s.Room)]
        self.entries = self.relevance.scenes | {one.target for options in lists for one in options}
        self.ops: list[Operation] = []

    def all(self) -> list[Operation]:
        """Return them, by position."""
        leaders = self.entries | {one.target for one in self.story.code if isinstance(one, s.Unless)}
        for pc, one in enumerate(self.story.code):
            op = self._op(pc, one)
            if pc in leaders:
                op = self._warming(pc, op)
            if self._is_noted(pc):
                op = self._covering(pc, op)
            self.ops.append(op)
        return self.ops

    def _covering(self, pc: int, op: Operation) -> Operation:
        """An operation that notes, when it is done first, that it was."""
        covered, ops = self.walker.covered, self.ops

        def note(walk: Walk) -> int:
            covered[pc] = 1
            ops[pc] = op
            return op(walk)

        return note

    def _warming(self, pc: int, op: Operation) -> Operation:
        """An operation that is made into a block when it was done often."""
        ops, blocks, left = self.ops, self.blocks, OFTEN

        def warm(walk: Walk) -> int:
            nonlocal left
            left -= 1
            if left <= 0:
                ops[pc] = blocks.at(pc) or op
            return op(walk)

        return warm

    def _is_noted(self, pc: int) -> bool:
        return self.relevance.cover and pc in self.entries

    def _to(self, pc: int) -> int:
        """The next position from one, itself included, at which there is something to do."""
        seen = {pc}
        while 0 <= pc < len(self.plain) and self.plain[pc] is not None and not self._is_noted(pc):
            pc = self.plain[pc]  # type: ignore[assignment] # as was just asked
            if pc in seen:
                break
            seen.add(pc)
        return pc

    def _op(self, pc: int, instruction: s.Instruction) -> Operation:
        ahead = self.plain[pc]
        if ahead is not None:
            return _goes(self._to(pc if not self._is_noted(pc) else ahead))
        if isinstance(instruction, s.Offer) and waits(instruction):
            return _waits(pc)
        return operation(self.story, pc)


def _waits(pc: int) -> Operation:
    def wait(walk: Walk) -> int:
        walk.at = pc
        return -1

    return wait


def _goes(target: int) -> Operation:
    return lambda _: target
