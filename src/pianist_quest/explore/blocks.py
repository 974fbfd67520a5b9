"""Instructions that are done often, put together: a whole way through a script as one function of Python.

All that an instruction does to a walk is said here once more, as text; what cannot be said so ends the block, and is
done by its operation. A condition ends it where it does not hold. A block never comes to one position twice, so that
a script that goes round comes back to the walk's own loop, which counts.

To compile a function takes as long as some hundred steps, so blocks that differ only in their numbers (slots,
positions, bounds) are compiled once, and get their numbers afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.story import story as s

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST: Final = 200
"""How many instructions a block has at most."""
_BEGINS: Final = {"p": "p = walk.place", "n": "n = walk.visited", "r": "r = walk.roll"}
"""What each name that an expression can have stands for, besides the values."""
_BOUNDED: Final = re.compile(r"(v\[\d+\]) = min\((\d+), max\((-?\d+), ([^()]*)\)\)")
"""How a simple value is stored within bounds."""
_NUMBER: Final = re.compile(r"(?<![\w.-])\d+")

Block = Callable[[Any], int]
"""Does a block to a walk, and returns where that goes on."""


class Blocks:
    """Makes blocks of a story: `plain` is where instructions that do nothing lead, `may_pass` says where to go on."""

    def __init__(self, story: s.Story, plain: Sequence[int | None], may_pass: Callable[[int], bool]) -> None:
        self.story, self.plain, self.may_pass = story, plain, may_pass
        self._makers: dict[tuple[str, int], Callable[..., Block]] = {}

    def at(self, pc: int) -> Block | None:
        """Return a block that begins at a position, as an operation; None where it would hold nothing."""
        block = _Block(self)
        block.follow(pc)
        return self._made(block.text(), block.env or {}) if block.size > 1 else None

    def _made(self, text: str, env: dict[str, Any]) -> Block:
        """Return lines as a function, which is compiled if there was none yet with these lines but for the numbers."""
        numbers: list[int] = []
        if "'" not in text and '"' not in text:
            numbers = [int(one) for one in _NUMBER.findall(text)]
            names = count(1)
            text = _NUMBER.sub(lambda _: f"k{next(names)}", text)
        make = self._makers.get((text, id(env)))
        if make is None:
            given = ", ".join(f"k{one}" for one in range(1, len(numbers) + 1))
            space: dict[str, Any] = {}
            # As in story.Code: the text is made from trees that were checked, and from numbers.
            exec(compile(f"def make({given}):\n {text}\n return block", "<block>", "exec"), env, space)  # noqa: S102
            make = self._makers[text, id(env)] = space["make"]
        return make(*numbers)


class _Block:
    """A block that is being made: its lines, and the calls that it has not come back from."""

    def __init__(self, blocks: Blocks) -> None:
        self.story, self.plain, self.may_pass = blocks.story, blocks.plain, blocks.may_pass
        self.lines: list[str] = []
        self.calls: list[int] = []
        self.env: dict[str, Any] | None = None
        self.size = 0

    def follow(self, pc: int) -> None:
        """Add what is done from a position on."""
        seen: set[int] = set()
        while pc not in seen and len(seen) < LONGEST and (not seen or self.may_pass(pc)):
            seen.add(pc)
            ahead = self.plain[pc]
            after = self._done(self.story.code[pc], pc) if ahead is None else ahead
            if after is None:
                break
            self.size += 1
            pc = after
            if pc < 0:
                return
        self._leave(str(pc))

    def _done(self, instruction: s.Instruction, pc: int) -> int | None:
        """Add an instruction; return where it goes on, -1 where the block is over, None where it cannot be added."""
        match instruction:
            case s.Do(code) if self._reaches(code):
                for line in code.source.split("\n  "):
                    self.lines += _stored(line)
            case s.Unless(code, target) if self._reaches(code):
                self.lines.append(f"if not ({code.source}):")
                self._leave(str(target), " ")
            case s.Count(slot, stamp):
                self.lines.append(f"v[{slot}] += 1")
                if stamp >= 0:
                    self.lines.append(f"v[{stamp}] = v[{self.story.turns}] + 1")
            case s.Call(target):
                self.calls.append(pc + 1)
                return target
            case s.Return() if self.calls:
                return self.calls.pop()
            case s.Return():
                self.lines.append("return walk.stack.pop() if walk.stack else -1")
                return -1
            case s.Offer() if waits(instruction):
                self.lines.append(f"walk.at = {pc}")
                self._leave("-1")
                return -1
            case _:
                return None
        return pc + 1

    def _reaches(self, code: s.Code) -> bool:
        """Whether an expression reaches the same functions as those before it."""
        self.env = code.env if self.env is None else self.env
        return self.env is code.env

    def _leave(self, to: str, indent: str = "") -> None:
        """Add what leaves the block, with the calls that are open then."""
        if self.calls:
            self.lines.append(f"{indent}walk.stack += {self.calls!r}")
        self.lines.append(f"{indent}return {to}")

    def text(self) -> str:
        """Return the block as the definition of a function."""
        named = set(re.findall(r"\b[pnr]\b", "\n".join(self.lines)))
        begins = [line for name, line in _BEGINS.items() if name in named]
        return "\n  ".join(["def block(walk):", "v = walk.values", *begins, *self.lines])


def _stored(statement: str) -> list[str]:
    """Return a statement with its bounds compared and not called for: `min` and `max` take longer than all the rest."""
    match = _BOUNDED.fullmatch(statement)
    if match is None:
        return [statement]
    place, high, low, value = match.groups()
    return [f"x = {value}", f"{place} = {high} if x > {high} else {low} if x < {low} else x"]


def waits(offer: s.Offer) -> bool:
    """Whether there is always something to choose, so that a script that comes here waits."""
    return any(one.always and not one.fallback for one in offer.options)
