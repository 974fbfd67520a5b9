"""Expressions and effects: checked trees to the Python that computes them.

A value is always a whole number (flags 0 or 1, a name of an enumeration its position, a thing its number),
only texts, which never change, stand as themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.codes import Code as Finding
from pianist_quest.diagnostics.diagnostic import did_you_mean
from pianist_quest.worldfile import tree
from pianist_quest.worldfile.nodes import Scalar, complain
from pianist_quest.worldfile.shape import NEARLY_FLAGS

from .bounds import UNBOUNDED, constant, decision, joined, negated
from .functions import call
from .names import EFFECTS, FUNCTIONS
from .properties import ITEM_PROPERTIES, spec_type
from .space import Space
from .story import NOTHING, PLAYER, Code, Tool, Touches
from .tools import getter, touching
from .types import FLAG, NOTHING_TYPE, NUMBER, TEXT, UNKNOWN, Found, Locals, Type, comparable, fits, thing

if TYPE_CHECKING:
    from .bounds import Bounds
    from .names import Names, Storage, Symbol

_NAMELESS: Final = ("scene", "ending", "mark", "award", "storylet", "formula")


_BAD: Final = Found(UNKNOWN, "0")


@dataclass(slots=True)
class Reader:
    """Checks the expressions of one scalar. `owner` names the script, for the sites of draws."""

    names: Names
    at: Scalar
    owner: str = ""
    locals: Locals = field(default_factory=dict)
    chance: bool = False

    # Saying what is wrong

    def bad(self, code: Finding, part: tree.Tree, message: str, hint: str = "", note: str = "") -> Found:
        """Report a part of the expression."""
        span = (part.start, part.end)
        complain(self.names.problems, code, self.at, message, part=span, hint=hint, note=note)
        return _BAD

    def wanted(self, part: tree.Tree, wanted: Type, hint: str = "") -> str:
        """Return the Python of a part that must have a type."""
        return self.fitting(part, wanted, hint).source

    def wanted_number(self, part: tree.Tree) -> Found:
        """Return a part that must be a number."""
        return self.fitting(part, NUMBER)

    def fitting(self, part: tree.Tree, wanted: Type, hint: str = "") -> Found:
        """Return a part that must have a type."""
        found = self.within(part, wanted)
        if not fits(found.type, wanted):
            if wanted == FLAG and found.type == NUMBER and not hint:
                literal = isinstance(part, tree.Number)
                hint = "flags are `true` and `false`" if literal else f"compare it: `{self.text(part)} > 0`"
            if wanted == FLAG and found.type == TEXT and found.source.strip("'").lower() in NEARLY_FLAGS:
                hint = "YAML's flags are `true` and `false`: declare it so"
            self.bad(Finding.TYPE_MISMATCH, part, f"this is {found.type}, and {wanted} is needed", hint)
        return found

    def text(self, part: tree.Tree) -> str:
        """The part as written."""
        return self.at.value[part.start : part.end]

    # Values

    def within(self, part: tree.Tree, beside: Type) -> Found:
        """Read a part; a bare name beside an enumeration is one of its names, if it has it."""
        if beside.base == "enum":
            if isinstance(part, tree.Name) and part.name in beside.names:
                return Found(beside, str(beside.names.index(part.name)))
            if isinstance(part, tree.Conditional):
                return self.conditional(part, beside)
        return self.read(part)

    def read(self, part: tree.Tree) -> Found:
        """Return the type and Python of a part."""
        match part:
            case tree.Name():
                return self.name(part)
            case tree.Number():
                return Found(NUMBER, str(part.value), (part.value, part.value))
            case tree.Flag():
                return Found(FLAG, str(int(part.value)))
            case tree.Quoted():
                return Found(TEXT, repr(part.value))
            case tree.Property():
                return self.property(part)
            case tree.Call():
                return self.call(part)
            case tree.Comparison():
                return self.comparison(part)
            case tree.Membership():
                return self.membership(part)
            case _:
                return self.operator(part)

    def operator(self, part: tree.Tree) -> Found:
        """Arithmetic, logic and the conditional."""
        match part:
            case tree.Unary(op="-"):
                operand = self.wanted_number(part.operand)
                return Found(NUMBER, f"(-{operand.source})", negated(operand.bounds))
            case tree.Unary():
                return Found(FLAG, f"(not {self.wanted(part.operand, FLAG)})")
            case tree.Binary():
                return self.binary(part)
            case tree.Logic():
                parts = f" {part.op} ".join(self.wanted(one, FLAG) for one in part.parts)
                return Found(FLAG, f"({parts})")
            case tree.Conditional():
                return self.conditional(part)
        raise AssertionError(part)  # pragma: no cover - every class of tree has its case

    def binary(self, part: tree.Binary) -> Found:
        """`+ - * // %`."""
        left, right = self.wanted_number(part.left), self.wanted_number(part.right)
        if part.op in ("//", "%"):
            if isinstance(part.right, tree.Number) and part.right.value == 0:
                self.bad(Finding.DIVISION_BY_ZERO, part.right, "this divides by zero")
            return Found(NUMBER, f"{'div' if part.op == '//' else 'mod'}({left.source}, {right.source})")
        return Found(NUMBER, f"({left.source} {part.op} {right.source})", joined(part.op, left.bounds, right.bounds))

    def conditional(self, part: tree.Conditional, beside: Type = UNKNOWN) -> Found:
        """`a if c else b`, perhaps beside an enumeration."""
        condition = self.wanted(part.condition, FLAG)
        yes = self.within(part.yes, beside)
        no = self.within(part.no, beside if beside.base == "enum" else yes.type)
        if not comparable(yes.type, no.type):
            self.bad(Finding.TYPE_MISMATCH, part.no, f"this is {no.type}, and the other value is {yes.type}")
        kind = no.type if yes.type == NOTHING_TYPE else yes.type
        return Found(kind, f"({yes.source} if {condition} else {no.source})")

    def comparison(self, part: tree.Comparison) -> Found:
        """`a < b <= c`: numbers in order, anything for equality."""
        found = self.beside(part.parts)
        source = found[0].source
        for index, op in enumerate(part.ops):
            left, right = found[index], found[index + 1]
            if op in ("==", "!="):
                self.same(part.parts[index + 1], left.type, right.type)
            else:
                for one, place in ((left, part.parts[index]), (right, part.parts[index + 1])):
                    if not fits(one.type, NUMBER):
                        self.bad(Finding.TYPE_MISMATCH, place, f"this is {one.type}, and `{op}` compares numbers")
            self.decided(part, index, left, right)
            source += f" {op} {right.source}"
        return Found(FLAG, f"({source})")

    def decided(self, part: tree.Comparison, index: int, left: Found, right: Found) -> None:
        """Warn of a comparison that the bounds of what it compares decide; what templates make is left alone."""
        first, second = part.parts[index], part.parts[index + 1]
        answer = decision(part.ops[index], left.bounds, right.bounds)
        if answer is None or self.at.via is not None or (constant(left.bounds) and constant(right.bounds)):
            return
        place = tree.Tree(first.start, second.end)
        bounded, bounds = (first, left.bounds) if not constant(left.bounds) else (second, right.bounds)
        message = f"`{self.text(place)}` is {'always' if answer else 'never'} so"
        note = f"`{self.text(bounded)}` is from {bounds[0]} to {bounds[1]}" if bounds else ""
        self.bad(Finding.ALWAYS_SO if answer else Finding.NEVER_SO, place, message, note=note)

    def beside(self, parts: tuple[tree.Tree, ...]) -> list[Found]:
        """Read parts that are compared: an enumeration among them explains the bare names of the others."""
        enum = UNKNOWN
        for part in parts:
            symbol = self.names.symbols.get(part.name) if isinstance(part, tree.Name) else None
            kind = symbol.type if symbol else UNKNOWN
            if isinstance(part, tree.Property):
                kind = self.peek(part)
            if kind.base == "enum" and not (isinstance(part, tree.Name) and part.name in enum.names):
                enum = kind
                break
        return [self.enum_or_value(part, enum) for part in parts]

    def enum_or_value(self, part: tree.Tree, enum: Type) -> Found:
        """A part beside an enumeration."""
        if enum.base == "enum" and isinstance(part, tree.Name) and part.name not in self.locals:
            known = self.names.symbols.get(part.name)
            if part.name not in enum.names and known is None:
                note = did_you_mean(part.name, enum.names)
                hint = f"it can be {', '.join(enum.names)}"
                return self.bad(Finding.UNKNOWN_NAME, part, f"there is no value `{part.name}` here", hint, note)
            if known is not None and known.type == enum:
                return self.read(part)
        return self.within(part, enum)

    def peek(self, part: tree.Property) -> Type:
        """The type of a property without reporting anything."""
        if isinstance(part.thing, tree.Name):
            symbol = self.names.symbols.get(part.thing.name)
            if symbol is not None and symbol.what == "thing":
                stored = self.names.properties.get(symbol.number, {}).get(part.name)
                return stored.type if stored else UNKNOWN
        for properties in self.names.properties.values():
            if part.name in properties:
                return properties[part.name].type
        return UNKNOWN

    def same(self, place: tree.Tree, one: Type, other: Type) -> None:
        """Report two values that can never be equal."""
        if not comparable(one, other):
            self.bad(Finding.TYPE_MISMATCH, place, f"this is {other}, and it is compared with {one}")

    def membership(self, part: tree.Membership) -> Found:
        """`x in (a, b)`."""
        found = self.beside((part.item, *part.options))
        for option, place in zip(found[1:], part.options, strict=True):
            self.same(place, found[0].type, option.type)
        options = "".join(f"{one.source}, " for one in found[1:])
        return Found(FLAG, f"({found[0].source} {'not ' if part.negated else ''}in ({options}))")

    # Names and properties

    def name(self, part: tree.Name) -> Found:
        """A variable, a constant, a thing, a parameter."""
        if part.name in self.locals:
            return self.locals[part.name]
        if part.name == "nothing":
            return Found(NOTHING_TYPE, str(NOTHING))
        if part.name == "player":
            return Found(thing("player"), str(PLAYER))
        symbol = self.names.symbols.get(part.name)
        if symbol is None and part.name in self.names.problems.lost:
            return _BAD
        if symbol is None:
            known = [*self.names.of_kind("variable", "constant", "thing"), *self.locals]
            note, hint = did_you_mean(part.name, known), ""
            if part.name in NEARLY_FLAGS:
                note, hint = "", "flags are `true` and `false`"
            if not note and part.name in (*FUNCTIONS, *EFFECTS):
                hint = f"`{part.name}` is a function: `{part.name}(...)`"
            return self.bad(Finding.UNKNOWN_NAME, part, f"nothing is called `{part.name}`", hint, note)
        if symbol.what in _NAMELESS:
            hints = {
                "scene": f"`visited({part.name})` asks whether it has been played",
                "mark": f"`seen({part.name})` asks whether it has been passed",
                "award": f"`seen({part.name})` asks whether it was earned",
                "storylet": f"`count({part.name})` is how often it came up",
                "ending": f"`ending({part.name})` asks whether the story is over in that way",
                "formula": f"write `{part.name}(...)`",
            }
            message = f"`{part.name}` is {symbol}, which has no value"
            return self.bad(Finding.WRONG_KIND, part, message, hints.get(symbol.what, ""))
        if symbol.what == "constant":
            return Found(TEXT, repr(symbol.text))
        if symbol.what == "thing":
            return Found(symbol.type, str(symbol.number))
        self.names.asked.add(part.name)
        return Found(symbol.type, f"v[{symbol.number}]", self.bounds(symbol.type, symbol.number))

    def bounds(self, kind: Type, slot: int) -> Bounds | None:
        """Return the bounds that the author gave to the number in a slot."""
        one = self.names.slots[slot]
        return (one.low, one.high) if kind == NUMBER and one.high - one.low < UNBOUNDED else None

    def property(self, part: tree.Property) -> Found:
        """`thing.name`, of a thing known before play or of one held by a variable."""
        owner = self.read(part.thing)
        if owner.type == UNKNOWN:
            return owner
        if owner.type.base != "thing" or owner.type.kind in ("player", "nothing"):
            return self.bad(Finding.TYPE_MISMATCH, part.thing, f"this is {owner.type}, which has no properties")
        self.names.used_properties.add(part.name)
        if owner.source.isdigit() and int(owner.source) in self.names.properties:
            return self.own(part, self.names.properties[int(owner.source)])
        table = self.table(owner.type.kind, part.name)
        if not table or owner.source == str(NOTHING):
            return self.of_none(part, owner.type.kind)
        first = next(iter(table.values()))
        touches = touching(Tool.GET, table)
        get = self.names.tool(getter(touches, "" if first.type.base == "text" else 0), touches)
        return Found(first.type, f"{get}(v, {owner.source})")

    def of_none(self, part: tree.Property, kind: str) -> Found:
        """A property of a kind of which there is no thing: it reads as nothing's."""
        if kind == "item" and part.name in ITEM_PROPERTIES:
            types = {"key": thing("item"), "weight": NUMBER}
            return Found(types.get(part.name, FLAG), "0")
        declared = self.names.kinds.get(kind, {}).get(part.name)
        if declared is None:
            return self.no_property(part, self.kind_properties(kind), kind)
        found = spec_type(declared.spec)
        return Found(found, "''" if found == TEXT else "0")

    def own(self, part: tree.Property, stored: dict[str, Storage]) -> Found:
        """A property of a thing known before play."""
        one = stored.get(part.name)
        if one is None:
            return self.no_property(part, list(stored), "")
        if one.slot < 0:
            return Found(one.type, repr(one.value))
        return Found(one.type, f"v[{one.slot}]", self.bounds(one.type, one.slot))

    def no_property(self, part: tree.Property, known: list[str], kind: str) -> Found:
        """Report a property that is not there."""
        if part.name in self.names.problems.lost:
            return _BAD
        what = str(thing(kind)) if kind else f"`{self.text(part.thing)}`"
        hint = f"declare it under `kinds:` for all of them: `{kind}: {{{part.name}: ...}}`" if kind else ""
        note = did_you_mean(part.name, known)
        dot = tree.Tree(part.end - len(part.name), part.end)
        return self.bad(Finding.UNKNOWN_PROPERTY, dot, f"{what} has no property `{part.name}`", hint, note)

    def kind_properties(self, kind: str) -> list[str]:
        """The properties that all things of a kind have."""
        return list(self.names.kinds.get(kind, ()))

    def table(self, kind: str, name: str) -> dict[int, Storage]:
        """Where a property of all things of a kind is kept."""
        if name not in self.names.kinds.get(kind, ()) and not (kind == "item" and name in ITEM_PROPERTIES):
            return {}
        known = self.names.tables.get((kind, name))
        if known is None:
            known = {number: self.names.properties[number][name] for number in self.names.numbers(kind)}
            self.names.tables[kind, name] = known
        return known

    # Functions

    def call(self, part: tree.Call) -> Found:
        """A function of the language or a formula of the author's."""
        symbol = self.names.symbols.get(part.function)
        if symbol is not None and symbol.what == "formula":
            return self.formula(part, symbol)
        return call(self, part)

    def place_of(self, source: str) -> str:
        """The Python for where a thing is."""
        space = self.names.space
        if source.isdigit() and int(source) in space.located and int(source) not in space.scattered:
            slot, start = space.located[int(source)]
            return f"v[{slot}]" if slot >= 0 else str(start)
        return f"{self.names.tool(partial(Space.place, space), Touches(Tool.WHERE))}(v, p, {source})"

    def formula(self, part: tree.Call, symbol: Symbol) -> Found:
        """A call of an author's formula."""
        wanted = symbol.parameters
        if len(wanted) != len(part.arguments):
            values = "value" if len(wanted) == 1 else "values"
            message = f"`{part.function}` takes {len(wanted)} {values}, not {len(part.arguments)}"
            return self.bad(Finding.WRONG_ARGUMENTS, part, message)
        given = [self.wanted(one, kind) for one, kind in zip(part.arguments, wanted, strict=True)]
        return Found(symbol.type, f"f_{part.function}({', '.join(['v', 'p', 'n', *given])})")


def code(names: Names, source: str, *, statement: bool = False) -> Code:
    """Return Python made here as something that can be called; the same for the same, so that it is compiled once."""
    known = names.codes.get((source, statement))
    if known is None:
        known = names.codes[source, statement] = Code(source, names.env, statement=statement)
    return known
