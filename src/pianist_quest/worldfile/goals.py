"""A goal to be looked for in a world, as it is given on the command line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pianist_quest.diagnostics.source import Source

from . import model
from .leaves import EXPRESSION
from .nodes import Scalar

if TYPE_CHECKING:
    from pianist_quest.diagnostics.diagnostic import Problems


def with_goal(world: model.World, goal: str, problems: Problems) -> model.World | None:
    """Return a world whose last promise is that a goal is reached: an ending, a room, or where an expression holds."""
    text = goal
    if goal in {ref.name for ref, _ in world.endings}:
        text = f"ending({goal})"
    elif goal in {ref.name for ref, _ in world.rooms}:
        text = f"at({goal})"
    at = Scalar(Source("--to", text), 0, len(text), text, "")
    asked = EXPRESSION.decode(at, problems)
    if asked is None:
        return None
    promises = replace(
        world.header.promises, sometimes=(*world.header.promises.sometimes, (model.Ref(goal, at), asked))
    )
    return replace(world, header=replace(world.header, promises=promises))
