"""What compiled expressions call for things that are known only in play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .english import an, listing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .names import Storage
    from .story import Slot


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
        if stored is not None:
            slot = slots[stored.slot]
            v[stored.slot] = min(slot.high, max(slot.low, value))

    return put


def locator(located: dict[int, tuple[int, int]]) -> Callable[[Sequence[int], int], int]:
    """Return what tells where any item or character is; nothing is nowhere (-1, which is no place)."""

    def locate(v: Sequence[int], number: int) -> int:
        slot, start = located.get(number, (-1, -1))
        return v[slot] if slot >= 0 else start

    return locate


def mover(located: dict[int, tuple[int, int]]) -> Callable[[list[int], int, int], None]:
    """Return what moves any item or character; moving nothing does nothing."""

    def move(v: list[int], number: int, place: int) -> None:
        if number in located:
            v[located[number][0]] = place

    return move


def swapper(located: dict[int, tuple[int, int]]) -> Callable[[list[int], int, int], None]:
    """Return what puts each of two things where the other is; with nothing it does nothing."""

    def swap(v: list[int], one: int, other: int) -> None:
        if one in located and other in located:
            first, second = located[one][0], located[other][0]
            v[first], v[second] = v[second], v[first]

    return swap


def contents_of(located: dict[int, tuple[int, int]], names: list[str]) -> Callable[[Sequence[int], int], str]:
    """Return what names all that is in a place, with articles."""

    def named(v: Sequence[int], place: int) -> str:
        places = ((number, v[slot] if slot >= 0 else start) for number, (slot, start) in located.items())
        return listing([an(names[number]) for number, at in places if at == place])

    return named
