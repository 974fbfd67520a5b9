"""What there is to say about a name where an editor asks: what it is, and how it begins. Markdown."""

from __future__ import annotations

from typing import Any, Final

from pianist_quest.authoring.facts import spec_words
from pianist_quest.worldfile import model

_LONG: Final = 240
"""How much of a text is quoted, in characters."""


def about(sort: str, one: Any) -> str:  # noqa: ANN401 - whatever a name stands for
    """Return what there is to say about what a name of a sort stands for."""
    lines = [f"**{sort}**"]
    match one:
        case model.Variable():
            lines.append(f"`{spec_words(one.spec)}`" + (f", shown as {one.label}" if one.label else ""))
        case model.Formula():
            lines.append(f"`{one.body.at.value}`")
        case model.Scene():
            given = ", ".join(f"{name}:{kind}" if kind else name for name, kind in one.parameters)
            lines += [f"takes {given}"] if given else []
            lines.append(_quoted(one.script))
        case model.Room() | model.Item() | model.Character():
            lines += [one.thing.name, _quoted(one.text)]
        case model.Thing():
            lines.append(one.name)
        case model.Ending():
            lines += [one.name, _quoted(one.text)]
        case model.Verb():
            lines.append(", ".join(f"`{phrase.at.value}`" for phrase in one.phrases))
        case model.Award():
            lines.append(one.name)
        case model.Storylet() | model.Rule():
            lines.append(_quoted(one.step.then))
    return "\n\n".join(line for line in lines if line)


def _quoted(script: model.Script) -> str:
    """Return how the first text of a script begins."""
    said = next((one.text.at.value for one in _says(script)), "")
    flat = " ".join(said.split())
    more = "\N{HORIZONTAL ELLIPSIS}" if len(flat) > _LONG else ""
    return f"> {flat[:_LONG]}{more}" if flat else ""


def _says(part: Any) -> Any:  # noqa: ANN401 - a script, and the texts in it
    if isinstance(part, tuple):
        for one in part:
            yield from _says(one)
    elif isinstance(part, model.Say):
        yield part
    elif isinstance(part, model.Guarded):
        yield from _says((part.then, part.other))
    elif isinstance(part, model.Pick):
        yield from _says(part.steps)
