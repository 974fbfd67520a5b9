"""What a game's variables and properties hold, in words and as the numbers of a story's slots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.story.english import capital, the
from pianist_quest.story.story import NOTHING, PLAYER, Character, Room, SlotKind
from pianist_quest.story.values import as_begun

from .document import damaged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pianist_quest.story.story import Slot, Story

    from .fields import Fields
    from .losses import Losses

_UNKNOWN = object()


def word(story: Story, slot: Slot, value: int) -> int | str | bool | None:
    """Return what a slot holds in words, as a saved game tells it."""
    kind = slot.kind
    if kind is SlotKind.FLAG:
        return value > 0
    if kind is SlotKind.NUMBER:
        return value
    return slot.names[value] if kind is SlotKind.ENUM else thing_word(story, value)


def thing_word(story: Story, number: int) -> str | None:
    """Return the name of a thing as a saved game tells it."""
    if number == NOTHING:
        return None
    return "player" if number == PLAYER else story.things[number].key


def values(story: Story, fields: Fields, lost: Losses) -> Sequence[int]:
    """Return a number for each slot of the story, from the words and counts of a saved game."""
    words, counts = fields.mapping("values"), fields.counts("counts")
    found = []
    for slot in story.slots:
        if slot.kind is SlotKind.COUNT:
            count = counts.get(slot.name, counts.get(slot.former, slot.start))
            found.append(min(count, slot.high))
        else:
            found.append(_value(story, slot, words.get(slot.name, _UNKNOWN), lost))
    known = {name for slot in story.slots for name in (slot.name, slot.former)}
    for name in words:
        if name not in known:
            lost.vanish(_gone(story, name))
    forgotten = sum(name not in known for name in counts)
    if forgotten:
        lost.alter(f"Of what you had seen or done, {forgotten} part{'s are' if forgotten > 1 else ' is'} gone.")
    return as_begun(tuple(found), tuple(slot.start for slot in story.slots))


def _value(story: Story, slot: Slot, word: object, lost: Losses) -> int:
    if word is _UNKNOWN:
        return slot.start
    if not isinstance(word, int | str | None):
        raise damaged(f'"{slot.name}" has no value that a variable can have')
    value = _number(story, slot, word)
    if value is None:
        if slot.kind is SlotKind.PLACE:
            lost.alter(_back(story, slot.name.removesuffix(".at")))
        else:
            lost.tear(f'"{slot.name}" can no longer be {_spoken(word)}; it is as at the start.')
        return slot.start
    if slot.kind is SlotKind.NUMBER and not slot.low <= value <= slot.high:
        kept = min(max(value, slot.low), slot.high)
        lost.alter(f'"{slot.name}" can no longer be {value}; it is {kept}.')
        return kept
    return value


def _gone(story: Story, name: str) -> str:
    """Return that a slot is no longer there: its thing is gone, or does not move or change any more."""
    key, is_part, part = name.partition(".")
    if not is_part:
        return f'"{name}" no longer exists.'
    if key not in story.by_key:
        return thing_gone(key)
    return _back(story, key) if part == "at" else f'{_the(story, key)} no longer has "{part}".'


def thing_gone(key: str) -> str:
    """Return that a thing is gone."""
    return f"The {key.replace('_', ' ')} no longer exists."


def _back(story: Story, key: str) -> str:
    return f"{_the(story, key)} is where it was at the start."


def _the(story: Story, key: str) -> str:
    return capital(the(story.things[story.by_key[key]].name))


def _number(story: Story, slot: Slot, word: int | str | None) -> int | None:
    """Return the number of a value in words, or None where the slot cannot hold it."""
    if slot.kind is SlotKind.NUMBER:
        return word if type(word) is int else None
    if slot.kind is SlotKind.FLAG:
        return int(word) if isinstance(word, bool) else None
    if slot.kind is SlotKind.ENUM:
        return slot.names.index(word) if isinstance(word, str) and word in slot.names else None
    number = _thing(story, word)
    fits = _fits if slot.kind is SlotKind.THING else _holds
    return number if fits(story, slot, number) else None


def _fits(story: Story, slot: Slot, number: int | None) -> bool:
    """Whether a variable can hold a thing: it is of the kind that the variable is for."""
    if number in (None, NOTHING) or not slot.names:
        return number is not None
    return slot.names[0] in ("thing", story.things[number].kind)


def _thing(story: Story, word: int | str | None) -> int | None:
    if word is None:
        return NOTHING
    if word == "player":
        return PLAYER
    return story.by_key.get(word) if isinstance(word, str) else None


def _holds(story: Story, slot: Slot, number: int | None) -> bool:
    """Whether a thing can be somewhere: nowhere, in a room; an item also with the player or in somebody's hands."""
    if number in (None, NOTHING):
        return number is not None
    mover = story.things[story.by_key.get(slot.name.removesuffix(".at"), NOTHING)]
    if isinstance(story.things[number], Room):
        return True
    held = number == PLAYER or number in story.space.nests or isinstance(story.things[number], Character)
    return held and not isinstance(mover, Character)


def _spoken(word: int | str | None) -> str:
    return "nothing" if word is None else str(word).lower() if isinstance(word, bool) else str(word)
