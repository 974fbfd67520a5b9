"""What compiled expressions and effects read and write, as far as that can be told before play.

The Python of a `Code` is read back as a tree and its value worked out over intervals, with what is known: the place,
bounds of slots, what a verb's holes hold. What a condition cannot depend on any more under those facts is not read:
`at(hall) and week > 3` reads nothing anywhere but in the hall. (Interval analysis after Cousot and Cousot, 1977.)

A set of slots is a whole number with a bit for each slot; the rooms visited have bits above those of the slots.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pianist_quest.story.story import Tool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pianist_quest.story.story import Code, Story, Touches, Verb

_FAR: Final = 10**12
"""Beyond every value."""
Span = tuple[int, int]
"""The least and greatest value that something can have."""
_ANY: Final[Span] = (-_FAR, _FAR)
_FLAG: Final[Span] = (0, 1)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known where code runs: the place (or None), and the bounds of some slots."""

    place: int | None = None
    known: dict[int, Span] = field(default_factory=dict)


NO_FACTS: Final = Facts()


@dataclass(frozen=True, slots=True)
class Worth:
    """What an expression can be worth, and the slots that it depends on."""

    span: Span
    reads: int = 0

    @property
    def constant(self) -> int | None:
        """The one value it can have, or None."""
        return self.span[0] if self.span[0] == self.span[1] else None

    @property
    def surely(self) -> bool | None:
        """Whether it is true, or None where that is open."""
        if self.span == (0, 0):
            return False
        return True if self.span[0] > 0 or self.span[1] < 0 else None


_HOLDS: Final = Worth((1, 1))


@dataclass(frozen=True, slots=True)
class Write:
    """An assignment to a slot: what its value depends on; `step` is the constant that is added, where that is all."""

    slot: int
    reads: int
    step: int | None = None


def mask(slots: Iterable[int]) -> int:
    """Return a set of slots; a slot below 0 is none."""
    found = 0
    for slot in slots:
        found |= 1 << slot if slot >= 0 else 0
    return found


def union(worths: Iterable[Worth | Write]) -> int:
    """Return what any of some values, or changes, depends on."""
    found = 0
    for one in worths:
        found |= one.reads
    return found


