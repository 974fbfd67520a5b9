"""Conditions and texts of scripts: to Python that can be called, and to parts that can be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.codes import Code as Finding
from pianist_quest.worldfile import markup
from pianist_quest.worldfile.frozen import frozen
from pianist_quest.worldfile.nodes import complain

from . import story as s
from .expressions import Reader, code
from .slips import Slips
from .types import FLAG

if TYPE_CHECKING:
    from pianist_quest.worldfile import model
    from pianist_quest.worldfile.nodes import Scalar

    from .names import Names
    from .types import Found, Locals

_MODES: Final = {one: s.Mode[one.name] for one in markup.Mode}
_STYLES: Final = {one: s.Style[one.name] for one in markup.Toggle}


@frozen
class Test:
    """The Python of a condition, empty where there is none."""

    source: str

    def __and__(self, other: Test) -> Test:
        """Both hold."""
        if not (self.source and other.source):
            return self if self.source else other
        return Test(f"{self.source} and {other.source}")


ALWAYS: Final = Test("")


class Texts:
    """Compiles what stands in a script; `owner` is the script, `locals` what names stand for in it."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.owner = ""
        self.place_name = ""
        """The owner, and the thing that a script is made for where there is one for each: the name in saves."""
        self.locals: Locals = {}
        self._slips = Slips(names.problems) if names.problems.advised else None

    def reader(self, at: Scalar, *, chance: bool = False) -> Reader:
        """Return a reader of the expressions in a scalar."""
        return Reader(self.names, at, self.place_name, self.locals, chance)

    def test(self, guard: model.Guard) -> Test:
        """Return the Python of a guard."""
        if not guard.conditions:
            return ALWAYS
        return self.there(guard) & Test(" and ".join(self._sources(guard, negated=False)))

    def there(self, guard: model.Guard) -> Test:
        """Return the Python of a guard's `unless`: where that keeps something away, no reason is given."""
        if not guard.conditions:
            return ALWAYS
        return Test(" and ".join([f"(not {source})" for source in self._sources(guard, negated=True)]))

    def _sources(self, guard: model.Guard, *, negated: bool) -> list[str]:
        chosen = [one for one, is_negated in guard.conditions if is_negated is negated]
        return [self.reader(one.at).wanted(one.tree, FLAG) for one in chosen]

    def condition(self, test: Test) -> s.Code | None:
        """Return a test to be called, None where it always holds."""
        return code(self.names, test.source) if test.source else None

    def opening(self, guard: model.Guard) -> tuple[s.Code | None, s.Code | None]:
        """Return when something is open, and when it is there, be it open or not."""
        if not guard.conditions:
            return None, None
        if any(is_negated for _, is_negated in guard.conditions):
            return self.condition(self.test(guard)), self.condition(self.there(guard))
        return self.condition(Test(" and ".join(self._sources(guard, negated=False)))), None

    def text(self, prose: model.Prose, *, still: bool = False) -> s.Text:
        """Return a text to be shown; a `still` one is drawn anew each time, so nothing in it may count."""
        if self._slips is not None:
            self._slips.look_at(prose)
        return self._parts(prose.parts, self.reader(prose.at), still=still)

    def _parts(self, parts: markup.Markup, reader: Reader, *, still: bool) -> s.Text:
        return tuple([part if type(part) is str else self._part(part, reader, still=still) for part in parts])

    def _part(
        self, part: markup.Part, reader: Reader, *, still: bool
    ) -> str | s.Style | s.Value | s.If | s.Alternatives:
        if isinstance(part, str):
            return part
        if isinstance(part, markup.Toggle):
            return _STYLES[part]
        if isinstance(part, markup.Value):
            return self._value(reader.read(part.tree))
        if isinstance(part, markup.Condition):
            test = code(self.names, reader.wanted(part.tree, FLAG))
            yes = self._parts(part.yes, reader, still=still)
            return s.If(test, yes, self._parts(part.no, reader, still=still))
        if still:
            message = "alternatives cannot count here: this text is drawn anew each time it is shown"
            hint = "use a condition, `{x: a | b}`"
            at, span = reader.at, (part.start, part.start + 1)
            complain(self.names.problems, Finding.TEXT_SYNTAX, at, message, part=span, hint=hint)
            return ""
        slot = self.names.counter(self.place_name, "alternatives", reader.at.value[part.start : part.start + 80])
        options = tuple(self._parts(option, reader, still=still) for option in part.options)
        return s.Alternatives(_MODES[part.mode], options, slot)

    def _value(self, found: Found) -> s.Value:
        return s.Value(code(self.names, found.source), found.type.base, found.type.names)
