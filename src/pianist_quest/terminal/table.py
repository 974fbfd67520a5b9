"""TABLE: what STATUS tells of things, side by side: a row for each thing of a kind, a column for each label. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.view import slot_text
from pianist_quest.story.english import capital
from pianist_quest.story.story import Character, SlotKind

from .columns import Columns, column_lines
from .of_story import once
from .words import words
from .wrap import Piece, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pianist_quest.engine.state import State
    from pianist_quest.story.story import Story

    from .moment import Moment
    from .wrap import Line

    Slots = Mapping[str, Mapping[str, int]]
    """The labelled slots of a kind's things: by thing, then by label."""

_LEAST: Final = 3
"""The least things of a kind that have changed in one turn before they are shown by themselves."""
_NONE: Final = "There is nothing to set side by side yet."


def table_lines(story: Story, state: State, name: str, width: int, rule: str) -> list[Line]:
    """Return the tables that there are, or the one that a name asks for."""
    typed = set(words(name.replace("_", " ")))
    lines: list[Line] = []
    for kind, slots in kinds(story).items():
        meant = _meant(story, kind, slots, typed)
        if meant:
            table = _table(story, state, kind, meant)
            lines += [(), *column_lines(table, width, rule)] if table.rows else []
    nothing = f'There is no table called "{name}".' if typed else _NONE
    return lines[1:] or wrap((Piece(nothing),), width)


def _meant(story: Story, kind: str, slots: Slots, typed: set[str]) -> Slots:
    """Return the things that some words ask for: all of a kind by its name or labels, one by its own name or key."""
    labels = [label for one in slots.values() for label in one]
    if typed <= _words(kind, f"{kind}s", *labels):
        return slots
    names = {key: story.things[story.by_key[key]] for key in slots}
    return {key: slots[key] for key, one in names.items() if typed <= _words(kind, one.name, *one.aka, key)}


def _words(*texts: str) -> set[str]:
    return set(words(" ".join(texts).replace("_", " ")))


@once
def kinds(story: Story) -> dict[str, dict[str, dict[str, int]]]:
    """Return the labelled slots of things, by kind; kinds with less than two such things are left out."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for one in story.statistics:
        owner, dot, _ = story.slots[one.slot].name.partition(".")
        if dot:
            thing = story.things[story.by_key[owner]]
            found.setdefault(thing.kind, {}).setdefault(thing.key, {})[one.label] = one.slot
    return {kind: slots for kind, slots in found.items() if len(slots) > 1}


def news(before: Moment, now: Moment) -> tuple[str, ...]:
    """Return the kinds of which a turn has changed what STATUS tells of most things: these are shown by themselves."""
    story = now.scene.story
    old, new = before.state.values, now.state.values
    found = []
    for kind, slots in kinds(story).items() if old != new else ():
        changed = sum(any(old[slot] != new[slot] for slot in labels.values()) for labels in slots.values())
        if changed >= max(_LEAST, (len(slots) + 1) // 2) and _rows(story, now.state, slots):
            found.append(kind)
    return tuple(found)


def _table(story: Story, state: State, kind: str, slots: Slots) -> Columns:
    heads = tuple(dict.fromkeys(label for labels in slots.values() for label in labels))
    heads = tuple(head for head in heads if any(_said(story, state, labels.get(head, -1)) for labels in slots.values()))
    shown = _rows(story, state, slots)
    rows = [[_cell(story, state, slots[key].get(head, -1)) for head in heads] for key in shown]
    slot_of = {head: slot for labels in slots.values() for head, slot in labels.items()}
    counted = [story.slots[slot_of[head]].kind is SlotKind.NUMBER for head in heads]
    foot = _foot(story, slots, heads, rows) if len(rows) > 1 else []
    names = [story.things[story.by_key[key]].name for key in shown]
    return Columns(
        (capital(kind.replace("_", " ")), *heads),
        tuple((name, *row) for name, row in zip(names, rows, strict=True)),
        ("Together", *foot) if any(foot) else (),
        frozenset(at for at, one in enumerate(counted, 1) if one),
    )


def _rows(story: Story, state: State, slots: Slots) -> list[str]:
    """Return the things that have a row: those of which something is not as it was at the beginning."""
    return [key for key, labels in slots.items() if any(_changed(story, state, slot) for slot in labels.values())]


def _changed(story: Story, state: State, slot: int) -> bool:
    return state.values[slot] != story.slots[slot].start


def _cell(story: Story, state: State, slot: int) -> str:
    """Return a value in words; nothing for a word that is as it was at the beginning."""
    return slot_text(story, slot, state.values[slot]).replace("_", " ") if _said(story, state, slot) else ""


def _said(story: Story, state: State, slot: int) -> bool:
    if slot < 0:
        return False
    return _changed(story, state, slot) or story.slots[slot].kind in (SlotKind.NUMBER, SlotKind.FLAG)


def _foot(story: Story, slots: Slots, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the totals of the columns, those left out that are none."""
    columns = list(zip(*rows, strict=True))
    found = []
    for head, column in zip(heads, columns, strict=True):
        held = [labels[head] for labels in slots.values() if head in labels]
        is_number = story.slots[held[0]].kind is SlotKind.NUMBER
        found.append(_total(column, counted=is_number) if not is_number or _adds_up(story, slots, held) else "")
    return found


def _adds_up(story: Story, slots: Slots, held: Sequence[int]) -> bool:
    """Whether numbers are worth a sum: they are counted from nothing, and are not how people stand to the player."""
    people = any(isinstance(story.things[story.by_key[key]], Character) for key in slots)
    return not people and all(story.slots[slot].start == 0 for slot in held)


def _total(column: Sequence[str], *, counted: bool) -> str:
    """Return the sum of numbers; of words, how often each is said."""
    if counted:
        return str(sum(int(text) for text in column if text))
    return ", ".join(f"{count} {text}" for text, count in Counter(text for text in column if text).items())
