"""The lines below the full screen: the status, and the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.story.english import plural
from pianist_quest.terminal.wrap import Piece, cells, plain_text, wrap

if TYPE_CHECKING:
    from .stage import Stage

_KEYS: Final = (
    "F1 all commands", "F2 panel", "F10 line mode", "tab completes", "arrows choose", "pgup/pgdn read",
    "F9 mouse",
)  # fmt: skip
"""The keys, those first that are told where there is little room."""
_SHORT: Final = ("F1 ?", "F2 panel", "F10 lines", "tab", "pgup")
_NARROW: Final = 60
"""The width of a window below which the keys are told in short."""
_MORE: Final = "space: read on"
_BUSY: Final = "thinking"
_LOW: Final = 10
"""The height of a window below which the keys are left out."""


def foot(stage: Stage) -> str:
    """Return the status, where no panel shows it, and the keys as far as there is room for them."""
    columns, rows = stage.columns, stage.rows
    status = "" if stage.panelled else stage.shown.status
    lines = [plain_text(line) for line in wrap((Piece(status),), columns, " ", " ")] if status else []
    return "\n".join(lines if rows < _LOW else [*lines, _keys(stage, columns)])


def _more(stage: Stage) -> str:
    """Return what there is to read on to: where the last of the choices is below the window, how many there are."""
    choices = sum(bool(offer.line) for offer in stage.shown.standing.offers) if stage.reading and stage.asking else 0
    return f"{_MORE} to {choices} {plural(choices, 'choice')}" if choices else _MORE


def _keys(stage: Stage, columns: int) -> str:
    first = _BUSY if stage.working else _more(stage) if stage.open_book.below else ""
    text = f" {first}" if first else ""
    for key in _KEYS if columns >= _NARROW else _SHORT:
        longer = f"{text}  {key}" if text else f" {key}"
        text = longer if cells(longer) <= columns else text
    return text
