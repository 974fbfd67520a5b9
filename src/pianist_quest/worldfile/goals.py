"""A goal to be looked for in a world, as it is given on the command line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pianist_quest.diagnostics.codes import Code
from pianist_quest.diagnostics.diagnostic import did_you_mean
from pianist_quest.diagnostics.source import Source

from . import model
from .leaves import EXPRESSION, NAME
from .nodes import Scalar, complain

if TYPE_CHECKING:
    from pianist_quest.diagnostics.diagnostic import Problems


def with_goal(world: model.World, goal: str, problems: Problems) -> model.World | None:
    """Return a world whose last promise is that a goal is reached: an ending, a room, or where an expression holds."""
    text = goal
    if goal in {ref.name for ref, _ in world.endings}:
        text = f"ending({goal})"
    elif goal in {ref.name for ref, _ in world.rooms}:
        text = f"at({goal})"
    known = {ref.name for section in (world.endings, world.rooms, world.variables) for ref, _ in section}
    if NAME.fullmatch(goal) and goal not in known and goal not in ("true", "false"):
        at = Scalar(Source("--to", goal), 0, len(goal), goal, "")
        hint = "a goal is an ending, a room, or an expression such as `has(lamp) and week > 3`"
        note = did_you_mean(goal, known)
        complain(problems, Code.UNKNOWN_NAME, at, f"nothing is called `{goal}`", note=note, hint=hint)
        return None
    at = Scalar(Source("--to", text), 0, len(text), text, "")
    asked = EXPRESSION.decode(at, problems)
    if asked is None:
        return None
    promises = replace(
        world.header.promises, sometimes=(*world.header.promises.sometimes, (model.Ref(goal, at), asked))
    )
    return replace(world, header=replace(world.header, promises=promises))
