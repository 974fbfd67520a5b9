"""Where in the file a part of a scalar's value stands: through quotes, escapes, folding and templates."""

from __future__ import annotations

from typing import Final

from pianist_quest.diagnostics.source import Span

from .nodes import Scalar

_ESCAPE_LENGTHS: Final = {"x": 4, "u": 6, "U": 10}


class Spliced(Scalar):
    """A scalar made by a template from parts of others: `pieces` are (start in value, scalar, start in it)."""

    __slots__ = ("pieces",)

    def __init__(self, like: Scalar, value: str, pieces: list[tuple[int, Scalar, int]]) -> None:
        super().__init__(like.source, like.start, like.end, value, like.style or '"')
        self.pieces = pieces


def part_of(scalar: Scalar, start: int, end: int) -> Span:
    """Return the place of characters `start` to `end` (excluded) of a scalar's value."""
    if isinstance(scalar, Spliced):
        return _part_of_spliced(scalar, start, end)
    places = _places(scalar)
    if start >= len(places):
        last = places[-1] + 1 if places else scalar.start
        return Span(scalar.source, last, last)
    first = places[start]
    return Span(scalar.source, first, places[min(end, len(places)) - 1] + 1 if end > start else first)


def _part_of_spliced(scalar: Spliced, start: int, end: int) -> Span:
    for position in range(len(scalar.pieces) - 1, -1, -1):
        begin, piece, offset = scalar.pieces[position]
        if begin <= start:
            following = position + 1 < len(scalar.pieces)
            limit = scalar.pieces[position + 1][0] if following else len(scalar.value)
            return part_of(piece, start - begin + offset, max(start, min(end, limit)) - begin + offset)
    return scalar.span


def _places(scalar: Scalar) -> list[int]:
    """The offset in the file of each character of the value, found by walking both side by side."""
    raw, position, style = scalar.source.text, scalar.start, scalar.style
    if style in ("|", ">"):
        position = raw.find("\n", position) + 1
    elif style:
        position += 1
    places = []
    for char in scalar.value:
        position, width = _find(raw, position, scalar.end, char, style)
        places.append(position)
        position += width
    return places


def _find(raw: str, position: int, end: int, char: str, style: str) -> tuple[int, int]:
    """The next place at or after `position` that gives `char`, and how many characters it is written with."""
    while position < end:
        here = raw[position]
        if style == '"' and here == "\\":
            following = raw[position + 1]
            if following not in "\r\n":
                return position, _ESCAPE_LENGTHS.get(following, 2)
            position += 2
        elif here == char:
            return position, 2 if style == "'" and char == "'" else 1
        elif char == " " and here == "\n":
            return position, 1
        else:
            position += 1
    return min(position, end), 0
