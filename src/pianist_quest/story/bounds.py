"""Between which numbers a value lies, and what that decides; both ends are included."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

Bounds = tuple[int, int]
UNBOUNDED: Final = 10**6
"""How far apart bounds are that no author gave: a variable's own are two thousand million apart."""

_ORDER: Final[dict[str, Callable[[int, int], bool]]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
_JOIN: Final[dict[str, Callable[[int, int], int]]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
}


def constant(bounds: Bounds | None) -> bool:
    """Whether there is but one number within bounds."""
    return bounds is not None and bounds[0] == bounds[1]


def negated(bounds: Bounds | None) -> Bounds | None:
    """Return the bounds of minus a value."""
    return bounds and (-bounds[1], -bounds[0])


def joined(op: str, left: Bounds | None, right: Bounds | None) -> Bounds | None:
    """Return the bounds of a sum, difference or product."""
    if left is None or right is None:
        return None
    corners = [_JOIN[op](a, b) for a, b in product(left, right)]
    return min(corners), max(corners)


def decision(op: str, left: Bounds | None, right: Bounds | None) -> bool | None:
    """Return what a comparison always comes to, None where that depends."""
    if left is None or right is None:
        return None
    if op in ("==", "!="):
        apart = left[1] < right[0] or right[1] < left[0]
        same = left == right and left[0] == left[1]
        return (op == "!=") if apart else (op == "==") if same else None
    answers = {_ORDER[op](a, b) for a, b in product(left, right)}
    return answers.pop() if len(answers) == 1 else None
