"""Decoders as values: each turns a node into a value, reports what does not fit, and describes itself.

`decode` returns None exactly where it has added a finding. `schema` is the same shape in JSON Schema
(draft 2020-12); shapes with a name of their own are described once, under `definitions`.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from pianist_quest.diagnostics.codes import Code
from pianist_quest.diagnostics.diagnostic import did_you_mean, nearest

from .nodes import Mapping, Merged, Node, Scalar, Sequence, complain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pianist_quest.diagnostics.diagnostic import Problems

T = TypeVar("T")
Schema = dict[str, Any]

MAX_DIGITS: Final = 12
"""The longest whole number in a world file, in digits."""
_WHOLE = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FRACTION = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_TRUTH: Final = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}

NEARLY_FLAGS: Final = ("no", "yes", "on", "off", "y", "n")
"""What older YAML takes for flags, and is a text here."""

_KEY = re.compile(r"[A-Za-z_-]+")
_COLON = re.compile(r"[^,{}\[\]]*:")

# Words other systems use, and ours.
SYNONYMS: Final = {
    "condition": "if", "requires": "if", "when": "if", "effects": "do", "set": "do", "effect": "do", "target": "goto",
    "next": "goto", "options": "choices", "option": "label", "description": "text", "desc": "text", "body": "text",
    "title": "name", "location": "at", "room": "at", "aliases": "aka", "synonyms": "aka", "value": "start",
    "initial": "start", "default": "start", "message": "text", "say": "text", "portable": "fixed", "locations": "rooms",
    "objects": "items", "npcs": "characters", "people": "characters", "actors": "characters", "passages": "scenes",
    "knots": "scenes", "vars": "variables", "state": "variables", "events": "rules", "macros": "templates",
}  # fmt: skip


class Shape(ABC, Generic[T]):
    """What a value in a file may look like."""

    @abstractmethod
    def decode(self, node: Node, problems: Problems) -> T | None:
        """Return the value, or None after adding a finding."""

    def decoder(self) -> Callable[[Node, Problems], T | None]:
        """Return what decodes, without what only leads to it: for shapes made of others, which ask but once."""
        return self.decode

    @abstractmethod
    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Return the JSON Schema of this shape; named parts go to `definitions`."""


def mismatch(node: Node, wanted: str, problems: Problems, hint: str = "") -> None:
    """Add the finding that a node is not what was wanted."""
    complain(problems, Code.WRONG_TYPE, node, f"expected {wanted}, found {describe(node)}", hint=hint)


def describe(node: Node) -> str:
    """Return in words what a node is."""
    if isinstance(node, Mapping):
        return "keys and values"
    if isinstance(node, Sequence):
        return "a list"
    if is_null(node):
        return "nothing"
    value = core_value(node)
    if isinstance(value, bool):
        return f"the flag {str(value).lower()}"
    return f"the number {value}" if isinstance(value, int) else "a text"


def number_like(node: Node) -> bool:
    """Whether a scalar is written like a number, of any sort and length."""
    if not isinstance(node, Scalar) or node.style:
        return False
    return bool(_WHOLE.fullmatch(node.value) or _FRACTION.fullmatch(node.value))


def is_misspelt(name: str, node: Mapping, known: Iterable[str]) -> bool:
    """Whether a key of a mapping, unknown itself, seems to be meant for a name: then that is all there is to tell."""
    known = tuple(known)
    return any(key.value not in known and nearest(key.value, known) == name for key, _ in node.pairs)


def is_null(node: Node) -> bool:
    """Whether a node is YAML's null: written as nothing, `~` or `null`."""
    return isinstance(node, Scalar) and node.value in _NULLS and not node.style


def core_value(node: Node) -> int | bool | str:
    """Return a scalar's value by YAML 1.2's core schema, numbers beyond MAX_DIGITS and fractions as texts."""
    value = node.value if isinstance(node, Scalar) else ""
    if isinstance(node, Scalar) and not node.style:
        if value in _TRUTH:
            return _TRUTH[value]
        if _WHOLE.fullmatch(value) and len(value) <= MAX_DIGITS + 1:
            return int(value, 8 if value.startswith("0o") else 16 if value.startswith("0x") else 10)
    return value