class Reader:
    """Reads the code of one story."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self._worths: dict[tuple[str, int | None, tuple[tuple[int, Span], ...]], Worth] = {}
        self.ruled: dict[tuple[str, int | None, tuple[tuple[int, Span], ...]], tuple[tuple[int, int], ...]] = {}
        """What can be done of a verb's rules, by the verb and what is known: for `Relevance.rules`."""
        self.used: dict[int, tuple[tuple[Verb, dict[int, Span]], ...]] = {}
        """The verbs that a thing can be named with: for `Relevance.uses`."""
        self.visited = len(story.slots)
        """The bit of the room with number 0 among the rooms visited."""
        space = story.space
        self.opened = mask(nest.slot for nest in space.nests.values())
        """The slots that say whether what holds things is open."""
        self.nested = mask(space.located[number][0] for number in space.nests)
        """The slots of the places of what can hold others."""
        self.located = self.opened | mask(slot for slot, _ in space.located.values())
        """The slots of all places of things, and of what is open."""
        self.sight = self._sight()

    def _sight(self) -> int:
        """What seeing depends on: where things are, when rooms are dark and lights burn."""
        space = self.story.space
        codes = [*space.dark.values(), *(code for code in space.lights.values() if code is not None)]
        found = union(self.worth(code) for code in codes)
        for number in space.lights:
            found |= self.place_of(number)
        return found

    def worth(self, code: Code | None, facts: Facts = NO_FACTS) -> Worth:
        """Return what a condition or value can be worth; a condition that is not there holds."""
        if code is None:
            return _HOLDS
        key = code.source, facts.place, tuple(facts.known.items())
        found = self._worths.get(key)
        if found is None:
            found = self._worths[key] = self._value(expression(code.source), facts, {})
        return found

    def read(self, source: str) -> int:
        """Return the slots that an expression names, where nothing is known."""
        return self._value(expression(source), NO_FACTS, {}).reads

    def writes(self, code: Code, facts: Facts = NO_FACTS) -> tuple[Write, ...]:
        """Return what effects change."""
        return tuple(one for statement in statements(code.source) for one in self.changes(statement, facts))

    # Expressions

    def _value(  # noqa: PLR0911 - one case a sort of expression
        self, node: ast.expr, facts: Facts, names: dict[str, Worth]
    ) -> Worth:
        match node:
            case ast.Constant(value=value):
                return Worth((value, value)) if isinstance(value, int) else Worth(_ANY)
            case ast.Name(id="p"):
                return Worth(_ANY if facts.place is None else (facts.place, facts.place))
            case ast.Name(id=name):
                return names.get(name, Worth(_ANY))
            case ast.Subscript(slice=ast.Constant(value=slot)):
                assert isinstance(slot, int)  # noqa: S101 - slots are numbers
                return self._slot(slot, facts)
            case ast.BoolOp():
                return self._logic(node, facts, names)
            case ast.UnaryOp():
                return self._unary(node, facts, names)
            case ast.BinOp():
                return self._binary(node, facts, names)
            case ast.Compare():
                return self._comparison(node, facts, names)
            case ast.IfExp():
                return self._conditional(node, facts, names)
            case ast.Call():
                return self._call(node, facts, names)
            case ast.Tuple(elts=parts):
                return self._all(parts, facts, names)
        raise AssertionError(ast.dump(node))  # pragma: no cover - the compiler makes no other

    def _slot(self, slot: int, facts: Facts) -> Worth:
        known = facts.known.get(slot)
        if known is not None and known[0] == known[1]:
            return Worth(known)
        one = self.story.slots[slot]
        return Worth(known or (one.low, one.high), 1 << slot)

    def _all(self, parts: Iterable[ast.expr], facts: Facts, names: dict[str, Worth]) -> Worth:
        return Worth(_ANY, union(self._value(part, facts, names) for part in parts))

    def _logic(self, node: ast.BoolOp, facts: Facts, names: dict[str, Worth]) -> Worth:
        settles = isinstance(node.op, ast.Or)
        found = [self._value(part, facts, names) for part in node.values]
        if any(one.surely is settles for one in found):
            return Worth((int(settles), int(settles)))
        reads = union(one for one in found if one.surely is None)
        return Worth(_FLAG, reads) if reads or any(one.surely is None for one in found) else Worth((1 - settles,) * 2)

    def _unary(self, node: ast.UnaryOp, facts: Facts, names: dict[str, Worth]) -> Worth:
        one = self._value(node.operand, facts, names)
        if isinstance(node.op, ast.USub):
            return Worth((-one.span[1], -one.span[0]), one.reads)
        known = one.surely
        return Worth(_FLAG, one.reads) if known is None else Worth((int(not known),) * 2)

    def _binary(self, node: ast.BinOp, facts: Facts, names: dict[str, Worth]) -> Worth:
        if isinstance(node.op, ast.BitAnd):  # n >> room & 1
            assert isinstance(node.left, ast.BinOp)  # noqa: S101 - the only form there is
            room = self._value(node.left.right, facts, names)
            return Worth(_FLAG, room.reads | self._been(room.constant))
        left, right = self._value(node.left, facts, names), self._value(node.right, facts, names)
        (a, b), (c, d) = left.span, right.span
        reads = left.reads | right.reads
        match node.op:
            case ast.Add():
                return Worth((a + c, b + d), reads)
            case ast.Sub():
                return Worth((a - d, b - c), reads)
            case ast.Mult():
                ends = [x * y for x in (a, b) for y in (c, d)]
                return Worth((min(ends), max(ends)), reads)
        return Worth(_ANY, reads)  # pragma: no cover - the compiler makes no other

    def _been(self, room: int | None) -> int:
        if room is not None:
            return 1 << (self.visited + room)
        found = 0
        for number, one in enumerate(self.story.things):
            found |= 1 << (self.visited + number) if one.kind == "room" else 0
        return found

    def _comparison(self, node: ast.Compare, facts: Facts, names: dict[str, Worth]) -> Worth:
        parts = [node.left, *node.comparators]
        if isinstance(node.ops[0], ast.In | ast.NotIn):
            return self._membership(node, facts, names)
        found = [self._value(part, facts, names) for part in parts]
        reads, known = 0, True
        for op, left, right in zip(node.ops, found, found[1:], strict=False):
            held = _compared(op, left.span, right.span)
            if held is False:
                return Worth((0, 0))
            if held is None:
                known = False
                reads |= left.reads | right.reads
        return Worth((1, 1)) if known else Worth(_FLAG, reads)

    def _membership(self, node: ast.Compare, facts: Facts, names: dict[str, Worth]) -> Worth:
        item = self._value(node.left, facts, names)
        options = node.comparators[0]
        assert isinstance(options, ast.Tuple)  # noqa: S101 - the compiler writes them out
        found = [self._value(one, facts, names) for one in options.elts]
        held = [_compared(ast.Eq(), item.span, one.span) for one in found]
        negated = isinstance(node.ops[0], ast.NotIn)
        if any(one is True for one in held):
            return Worth((int(not negated),) * 2)
        if all(one is False for one in held):
            return Worth((int(negated),) * 2)
        return Worth(_FLAG, item.reads | union(found))

    def _conditional(self, node: ast.IfExp, facts: Facts, names: dict[str, Worth]) -> Worth:
        stamp = since(node, self.story.turns)
        if stamp is not None:
            return Worth((-1, _FAR), 1 << stamp)
        test = self._value(node.test, facts, names)
        yes, no = self._value(node.body, facts, names), self._value(node.orelse, facts, names)
        if test.surely is not None:
            return yes if test.surely else no
        span = (min(yes.span[0], no.span[0]), max(yes.span[1], no.span[1]))
        return Worth(span, test.reads | yes.reads | no.reads)

    # Calls

    def _call(self, node: ast.Call, facts: Facts, names: dict[str, Worth]) -> Worth:
        assert isinstance(node.func, ast.Name)  # noqa: S101 - the compiler calls by name
        name = node.func.id
        if name in self.story.formulas:
            given = [self._value(one, facts, names) for one in node.args[3:]]
            inner = {f"a{index}": one for index, one in enumerate(given)}
            return self._value(expression(self.story.formulas[name]), facts, inner)
        if name in self.story.tools:
            return self._tool(self.story.tools[name], node, facts, names)
        found = [self._value(one, facts, names) for one in node.args]
        reads = union(found)
        if name in ("min", "max") and found:
            pick = min if name == "min" else max
            return Worth((pick(one.span[0] for one in found), pick(one.span[1] for one in found)), reads)
        return Worth(_ANY, reads)

    def _tool(self, touches: Touches, node: ast.Call, facts: Facts, names: dict[str, Worth]) -> Worth:
        match touches.tool:
            case Tool.GET:
                return self._get(touches, self._value(node.args[1], facts, names), facts)
            case Tool.WHERE:
                thing = self._value(node.args[-1], facts, names)
                other = self._value(node.args[-2], facts, names) if len(node.args) == 4 else Worth((0, 0))
                return Worth(_ANY, thing.reads | other.reads | self.place_of(thing.constant))
            case Tool.SIGHT:
                dark = facts.place is None or facts.place in self.story.space.dark
                return Worth(_FLAG, self.sight) if dark else Worth((0, 0))
            case Tool.CODES:
                found = [self.worth(one, facts) for one in touches.codes]
                if any(one.surely for one in found):
                    return Worth((1, 1))
                return Worth(_FLAG, union(found))
            case Tool.CONTENTS:
                return Worth(_ANY, self.located | self._value(node.args[1], facts, names).reads)
        return self._all(node.args, facts, names)

    def _get(self, touches: Touches, thing: Worth, facts: Facts) -> Worth:
        if thing.constant is not None:
            slot, value = touches.slots.get(thing.constant, (-1, 0))
            if slot >= 0:
                return self._slot(slot, facts)
            return Worth((value, value)) if isinstance(value, int) else Worth(_ANY)
        return Worth(_ANY, thing.reads | mask(slot for slot, _ in touches.slots.values()))

    def place_of(self, thing: int | None) -> int:
        """What the place of a thing depends on, through all that can hold it."""
        space = self.story.space
        if thing is None:
            return self.located
        slot, start = space.located.get(thing, (-1, 0))
        if slot < 0 and start not in space.located:
            return 0
        return mask((slot,)) | self.nested | self.opened

    # Effects

    def assigned(self, node: ast.Assign, facts: Facts = NO_FACTS) -> Iterator[tuple[int, Worth]]:
        """Yield each slot that an assignment changes, with what it can be given."""
        target, value = node.targets[0], node.value
        if isinstance(target, ast.Tuple):
            assert isinstance(value, ast.Tuple)  # noqa: S101 - a scene's values
            for one, part in zip(target.elts, value.elts, strict=True):
                yield _number(one), self._value(part, facts, {})
        else:
            yield _number(target), self._value(value, facts, {})

    def changes(self, node: ast.stmt, facts: Facts = NO_FACTS) -> Iterator[Write]:
        """Yield what one statement changes."""
        if isinstance(node, ast.Assign):
            for slot, worth in self.assigned(node, facts):
                yield Write(slot, worth.reads, _step(node.value, slot))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            assert isinstance(node.value.func, ast.Name)  # noqa: S101 - the compiler calls by name
            yield from self._effect(self.story.tools[node.value.func.id], node.value.args, facts)

    def _effect(self, touches: Touches, given: list[ast.expr], facts: Facts) -> Iterator[Write]:
        values = [self._value(one, facts, {}) for one in given[1:]]
        reads = union(values)
        thing = values[0].constant
        if touches.tool is Tool.PUT:
            slots = [touches.slots.get(thing, (-1, 0))[0]] if thing is not None else []
            slots = slots or [slot for slot, _ in touches.slots.values()]
            for slot in slots:
                if slot >= 0:
                    yield Write(slot, reads)
            return
        movable = self.story.space.located
        moved = [one.constant for one in values[: 1 if touches.tool is Tool.MOVE else 2]]
        keys = list(movable) if None in moved else [one for one in moved if one is not None]
        for key in keys:
            if movable.get(key, (-1, 0))[0] >= 0:
                yield Write(movable[key][0], reads | (self.nested if key in self.story.space.nests else 0))
            if key in self.story.worn:
                yield Write(self.story.worn[key], reads)


