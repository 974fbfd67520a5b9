"""The game on a terminal, line by line, so that scrollback, tmux and screen readers have all of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.completion import Completer, Completion
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.shortcuts import CompleteStyle

from .render import said
from .wrap import Piece, Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

    from .wrap import Line

_STYLES: Final = {
    Style.EMPHASIS: "italic",
    Style.STRONG: "bold",
    Style.HEADING: "bold underline",
    Style.QUIET: "fg:ansibrightblack",
}


_END: Final = Piece("\n")


class AppScreen:
    """A terminal with editing, history and completion. It opens no full screen."""

    bars = True
    typed = True

    def __init__(self, source: Input | None = None, target: Output | None = None) -> None:
        depth = ColorDepth.DEPTH_1_BIT if os.environ.get("NO_COLOR") else None
        self._prompt = PromptSession[str](
            history=InMemoryHistory(),
            complete_while_typing=False,
            complete_style=CompleteStyle.READLINE_LIKE,
            color_depth=depth,
            input=source,
            output=target,
        )
        self._depth = depth
        self._code: int | None = None

    @property
    def width(self) -> int:
        """The terminal's width now."""
        return self._prompt.output.get_size().columns

    def show(self, lines: Sequence[Line]) -> None:
        """Show styled lines, and an empty one below them."""
        if not lines:
            return
        parts = [(style_text(piece.style), piece.text) for line in lines for piece in (*line, _END)]
        output = self._prompt.output
        print_formatted_text(FormattedText(parts), output=output, color_depth=self._depth)

    def warn(self, text: str) -> None:
        """Say something as the game does: all there is to see is this terminal."""
        self.show(said([text], self.width))

    def stop(self, code: int) -> None:
        """Leave the program with an exit code as soon as that can be done in order; for handlers of signals."""
        self._code = code
        app = self._prompt.app
        if app.is_running and app.loop is not None:
            app.loop.call_soon_threadsafe(self._leave)

    def _leave(self) -> None:
        """End the line being typed, where the program is to be left."""
        app = self._prompt.app
        if self._code is not None and app.is_running and not app.is_done:
            app.exit(exception=SystemExit(self._code))

    def ask(self, complete: Callable[[str], tuple[str, ...]], status: str) -> str | None:
        """Return the next typed line, None on ctrl-d; raises KeyboardInterrupt on ctrl-c."""
        try:
            toolbar = FormattedText([("", f" {status}")]) if status else None
            completer = _Completer(complete)
            return self._prompt.prompt("> ", completer=completer, bottom_toolbar=toolbar, pre_run=self._leave)
        except EOFError:
            return None


class _Completer(Completer):
    """Offers whole lines in place of what is typed."""

    def __init__(self, complete: Callable[[str], tuple[str, ...]]) -> None:
        self._complete = complete

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002 - the same for every kind of request
        """Yield the lines that go on like the one before the cursor."""
        typed = document.text_before_cursor
        for line in self._complete(typed):
            yield Completion(line, start_position=-len(typed))


def style_text(style: Style) -> str:
    """Return a style as prompt_toolkit writes it."""
    return " ".join(text for one, text in _STYLES.items() if one in style)
