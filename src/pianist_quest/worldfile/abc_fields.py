"""What stands before the notes of a tune in ABC notation: fields such as `K:Am`, instructions such as `%%buzz _A`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from .expression import SyntaxMistakeError
from .tune import CONCERT, LETTERS, WHOLE

TEMPO: Final = 100
"""The beats a minute where a tune says nothing: a quiet andante, in quarters."""
_TONICS: Final = {name: number for number, name in enumerate(
    ("Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#", "G#", "D#", "A#"), -7
)}  # fmt: skip
"""The sharps of major keys."""
_MODES: Final = {"": 0, "maj": 0, "ion": 0, "m": -3, "min": -3, "aeo": -3, "dor": -2, "phr": -4, "lyd": 1, "mix": -1,
                 "loc": -5}  # fmt: skip
_KEY: Final = re.compile(r"(?P<tonic>[A-G][b#]?)\s*(?P<mode>[a-zA-Z]*)|none")
_CLEF: Final = re.compile(r"\s*(?:clef\s*=\s*)?(treble|bass)\s*$")
_METER: Final = re.compile(r"(\d{1,2})/(1|2|4|8|16|32)")
_UNIT: Final = re.compile(r"1/(1|2|4|8|16|32|64)")
_TEMPO: Final = re.compile(r'(?:"[^"]*"\s*)?(\d{1,2})/(\d{1,2})\s*=\s*(\d{1,3})')
_PITCH: Final = re.compile(r"(\^|_|=)?([A-Ga-g])([,']*)")
_IGNORED: Final = frozenset("XCORSNBDFGHZ")
"""Fields that say where a tune comes from."""


@dataclass
class Head:
    """What has been said so far: `voice` is the one that is being written, `unit` and `beat` are in ticks."""

    title: str = ""
    sharps: int = 0
    meter: tuple[int, int] | None = None
    unit: int = WHOLE // 8
    beat: int = WHOLE // 4
    tempo: int = TEMPO
    concert: int = CONCERT
    buzzing: set[int] = field(default_factory=set)
    voice: str = ""
    clefs: dict[str, str] = field(default_factory=dict)
    done: bool = False
    """Whether the key has been told, and notes follow."""
    _has_unit: bool = False

    def order(self, text: str, at: int) -> None:
        """Read an instruction of ours; those of other programs are passed over, as the standard wants it."""
        word, _, rest = text.strip().partition(" ")
        start = at + 2 + text.find(rest) if rest else at
        if word == "pitch":
            if not (rest.strip().isascii() and rest.strip().isdigit() and 390 <= int(rest) <= 470):
                message = "the pitch of A is a whole number of hertz, from 390 to 470"
                raise SyntaxMistakeError(message, start, start + max(1, len(rest)), "write `%%pitch 435`")
            self.concert = int(rest)
        elif word == "buzz":
            self.buzzing |= {_buzzing(one[0], start + one.start()) for one in re.finditer(r"\S+", rest)}


def _buzzing(text: str, at: int) -> int:
    match = _PITCH.fullmatch(text)
    if match is None:
        raise SyntaxMistakeError(f"`{text}` is no note", at, at + len(text), "write `%%buzz _A`")
    letter = LETTERS.index(match[2].upper())
    octave = 4 + match[2].islower() + match[3].count("'") - match[3].count(",")
    alter = {"^": 1, "_": -1}.get(match[1] or "", 0)
    return 12 * (octave + 1) + (0, 2, 4, 5, 7, 9, 11)[letter] + alter


def read_field(head: Head, key: str, value: str, at: int) -> None:
    """Read a field that begins at an offset."""
    value = value.partition("%")[0].rstrip()
    start, end = at + 2 + len(value) - len(value.lstrip()), at + 2 + len(value)
    text = value.strip()
    if key == "V":
        _voice(head, text, start, end)
    elif key in _IGNORED:
        return
    elif key == "T":
        head.title = head.title or text
    elif key not in _FIELDS:
        hint = "the fields here are T, M, L, Q, K and V"
        raise SyntaxMistakeError(f"the field `{key}:` is not known here", at, at + 2, hint)
    elif head.done:
        message = f"`{key}:` stands before the notes, and `K:` is the last of the fields"
        raise SyntaxMistakeError(message, at, at + 2, "a change of key, meter or tempo is not known here")
    elif not _FIELDS[key][0](head, text):
        raise SyntaxMistakeError(f"`{key}:{value}` cannot be read", start, max(end, start + 1), _FIELDS[key][1])


def _key(head: Head, text: str) -> bool:
    clef = _CLEF.search(text)
    text = text[: clef.start()] if clef else text
    match = _KEY.fullmatch(text.strip())
    if match is None:
        return False
    mode = (match["mode"] or "").lower()
    mode = mode if mode in _MODES else mode[:3]
    if match["tonic"] and (mode not in _MODES or abs(_TONICS.get(match["tonic"], 99) + _MODES[mode]) > 7):
        return False
    head.sharps = _TONICS[match["tonic"]] + _MODES[mode] if match["tonic"] else 0
    if clef:
        head.clefs[""] = clef[1]
    head.done = True
    return True


def _meter(head: Head, text: str) -> bool:
    match = _METER.fullmatch({"C": "4/4", "C|": "2/2"}.get(text, text))
    if match and int(match[1]):
        head.meter = int(match[1]), int(match[2])
        if not head._has_unit:  # noqa: SLF001 - it is ours
            head.unit = WHOLE // (16 if 4 * head.meter[0] < 3 * head.meter[1] else 8)
    return bool(match and int(match[1])) or text == "none"


def _unit(head: Head, text: str) -> bool:
    match = _UNIT.fullmatch(text)
    if match:
        head.unit, head._has_unit = WHOLE // int(match[1]), True  # noqa: SLF001 - it is ours
    return match is not None


def _tempo(head: Head, text: str) -> bool:
    match = _TEMPO.fullmatch(text)
    if not match or not int(match[1]) or int(match[2]) not in (1, 2, 4, 8, 16, 32) or not 10 <= int(match[3]) <= 400:
        return False
    head.beat, head.tempo = WHOLE * int(match[1]) // int(match[2]), int(match[3])
    return True


_FIELDS: Final = {
    "K": (_key, "a key is a letter and a mode: `K:C`, `K:Bb`, `K:F#m`, `K:D dorian`; a clef can follow: `clef=bass`"),
    "M": (_meter, "a meter is `M:4/4`, `M:6/8`, `M:C` or `M:none`"),
    "L": (_unit, "the length that a letter alone has: `L:1/8`"),
    "Q": (_tempo, "a tempo is a note and how many there are a minute, 10 to 400: `Q:1/4=120`"),
}


def _voice(head: Head, text: str, start: int, end: int) -> None:
    """Begin a voice, or go on with it."""
    name, _, rest = text.partition(" ")
    clef = _CLEF.search(rest)
    if not name or (rest.strip() and not clef):
        raise SyntaxMistakeError("this is no voice", start, max(end, start + 1), "write `V:1` or `V:2 clef=bass`")
    if clef:
        head.clefs[name] = clef[1]
    head.clefs.setdefault(name, "")
    if len(head.clefs.keys() - {""}) > 2:
        raise SyntaxMistakeError("a tune has two voices at most", start, end)
    head.voice = name
