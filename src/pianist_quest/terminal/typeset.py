"""How wide prose is set, how far words and lines stand apart, and where it stands. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.records import record

from .wrap import Piece, Style, cells, plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .desk import Text
    from .wrap import Line

_ROOM: Final = 5, 6
"""Of six cells a line of wide setting is filled to five: the sixth is for the second spaces between its words."""


WIDEST: Final = 78
"""The most cells of a line of prose where nothing else is set: longer ones are hard to read."""


@record
class Typeset:
    """How text is set: in lines of `measure` cells at most, `centred` on wider terminals, `wide` or not."""

    measure: int = WIDEST
    centred: bool = False
    wide: bool = False

    def lines(self, text: Text, columns: int) -> Sequence[Line]:
        """Return the lines of a text on a screen of so many columns, without a margin."""
        measure = min(columns, self.measure)
        if not self.wide:
            return text(measure)
        found: list[Line] = []
        for line in text(narrowed(measure)):
            drawn = any(Style.DRAWN in piece.style for piece in line)
            if line and found and found[-1] and not drawn:
                found.append(())
            found.append(line if drawn else spread(line, measure))
        return found

    def margin(self, columns: int) -> int:
        """Return the cells that a screen of so many columns leaves free to the left of a line."""
        return (columns - min(columns, self.measure)) // 2 if self.centred else 0

    def placed(self, lines: Sequence[Line], columns: int) -> Sequence[Line]:
        """Return set lines with that margin."""
        free = self.margin(columns)
        return [(Piece(" " * free), *line) if line else line for line in lines] if free else lines


def narrowed(measure: int) -> int:
    """Return the cells to which a line of wide setting is filled."""
    return max(1, measure * _ROOM[0] // _ROOM[1])


def spread(line: Line, width: int) -> Line:
    """Return a line with its words two spaces apart, as far as that fits; what stands before the first stays."""
    room = width - sum(cells(piece.text) for piece in line)
    text = plain_text(line)
    indent = len(text) - len(text.lstrip())
    found, at = [], 0
    for piece in line:
        made = ""
        for char in piece.text:
            made += char
            if char == " " and at >= indent and room > 0:
                made += " "
                room -= 1
            at += 1
        found.append(Piece(made, piece.style))
    return tuple(found)
