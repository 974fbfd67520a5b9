"""The words of the compass, and their short forms."""

from __future__ import annotations

from functools import cache
from typing import Final

SHORT: Final = {
    "n": "north", "s": "south", "e": "east", "w": "west", "ne": "northeast", "nw": "northwest", "se": "southeast",
    "sw": "southwest", "u": "up", "d": "down",
}  # fmt: skip
"""Each short form and the word it stands for."""
DIRECTIONS: Final = (*SHORT.values(), "in", "out")
"""The words that exits have as a rule."""


def whole(word: str) -> str:
    """Return the word that an exit's short form stands for, any other as it is."""
    return SHORT.get(word, word)


def nearly(word: str) -> str:
    """Return the direction that a word is with a slip of the fingers; empty where it is one itself, or none."""
    return "" if word in DIRECTIONS else _meant().get(word, "")


@cache
def _meant() -> dict[str, str]:
    return {slip: word for word in reversed(DIRECTIONS) for slip in slips(word)}


def slips(word: str) -> frozenset[str]:
    """Return what a slip of the fingers makes of a word: two neighbours swapped, a letter left out or doubled."""
    places = range(len(word))
    swapped = (word[:at] + word[at : at + 2][::-1] + word[at + 2 :] for at in places[:-1])
    without = (word[:at] + word[at + 1 :] for at in places if len(word) > 3)
    doubled = (word[:at] + word[at] + word[at:] for at in places)
    return frozenset((*swapped, *without, *doubled)) - {word}
