"""What a saved game loses in a world that has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST: Final = 10
"""How many losses are told; the others are counted."""


class Losses:
    """What is gone, in sentences, and whether the game can go on as it stood."""

    def __init__(self) -> None:
        self._told: dict[str, bool] = {}
        self.torn = False
        """Whether something is gone without which the state is none that the story could have come to."""
        self.adrift = False
        """Whether there is nowhere to go on from, so that the story would begin again."""

    def vanish(self, what: str) -> None:
        """Note something that the world no longer has; the rest stands without it."""
        self._told[what] = True

    def alter(self, what: str) -> None:
        """Note something that is other than it was; the rest stands with it."""
        self._told[what] = False

    def tear(self, what: str) -> None:
        """Note something that the rest of the state stood on."""
        self.alter(what)
        self.torn = True

    def cast_off(self, what: str) -> None:
        """Note that the player is nowhere."""
        self.alter(what)
        self.adrift = True

    @property
    def told(self) -> tuple[str, ...]:
        """What is told to the player."""
        return few(tuple(self._told))

    @property
    def vanished(self) -> tuple[str, ...]:
        """Of that, what the world no longer has."""
        return few([what for what, gone in self._told.items() if gone])


def few(lines: Sequence[str]) -> tuple[str, ...]:
    """Return some losses as they are told: not too many."""
    more = len(lines) - MOST
    if more <= 0:
        return tuple(lines)
    rest = "1 more part of it is gone." if more == 1 else f"{more} more parts of it are gone."
    return (*lines[:MOST], rest)
