"""Texts one below the other, read through a window that can be moved and resized. Pure.

Only what is seen is set: a text is broken into rows when it comes into the window, for the width it has then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pianist_quest.terminal.wrap import Style, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pianist_quest.terminal.wrap import Line

    Block = Callable[[int], Sequence["Row"]]
    """A text as rows, for a width."""


class Row(NamedTuple):
    """A row of cells, the line that a click on it types, and which of the things to pick it belongs to."""

    line: Line
    target: str = ""
    pick: int = -1


EMPTY = Row(())
_NOWHERE: Final = (-1, 0)


class Book:
    """Blocks of rows, the last of which can be another at any time, and a window on them."""

    def __init__(self, blocks: Sequence[Block] = (), tail: Block | None = None) -> None:
        self._blocks = list(blocks)
        self._tail = tail
        self._set: dict[int, Sequence[Row]] = {}
        self._width, self._height = 80, 24
        self._top = self._place = (0, 0)  # the first row in the window, and that which is wanted there
        self._mark = (self._place, 0)  # the letters above it in its block, when it was chosen
        self._follows = False
        self._opened = _NOWHERE

    def add(self, block: Block) -> None:
        """Put a block behind the others."""
        self._set.pop(len(self._blocks), None)
        self._blocks.append(block)

    def end_with(self, tail: Block | None) -> None:
        """Let another block be the last one."""
        self._tail = tail
        self._set.pop(len(self._blocks), None)

    def renew(self, number: int) -> None:
        """Set a block anew, as high as before: something in it looks otherwise."""
        self._set.pop(number, None)

    def open_at(self, number: int) -> None:
        """Show a block and what is below it: all of that, or where it does not fit, its beginning.

        Where it would fit but for its heading, that is left above the window: no choice is hidden for a title.
        """
        self._place, self._follows = (number, 0), False
        self._opened = self._place

    # What is seen

    def window(self, width: int, height: int) -> list[Row]:
        """Return the rows in a window of a size: as many as it is high, the last ones empty where there are no more."""
        self._resize(width, height)
        self._settle()
        rows, (number, row) = list[Row](), self._top
        while len(rows) < height and number < self._count:
            rows += self._rows(number)[row:]
            number, row = number + 1, 0
        return rows[:height] + [EMPTY] * (height - len(rows))

    @property
    def above(self) -> bool:
        """Whether there is more above the window."""
        self._settle()
        return self._up(self._top, 1) != self._top

    @property
    def below(self) -> bool:
        """Whether there is more below the window."""
        self._settle()
        return self._rows_from(self._top, self._height + 1) > self._height

    # How the window is moved

    def scroll(self, rows: int) -> None:
        """Move the window down, or with a negative number up."""
        self._settle()
        self._place = self._up(self._top, -rows) if rows < 0 else self._down(self._top, rows)
        self._follows, self._opened = False, _NOWHERE
        self._follows = rows > 0 and not self.below

    def page(self, pages: int) -> None:
        """Move the window by its height, less one row that stays in sight."""
        self.scroll(pages * max(1, self._height - 1))

    def home(self) -> None:
        """Move the window to the beginning."""
        self._place, self._follows = (0, 0), False
        self._opened = _NOWHERE

    def end(self) -> None:
        """Move the window to the end, where it stays as more comes."""
        self._follows = True

    def reveal(self, pick: int) -> None:
        """Move the window as little as shows something to pick of the last block."""
        found = [number for number, row in enumerate(self._rows(self._count - 1)) if row.pick == pick]
        if not found or self._tail is None:
            return
        first, last = (self._count - 1, found[0]), (self._count - 1, found[-1])
        lowest = self._up(self._down(last, 1), self._height)
        self._settle()
        self._place, self._follows = min(max(self._top, lowest), first), False
        self._follows = not self.below

    def _settle(self) -> None:
        """Put the window where it was asked to be, and no further down than there is something to see."""
        height = self._height
        spare = self._heading(self._place[0]) if self._place == self._opened else 0
        short = self._follows or self._rows_from(self._place, height + spare + 1) <= height + spare
        self._top = self._up(self._end, height) if short else self._place

    def _heading(self, number: int) -> int:
        """Count the rows with which a block begins that are a heading, or empty."""
        rows = self._rows(number) if number < self._count else ()
        titles = Style.HEADING | Style.STRONG
        told = (at for at, row in enumerate(rows) if not all(titles & piece.style for piece in row.line))
        return next(told, 0)

    def _resize(self, width: int, height: int) -> None:
        """Set all anew for another width, with the same words on top."""
        if width != self._width:
            number, row = self._place
            place, before = self._mark
            before = before if place == self._place else self._letters(number, row)
            self._width = width
            self._set.clear()
            rows = len(self._rows(number)) if number < self._count else 0
            row = next((at for at in range(rows) if self._letters(number, at + 1) > before), max(0, rows - 1))
            self._place = (number, row if before else 0)
            self._mark = (self._place, before)
        self._height = height

    def _letters(self, number: int, row: int) -> int:
        rows = self._rows(number)[:row] if number < self._count else ()
        return sum(len("".join(plain_text(one.line).split())) for one in rows)

    # Rows by block and number

    @property
    def _count(self) -> int:
        return len(self._blocks) + (self._tail is not None)

    @property
    def _end(self) -> tuple[int, int]:
        return self._count, 0

    def _rows(self, number: int) -> Sequence[Row]:
        if number not in self._set:
            block = self._blocks[number] if number < len(self._blocks) else self._tail
            self._set[number] = block(self._width) if block else ()
        return self._set[number]

    def _rows_from(self, place: tuple[int, int], most: int) -> int:
        """Count the rows from a place on, no further than a number."""
        number, row = place
        found = -row
        while found < most and number < self._count:
            found += len(self._rows(number))
            number += 1
        return found

    def _up(self, place: tuple[int, int], rows: int) -> tuple[int, int]:
        number, row = place
        while row < rows and number > 0:
            rows -= row
            number -= 1
            row = len(self._rows(number))
        return number, max(0, row - rows)

    def _down(self, place: tuple[int, int], rows: int) -> tuple[int, int]:
        number, row = place
        row += rows
        while number < self._count and row >= len(self._rows(number)):
            row -= len(self._rows(number))
            number += 1
        return (number, row) if number < self._count else self._end
