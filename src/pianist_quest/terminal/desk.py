"""What a game is played with: the screen, the saved games, the clocks; and questions of the game's own."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, Protocol

from pianist_quest.records import field, record

from .grammar import METAS
from .menu import matching, named, numbered, picked
from .render import said
from .typeset import Typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pianist_quest.saves.store import Store
    from pianist_quest.worldfile.tune import Tune

    from .menu import Options
    from .session import Session
    from .wrap import Line

    Text = Callable[[int], Sequence[Line]]
    """What is shown: its lines, for a width."""

_PLAIN: Final = Typeset()
"""How text is set where the screen does not do that."""
_YES: Final = ("yes", "y")
_NO: Final = ("no", "n")
_ANSWERS: Final = ((_YES[0], "Yes"), (_NO[0], "No"))


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


class Board(Protocol):
    """A screen that is told more than lines: texts that it can set anew, what can be picked, where the game stands."""

    @property
    def drawn(self) -> bool:
        """Whether it shows choices and ways out by itself, beside the story."""

    def tell(self, text: Text) -> Sequence[Line]:
        """Show a text; return its lines as they are now."""

    def offer(self, options: Options) -> None:
        """Take note of the options that the next line picks from, by number or word."""

    def stand(self, session: Session) -> None:
        """Take note of where the game stands that the next line is for."""


class Transcript(Protocol):
    """Where a game is written down."""

    def typed(self, line: str) -> None:
        """Write down what was typed, so that it stays whatever happens next."""

    def shown(self, text: Text, lines: Sequence[Line]) -> None:
        """Write down what was shown: a text, and its lines as they were."""


@record
class View:
    """What a map may look like: its lines at most (0: as it comes), whether in box characters."""

    height: int = 0
    boxes: bool = False


@record
class Desk:
    """What a game is played with: where it is shown and saved, the time, and whether it saves by itself.

    `clock` gives the time of day, `watch` seconds that only grow, `view` what a map may look like now. `reader` says
    that a screen reader reads, `board` is the screen where it is one; `close` gives the terminal back, `enter`
    types a line from another thread. `pictures` says whether music is drawn, `sound` plays it where it is to be heard.
    """

    screen: Screen
    store: Store
    clock: Callable[[], str]
    autosave: bool
    open_transcript: Callable[[str, str], Transcript]
    watch: Callable[[], float] = time.monotonic
    view: Callable[[], View] = View
    reader: bool = False
    board: Board | None = None
    pictures: bool = False
    sound: Callable[[Tune], object] | None = None
    close: Callable[[], None] = lambda: None
    enter: Callable[[str], object] = str
    _unanswered: list[str] = field(default_factory=list)

    @property
    def drawn(self) -> bool:
        """Whether choices and ways out are shown beside the story."""
        return self.board is not None and self.board.drawn

    def show(self, text: Text) -> Sequence[Line]:
        """Show a text; return its lines."""
        if self.board:
            return self.board.tell(text)
        lines = _PLAIN.lines(text, self.screen.width)
        self.screen.show(lines)
        return lines

    def say(self, *paragraphs: str) -> None:
        """Show words of the game's own."""
        self.show(lambda width: said(paragraphs, width))

    def _offer(self, options: Options, *, listed: bool = True) -> None:
        """Let options be picked by the next line; `listed` says that lines of text list them."""
        if listed and not self.drawn:
            self.show(lambda width: self._listed(options, width))
        if self.board:
            self.board.offer(options)

    def _listed(self, options: Options, width: int) -> list[Line]:
        """Return options as lines, where the screen does not show them by itself (now: the player may change it)."""
        return [] if self.drawn else numbered(options, width)

    def ask(self, complete: Callable[[str], tuple[str, ...]], status: str) -> str | None:
        """Return the next line: one that was no answer to a question, or else a new one."""
        return self._unanswered.pop() if self._unanswered else self.screen.ask(complete, status)

    def agreed(self, question: str) -> bool:
        """Ask a question; return whether the answer is yes.

        The answer is the next line. One that is neither yes nor no means no, and is then done as the command it is;
        where nobody types, that holds for the letters y and n as well, for n is a way.
        """
        self.say(f"{question} (yes or no)")
        self._offer(_ANSWERS, listed=False)
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
        drawn = self.drawn
        self.show(lambda width: [*said([question], width), *([] if drawn else self._listed(options, width))])
        self._offer(options, listed=False)
        line = self._answer(lambda line: matching(options, line))
        found = named(options, line.strip())
        if line.strip() and not found:
            self._unanswered.append(line)
        return found

    def chosen(self, options: Options) -> str:
        """Show options and ask until one is picked; return its word, empty on QUIT, ctrl-c or at the end."""
        self._offer(options)
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
            if METAS.get(line.strip().casefold()) == "quit":
                return ""
            self.say(f"Type a number from 1 to {len(options)}, or the word.")

    def _answer(self, complete: Callable[[str], tuple[str, ...]]) -> str:
        try:
            return self.ask(complete, "") or ""
        except KeyboardInterrupt:
            return ""
