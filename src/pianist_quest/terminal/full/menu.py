"""The menu of completions: each with what it would do, in as many rows as that takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.terminal.wrap import Piece, Style, wrap

from .book import Book, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prompt_toolkit.buffer import Buffer, CompletionState

_MOST: Final = 8
"""The most rows."""


class CompletionMenu:
    """The completions of a buffer as rows."""

    def __init__(self, buffer: Buffer) -> None:
        self._buffer = buffer
        self._state: CompletionState | None = None
        self._book = Book()

    @property
    def selected(self) -> int:
        """The completion that is in the line now; -1 where none is."""
        state = self._buffer.complete_state
        return -1 if state is None or state.complete_index is None else state.complete_index

    @property
    def book(self) -> Book:
        """The rows, with the selected completion in sight."""
        state = self._buffer.complete_state
        if state is not self._state:
            self._state, self._book = state, Book(tail=lambda width: _rows(state, width))
        self._book.reveal(self.selected)
        return self._book

    def height(self, columns: int, rows: int) -> int:
        """Return the rows to show, in a window of a size."""
        return min(_MOST, max(1, rows // 3), len(_rows(self._buffer.complete_state, columns)))


def _rows(state: CompletionState | None, width: int) -> Sequence[Row]:
    rows: list[Row] = []
    texts = [(one.text, one.display_meta_text) for one in state.completions] if state else []
    for at, (text, meaning) in enumerate(texts):
        meant = (Piece(f" ({meaning})", Style.QUIET),) if meaning else ()
        rows += [Row(line, pick=at) for line in wrap((Piece(text), *meant), width, "  ", "      ")]
    return rows
