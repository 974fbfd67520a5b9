"""Where a saved game stands in a world as it is now: the room, the script that waits, the ending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.engine import resume
from pianist_quest.engine.machine import MAX_CALLS
from pianist_quest.engine.view import offers
from pianist_quest.records import replace
from pianist_quest.story.english import the
from pianist_quest.story.flow import can_run_out
from pianist_quest.story.story import NOTHING, Offer, Room

from .values import thing_gone

if TYPE_CHECKING:
    from pianist_quest.engine.state import State
    from pianist_quest.engine.turn import Event
    from pianist_quest.story.story import Story

    from .fields import Fields
    from .losses import Losses


def _room(story: Story, key: str) -> int:
    number = story.by_key.get(key, NOTHING)
    return number if isinstance(story.things[number], Room) else NOTHING


def room_of(story: Story, fields: Fields, lost: Losses) -> int:
    """Return the room the player is in; where it is gone, the likeliest of those the player has been in."""
    key = fields.text_or_none("place")
    number = _room(story, key) if key else NOTHING
    if not key or number:
        return number
    return _set_down(
        story, [_room(story, one) for one in fields.texts("visited")], "The room you were in is gone", lost
    )


def _set_down(story: Story, rooms: list[int], why: str, lost: Losses) -> int:
    """Return the likeliest of some rooms, and tell that the player is there and why."""
    number = _likeliest(story, rooms)
    if number:
        lost.alter(f"{why}; you are in {the(story.things[number].name)}.")
    else:
        lost.cast_off(f"{why}; the story begins again.")
    return number


def _likeliest(story: Story, numbers: list[int]) -> int:
    """Return the room among some that most of them lead to or can be reached from, the first of several."""
    rooms = [room for number in numbers if number and isinstance(room := story.things[number], Room)]
    pairs = [(room.number, one.room) for room in rooms for one in room.exits if one.room in numbers]
    joined = {room.number: sum(room.number in pair for pair in pairs) for room in rooms}
    return max(joined, key=lambda number: joined[number], default=NOTHING)


def visited(story: Story, fields: Fields, lost: Losses) -> int:
    """Return a bit for each room the player has been in."""
    bits, place = 0, fields.text_or_none("place")
    for key in fields.texts("visited"):
        number = story.by_key.get(key, NOTHING)
        bits |= 1 << number if number else 0
        if not number and key != place:
            lost.vanish(thing_gone(key))
    return bits


def placed(story: Story, fields: Fields, state: State, lost: Losses) -> tuple[State, int]:
    """Return the state with the script's position, and where a script has to be begun instead, or -1."""
    ending = _ending(story, fields.text_or_none("ending"), lost)
    if ending >= 0:
        return replace(state, ending=ending), -1
    sites = {name: pc for pc, name in story.sites.items()}
    stack = _stack(fields, sites, lost)
    pc = _script(story, fields, sites, lost)
    state = replace(state, stack=stack if pc >= 0 else ())
    if not state.place and _may_end_nowhere(story, state, pc):
        state = _somewhere(story, state, lost)
        if not state.place:
            return replace(state, stack=()), story.start
    if pc < 0:
        return state, _look(story, fields, state.place)
    # A changed world may have closed every choice: then the script goes on from here by itself.
    waiting = replace(state, at=pc)
    rests = isinstance(story.code[pc], Offer) and any(offer.open for offer in offers(story, waiting))
    return (waiting, -1) if rests else (state, pc)


def _stack(fields: Fields, sites: dict[str, int], lost: Losses) -> tuple[int, ...]:
    """Return where open calls come back to, as far as that is there."""
    names = fields.texts("stack")
    known = [sites[name] for name in names if name in sites]
    if len(known) < len(names):
        lost.tear("A scene that was to go on later is gone.")
    return tuple(known[-MAX_CALLS:])


def _may_end_nowhere(story: Story, state: State, pc: int) -> bool:
    """Whether what waits may come to its end before there is a room, which no game comes to by itself.

    The story's start cannot: `check` refuses that.
    """
    if pc < 0:
        return True
    ends = can_run_out(story)
    return pc in ends and ends.issuperset(state.stack)


def _somewhere(story: Story, state: State, lost: Losses) -> State:
    """Return the state with the player in the likeliest room, if there is any."""
    if lost.adrift:
        return state
    been = [thing.number for thing in story.things if isinstance(thing, Room) and state.visited >> thing.number & 1]
    return replace(state, place=_set_down(story, been, "The saved game does not say where you were", lost))


def _ending(story: Story, key: str | None, lost: Losses) -> int:
    keys = [ending.key for ending in story.endings]
    if key is not None and key not in keys:
        lost.tear(f'The ending "{key}" no longer exists; the story goes on.')
    return keys.index(key) if key in keys else -1


def _script(story: Story, fields: Fields, sites: dict[str, int], lost: Losses) -> int:
    """Return the position of the script that was waiting, or that of its scene's beginning, or -1."""
    name, scene = fields.text_or_none("at"), fields.text_or_none("scene")
    if name is None:
        return -1
    if name in sites and isinstance(story.code[sites[name]], Offer):
        return sites[name]
    starts = [start for start, owner in story.owners if owner == scene and owner.startswith("scene ")]
    if starts:
        lost.tear(f"The place in the {scene} where you were is gone; it begins again.")
        return starts[0]
    lost.tear("The scene you were in no longer exists.")
    return -1


def _look(story: Story, fields: Fields, place: int) -> int:
    """Return the script that shows a free player where they are: none where that is what was shown last."""
    room = story.things[place]
    if not isinstance(room, Room):
        return story.start
    as_shown = room.key == fields.text_or_none("place") and fields.text_or_none("at") is None
    return -1 if as_shown else room.look


def go_on(story: Story, state: State, pc: int) -> tuple[State, tuple[Event, ...]]:
    """Run a script until the player can act; where that leads to no room, run the world's start.

    The start always leads somewhere: `check` refuses one that can run out before there is a room.
    """
    turn = resume(story, state, pc)
    reached = turn.state
    if pc != story.start and not reached.place and reached.at < 0 and reached.ending < 0:
        return go_on(story, replace(reached, stack=()), story.start)
    return reached, turn.events
