"""A tune in ABC notation to notes: a part of ABC 2.1 (https://abcnotation.com/wiki/abc:standard:v2.1), read strictly.

What is not in that part is a mistake and not passed over: a tune that sounds otherwise than it is written helps nobody.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .abc_fields import Head, read_field
from .expression import SyntaxMistakeError
from .tune import HIGHEST, LETTERS, LOWEST, WHOLE, Bar, Note, Pitch, Tune, Voice, signature

if TYPE_CHECKING:
    from typing import NoReturn

MOST_NOTES: Final = 500
MOST_SECONDS: Final = 120
"""The most notes of a tune in all voices, and how long it may last."""
MAX_LENGTH: Final = 20_000
"""The longest tune, in characters."""
_LONGEST: Final = 4 * WHOLE
_FIELD: Final = re.compile(r"(?P<key>[A-Za-z]):(?P<value>.*)|%%(?P<order>.*)|%.*|\s*")
_NOTE: Final = re.compile(r"(?P<sign>\^\^?|__?|=)?(?P<letter>[A-Ga-g])(?P<octave>[,']*)")
_LENGTH: Final = re.compile(r"(?P<count>\d*)(?P<slash>/*)(?P<part>\d*)")
_BAR: Final = re.compile(r"\|\]|\|\||\[\||\|")
_BROKEN: Final = re.compile(r">+|<+")
_TUPLET: Final = re.compile(r"\((?P<count>\d)")
_TIMES: Final = {"2": 3, "3": 2, "4": 3, "5": 4, "6": 4, "7": 4}
"""How many notes' time a tuplet of so many takes."""
_SIGN: Final = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}
_FOREIGN: Final = {
    ":": "repeats are written out here",
    '"': "chord symbols and words are not shown here: leave them out",
    "!": "decorations are not played here: leave them out",
    "+": "decorations are not played here: leave them out",
    "{": "grace notes are not played here: leave them out, or write them as notes",
    "~": "decorations are not played here: leave them out",
    ".": "decorations are not played here: leave them out",
    "&": "a second voice begins with a line `V:2`",
    "H": "notes are the letters A to G and a to g, a rest is z",
}


def parse_tune(text: str) -> Tune:
    """Return the tune in a text; raises SyntaxMistakeError with offsets in it."""
    if len(text) > MAX_LENGTH:
        raise SyntaxMistakeError(f"a tune has at most {MAX_LENGTH:,} characters", 0, 1)
    head, bodies = Head(), dict[str, _Body]()
    at = 0
    for line in text.splitlines(keepends=True):
        _line(line.rstrip("\r\n"), at, head, bodies)
        at += len(line)
    if not head.done:
        hint = "the lines before the notes end with the key: `K:C`"
        raise SyntaxMistakeError("this tune has no key", 0, max(1, len(text.rstrip())), hint)
    return _finished(text, head, bodies)


def _line(line: str, at: int, head: Head, bodies: dict[str, _Body]) -> None:
    """Read a line: a field, an instruction, a remark, or notes."""
    match = _FIELD.fullmatch(line)
    if match and match["key"]:
        read_field(head, match["key"], match["value"], at + match.start("key"))
    elif match and match["order"] is not None:
        head.order(match["order"], at)
    elif match is None and not head.done:
        hint = "the lines before the notes end with the key: `K:C`"
        raise SyntaxMistakeError("these notes stand before the key", at, at + len(line), hint)
    elif match is None:
        body = bodies.setdefault(head.voice, _Body(head))
        body.read(line.partition("%")[0], at)
        count = sum(one.count for one in bodies.values())
        if count > MOST_NOTES:
            raise SyntaxMistakeError(f"a tune has at most {MOST_NOTES} notes", at, at + len(line))


def _finished(text: str, head: Head, bodies: dict[str, _Body]) -> Tune:
    voices = tuple(body.voice(head.clefs.get(name, "")) for name, body in bodies.items())
    if not any(note.pitches for voice in voices for bar in voice.bars for note in bar.notes):
        raise SyntaxMistakeError("there are no notes in this tune", 0, max(1, len(text.rstrip())))
    tune = Tune(
        head.title, head.sharps, head.meter, head.beat, head.tempo, voices, head.concert, frozenset(head.buzzing)
    )
    longest = max(sum(bar.length for bar in voice.bars) for voice in voices)
    if tune.seconds(longest) > MOST_SECONDS:
        message = f"this lasts {tune.seconds(longest):.0f} seconds; a tune lasts {MOST_SECONDS} at most"
        raise SyntaxMistakeError(message, 0, max(1, len(text.rstrip())))
    return tune


