"""What a player sees of a state besides the events of the last turn. Nothing here changes anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pianist_quest.story.story import NOTHING, PLAYER, Located, Meter, Room

from .text import render
from .turn import Gauge, Offered, Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pianist_quest.story.story import Character, Code, Exit, Option, Story, Thing

    from .state import State
    from .turn import Runs


def options(story: Story, state: State) -> tuple[Option, ...]:
    """Return the choices written where the player is: the script's that waits, else the room's."""
    if state.ending >= 0:
        return ()
    if state.at >= 0:
        return story.code[state.at].options  # type: ignore[union-attr] # a script waits only at an Offer
    room = story.things[state.place]
    return room.choices if isinstance(room, Room) else ()


class Standing(Protocol):
    """Where things stand: a state, or the working copy of a turn."""

    @property
    def values(self) -> Sequence[int]:
        """A number for each of the story's slots."""

    @property
    def place(self) -> int:
        """The player's room."""

    @property
    def visited(self) -> int:
        """A bit for each room visited."""


def is_open(option: Option, state: Standing) -> bool:
    """Whether a choice can be taken now."""
    if option.slot >= 0 and state.values[option.slot] >= option.times:
        return False
    return option.open is None or bool(option.open(state.values, state.place, state.visited))


def open_topics(person: Character, state: Standing) -> Iterator[int]:
    """Yield the positions of the topics that somebody can be asked about now."""
    return (index for index, topic in enumerate(person.topics) if is_open(topic, state))


def _is_gone(option: Option, state: Standing) -> bool:
    """Whether a choice that is not open is not even shown: it was taken, or its `unless` keeps it away."""
    used_up = option.slot >= 0 and state.values[option.slot] >= option.times
    return used_up or not holds(option.there, state)


def holds(condition: Code | None, state: Standing) -> bool:
    """Whether a condition, if there is one, holds."""
    return condition is None or bool(condition(state.values, state.place, state.visited))


def open_choices(story: Story, state: State) -> Iterator[tuple[int, Option]]:
    """Yield the choices that can be taken, each with what `Choose` takes for it."""
    for index, option in enumerate(options(story, state)):
        if not option.fallback and is_open(option, state):
            yield index, option


def offers(story: Story, state: State) -> tuple[Offered, ...]:
    """Return the choices a player sees, in the order written; those not open only where they say why."""
    found = []
    for index, option in enumerate(options(story, state)):
        if option.fallback:
            continue
        if is_open(option, state):
            found.append(Offered(index, render(story, state, option.label), open=True))
        elif option.otherwise is not None and not _is_gone(option, state):
            reason = render(story, state, option.otherwise)
            found.append(Offered(index, render(story, state, option.label), open=False, reason=reason))
    return tuple(found)


def ways(story: Story, state: State) -> tuple[Way, ...]:
    """Return the exits a player sees: the open ones, and those that say why they are not."""
    rooms = known(story, state)
    return tuple(
        Way(
            one.word,
            story.things[one.room].key,
            bool(rooms >> one.room & 1),
            is_way_open(story, one, state),
        )
        for one in exits(story, state)
    )


def exits(story: Story, state: State) -> Sequence[Exit]:
    """Return the same as the story has them."""
    room = story.things[state.place]
    if state.at >= 0 or state.ending >= 0 or not isinstance(room, Room):
        return ()
    return [one for one in room.exits if is_there(one, state)]


def known(story: Story, state: State) -> int:
    """Return the rooms that the player knows, a bit for each: those visited, and those known from the beginning."""
    return state.visited | story.known


def is_there(way: Exit, state: State) -> bool:
    """Whether there is an exit to try: it is open, or says why it is not, or its door is shut."""
    if way.open is None or way.open(state.values, state.place, state.visited):
        return True
    return way.refusal >= 0 and holds(way.there, state)


def is_way_open(story: Story, way: Exit, state: State) -> bool:
    """Whether an exit can be taken: its conditions hold, and its door is not shut."""
    return holds(way.open, state) and not is_shut(story, way, state)


def is_shut(story: Story, way: Exit, state: State) -> bool:
    """Whether an exit has a door that is shut."""
    return way.door != NOTHING and not state.values[story.doors[way.door]]


def contents(story: Story, state: State, place: int) -> tuple[Located, ...]:
    """Return the items and characters directly in a place, in the order the world declares them."""
    return _located(story, story.space.contents(state.values, place))


def scope(story: Story, state: State) -> tuple[Located, ...]:
    """Return what a player can name: what is seen in the room, and what is carried, also inside other things."""
    return _located(story, story.space.visible(state.values, state.place, state.visited))


def _located(story: Story, numbers: Iterable[int]) -> tuple[Located, ...]:
    return tuple(thing for number in numbers if isinstance(thing := story.things[number], Located))


def is_dark(story: Story, state: State) -> bool:
    """Whether the player can see nothing of the room."""
    return story.space.is_dark(state.values, state.place, state.visited)


def author_things(story: Story) -> tuple[Thing, ...]:
    """Return the things of the author's own kinds, which can always be named."""
    first = len(story.things)
    while first > PLAYER + 1 and not isinstance(story.things[first - 1], Room | Located):
        first -= 1  # they come last, and there may be many others
    return story.things[first:]


def status(story: Story, state: State) -> tuple[Runs | Gauge, ...]:
    """Return the parts of the status line."""
    found: list[Runs | Gauge] = []
    for part in story.status:
        if isinstance(part, Meter):
            value = int(part.code(state.values, state.place, state.visited))
            found.append(Gauge(part.label, value, part.of))
        else:
            found.append(render(story, state, part))
    return tuple(found)


def statistics(story: Story, state: State) -> tuple[tuple[str, str, str], ...]:
    """Return what STATUS tells: for each labelled value its group, label and value in words.

    Of a thing's values only those are told that have changed: a player may not have met it yet.
    """
    found = []
    for one in story.statistics:
        slot, value = story.slots[one.slot], state.values[one.slot]
        if one.group and value == slot.start:
            continue
        found.append(
            (
                one.group,
                one.label,
                slot_text(story, one.slot, value)
                + (f" of {slot.high}" if slot.kind.value == "number" and slot.high < 10**9 else ""),
            )
        )
    return tuple(found)


def slot_text(story: Story, number: int, value: int) -> str:
    """Return a slot's value in words."""
    slot = story.slots[number]
    words = {"flag": ("no", "yes"), "enum": slot.names}
    if slot.kind.value in ("thing", "place"):
        return story.things[value].name
    return words[slot.kind.value][value] if slot.kind.value in words else str(value)
