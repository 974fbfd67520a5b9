"""What a game is played with: the screen, the saved games, the clocks; and questions of the game's own."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from .menu import matching, named, numbered, picked
from .render import said

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pianist_quest.saves.store import Store

    from .menu import Options
    from .wrap import Line

_YES: Final = ("yes", "y")
_NO: Final = ("no", "n")


class Screen(Protocol):
    """Where a game is shown and typed."""

    @property
    def width(self) -> int:
        """The cells of a line."""

    @property
    def bars(self) -> bool:
        """Whether meters are drawn as bars."""

    @property
    def typed(self) -> bool:
        """Whether somebody types the lines; else they come from a file or another program."""

    def show(self, lines: Sequence[Line]) -> None:
        """Show lines."""

    def warn(self, text: str) -> None:
        """Say something beside the game: on standard error, where there is such a thing."""

    def ask(self, complete: Callable[[str], tuple[str, ...]], status: str) -> str | None:
        """Return the next typed line, or None at the end of input; raises KeyboardInterrupt on ctrl-c."""


class Transcript(Protocol):
    """Where a game is written down."""

    def write(self, text: str) -> None:
        """Write a text at the end, so that it stays whatever happens next."""


@dataclass(frozen=True, slots=True)
class View:
    """What a map may look like: its lines at most (0: as it comes), whether in box characters."""

    height: int = 0
    boxes: bool = False


@dataclass(frozen=True)
class Desk:
    """What a game is played with: where it is shown and saved, the time, and whether it saves by itself.

    `clock` gives the time of day, `watch` seconds that only grow, `view` what a map may look like now. `reader` says
    that a screen reader reads.
    """

    screen: Screen
    store: Store
    clock: Callable[[], str]
    autosave: bool
    open_transcript: Callable[[str], Transcript]
    watch: Callable[[], float] = time.monotonic
    view: Callable[[], View] = View
    reader: bool = False
    _unanswered: list[str] = field(default_factory=list)

    def say(self, *paragraphs: str) -> None:
        """Show words of the game's own."""
        self.screen.show(said(paragraphs, self.screen.width))

    def ask(self, complete: Callable[[str], tuple[str, ...]], status: str) -> str | None:
        """Return the next line: one that was no answer to a question, or else a new one."""
        return self._unanswered.pop() if self._unanswered else self.screen.ask(complete, status)

    def agreed(self, question: str) -> bool:
        """Ask a question; return whether the answer is yes.

        The answer is the next line. One that is neither yes nor no means no, and is then done as the command it is;
        where nobody types, that holds for the letters y and n as well, for n is a way.
        """
        self.say(f"{question} (yes or no)")
        line = self._answer(lambda line: tuple(word for word in (_YES[0], _NO[0]) if word.startswith(line)))
        typed = line.strip().casefold()
        answers = len(_YES) if self.screen.typed else 1
        if typed in _YES[:answers]:
            return True
        if typed and typed not in _NO[:answers]:
            self._unanswered.append(line)
        return False

    def picked(self, question: str, options: Options) -> str:
        """Show options and ask for one, by number or whole word; return its word.

        Empty where the next line is none of them: then it is done as the command it is.
        """
        self.screen.show([*said([question], self.screen.width), *numbered(options, self.screen.width)])
        line = self._answer(lambda line: matching(options, line))
        found = named(options, line.strip())
        if line.strip() and not found:
            self._unanswered.append(line)
        return found

    def chosen(self, options: Options) -> str:
        """Show options and ask until one is picked; return its word, empty at the end of input or on ctrl-c."""
        self.screen.show(numbered(options, self.screen.width))
        while True:
            try:
                line = self.ask(lambda line: matching(options, line), "")
            except KeyboardInterrupt:
                return ""
            if line is None:
                return ""
            found = picked(options, line.strip())
            if found:
                return found
            self.say(f"Type a number from 1 to {len(options)}, or the word.")

    def _answer(self, complete: Callable[[str], tuple[str, ...]]) -> str:
        try:
            return self.ask(complete, "") or ""
        except KeyboardInterrupt:
            return ""
