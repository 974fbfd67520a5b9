"""The functions of the language: calls in expressions to the Python that computes them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.codes import Code as Finding
from pianist_quest.diagnostics.diagnostic import did_you_mean
from pianist_quest.worldfile import tree

from . import english
from .names import EFFECTS, FUNCTIONS
from .space import Space
from .story import PLAYER, Tool, Touches
from .tools import any_of, contents_of, name_of
from .types import ANY_THING, FLAG, NUMBER, TEXT, UNKNOWN, Found, thing

if TYPE_CHECKING:
    from collections.abc import Callable

    from .expressions import Reader
    from .names import Label, Symbol

_MANY: Final = 99
_WHERE: Final = Touches(Tool.WHERE)
_MAKES_WORDS: Final = Touches(Tool.WORDS)
_COUNTS: Final = {
    "turns": (0, 0), "ended": (0, 0), "place": (0, 0), "min": (2, _MANY), "max": (2, _MANY), "roll": (2, 2),
    "plural": (2, 3), "dark": (0, 0), "inside": (2, 2),
}  # fmt: skip
"""How many values a function takes, at least and at most; those not here take one."""


def call(reader: Reader, part: tree.Call) -> Found:
    """Return the type and Python of a call of one of the language's functions; what is wrong with it is reported."""
    name, count = part.function, len(part.arguments)
    if name not in FUNCTIONS:
        return _unknown(reader, part)
    low, high = _COUNTS.get(name, (1, 1))
    if not low <= count <= high:
        needs = f"at least {low}" if high == _MANY else f"{low} or {high}" if high > low else str(low)
        values = "value" if high == 1 else "values"
        return reader.bad(Finding.WRONG_ARGUMENTS, part, f"`{name}` takes {needs} {values}, not {count}")
    return _TABLE[name](reader, part)


def _unknown(reader: Reader, part: tree.Call) -> Found:
    name = part.function
    bad = Found(UNKNOWN, "0")
    if name in reader.names.problems.lost:
        return bad
    known = [*FUNCTIONS, *reader.names.of_kind("formula")]
    hint = f"`{name}` changes something: it stands under `do:`" if name in EFFECTS else ""
    place = tree.Tree(part.start, part.name_end)
    message = f"there is no function `{name}`"
    return reader.bad(Finding.UNKNOWN_FUNCTION, place, message, hint, did_you_mean(name, known))


# Numbers and chance


def _numbers(reader: Reader, part: tree.Call) -> Found:
    values = ", ".join(reader.wanted(one, NUMBER) for one in part.arguments)
    return Found(NUMBER, f"{part.function}({values})")


def _turns(reader: Reader, _: tree.Call) -> Found:
    return Found(NUMBER, f"v[{reader.names.turn_counter()}]")


def _ended(reader: Reader, _: tree.Call) -> Found:
    return Found(FLAG, f"(v[{reader.names.ending_slot()}] > 0)")


def _ending(reader: Reader, part: tree.Call) -> Found:
    """Whether the story has ended in one way."""
    name = part.arguments[0]
    symbol = _symbol(reader, name)
    if symbol is None or symbol.what != "ending":
        note = did_you_mean(reader.text(name), reader.names.of_kind("ending"))
        return reader.bad(Finding.UNKNOWN_NAME, name, f"there is no ending `{reader.text(name)}`", note=note)
    return Found(FLAG, f"(v[{reader.names.ending_slot()}] == {symbol.number + 1})")


def _roll(reader: Reader, part: tree.Call) -> Found:
    """A draw, where draws may be."""
    if not reader.chance:
        hint = "draw it under `do:` into a variable, and ask about that"
        return reader.bad(Finding.CHANCE_IN_CONDITION, part, "chance can be drawn in effects only", hint)
    low, high = (reader.wanted(one, NUMBER) for one in part.arguments)
    slot = reader.names.counter(reader.owner, "roll", reader.text(part))
    return Found(NUMBER, f"r({slot}, {low}, {high})")


# What has happened


def _symbol(reader: Reader, part: tree.Tree) -> Symbol | None:
    return reader.names.symbols.get(part.name) if isinstance(part, tree.Name) else None


