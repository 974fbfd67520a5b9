"""Where things are: what is in a place, in what lies there, and what can be seen of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pianist_quest.records import field, record

from .values import Values, Working, never_changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .story import Code

_NOWHERE: Final = (-1, 0)
_PLAYER: Final = 1


@record
class Nest:
    """An item that can hold others. `slot` says whether it is open; where that is -1, `is_open` does."""

    is_surface: bool
    is_transparent: bool
    slot: int
    is_open: bool


@record(frozen=False)
class Space:
    """The places of a story. All methods take the values of a state; places and things are numbers."""

    located: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Of each item and character: the slot that holds its place (or -1: it never moves), and its first place."""
    scattered: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Things that are in several rooms at once: scenery and doors."""
    fixtures: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """What never moves, by place."""
    movables: list[int] = field(default_factory=list)
    """What can move; all their slots lie side by side, in this order."""
    nests: dict[int, Nest] = field(default_factory=dict)
    people: set[int] = field(default_factory=set)
    lights: dict[int, Code | None] = field(default_factory=dict)
    """Items that give light, while their condition (if they have one) holds."""
    dark: dict[int, Code] = field(default_factory=dict)
    """Rooms that are dark while their condition holds."""
    _last: tuple[Any, int, int, tuple[int, ...]] = (None, 0, 0, ())
    """What was visible when it was asked last: several parts of a turn ask of the same state."""
    _begun: tuple[Any, dict[int, list[int]]] = (None, {})
    """Of a large story: what can move, by the place where it began."""

    def add(self, number: int, slot: int, start: int, rooms: tuple[int, ...] = ()) -> None:
        """Put a thing into its first place, or into several rooms."""
        self.located[number] = slot, start
        if len(rooms) > 1:
            self.scattered[number] = rooms
        if slot >= 0:
            assert not self.movables or slot == self.located[self.movables[-1]][0] + 1  # noqa: S101 - `contents` counts on it
            self.movables.append(number)
            return
        for place in rooms or (start,):
            self.fixtures[place] = (*self.fixtures.get(place, ()), number)

    def place(self, v: Sequence[int], p: int, number: int) -> int:
        """Return where a thing is, 0 where it is nowhere or no thing; what is in several rooms is with the player."""
        rooms = self.scattered.get(number)
        if rooms:
            return p if p in rooms else rooms[0]
        slot, start = self.located.get(number, _NOWHERE)
        return v[slot] if slot >= 0 else start

    def contents(self, v: Sequence[int], place: int) -> tuple[int, ...]:
        """Return what is directly in a place, in the order of declaration."""
        moved = self._moved(v, place) if self.movables else []
        fixed = self.fixtures.get(place, ())
        return tuple(sorted((*fixed, *moved))) if moved else fixed

    def _moved(self, v: Sequence[int], place: int) -> list[int]:
        """Return the movable things in a place, found by looking for it among their slots."""
        first = self.located[self.movables[0]][0]
        last = first + len(self.movables)
        if isinstance(v, Values | Working):
            return self._changed(v, place, first, last)
        places, at, found = v[first:last], -1, []
        for _ in range(places.count(place)):
            at = places.index(place, at + 1)
            found.append(self.movables[at])
        return found

    def _changed(self, v: Values | Working, place: int, first: int, last: int) -> list[int]:
        """Return the same for a large story: of those that began there what still is, and what has come."""
        if self._begun[0] is not v.begun:
            there = dict[int, list[int]]()
            for slot in range(first, last):
                there.setdefault(v.begun[slot], []).append(slot)
            self._begun = v.begun, there
        stayed = [slot for slot in self._begun[1].get(place, ()) if v[slot] == place]
        come = [slot for slot, at in v.changed.items() if at == place and first <= slot < last and v.begun[slot] != at]
        return [self.movables[slot - first] for slot in (*stayed, *come)]

    def is_open(self, v: Sequence[int], number: int) -> bool:
        """Whether what an item holds can be reached."""
        nest = self.nests[number]
        return nest.is_surface or (bool(v[nest.slot]) if nest.slot >= 0 else nest.is_open)

    def shows(self, v: Sequence[int], number: int) -> bool:
        """Whether what a thing holds can be seen: on a surface, in what is open or of glass, in somebody's hands."""
        if number in self.people:
            return True
        return number in self.nests and (self.nests[number].is_transparent or self.is_open(v, number))

    def inside(self, v: Sequence[int], place: int) -> Iterator[int]:
        """Yield all that can be seen in a place, and in what is there, outer things first."""
        seen = {place}
        ahead = [place]
        while ahead:
            here = ahead.pop()
            for number in self.contents(v, here):
                if number not in seen:
                    seen.add(number)
                    yield number
                    if self.shows(v, number):
                        ahead.append(number)

    def is_dark(self, v: Sequence[int], p: int, n: int) -> bool:
        """Whether the player sees nothing but what they carry: the room is dark, and nothing gives light."""
        dark = self.dark.get(p)
        if dark is None or not dark(v, p, n):
            return False
        return not any(self._shines(v, p, n, number) for place in (p, _PLAYER) for number in self.inside(v, place))

    def _shines(self, v: Sequence[int], p: int, n: int, number: int) -> bool:
        if number not in self.lights:
            return False
        condition = self.lights[number]
        return condition is None or bool(condition(v, p, n))

    def visible(self, v: Sequence[int], p: int, n: int) -> tuple[int, ...]:
        """Return what the player can name: what is seen in the room unless it is dark, then what is carried."""
        last, place, visited, found = self._last
        if last is v and place == p and visited == n and never_changes(v):
            return found
        here = () if not p or self.is_dark(v, p, n) else tuple(self.inside(v, p))
        found = (*here, *self.inside(v, _PLAYER))
        self._last = v, p, n, found
        return found

    def outermost(self, v: Sequence[int], p: int, number: int) -> int:
        """Return the room (or the player, or nowhere) that a thing is in, through all that holds it."""
        place = self.place(v, p, number)
        for _ in range(len(self.located)):
            if place not in self.located:
                break
            place = self.place(v, p, place)
        return place

    def holds(self, v: Sequence[int], p: int, holder: int, number: int) -> bool:
        """Whether a thing is in a holder, through all that is between; nothing is in itself."""
        for _ in range(len(self.located)):
            number = self.place(v, p, number)
            if number == holder:
                return True
            if number not in self.located:
                break
        return False

    def reachable(self, v: Sequence[int], p: int, number: int) -> bool:
        """Whether nothing closed and nobody stands between the player and a thing that is seen."""
        place = self.place(v, p, number)
        for _ in range(len(self.located)):
            if place not in self.located:
                return True
            if place in self.people or not self.is_open(v, place):
                return False
            place = self.place(v, p, place)
        return False
