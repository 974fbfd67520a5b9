"""The music of a world, and each tune in words: what those are told who see or hear no notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.worldfile.tune import CONCERT, Pitch

from . import story as s

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pianist_quest.worldfile import model
    from pianist_quest.worldfile.tune import Note, Tune, Voice

_TOLD: Final = 60
"""The most notes of a voice that are told."""


def music(world: model.World) -> dict[str, s.Music]:
    """Return the music of a world, by key."""
    return {ref.name: s.Music(ref.name, one.title, in_words(one.tune), one.tune) for ref, one in world.music}


def in_words(tune: Tune) -> str:
    """Return the notes by name, bar by bar: "C, E, G; B, C, D, C"; what is out of tune is told."""
    voices = [told for voice in tune.voices if (told := "; ".join(_bars(voice, tune.buzzing)))]
    told = f"above, {voices[0]}; below, {voices[1]}" if len(voices) == 2 else voices[0]
    return f"{told}, tuned to an A of {tune.concert} hertz" if tune.concert != CONCERT else told


def _bars(voice: Voice, buzzing: frozenset[int]) -> Iterator[str]:
    count, held = 0, frozenset[Pitch]()
    for bar in voice.bars:
        told: list[str] = []
        for note in bar.notes:
            struck = [pitch for pitch in note.pitches if pitch not in held]
            if struck and count == _TOLD:
                yield ", ".join([*told, "and so on"])
                return
            told += [_named(struck, buzzing)] if struck else []
            count += bool(struck)
            held = _held(note)
        if told:
            yield ", ".join(told)


def _held(note: Note) -> frozenset[Pitch]:
    return frozenset(note.pitches if note.tied else ())


def _named(pitches: list[Pitch], buzzing: frozenset[int]) -> str:
    """Return the names of what is struck at once, from the lowest up."""
    return " with ".join(f"{one.name} that buzzes" if one.key in buzzing else one.name for one in pitches)
