"""The shapes of single values: names, expressions, effects, prose, conditions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeVar

from pianist_quest.diagnostics.codes import Code

from . import model
from .expression import SyntaxMistakeError, parse_effect, parse_expression
from .markup import parse_markup
from .nodes import Mapping, Node, Scalar, complain
from .shape import (
    Decoder,
    Field,
    Flag,
    ListOf,
    OneOf,
    Record,
    Shape,
    Text,
    Whole,
    bad_number,
    core_value,
    is_null,
    mismatch,
    number_like,
)
from .tree import Call

if TYPE_CHECKING:
    from collections.abc import Callable

    from pianist_quest.diagnostics.diagnostic import Problems

    from .tune import Tune

T = TypeVar("T")

_EACH: Final = re.compile(r"\s*([a-z][a-z0-9_]*)\s*(?::\s*([a-z][a-z0-9_]*)\s*)?")
NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_TEXT_SCHEMA: Final = {"type": ["string", "number", "boolean"]}
_LOW, _HIGH = -(10**9), 10**9
_TYPE_WORDS: Final = ("number", "flag", "text")


def ref_at(node: Scalar, problems: Problems, what: str = "a name") -> model.Ref | None:
    """Return a scalar as a name, or None after reporting that it is none."""
    if NAME.fullmatch(node.value):
        return model.Ref(node.value, node)
    near = re.sub(r"[^a-z0-9_]+", "_", node.value.strip().lower()).strip("_")
    hint = "a name is lower-case letters, digits and _, beginning with a letter"
    note = f"`{near}` would do" if NAME.fullmatch(near) else ""
    complain(problems, Code.BAD_NAME, node, f"`{node.value}` is not {what}", note=note, hint=hint)
    return None


def _ref(node: Node, problems: Problems) -> model.Ref | None:
    if not isinstance(node, Scalar) or is_null(node):
        mismatch(node, "a name", problems)
        return None
    return ref_at(node, problems)


def _target(node: Node, problems: Problems) -> model.Target | None:
    """A place to go to: a name, or a scene with values for its parameters."""
    if not isinstance(node, Scalar) or "(" not in node.value:
        ref = _ref(node, problems)
        return None if ref is None else model.Target(ref)
    call = _expression(node, problems)
    if call is None:
        return None
    if not isinstance(call.tree, Call):
        mismatch(node, "a name, or a scene with values", problems, "write `scene(value, value)`")
        return None
    return model.Target(model.Ref(call.tree.function, node), call)


def _each(node: Node, problems: Problems) -> tuple[str, str, Scalar] | None:
    """A kind, or a name and a kind."""
    match = _EACH.fullmatch(node.value) if isinstance(node, Scalar) else None
    if match is None or not isinstance(node, Scalar):
        mismatch(node, "a kind, or a name and a kind", problems, "write `each: piece`, or `each: other:piece`")
        return None
    return match[1], match[2] or match[1], node


def _expression(node: Node, problems: Problems) -> model.Expression | None:
    if not isinstance(node, Scalar) or is_null(node):
        mismatch(node, "an expression", problems, "an expression such as `tone >= 3`")
        return None
    found = _parsed(node, problems, parse_expression, Code.EXPRESSION_SYNTAX)
    return None if found is None else model.Expression(found, node)


def _effect(node: Node, problems: Problems) -> model.Effect | None:
    if not isinstance(node, Scalar) or is_null(node):
        mismatch(node, "an effect", problems, "an effect such as `tone += 1`")
        return None
    found = _parsed(node, problems, parse_effect, Code.EXPRESSION_SYNTAX)
    return None if found is None else model.Effect(found, node)


def _prose(node: Node, problems: Problems) -> model.Prose | None:
    if not isinstance(node, Scalar) or is_null(node):
        hint = "a text that begins with { or [ must be put in quotes" if not isinstance(node, Scalar) else ""
        mismatch(node, "a text", problems, hint)
        return None
    found = _parsed(node, problems, parse_markup, Code.TEXT_SYNTAX)
    return None if found is None else model.Prose(found, node)


def _parsed(node: Scalar, problems: Problems, parse: Callable[[str], T], code: Code) -> T | None:
    """What a parser makes of a scalar's value, or None after reporting its mistake."""
    try:
        return parse(node.value)
    except SyntaxMistakeError as mistake:
        _report(mistake, code, node, problems)
        return None


