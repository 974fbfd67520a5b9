"""A tune as a WAV file."""

from __future__ import annotations

import sys
import wave
from typing import TYPE_CHECKING

from .tones import RATE, samples

if TYPE_CHECKING:
    from pathlib import Path

    from pianist_quest.worldfile.tune import Tune


def write_wav(tune: Tune, path: Path) -> float:
    """Write a tune to a file, 16 bits and one channel; return how long it lasts, in seconds."""
    made = samples(tune)
    if sys.byteorder == "big":
        made.byteswap()
    with path.open("wb") as file, wave.open(file) as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(made.tobytes())
    return len(made) / RATE
