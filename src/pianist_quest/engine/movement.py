"""Characters that move by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.story import english
from pianist_quest.story import story as s

from .turn import Replied
from .view import holds

if TYPE_CHECKING:
    from .machine import Machine


def move_all(machine: Machine) -> None:
    """Let every character that moves by itself make its move; what the player sees of it is told."""
    for number in machine.story.movers:
        character = machine.story.things[number]
        assert isinstance(character, s.Character)  # noqa: S101 - only characters move
        if machine.at < 0 and machine.ending < 0:
            _move(machine, character)


def _move(machine: Machine, character: s.Character) -> None:
    """Do the first of a character's moves that holds; where chance keeps it from being done, none is."""
    here = machine.values[character.slot]
    move = next((one for one in character.moves if holds(one.open, machine)), None)
    if move is None or (move.every > 1 and machine.roll(move.slot, 1, move.every) > 1):
        return
    goal = _goal(machine, move, here)
    if goal in (here, s.NOTHING):
        return
    seen = not machine.is_dark()
    if here == machine.place and seen:
        _tell(machine, character, character.leaves, f"goes {_word(machine, here, goal)}".rstrip())
    machine.values[character.slot] = goal
    if goal == machine.place and not machine.is_dark():
        follows = "follows you" if move.follow else "comes in"
        _tell(machine, character, character.arrives, follows)


def _goal(machine: Machine, move: s.Move, here: int) -> int:
    if move.follow:
        return machine.place
    if not move.wander:
        return move.rooms[0]
    if here not in move.rooms:
        return move.rooms[0]
    near = [way.room for way in _ways(machine, here) if way.room in move.rooms and way.room != here]
    return near[machine.roll(move.slot, 0, len(near) - 1)] if near else here


def _ways(machine: Machine, here: int) -> tuple[s.Exit, ...]:
    """The exits of a room whose conditions hold and whose doors are open."""
    room = machine.story.things[here]
    doors = machine.story.doors
    exits = room.exits if isinstance(room, s.Room) else ()
    shut = {way.door for way in exits if way.door != s.NOTHING and not machine.values[doors[way.door]]}
    return tuple(way for way in exits if holds(way.open, machine) and way.door not in shut)


def _word(machine: Machine, here: int, goal: int) -> str:
    """The word of the exit from one room to another, `away` where there is none."""
    return next((way.word for way in _ways(machine, here) if way.room == goal), "away")


def _tell(machine: Machine, character: s.Character, script: int, said: str) -> None:
    if script >= 0:
        machine.run(script)
    else:
        machine.events.append(Replied(f"{english.capital(english.the(character.name))} {said}."))