def _tune(node: Node, problems: Problems) -> Tune | None:
    """A tune in ABC notation."""
    from .abc import parse_tune  # noqa: PLC0415 - most worlds have no music

    if not isinstance(node, Scalar) or not node.value.strip():
        mismatch(node, "a tune in ABC notation", problems, "write the lines of the tune as a block after `|`")
        return None
    return _parsed(node, problems, parse_tune, Code.MUSIC_SYNTAX)


def _report(mistake: SyntaxMistakeError, code: Code, node: Scalar, problems: Problems) -> None:
    part, hint = (mistake.start, mistake.end), mistake.hint
    if code is not Code.MUSIC_SYNTAX and not node.style and node.value.count("(") != node.value.count(")"):
        hint = "YAML parts a list in brackets at every comma: write each on a line of its own after `- `, or in quotes"
    complain(problems, code, node, mistake.message, part=part, hint=hint)


REF: Final[Shape[model.Ref]] = Decoder(_ref, {"type": "string", "pattern": f"^{NAME.pattern}$"})
TARGET: Final[Shape[model.Target]] = Decoder(_target, {"type": "string"})
EACH: Final[Shape[tuple[str, str, Scalar]]] = Decoder(_each, {"type": "string"})
EXPRESSION: Final[Shape[model.Expression]] = Decoder(_expression, _TEXT_SCHEMA)
EFFECTS: Final = ListOf(Decoder(_effect, {"type": "string"}), single=True)
PROSE: Final[Shape[model.Prose]] = Decoder(_prose, _TEXT_SCHEMA)
TUNE: Final[Shape[Tune]] = Decoder(_tune, {"type": "string"})
CONDITIONS: Final = ListOf(EXPRESSION, single=True)
GUARD_FIELDS: Final[dict[str, Field[Any]]] = {
    "if": Field(CONDITIONS, (), about="what must hold"),
    "unless": Field(CONDITIONS, (), about="what must not hold"),
}


def guard_of(values: dict[str, Any]) -> model.Guard:
    """Return the conditions of decoded `if` and `unless` keys."""
    wanted, unwanted = values["if"] or (), values["unless"] or ()
    if not wanted and not unwanted:
        return model.NO_GUARD
    return model.Guard((*[(one, False) for one in wanted], *[(one, True) for one in unwanted]))


# What variables and properties hold


def _number(values: dict[str, Any], node: Mapping, problems: Problems) -> model.NumberSpec | model.FlagSpec | None:
    start_node = node.get("start")
    start = core_value(start_node) if start_node is not None else 0
    low, high = values["min"], values["max"]
    if isinstance(start, bool) and low is None and high is None:
        return model.FlagSpec(start)
    if not isinstance(start, int) or isinstance(start, bool):
        if start_node is not None and number_like(start_node):
            bad_number(start_node, problems)
        else:
            mismatch(start_node or node, "a whole number or a flag", problems)
        return None
    low, high = _LOW if low is None else low, _HIGH if high is None else high
    return _bounded(start_node or node, start, low, high, problems)


def _bounded(node: Node, start: int, low: int, high: int, problems: Problems) -> model.NumberSpec | None:
    spec = model.NumberSpec(start, low, high)
    if spec.low > spec.high or not spec.low <= start <= spec.high:
        message = f"the start {start} is not from {spec.low:,} to {spec.high:,}"
        complain(problems, Code.OUT_OF_BOUNDS, node, message)
        return None
    return spec


