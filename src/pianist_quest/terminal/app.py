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

from pianist_quest.diagnostics.source import one_line

from .render import said
from .wrap import Piece, Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

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


_DEPTHS: Final = {
    "0": ColorDepth.DEPTH_1_BIT, "1": ColorDepth.DEPTH_4_BIT, "2": ColorDepth.DEPTH_8_BIT, "3": ColorDepth.DEPTH_24_BIT,
}  # fmt: skip
"""What FORCE_COLOR says, as supports-color and chalk read it."""
_END: Final = Piece("\n")


class AppScreen:
    """A terminal with editing, history and completion. It opens no full screen."""

    bars = True
    typed = True

    def __init__(
        self, source: Input | None = None, target: Output | None = None, styles: dict[Style, str] | None = None
    ) -> None:
        depth = colour_depth(os.environ, chosen=styles is not None)
        self._styles = _STYLES if styles is None else styles
        self._prompt = PromptSession[str](
            history=InMemoryHistory(),
            complete_while_typing=False,
            enable_suspend=True,
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
        parts = [(style_text(piece.style, self._styles), piece.text) for line in lines for piece in (*line, _END)]
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
            if one_line(line) != line:
                continue  # it would be shown, and typed, as it is
            yield Completion(line, start_position=-len(typed))


def style_text(style: Style, styles: dict[Style, str] = _STYLES) -> str:
    """Return a style as prompt_toolkit writes it."""
    return " ".join(text for one, text in styles.items() if one in style)


def colour_depth(environment: Mapping[str, str], *, chosen: bool = False) -> ColorDepth | None:
    """Return how many colours to use, None where prompt_toolkit is to find out.

    NO_COLOR (no-color.org) turns them off where the player has chosen no theme; FORCE_COLOR says how many there are.
    """
    if environment.get("NO_COLOR") and not chosen:
        return ColorDepth.DEPTH_1_BIT
    return _DEPTHS.get(environment.get("FORCE_COLOR", ""))
