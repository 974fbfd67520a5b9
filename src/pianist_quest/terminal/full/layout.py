"""How the full screen is divided, and its panes of rows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from prompt_toolkit.filters import Condition, has_completions
from prompt_toolkit.layout import (
    BufferControl,
    ConditionalContainer,
    Dimension,
    FormattedTextControl,
    HSplit,
    Layout,
    UIContent,
    UIControl,
    VSplit,
    Window,
)
from prompt_toolkit.layout.processors import BeforeInput
from prompt_toolkit.mouse_events import MouseEventType

from pianist_quest.terminal.app import style_text
from pianist_quest.terminal.wrap import Style

from .pages import PANEL, WIDE, margin

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.mouse_events import MouseEvent

    from .book import Book, Row
    from .stage import Stage

_STEP = 3
"""The rows that a turn of the mouse's wheel moves."""


class Pane(UIControl):
    """Shows a book, one of the things in it marked. A click does what its row says, the wheel moves the window."""

    def __init__(
        self,
        stage: Stage,
        book: Callable[[], Book],
        marked: Callable[[], int] = lambda: -1,
        free: Callable[[int], int] = lambda _: 0,
    ) -> None:
        self._stage, self._book, self._marked, self._free = stage, book, marked, free
        self._rows: list[Row] = []

    def create_content(self, width: int, height: int) -> UIContent:
        """Return the rows that are in the window."""
        free, marked = self._free(width), self._marked()
        self._rows = self._book().window(max(width - 2 * free, 1), height)
        return UIContent(lambda at: self._styled(self._rows[at], free, marked), len(self._rows), show_cursor=False)

    def _styled(self, row: Row, free: int, marked: int) -> StyleAndTextTuples:
        more = " reverse" if row.pick >= 0 and row.pick == marked else ""
        styles = self._stage.line.styles
        return [("", " " * free), *((style_text(piece.style, styles) + more, piece.text) for piece in row.line)]

    def mouse_handler(self, mouse_event: MouseEvent) -> None:
        """Move by the wheel, pick by a click."""
        if mouse_event.event_type == MouseEventType.SCROLL_UP:
            self._book().scroll(-_STEP)
        elif mouse_event.event_type == MouseEventType.SCROLL_DOWN:
            self._book().scroll(_STEP)
        elif mouse_event.event_type == MouseEventType.MOUSE_UP and mouse_event.position.y < len(self._rows):
            self._stage.click(self._rows[mouse_event.position.y])


def layout(stage: Stage) -> Layout:
    """Return the layout: the story with the panel beside it or in its place, the line being typed, the foot."""
    typing = Window(
        BufferControl(stage.buffer, input_processors=[BeforeInput("> ")]),
        height=Dimension(min=1, max=3),
        wrap_lines=True,
        dont_extend_height=True,
    )
    below = Window(
        FormattedTextControl(stage.foot), style="class:bottom-toolbar", dont_extend_height=True, height=Dimension(min=0)
    )
    pane = Pane(stage, lambda: stage.menu.book, lambda: stage.menu.selected)
    menu = ConditionalContainer(
        Window(pane, height=lambda: stage.menu.height(stage.columns, stage.rows)), has_completions
    )
    return Layout(HSplit([VSplit(_panes(stage)), menu, typing, below]), focused_element=typing)


def _panes(stage: Stage) -> list[ConditionalContainer]:
    """Return the story, a rule, the panel where there is room beside the story, the panel alone."""
    beside = Condition(lambda: stage.panelled and stage.columns >= WIDE)
    alone = Condition(lambda: not stage.reading)
    rule = Window(width=1, char="│" if stage.boxes else "|", style=style_text(Style.QUIET, stage.line.styles))
    story = Pane(
        stage, lambda: stage.book, lambda: stage.selected, partial(margin, measure=stage.line.typeset.measure + 2)
    )
    return [
        ConditionalContainer(Window(story), ~alone),
        ConditionalContainer(rule, beside),
        ConditionalContainer(Window(Pane(stage, lambda: stage.side, free=lambda _: 1), width=PANEL), beside),
        ConditionalContainer(Window(Pane(stage, lambda: stage.side)), alone),
    ]
