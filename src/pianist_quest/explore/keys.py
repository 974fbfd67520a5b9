"""States as keys: two states with one key have the same future, as far as is asked.

Of each state only those slots are kept that something still to come can read (live variables, Kennedy, 1981), found
for each place where play can stand: a room where the player is free, a choice that waits, the calls that are open.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pianist_quest.story import story as s
from pianist_quest.story.bits import bits

from .reads import Facts
from .scripts import scripts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pianist_quest.engine.state import State

    from .relevance import Relevance
    from .walker import Walk

Key = tuple[Any, ...]
_Where = tuple[int, int, tuple[int, ...], int]
"""Where play stands: the room, the choice that waits, the calls that are open, the ending."""


class Keys:
    """Makes keys. Without `reduce`, everything that matters anywhere is kept everywhere."""

    def __init__(self, relevance: Relevance, *, reduce: bool = True) -> None:
        self.relevance, self.story, self.reduce = relevance, relevance.story, reduce
        self._slots = len(self.story.slots)
        self._live = Liveness(relevance).all() if reduce else []
        self._at: dict[_Where, tuple[int, Callable[[Any], Any], int]] = {}

    def of(self, state: State | Walk) -> Key:
        """Return the key of a state, or of one that is being made; where play stands is in it as a number of here."""
        where = state.place, state.at, tuple(state.stack), state.ending
        found = self._at.get(where)
        if found is None:
            found = self._at[where] = (len(self._at), *self._kept(state))
        number, values, rooms = found
        if rooms:
            return number, values(state.values), state.visited & rooms
        return number, values(state.values)

    def spelled(self, state: State | Walk) -> Key:
        """Return the key of a state as it is in every process."""
        key = self.of(state)
        return (state.place, state.at, tuple(state.stack), state.ending), *key[1:]

    def _kept(self, state: State | Walk) -> tuple[Callable[[Any], Any], int]:
        """What gets the slots to be kept of a state, and the rooms visited that are."""
        mask = self.live(state) & self.relevance.slots
        if state.at < 0:
            mask &= ~self.relevance.holes
        slots = [one for one in bits(mask) if one < self._slots]
        return itemgetter(*slots) if slots else _no_values, mask >> self._slots

    def live(self, state: State | Walk) -> int:
        """Return the slots that something still to come can read."""
        if not self.reduce:
            return -1
        if state.ending >= 0:
            return 0
        nodes = [len(self.story.code) + state.place, *state.stack]
        if state.at >= 0:
            nodes.append(state.at)
        found = 0
        for one in nodes:
            found |= self._live[one]
        for goal in self.relevance.goals:
            found |= self.relevance.reader.worth(goal).reads
        return found


def _no_values(_: Sequence[int]) -> tuple[()]:
    return ()


class Liveness:
    """What can be read from each node on: the instructions, then the rooms where the player is free."""

    def __init__(self, relevance: Relevance) -> None:
        self.relevance, self.story, self.flow = relevance, relevance.story, relevance.flow
        self.size = len(self.story.code)
        self._things: dict[int, int] = {}

    def all(self) -> list[int]:
        """Return the slots live at each node."""
        live = [*self.relevance.reads, *(0 for _ in self.story.things)]
        behind: list[list[int]] = [[] for _ in live]
        movable, everywhere = self._movable(), self.relevance.around()
        for node, ahead in self._edges(movable):
            for other in ahead:
                behind[other].append(node)
        for room in self.relevance.rooms:
            live[self.size + room.number] = everywhere | self._reads(room) | movable[0]
        waiting = list(range(len(live)))
        while waiting:
            node = waiting.pop()
            for other in behind[node]:
                if live[node] & ~live[other]:
                    live[other] |= live[node]
                    waiting.append(other)
        return live

    def _edges(self, movable: tuple[int, frozenset[int]]) -> Iterator[tuple[int, tuple[int, ...]]]:
        for pc, ahead in enumerate(self.flow.ahead):
            instruction = self.story.code[pc]
            if isinstance(instruction, s.Enter):
                room = self.story.things[instruction.room]
                assert isinstance(room, s.Room)  # noqa: S101 - only rooms are entered
                leaves = tuple(one.leave for one in self.relevance.rooms if one.leave >= 0)
                yield pc, (room.arrive, *leaves)
            elif isinstance(instruction, s.Arrive):
                yield pc, (*ahead, self.size + instruction.room)
            else:
                yield pc, ahead
        for room in self.relevance.rooms:
            yield self.size + room.number, (*self._entries(room), *movable[1])

    def _movable(self) -> tuple[int, frozenset[int]]:
        """What is read and run for what can be anywhere: things that move, kinds of the author's, rules."""
        found, entries = 0, set[int]()
        for thing in self.relevance.things:
            if isinstance(thing, s.Located) and self.story.space.located[thing.number][0] < 0:
                continue
            if not isinstance(thing, s.Room):
                found |= self.relevance.of_thing(thing)
                entries |= set(_scripts(thing))
        entries |= {one.pc for one in self.story.rules}
        entries |= {hook.pc for hook in self.story.hooks.all}
        return found, frozenset(pc for pc in entries if pc >= 0 and self.relevance.hot[pc])

    def _fixtures(self, room: s.Room) -> Iterator[s.Thing]:
        """What never moves and can be met in a room, or carried, or in something."""
        space = self.story.space
        for place in (room.number, s.PLAYER, *space.nests, *space.people):
            yield from (self.story.things[one] for one in space.fixtures.get(place, ()))

    def _reads(self, room: s.Room) -> int:
        found = self.relevance.of_room(room)
        for thing in (room, *self._fixtures(room)):
            known = self._things.get(thing.number)
            if known is None:
                known = self._things[thing.number] = self.relevance.of_thing(thing)
            found |= known
        return found

    def _entries(self, room: s.Room) -> Iterator[int]:
        found = {*_scripts(room), *(pc for thing in self._fixtures(room) for pc in _scripts(thing))}
        facts = Facts(room.number, {})
        for verb in self.story.verbs.values():
            found |= {pc for _, pc in self.relevance.rules(verb, facts)}
        yield from (pc for pc in found if pc >= 0 and self.relevance.hot[pc])
        yield from (way.way for way in room.exits if way.way >= 0)


def _scripts(thing: s.Thing) -> Iterator[int]:
    """The scripts that can be run where a thing is; a room's choices and refusals as well."""
    yield from scripts_of(thing)
    if isinstance(thing, s.Room):
        yield from (thing.look, *(one.target for one in thing.choices))
        yield from (way.refusal for way in thing.exits)
