"""The game on a terminal, line by line, so that scrollback, tmux and screen readers have all of it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.completion import Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.key_binding import merge_key_bindings
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.shortcuts import CompleteStyle
from prompt_toolkit.styles import Style as PromptStyle

from pianist_quest.diagnostics.source import one_line

from .bound import bound
from .choosing import Choosing, mouse_wanted
from .render import said
from .settings import Settings
from .standing import listed, offered
from .tab import more_keys, tab_keys
from .typed_out import typed_out
from .typeset import Typeset
from .wrap import Piece, Style, plain_text, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding import KeyBindingsBase
    from prompt_toolkit.key_binding.key_processor import KeyPress, KeyPressEvent
    from prompt_toolkit.output import Output

    from .desk import Text
    from .menu import Options
    from .session import Session
    from .standing import Offer
    from .wrap import Line

_STYLES: Final = {
    Style.EMPHASIS: "italic",
    Style.STRONG: "bold",
    Style.HEADING: "bold underline",
    Style.QUIET: "fg:ansibrightblack",
}
_MENU: Final = PromptStyle([
    (f"completion-menu{part}", f"noinherit{more}")
    for part in ("", ".completion", ".meta.completion")
    for part, more in ((part, ""), (f"{part}.current", " reverse"))
])  # fmt: skip
"""Menus have the terminal's own colours, with one row marked, so that every theme can be read."""
_DEPTHS: Final = {
    "0": ColorDepth.DEPTH_1_BIT, "1": ColorDepth.DEPTH_4_BIT, "2": ColorDepth.DEPTH_8_BIT, "3": ColorDepth.DEPTH_24_BIT,
}  # fmt: skip
"""What FORCE_COLOR says, as supports-color and chalk read it."""
_END: Final = Piece("\n")
_MORE: Final = "-- more: space or enter, or q for no more --"
_ROOMY: Final = 60
"""The least width at which completions are a menu that tells what each would do, with nothing cut."""