def _enum(values: dict[str, Any], node: Mapping, problems: Problems) -> model.EnumSpec | None:
    names = tuple(ref.name for ref in values["one_of"])
    if len(names) < 1 or len(set(names)) < len(names):
        complain(problems, Code.BAD_VALUE, node.get("one_of") or node, "`one_of` needs different values")
        return None
    start_node = node.get("start")
    if start_node is None:
        return model.EnumSpec(names, 0)
    start = start_node.value if isinstance(start_node, Scalar) else ""
    if start not in names:
        message = f"`{start}` is none of the values of `one_of`"
        complain(problems, Code.BAD_VALUE, start_node, message, hint=f"they are {', '.join(names)}")
        return None
    return model.EnumSpec(names, names.index(start))


def _variable(values: dict[str, Any], node: Mapping, problems: Problems) -> model.Variable | None:
    spec: model.Spec | None
    main = next((name for name in ("one_of", "kind") if values[name] is not None), None)
    for key, _ in node.pairs:
        if main and key.value in ("min", "max", "one_of", "kind") and key.value != main:
            message = f"`{key.value}` cannot stand beside `{main}`"
            complain(problems, Code.BAD_VALUE, key, message, hint="bounds are for numbers")
    if values["one_of"] is not None:
        spec = _enum(values, node, problems)
    elif values["kind"] is not None:
        start_node = node.get("start")
        start = None if start_node is None else _ref(start_node, problems)
        spec = model.ThingSpec(values["kind"], start if start and start.name != "nothing" else None)
    else:
        spec = _number(values, node, problems)
    return None if spec is None else model.Variable(spec, values["label"] or "", node)


_SPEC: Final = Record(
    "a variable",
    {
        "start": Field(Decoder(lambda node, _: node, {}), about="what it starts with"),
        "min": Field(Whole(), about="its smallest value"),
        "max": Field(Whole(), about="its greatest value"),
        "one_of": Field(ListOf(REF), about="the names it can hold"),
        "kind": Field(REF, about="the kind of thing it holds"),
        "label": Field(Text(), about="what STATUS calls it"),
    },
    _variable,
)
SPEC_KEYS: Final = frozenset(_SPEC.fields)


def _plain_variable(node: Node, problems: Problems) -> model.Variable | None:
    if is_null(node):
        mismatch(node, "a number, a flag, a text or keys and values", problems)
        return None
    value = core_value(node)
    if isinstance(value, bool):
        return model.Variable(model.FlagSpec(value), "", node)
    if isinstance(value, int):
        number = _bounded(node, value, _LOW, _HIGH, problems)
        return None if number is None else model.Variable(number, "", node)
    if number_like(node):
        bad_number(node, problems)
        return None
    return model.Variable(model.TextSpec(value), "", node)


def _property_type(node: Node, problems: Problems) -> model.Variable | None:
    if isinstance(node, Scalar) and node.value in _TYPE_WORDS:
        specs: dict[str, model.Spec] = {
            "number": model.NumberSpec(0, -(10**9), 10**9), "flag": model.FlagSpec(False), "text": model.TextSpec(""),  # noqa: FBT003 - the flag is the data
        }  # fmt: skip
        return model.Variable(specs[node.value], "", node)
    if isinstance(node, Scalar) and (isinstance(core_value(node), int) or number_like(node)):
        return _plain_variable(node, problems)
    hint = "a type (number, flag or text), a value it starts with, or `{start: 0, min: 0, max: 4}`"
    mismatch(node, "what the property holds", problems, hint)
    return None


VARIABLE: Final[Shape[model.Variable]] = OneOf(
    "a value, or keys and values", scalar=Decoder(_plain_variable, _TEXT_SCHEMA), record=_SPEC
)
PROPERTY: Final[Shape[model.Variable]] = OneOf(
    "what the property holds", scalar=Decoder(_property_type, _TEXT_SCHEMA), record=_SPEC
)
YES: Final = Flag()
