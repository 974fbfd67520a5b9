"""What compiled expressions call for things that are known only in play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .english import an, listing
from .story import PLAYER, Touches

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .names import Storage
    from .space import Space
    from .story import Slot, Tool


def touching(tool: Tool, table: dict[int, Storage]) -> Touches:
    """Return what a function of a property depends on."""
    return Touches(tool, {number: (stored.slot, stored.value) for number, stored in table.items()})


def getter(table: dict[int, Storage]) -> Callable[[Sequence[int], int], int | str]:
    """Return what reads one property of any thing of a kind; of nothing, it is 0, false or an empty text."""
    nothing = "" if next(iter(table.values())).type.base == "text" else 0

    def get(v: Sequence[int], number: int) -> int | str:
        stored = table.get(number)
        if stored is None:
            return nothing
        return v[stored.slot] if stored.slot >= 0 else stored.value

    return get


def setter(table: dict[int, Storage], slots: list[Slot]) -> Callable[[list[int], int, int], None]:
    """Return what changes one property of any thing of a kind, within its bounds; of nothing, it does nothing."""

    def put(v: list[int], number: int, value: int) -> None:
        stored = table.get(number)
        if stored is not None and stored.slot >= 0:
            slot = slots[stored.slot]
            v[stored.slot] = min(slot.high, max(slot.low, value))

    return put


def mover(space: Space, worn: dict[int, int]) -> Callable[[list[int], int, int], None]:
    """Return what moves any item or character; what leaves the player's hands is not worn any more.

    Moving nothing, or what never moves, or a thing into itself, does nothing.
    """

    def move(v: list[int], number: int, place: int) -> None:
        slot = space.located.get(number, (-1, -1))[0]
        if slot >= 0 and place != number and not space.holds(v, 0, number, place):
            v[slot] = place
            if place != PLAYER and number in worn:
                v[worn[number]] = 0

    return move


def swapper(space: Space, worn: dict[int, int]) -> Callable[[list[int], int, int], None]:
    """Return what puts each of two things where the other is; with what never moves it does nothing.

    Nor does it where one is in the other.
    """
    move = mover(space, worn)

    def swap(v: list[int], one: int, other: int) -> None:
        first, second = (space.located.get(number, (-1, -1))[0] for number in (one, other))
        if min(first, second) >= 0 and not space.holds(v, 0, one, other) and not space.holds(v, 0, other, one):
            places = v[second], v[first]
            move(v, one, places[0])
            move(v, other, places[1])

    return swap


def contents_of(space: Space, names: list[str], plurals: set[int]) -> Callable[[Sequence[int], int], str]:
    """Return what names all that is in a place, with articles."""

    def named(v: Sequence[int], place: int) -> str:
        return listing([an(names[number], plural=number in plurals) for number in space.contents(v, place)])

    return named
