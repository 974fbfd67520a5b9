"""A tune as sound: each string a sum of partials that die away, struck by a felt hammer. Pure, and without libraries.

The figures are those of a modern grand, rounded: partials are sharp by the string's stiffness (B = 0.0004 about middle
C: Fletcher and Rossing, The Physics of Musical Instruments, 12.3), the higher die away faster, and so do higher notes.
"""

from __future__ import annotations

import math
from array import array
from typing import TYPE_CHECKING, Final

from pianist_quest.worldfile.tune import frequency

if TYPE_CHECKING:
    from pianist_quest.worldfile.tune import Strike, Tune

RATE: Final = 44_100
"""Samples a second."""
PEAK: Final = 0.9
"""The greatest amplitude; 1 would be all that a sample can hold."""
ATTACK: Final = 0.004
"""How long a hammer takes, in seconds."""
_STIFFNESS: Final = 0.0004
_PARTIALS: Final = (1.0, 0.55, 0.32, 0.18, 0.11, 0.06, 0.035)
"""How strong the partials are, from the first."""
_RING: Final = 1.6
"""The seconds in which the first partial of middle C falls to a third (1/e)."""
_FALL: Final = 0.3
"""How much faster each further partial does."""
_DAMPER: Final = 0.07
"""The seconds in which a damper brings a string to a third, after the note."""
_TAIL: Final = 5 * _DAMPER
_STRENGTH: Final = 0.3
_BUZZ: Final = (range(9, 19), 0.07, 31.0, 0.9)
"""The partials of the rattle, how strong each is, how often it beats a second, the seconds in which it falls."""


def samples(tune: Tune) -> array[int]:
    """Return a tune as whole numbers of 16 bits, one channel, RATE a second."""
    strikes = tune.strikes()
    mixed = array("d", bytes(8 * _count(max(one.start + one.seconds for one in strikes) + _TAIL)))
    longest: dict[tuple[int, bool], float] = {}
    for one in strikes:
        key = one.key, one.buzzes
        longest[key] = max(longest.get(key, 0.0), one.seconds)
    strings = {key: _string(frequency(key[0], tune.concert), key, length) for key, length in longest.items()}
    for one in strikes:
        _mix(mixed, strings[one.key, one.buzzes], one)
    peak = max(abs(value) for value in mixed)
    scale = 32_767 * min(1.0, PEAK / peak)
    return array("h", (int(value * scale) for value in mixed))


def _count(seconds: float) -> int:
    return math.ceil(seconds * RATE)


def _string(pitch: float, key: tuple[int, bool], seconds: float) -> array[float]:
    """Return a struck string that nothing damps."""
    count = _count(seconds + _TAIL)
    found = array("d", bytes(8 * count))
    ring = _RING * 2 ** ((60 - key[0]) / 24)
    for number, strength in enumerate(_PARTIALS, start=1):
        sharp = number * pitch * math.sqrt(1 + _STIFFNESS * number * number)
        _add(found, sharp, _STRENGTH * strength, ring / (1 + _FALL * (number - 1)))
    if key[1]:
        _rattle(found, pitch)
    for at in range(min(count, _count(ATTACK))):
        found[at] *= 0.5 - 0.5 * math.cos(math.pi * at / (ATTACK * RATE))
    return found


def _add(found: array[float], pitch: float, strength: float, ring: float) -> None:
    """Add a sine that dies away, by its recurrence: each sample follows from the two before it."""
    if pitch >= RATE / 2:
        return
    fall = math.exp(-1 / (ring * RATE))
    turn = 2 * math.pi * pitch / RATE
    first, second = 2 * fall * math.cos(turn), fall * fall
    before, now = -strength / fall * math.sin(turn), 0.0
    for at in range(len(found)):
        found[at] += now
        before, now = now, first * now - second * before


def _rattle(found: array[float], pitch: float) -> None:
    """Add what a wasp adds: high partials that beat."""
    partials, strength, beats, ring = _BUZZ
    rattle = array("d", bytes(8 * len(found)))
    for number in partials:
        _add(rattle, number * pitch, strength, ring)
    step = 2 * math.pi * beats / RATE
    for at, value in enumerate(rattle):
        found[at] += value * (0.5 + 0.5 * math.sin(step * at))


def _mix(mixed: array[float], string: array[float], strike: Strike) -> None:
    """Add a string where it is struck; it is damped where the note ends."""
    start, held = _count(strike.start), _count(strike.seconds)
    for at in range(held):
        mixed[start + at] += string[at]
    fall, loud = math.exp(-1 / (_DAMPER * RATE)), 1.0
    for at in range(held, min(held + _count(_TAIL), len(string), len(mixed) - start)):
        loud *= fall
        mixed[start + at] += string[at] * loud
