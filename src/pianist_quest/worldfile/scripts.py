"""The shapes of scripts: steps, choices, and all that stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pianist_quest.diagnostics.codes import Code

from . import model
from .leaves import EACH, EFFECTS, GUARD_FIELDS, PROSE, REF, TARGET, YES, guard_of
from .nodes import Mapping, Node, Scalar, Sequence, complain
from .shape import Decoder, Field, ListOf, Named, OneOf, Record, Shape, Whole, is_misspelt

if TYPE_CHECKING:
    from pianist_quest.diagnostics.diagnostic import Problems

    from .shape import Schema

DONE: Final = (
    "mark", "do", "text", "play", "then", "first", "best", "rotate", "chance", "ask", "yes", "no", "choices",
    "storylet", "call", "goto", "return",
)  # fmt: skip
"""The keys of a step that do something, in the order in which they are done."""
YES_LABEL: Final = "Yes"
NO_LABEL: Final = "No"
"""The answers to a question."""
_prose: Final = PROSE.decoder()
_PICKS: Final = tuple((by, by.value) for by in model.PickBy)


def _say(node: Node, problems: Problems) -> model.Script | None:
    prose = _prose(node, problems)
    return None if prose is None else (model.Say(prose),)


def body_of(values: dict[str, Any], node: Node) -> model.Script:
    """Return what the decoded keys of a step or choice do, in their fixed order."""
    found: list[model.Statement] = []
    if values.get("mark"):
        found.append(model.Mark(values["mark"]))
    if values["do"]:
        found.append(model.Do(values["do"]))
    found += values["text"] or ()
    if values["play"]:
        found.append(model.Play(values["play"]))
    found += values["then"] or ()
    found += [model.Pick(by, values[key], node) for by, key in _PICKS if values[key]]
    if values["chance"]:
        found.append(model.Chance(values["chance"], node))
    if values["ask"]:
        found += _question(values["ask"], values["yes"] or (), values["no"] or (), node)
    if values["choices"]:
        found.append(model.Choices(values["choices"], node))
    if values["storylet"]:
        found.append(model.Deal(values["storylet"]))
    if values["call"]:
        found.append(model.Invoke(values["call"]))
    if values["goto"]:
        found.append(model.Goto(values["goto"]))
    if values["return"]:
        found.append(model.Return())
    return tuple(found)


def _question(asked: model.Prose, yes: model.Script, no: model.Script, node: Node) -> model.Script:
    """Return the statements of a question that is answered by yes or no."""
    return (model.Say(asked), yes_or_no(asked.at, yes, no, node))


def yes_or_no(at: Scalar, yes: model.Script, no: model.Script, node: Node) -> model.Choices:
    """Return the choice between yes and no."""
    answers = ((YES_LABEL, yes), (NO_LABEL, no))
    return model.Choices(tuple(_short(model.Prose((label,), at), body, node) for label, body in answers), node)


def guarded_of(values: dict[str, Any], node: Node) -> model.Guarded:
    """Return a step with its conditions."""
    other = values["else"] or ()
    return model.Guarded(guard_of(values), bool(values["once"]), body_of(values, node), other, node)


def _step(values: dict[str, Any], node: Mapping, problems: Problems) -> model.Script | None:
    _needs_question(values, node, problems)
    guarded = guarded_of(values, node)
    if not guarded.then and not guarded.other:
        _nothing(node, problems)
        return None
    if values["each"]:
        name, kind, at = values["each"]
        return (model.Each(name, kind, (guarded,), at),)
    if not guarded.guard.conditions and not guarded.once:
        if guarded.other and not any(key.value in GUARD_FIELDS for key, _ in node.pairs):
            place = next(key for key, _ in node.pairs if key.value == "else")
            complain(problems, Code.BAD_RULE, place, "`else` needs an `if`", hint="without one it is never done")
        return guarded.then
    return (guarded,)


def _needs_question(values: dict[str, Any], node: Mapping, problems: Problems) -> None:
    answered = values["yes"] or values["no"]
    for key, _ in node.pairs if answered else ():
        if key.value in ("yes", "no") and values[key.value] and not values["ask"] and node.get("ask") is None:
            complain(
                problems, Code.BAD_CHOICE, key, f"`{key.value}` needs an `ask`", hint="write `ask: ...`, the question"
            )


def _nothing(node: Mapping, problems: Problems) -> None:
    if any(key.value not in _BRANCH.fields or (key.value in DONE and not _idle(value)) for key, value in node.pairs):
        return  # what is wrong with that key has been told
    hint = "add a `text`, a `do`, a `then` or a `goto`"
    complain(problems, Code.EMPTY_SCRIPT, node.pairs[0][0] if node.pairs else node, "this step does nothing", hint=hint)


def _idle(node: Node) -> bool:
    """Whether a key that does something has nothing to do."""
    return (isinstance(node, Sequence) and not node.items) or (isinstance(node, Scalar) and node.value == "false")


def _guarded(values: dict[str, Any], node: Mapping, problems: Problems) -> model.Guarded:
    _needs_question(values, node, problems)
    return guarded_of(values, node)


def _branch(values: dict[str, Any], node: Mapping, problems: Problems) -> tuple[int, model.Guarded] | None:
    if any(key.value != "weight" for key, _ in node.pairs) and _step({**values, "each": None}, node, problems) is None:
        return None
    return values["weight"], guarded_of(values, node)


def plain_step(node: Node, problems: Problems) -> model.Guarded | None:
    """Return a text alone as one of several steps."""
    said = _say(node, problems)
    return None if said is None else model.Guarded(model.NO_GUARD, once=False, then=said, other=(), at=node)


def _plain_branch(node: Node, problems: Problems) -> tuple[int, model.Guarded] | None:
    step = plain_step(node, problems)
    return None if step is None else (1, step)


def _choice(values: dict[str, Any], node: Mapping, problems: Problems) -> model.Choice | None:
    _needs_question(values, node, problems)
    if values["label"] is None and not values["fallback"]:
        if not is_misspelt("label", node, _CHOICE.fields):
            hint = "write `label: ...`, or only `Label: what happens`"
            place = node.pairs[0][0] if node.pairs else node
            complain(problems, Code.BAD_CHOICE, place, "this choice has no label", hint=hint)
        return None
    if values["fallback"] and values["otherwise"] is not None:
        message = "a fallback is not shown, so it needs no `otherwise`"
        complain(problems, Code.BAD_CHOICE, values["otherwise"].at, message)
    if values["otherwise"] is not None and not values["if"]:
        message = "`otherwise` needs an `if`: it is the reason why the choice is not open"
        complain(problems, Code.BAD_CHOICE, values["otherwise"].at, message)
    return model.Choice(
        label=values["label"], guard=guard_of(values), otherwise=values["otherwise"],
        times=1 if values["once"] else values["times"] or 0,
        fallback=bool(values["fallback"]), body=body_of(values, node), at=node, each=values["each"],
    )  # fmt: skip


class _ChoiceShape(Shape[model.Choice]):
    """A choice: a label alone, `Label: script`, or keys and values."""

    def decode(self, node: Node, problems: Problems) -> model.Choice | None:
        """Return the choice."""
        if isinstance(node, Scalar):
            label = PROSE.decode(node, problems)
            return None if label is None else _short(label, (), node)
        if isinstance(node, Mapping) and len(node.pairs) == 1 and node.pairs[0][0].value not in _CHOICE.fields:
            key, value = node.pairs[0]
            label, body = PROSE.decode(key, problems), SCRIPT.decode(value, problems)
            return None if label is None or body is None else _short(label, body, node)
        return _CHOICE.decode(node, problems)

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """Any of the three forms."""
        short = {"type": "object", "maxProperties": 1, "additionalProperties": SCRIPT.schema(definitions)}
        return {"anyOf": [{"type": "string"}, _CHOICE.schema(definitions), short]}


def _short(label: model.Prose, body: model.Script, node: Node) -> model.Choice:
    return model.Choice(label, model.NO_GUARD, None, times=0, fallback=False, body=body, at=node)


def _script() -> Shape[model.Script]:
    step: Shape[model.Script] = OneOf("a text or a step", scalar=_SAY, record=_STEP)
    return OneOf("a text, a step or a list of steps", scalar=_SAY, record=_STEP, sequence=_Steps(step))


class _Steps(Shape[model.Script]):
    """A list of steps, one script."""

    def __init__(self, step: Shape[model.Script]) -> None:
        self.steps = ListOf(step)

    def decode(self, node: Node, problems: Problems) -> model.Script | None:
        """Return the statements of all steps."""
        found = self.steps.decode(node, problems)
        return None if found is None else tuple(statement for step in found for statement in step)

    def schema(self, definitions: dict[str, Schema]) -> Schema:
        """An array of steps."""
        return self.steps.schema(definitions)


_SAY: Final[Shape[model.Script]] = Decoder(_say, {"type": ["string", "number", "boolean"]})
_PLAIN: Final[Shape[model.Guarded]] = Decoder(plain_step, {"type": ["string", "number", "boolean"]})
_PLAIN_BRANCH: Final[Shape[tuple[int, model.Guarded]]] = Decoder(
    _plain_branch, {"type": ["string", "number", "boolean"]}
)
SCRIPT: Final[Shape[model.Script]] = Named("script", _script)
CHOICE: Final[Shape[model.Choice]] = Named("choice", _ChoiceShape)
CHOICES: Final = ListOf(CHOICE)
_PICKED: Final = ListOf(Named("guarded step", lambda: OneOf("a text or a step", scalar=_PLAIN, record=GUARDED)))
_BRANCHES: Final = ListOf(Named("branch", lambda: OneOf("a text or a step", scalar=_PLAIN_BRANCH, record=_BRANCH)))
_BODY: Final[dict[str, Field[Any]]] = {
    "do": Field(EFFECTS, (), about="effects"),
    "text": Field(SCRIPT, (), about="a text, or a script"),
    "play": Field(REF, about="music that is played"),
    "then": Field(SCRIPT, (), about="a script"),
    "first": Field(_PICKED, (), about="the first that holds is done"),
    "best": Field(_PICKED, (), about="of those that hold, the one with most conditions is done"),
    "rotate": Field(_PICKED, (), about="of those that hold, the least recently done is done"),
    "chance": Field(
        ListOf(Named("branch", lambda: OneOf("a text or a step", scalar=_PLAIN_BRANCH, record=_BRANCH))),
        (),
        about="one of these is done by chance",
    ),
    "ask": Field(PROSE, about="a question that is answered by yes or no"),
    "yes": Field(SCRIPT, (), about="what comes of yes"),
    "no": Field(SCRIPT, (), about="what comes of no"),
    "choices": Field(CHOICES, (), about="the player chooses"),
    "storylet": Field(REF, about="the tag of storylets, one of which is drawn and played"),
    "call": Field(TARGET, about="a scene to play before going on"),
    "goto": Field(TARGET, about="a room, scene, ending or mark"),
    "return": Field(YES, about="back to the caller, or to the room"),
}
STEP_FIELDS: Final[dict[str, Field[Any]]] = {
    **GUARD_FIELDS,
    "once": Field(YES, about="the first time only"),
    "else": Field(SCRIPT, (), about="a script for when the conditions do not hold"),
    "mark": Field(REF, about="a name for this place"),
    **_BODY,
}
_EACH_FIELD: Final = Field(EACH, about="a kind: there is one for each thing of it")
_STEP: Final[Record[model.Script]] = Record("a step", {"each": _EACH_FIELD, **STEP_FIELDS}, _step)
GUARDED: Final[Record[model.Guarded]] = Record("a step", STEP_FIELDS, _guarded)
_BRANCH: Final[Record[tuple[int, model.Guarded]]] = Record(
    "a branch", {"weight": Field(Whole(1, 1_000_000), 1, about="how likely"), **STEP_FIELDS}, _branch
)
_CHOICE: Final[Record[model.Choice]] = Record(
    "a choice",
    {
        "label": Field(PROSE, about="what the player reads"),
        "each": _EACH_FIELD,
        **GUARD_FIELDS,
        "otherwise": Field(PROSE, about="why it is not open"),
        "once": Field(YES, about="it can be taken once"),
        "times": Field(Whole(1, 1_000_000), about="how often it can be taken"),
        "mark": Field(REF, about="a name for having taken it"),
        "fallback": Field(YES, about="taken when nothing else is open"),
        **_BODY,
    },
    _choice,
)
