"""A map in characters: boxes and lines, or ASCII where a terminal has no others. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.source import one_line
from pianist_quest.records import record

from .map import chart
from .render import said
from .survey import listed, named, told
from .wrap import Piece, Style, cells, plain_text, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .map import Cell, Chart, Link
    from .survey import Known
    from .wrap import Line

_NAME: Final = 12
"""The cells of a name in its box."""
_SMALL_NAME: Final = 9
"""The same on the small map, which has no words beside its lines."""
_ACROSS: Final = 4
_SMALL_ACROSS: Final = 3
_DOWN: Final = 1
"""The least cells and the lines between boxes."""
_LONGEST: Final = 10
"""The most cells of a word beside a line."""
_BELOW: Final = 6
"""The lines of a screen that are left for the key below a map, the prompt and the status."""
_LEAST: Final = 8
"""The least lines that a map takes."""


@record
class Pen:
    """The characters to draw with: of boxes the four corners, the edge and the side; lines and arrows by direction."""

    room: str
    here: str
    named: str
    lines: dict[Cell, str]
    arrows: dict[Cell, str]
    door: str
    shut: str


_STEPS: Final = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1))
BOXES: Final = Pen(
    "┌┐└┘─│", "╔╗╚╝═║", "┌┐└┘┄┆", dict(zip(_STEPS, "──││╲╲╱╱", strict=True)),  # noqa: RUF001 - lines
    dict(zip(_STEPS, "→←↓↑↘↖↗↙", strict=True)), "▯", "╳",  # noqa: RUF001 - a line
)  # fmt: skip
ASCII: Final = Pen(
    "++++-|", "####=#", ".....:", dict(zip(_STEPS, "--||\\\\//", strict=True)),
    dict(zip(_STEPS, "><v^\\\\//", strict=True)), "'", "x",
)  # fmt: skip


def map_lines(known: Known, width: int, height: int, pen: Pen = BOXES) -> list[Line]:
    """Return the map, at most so many cells wide and (0: as it comes) lines high; below it, what is not on it."""
    found = chart(known)
    if known.here not in found.cells:
        rest = [told(known, one) for one in found.rest]
        return said([f"You are on no map.{' These you know:' if rest else ''}", *rest], width)
    sheet = _Sheet(known, found, pen)
    sheet.crop(width, max(height - _BELOW, _LEAST) if height else 0)
    below = said(_beside(known, found, sheet.shown), width)
    if height and below:
        sheet.crop(width, max(height - _BELOW - 1 - len(below), _LEAST))
        below = said(_beside(known, found, sheet.shown), width)
    rows = sheet.rows()
    return [*rows, (), *said([sheet.key()], width), *([()] if below else []), *below]


def small_map(known: Known, width: int, height: int, *, boxes: bool) -> list[Line]:
    """Return the rooms around the player's; nothing where that is on no map, or no room beside it has a place."""
    found = chart(known)
    if known.here not in found.cells:
        return []
    sheet = _Sheet(known, found, BOXES if boxes else ASCII, small=True)
    sheet.crop(width, height)
    return sheet.rows() if len(sheet.shown) > 1 else []


def _beside(known: Known, found: Chart, shown: set[int]) -> Iterator[str]:
    """Yield what is not drawn: ways that are no line, rooms beside the map, rooms that no way joins with it."""
    for number, ways in found.others.items():
        if number in shown:
            yield f"{known.places[number].name}, also: {', '.join(listed(known, way) for way in ways)}."
    near = [one for one in found.rest if any(way.room in found.cells for way in known.places[one].ways)]
    if near:
        yield from ("Not on the map:", *(told(known, one) for one in near))
    far = [named(known, one) for one in found.rest if one not in near]
    if far:
        yield f"Elsewhere: {'; '.join(far)}."


