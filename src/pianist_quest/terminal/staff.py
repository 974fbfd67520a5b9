"""The opening of a tune on staves of text characters, as far as a width allows. Pure.

A line or space of a staff is a row; a note stands above where it begins. Short notes have flags and no beams.
"""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING, Final

from pianist_quest.records import record
from pianist_quest.worldfile.tune import WHOLE, signature

from .wrap import Piece, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pianist_quest.worldfile.tune import Note, Tune, Voice

    from .wrap import Line

_BOTTOM: Final = {"treble": 30, "bass": 18}
"""The place of the lowest line: E4 and G2 (see worldfile.tune.Pitch)."""
_STEM: Final = 3
"""The rows of a stem beyond its head."""
_SHARPS_AT: Final = {3: 38, 0: 35, 4: 39, 1: 36, 5: 33, 2: 37, 6: 34}
_FLATS_AT: Final = {6: 34, 2: 37, 5: 33, 1: 36, 4: 32, 0: 35, 3: 31}
"""Where the signs of a key stand in the treble, by letter; in the bass two octaves lower, and so two rows."""
_CLEF: Final = {"treble": ("&", 2), "bass": ("9:", 6)}
"""The signs of the clefs, and the row of the line they name, from the lowest line up."""


@record
class Ink:
    """The characters to draw with; `bar` is by row: the highest, a line, a space, the lowest."""

    line: str
    stem: str
    crossed: str
    bar: str
    double: str
    full: str
    half: str
    whole: str
    signs: dict[int, str]
    flags: tuple[str, str]
    """Of stems that go up, and down."""
    dot: str
    tie: str