def _visited(reader: Reader, part: tree.Call) -> Found:
    """Whether a room has been entered or a scene been played."""
    place = part.arguments[0]
    symbol = _symbol(reader, place)
    if symbol is not None and symbol.what == "scene":
        return Found(FLAG, f"(v[{reader.names.counted(symbol.label)}] > 0)")
    if isinstance(place, tree.Name) and place.name in reader.names.problems.lost:
        return Found(FLAG, "0")
    if isinstance(place, tree.Name) and symbol is None and place.name not in reader.locals:
        known = reader.names.of_kind("scene", kinds=("room",))
        message = f"there is no room or scene `{place.name}`"
        return reader.bad(Finding.UNKNOWN_NAME, place, message, note=did_you_mean(place.name, known))
    return Found(FLAG, f"(n >> {reader.wanted(place, thing('room'))} & 1)")


def _passed(reader: Reader, part: tree.Call, whats: tuple[str, ...]) -> Label | None:
    """The mark (or scene, or room) that a function asks about, or None after reporting that there is none."""
    place = part.arguments[0]
    symbol = _symbol(reader, place)
    if symbol is not None and symbol.what in whats:
        return symbol.label
    if symbol is not None and "scene" in whats and symbol.number in reader.names.rooms and symbol.what == "thing":
        return reader.names.rooms[symbol.number]
    note = did_you_mean(reader.text(place), reader.names.of_kind(*whats))
    if symbol is None or "scene" not in whats:
        message = f"no script has the mark `{reader.text(place)}`"
    else:
        message = f"`{reader.text(place)}` is {symbol}, and a mark, a scene or a room is needed"
    reader.bad(Finding.UNKNOWN_NAME, place, message, "a mark is a step of its own: `- mark: name`", note)
    return None


def _seen(reader: Reader, part: tree.Call) -> Found:
    label = _passed(reader, part, ("mark", "award"))
    return Found(FLAG, f"(v[{reader.names.counted(label)}] > 0)" if label else "0")


def _count(reader: Reader, part: tree.Call) -> Found:
    label = _passed(reader, part, ("mark", "award", "scene", "storylet"))
    return Found(NUMBER, f"v[{reader.names.counted(label)}]" if label else "0")


def _since(reader: Reader, part: tree.Call) -> Found:
    """How many turns ago a mark was passed last; -1 before it ever was."""
    label = _passed(reader, part, ("mark", "scene", "storylet"))
    if label is None:
        return Found(NUMBER, "0")
    stamp, turns = reader.names.stamped(label), reader.names.turn_counter()
    return Found(NUMBER, f"(v[{turns}] + 1 - v[{stamp}] if v[{stamp}] else -1)")


def _storylet(reader: Reader, part: tree.Call) -> Found:
    """Whether a storylet with a tag could be drawn now."""
    tag = part.arguments[0]
    known = reader.names.storylets
    if not isinstance(tag, tree.Name) or tag.name not in known:
        note = did_you_mean(reader.text(tag), known)
        message = f"no storylet has the tag `{reader.text(tag)}`"
        return reader.bad(Finding.UNKNOWN_NAME, tag, message, note=note)
    conditions = known[tag.name]
    touches = Touches(Tool.CODES, codes=conditions)
    tool = reader.names.tool(any_of(conditions), touches)
    return Found(FLAG, f"{tool}(v, p, n)")


# Where things are


def _at(reader: Reader, part: tree.Call) -> Found:
    return Found(FLAG, f"(p == {reader.wanted(part.arguments[0], thing('room'))})")


def _place(_: Reader, __: tree.Call) -> Found:
    return Found(thing("room"), "p")


def _located(reader: Reader, part: tree.Call, kinds: tuple[str, ...]) -> str:
    """The Python for a thing that can be somewhere, empty after reporting that it is none."""
    argument = part.arguments[0]
    found = reader.read(argument)
    if found.type.base == "thing" and found.type.kind in (*kinds, ANY_THING):
        return found.source
    if found.type != UNKNOWN:
        wanted = " or ".join("an item" if one == "item" else f"a {one}" for one in kinds)
        hint = ""
        if isinstance(argument, tree.Quoted) and argument.value in reader.names.symbols:
            hint = f"write `{argument.value}` without quotes"
        elif found.type.kind in reader.names.kinds:
            hint = f"only items can be carried; things of the kind {found.type.kind} are nowhere"
        reader.bad(Finding.TYPE_MISMATCH, argument, f"this is {found.type}, and {wanted} is needed", hint)
    return ""