class _Sheet:
    """The part of a map that is shown, as pieces by line and column of the screen."""

    def __init__(self, known: Known, found: Chart, pen: Pen, *, small: bool = False) -> None:
        self.known, self.found, self.pen, self.small = known, found, pen, small
        name = _SMALL_NAME if small else _NAME
        self.texts = {cell: _inside(known, found, number, name) for number, cell in found.cells.items()}
        self.here = found.cells[known.here]
        labels = [cells(self._label(link)) for link in found.links if link.step[0]]
        self.across = max([_SMALL_ACROSS if small else _ACROSS, *labels])
        self.columns = _span(x for x, _ in self.texts)
        self.lines = _span(y for _, y in self.texts)
        self.left: dict[int, int] = {}
        self.top: dict[int, int] = {}
        self.cropped = False
        self._used = ""
        self._pieces: dict[int, dict[int, Piece]] = {}

    def wide(self, x: int) -> int:
        """Return the cells of a column."""
        inner = (cells(plain_text(line)) for (u, _), text in self.texts.items() if u == x for line in text)
        return max(inner, default=self.across) + 2

    def high(self, y: int) -> int:
        """Return the lines of a row."""
        return max((len(text) for (_, v), text in self.texts.items() if v == y), default=0) + 2

    def crop(self, width: int, height: int) -> None:
        """Keep the columns and rows around the player that fit; a height of 0 is without limit."""
        self.columns, self.lines = whole = _span(x for x, _ in self.texts), _span(y for _, y in self.texts)
        self.columns = _around(self.columns, self.here[0], lambda x: self.wide(x) + self.across, width - self.across)
        if height:
            self.lines = _around(self.lines, self.here[1], lambda y: self.high(y) + _DOWN, height - _DOWN)
        self.cropped = (self.columns, self.lines) != whole

    @property
    def shown(self) -> set[int]:
        """The rooms in the part that is shown."""
        return {number for number, (x, y) in self.found.cells.items() if x in self.columns and y in self.lines}

    def rows(self) -> list[Line]:
        """Return the lines."""
        self.left = _offsets(self.columns, self.wide, self.across)
        self.top = _offsets(self.lines, self.high, _DOWN)
        for number in self.shown:
            self._box(number, *self.found.cells[number])
        shown = {self.found.cells[number] for number in self.shown}
        for link in self.found.links:
            if not self.small or {link.start, link.end} <= shown:
                self._link(link)
        for gap, step in self.found.stubs.items():
            self._stub(gap, step)
        return _lines(self._pieces)

    def key(self) -> str:
        """Return what the signs mean that were used."""
        signs = (self.pen.named[4], "?", self.pen.door, self.pen.shut)
        meanings = ("known, not been there", "unknown", "a door", "shut")
        meant = [f"{sign} {meaning}" for sign, meaning in zip(signs, meanings, strict=True) if sign in self._used]
        more = ["the map goes on beyond the edge"] if self.cropped else []
        return f"{'; '.join([f'You are in the box of {self.pen.here[4]}', *meant, *more])}."

    def _box(self, number: int, x: int, y: int) -> None:
        place = self.known.places[number]
        signs = self.pen.here if number == self.known.here else self.pen.room if place.visited else self.pen.named
        self._used += signs[4] + ("?" if number in self.found.inside else "")
        top, left, wide, high = self.top[y], self.left[x], self.wide(x), self.high(y)
        text = self.texts[x, y]
        self._put(top, left, Piece(f"{signs[0]}{signs[4] * (wide - 2)}{signs[1]}"))
        for at in range(high - 2):
            line = text[at] if at < len(text) else ()
            room = wide - 2 - cells(plain_text(line))
            self._put(top + 1 + at, left, Piece(f"{signs[5]}{' ' * (room // 2)}"))
            column = left + 1 + room // 2
            for piece in line:
                self._put(top + 1 + at, column, piece)
                column += cells(piece.text)
            self._put(top + 1 + at, column, Piece(f"{' ' * (room - room // 2)}{signs[5]}"))
        self._put(top + high - 1, left, Piece(f"{signs[2]}{signs[4] * (wide - 2)}{signs[3]}"))

    def _label(self, link: Link) -> str:
        """Return what stands on a line: its word with the direction it leads in, whether it is shut or has a door."""
        arrow = self.pen.arrows[link.step] if link.word or link.one_way else ""
        sign = self.pen.shut if not link.open else self.pen.door if link.door else ""
        return f"{'' if self.small else _cut(one_line(link.word), _LONGEST)}{arrow}{sign}"

    def _link(self, link: Link) -> None:
        label = self._label(link)
        for at, gap in enumerate(link.crossed):
            self._line(gap, link.step, label if at == len(link.crossed) // 2 else "")

    def _line(self, gap: Cell, step: Cell, label: str) -> None:
        """Draw the part of a line that is in a gap or an empty cell, with a label in its middle."""
        across, down = _place(gap[0], self.left, self.wide, self.across), _place(gap[1], self.top, self.high, _DOWN)
        if not across or not down:
            return
        self._used += label
        sign = self.pen.lines[step]
        (left, wide), (top, high) = across, down
        middle = top + (high - 1) // 2
        if not step[1]:
            self._put(middle, left, Piece(_centred(label, wide, sign)))
            return
        for row in range(top, top + high):
            text = label if row == middle and label else sign
            self._put(row, left + (wide - cells(text)) // 2, Piece(text))

    def _stub(self, gap: Cell, step: Cell) -> None:
        """Draw the beginning of a way to an unknown room."""
        across, down = _place(gap[0], self.left, self.wide, self.across), _place(gap[1], self.top, self.high, _DOWN)
        if not across or not down:
            return
        self._used += "?"
        sign = self.pen.lines[step]
        (left, wide), (top, high) = across, down
        text = "?" if not step[0] else f"{sign}?" if step[1] else f"{sign}{sign}?"
        text = text if step[0] > 0 else text[::-1]
        start = left if step[0] > 0 else left + wide - len(text) if step[0] else left + (wide - 1) // 2
        self._put(top + (high - 1) // 2, start, Piece(text))

    def _put(self, row: int, column: int, piece: Piece) -> None:
        if piece.text:
            self._pieces.setdefault(row, {})[column] = piece


def _inside(known: Known, found: Chart, number: int, name: int) -> list[Line]:
    """Return what stands in a room's box: its name, the people met there, ways to unknown rooms without a line."""
    place = known.places[number]
    style = Style.STRONG if number == known.here else Style.PLAIN if place.visited else Style.QUIET
    lines = wrap((Piece(place.name, style),), name)
    if place.people:
        lines += wrap((Piece(", ".join(place.people), Style.EMPHASIS | Style.PERSON),), name)
    words = found.inside.get(number)
    return lines + (wrap((Piece(f"{', '.join(words)}: ?", Style.QUIET),), name) if words else [])


def _span(numbers: Iterator[int]) -> range:
    found = set(numbers)
    return range(min(found), max(found) + 1)


def _around(whole: range, middle: int, size: Callable[[int], int], most: int) -> range:
    """Return the part of a range around a number, itself at least, whose sizes fit."""
    first = last = middle
    left = most - size(middle)
    while True:
        wanted = sorted({first - 1, last + 1} & set(whole), key=lambda at: (abs(at - middle), at))
        fitting = [at for at in wanted if size(at) <= left]
        if not fitting:
            return range(first, last + 1)
        left -= size(fitting[0])
        first, last = min(first, fitting[0]), max(last, fitting[0])


def _offsets(shown: range, size: Callable[[int], int], gap: int) -> dict[int, int]:
    """Return where each column or row begins; a gap is before the first."""
    found, at = dict[int, int](), gap
    for number in shown:
        found[number] = at
        at += size(number) + gap
    return found


def _place(half: int, offsets: dict[int, int], size: Callable[[int], int], gap: int) -> tuple[int, int] | None:
    """Return where a column or gap, counted by halves, begins and how large it is; None where it is not shown."""
    if half % 2 == 0:
        return (offsets[half // 2], size(half // 2)) if half // 2 in offsets else None
    before = (half - 1) // 2
    if before in offsets:
        return offsets[before] + size(before), gap
    return (offsets[before + 1] - gap, gap) if before + 1 in offsets else None


def _centred(text: str, wide: int, fill: str) -> str:
    room = wide - cells(text)
    return f"{fill * (room // 2)}{text}{fill * (room - room // 2)}"


def _cut(text: str, most: int) -> str:
    while cells(text) > most:
        text = text[:-1]
    return text


def _lines(pieces: dict[int, dict[int, Piece]]) -> list[Line]:
    """Return pieces as lines, without the empty margin."""
    margin = min(column for row in pieces.values() for column in row)
    lines: list[Line] = []
    for number in range(min(pieces), max(pieces) + 1):
        line, at = list[Piece](), margin
        line += [Piece("", Style.DRAWN)] if number in pieces else []
        for column, piece in sorted(pieces.get(number, {}).items()):
            line += [Piece(" " * (column - at)), piece] if column > at else [piece]
            at = column + cells(piece.text)
        lines.append(tuple(line))
    return lines
