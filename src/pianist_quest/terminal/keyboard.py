"""The part of a piano's keyboard on which a tune is played, with the keys that are struck marked. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.records import record

from .wrap import Piece, Style

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from .wrap import Line

_BLACK: Final = frozenset({1, 3, 6, 8, 10})
"""The black keys, by their number from C."""
_WHITES: Final = 8
"""The least white keys that are drawn: fewer are hard to know for a keyboard."""


@record
class Keys:
    """The characters to draw with."""

    side: str
    black: str
    struck: str
    bottom: tuple[str, str, str, str]
    """The left corner, the edge, where two keys meet, the right corner."""


DRAWN: Final = Keys("│", "█", "●", ("└", "─", "┴", "┘"))
ASCII: Final = Keys("|", "#", "@", ("'", "-", "'", "'"))


def keyboard_lines(keys: Collection[int], lit: Collection[int], width: int, pen: Keys = DRAWN) -> list[Line]:
    """Return the keyboard of some keys (as MIDI numbers them), the lit ones marked; nothing where it does not fit."""
    whites = _whites(min(keys), max(keys))
    if 2 * len(whites) + 1 > width:
        return []
    left, edge, between, right = pen.bottom
    names = "".join(f"C{white // 12 - 1}" if white % 12 == 0 else "  " for white in whites)
    return [
        _row(_blacks(whites, (), pen)),
        _row(_blacks(whites, lit, pen)),
        _row(_fronts(whites, lit, pen)),
        (Piece(left + edge + (between + edge) * (len(whites) - 1) + right, Style.QUIET),),
        (Piece(f" {names}".rstrip(), Style.QUIET),),
    ]


def _whites(low: int, high: int) -> list[int]:
    """Return the white keys from a C or F below to a B or E above, an octave at least."""
    while low % 12 not in (0, 5):
        low -= 1
    whites = [key for key in range(low, high + 1) if key % 12 not in _BLACK]
    while len(whites) < _WHITES or whites[-1] < high or whites[-1] % 12 not in (0, 4, 11):
        whites.append(next(key for key in range(whites[-1] + 1, whites[-1] + 3) if key % 12 not in _BLACK))
    return whites


def _blacks(whites: list[int], lit: Collection[int], pen: Keys) -> Iterator[tuple[str, bool]]:
    """Yield the row of the black keys: each stands where two white ones meet."""
    yield pen.side, False
    for white in whites:
        yield " ", False
        black = white + 1
        is_black = black % 12 in _BLACK and white != whites[-1]
        struck = is_black and black in lit
        yield pen.struck if struck else pen.black if is_black else pen.side, struck


def _fronts(whites: list[int], lit: Collection[int], pen: Keys) -> Iterator[tuple[str, bool]]:
    """Yield the row of the white keys' fronts."""
    for white in whites:
        yield pen.side, False
        yield pen.struck if white in lit else " ", white in lit
    yield pen.side, False


def _row(cells: Iterator[tuple[str, bool]]) -> Line:
    found: list[Piece] = []
    for text, struck in cells:
        style = Style.STRONG if struck else Style.PLAIN
        if found and found[-1].style == style:
            found[-1] = Piece(found[-1].text + text, style)
        else:
            found.append(Piece(text, style))
    return tuple(found)
