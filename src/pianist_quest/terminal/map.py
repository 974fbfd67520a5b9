"""A map as a grid: rooms in cells, the ways between them. Pure; `drawing` makes characters of it.

Rooms joined by ways of the compass make a cluster, which is laid out as its ways say. Clusters are joined by the
other ways (up, in, a bridge) side by side, wherever they fit. What fits nowhere is not on the grid.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from pianist_quest.records import field, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .survey import Known, Seen

Cell = tuple[int, int]
"""Column and row, to the east and south of the player's; of gaps, twice that."""

COMPASS: Final[dict[str, Cell]] = {
    "north": (0, -1), "south": (0, 1), "east": (1, 0), "west": (-1, 0),
    "northeast": (1, -1), "northwest": (-1, -1), "southeast": (1, 1), "southwest": (-1, 1),
}  # fmt: skip
_FIRST: Final[dict[str, tuple[Cell, ...]]] = {
    "up": ((0, -1), (1, -1), (-1, -1)), "down": ((0, 1), (1, 1), (-1, 1)),
    "in": ((1, 0), (1, -1), (1, 1)), "out": ((-1, 0), (-1, 1), (-1, -1)),
}  # fmt: skip
"""Where the goals of other ways are looked for first."""
_FAR: Final = 3
"""How many cells away a cluster may be put."""


@record
class Link:
    """A way drawn in a straight line from cell to cell. Its `word` stands by it where it is not its direction."""

    start: Cell
    end: Cell
    word: str
    open: bool
    door: bool
    one_way: bool

    @property
    def step(self) -> Cell:
        """The direction."""
        return _sign(self.end[0] - self.start[0]), _sign(self.end[1] - self.start[1])

    @property
    def crossed(self) -> tuple[Cell, ...]:
        """The gaps and cells between its ends, counted by halves."""
        x, y = 2 * self.start[0], 2 * self.start[1]
        u, v = self.step
        size = 2 * max(abs(self.end[0] - self.start[0]), abs(self.end[1] - self.start[1]))
        return tuple((x + u * at, y + v * at) for at in range(1, size))


@record(frozen=False)
class Chart:
    """Rooms in cells, links between them, and what is known beside."""

    cells: dict[int, Cell] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    stubs: dict[Cell, Cell] = field(default_factory=dict)
    """The gaps in which a way begins that leads to an unknown room, with its direction."""
    inside: dict[int, list[str]] = field(default_factory=dict)
    """Words of ways to unknown rooms that have no gap."""
    others: dict[int, list[Seen]] = field(default_factory=dict)
    """Ways to known rooms that cannot be drawn."""
    rest: tuple[int, ...] = ()
    """Visited rooms that are in no cell."""


def chart(known: Known) -> Chart:
    """Return the map of what is known. Each visited room is in a cell of its own, or in the rest."""
    found = Chart(_placed(known))
    found.rest = tuple(number for number in known.visited if number not in found.cells)
    _join(known, found)
    return found


# Where rooms are


def _placed(known: Known) -> dict[int, Cell]:
    """Return the cells of the rooms that can be come to, over ways in either direction, from the player's."""
    cells = _cluster(known, known.here, set()) if known.here in known.places else {}
    tried = set[tuple[int, str, int]]()
    while True:
        more = next((one for one in _leading_off(known, cells) if one not in tried), None)
        if more is None:
            return cells
        tried.add(more)
        _dock(known, cells, *more)


def _leading_off(known: Known, cells: dict[int, Cell]) -> Iterator[tuple[int, str, int]]:
    """Yield the ways between rooms in cells and rooms in none, those of the first found first."""
    for number in cells:
        ways = known.places[number].ways
        yield from ((number, way.word, way.room) for way in ways if way.room in known.places and way.room not in cells)
    for other, place in known.places.items():
        if other not in cells:
            yield from ((way.room, "", other) for way in place.ways if way.room in cells)


def _cluster(known: Known, start: int, taken: set[int]) -> dict[int, Cell]:
    """Return the rooms that ways of the compass join with one, in cells around it."""
    cells = {start: (0, 0)}
    waiting = deque([start])
    while waiting:
        number = waiting.popleft()
        for (u, v), goal in _steps(known, number):
            cell = cells[number][0] + u, cells[number][1] + v
            if goal not in cells and goal not in taken and cell not in cells.values():
                cells[goal] = cell
                waiting.append(goal)
    return cells


