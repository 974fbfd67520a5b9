"""The words of the compass, and their short forms."""

from __future__ import annotations

from typing import Final

SHORT: Final = {
    "n": "north", "s": "south", "e": "east", "w": "west", "ne": "northeast", "nw": "northwest", "se": "southeast",
    "sw": "southwest", "u": "up", "d": "down",
}  # fmt: skip
"""Each short form and the word it stands for."""


def whole(word: str) -> str:
    """Return the word that an exit's short form stands for, any other as it is."""
    return SHORT.get(word, word)
