"""The list of instructions being made: positions, labels, and what is known of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.worldfile.frozen import frozen

from . import story as s
from .texts import Texts

if TYPE_CHECKING:
    from pianist_quest.worldfile import model
    from pianist_quest.worldfile.nodes import Node

    from .names import Label, Names
    from .types import Locals


_TO_COME: Final = s.Jump(-1)
"""In the place of a jump to a label that may not be placed yet."""


@frozen
class Link:
    """A way from one script to another, both by name (`scene wasp`, `tag market`)."""

    start: str
    end: str
    ref: model.Ref
    is_call: bool


class Emitter(Texts):
    """The instructions of a story. Jumps go to labels, which `finish` resolves."""

    def __init__(self, names: Names) -> None:
        super().__init__(names)
        self.code: list[s.Instruction] = []
        self.owners: list[tuple[int, str]] = []
        self.sites: dict[int, str] = {}
        self.places: dict[int, Node] = {}
        """Where in the files the instructions that can loop were written, for messages."""
        self.leaving: set[int] = set()
        """Where play goes on, towards a room, after a script on the way out of another."""
        self.links: list[Link] = []
        """Each way from one script to another, a call or not."""
        self.choices: dict[int, model.Choice] = {}
        """The choices as they are written, by where their scripts begin."""
        self.reached: set[str] = set()
        """The names that scripts lead to."""
        self.played: set[str] = set()
        """The music that scripts play."""
        self._jumps: list[tuple[int, Label]] = []
        self._counts: list[tuple[int, Label]] = []

    # Instructions and labels

    def begin(self, owner: str, locals_: Locals | None = None) -> int:
        """Begin a script; return its position."""
        if owner != self.owner:
            self.owner = owner
            self.owners.append((len(self.code), owner))
        self.place_name, self.locals = owner, locals_ or {}
        return len(self.code)

    def emit(self, instruction: s.Instruction) -> int:
        """Add an instruction; return its position."""
        self.code.append(instruction)
        return len(self.code) - 1

    def jump(self, label: Label) -> None:
        """Add a jump to a label that may not be placed yet."""
        self._jumps.append((self.emit(_TO_COME), label))

    def place(self, label: Label) -> None:
        """Put a label here; how often it is passed is counted where an expression asks."""
        label.pc = len(self.code)
        self._counts.append((self.emit(s.Jump(len(self.code) + 1)), label))

    def call(self, label: Label) -> None:
        """Add a call of what a label marks; where it comes back to is a place a game can be saved at."""
        self._jumps.append((self.emit(s.Call(-1)), label))
        self.site(len(self.code), "after", label.name)

    def call_here(self, target: int) -> None:
        """Add a call of a script that stands earlier."""
        self.emit(s.Call(target))
        self.site(len(self.code), "after")

    def site(self, pc: int, what: str, text: str = "") -> None:
        """Give a position a name in saved games."""
        self.sites[pc] = self.names.site(self.place_name, what, text)

    def finish(self) -> tuple[s.Instruction, ...]:
        """Resolve all jumps and return the code."""
        jumps: dict[int, s.Jump] = {}
        for pc, label in self._jumps:
            made = self.code[pc]
            if made is _TO_COME:
                self.code[pc] = jumps.get(label.pc) or jumps.setdefault(label.pc, s.Jump(label.pc))
            elif isinstance(made, s.Unless):
                self.code[pc] = s.Unless(made.code, label.pc)
            else:
                assert isinstance(made, s.Call)  # noqa: S101 - only these are waiting for a label
                self.code[pc] = s.Call(label.pc)
        for pc, label in self._counts:
            if label.counter >= 0:
                self.code[pc] = s.Count(label.counter, label.stamp)
        return tuple(self.code)
