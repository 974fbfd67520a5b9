"""Where in the file a part of a scalar's value stands: through quotes, escapes, folding and templates."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.source import Span

from .nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

Place = tuple[str, int, int]
"""A character of the value, where it is written, and with how many characters."""

_ESCAPE_LENGTHS: Final = {"x": 4, "u": 6, "U": 10}
_BREAK: Final = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_FOLD: Final = re.compile("[ \t]*(?:\r\n|[\r\n\x85\u2028\u2029])[ \t\r\n\x85\u2028\u2029]*")
_SAME: Final = "\u2028\u2029"
"""Line ends that YAML keeps as they are; all others become a line feed."""


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
        last = sum(places[-1]) if places else scalar.start
        return Span(scalar.source, last, last)
    first = places[start][0]
    return Span(scalar.source, first, sum(places[min(end, len(places)) - 1]) if end > start else first)


def _part_of_spliced(scalar: Spliced, start: int, end: int) -> Span:
    for position in range(len(scalar.pieces) - 1, -1, -1):
        begin, piece, offset = scalar.pieces[position]
        if begin <= start:
            following = position + 1 < len(scalar.pieces)
            limit = scalar.pieces[position + 1][0] if following else len(scalar.value)
            return part_of(piece, start - begin + offset, max(start, min(end, limit)) - begin + offset)
    return scalar.span


@lru_cache(maxsize=4)
def _places(scalar: Scalar) -> tuple[tuple[int, int], ...]:
    """Where each character of a value is written, and with how many characters.

    The scalar is read a second time as YAML reads it; should the two disagree, its characters are looked
    for one after the other.
    """
    text = scalar.value
    for walk in _walks(scalar):
        found = [place for place, _ in zip(walk, text, strict=False)]
        if len(found) == len(text) and all(_same(one[0], char) for one, char in zip(found, text, strict=True)):
            return tuple((start, length) for _, start, length in found)
    return tuple(_searched(scalar))


def _same(written: str, char: str) -> bool:
    """Whether a character is what is written; control characters have become spaces."""
    return written == char or (char == " " and not written.isprintable())


def _walks(scalar: Scalar) -> Iterator[Iterator[Place]]:
    raw, start, end, style = scalar.source.text, scalar.start, scalar.end, scalar.style
    if style in ("|", ">"):
        begin = _BREAK.search(raw, start)
        if begin is not None:
            for indent in _indents(raw, begin.end(), end):
                yield _block(raw, begin.end(), end, indent, folded=style == ">")
    elif style:
        yield _flow(raw, start + 1, end - 1, style)
    else:
        yield _flow(raw, start, end, "")


def _searched(scalar: Scalar) -> Iterator[tuple[int, int]]:
    position = scalar.start
    for char in scalar.value:
        found = scalar.source.text.find(char, position, scalar.end)
        if found >= 0:
            yield found, 1
            position = found + 1
        else:
            yield position, 0


# Plain and quoted


def _flow(raw: str, position: int, end: int, style: str) -> Iterator[Place]:
    while position < end:
        here = raw[position]
        fold = _FOLD.match(raw, position, end)
        if fold:
            yield from _folded(raw, fold.start(), fold.end())
            position = fold.end()
        elif here in " \t":
            blank = _blanks(raw, position, end)
            yield from ((raw[at], at, 1) for at in range(position, blank))
            position = blank
        elif style == '"' and here == "\\":
            broken = _BREAK.match(raw, position + 1, end)
            if broken:
                position = yield from _escaped_break(raw, broken.end(), end)
            else:
                length = _ESCAPE_LENGTHS.get(raw[position + 1], 2)
                yield _escaped(raw[position : position + length]), position, length
                position += length
        else:
            length = 2 if style == "'" and here == "'" else 1
            yield here, position, length
            position += length


def _blanks(raw: str, position: int, end: int) -> int:
    while position < end and raw[position] in " \t":
        position += 1
    return position


def _folded(raw: str, start: int, end: int) -> Iterator[Place]:
    """One line end is a space; of several, all but the first remain."""
    breaks = list(_BREAK.finditer(raw, start, end))
    first = breaks[0]
    if first[0] in _SAME:
        yield first[0], first.start(), 1
    elif len(breaks) == 1:
        yield " ", first.start(), len(first[0])
    yield from (_as_break(one) for one in breaks[1:])


def _escaped_break(raw: str, position: int, end: int) -> Generator[Place, None, int]:
    """Behind an escaped line end white space is dropped, and further line ends remain."""
    space = re.compile("[ \t\r\n\x85\u2028\u2029]*").match(raw, position, end)
    stop = space.end() if space else position
    yield from (_as_break(one) for one in _BREAK.finditer(raw, position, stop))
    return stop


def _as_break(match: re.Match[str]) -> Place:
    return match[0] if match[0] in _SAME else "\n", match.start(), len(match[0])


_ESCAPES: Final = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def _escaped(written: str) -> str:
    if written[1] in _ESCAPE_LENGTHS:
        return chr(int(written[2:], 16))  # noqa: FURB166 - it is no `0x...`
    return _ESCAPES.get(written[1], written[1:])


# Blocks


def _indents(raw: str, start: int, end: int) -> Iterator[int]:
    """The indentations that a block can have, the likely first: that of its first line with something on it."""
    first = re.compile("(?:[ \t]*(?:\r\n|[\r\n\x85\u2028\u2029]))*( *)").match(raw, start, end)
    likely = len(first[1]) if first else 0
    yield likely
    yield from range(likely - 1, -1, -1)


def _block(raw: str, position: int, end: int, indent: int, *, folded: bool) -> Iterator[Place]:
    """The lines of a block; a folded one joins neighbours that are not indented further."""
    ends: list[Place] = []  # the line ends since the last line with something on it
    above = ""
    while position < end:
        broken = _BREAK.search(raw, position, end)
        stop = broken.start() if broken else end
        start = min(position + _leading(raw, position, stop, indent), stop)
        if start < stop:
            yield from _between(ends, above, raw[start]) if folded and above else ends
            yield from ((raw[at], at, 1) for at in range(start, stop))
            above, ends = raw[start], []
        if not broken:
            break
        ends.append(_as_break(broken))
        position = broken.end()
    yield from ends


def _between(ends: list[Place], above: str, below: str) -> Iterator[Place]:
    joined = above not in " \t" and below not in " \t" and ends[0][0] == "\n"
    if joined and len(ends) == 1:
        yield " ", *ends[0][1:]
    yield from ends[joined:]


def _leading(raw: str, position: int, stop: int, indent: int) -> int:
    count = 0
    while count < indent and position + count < stop and raw[position + count] == " ":
        count += 1
    return count
