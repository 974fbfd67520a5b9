"""CHOICES: the choices of a game, each with the roads that were not taken, and those that were tried and taken back."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.turn import Choose

from .counting import count
from .moment import Answer
from .render import where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .session import Session

_LISTED: Final = 20
"""How many choices CHOICES lists."""


def roads(session: Session, name: str) -> Answer:
    """List the last choices of the game, or so many of them."""
    wanted = count(name) if name else _LISTED
    if not wanted:
        return Answer(said=("Type choices, or choices and how many: choices 50.",), stopped=True)
    lines = list(_choices(session))
    if not lines:
        return Answer(said=("There has been no choice to make yet.",))
    more = len(lines) - wanted
    before = (f"({more} more before. CHOICES {len(lines)} lists them all.)",) if more > 0 else ()
    told = "UNDO TO and a number goes back to before that choice."
    return Answer(said=(*before, *lines[-wanted:], told))


def _choices(session: Session) -> Iterator[str]:
    """Yield each choice between two or more, with all that could be chosen."""
    for (number, before), (_, after) in pairwise(session.numbered_game()):
        action, labels = next(iter(after.done), None), before.scene.labels
        if not isinstance(action, Choose) or len(labels) < 2:
            continue
        place = where(before.scene.story, before.state)
        lines = [place if number is None else f"{number}. {place}"]
        for at, label in labels:
            tried = (number, label) in session.tried
            mark = "Taken" if at == action.index else "Tried and taken back" if tried else "Not taken"
            lines.append(f"  {mark}: {label}")
        yield "\n".join(lines)
