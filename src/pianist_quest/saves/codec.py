"""A run to a document and back: by name, never by number, so that a save outlives changes to its world."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pianist_quest.engine import resume
from pianist_quest.engine.machine import MAX_CALLS
from pianist_quest.engine.state import State
from pianist_quest.engine.view import offers
from pianist_quest.story.english import capital, the
from pianist_quest.story.story import NOTHING, PLAYER, Character, Offer, Room, SlotKind

from .decisions import MOST
from .document import FORMAT, Document, SaveError, damaged
from .fields import MOST as MOST_WHOLE
from .fields import Fields, from_events
from .renaming import renamed

if TYPE_CHECKING:
    from pianist_quest.engine.turn import Event
    from pianist_quest.story.story import Slot, Story

_UNKNOWN = object()


@dataclass(frozen=True, slots=True)
class Saved:
    """A run as it was saved: its state, the turn's number, what was shown last, and what is gone since."""

    state: State
    turn: int
    shown: tuple[Event, ...]
    lost: tuple[str, ...] = ()
    decisions: tuple[str, ...] | None = None
    """What was done since the beginning, a line for each turn; None where that is not known."""
    played: int = 0
    """How long it was played, in seconds."""


def encode(story: Story, run: Saved, *, saved: str, summary: str) -> Document:
    """Return the document of a run; `saved` is the time, `summary` says to a player where it stands."""
    state, decisions = run.state, run.decisions
    # What counts, and what is set only while a script runs, stands in a document where it is more than nothing.
    passing = set(story.locals)
    counted = [
        slot.kind is SlotKind.COUNT or (number in passing and state.values[number] == slot.start)
        for number, slot in enumerate(story.slots)
    ]
    pairs = list(zip(story.slots, state.values, counted, strict=True))
    return {
        "format": FORMAT,
        "world": story.key,
        "title": story.title,
        "fingerprint": story.fingerprint,
        "saved": saved,
        "summary": summary,
        "turn": min(run.turn, MOST_WHOLE),
        "played": min(run.played, MOST_WHOLE),
        "seed": state.seed,
        "place": _thing_word(story, state.place),
        "visited": [thing.key for thing in story.things if state.visited >> thing.number & 1],
        "at": story.sites[state.at] if state.at >= 0 else None,
        "scene": story.owner(state.at) if state.at >= 0 else None,
        "stack": [story.sites[pc] for pc in state.stack],
        "ending": story.endings[state.ending].key if state.ending >= 0 else None,
        "values": {slot.name: _word(story, slot, value) for slot, value, count in pairs if not count},
        "counts": {slot.name: value for slot, value, count in pairs if count and value},
        "shown": from_events(run.shown),
        "decisions": None if decisions is None or len(decisions) > MOST else list(decisions),
    }


def decode(story: Story, document: Document) -> Saved:
    """Return the run in a document, fitted to the world as it is now.

    Raises SaveError where it is a run of another world or a part of it is no such part.
    """
    fields = Fields(renamed(document, story.renamed))
    if fields.text("world") != story.key:
        raise SaveError(
            f'This is a saved game of "{fields.text("title")}", and the world played is "{story.title}"',
            todo=f"Start the world {fields.text('world')} to load it.",
        )
    lost: dict[str, None] = {}
    values = _values(story, fields, lost)
    place, visited = _place(story, fields, lost), _visited(story, fields, lost)
    # The player has been where the player is, whatever the file says.
    state = State(values, place, visited | (1 << place if place else 0), -1, (), -1, fields.whole("seed"))
    placed, begin = _position(story, fields, state, lost)
    shown, turn = fields.events("shown"), fields.whole("turn")
    if begin >= 0:
        placed, shown = _go_on(story, placed, begin)
    played = fields.whole("played") if "played" in document else 0  # format 1 did not tell it
    return Saved(placed, turn, shown, tuple(lost), _decisions(fields), played)


def _decisions(fields: Fields) -> tuple[str, ...] | None:
    return tuple(fields.texts("decisions")[:MOST]) if fields.document.get("decisions") is not None else None


# Values


def _word(story: Story, slot: Slot, value: int) -> int | str | bool | None:
    if slot.kind is SlotKind.FLAG:
        return bool(value)
    if slot.kind is SlotKind.ENUM:
        return slot.names[value]
    return value if slot.kind is SlotKind.NUMBER else _thing_word(story, value)


def _thing_word(story: Story, number: int) -> str | None:
    if number == NOTHING:
        return None
    return "player" if number == PLAYER else story.things[number].key


def _values(story: Story, fields: Fields, lost: dict[str, None]) -> tuple[int, ...]:
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
            lost[_gone(story, name)] = None
    forgotten = sum(name not in known for name in counts)
    if forgotten:
        lost[f"Of what you had seen or done, {forgotten} part{'s are' if forgotten > 1 else ' is'} gone."] = None
    return tuple(found)


def _value(story: Story, slot: Slot, word: object, lost: dict[str, None]) -> int:
    if word is _UNKNOWN:
        return slot.start
    if not isinstance(word, int | str | None):
        raise damaged(f'"{slot.name}" has no value that a variable can have')
    value = _number(story, slot, word)
    if value is None:
        lost[_afresh(story, slot, word)] = None
        return slot.start
    if slot.kind is SlotKind.NUMBER and not slot.low <= value <= slot.high:
        kept = min(max(value, slot.low), slot.high)
        lost[f'"{slot.name}" can no longer be {value}; it is {kept}.'] = None
        return kept
    return value


