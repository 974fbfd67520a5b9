"""Names of saved games: which can be the name of a file on every system."""

from __future__ import annotations

import unicodedata
from typing import Final

from pianist_quest.diagnostics.source import printable

AUTOSAVE: Final = "autosave"
"""The slot that is written after every turn."""
PREVIOUS: Final = "previous game"
"""The slot that keeps the autosave of the game before, when a new one begins."""
EARLIER: Final = tuple(f"{count} games ago" for count in range(2, 6))
"""The slots that keep what was in that slot before, the latest first."""
BEFORE_END: Final = "before the end"
"""The slot that is written when the story ends: the turn before."""
BEFORE_RESTART: Final = "before the restart"
"""The slot that is written when a game begins again: the turn before."""
BEFORE_CHANGE: Final = "before the change"
"""The slot that keeps one of the game's own that was loaded into a changed world, as it was before."""
MOST_AUTOSAVES: Final = 9
"""How many programs can play one world and save by themselves: the second as "autosave 2", and so on."""
LONGEST: Final = 64
"""The most characters a name may have."""

_FORBIDDEN: Final = '<>:"/\\|?*'
_DEVICES: Final = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
_OWN: Final = (AUTOSAVE, PREVIOUS, *EARLIER, BEFORE_END, BEFORE_RESTART, BEFORE_CHANGE)


def numbered(name: str, number: int) -> str:
    """Return the name of one of the game's own slots, for the second and further programs with a number."""
    return name if number == 1 else f"{name} {number}"


def is_own(name: str) -> bool:
    """Whether the game itself writes a slot of this name, so that players cannot."""
    found = tidy(name).casefold()
    return any(found == numbered(own, number) for own in _OWN for number in range(1, MOST_AUTOSAVES + 1))


def is_autosave(name: str) -> bool:
    """Whether a slot can be owned by a program that plays."""
    return any(tidy(name).casefold() == numbered(AUTOSAVE, number) for number in range(1, MOST_AUTOSAVES + 1))


def tidy(name: str) -> str:
    """Return a name as it is stored: composed letters, no white space at the ends."""
    return unicodedata.normalize("NFC", name.strip())


def fault(name: str) -> str:
    """Return what keeps a tidy name from being a slot's, or an empty text."""
    # A file name has at most 255 bytes on most systems, and ours adds an ending.
    too_long = len(name) > LONGEST or len(name.encode("utf-8", "replace")) > 200
    checks = (
        (not name, "a name cannot be empty"),
        (too_long, f"a name has at most {LONGEST} characters"),
        (not name.isprintable() or printable(name) != name, "a name cannot hold control characters"),
        (any(char in _FORBIDDEN for char in name), f"a name cannot hold any of {' '.join(_FORBIDDEN)}"),
        (name[:1] == "." or name[-1:] == ".", "a name cannot begin or end with a dot"),
        (name.casefold().partition(".")[0].rstrip() in _DEVICES, "Windows keeps that name for itself"),
    )
    return next((problem for wrong, problem in checks if wrong), "")


def folder_name(world: str) -> str:
    """Return the folder's name for a world: its key where that can be one."""
    key = tidy(world)
    if not fault(key):
        return key
    import hashlib  # noqa: PLC0415 - as in `document`

    return f"world-{hashlib.sha256(world.encode('utf-8', 'replace')).hexdigest()[:12]}"