class _Draft:
    """A note while it is read: what comes behind it may change it."""

    def __init__(self, start: int, written: int, pitches: tuple[tuple[Pitch, int | None], ...]) -> None:
        self.start = self.end = start
        self.written, self.pitches = written, pitches
        self.times, self.tuplet = (1, 1), (1, 1)
        self.tied = False

    @property
    def exact(self) -> tuple[int, int]:
        """Its length as written in ticks, as a fraction."""
        return self.written * self.times[0], self.times[1]

    def note(self) -> Note:
        """Return the note itself."""
        above, below = self.exact
        length, rest = divmod(above * self.tuplet[0], below * self.tuplet[1])
        if rest or above % below:
            raise SyntaxMistakeError("this note is too short to be counted", self.start, self.end)
        if not length or length > _LONGEST:
            raise SyntaxMistakeError("a note lasts from a 128th to four whole notes", self.start, self.end)
        pitches = tuple(pitch for pitch, _ in self.pitches)
        return Note(length, above // below, pitches, tuple(sign for _, sign in self.pitches), self.tied)


class _Body:
    """The notes of a voice, a line at a time."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.bars: list[tuple[Bar, tuple[int, int]]] = []
        self.drafts: list[_Draft] = []
        self.signs: dict[int, int] = {}
        self.held: dict[int, int] = {}
        self.count = 0
        self.times: tuple[int, int] | None = None
        self.tuplet, self.left = (1, 1), 0
        self.line, self.at, self.start = "", 0, 0

    def read(self, line: str, start: int) -> None:
        """Read a line of notes that begins at an offset."""
        self.line, self.start, self.at = line, start, 0
        while self.at < len(line):
            self._next(line[self.at])

    def _next(self, char: str) -> None:
        """Read what stands at the present place."""
        tuplet, bar = _TUPLET.match(self.line, self.at), _BAR.match(self.line, self.at)
        broken = _BROKEN.match(self.line, self.at)
        if char.isspace() or (char in "()\\" and not tuplet):  # slurs, and a line that goes on on the next
            self.at += 1
        elif tuplet:
            self._begin_tuplet(tuplet)
        elif bar:
            self.at = bar.end()
            self._end_bar(bar[0])
        elif broken:
            self._break(broken)
        elif char == "-":
            self._tie()
        elif char in "zx":
            self.at += 1
            self._add(self.at - 1, ())
        elif char == "[":
            self._chord()
        elif _NOTE.match(self.line, self.at):
            first = self.at
            self._add(first, (self._pitch(),))
        else:
            known = char in _FOREIGN and char != "H"
            message = f"`{char}` is not known here" if known else f"`{char}` is no note"
            self._wrong(message, self.at, self.at + 1, _FOREIGN[char if known else "H"])

    def _wrong(self, message: str, start: int, end: int, hint: str = "") -> NoReturn:
        raise SyntaxMistakeError(message, self.start + start, self.start + end, hint)

    # Notes

    def _pitch(self) -> tuple[Pitch, int | None]:
        """Read a pitch: an accidental holds for its letter, in all octaves, up to the end of the bar."""
        match = _NOTE.match(self.line, self.at)
        if match is None:
            self._wrong("a note should stand here", self.at, self.at + 1, _FOREIGN["H"])
        self.at = match.end()
        letter = LETTERS.index(match["letter"].upper())
        octave = 4 + match["letter"].islower() + match["octave"].count("'") - match["octave"].count(",")
        sign = _SIGN.get(match["sign"] or "")
        if sign is not None:
            self.signs[letter] = sign
        place = 7 * octave + letter
        usual = self.signs.get(letter, signature(self.head.sharps).get(letter, 0))
        held = self.held.get(place, usual) if not self.drafts else usual  # a tie holds an accidental over the bar line
        pitch = Pitch(place, usual if sign is not None else held)
        if not LOWEST <= pitch.key <= HIGHEST:
            self._wrong(f"no piano has the note `{match[0]}`", *match.span(), "`C` is middle C, `c` an octave above it")
        return pitch, sign

    def _chord(self) -> None:
        first, pitches = self.at, list[tuple[Pitch, int | None]]()
        if re.match(r"\[[A-Za-z]:", self.line[self.at :]):
            self._wrong("fields stand on lines of their own here", self.at, self.at + 3)
        self.at += 1
        while self.at < len(self.line) and self.line[self.at] != "]":
            pitches.append(self._pitch())
        if self.at >= len(self.line) or not pitches:
            hint = "a chord is notes between brackets: `[CEG]2`"
            self._wrong("this chord is not closed" if pitches else "this chord is empty", first, first + 1, hint)
        self.at += 1
        self._add(first, tuple(sorted(pitches, key=lambda one: (one[0].place, one[0].alter))))

    def _add(self, first: int, pitches: tuple[tuple[Pitch, int | None], ...]) -> None:
        """Add a note whose length stands at the present place."""
        match = _LENGTH.match(self.line, self.at)
        assert match is not None  # noqa: S101 - it fits on nothing as well
        self.at = match.end()
        if len(match["count"]) > 3 or len(match["part"]) > 3 or (match["part"] and not match["slash"]):
            self._wrong("this is no length", *match.span(), "lengths are written `2`, `/2`, `3/2`")
        above = int(match["count"] or 1)
        below = int(match["part"]) if match["part"] else 2 ** len(match["slash"])
        if not above or not below or (self.head.unit * above) % below:
            self._wrong("this is no length that can be counted", *match.span(), "write `2`, `/2`, `3/2`")
        draft = _Draft(self.start + first, self.head.unit * above // below, pitches)
        draft.end = self.start + self.at
        if self.times:
            draft.times, self.times = self.times, None
        if self.left:
            draft.tuplet, self.left = self.tuplet, self.left - 1
        self.drafts.append(draft)
        self.count += max(1, len(pitches))

    def _begin_tuplet(self, match: re.Match[str]) -> None:
        if match["count"] not in _TIMES or self.left:
            self._wrong("this is no tuplet", *match.span(), "write `(3` before three notes in the time of two")
        self.tuplet, self.left = (_TIMES[match["count"]], int(match["count"])), int(match["count"])
        self.at = match.end()

    def _break(self, match: re.Match[str]) -> None:
        """Make the note before longer and the next one shorter, or the other way round."""
        if not self.drafts or self.times:
            self._wrong(f"`{match[0]}` stands between two notes", *match.span())
        half = 2 ** min(len(match[0]), 3)
        long, short = (2 * half - 1, half), (1, half)
        first, self.times = (long, short) if match[0][0] == ">" else (short, long)
        self.drafts[-1].times = first
        self.at = match.end()

    def _tie(self) -> None:
        if not self.drafts or not self.drafts[-1].pitches:
            self._wrong("a tie stands directly behind a note", self.at, self.at + 1)
        self.drafts[-1].tied = True
        self.at += 1

    # Bars

    def _end_bar(self, end: str) -> None:
        if not self.drafts:
            return
        if self.times or self.left:
            self._wrong("a bar line stands in the middle of notes that belong together", self.at - len(end), self.at)
        span = (self.drafts[0].start, self.drafts[-1].end)
        bar = Bar(tuple(draft.note() for draft in self.drafts), end)
        self.bars.append((bar, span))
        last = self.drafts[-1]
        self.held = {pitch.place: pitch.alter for pitch, _ in last.pitches} if last.tied else {}
        self.drafts, self.signs = [], {}

    def voice(self, clef: str) -> Voice:
        """Return the voice; each bar must be as long as the meter says, but the first and the last may be shorter."""
        self._end_bar("")
        meter = self.head.meter
        for number, (bar, span) in enumerate(self.bars):
            wanted = WHOLE * meter[0] // meter[1] if meter else bar.length
            edge = number in (0, len(self.bars) - 1)
            if bar.length > wanted or (bar.length < wanted and not edge):
                said = f"{meter[0]}/{meter[1]}" if meter else ""
                message = f"this bar is {_counted(bar.length, said)} long, and the meter is {said}"
                raise SyntaxMistakeError(message, *span, "look at the lengths of its notes, or set `M:` and `L:`")
        places = [pitch.place for bar, _ in self.bars for note in bar.notes for pitch in note.pitches]
        low = sum(places) < 28 * len(places)  # below middle C, on average
        return Voice(clef or ("bass" if low else "treble"), tuple(bar for bar, _ in self.bars))


def _counted(ticks: int, meter: str) -> str:
    """Return a length in words that musicians use: in the parts of the meter, where that comes out."""
    parts = sorted((1, 2, 4, 8, 16, 32, 64, 128), key=lambda one: (not meter.endswith(f"/{one}"), one))
    below = next((one for one in parts if not ticks * one % WHOLE), 0)
    return f"{ticks * below // WHOLE}/{below}" if below else f"about {ticks * 64 // WHOLE}/64"
