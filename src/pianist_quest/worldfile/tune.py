"""Music as a world has it: notes in bars, by voice; what is struck when, and how a piano would be tuned for it."""

from __future__ import annotations

from typing import Final

from pianist_quest.records import record

WHOLE: Final = 13_440
"""The ticks of a whole note: 128ths, and three, five or seven in the time of another number of them, come out whole."""
LETTERS: Final = "CDEFGAB"
_SEMITONES: Final = (0, 2, 4, 5, 7, 9, 11)
_SIGNS: Final = {-2: " double flat", -1: " flat", 0: "", 1: " sharp", 2: " double sharp"}
_SHARPS: Final = (3, 0, 4, 1, 5, 2, 6)
"""The letters that a key's sharps stand at, in their order: F, C, G, D, A, E, B; its flats in the other order."""
CONCERT: Final = 440
"""The frequency of the A above middle C in hertz: ISO 16."""
LOWEST: Final = 21
HIGHEST: Final = 108
"""The keys of a piano as MIDI numbers them: 60 is middle C."""


@record
class Pitch:
    """A pitch as it is written: `place` counts lines and spaces from C0 (middle C is 28), `alter` semitones."""

    place: int
    alter: int = 0

    @property
    def key(self) -> int:
        """The key that is struck, as MIDI numbers it."""
        return 12 * (self.place // 7 + 1) + _SEMITONES[self.place % 7] + self.alter

    @property
    def name(self) -> str:
        """Its name in words."""
        return LETTERS[self.place % 7] + _SIGNS[self.alter]


@record
class Note:
    """A note, chord or (without pitches) rest. Lengths are in ticks: as it sounds, and as it is written.

    `signs` are the accidentals that are written before the pitches, None where there is none.
    """

    length: int
    written: int
    pitches: tuple[Pitch, ...] = ()
    signs: tuple[int | None, ...] = ()
    tied: bool = False
    """Whether it sounds on into the next one."""


@record
class Bar:
    """Notes up to a bar line; `end` is that line as ABC writes it, or nothing."""

    notes: tuple[Note, ...]
    end: str

    @property
    def length(self) -> int:
        """How long it is, in ticks."""
        return sum(note.length for note in self.notes)


@record
class Voice:
    """A voice; `clef` is treble or bass."""

    clef: str
    bars: tuple[Bar, ...]


@record
class Strike:
    """A key that is struck: when and for how long in seconds, as MIDI numbers it, whether it buzzes."""

    start: float
    seconds: float
    key: int
    buzzes: bool = False


@record
class Tune:
    """A piece of music.

    `sharps` are those of its key (flats are negative), `meter` is nothing where it has none; `tempo` counts beats of
    `beat` ticks a minute; `concert` is the frequency of A4 in hertz; `buzzing` keys are out of order.
    """

    title: str
    sharps: int
    meter: tuple[int, int] | None
    beat: int
    tempo: int
    voices: tuple[Voice, ...]
    concert: int = CONCERT
    buzzing: frozenset[int] = frozenset()

    def seconds(self, ticks: int) -> float:
        """Return how long a number of ticks lasts, in seconds."""
        return ticks * 60 / (self.beat * self.tempo)

    def strikes(self) -> tuple[Strike, ...]:
        """Return all that is struck, in order; a tied note is struck once."""
        found = [strike for voice in self.voices for strike in self._struck(voice)]
        return tuple(sorted(found, key=lambda one: (one.start, one.key)))

    def _struck(self, voice: Voice) -> list[Strike]:
        found: list[Strike] = []
        held: dict[int, int] = {}
        now = 0
        for note in (one for bar in voice.bars for one in bar.notes):
            length = self.seconds(note.length)
            going = dict[int, int]()
            for key in sorted({pitch.key for pitch in note.pitches}):
                at = held.get(key, len(found))
                if key in held:
                    before = found[at]
                    found[at] = Strike(before.start, before.seconds + length, key, before.buzzes)
                else:
                    found.append(Strike(self.seconds(now), length, key, key in self.buzzing))
                going[key] = at
            held = going if note.tied else {}
            now += note.length
        return found


def signature(sharps: int) -> dict[int, int]:
    """Return what a key does to the letters, by their number from C, in the order in which it is written."""
    letters = _SHARPS[:sharps] if sharps >= 0 else _SHARPS[::-1][:-sharps]
    return dict.fromkeys(letters, 1 if sharps > 0 else -1)


def frequency(key: int, concert: int = CONCERT) -> float:
    """Return the frequency of a key in hertz, in equal temperament."""
    return float(concert * 2 ** ((key - 69) / 12))
