"""The first places of items and characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.diagnostics.codes import Code as Finding
from pianist_quest.worldfile import model
from pianist_quest.worldfile.nodes import complain

from .properties import resolve
from .space import Nest
from .story import NOTHING, PLAYER, Slot, SlotKind
from .types import BUILT_IN_KINDS

if TYPE_CHECKING:
    from .declare import Declared
    from .names import Names
    from .properties import Changes


def locate(every: tuple[Declared, ...], names: Names, changes: Changes) -> None:
    """Put items and characters into their first places; those that can move get a slot for it."""
    things = frozenset(ref.name for ref, _, _, _ in every)
    doors = _doors(every, names)
    for number, (ref, _, _, one) in enumerate(every, start=PLAYER + 1):
        if not isinstance(one, model.Item | model.Character):
            continue
        places = doors.get(number) or tuple(_place(one, place, names) for place in one.places)
        start = places[0] if places else NOTHING
        free = not one.fixed if isinstance(one, model.Item) else bool(one.moves)
        moves = free or start == PLAYER or changes.moves(ref.name, things)
        if moves and len(places) > 1:
            message = "only what never moves can be in several rooms"
            hint = "make it `fixed`, or choose one"
            place = one.places[1] if len(one.places) > 1 else ref
            complain(names.problems, Finding.BAD_VALUE, place.at, message, hint=hint)
        slot = names.slot(Slot(f"{ref.name}.at", SlotKind.PLACE, start)) if moves else -1
        names.space.add(number, slot, start, () if moves else places)
        if isinstance(one, model.Character):
            names.space.people.add(number)
        elif one.traits.container or one.traits.surface:
            stored = names.properties[number]["open"]
            nest = Nest(one.traits.surface, one.traits.transparent, stored.slot, bool(stored.value))
            names.space.nests[number] = nest


def _doors(every: tuple[Declared, ...], names: Names) -> dict[int, tuple[int, ...]]:
    """The rooms on both sides of each door, as exits name it."""
    found: dict[int, dict[int, None]] = {}
    for number, (_, _, _, one) in enumerate(every, start=PLAYER + 1):
        for way in one.exits if isinstance(one, model.Room) else ():
            if way.door is None:
                continue
            door = resolve(way.door, "item", names)
            other = names.symbols.get(way.to.name)
            sides = found.setdefault(door, {})
            sides[number] = None
            if other is not None and other.type.kind == "room":
                sides[other.number] = None
    return {door: tuple(sides) for door, sides in found.items()}


def _place(one: model.Item | model.Character, place: model.Ref, names: Names) -> int:
    if place.name == "nothing":
        return NOTHING
    if place.name == "player" and isinstance(one, model.Item):
        return PLAYER
    symbol = names.symbols.get(place.name)
    holder = symbol.type.kind if symbol is not None and symbol.what == "thing" else "room"
    if isinstance(one, model.Character) or holder not in BUILT_IN_KINDS:
        holder = "room"
    elif holder == "item" and symbol is not None and not _can_hold(symbol.number, names):
        message = f"nothing can be put into `{place.name}`"
        hint = "write `container: true` or `surface: true` where it is declared"
        complain(names.problems, Finding.WRONG_KIND, place.at, message, hint=hint)
    also = ("item", "character") if isinstance(one, model.Item) and symbol is None else ()
    return resolve(place, holder, names, also)


def _can_hold(number: int, names: Names) -> bool:
    return any(names.properties[number][name].value for name in ("container", "surface"))
