"""DAYS: the parts of a game as its status line names them, what was done in each, and what it changed. Pure.

What the status line begins with names the part: a day, a month, a chapter. What was done is told in the words of the
choices that set variables with a label that hold words; where there were none, of the last choices. What it changed is
told by those that hold numbers. (What is told of things has tables of its own.)
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.turn import Choose, Gauge
from pianist_quest.engine.view import slot_text, status
from pianist_quest.story.story import LEAVE_IT, SlotKind

from .columns import Columns, column_lines
from .labels import plain
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
_FEW: Final = 3
"""The most choices that are told of a part in which no words were set."""
_CLAUSE: Final = re.compile(r"[:;.]\s")
"""Where the first clause of a choice ends."""
_NONE: Final = "This world's status line names no days or other parts of the story."


def days_lines(
    story: Story, moments: Sequence[Moment], name: str, width: int, rule: str, marks: tuple[str, str] = MARKS
) -> list[Line]:
    """Return a row for each part of the game; `name` asks for those in whose rows it stands."""
    typed = set(words(name))
    rows = [row for row in _rows(story, moments) if typed <= set(words(" ".join(row)))]
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
            yield part, _done(story, [before, *found]) or _chosen(found), _changes(story, before, found[-1])
        before = found[-1]


def _part(story: Story, moment: Moment) -> str:
    """Return what the status line begins with, where that is a text."""
    first = next(iter(status(story, moment.state)), None)
    return "" if first is None or isinstance(first, Gauge) else plain(first)


def _done(story: Story, moments: Sequence[Moment]) -> str:
    """Return what words were set in some moments, in the words of the choices that set them."""
    found = dict[str, None]()
    slots = [one for one in story.statistics if not one.group and not _is_number(story, one)]
    for at, (before, now) in enumerate(pairwise(moments)):
        changed = [one for one in slots if before.state.values[one.slot] != now.state.values[one.slot]]
        held = [one for one in changed if now.state.values[one.slot] != story.slots[one.slot].start]
        if held:
            choices = _choices(moments[: at + 2])
            found[", ".join([*choices, *_words(story, held, now, choices)])] = None
    return "; ".join(found)


def _choices(moments: Sequence[Moment]) -> list[str]:
    """Return the choice by which the last of some moments was come to, behind the one that led to it."""
    *_, before, now = moments
    made = _choice(before, now)
    led = _choice(moments[-3], before) if made and len(moments) > 2 and before.state.at >= 0 else ""
    return [one for one in (led, made) if one]


def _choice(before: Moment, now: Moment) -> str:
    """Return the words of the choice that was made; empty where none was, or where that is not known any more."""
    made = now.done[-1] if now.done else None
    label = before.scene.phrase(made) if isinstance(made, Choose) else ""
    return "" if label == LEAVE_IT else _CLAUSE.split(label.strip(" ."))[0]


def _chosen(moments: Sequence[Moment]) -> str:
    """Return the last choices of a part in which no words were set; not the one that led to it."""
    found = dict.fromkeys(filter(None, (_choice(before, now) for before, now in pairwise(moments))))
    return "; ".join(list(found)[-_FEW:])


def _words(story: Story, held: Sequence[Statistic], now: Moment, choices: Sequence[str]) -> list[str]:
    """Return what was set, where choices do not say it; of names that only the world's author knows, nothing then."""
    things = [one for one in held if story.slots[one.slot].kind in (SlotKind.THING, SlotKind.PLACE)]
    told = [slot_text(story, one.slot, now.state.values[one.slot]) for one in things]
    if len(choices) > 1:
        return []
    if choices:
        return [name for name in told if not set(words(name)) <= set(words(" ".join(choices)))]
    enums = [one for one in held if story.slots[one.slot].kind is SlotKind.ENUM]
    told += [slot_text(story, one.slot, now.state.values[one.slot]).replace("_", " ") for one in enums]
    return told or [one.label for one in held]


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
