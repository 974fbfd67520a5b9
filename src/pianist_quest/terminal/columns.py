"""Rows in columns: drawn where there is room, in sentences where there is not, or where they are heard. Pure."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from .wrap import Piece, Style, cells, plain_text, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .wrap import Line

_GAP: Final = "  "
"""What stands between two columns."""
_LEAST: Final = 14
"""The least cells to which a column of words is made narrower."""


class Columns(NamedTuple):
    """Rows of texts below a head; those in `numbers` (counted from 0) are set to the right. The foot may be missing."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    foot: tuple[str, ...] = ()
    numbers: frozenset[int] = frozenset()

    @property
    def widths(self) -> tuple[int, ...]:
        """The cells of each column."""
        every = (self.head, *self.rows, *([self.foot] if self.foot else []))
        return tuple(max(cells(text) for text in column) for column in zip(*every, strict=True))


def column_lines(columns: Columns, width: int, rule: str = "") -> list[Line]:
    """Return rows as lines with a `rule` of that character between head and foot; without one, as sentences."""
    sizes = _fitted(columns, width) if rule else ()
    if not sizes:
        return _sentences(columns, width)
    between = (Piece(_GAP.join(rule * size for size in sizes), Style.QUIET | Style.DRAWN),)
    found = [*_row(columns, columns.head, sizes, Style.STRONG), between]
    for row in columns.rows:
        found += _row(columns, row, sizes)
    return [*found, *([between, *_row(columns, columns.foot, sizes)] if columns.foot else [])]


def _fitted(columns: Columns, width: int) -> tuple[int, ...]:
    """Return the cells of each column so that all fit: words give way, down to some; nothing where that is not enough.

    What the rows are about, and numbers, keep their width.
    """
    sizes = list(columns.widths)
    words = [at for at in range(1, len(sizes)) if at not in columns.numbers]
    free = width - sum(sizes) - len(_GAP) * (len(sizes) - 1)
    while free < 0 and any(sizes[at] > _LEAST for at in words):
        widest = max(words, key=lambda at: sizes[at])
        sizes[widest] -= 1
        free += 1
    return tuple(sizes) if free >= 0 else ()


def _row(columns: Columns, texts: Sequence[str], sizes: Sequence[int], style: Style = Style.PLAIN) -> list[Line]:
    """Return a row, in as many lines as its longest text takes."""
    broken = [
        [plain_text(line) for line in wrap((Piece(text),), size)] if cells(text) > size else [text]
        for text, size in zip(texts, sizes, strict=True)
    ]
    return [_line(columns, parts, sizes, style) for parts in zip_longest(*broken, fillvalue="")]


def _line(columns: Columns, texts: Sequence[str], sizes: Sequence[int], style: Style) -> Line:
    parts = []
    for at, (text, size) in enumerate(zip(texts, sizes, strict=True)):
        free = " " * (size - cells(text))
        parts.append(f"{free}{text}" if at in columns.numbers else f"{text}{free}")
    return (Piece(_GAP.join(parts).rstrip(), style | Style.DRAWN),)


def _sentences(columns: Columns, width: int) -> list[Line]:
    """Return a sentence for each row: what it is about, and each of its texts behind the head of its column."""
    lines: list[Line] = []
    for row in (*columns.rows, *([columns.foot] if columns.foot else [])):
        told = [f"{head} {text}".strip() for head, text in zip(columns.head[1:], row[1:], strict=True) if text]
        lines += wrap((Piece(f"{row[0]}: {', '.join(told) or '-'}."),), width, "", "  ")
    return lines