class AppScreen:
    """A terminal with editing, history and completion. It opens no full screen."""

    typed = True
    drawn = False

    def __init__(
        self,
        source: Input | None = None,
        target: Output | None = None,
        styles: dict[Style, str] | None = None,
        settings: Settings | None = None,
    ) -> None:
        chosen = settings or Settings()
        self.bars = chosen.meters == "bars"
        self.typeset = Typeset(chosen.width, centred=chosen.align == "centre", wide=chosen.spacing == "wide")
        self.keys = chosen.keys
        self._own, self._strange = bound(chosen.keys, self._type)
        self._speed = chosen.speed if chosen.motion else 0
        self._paging = chosen.paging
        self._kept = ""
        self._ahead: list[str] = []
        self._early: list[KeyPress] = []
        self.depth = colour_depth(os.environ, chosen=styles is not None)
        self.styles = _STYLES if styles is None else styles
        self.history = InMemoryHistory()
        self._prompt = PromptSession[str](
            history=self.history,
            complete_while_typing=False,
            enable_suspend=True,
            color_depth=self.depth,
            style=_MENU,
            input=source,
            output=target,
            mouse_support=mouse_wanted(lambda: self._prompt.default_buffer) if chosen.mouse else False,
        )
        # Esc begins other keys as well: what is waited for them.
        self._prompt.app.ttimeoutlen, self._prompt.app.timeoutlen = 0.1, 0.3
        self._choosing = Choosing(self._prompt.default_buffer, self._prompt.layout)
        self.means: Callable[[str], str] = _nothing
        self._code: int | None = None

    @property
    def source(self) -> Input:
        """Where keys come from."""
        return self._prompt.input

    @property
    def target(self) -> Output:
        """Where all is shown."""
        return self._prompt.output

    @property
    def width(self) -> int:
        """The terminal's width now."""
        return self._prompt.output.get_size().columns

    def show(self, lines: Sequence[Line]) -> None:
        """Show styled lines, and an empty one below them."""
        page = max(2, self.target.get_size().rows - 2) if self._paging else max(1, len(lines))
        for start in range(0, len(lines), page):
            pieces = [piece for line in lines[start : start + page] for piece in (*line, _END)]
            parts = [(style_text(piece.style, self.styles), piece.text) for piece in pieces]
            if self._speed:
                self._early += typed_out(parts, self._print, self.source, self._speed)
            else:
                self._print(parts)
            if start + page < len(lines) and not self._goes_on():
                break
        if lines:
            self._print([("", "\n")])

    def _print(self, parts: Sequence[tuple[str, str]]) -> None:
        print_formatted_text(FormattedText(parts), output=self.target, color_depth=self.depth, end="")

    def _goes_on(self) -> bool:
        """Wait at the end of a screenful; return whether the player wants the rest."""
        more = PromptSession[str](input=self.source, output=self.target, key_bindings=more_keys())
        more.app.erase_when_done = True
        try:
            return more.prompt(" " * self.typeset.margin(self.width) + _MORE).strip().casefold() != "q"
        except (EOFError, KeyboardInterrupt):
            return False

    def tell(self, text: Text) -> Sequence[Line]:
        """Show a text; return its lines."""
        lines = self.typeset.lines(text, self.width)
        self.show(self.typeset.placed(lines, self.width))
        return lines

    def offer(self, options: Options) -> None:
        """Let the completions be words that pick an option."""
        self.means = lambda line: next((label for word, label in options if word == line), "")
        self._let_pick(listed(options).offers)

    def stand(self, session: Session) -> None:
        """Let the completions be what can be done in a game."""
        self.means = session.means
        self._let_pick(offered(session.now.scene))

    def _let_pick(self, offers: Sequence[Offer]) -> None:
        """Let the arrow keys pick what is open."""
        self._choosing.picks = [(one.line, plain_text(one.label)) for one in offers if one.line]

    def warn(self, text: str) -> None:
        """Say something as the game does: all there is to see is this terminal."""
        self.tell(lambda width: said([text], width))

    def stop(self, code: int) -> None:
        """Leave the program with an exit code as soon as that can be done in order; for handlers of signals."""
        self._code = code
        app = self._prompt.app
        if app.is_running and app.loop is not None:
            app.loop.call_soon_threadsafe(self._leave)

    def _start(self) -> None:
        """Do what was asked for while no line was being typed."""
        self._leave()
        self._enter()
        keys, self._early = self._early, []
        if keys:  # pressed while text still ran
            self._prompt.app.key_processor.feed_multiple(keys)
            self._prompt.app.key_processor.process_keys()

    def _leave(self) -> None:
        """End the line being typed, where the program is to be left."""
        app = self._prompt.app
        if self._code is not None and app.is_running and not app.is_done:
            app.exit(exception=SystemExit(self._code))

    def ask(
        self,
        complete: Callable[[str], tuple[str, ...]],
        status: str,
        *,
        typed: str = "",
        keys: KeyBindingsBase | None = None,
    ) -> str | None:
        """Return the next typed line, None on ctrl-d; raises KeyboardInterrupt on ctrl-c.

        `typed` is what stands there already, `keys` are keys of others.
        """
        self._prompt.app.erase_when_done = False
        roomy = self.width >= _ROOMY
        kept, self._kept = self._kept, ""
        try:
            return self._prompt.prompt(
                lambda: f"{' ' * self.typeset.margin(self.width)}> ",
                completer=Menu(complete, self.means),
                complete_style=CompleteStyle.COLUMN if roomy else CompleteStyle.READLINE_LIKE,
                bottom_toolbar=(lambda: self._toolbar(status)) if status else None,
                pre_run=self._start,
                default=typed or kept,
                key_bindings=merge_key_bindings(
                    [self._choosing.keys(), *([tab_keys()] if roomy else []), *([keys] if keys else []), self._own]
                ),
            )
        except EOFError:
            return None

    def enter(self, line: str) -> None:
        """Type a line as if the player had, from another thread; what they are typing stands there again afterwards."""
        app = self._prompt.app
        self._ahead.append(line)
        if app.is_running and app.loop is not None:
            app.loop.call_soon_threadsafe(self._enter)

    def _enter(self) -> None:
        """End the line being typed with one that was entered."""
        app = self._prompt.app
        if self._ahead and app.is_running and not app.is_done:
            self._end(self._ahead.pop(0))

    def _end(self, line: str) -> None:
        """End the line being typed with another one, which is shown in its place; it stands there again afterwards."""
        buffer = self._prompt.default_buffer
        self._kept = buffer.text
        buffer.document = Document(line)
        self._prompt.app.exit(result=line)

    def strange_keys(self) -> tuple[str, ...]:
        """Return which of the player's own keys are none."""
        return self._strange

    def _type(self, _event: KeyPressEvent, command: str) -> None:
        """Type a command for a key; what stands there already stands there again afterwards."""
        self._end(command)

    def _toolbar(self, status: str) -> FormattedText:
        """Return the status, in as many lines as it takes."""
        lines = wrap((Piece(status),), self.width, " ", " ")
        return FormattedText([("", "\n".join(plain_text(line) for line in lines))])


def _nothing(_line: str) -> str:
    return ""


class Menu(Completer):
    """Offers whole lines in place of what is typed, and tells what each would do."""

    def __init__(self, complete: Callable[[str], tuple[str, ...]], means: Callable[[str], str]) -> None:
        self._complete, self._means = complete, means

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002 - the same for every kind of request
        """Yield the lines that go on like the one before the cursor."""
        typed = document.text_before_cursor
        for line in self._complete(typed):
            if one_line(line) != line:
                continue  # it would be shown, and typed, as it is
            yield Completion(line, start_position=-len(typed), display_meta=one_line(self._means(line)))


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