def bad_number(node: Node, problems: Problems) -> None:
    """Add the finding that a number is none of ours: it is too long, or has a fraction."""
    if isinstance(node, Scalar) and _WHOLE.fullmatch(node.value):
        complain(problems, Code.BAD_NUMBER, node, f"a number has at most {MAX_DIGITS} digits")
    else:
        complain(problems, Code.BAD_NUMBER, node, "numbers are whole", hint="count in tenths, for example")


class Text(Shape[str]):
    """A text; numbers and flags written without quotes are taken as the texts they look like."""

    def __init__(self, wanted: str = "a text") -> None:
        self.wanted = wanted

    def decode(self, node: Node, problems: Problems) -> str | None:
        """Return the text without white space around it; it must not be empty."""
        text = node.value.strip() if isinstance(node, Scalar) else ""
        if text and not is_null(node):
            return text
        hint = "a text that begins with { or [ must be put in quotes" if not isinstance(node, Scalar) else ""
        mismatch(node, self.wanted, problems, hint)
        return None

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """A string, or a number or flag that stands for one."""
        del definitions
        return {"type": ["string", "number", "boolean"]}


class Flag(Shape[bool]):
    """`true` or `false`."""

    def decode(self, node: Node, problems: Problems) -> bool | None:
        """Return the flag."""
        value = core_value(node)
        if isinstance(value, bool):
            return value
        near = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(str(value).lower(), "")
        mismatch(node, "true or false", problems, f"write `{near}`" if near else "")
        return None

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """A boolean."""
        del definitions
        return {"type": "boolean"}


class Whole(Shape[int]):
    """A whole number from `low` to `high`."""

    def __init__(self, low: int = -(10**9), high: int = 10**9) -> None:
        self.low, self.high = low, high

    def decode(self, node: Node, problems: Problems) -> int | None:
        """Return the number."""
        value = core_value(node)
        if isinstance(value, bool) or not isinstance(value, int):
            self._explain(node, problems)
            return None
        if not self.low <= value <= self.high:
            message = f"{value} is not from {self.low:,} to {self.high:,}"
            complain(problems, Code.BAD_NUMBER, node, message)
            return None
        return value

    def _explain(self, node: Node, problems: Problems) -> None:
        if number_like(node):
            bad_number(node, problems)
        else:
            mismatch(node, "a whole number", problems)

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """An integer with its bounds."""
        del definitions
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


class ListOf(Shape[tuple[T, ...]]):
    """A list; where `single` is set, one value alone stands for a list of one."""

    def __init__(self, item: Shape[T], *, single: bool = False) -> None:
        self.item, self.single = item, single

    @cached_property
    def decode_item(self) -> Callable[[Node, Problems], T | None]:
        """What decodes an item."""
        return self.item.decoder()

    def decode(self, node: Node, problems: Problems) -> tuple[T, ...] | None:
        """Return the values that could be decoded; the others have been reported."""
        decode = self.decode_item
        if isinstance(node, Sequence):
            return tuple([value for item in node.items if (value := decode(item, problems)) is not None])
        if self.single:
            one = decode(node, problems)
            return None if one is None else (one,)
        mismatch(node, "a list", problems, "write each item after `- `, on a line of its own")
        return None

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """An array, or one item where that is allowed."""
        item = self.item.schema(definitions)
        array: Schema = {"type": "array", "items": item}
        return {"anyOf": [array, item]} if self.single else array


class Entries(Shape[tuple[tuple[Scalar, T], ...]]):
    """A mapping from names to values of one shape; the names' scalars are kept.

    `check` reports what is wrong with a name.
    """

    def __init__(
        self, value: Shape[T], what: str = "names and values",
        check: Callable[[Scalar, Problems], object] | None = None,
    ) -> None:  # fmt: skip
        self.value, self.what, self.check = value, what, check

    def decode(self, node: Node, problems: Problems) -> tuple[tuple[Scalar, T], ...] | None:
        """Return the entries that could be decoded, in order; the others have been reported."""
        if is_null(node):
            return ()
        if not isinstance(node, Mapping):
            mismatch(node, self.what, problems, "write each as `name: value`")
            return None
        found, check, decode = [], self.check, self.value.decoder()
        for key, value_node in unique(node, problems):
            if stray(key, value_node, problems):
                continue
            if check is not None:
                check(key, problems)
            value = decode(value_node, problems)
            if value is None:
                problems.lost.add(key.value)
            else:
                found.append((key, value))
        return tuple(found)

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """An object with any names."""
        return {"type": "object", "additionalProperties": self.value.schema(definitions)}


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """One key of a record. Without a default the key is required; `about` describes it to authors."""

    shape: Shape[T]
    default: T | None = None
    required: bool = False
    about: str = ""


