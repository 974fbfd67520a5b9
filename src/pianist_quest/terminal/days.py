"""DAYS: the parts of a game as its status line names them, what was done in each, and what it changed. Pure.

What the status line begins with names the part: a day, a month, a chapter. What was done is told by the variables with
a label that hold words; what it changed, by those that hold numbers. (What is told of things has tables of its own.)
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.turn import Gauge
from pianist_quest.engine.view import slot_text, status
from pianist_quest.story.story import SlotKind

from .columns import Columns, column_lines
from .curves import turns_of
from .scene import plain
from .words import words
from .wrap import Piece, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pianist_quest.story.story import Statistic, Story

    from .moment import Moment
    from .wrap import Line

MARKS: Final = ("■", "·")
ASCII_MARKS: Final = ("#", ".")
"""How a part is marked in which something was done, and one in which nothing was."""
_NONE: Final = "This world's status line names no days or other parts of the story."


def days_lines(
    story: Story, moments: Sequence[Moment], name: str, width: int, rule: str, marks: tuple[str, str] = MARKS
) -> list[Line]:
    """Return a row for each part of the game; `name` asks for those in whose rows it stands."""
    typed = set(words(name))
    rows = [row for row in _rows(story, turns_of(moments)) if typed <= set(words(" ".join(row)))]
    if not rows:
        nothing = f'No part of the game is called "{name}".' if typed else _NONE
        return wrap((Piece(nothing),), width)
    if not rule:
        return column_lines(Columns(("", "", ""), tuple(rows)), width)
    marked = tuple((f"{marks[not done]} {part}", done, changed) for part, done, changed in rows)
    return column_lines(Columns(("  When", "What", "Changes"), marked), width, rule)


def _rows(story: Story, turns: Sequence[Moment]) -> Iterator[tuple[str, str, str]]:
    """Yield for each part its name, what was done, and what that changed."""
    before = turns[0]
    for part, group in groupby(turns, key=lambda one: _part(story, one)):
        found = list(group)
        if part:
            yield part, _done(story, [before, *found]), _changes(story, before, found[-1])
        before = found[-1]


def _part(story: Story, moment: Moment) -> str:
    """Return what the status line begins with, where that is a text."""
    first = next(iter(status(story, moment.state)), None)
    return "" if first is None or isinstance(first, Gauge) else plain(first)


def _done(story: Story, moments: Sequence[Moment]) -> str:
    """Return what words were set in some moments: all of them as they are whenever one is."""
    found = dict[str, None]()
    slots = [one for one in story.statistics if not one.group and not _is_number(story, one)]
    for before, now in pairwise(moments):
        changed = [one for one in slots if before.state.values[one.slot] != now.state.values[one.slot]]
        if any(now.state.values[one.slot] != story.slots[one.slot].start for one in changed):
            found[_words(story, slots, now)] = None
    return "; ".join(found)


def _words(story: Story, slots: Sequence[Statistic], now: Moment) -> str:
    """Return the words that are not as at the beginning; what only is so or not, where there are no others."""
    held = [one for one in slots if now.state.values[one.slot] != story.slots[one.slot].start]
    said = [slot_text(story, one.slot, now.state.values[one.slot]) for one in held if not _is_flag(story, one)]
    return ", ".join(text.replace("_", " ") for text in said) or ", ".join(one.label for one in held)


def _changes(story: Story, before: Moment, now: Moment) -> str:
    """Return what numbers have changed, and by how much."""
    found = []
    for one in story.statistics:
        by = now.state.values[one.slot] - before.state.values[one.slot]
        if by and not one.group and _is_number(story, one):
            found.append(f"{one.label} {by:+}")
    return ", ".join(found)


def _is_number(story: Story, one: Statistic) -> bool:
    return story.slots[one.slot].kind is SlotKind.NUMBER


def _is_flag(story: Story, one: Statistic) -> bool:
    return story.slots[one.slot].kind is SlotKind.FLAG
