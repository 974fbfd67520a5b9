"""The tree of an expression or effect; every node knows its characters within the text it was read from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .frozen import frozen

if TYPE_CHECKING:
    from typing import ClassVar


@frozen
class Tree:
    """A part of an expression: characters `start` to `end` (excluded)."""

    start: int
    end: int
    if TYPE_CHECKING:
        __slots__: ClassVar[tuple[str, ...]]
        """The fields of its own that a class has."""


@frozen
class Number(Tree):
    """A whole number."""

    value: int


@frozen
class Flag(Tree):
    """`true` or `false`."""

    value: bool


@frozen
class Quoted(Tree):
    """A text in quotes."""

    value: str


@frozen
class Name(Tree):
    """A name, still to be resolved."""

    name: str


@frozen
class Property(Tree):
    """`thing.name`."""

    thing: Tree
    name: str


@frozen
class Unary(Tree):
    """`-x` or `not x`."""

    op: str
    operand: Tree


@frozen
class Binary(Tree):
    """`+ - * // %`."""

    op: str
    left: Tree
    right: Tree


@frozen
class Comparison(Tree):
    """`a < b`, or chained `a < b <= c`: `ops[i]` stands between `parts[i]` and `parts[i + 1]`."""

    parts: tuple[Tree, ...]
    ops: tuple[str, ...]


@frozen
class Logic(Tree):
    """`and` or `or` between two or more parts."""

    op: str
    parts: tuple[Tree, ...]


@frozen
class Membership(Tree):
    """`x in (a, b)`, negated by `not in`."""

    item: Tree
    options: tuple[Tree, ...]
    negated: bool


@frozen
class Conditional(Tree):
    """`a if condition else b`."""

    condition: Tree
    yes: Tree
    no: Tree


@frozen
class Call(Tree):
    """`function(arguments)`; `name_end` is where the function's name ends."""

    function: str
    arguments: tuple[Tree, ...]
    name_end: int


@frozen
class Assignment(Tree):
    """`target = value`, or with `op` (`+`, `-`, `*`, `//`, `%`) the augmented form."""

    target: Tree
    op: str
    value: Tree
