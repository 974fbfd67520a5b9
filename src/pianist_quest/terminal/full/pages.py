"""What the full screen shows, as rows: the story's texts, typed lines, what can be picked, the panel. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from wcwidth import wcwidth

from pianist_quest.terminal.typeset import WIDEST, Typeset, narrowed, spread
from pianist_quest.terminal.wrap import Piece, Style, cells, wrap

from .book import EMPTY, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pianist_quest.terminal.desk import Text
    from pianist_quest.terminal.standing import Offer, Standing
    from pianist_quest.terminal.wrap import Line

    from .book import Block

_PLAIN: Final = Typeset()
MEASURE: Final = WIDEST + 2
"""The most cells of a line of the story."""
PANEL: Final = 34
"""The cells of the panel."""
WIDE: Final = 100
"""The least width of a window that has room for the panel beside the story."""
_MARGIN: Final = 60
"""The least width at which there is a margin beside the text."""
_SELECTED: Final = "\ufe0f|(?<=[\u2600-\U0001faff])[\U0001f3fb-\U0001f3ff]|\u200d(?=[\u2600-\U0001faff])"
"""What makes one emoji of several, or a wide one of a narrow: terminals do not agree on the cells it takes."""
_MAP: Final = 12
"""The most lines of the small map."""


def margin(width: int, measure: int = MEASURE) -> int:
    """Return the cells left free on either side of a text of a measure in a pane of a width."""
    return max((width - measure) // 2, int(width >= _MARGIN))


def told(text: Text) -> Block:
    """Return a text of the game, with an empty row below."""

    def rows(width: int) -> Sequence[Row]:
        lines = [part for line in text(width) for part in fitting(line, width)]
        return [*(Row(line) for line in lines), EMPTY] if lines else ()

    return rows


def fitting(line: Line, width: int) -> list[Line]:
    """Return a line as it is drawn cell by cell: emoji made of several stand one beside the other, broken by width."""
    if all(piece.text.isascii() for piece in line):
        return [line]
    rows: list[list[Piece]] = [[]]
    used = 0
    for text, style in line:
        for char in re.sub(_SELECTED, "", text):
            size = max(0, wcwidth(char))
            if used + size > width:
                rows.append([])
                used = 0
            used += size
            rows[-1].append(Piece(char, style))
    return [tuple(row) for row in rows]


def echoed(line: str) -> Block:
    """Return a line that was typed."""
    return lambda width: _set((Piece(f"> {line}", Style.STRONG),), width, "", "  ")


def offered(
    standing: Standing, selected: int = -1, *, typeset: Typeset = _PLAIN, exits: Callable[[], bool] = lambda: True
) -> Block:
    """Return what can be picked, set as all text is, the selected one marked.

    `exits` says whether the ways out are told as well.
    """

    def rows(width: int) -> Sequence[Row]:
        width = min(width, typeset.measure)
        filled = narrowed(width) if typeset.wide else width
        found = [row for at, offer in enumerate(standing.offers) for row in _offer(offer, at, selected, filled)]
        told = _set((Piece(standing.exits, Style.QUIET),), filled) if standing.exits and exits() else []
        all_rows = [*found, *([EMPTY] if found and told else []), *told]
        return _apart(all_rows, width) if typeset.wide else all_rows

    return rows


def _apart(rows: Sequence[Row], width: int) -> list[Row]:
    """Return rows with their words and lines further apart."""
    found: list[Row] = []
    for row in rows:
        found += [EMPTY] if found and found[-1].line and row.line else []
        found.append(Row(spread(row.line, width), row.target, row.pick))
    return found


def _offer(offer: Offer, at: int, selected: int, width: int) -> list[Row]:
    mark = f"{offer.number}." if offer.number else ">" if offer.line else "-"
    reason = (Piece(f" [{offer.reason}]", Style.QUIET | Style.REFUSAL),) if offer.reason else ()
    first = f"{'>' if at == selected else ' '}{mark:>3} "
    return [Row(row.line, offer.line, at) for row in _set((*offer.label, *reason), width, first, " " * cells(first))]


def panel(standing: Standing, *, boxes: bool) -> Block:
    """Return the panel: the place with the status, ways, people, things, the rooms around."""

    def rows(width: int) -> Sequence[Row]:
        found: list[Row] = []
        for section in standing.sections:
            found += [EMPTY] if found else []
            found += _set((Piece(section.title, Style.HEADING),), width)
            for entry in section.entries:
                found += [Row(row.line, entry.line) for row in _set(entry.text, width, " ", "   ")]
        return [*found, *_map(standing, width, boxes=boxes)]

    return rows


def _map(standing: Standing, width: int, *, boxes: bool) -> list[Row]:
    from pianist_quest.terminal.drawing import small_map  # noqa: PLC0415 - not needed in line mode

    lines = small_map(standing.around(), width, _MAP, boxes=boxes) if standing.around else []
    return [EMPTY, *(Row(line) for line in lines)] if lines else []


def _set(pieces: Iterable[Piece], width: int, first: str = "", rest: str = "") -> list[Row]:
    return [Row(part) for line in wrap(pieces, width, first, rest) for part in fitting(line, width)]