def _outermost(reader: Reader, source: str) -> str:
    """The Python for the room that a thing is in, or the player, through all that holds it."""
    if not reader.names.space.nests:
        return reader.place_of(source)
    return f"{reader.names.tool(partial(Space.outermost, reader.names.space), _WHERE)}(v, p, {source})"


def _has(reader: Reader, part: tree.Call) -> Found:
    source = _located(reader, part, ("item",))
    return Found(FLAG, f"({_outermost(reader, source)} == {PLAYER})" if source else "0")


def _here(reader: Reader, part: tree.Call) -> Found:
    source = _located(reader, part, ("item", "character"))
    return Found(FLAG, f"({_outermost(reader, source)} in (p or -1, {PLAYER}))" if source else "0")


def _where(reader: Reader, part: tree.Call) -> Found:
    source = _located(reader, part, ("item", "character"))
    return Found(thing(ANY_THING), reader.place_of(source) if source else "0")


def _inside(reader: Reader, part: tree.Call) -> Found:
    """Whether a thing is in another, through all that is between."""
    source = _located(reader, part, ("item", "character"))
    holder = reader.wanted(part.arguments[1], thing(ANY_THING))
    return Found(
        FLAG, f"{reader.names.tool(partial(Space.holds, reader.names.space), _WHERE)}(v, p, {holder}, {source or 0})"
    )


def _dark(reader: Reader, _: tree.Call) -> Found:
    return Found(FLAG, f"{reader.names.tool(partial(Space.is_dark, reader.names.space), Touches(Tool.SIGHT))}(v, p, n)")


def _reachable(reader: Reader, part: tree.Call) -> Found:
    source = _located(reader, part, ("item", "character"))
    return Found(
        FLAG, f"{reader.names.tool(partial(Space.reachable, reader.names.space), _WHERE)}(v, p, {source or 0})"
    )


# Words in texts


def _words(reader: Reader, part: tree.Call) -> Found:
    make = english.cardinal if part.function == "words" else english.ordinal
    return Found(TEXT, f"{reader.names.tool(make, _MAKES_WORDS)}({reader.wanted(part.arguments[0], NUMBER)})")


def _plural(reader: Reader, part: tree.Call) -> Found:
    number = reader.wanted(part.arguments[0], NUMBER)
    forms = ", ".join(reader.wanted(one, TEXT) for one in part.arguments[1:])
    return Found(TEXT, f"{reader.names.tool(english.plural, _MAKES_WORDS)}({number}, {forms})")


def _named(reader: Reader, part: tree.Call) -> Found:
    """A thing's name with an article."""
    source = reader.wanted(part.arguments[0], thing(ANY_THING))
    names, plurals = reader.names.thing_names, reader.names.plurals
    named = name_of(names, plurals, definite=part.function == "the")
    return Found(TEXT, f"{reader.names.tool(named, _MAKES_WORDS)}({source})")


def _cap(reader: Reader, part: tree.Call) -> Found:
    return Found(TEXT, f"{reader.names.tool(english.capital, _MAKES_WORDS)}({reader.wanted(part.arguments[0], TEXT)})")


def _list(reader: Reader, part: tree.Call) -> Found:
    """The names of what is in a place."""
    place = reader.wanted(part.arguments[0], thing(ANY_THING))
    named = contents_of(reader.names.space, reader.names.thing_names, reader.names.plurals)
    tool = reader.names.tool(named, Touches(Tool.CONTENTS))
    return Found(TEXT, f"{tool}(v, {place})")


_TABLE: Final[dict[str, Callable[[Reader, tree.Call], Found]]] = {
    "has": _has, "here": _here, "inside": _inside, "reachable": _reachable, "dark": _dark, "at": _at, "where": _where,
    "place": _place, "visited": _visited, "seen": _seen, "count": _count, "since": _since, "storylet": _storylet,
    "ending": _ending, "ended": _ended, "turns": _turns, "min": _numbers, "max": _numbers, "abs": _numbers,
    "roll": _roll, "words": _words, "ordinal": _words, "plural": _plural, "a": _named, "the": _named, "cap": _cap,
    "list": _list,
}  # fmt: skip
