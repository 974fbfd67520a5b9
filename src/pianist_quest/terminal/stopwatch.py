"""How long a game has been played."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Stopwatch:
    """Counts the seconds of a game, and of those begun or loaded after it, which undo can come back from."""

    def __init__(self, watch: Callable[[], float], before: int) -> None:
        self._watch = watch
        self._games = [(before, watch())]

    def begin(self, before: int = 0) -> None:
        """Begin to count for another game, which was played for so long already."""
        self._games.append((before, self._watch()))

    def seconds(self, games: int) -> int:
        """Return the time of the last of so many games: those after it are taken back, those missing begin now."""
        while len(self._games) < games:
            self.begin()
        del self._games[max(games, 1) :]
        before, since = self._games[-1]
        return before + int(max(0.0, self._watch() - since))
