"""Styled text, broken into lines by the cells it takes on a terminal."""

from __future__ import annotations

import re
from enum import Flag, auto
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from pianist_quest.diagnostics.source import printable_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_is_narrow: Final = re.compile("[ -~\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027]*").fullmatch
"""Latin letters and their marks take one cell each: nobody need be asked, and wcwidth takes long to import."""
_JOINER: Final = "\u200d"
# What may not begin a line, in scripts that are written without spaces.
_CLOSING: Final = "、。，．・：；？！）］｝」』】〉》”’々ー…"  # noqa: RUF001 - these very letters
_LEAST: Final = 10
# A soft hyphen says where a word may be parted, which is not done here.
_PLAINER: Final = str.maketrans({"\t": " ", "\r": None, "\u00ad": None})


class Style(Flag):
    """How a piece of text stands out; a terminal shows it, plain text does not."""

    PLAIN = 0
    EMPHASIS = auto()
    STRONG = auto()
    HEADING = auto()
    QUIET = auto()
    PERSON = auto()  # this and what follows is told apart by themes only
    THING = auto()
    CHOICE = auto()
    REFUSAL = auto()
    DRAWN = auto()  # it is part of a picture, and stays where it is


class Piece(NamedTuple):
    """A piece of text in one style."""

    text: str
    style: Style = Style.PLAIN


Line = tuple[Piece, ...]


def cells(text: str) -> int:
    """Return how many cells a printable text takes."""
    if text.isascii() or _is_narrow(text):
        return len(text)
    from wcwidth import wcswidth  # noqa: PLC0415 - see above

    return max(0, wcswidth(text))


def _cells(char: str) -> int:
    """Return how many cells a character takes; 0 for one that is joined to the one before, below 0 for a control."""
    if _is_narrow(char):
        return 1
    from wcwidth import wcwidth  # noqa: PLC0415 - as above

    return wcwidth(char)


def plain_text(line: Line) -> str:
    """Return a line without its styles."""
    return "".join(piece.text for piece in line)


def wrap(pieces: Iterable[Piece], width: int, first: str = "", rest: str = "") -> list[Line]:
    """Return pieces as lines of at most `width` cells (10 at least), after `first` and then `rest`.

    White space counts as one space, a line end breaks the line. Every character is made harmless first.
    """
    filler = _Filler(max(width, _LEAST), first, rest)
    for before, chunk in _chunks(pieces):
        if before == "\n":
            filler.end()
        filler.add(chunk, spaced=before == " ")
    filler.end()
    return filler.lines


class _Filler:
    """Fills lines one chunk at a time; a chunk is a list of clusters, each in its style."""

    def __init__(self, width: int, first: str, rest: str) -> None:
        self.width, self.rest = width, rest
        self.lines: list[Line] = []
        self.row, self.lead = [Piece(first)], first

    def add(self, chunk: list[Piece], *, spaced: bool) -> None:
        """Put a chunk behind the others or, where it does not fit, on a new line."""
        space = [Piece(" ", chunk[0].style & self.row[-1].style)] if spaced and self._filled() else []
        if not self._fits(space + chunk) and self._filled():
            self.end()
            space = []
        self.row += space
        for cluster in chunk:
            if not self._fits([cluster]) and self._filled():
                self.end()
            self.row.append(cluster)

    def end(self) -> None:
        """Begin a new line."""
        if self._filled() or self.lines or self.row[0].text:
            self.lines.append(_joined(self.row))
        self.row, self.lead = [Piece(self.rest)], self.rest

    def _filled(self) -> bool:
        return len(self.row) > 1

    def _fits(self, more: list[Piece]) -> bool:
        return cells(plain_text((*self.row, *more))) <= self.width


def _joined(row: list[Piece]) -> Line:
    """Return a row with neighbours in the same style joined."""
    found: list[Piece] = []
    for piece in row:
        if found and found[-1].style == piece.style:
            found[-1] = Piece(found[-1].text + piece.text, piece.style)
        elif piece.text:
            found.append(piece)
    return tuple(found)


def _chunks(pieces: Iterable[Piece]) -> Iterator[tuple[str, list[Piece]]]:
    """Yield what must stay on one line, each with what is before it: a space, a line end, nothing."""
    before, chunk = "", list[Piece]()
    for cluster in _clusters(pieces):
        if cluster.text in (" ", "\n"):
            if chunk:
                yield before, chunk
                before, chunk = "", []
            before = max(before, cluster.text, key=("", " ", "\n").index)
        elif chunk and _may_break(chunk[-1].text, cluster.text):
            yield before, chunk
            before, chunk = "", [cluster]
        else:
            chunk.append(cluster)
    if chunk:
        yield before, chunk


def _may_break(left: str, right: str) -> bool:
    """Whether a line may end between two clusters: beside a wide one, as in Chinese or Japanese."""
    wide = not (left + right).isascii() and (cells(left) == 2 or cells(right) == 2)
    return wide and right[0] not in _CLOSING and _cells(right[0]) != 0


def _clusters(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield what a reader takes for one character: a letter with its marks, a flag, an emoji with its parts."""
    cleaned = [Piece(piece.text.translate(_PLAINER), piece.style) for piece in pieces]
    parts = iter(printable_parts("".join(piece.text for piece in cleaned)))
    for piece in cleaned:
        whole = ""
        for char in "".join(islice(parts, len(piece.text))):
            if whole and whole not in " \n" and _belongs(whole, char):
                whole += char
                continue
            if whole:
                yield Piece(whole, piece.style)
            whole = char
        if whole:
            yield Piece(whole, piece.style)


def _belongs(whole: str, char: str) -> bool:
    if char.isascii():
        return False
    skin = "\U0001f3fb" <= char <= "\U0001f3ff"
    pair = _is_flag(char) and _is_flag(whole) and len(whole) == 1
    return _cells(char) == 0 or whole.endswith(_JOINER) or skin or pair


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char[0] <= "\U0001f1ff"