def _number(node: ast.expr) -> int:
    assert isinstance(node, ast.Subscript)  # noqa: S101 - the compiler assigns to slots only
    assert isinstance(node.slice, ast.Constant)  # noqa: S101 - by their numbers
    return int(node.slice.value)  # type: ignore[arg-type] # a slot's number


def _step(node: ast.expr, slot: int) -> int | None:
    """The constant that `min(high, max(low, v[slot] + constant))` adds to its own slot, else None."""
    inner = node
    for _ in range(2):
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id in ("min", "max"):
            inner = inner.args[-1]
    match inner:
        case ast.BinOp(
            left=ast.Subscript(slice=ast.Constant(value=value)), op=ast.Add(), right=ast.Constant(value=step)
        ) if value == slot and isinstance(step, int):
            return step
    return None


def since(node: ast.AST, turns: int) -> int | None:
    """Return the slot of a mark's turn where an expression is how long ago that was, else None."""
    match node:
        case ast.IfExp(
            test=ast.Subscript(slice=ast.Constant(value=stamp)),
            body=ast.BinOp(left=ast.BinOp(left=ast.Subscript(slice=ast.Constant(value=turn)))),
        ) if turn == turns and isinstance(stamp, int):
            return stamp
    return None


def _compared(op: ast.cmpop, left: Span, right: Span) -> bool | None:
    """Whether a comparison holds for all values, for none (False), or for some."""
    (a, b), (c, d) = left, right
    match op:
        case ast.Eq():
            return True if a == b == c == d else None if a <= d and c <= b else False
        case ast.NotEq():
            held = _compared(ast.Eq(), left, right)
            return None if held is None else not held
        case ast.Lt():
            return True if b < c else False if a >= d else None
        case ast.LtE():
            return True if b <= c else False if a > d else None
        case ast.Gt():
            return _compared(ast.Lt(), right, left)
        case ast.GtE():
            return _compared(ast.LtE(), right, left)
    raise AssertionError(op)  # pragma: no cover - the compiler makes no other


@lru_cache(maxsize=65536)
def expression(source: str) -> ast.expr:
    """Return the Python of a condition or value as a tree."""
    return ast.parse(source, mode="eval").body


@lru_cache(maxsize=65536)
def statements(source: str) -> list[ast.stmt]:
    """Return the Python of effects as trees."""
    return ast.parse("if 1:\n  " + source).body[0].body  # type: ignore[attr-defined, no-any-return] # an `if` has a body
