"""The tree of an expression or effect; every node knows its characters within the text it was read from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tree:
    """A part of an expression: characters `start` to `end` (excluded)."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Number(Tree):
    """A whole number."""

    value: int


@dataclass(frozen=True, slots=True)
class Flag(Tree):
    """`true` or `false`."""

    value: bool


@dataclass(frozen=True, slots=True)
class Quoted(Tree):
    """A text in quotes."""

    value: str


@dataclass(frozen=True, slots=True)
class Name(Tree):
    """A name, still to be resolved."""

    name: str


@dataclass(frozen=True, slots=True)
class Property(Tree):
    """`thing.name`."""

    thing: Tree
    name: str


@dataclass(frozen=True, slots=True)
class Unary(Tree):
    """`-x` or `not x`."""

    op: str
    operand: Tree


@dataclass(frozen=True, slots=True)
class Binary(Tree):
    """`+ - * // %`."""

    op: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Comparison(Tree):
    """`a < b`, or chained `a < b <= c`: `ops[i]` stands between `parts[i]` and `parts[i + 1]`."""

    parts: tuple[Tree, ...]
    ops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Logic(Tree):
    """`and` or `or` between two or more parts."""

    op: str
    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Membership(Tree):
    """`x in (a, b)`, negated by `not in`."""

    item: Tree
    options: tuple[Tree, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class Conditional(Tree):
    """`a if condition else b`."""

    condition: Tree
    yes: Tree
    no: Tree


@dataclass(frozen=True, slots=True)
class Call(Tree):
    """`function(arguments)`; `name_end` is where the function's name ends."""

    function: str
    arguments: tuple[Tree, ...]
    name_end: int


@dataclass(frozen=True, slots=True)
class Assignment(Tree):
    """`target = value`, or with `op` (`+`, `-`, `*`, `//`, `%`) the augmented form."""

    target: Tree
    op: str
    value: Tree
