"""NOTES: notes that are struck, by name or on a MIDI keyboard, do what they would be heard of. Pure.

Whatever could be done now is looked through for what would sound: where it begins with these notes, in whatever octave,
it is done. Music that was heard before is heard again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.engine import step
from pianist_quest.engine.turn import Choose, Do, Sounded

from .heard import heard
from .moment import Answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pianist_quest.engine.turn import Action
    from pianist_quest.worldfile.tune import Tune

    from .scene import Scene
    from .session import Session

NAMES: Final = ("C", "C sharp", "D", "E flat", "E", "F", "F sharp", "G", "A flat", "A", "B flat", "B")
"""The keys of an octave, as they are told."""
ENOUGH: Final = 4
"""So many notes are enough to know a tune by; of a shorter one all are struck."""
_LETTERS: Final = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
_SIGNS: Final = {"sharp": 1, "#": 1, "♯": 1, "s": 1, "flat": -1, "b": -1, "♭": -1, "": 0}
_NOTE: Final = re.compile(r"\s*([a-g])(?:[ -]?(sharp|flat)|(#|♯|♭|b|s))?\d?(?:[\s,;.-]+|$)")
_HOW: Final = "Which notes? Type notes and their names: notes C E G, notes A flat."


def notes(session: Session, name: str) -> Answer:
    """Strike notes: do what they are heard of, or play again what was heard and begins with them."""
    struck = classes(name)
    if not struck:
        return Answer(said=(_HOW,), stopped=True)
    action = _sounding(session.now.scene, struck)
    if action is not None:
        return session.act((action,))
    again = [one for one in heard(session) if _begins(session.story.music[one.key].tune, struck)]
    if again:
        return Answer(events=(again[0],))
    told = ", ".join(NAMES[one] for one in struck)
    return Answer(said=(f"{told}. Nothing here answers to that.",), stopped=True)


def classes(text: str) -> tuple[int, ...]:
    """Return the keys within an octave that names of notes stand for; nothing where some are none."""
    found = []
    at, small = 0, text.strip().casefold()
    while at < len(small):
        match = _NOTE.match(small, at)
        if match is None:
            return ()
        found.append((_LETTERS[match[1]] + _SIGNS[match[2] or match[3] or ""]) % 12)
        at = match.end()
    return tuple(found)


def melody(tune: Tune) -> tuple[int, ...]:
    """Return the highest keys that are struck one after another, within an octave."""
    highest: dict[float, int] = {}
    for one in tune.strikes():
        highest[one.start] = max(one.key, highest.get(one.start, 0))
    return tuple(key % 12 for _, key in sorted(highest.items()))


def _sounding(scene: Scene, struck: Sequence[int]) -> Action | None:
    """Return what can be done now and sounds like struck notes; None where nothing does."""
    for action in scene.possible:
        if isinstance(action, Choose | Do):
            events = step(scene.story, scene.state, action).events
            first = next((one.key for one in events if isinstance(one, Sounded)), "")
            if first in scene.story.music and _begins(scene.story.music[first].tune, struck):
                return action
    return None


def _begins(tune: Tune, struck: Sequence[int]) -> bool:
    """Whether struck notes are those of a tune's beginning, enough of them to know it."""
    whole = melody(tune)
    return min(len(whole), ENOUGH) <= len(struck) <= len(whole) and whole[: len(struck)] == tuple(struck)
