"""What may be written at the cursor: keys by the schema, names by the atlas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.authoring.schema import world_schema
from pianist_quest.story.names import EFFECTS, FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .atlas import Atlas
    from .cursor import Cursor

EXPRESSIONS: Final = ("if", "unless", "when", "dark", "light", "meter", "always", "sometimes", "do")
_NAMED: Final = {
    "goto": ("scene", "room", "ending", "mark"), "call": ("scene",), "to": ("room",), "start": ("room", "scene"),
    "at": ("room", "item", "character"), "key": ("item",), "door": ("item",), "storylet": ("tag",), "tags": ("tag",),
    "mark": ("mark",), "kind": ("kind",), "wander": ("room",), "use": ("template",), "on": ("verb",), "play": ("tune",),
}  # fmt: skip
"""The keys whose values are names, and of what sorts."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that may be written: the text, what it is (`key`, a sort of name, `function`), what is said of it."""

    text: str
    sort: str
    about: str = ""


def offers(found: Atlas, cursor: Cursor) -> list[Offer]:
    """Return what may be written where the cursor is, by what is written of it already."""
    everything = _offers(found, cursor)
    start = cursor.word.rpartition(".")[2]
    return [one for one in everything if one.text.startswith(start) and one.text != start]


def _offers(found: Atlas, cursor: Cursor) -> Iterator[Offer]:
    above = cursor.above
    if cursor.braced or cursor.key in EXPRESSIONS or above[-1:] == ("formulas",) or "promises" in above[-2:-1]:
        yield from _in_expression(found, cursor.word)
    elif above[-1:] == ("exits",) and cursor.key:
        yield from _names(found, ("room",))
    elif not cursor.key:
        yield from _keys(above)
    elif cursor.key in _NAMED:
        yield from _names(found, _NAMED[cursor.key])
    elif {"type": "boolean"} in _schemas((*above, cursor.key)):
        yield from (Offer(word, "flag") for word in ("true", "false"))


def _names(found: Atlas, sorts: tuple[str, ...]) -> Iterator[Offer]:
    for entry in found.of(*sorts):
        yield Offer(entry.name.lstrip("#@~"), entry.sort, entry.about)


def _in_expression(found: Atlas, word: str) -> Iterator[Offer]:
    owner, dot, _ = word.rpartition(".")
    if dot:
        kind = found.kinds.get(owner)
        own = found.properties.get(owner, set()) | found.properties.get(kind or "", set())
        names = own if kind else {name.removeprefix(".") for name in found.entries if name.startswith(".")}
        yield from (Offer(name, "property", found.entries[f".{name}"].about) for name in sorted(names))
        return
    for entry in found.entries.values():
        if not entry.name.startswith((".", "#", "@", "~")) and entry.sort not in ("verb", "rule", "kind", "template"):
            yield Offer(entry.name, entry.sort, entry.about)
    yield from (Offer(name, "function") for name in (*FUNCTIONS, *EFFECTS))
    yield from (Offer(name, "word") for name in ("and", "or", "not", "in", "true", "false", "nothing", "player"))


# Keys


def _keys(above: tuple[str, ...]) -> Iterator[Offer]:
    """Yield the keys that may stand below others."""
    told = set[str]()
    for schema in _schemas(above):
        for name, one in schema.get("properties", {}).items():
            if name not in told:
                told.add(name)
                yield Offer(name, "key", one.get("description", ""))
    if above[-1:] == ("exits",):
        from pianist_quest.story.ways import DIRECTIONS  # noqa: PLC0415 - for exits only

        yield from (Offer(word, "direction") for word in DIRECTIONS)


def _schemas(above: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the schemas of what stands below some keys; below a name of a section that of its entries."""
    found = [_schema()]
    for key in above:
        found = [deeper for one in found for deeper in _below(one, key)]
    return found


def _below(schema: dict[str, Any], key: str) -> Iterator[dict[str, Any]]:
    named = schema.get("properties", {}).get(key)
    more = schema.get("additionalProperties")
    if named is not None:
        yield from _flat(named)
    elif isinstance(more, dict):
        yield from _flat(more)


def _flat(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what a schema may be: references followed, lists entered, alternatives one by one."""
    if "$ref" in schema:
        schema = _definition(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        for one in schema["anyOf"]:
            yield from _flat(one)
    elif "items" in schema:
        yield from _flat(schema["items"])
    else:
        yield {name: part for name, part in schema.items() if name != "description"}


@cache
def _schema() -> dict[str, Any]:
    return world_schema()


def _definition(name: str) -> dict[str, Any]:
    found: dict[str, Any] = _schema()["$defs"][name]
    return found
