"""Effects: checked assignments and calls to the Python that does them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.diagnostics.codes import Code as Finding
from pianist_quest.diagnostics.diagnostic import did_you_mean
from pianist_quest.worldfile import tree

from .names import EFFECTS
from .story import NOTHING, Tool, Touches
from .tools import mover, setter, swapper, touching
from .types import ANY_THING, FLAG, NOTHING_TYPE, NUMBER, TEXT, UNKNOWN, Found, Type

if TYPE_CHECKING:
    from pianist_quest.worldfile import model

    from .expressions import Reader


def effect_source(reader: Reader, effect: model.Effect) -> str:
    """Return the statement for an effect."""
    if isinstance(effect.tree, tree.Call):
        return _call_effect(reader, effect.tree)
    return _assignment(reader, effect.tree)


def _assignment(reader: Reader, part: tree.Assignment) -> str:
    target = _target(reader, part.target)
    if target.type == UNKNOWN:
        if not isinstance(part.value, tree.Name):  # a bare name may be one of an enumeration's
            reader.read(part.value)
        return "pass"
    changeable = isinstance(part.target, tree.Property) or target.source.startswith("v[")
    local = isinstance(part.target, tree.Name) and part.target.name in reader.locals
    if not changeable or local or target.type == TEXT:
        what = "a text never changes" if target.type == TEXT else "only variables and properties can be changed"
        hint = "declare it as a number, a flag (`true`, `false`) or `{one_of: [...]}`" if target.type == TEXT else ""
        message = f"`{reader.text(part.target)}` cannot be changed: {what}"
        reader.bad(Finding.NOT_ASSIGNABLE, part.target, message, hint)
        return "pass"
    if isinstance(part.target, tree.Property) and target.source.isdigit():
        return _never(reader, part, part.target, target)
    value = reader.wanted(part.value, NUMBER if part.op else target.type)
    if part.op and target.type != NUMBER:
        message = f"this is {target.type}, and `{part.op}=` changes numbers"
        reader.bad(Finding.TYPE_MISMATCH, part.target, message)
    if part.op in ("//", "%"):
        if isinstance(part.value, tree.Number) and part.value.value == 0:
            reader.bad(Finding.DIVISION_BY_ZERO, part.value, "this divides by zero")
        value = f"{'div' if part.op == '//' else 'mod'}({target.source}, {value})"
    elif part.op:
        value = f"{target.source} {part.op} {value}"
    return _store(reader, part, target, value)


def _target(reader: Reader, part: tree.Tree) -> Found:
    """Read what is changed: that is no asking for it."""
    name = part.name if isinstance(part, tree.Name) and part.name not in reader.locals else ""
    asked = name in reader.names.asked
    found = reader.read(part)
    if name:
        reader.names.changed.add(name)
        if not asked:
            reader.names.asked.discard(name)
    return found


def _never(reader: Reader, part: tree.Assignment, target: tree.Property, found: Found) -> str:
    """An assignment to a property that never changes: of a thing that is not like that, or of a kind without things."""
    reader.wanted(part.value, NUMBER if part.op else found.type)
    if reader.read(target.thing).source.isdigit():
        message = f"`{reader.text(target)}` never changes"
        hint = f"declare the item with `{target.name}: false` (or true), so that it can"
        reader.bad(Finding.NOT_ASSIGNABLE, target, message, hint if target.name in ("open", "locked") else "")
    return "pass"


def _store(reader: Reader, part: tree.Assignment, target: Found, value: str) -> str:
    if target.type == FLAG:
        value = f"1 if {value} else 0"
    if target.source.startswith("v["):
        slot = reader.names.slots[int(target.source[2:-1])]
        _check_bounds(reader, part, slot.low, slot.high)
        if target.type == NUMBER:
            value = f"min({slot.high}, max({slot.low}, {value}))"
        return f"{target.source} = {value}"
    assert isinstance(part.target, tree.Property)  # noqa: S101 - only properties are reached through a tool
    owner = reader.read(part.target.thing)
    touches = touching(Tool.PUT, reader.table(owner.type.kind, part.target.name))
    return f"{reader.names.tool(setter(touches, reader.names.slots), touches)}(v, {owner.source}, {value})"


def _check_bounds(reader: Reader, part: tree.Assignment, low: int, high: int) -> None:
    written = part.value
    sign = 1
    if isinstance(written, tree.Unary) and written.op == "-":
        written, sign = written.operand, -1
    if not part.op and isinstance(written, tree.Number) and not low <= sign * written.value <= high:
        message = f"{sign * written.value} is outside the bounds {low} to {high}"
        reader.bad(Finding.OUT_OF_BOUNDS, part.value, message)


def _call_effect(reader: Reader, part: tree.Call) -> str:
    count = {"move": 2, "remove": 1, "swap": 2}.get(part.function)
    if count is None:
        hint = "an effect is an assignment, `move(thing, place)`, `remove(thing)` or `swap(thing, thing)`"
        place = tree.Tree(part.start, part.name_end)
        note = did_you_mean(part.function, EFFECTS)
        reader.bad(Finding.UNKNOWN_FUNCTION, place, f"there is no effect `{part.function}`", hint, note)
        return "pass"
    if len(part.arguments) != count:
        message = f"`{part.function}` takes {count} value{'s' * (count > 1)}, not {len(part.arguments)}"
        reader.bad(Finding.WRONG_ARGUMENTS, part, message)
        return "pass"
    moved = _movable(reader, part.arguments[0])
    other = _movable(reader, part.arguments[1]) if part.function == "swap" else None
    if moved is None or (part.function == "swap" and other is None):
        return "pass"
    if other is not None:
        return _swap(reader, part, moved, other)
    goal = Found(NOTHING_TYPE, str(NOTHING)) if count == 1 else _destination(reader, part.arguments[1], moved.type)
    return _put(reader, moved.source, goal)


def _movable(reader: Reader, part: tree.Tree) -> Found | None:
    """An item or character, or None after reporting that it is none."""
    found = reader.read(part)
    if found.type.base == "thing" and found.type.kind in ("item", "character"):
        return found
    if found.type != UNKNOWN:
        message = f"this is {found.type}; items and characters can be moved"
        reader.bad(Finding.WRONG_KIND, part, message)
    return None


def _put(reader: Reader, thing: str, goal: Found) -> str:
    """Put a thing somewhere; a tool does it where it could be worn, or could hold what it is put into."""
    space, worn = reader.names.space, _worn(reader)
    if thing.isdigit() and int(thing) not in worn and (int(thing) not in space.nests or goal.type.kind == "room"):
        return f"v[{space.located[int(thing)][0]}] = {goal.source}"
    return f"{reader.names.tool(mover(space, worn), Touches(Tool.MOVE))}(v, {thing}, {goal.source})"


def _worn(reader: Reader) -> dict[int, int]:
    """The slots that say whether items are worn."""
    names = reader.names
    items = {number: one for number, one in names.properties.items() if names.kind_of[number] == "item"}
    return {number: one["worn"].slot for number, one in items.items() if one["worn"].slot >= 0}


def _swap(reader: Reader, part: tree.Call, one: Found, other: Found) -> str:
    """Put each of two things where the other is."""
    if one.type != other.type:
        message = f"this is {other.type}, and it would go where {one.type} is"
        reader.bad(Finding.WRONG_KIND, part.arguments[1], message)
        return "pass"
    swap = reader.names.tool(swapper(reader.names.space, _worn(reader)), Touches(Tool.SWAP))
    return f"{swap}(v, {one.source}, {other.source})"


def _destination(reader: Reader, part: tree.Tree, moved: Type) -> Found:
    found = reader.read(part)
    kinds = ("room", "player", "character", "item", ANY_THING) if moved.kind == "item" else ("room", ANY_THING)
    if found.type != UNKNOWN and (found.type.base != "thing" or found.type.kind not in kinds):
        where = "a room, a character, the player or another item" if moved.kind == "item" else "a room"
        reader.bad(Finding.WRONG_KIND, part, f"this is {found.type}; {moved} goes to {where}")
    elif found.type.kind == "item" and found.source.isdigit() and int(found.source) not in reader.names.space.nests:
        hint = "write `container: true` or `surface: true` where it is declared"
        reader.bad(Finding.WRONG_KIND, part, f"nothing can be put into `{reader.text(part)}`", hint)
    return found
