"""The full screen as prompt_toolkit draws it: the story, the panel, the line being typed, the foot."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING, Final

from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.styles import Style as PromptStyle

from pianist_quest.terminal.app import Menu
from pianist_quest.terminal.standing import Standing

from .book import Book
from .foot import foot
from .keys import bindings
from .layout import layout
from .menu import CompletionMenu
from .pages import WIDE, offered, panel

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pianist_quest.terminal.app import AppScreen
    from pianist_quest.terminal.performance import Performance

    from .book import Block, Row

    Hear = Callable[[str, str], None]
    """What is called with a word for what the player did, and a line."""


_SOON: Final = 0.3
"""The seconds after which it is said that the game is at work."""
_OFTEN: Final = 0.1
"""The seconds after which the window is looked at again."""


def _nothing(_line: str) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True)
class Asking:
    """What a line is asked with: where the game stands, what can be typed and what that means, the status."""

    standing: Standing = field(default_factory=Standing)
    complete: Callable[[str], tuple[str, ...]] = _nothing
    means: Callable[[str], str] = str
    status: str = ""


_PLAIN_SPACES: Final = PromptStyle([("nbsp", "nounderline fg:default")])
"""A no-break space is a space: prompt_toolkit would show each of them, as editors do."""


class Stage:
    """The full screen, from its opening to its end; all but `post` and `opened` belongs to the thread it runs in."""

    def __init__(self, line: AppScreen, blocks: Sequence[Block], typed: str, hear: Hear, *, boxes: bool) -> None:
        self.line, self.boxes, self._hear = line, boxes, hear
        self.asking: Asking | None = None
        self.shown = Asking()
        self.book, self.side = Book(blocks), Book()
        self.selected = -1
        self.mouse, self.turned = True, False
        self.opened = Event()
        self.buffer = Buffer(multiline=False, history=line.history, completer=_Now(self))
        self.buffer.text = typed
        self.buffer.cursor_position = len(typed)
        self.buffer.on_text_changed += lambda _: self.select(-1)
        self.menu = CompletionMenu(self.buffer)
        self.app = Application[None](
            layout=layout(self),
            key_bindings=bindings(self, line.keys),
            full_screen=True,
            mouse_support=Condition(lambda: self.mouse),
            style=_PLAIN_SPACES,
            color_depth=line.depth,
            input=line.source,
            output=line.target,
            terminal_size_polling_interval=None,
        )
        self.app.ttimeoutlen, self.app.timeoutlen = 0.1, 0.3
        self.app.after_render += self._follow
        self.working = False
        self._later: asyncio.TimerHandle | None = None
        self._foot, self._size = "", line.target.get_size()

    # From other threads

    def run(self) -> None:
        """Show the full screen until it is closed; raises EOFError where nothing can be typed any more."""
        try:
            self.app.run(pre_run=self._open, set_exception_handler=False, handle_sigint=False)
        finally:
            self.opened.set()

    def post(self, what: Callable[[], None]) -> None:
        """Do something in the thread of the screen, and draw it; nothing where it is closed."""

        def do() -> None:
            what()
            self.app.invalidate()

        loop = self.app.loop
        if loop is not None:
            with suppress(RuntimeError):  # it was closed in this moment
                loop.call_soon_threadsafe(do)

    def _open(self) -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, about: self._fail(about.get("exception")))
        self.app.create_background_task(self._watch())
        self.opened.set()

    async def _watch(self) -> None:
        """Draw all anew where the window has another size: the signal of that comes to the main thread only."""
        while True:
            await asyncio.sleep(_OFTEN)
            if self._size != self.line.target.get_size():
                self.app.invalidate()

    def _fail(self, error: BaseException | None) -> None:
        if self.app.is_running and not self.app.is_done:
            self.app.exit(exception=error or RuntimeError("the screen cannot be drawn"))

    def close(self) -> None:
        """Leave the full screen."""
        if self.app.is_running and not self.app.is_done:
            self.app.exit()

    # What is shown

    @property
    def columns(self) -> int:
        """The width of the window."""
        return self.line.target.get_size().columns

    @property
    def rows(self) -> int:
        """The height of the window."""
        return self.line.target.get_size().rows

    @property
    def panelled(self) -> bool:
        """Whether the panel is shown: beside the story where there is room, else in its place."""
        return bool(self.shown.standing.sections) and (self.columns >= WIDE) is not self.turned

    @property
    def reading(self) -> bool:
        """Whether the story is shown."""
        return self.columns >= WIDE or not self.panelled

    @property
    def open_book(self) -> Book:
        """What is read: the story, or the panel that is in its place."""
        return self.book if self.reading else self.side

    def ask(self, asking: Asking, blocks: Sequence[Block], fresh: int) -> None:
        """Take what came of a line, and wait for the next one; what is new begins with block number `fresh`."""
        if self._later:
            self._later.cancel()
        self.working = False
        for block in blocks:
            self.book.add(block)
        self.asking = self.shown = asking
        self.selected = -1
        self.side = Book((panel(asking.standing, boxes=self.boxes),))
        self.turned = self.turned and self.reading
        self.refresh()
        self.book.open_at(fresh)

    def perform(self, music: Performance, number: int) -> None:
        """Light the keys of the music in a block, one after another, until a line is entered."""
        self.app.create_background_task(self._perform(music, number))

    async def _perform(self, music: Performance, number: int) -> None:
        loop, asking = asyncio.get_running_loop(), self.asking
        begun = loop.time()
        try:
            for at in music.changes:
                await asyncio.sleep(begun + at - loop.time())
                if self.asking is not asking:
                    break
                music.now = at
                self.book.renew(number)
                self.app.invalidate()
        finally:  # also where the screen is left
            music.now = None
            self.book.renew(number)
            self.app.invalidate()

    def work(self) -> None:
        """Know that the game is at work; say so if it takes long, for else the screen would flicker."""
        self.asking = None
        self._later = asyncio.get_running_loop().call_later(_SOON, self._work)

    def _work(self) -> None:
        self.working = True
        self.app.invalidate()

    def refresh(self) -> None:
        """Set what can be picked anew."""
        if self.asking:
            typeset = self.line.typeset
            told = offered(self.asking.standing, self.selected, typeset=typeset, exits=lambda: not self.panelled)
            self.book.end_with(told)

    def foot(self) -> str:
        """Return the lines below all."""
        self._foot = foot(self)
        return self._foot

    def _follow(self, _: object) -> None:
        """Draw the foot again where it tells of the window as it was before it was drawn."""
        self._size = self.line.target.get_size()
        if self._foot != self.foot():
            self.app.invalidate()

    # What the player does

    def hear(self, word: str, line: str = "") -> None:
        """Tell the game what the player did."""
        self._hear(word, line)

    def select(self, pick: int) -> None:
        """Mark one of the things to pick; none with -1."""
        if pick != self.selected:
            self.selected = pick
            self.refresh()
            if pick >= 0:
                self.book.reveal(pick)

    def unmark(self) -> None:
        """Close the menu of completions, and mark nothing."""
        self.buffer.cancel_completion()
        self.select(-1)

    def step(self, by: int) -> None:
        """Mark the next thing that can be picked, or the one before."""
        offers = self.shown.standing.offers
        picks = [at for at, offer in enumerate(offers) if offer.line]
        if picks and self.asking:
            at = picks.index(self.selected) + by if self.selected in picks else 0 if by > 0 else -1
            self.select(picks[at % len(picks)])

    def enter(self) -> None:
        """Take the line that is typed, or what is marked; where there is neither, read on."""
        typed, offers = self.buffer.text, self.shown.standing.offers
        if typed.strip():
            self.buffer.append_to_history()
            self.buffer.reset()
            for line in typed.splitlines():
                self.hear("line", line)
        elif 0 <= self.selected < len(offers):
            self.pick(offers[self.selected].line)
        else:
            self.open_book.page(1)

    def pick(self, line: str) -> None:
        """Do what was clicked or marked, if the game waits."""
        if self.asking and line:
            self.asking = None
            self.hear("line", line)

    def click(self, row: Row) -> None:
        """Do what a row says that was clicked: a row of the menu completes the line."""
        state = self.buffer.complete_state
        if state and row.pick >= 0 and not row.target:
            self.buffer.go_to_completion(row.pick)
            self.buffer.complete_state = None
        else:
            self.pick(row.target)

    def turn_panel(self) -> None:
        """Show the panel, or hide it."""
        self.turned = not self.turned
        self.refresh()

    def turn_mouse(self) -> None:
        """Use the mouse, or leave it to the terminal."""
        self.mouse = not self.mouse


class _Now(Menu):
    """Completes by what the game asks now."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(
            lambda line: stage.asking.complete(line) if stage.asking else (),
            lambda line: stage.asking.means(line) if stage.asking else "",
        )
