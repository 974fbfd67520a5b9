"""What compiled expressions call for things that are known only in play.

They are functions of data and never closures, so that a story can be kept (`pianist_quest.kept`).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from . import english
from .story import PLAYER, Touches

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from .names import Storage
    from .space import Space
    from .story import Code, Slot, Tool

    Stored = Mapping[int, tuple[int, int | str]]


# Properties


def touching(tool: Tool, table: Mapping[int, Storage]) -> Touches:
    """Return what a function of a property depends on."""
    return Touches(tool, {number: (stored.slot, stored.value) for number, stored in table.items()})


def getter(touches: Touches, nothing: int | str) -> Callable[[Sequence[int], int], int | str]:
    """Return what reads one property of any thing of a kind; of nothing, it is 0, false or an empty text."""
    return partial(_get, touches.slots, nothing)


def _get(stored: Stored, nothing: int | str, v: Sequence[int], number: int) -> int | str:
    slot, value = stored.get(number, (-1, nothing))
    return v[slot] if slot >= 0 else value


def setter(touches: Touches, slots: list[Slot]) -> Callable[[list[int], int, int], None]:
    """Return what changes one property of any thing of a kind, within its bounds; of nothing, it does nothing."""
    changing = {number: slots[slot] for number, (slot, _) in touches.slots.items() if slot >= 0}
    bounds = {number: (touches.slots[number][0], one.low, one.high) for number, one in changing.items()}
    return partial(_put, bounds)


def _put(bounds: Mapping[int, tuple[int, int, int]], v: list[int], number: int, value: int) -> None:
    found = bounds.get(number)
    if found is not None:
        slot, low, high = found
        v[slot] = min(high, max(low, value))


# Places


def mover(space: Space, worn: dict[int, int]) -> Callable[[list[int], int, int], None]:
    """Return what moves any item or character; what leaves the player's hands is not worn any more.

    Moving nothing, or what never moves, or a thing into itself, does nothing.
    """
    return partial(_move, space, worn)


def _move(space: Space, worn: dict[int, int], v: list[int], number: int, place: int) -> None:
    slot = space.located.get(number, (-1, -1))[0]
    if slot >= 0 and place != number and not space.holds(v, 0, number, place):
        v[slot] = place
        if place != PLAYER and number in worn:
            v[worn[number]] = 0


def swapper(space: Space, worn: dict[int, int]) -> Callable[[list[int], int, int], None]:
    """Return what puts each of two things where the other is; with what never moves it does nothing.

    Nor does it where one is in the other.
    """
    return partial(_swap, space, worn)


def _swap(space: Space, worn: dict[int, int], v: list[int], one: int, other: int) -> None:
    first, second = (space.located.get(number, (-1, -1))[0] for number in (one, other))
    if min(first, second) >= 0 and not space.holds(v, 0, one, other) and not space.holds(v, 0, other, one):
        places = v[second], v[first]
        _move(space, worn, v, one, places[0])
        _move(space, worn, v, other, places[1])


def any_of(conditions: list[Code]) -> Callable[[Sequence[int], int, int], int]:
    """Return what tells whether one of some conditions holds; they may be added to later."""
    return partial(_any, conditions)


def _any(conditions: list[Code], v: Sequence[int], p: int, n: int) -> int:
    return int(any(one(v, p, n) for one in conditions))


# Words


def name_of(names: list[str], plurals: AbstractSet[int], *, definite: bool) -> Callable[[int], str]:
    """Return what names a thing with an article."""
    return partial(_the, names) if definite else partial(_a, names, plurals)


def _the(names: list[str], number: int) -> str:
    return english.the(names[number])


def _a(names: list[str], plurals: AbstractSet[int], number: int) -> str:
    return english.an(names[number], plural=number in plurals)


def contents_of(space: Space, names: list[str], plurals: AbstractSet[int]) -> Callable[[Sequence[int], int], str]:
    """Return what names all that is in a place, with articles."""
    return partial(_contents, space, names, plurals)


def _contents(space: Space, names: list[str], plurals: AbstractSet[int], v: Sequence[int], place: int) -> str:
    return english.listing([_a(names, plurals, number) for number in space.contents(v, place)])


# Numbers


def div(a: int, b: int) -> int:
    """Return how often one number goes into another, rounded down; by nothing, it is 0."""
    return a // b if b else 0


def mod(a: int, b: int) -> int:
    """Return what is left then."""
    return a % b if b else 0


def formula(name: str, source: str, parameters: int, env: dict[str, Any]) -> Callable[..., Any]:
    """Return what makes a formula into a function when it is called first, and puts that in its place."""
    return partial(_formula, name, source, parameters, env)


def _formula(name: str, source: str, parameters: int, env: dict[str, Any], *given: Any) -> Any:  # noqa: ANN401 - its type is the formula's
    given_names = ", ".join(["v", "p", "n", *(f"a{one}" for one in range(parameters))])
    # As in story.Code: the text is made here from a checked tree.
    made = eval(compile(f"lambda {given_names}: {source}", "<formula>", "eval"), env)  # noqa: S307
    made.late = formula(name, source, parameters, env)
    env[name] = made
    return made(*given)