PRINT: Final = Ink(
    "─", "│", "┼", "┬┼│┴", "║", "●", "○", "○", {2: "x", 1: "♯", 0: "♮", -1: "♭", -2: "♭"}, ("╲", "╱"), "·", "‿",  # noqa: RUF001
)  # fmt: skip
ASCII: Final = Ink(
    "-", "|", "|", "||||", "H", "@", "o", "O", {2: "x", 1: "#", 0: "n", -1: "b", -2: "b"}, ("\\", "/"), ".", "_"
)
_RESTS: Final = ((WHOLE, "▀", "=", 6), (WHOLE // 2, "▄", "=", 4), (WHOLE // 4, "ξ", "z", 4), (0, "7", "7", 4))
"""From the longest down: the sign, that in ASCII, the row of its place from the lowest line up."""


def staff_lines(tune: Tune, width: int, ink: Ink = PRINT) -> list[Line]:
    """Return the opening as staves, one below the other, as many whole bars as fit into a width, or else notes."""
    columns = _Columns(tune, width)
    lines: list[Line] = []
    for voice in tune.voices:
        lines += [()] if lines else []
        lines += _Staff(tune, voice, columns, ink).rows()
    return lines


def _onsets(voice: Voice) -> Iterator[tuple[int, Note]]:
    """Yield a voice's notes with when they begin, in ticks."""
    now = 0
    for bar in voice.bars:
        for note in bar.notes:
            yield now, note
            now += note.length


def _bar_ends(voice: Voice) -> Iterator[tuple[int, str]]:
    now = 0
    for bar in voice.bars:
        now += bar.length
        yield now, bar.end


class _Columns:
    """Which column each moment stands in, the same for all voices."""

    def __init__(self, tune: Tune, width: int) -> None:
        self.meter = 2 + max(len(_CLEF[voice.clef][0]) for voice in tune.voices) + abs(tune.sharps)
        notes: dict[int, list[Note]] = {}
        for voice in tune.voices:
            for now, note in _onsets(voice):
                notes.setdefault(now, []).append(note)
        ends = {now for voice in tune.voices for now, end in _bar_ends(voice) if end}
        self.at: dict[int, int] = {}
        self.bars: dict[int, int] = {}
        column = self.meter + (3 if tune.meter else 1)
        for now in sorted({*notes, *ends}):
            if now in ends:
                self.bars[now], column = column, column + 2
            if now in notes:
                self.at[now] = column + max(any(sign is not None for sign in note.signs) for note in notes[now])
                column = self.at[now] + max(map(_room, notes[now]))
        self._cut(width)

    def _cut(self, width: int) -> None:
        """Leave out what does not fit: the bars that are not whole, or where none is, notes."""
        bars = {now: at for now, at in self.bars.items() if at < width}
        if len(bars) < len(self.bars) or any(at + 2 > width for at in self.at.values()):
            end = max(bars, default=max([now + 1 for now, at in self.at.items() if at + 2 <= width], default=0))
            self.at = {now: at for now, at in self.at.items() if now < end}
            self.bars = bars
        last = max([*self.at.values(), *self.bars.values()], default=0)
        self.width = min(width, last + (1 if last in self.bars.values() else 3))


def _room(note: Note) -> int:
    """Return the cells from the head of a note to what follows."""
    return 3 + (note.written >= WHOLE // 2) + (note.written >= WHOLE)


class _Staff:
    """One voice, as characters by row (a place, upwards) and column."""

    def __init__(self, tune: Tune, voice: Voice, columns: _Columns, ink: Ink) -> None:
        self.tune, self.voice, self.columns, self.ink = tune, voice, columns, ink
        self.bottom = _BOTTOM[voice.clef]
        self.top = self.bottom + 8
        self.marks: dict[tuple[int, int], str] = {}
        self.shared = 0
        self._head()
        for now, end in _bar_ends(voice):
            if now in columns.bars:
                self._bar(columns.bars[now], end)
        for now, note in _onsets(voice):
            if now in columns.at:
                self._note(columns.at[now], note)

    def rows(self) -> list[Line]:
        """Return the rows from the highest down."""
        marked = [place for place, _ in self.marks]
        places = range(min(self.bottom, *marked), max(self.top, *marked) + 1)
        return [self._row(place) for place in reversed(places)]

    def _row(self, place: int) -> Line:
        pieces: list[Piece] = []
        for column in range(self.columns.width):
            empty = self.ink.line if self._is_line(place) else " "
            mark = self.marks.get((place, column))
            pieces.append(Piece(mark or empty, Style.PLAIN if mark else Style.QUIET))
        while pieces and pieces[-1].text == " ":
            pieces.pop()
        return _joined(pieces)

    def _is_line(self, place: int) -> bool:
        return self.bottom <= place <= self.top and (place - self.bottom) % 2 == 0

    def _put(self, place: int, column: int, text: str) -> None:
        for at, char in enumerate(text):
            self.marks[place, column + at] = char

    def _head(self) -> None:
        """Draw the clef, the signs of the key, the meter."""
        sign, row = _CLEF[self.voice.clef]
        self._put(self.bottom + row, 1, sign)
        places = _SHARPS_AT if self.tune.sharps > 0 else _FLATS_AT
        lower = 14 if self.voice.clef == "bass" else 0
        for at, (letter, alter) in enumerate(signature(self.tune.sharps).items()):
            self._put(places[letter] - lower, 1 + len(sign) + at, self.ink.signs[alter])
        if self.tune.meter:
            for row, number in zip((5, 3), self.tune.meter, strict=True):
                self._put(self.bottom + row, self.columns.meter, str(number)[:2])

    def _bar(self, column: int, end: str) -> None:
        for place in range(self.bottom, self.top + 1):
            row = 0 if place == self.top else 3 if place == self.bottom else 1 if self._is_line(place) else 2
            self._put(place, column, self.ink.bar[row] if end == "|" else self.ink.double)

    def _note(self, column: int, note: Note) -> None:
        if not note.pitches:
            self._rest(column, note)
            return
        places = [pitch.place for pitch in note.pitches]
        tip = self._stem(column, note, places) if note.written < WHOLE else max(places) + 1
        self._tuplet(column, note, tip)
        for pitch, sign in zip(note.pitches, note.signs, strict=True):
            self._ledgers(column, pitch.place)
            short = note.written < WHOLE // 2
            head = self.ink.full if short else self.ink.half if note.written < WHOLE else self.ink.whole
            self._put(pitch.place, column, head)
            if sign is not None:
                self._put(pitch.place, column - 1, self.ink.signs[sign])
            behind = (self.ink.dot if _is_dotted(note) else "") + (self.ink.tie if note.tied else "")
            self._put(pitch.place, column + 1, behind)

    def _ledgers(self, column: int, place: int) -> None:
        """Draw the lines on which a note above or below the staff stands."""
        lines = (*range(self.top + 2, place + 1, 2), *range(self.bottom - 2, place - 1, -2))
        for line in lines:
            for at in (column - 1, column, column + 1):
                self.marks.setdefault((line, at), self.ink.line)

    def _tuplet(self, column: int, note: Note, tip: int) -> None:
        """Write the number of notes that share the time of fewer beside the middle one of them."""
        count = note.written // gcd(note.written, note.length)
        self.shared = (self.shared + 1) % count
        if count > 1 and self.shared == (count + 1) // 2:
            self._put(tip + (1 if tip > note.pitches[-1].place else -1), column, str(count))

    def _stem(self, column: int, note: Note, places: list[int]) -> int:
        """Draw the stem with its flags; return where it ends."""
        up = sum(places) < (self.bottom + 4) * len(places)
        tip = max(places) + _STEM if up else min(places) - _STEM
        for place in range(min(*places, tip), max(*places, tip) + 1):
            line = self._is_line(place)
            self._put(place, column, self.ink.crossed if line else self.ink.stem)
        self._put(tip, column, self.ink.stem)
        flags = sum(note.written < WHOLE // length for length in (4, 8, 16, 32))
        for at in range(min(flags, _STEM)):
            self._put(tip - at if up else tip + at, column + 1, self.ink.flags[0 if up else 1])
        return tip

    def _rest(self, column: int, note: Note) -> None:
        _, sign, plain, row = next(one for one in _RESTS if note.written >= one[0])
        self._put(self.bottom + row, column, plain if self.ink is ASCII else sign)
        if _is_dotted(note):
            self._put(self.bottom + row, column + 1, self.ink.dot)


def _is_dotted(note: Note) -> bool:
    """Whether a note is half as long again as one without a dot."""
    return any(note.written * 2 * length == 3 * WHOLE for length in (1, 2, 4, 8, 16, 32, 64))


def _joined(pieces: list[Piece]) -> Line:
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].style == piece.style:
            found[-1] = Piece(found[-1].text + piece.text, piece.style)
        else:
            found.append(piece)
    return tuple(found)
