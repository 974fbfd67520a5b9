"""How what STATUS tells has gone over the turns of a game: a line of small bars for each value, and words. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.story.story import SlotKind

from .words import words
from .wrap import Piece, Style, cells, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pianist_quest.story.story import Statistic, Story

    from .moment import Moment
    from .wrap import Line

BARS: Final = "▁▂▃▄▅▆▇█"
ASCII_BARS: Final = ".:-=+*%#"
_LONGEST: Final = 40
"""The most cells of a line of bars: of more turns, those that come to one bar are shown by the last of them."""
_LEAST: Final = 10
_WIDEST: Final = 1_000
"""The greatest distance between bounds up to which the lowest bar is the lower bound, and the highest the upper one."""


def curve_lines(story: Story, moments: Sequence[Moment], name: str, width: int, bars: str = "") -> list[Line]:
    """Return a line for each number that STATUS tells and that has changed; `name` says which, `bars` draw them."""
    typed = set(words(name))
    found: list[Line] = []
    turns = turns_of(moments)
    for one in _asked(story, typed):
        values = [moment.state.values[one.slot] for moment in turns]
        if len(set(values)) > 1:
            label = f"{one.group}, {one.label}" if one.group else one.label
            drawn = f"{bar_line(values, _bounds(story, one, values), bars, width - cells(label) - 2)}  " if bars else ""
            pieces = (Piece(f"{label}: "), Piece(drawn, Style.DRAWN), Piece(_told(values, turns)))
            found += [pieces] if sum(cells(piece.text) for piece in pieces) <= width else wrap(pieces, width, "", "  ")
    nothing = "Nothing that STATUS tells has changed yet." if not typed else f'Nothing called "{name}" has changed.'
    return found or wrap((Piece(nothing),), width)


def bar_line(values: Sequence[int], bounds: tuple[int, int], bars: str, room: int) -> str:
    """Return values as bars, as many as there are or as there is room for; both bounds included."""
    count = max(_LEAST, min(len(values), _LONGEST, room // 2))
    picked = [values[(at + 1) * len(values) // count - 1] for at in range(count)] if len(values) > count else values
    low, high = bounds
    return "".join(bars[(value - low) * (len(bars) - 1) // max(1, high - low)] for value in picked)


def turns_of(moments: Sequence[Moment]) -> list[Moment]:
    """Return the last moment of each turn of a game."""
    return list({moment.turn: moment for moment in moments}.values())


def _asked(story: Story, typed: set[str]) -> Iterator[Statistic]:
    """Yield the numbers that are meant."""
    for one in story.statistics:
        if story.slots[one.slot].kind is SlotKind.NUMBER and typed <= set(words(f"{one.group} {one.label}")):
            yield one


def _bounds(story: Story, one: Statistic, values: Sequence[int]) -> tuple[int, int]:
    slot = story.slots[one.slot]
    near = slot.high - slot.low <= _WIDEST
    return (slot.low, slot.high) if near else (min(values), max(values))


def _told(values: Sequence[int], turns: Sequence[Moment]) -> str:
    """Return in words how values went."""
    extremes = [one for one in (min(values), max(values)) if one not in (values[0], values[-1])]
    told = [f"{one} in turn {turns[values.index(one)].turn}" for one in extremes]
    between = f", {', '.join(told)}" if told else ""
    return f"{values[0]} at first{between}, {values[-1]} now"