def _steps(known: Known, number: int) -> Iterator[tuple[Cell, int]]:
    """Yield the rooms beside a room by the compass, each with its direction, the room's own ways first."""
    for way in known.places[number].ways:
        if way.word in COMPASS and way.room in known.places:
            yield COMPASS[way.word], way.room
    for other, place in known.places.items():
        for way in place.ways:
            if way.room == number and way.word in COMPASS:
                x, y = COMPASS[way.word]
                yield (-x, -y), other


def _dock(known: Known, cells: dict[int, Cell], number: int, word: str, goal: int) -> None:
    """Put a room with its cluster, or else alone, beside another where that fits."""
    taken = set(cells.values())
    for shape in (_cluster(known, goal, set(cells)), {goal: (0, 0)}):
        for x, y in _berths(known, cells[number], number, word):
            moved = {one: (x + u, y + v) for one, (u, v) in shape.items()}
            if not taken.intersection(moved.values()):
                cells |= moved
                return


def _berths(known: Known, start: Cell, number: int, word: str) -> list[Cell]:
    """Return the cells around one for what a way leads to, the best first."""
    own = {COMPASS[way.word] for way in known.places[number].ways if way.word in COMPASS and way.word != word}
    first = (COMPASS[word],) if word in COMPASS else _FIRST.get(word, ())
    around = sorted(COMPASS.values(), key=lambda step: (step in own, step not in first, 0 not in step))
    return [(start[0] + far * u, start[1] + far * v) for far in range(1, _FAR + 1) for u, v in around]


# What joins them


def _join(known: Known, found: Chart) -> None:
    """Draw all ways; those that follow the compass have the gaps before others."""
    rooms = set(found.cells.values())
    used, joined = set[Cell](), set[tuple[int, str]]()
    for exact in (True, False):
        for number in found.cells:
            for way in known.places[number].ways:
                if (number, way.word) not in joined and _draw(known, found, number, way, rooms, used, exact=exact):
                    joined |= {(number, way.word), *_back(known, number, way, exact=exact)}
    for number in found.cells:
        for way in known.places[number].ways:
            if (number, way.word) not in joined:
                _leave_out(known, found, number, way, used)


def _draw(
    known: Known, found: Chart, number: int, way: Seen, rooms: set[Cell], used: set[Cell], *, exact: bool
) -> bool:
    """Draw a way where its line is free; return whether it was."""
    start, end = found.cells[number], found.cells.get(way.room)
    if end is None or end == start or not _is_straight(start, end):
        return False
    link = _link(known, number, way, start, end)
    free = not used.intersection(link.crossed) and all((2 * x, 2 * y) not in link.crossed for x, y in rooms)
    if bool(link.word) is exact or not free:
        return False
    used.update(link.crossed)
    found.links.append(link)
    return True


def _link(known: Known, number: int, way: Seen, start: Cell, end: Cell) -> Link:
    here, there = known.places[number], known.places[way.room]
    back = next((one for one in there.ways if one.room == number), None)
    open_ = back.open if back and there.when > here.when else way.open
    plain = Link(start, end, "", open_, way.door, one_way=there.visited and back is None)
    return plain if COMPASS.get(way.word) == plain.step else Link(start, end, way.word, open_, way.door, plain.one_way)


def _back(known: Known, number: int, way: Seen, *, exact: bool) -> Iterator[tuple[int, str]]:
    """Yield the way back that a line shows as well: of the compass the opposite one, else any of no compass."""
    for one in known.places[way.room].ways:
        u, v = COMPASS.get(one.word, (0, 0))
        same = COMPASS.get(way.word) == (-u, -v) if exact else one.word not in COMPASS
        if one.room == number and same:
            yield way.room, one.word
            return


def _is_straight(start: Cell, end: Cell) -> bool:
    x, y = abs(end[0] - start[0]), abs(end[1] - start[1])
    return 0 in (x, y) or x == y == 1  # slanting lines are drawn between neighbours only


def _leave_out(known: Known, found: Chart, number: int, way: Seen, used: set[Cell]) -> None:
    """Note a way that is no line: as a stub where it leads to no known room, else among the others."""
    if way.room in known.places:
        found.others.setdefault(number, []).append(way)
        return
    (x, y), step = found.cells[number], COMPASS.get(way.word)
    gap = (2 * x + step[0], 2 * y + step[1]) if step else None
    if step and gap and gap not in used:
        used.add(gap)
        found.stubs[gap] = step
    else:
        found.inside.setdefault(number, []).append(way.word)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
