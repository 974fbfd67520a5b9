"""What conditions come to while a story is played, part by part, and values and effects that an author types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.diagnostics.source import Source
from pianist_quest.worldfile import model, tree
from pianist_quest.worldfile.expression import SyntaxMistakeError, parse_effect, parse_expression
from pianist_quest.worldfile.nodes import Scalar

from .effects import effect_source
from .expressions import Reader, code
from .types import FLAG, UNKNOWN, Found
from .values import settled, working

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .compile import Written
    from .types import Locals

_CONSTANTS = (tree.Number, tree.Flag, tree.Quoted)


class CannotAskError(Exception):
    """What was typed cannot be asked or done; the message is one line."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a condition: its text, whether it holds as it should, what its names stand for now."""

    text: str
    holds: bool
    values: tuple[str, ...]


class Asking:
    """Asks of a story's states; a state is given by its values, place and visited rooms."""

    def __init__(self, written: Written) -> None:
        self.written = written

    def parts(self, guard: model.Guard, owner: str, state: Any) -> Iterator[Part]:  # noqa: ANN401 - a state, of the floor above
        """Yield the parts of a guard that stands in a script of an owner, in a state."""
        for condition, negated in guard.conditions:
            for part in [condition.tree] if negated else _conjuncts(condition.tree):
                reader = self._reader(condition.at, owner)
                text = reader.text(part)
                held = bool(self._value(reader, reader.wanted(part, FLAG), state))
                said = f"not ({text})" if negated else text
                yield Part(said, held is not negated, tuple(self._values(reader, part, state)))

    def value(self, text: str, state: Any) -> str:  # noqa: ANN401 - as above
        """Return what an expression comes to; raises CannotAskError."""
        reader, part = self._typed(text, parse_expression)
        found = reader.read(part)
        self._fail(reader)
        return self._shown(found, self._value(reader, found.source, state))

    def effect(self, text: str, state: Any) -> Sequence[int]:  # noqa: ANN401 - as above
        """Return the values after an effect; raises CannotAskError."""
        reader, part = self._typed(text, parse_effect)
        source = effect_source(reader, model.Effect(part, reader.at))  # type: ignore[arg-type] # parse_effect's
        self._fail(reader)
        values = working(state.values)
        code(self.written.names, source, statement=True)(values, state.place, state.visited)
        return settled(values)

    def _typed(self, text: str, parse: Any) -> tuple[Reader, tree.Tree]:  # noqa: ANN401 - either parser
        try:
            part = parse(text)
        except SyntaxMistakeError as error:
            raise CannotAskError(f"{error}") from None
        return self._reader(Scalar(Source("typed", text), 0, len(text), text, ""), ""), part

    def _reader(self, at: Scalar, owner: str) -> Reader:
        """Return a reader whose findings nobody else sees."""
        names = self.written.names
        names.problems = Problems()
        return Reader(names, at, owner, self._locals(owner))

    def _locals(self, owner: str) -> Locals:
        """Return what the parameters of a scene stand for."""
        kind, _, name = owner.partition(" ")
        symbol = self.written.names.symbols.get(name)
        if kind != "scene" or symbol is None:
            return {}
        scene = next(scene for ref, scene in self.written.world.scenes if ref.name == name)
        places = zip(scene.parameters, symbol.parameters, symbol.slots, strict=True)
        return {parameter: Found(type_, f"v[{slot}]") for (parameter, _), type_, slot in places}

    def _values(self, reader: Reader, part: tree.Tree, state: Any) -> Iterator[str]:  # noqa: ANN401 - as above
        told = set[str]()
        for one in _asked(part):
            text = reader.text(one)
            found = reader.read(one)
            if text not in told and found.type != UNKNOWN and text != reader.text(part):
                told.add(text)
                yield f"{text} is {self._shown(found, self._value(reader, found.source, state))}"

    def _value(self, reader: Reader, source: str, state: Any) -> Any:  # noqa: ANN401 - as above
        self._fail(reader)
        return code(self.written.names, source)(state.values, state.place, state.visited)

    def _fail(self, reader: Reader) -> None:
        first = next(iter(reader.names.problems), None)
        if first is not None and reader.names.problems.errors:
            raise CannotAskError("; ".join(part for part in (first.message, first.label.text, first.hint) if part))

    def _shown(self, found: Found, value: Any) -> str:  # noqa: ANN401 - as above
        if found.type == FLAG:
            return "true" if value else "false"
        if found.type.base == "enum":
            return str(found.type.names[value])
        if found.type.base == "thing":
            things = self.written.story.things
            return ("nothing", "player")[value] if value < 2 else str(things[value].key)
        return str(value)


def _conjuncts(part: tree.Tree) -> Sequence[tree.Tree]:
    """Return what must all hold."""
    if isinstance(part, tree.Logic) and part.op == "and":
        return [inner for one in part.parts for inner in _conjuncts(one)]
    return [part]


def _asked(part: Any) -> Iterator[tree.Tree]:  # noqa: ANN401 - any part of a tree
    """Yield the names, properties and calls in an expression, the outer ones first."""
    if isinstance(part, tuple):
        for one in part:
            yield from _asked(one)
    elif isinstance(part, tree.Name | tree.Property):
        yield part
    elif isinstance(part, tree.Tree) and not isinstance(part, _CONSTANTS):
        if isinstance(part, tree.Call):
            yield part
        for name in type(part).__slots__:
            yield from _asked(getattr(part, name))
