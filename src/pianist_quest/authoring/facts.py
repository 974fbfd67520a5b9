"""What is written of a thing of a world besides its texts and scripts: what it is good for, as lines."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.worldfile import model

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOLD: Final = frozenset({"name", "tags", "places", "when"})
"""What the lines of the page tell already."""
_LONG: Final = 240
"""How much of a text is quoted, in characters."""
_CALLED: Final = {"each_turn": "each turn"}


def facts(one: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a world declares
    """Yield the facts about a thing, as `priority: 2`; those that are as they are when nothing is written, too."""
    for field in fields(one):
        value = getattr(one, field.name)
        if isinstance(value, model.Thing | model.Traits):
            yield from facts(value)
        elif field.name == "values":
            yield from (f"{ref.name}: {spec_words(variable.spec)}" for ref, variable in value)
        elif field.name == "exits":
            yield from (f"{way.direction.name}: through {way.door.name}" for way in value if way.door)
        elif field.name == "moves":
            yield from (f"move: {'; '.join(facts(move))}" for move in value)
        elif field.name == "guard":
            yield from (f"{'unless' if no else 'if'} {condition.at.value}" for condition, no in value.conditions)
        elif field.name not in _TOLD and (said := _said(value)) is not None:
            yield f"{_CALLED.get(field.name, field.name)}: {said}"


def header_facts(header: model.Header) -> Iterator[tuple[str, str]]:
    """Yield what a world's header says by name, what is played and the names that changed apart."""
    for part in header.status:
        yield (
            "status",
            f"{part.value.at.value} of {part.of}, {part.label}" if isinstance(part, model.Meter) else _prose(part),
        )
    if header.score:
        yield "score", f"of {header.score.of}, {'told' if header.score.announce else 'not told'}"
        yield from (("score", f"{name} at {points}") for points, name in header.score.ranks)
    for word in ("always", "sometimes"):
        yield from ((word, f"{ref.name}: {one.at.value}") for ref, one in getattr(header.promises, word))


def spec_words(spec: model.Spec) -> str:
    """Return in words what a variable holds."""
    match spec:
        case model.NumberSpec():
            bounds = f", from {spec.low} to {spec.high}" if spec.high - spec.low < 10**6 else ""
            return f"a number, {spec.start} at first{bounds}"
        case model.FlagSpec():
            return f"a flag, {str(spec.start).lower()} at first"
        case model.EnumSpec():
            return f"one of {', '.join(spec.values)}; {spec.values[spec.start]} at first"
        case model.ThingSpec():
            return f"a {spec.kind.name}, {spec.start.name if spec.start else 'nothing'} at first"
        case model.TextSpec():
            return f'a text, "{spec.value[:_LONG]}"'
    return ""


def _prose(part: model.Prose) -> str:
    return str(part.at.value)


def _said(value: Any) -> str | None:  # noqa: ANN401 - any field's
    """Return a value that is said in a few words; None for scripts, and for where things stand in files."""
    match value:
        case bool():
            return str(value).lower()
        case int() | str():
            return str(value)
        case model.Ref():
            return value.name
        case model.Expression():
            return str(value.at.value)
        case (model.Ref(), *_):
            return ", ".join(one.name for one in value)
        case (model.Phrase(), *_):
            return ", ".join(str(one.at.value) for one in value)
        case (str(), *_):
            return ", ".join(value)
    return None
