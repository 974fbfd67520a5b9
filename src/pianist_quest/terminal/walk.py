"""The shortest way to a room the player has been in."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from pianist_quest.engine.turn import Go
from pianist_quest.engine.view import is_way_open, known
from pianist_quest.records import replace
from pianist_quest.story.story import Room

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pianist_quest.engine.state import State
    from pianist_quest.story.story import Exit, Story


def way_to(story: Story, state: State, room: int) -> tuple[Go, ...] | None:
    """Return the fewest steps to a room over open exits and visited rooms, or None where there is no way."""
    came: dict[int, tuple[int, str]] = {state.place: (0, "")}
    waiting = deque([state.place])
    while waiting and room not in came:
        here = waiting.popleft()
        for one in _open_exits(story, state, here):
            if one.room not in came and known(story, state) >> one.room & 1:
                came[one.room] = (here, one.word)
                waiting.append(one.room)
    return _steps(came, state.place, room) if room in came else None


def _open_exits(story: Story, state: State, place: int) -> Iterator[Exit]:
    room, there = story.things[place], replace(state, place=place)
    for one in room.exits if isinstance(room, Room) else ():
        if is_way_open(story, one, there):
            yield one


def _steps(came: dict[int, tuple[int, str]], start: int, room: int) -> tuple[Go, ...]:
    steps = []
    while room != start:
        room, word = came[room]
        steps.append(Go(word))
    return tuple(reversed(steps))
