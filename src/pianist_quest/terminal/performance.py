"""Music as it is shown: staves and a keyboard, whose keys light up one after another where things may move. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .keyboard import ASCII as PLAIN_KEYS
from .keyboard import DRAWN, keyboard_lines
from .staff import ASCII, PRINT, staff_lines
from .typeset import WIDEST
from .wrap import Piece, Style, cells, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pianist_quest.story.story import Music
    from pianist_quest.worldfile.tune import Tune

    from .render import Drawn
    from .wrap import Line

_INDENT: Final = Piece("  ", Style.DRAWN)
_GAP: Final = 4
"""The cells between staves and a keyboard that stands beside them."""


def picture(tune: Tune, width: int, *, boxes: bool, lit: frozenset[int] | None = None) -> list[Line]:
    """Return the opening of a tune and its keyboard; all keys that are struck are marked, or those that are lit."""
    width = min(width, WIDEST) - 2
    keys = {strike.key for strike in tune.strikes()}
    staves = staff_lines(tune, width, PRINT if boxes else ASCII)
    board = keyboard_lines(keys, keys if lit is None else lit, width, DRAWN if boxes else PLAIN_KEYS)
    beside = _beside(staves, board, width)
    parts = [beside] if beside else [staves, board] if board else [staves]
    return [line for part in parts for line in ((), *((_INDENT, *one) if one else one for one in part))]


def _beside(staves: list[Line], board: list[Line], width: int) -> list[Line]:
    """Return the keyboard beside the staves, in the middle of their height; nothing where there is no room."""
    left = max(map(_cells, staves))
    if not board or left + _GAP + max(map(_cells, board)) > width:
        return []
    rows, first = [], (len(staves) - len(board)) // 2
    for number, line in enumerate(staves):
        at = number - first
        beside = board[at] if 0 <= at < len(board) else ()
        space = Piece(" " * (left + _GAP - _cells(line)))
        rows.append((*line, space, *beside) if beside else line)
    return rows


def _cells(line: Line) -> int:
    return cells(plain_text(line))


class Performance:
    """A text with pictures of music in it. The keys of what is played are lit as at `now`: seconds from its beginning.

    Where that is None it is a still, and all keys that are struck are marked.
    """

    def __init__(
        self, music: Mapping[str, Music], played: str, text: Callable[[int, Drawn], Sequence[Line]], *, boxes: bool
    ) -> None:
        self._music, self._played, self._text, self._boxes = music, played, text, boxes
        self._strikes = music[played].tune.strikes()
        self.now: float | None = None

    def __call__(self, width: int) -> Sequence[Line]:
        """Return its lines as they are now."""
        return self._text(width, self._drawn)

    @property
    def changes(self) -> tuple[float, ...]:
        """When it looks otherwise, in seconds from the beginning, in order; at the last of them it is over."""
        return tuple(sorted({at for one in self._strikes for at in (one.start, one.start + one.seconds)}))

    def _drawn(self, key: str, width: int) -> list[Line]:
        lit = None if self.now is None or key != self._played else self._lit(self.now)
        return picture(self._music[key].tune, width, boxes=self._boxes, lit=lit) if key in self._music else []

    def _lit(self, now: float) -> frozenset[int]:
        return frozenset(one.key for one in self._strikes if one.start <= now < one.start + one.seconds)