def _gone(story: Story, name: str) -> str:
    """Return that a slot is no longer there: its thing is gone, or does not move or change any more."""
    key, is_part, part = name.partition(".")
    if not is_part:
        return f'"{name}" no longer exists.'
    if key not in story.by_key:
        return _thing_gone(key)
    return _back(story, key) if part == "at" else f'{_the(story, key)} no longer has "{part}".'


def _afresh(story: Story, slot: Slot, word: int | str | None) -> str:
    """Return that a slot cannot hold any more what it held."""
    if slot.kind is SlotKind.PLACE:
        return _back(story, slot.name.removesuffix(".at"))
    return f'"{slot.name}" can no longer be {_spoken(word)}; it is as at the start.'


def _thing_gone(key: str) -> str:
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


# Where the player is


def _room(story: Story, key: str) -> int:
    number = story.by_key.get(key, NOTHING)
    return number if isinstance(story.things[number], Room) else NOTHING


def _place(story: Story, fields: Fields, lost: dict[str, None]) -> int:
    """Return the room the player is in; where it is gone, the likeliest of those the player has been in."""
    key = fields.text_or_none("place")
    number = _room(story, key) if key else NOTHING
    if not key or number:
        return number
    number = _likeliest(story, [_room(story, one) for one in fields.texts("visited")])
    now = f"you are in {the(story.things[number].name)}" if number else "the story begins again"
    lost[f"The room you were in is gone; {now}."] = None
    return number


def _likeliest(story: Story, numbers: list[int]) -> int:
    """Return the room among some that most of them lead to or can be reached from, the first of several."""
    rooms = [room for number in numbers if number and isinstance(room := story.things[number], Room)]
    pairs = [(room.number, one.room) for room in rooms for one in room.exits if one.room in numbers]
    joined = {room.number: sum(room.number in pair for pair in pairs) for room in rooms}
    return max(joined, key=lambda number: joined[number], default=NOTHING)


def _visited(story: Story, fields: Fields, lost: dict[str, None]) -> int:
    bits, place = 0, fields.text_or_none("place")
    for key in fields.texts("visited"):
        number = story.by_key.get(key, NOTHING)
        bits |= 1 << number if number else 0
        if not number and key != place:
            lost[_thing_gone(key)] = None
    return bits


def _position(story: Story, fields: Fields, state: State, lost: dict[str, None]) -> tuple[State, int]:
    """Return the state with the script's position, and where a script has to be begun instead, or -1."""
    ending = _ending(story, fields.text_or_none("ending"), lost)
    if ending >= 0:
        return replace(state, ending=ending), -1
    sites = {name: pc for pc, name in story.sites.items()}
    known = [sites[name] for name in fields.texts("stack") if name in sites]
    if len(known) < len(fields.texts("stack")):
        lost["A scene that was to go on later is gone."] = None
    state = replace(state, stack=tuple(known[-MAX_CALLS:]))
    pc = _script(story, fields, sites, lost)
    waiting = replace(state, at=pc)
    if pc < 0:
        return replace(state, stack=()), _look(story, fields, state.place)
    # A changed world may have closed every choice: then the script goes on from here by itself.
    rests = isinstance(story.code[pc], Offer) and any(offer.open for offer in offers(story, waiting))
    return (waiting, -1) if rests else (state, pc)


def _ending(story: Story, key: str | None, lost: dict[str, None]) -> int:
    keys = [ending.key for ending in story.endings]
    if key is not None and key not in keys:
        lost[f'The ending "{key}" no longer exists; the story goes on.'] = None
    return keys.index(key) if key in keys else -1


def _script(story: Story, fields: Fields, sites: dict[str, int], lost: dict[str, None]) -> int:
    """Return the position of the script that was waiting, or that of its scene's beginning, or -1."""
    name, scene = fields.text_or_none("at"), fields.text_or_none("scene")
    if name is None:
        return -1
    if name in sites and isinstance(story.code[sites[name]], Offer):
        return sites[name]
    starts = [start for start, owner in story.owners if owner == scene and owner.startswith("scene ")]
    if starts:
        lost[f"The place in the {scene} where you were is gone; it begins again."] = None
        return starts[0]
    lost["The scene you were in no longer exists."] = None
    return -1


def _look(story: Story, fields: Fields, place: int) -> int:
    """Return the script that shows a free player where they are: none where that is what was shown last."""
    room = story.things[place]
    if not isinstance(room, Room):
        return story.start
    as_shown = room.key == fields.text_or_none("place") and fields.text_or_none("at") is None
    return -1 if as_shown else room.look


def _go_on(story: Story, state: State, pc: int) -> tuple[State, tuple[Event, ...]]:
    """Run a script until the player can act; where that leads to no room, run the world's start.

    The start always leads somewhere: `check` refuses one that can run out before there is a room.
    """
    turn = resume(story, state, pc)
    reached = turn.state
    if pc != story.start and not reached.place and reached.at < 0 and reached.ending < 0:
        return _go_on(story, replace(reached, stack=()), story.start)
    return reached, turn.events
