"""The types of expressions."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from pianist_quest.worldfile.frozen import frozen

if TYPE_CHECKING:
    from .bounds import Bounds

ANY_THING: Final = "thing"
BUILT_IN_KINDS: Final = ("room", "item", "character")


class Type(NamedTuple):
    """A number, flag, text, one of several `names` (enum), or a thing of a `kind`; a tuple, for these are compared."""

    base: str
    names: tuple[str, ...] = ()
    kind: str = ""

    def __str__(self) -> str:
        if self.base == "thing":
            return f"a {self.kind}" if self.kind[:1] not in "aeiou" else f"an {self.kind}"
        return f"one of {', '.join(self.names)}" if self.base == "enum" else f"a {self.base}"


NUMBER: Final = Type("number")
FLAG: Final = Type("flag")
TEXT: Final = Type("text")
NOTHING_TYPE: Final = Type("thing", kind="nothing")
UNKNOWN: Final = Type("unknown")
"""The type of what has been reported: it fits everywhere, so that one mistake is told once."""


@lru_cache(maxsize=256)
def thing(kind: str) -> Type:
    """Return the type of things of a kind."""
    return Type("thing", kind=kind)


def fits(given: Type, wanted: Type) -> bool:
    """Whether a value of one type can stand where another is wanted."""
    if given is wanted or UNKNOWN in (given, wanted) or given == wanted:
        return True
    if given.base != "thing" or wanted.base != "thing":
        return False
    return "nothing" in (given.kind, wanted.kind) or wanted.kind == ANY_THING


def comparable(one: Type, other: Type) -> bool:
    """Whether two values can be asked to be equal."""
    return fits(one, other) or fits(other, one)


@frozen
class Found:
    """An expression's type, the Python for it, and the bounds of a number where they are known."""

    type: Type
    source: str
    bounds: Bounds | None = None


Locals = dict[str, Found]
"""What names stand for within one script or formula only."""