@dataclass(slots=True)
class Record(Shape[T]):
    """A mapping with known keys; `build` makes the value from a dict of fields and the node.

    `take`, where given, is offered each unknown key first and returns whether it took it. A `lenient`
    record is built though a required key is not there, so that the rest of it can be checked.
    """

    what: str
    fields: dict[str, Field[Any]]
    build: Callable[[dict[str, Any], Mapping, Problems], T | None]
    take: Callable[[Scalar, Node, dict[str, Any], Problems], bool] | None = None
    lenient: bool = False
    elsewhere: tuple[str, ...] = ()
    """Further keys, which somebody else has taken out before."""
    _defaults: dict[str, Any] = field(init=False, repr=False)
    _required: tuple[str, ...] = field(init=False, repr=False)
    _decoders: dict[str, Callable[[Node, Problems], Any]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._defaults = {name: one.default for name, one in self.fields.items()}
        self._required = tuple(name for name, one in self.fields.items() if one.required)
        self._decoders = {}

    def decode(self, node: Node, problems: Problems) -> T | None:
        """Return what `build` makes of the keys; a key that does not decode has its default."""
        if not isinstance(node, Mapping):
            hint = "what belongs to it stands below it, indented by two more spaces" if is_null(node) else ""
            mismatch(node, f"{self.what} (keys and values)", problems, hint)
            return None
        if node.pairs and _is_stray(*node.pairs[0]):
            hint = "a text that begins with { must be put in quotes"
            message = "these braces begin with a key that has no value"
            complain(problems, Code.WRONG_TYPE, node, message, hint=hint)
            return None
        values, decoders = self._defaults.copy(), self._decoders or self._find_decoders()
        for key, value_node in unique(node, problems):
            if isinstance(value_node, Scalar) and not value_node.value and stray(key, value_node, problems):
                continue
            name = key.value
            decode = decoders.get(name)
            if decode is not None:
                value = decode(value_node, problems)
                if value is not None:
                    values[name] = value
            elif self.take is None or not self.take(key, value_node, values, problems):
                self._unknown(key, problems)
        lacking = [name for name in self._required if values[name] is None]
        if lacking:
            self._look_for(lacking, node, problems)
        return self.build(values, node, problems) if self.lenient or not lacking else None

    def _find_decoders(self) -> dict[str, Callable[[Node, Problems], Any]]:
        self._decoders.update((name, one.shape.decoder()) for name, one in self.fields.items())
        return self._decoders

    def _look_for(self, lacking: list[str], node: Mapping, problems: Problems) -> None:
        """Report those of some required keys that are not there: what is wrong with the others has been told."""
        there = {key.value for key, value_node in node.pairs if not _is_stray(key, value_node)}
        for name in lacking:
            if name not in there and not is_misspelt(name, node, self.fields):
                self._missing(name, node, problems)

    def _unknown(self, key: Scalar, problems: Problems) -> None:
        theirs = SYNONYMS.get(key.value.lower(), "")
        known = (*self.fields, *self.elsewhere)
        meant = f"did you mean `{theirs}`?" if theirs in known else did_you_mean(key.value, known)
        message = f"{self.what} has no key `{key.value}`"
        hint = "" if meant else f"its keys are {', '.join(f'`{name}`' for name in known)}"
        if not key.style and not _KEY.fullmatch(key.value):
            meant, hint = "", "a text with `: ` in it must be put in quotes, or written as a block after `|`"
        complain(problems, Code.UNKNOWN_KEY, key, message, note=meant, hint=hint)

    def _missing(self, name: str, node: Mapping, problems: Problems) -> None:
        place = node.pairs[0][0] if node.pairs else node
        message = f"{self.what} needs the key `{name}`"
        complain(problems, Code.MISSING_KEY, place, message, hint=self.fields[name].about)

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """An object with these properties."""
        properties = {}
        for name, one in self.fields.items():
            properties[name] = one.shape.schema(definitions)
            if one.about:
                properties[name] = {"description": one.about, **properties[name]}
        made: Schema = {"type": "object", "properties": properties}
        made["additionalProperties"] = self.take is not None
        required = [name for name, one in self.fields.items() if one.required]
        return {**made, "required": required} if required else made


class OneOf(Shape[T]):
    """Different shapes for a scalar, a list and a mapping."""

    def __init__(self, wanted: str, *, scalar: Shape[T] | None = None, record: Shape[T] | None = None,
                 sequence: Shape[T] | None = None) -> None:  # fmt: skip
        self.wanted = wanted
        self.by_node: dict[type[Node], Shape[T] | None] = {Scalar: scalar, Mapping: record, Sequence: sequence}

    def decode(self, node: Node, problems: Problems) -> T | None:
        """Return the value by the shape for this sort of node."""
        kind = type(node)
        if kind not in self.decoders:
            kind = Mapping if isinstance(node, Mapping) else Scalar
        decode = self.decoders[kind]
        if decode is None:
            mismatch(node, self.wanted, problems)
            return None
        return decode(node, problems)

    @cached_property
    def decoders(self) -> dict[type[Node], Callable[[Node, Problems], T | None] | None]:
        """What decodes each sort of node."""
        return {kind: shape.decoder() if shape else None for kind, shape in self.by_node.items()}

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Any of the shapes."""
        return {"anyOf": [shape.schema(definitions) for shape in self.by_node.values() if shape is not None]}


class Named(Shape[T]):
    """A shape with a name, described once; made late, so that shapes can contain themselves."""

    def __init__(self, name: str, make: Callable[[], Shape[T]]) -> None:
        self.name, self.make = name, make
        self.made: Shape[T] | None = None

    def decode(self, node: Node, problems: Problems) -> T | None:
        """Return what the shape itself decodes."""
        return (self.made or self.shape()).decode(node, problems)

    def decoder(self) -> Callable[[Node, Problems], T | None]:
        """Return the shape's own."""
        return self.shape().decoder()

    def shape(self) -> Shape[T]:
        """Return the shape itself."""
        if self.made is None:
            self.made = self.make()
        return self.made

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """A reference to the definition."""
        if self.name not in definitions:
            definitions[self.name] = {}
            definitions[self.name].update(self.shape().schema(definitions))
        return {"$ref": f"#/$defs/{self.name}"}


class Decoder(Shape[T]):
    """A shape made of a function and a fixed schema."""

    def __init__(self, decode: Callable[[Node, Problems], T | None], schema: Schema) -> None:
        self._decode, self._schema = decode, schema

    def decode(self, node: Node, problems: Problems) -> T | None:
        """Return what the function makes of the node."""
        return self._decode(node, problems)

    def decoder(self) -> Callable[[Node, Problems], T | None]:
        """Return the function."""
        return self._decode

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Return the fixed schema."""
        del definitions
        return self._schema


def stray(key: Scalar, value: Node, problems: Problems) -> bool:
    """Report a key that is a piece of text, after a comma that wanted quotes."""
    if not isinstance(value, Scalar) or value.value or not _is_stray(key, value):
        return False
    message = f"`{key.value}` stands here as a key without a value"
    hint = "inside { } a text with a comma in it must be put in quotes"
    complain(problems, Code.UNKNOWN_KEY, key, message, hint=hint)
    return True


def _is_stray(key: Scalar, value: Node) -> bool:
    """Whether a key has no colon after it, as happens between braces only."""
    empty = isinstance(value, Scalar) and not value.style and value.start == value.end and not value.value
    if not empty or key.source is not value.source or value.start < key.end:
        return False
    return not _COLON.match(key.source.text, key.end)


def unique(node: Mapping, problems: Problems) -> list[tuple[Scalar, Node]]:
    """Return a mapping's pairs, each key once; the second of two is reported with both places."""
    if len({key.value for key, _ in node.pairs}) == len(node.pairs):
        return node.pairs
    seen: dict[str, Scalar] = {}
    pairs = []
    for key, value in node.pairs:
        first = seen.setdefault(key.value, key)
        if first is key:
            pairs.append((key, value))
        else:
            merged = isinstance(node, Merged) and first.source is not key.source
            code = Code.DUPLICATE_NAME if merged else Code.DUPLICATE_KEY
            message = f"`{key.value}` is declared twice" if merged else f"the key `{key.value}` stands here twice"
            complain(problems, code, key, message, others=((first.span, "the first is here"),))
    return pairs
