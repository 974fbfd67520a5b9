"""What a player knows of the rooms: those visited, the ways seen there, the people met there last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.engine.view import is_there, is_way_open, known, scope
from pianist_quest.records import record, replace
from pianist_quest.story.english import the
from pianist_quest.story.story import NOTHING, Character, Room

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pianist_quest.engine.state import State
    from pianist_quest.story.story import Story

    from .moment import Moment


@record
class Seen:
    """A way as it was seen last: its word, the number of the room it leads to, whether it is open, has a door."""

    word: str
    room: int
    open: bool = True
    door: bool = False


@record
class Place:
    """A room: its name, who was met there last, its ways; `when` it was seen last, the larger the later."""

    name: str
    visited: bool = True
    people: tuple[str, ...] = ()
    ways: tuple[Seen, ...] = ()
    when: int = 0


@record
class Known:
    """The rooms by number, those visited and those beside them whose names are known; the player's own."""

    places: dict[int, Place]
    here: int

    @property
    def visited(self) -> tuple[int, ...]:
        """The rooms visited, the player's own first, then in the order the world declares them."""
        found = [number for number, place in sorted(self.places.items()) if place.visited]
        return tuple(sorted(found, key=lambda number: number != self.here))


def survey(story: Story, moments: Sequence[Moment]) -> Known:
    """Return what is known after moments; of a room in which play never rested among them, the ways as they are now."""
    now = moments[-1].state
    rooms = [thing for thing in story.things if isinstance(thing, Room)]
    last, met = _glimpses(story, moments)
    places: dict[int, Place] = {}
    for room in rooms:
        if now.visited >> room.number & 1:
            when, state = last.get(room.number, (-1, replace(now, place=room.number)))
            people = tuple(story.things[one].name for one, place in met.items() if place == room.number)
            places[room.number] = Place(room.name, people=people, ways=_ways(story, room, state), when=when)
    for room in rooms:
        beside = any(way.room == room.number for place in places.values() for way in place.ways)
        if room.number not in places and beside and known(story, now) >> room.number & 1:
            places[room.number] = Place(room.name, visited=False)
    return Known(places, now.place)


def _glimpses(story: Story, moments: Sequence[Moment]) -> tuple[dict[int, tuple[int, State]], dict[int, int]]:
    """Return when and how each room was seen last, and in which room each person, where they were then still."""
    last: dict[int, tuple[int, State]] = {}
    met: dict[int, int] = {}
    seen = set[int]()
    for when in reversed(range(len(moments))):
        state = moments[when].state
        people = {one.number for one in scope(story, state) if isinstance(one, Character)}
        if state.place not in last:
            last[state.place] = when, state
            met |= dict.fromkeys(sorted(people - seen), state.place)
        seen |= people
    return last, met


def _ways(story: Story, room: Room, state: State) -> tuple[Seen, ...]:
    """Return the ways out of a room as a state has them."""
    return tuple(
        Seen(one.word, one.room, is_way_open(story, one, state), one.door != NOTHING)
        for one in room.exits
        if is_there(one, state)
    )


def told(known: Known, number: int) -> str:
    """Return a room in a sentence, with who was met there and where its ways lead, as far as known."""
    ways = ", ".join(listed(known, way) for way in known.places[number].ways)
    return f"{named(known, number)}: {ways or 'no way out'}."


def named(known: Known, number: int) -> str:
    """Return a room's name, with who was met there."""
    place = known.places[number]
    return f"{place.name} ({', '.join(place.people)})" if place.people else place.name


def listed(known: Known, way: Seen) -> str:
    """Return a way with the room it leads to, where that is known."""
    goal = known.places.get(way.room)
    shut = "" if way.open else " (shut)"
    return f"{way.word} to {the(goal.name)}{shut}" if goal else f"{way.word}{shut}"


def ways_list(known: Known) -> list[str]:
    """Return the map as sentences: the player's own room, then the others."""
    rooms = [told(known, number) for number in known.visited]
    if known.here in known.visited:
        rooms[0] = f"You are here. {rooms[0]}"
    return rooms or ["You have been nowhere yet."]
