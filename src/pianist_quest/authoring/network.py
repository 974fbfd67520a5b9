"""What leads to what in a world: rooms, scenes and endings, the exits and gotos between them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.worldfile import model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pianist_quest.worldfile.model import World

ROOM, SCENE, ENDING, STORYLET, OTHER = "room", "scene", "ending", "storylet", "elsewhere"
ANYWHERE: Final = "anywhere"
"""The node of what may be done in any room: verbs, rules, and what the world's hooks do."""


@dataclass(slots=True)
class Node:
    """A place or script: its key, its sort, what players call it, who and what is there at first."""

    key: str
    sort: str
    name: str
    people: list[str] = field(default_factory=list)
    things: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one node to another: its word, whether something must hold for it, whether play comes back."""

    start: str
    end: str
    word: str = ""
    barred: bool = False
    back: bool = False


@dataclass(slots=True)
class Network:
    """The nodes by their keys, the ways between them, where play begins."""

    title: str
    start: str
    nodes: dict[str, Node]
    edges: list[Edge]
    lost: frozenset[str]
    """What nothing leads to from the start, whatever must hold."""

    def places(self) -> Network:
        """Return the rooms and endings, with what leads straight from one to another."""
        return self._part({key for key, node in self.nodes.items() if node.sort in (ROOM, ENDING)})

    def near(self, focus: str, depth: int) -> Network:
        """Return the part that is at most `depth` ways from a node, in either direction."""
        ways: dict[str, list[str]] = {}
        for edge in self.edges:
            ways.setdefault(edge.start, []).append(edge.end)
            ways.setdefault(edge.end, []).append(edge.start)
        kept = {focus}
        for _ in range(depth):
            kept |= {other for one in kept for other in ways.get(one, ())}
        return self._part(kept)

    def _part(self, kept: set[str]) -> Network:
        nodes = {key: node for key, node in self.nodes.items() if key in kept}
        edges = [one for one in self.edges if {one.start, one.end} <= kept]
        return Network(self.title, self.start, nodes, edges, self.lost)


def network(world: World) -> Network:
    """Return the network of a world that is right."""
    nodes = dict(_nodes(world))
    _furnish(world, nodes)
    edges = list(dict.fromkeys(_edges(world, nodes)))
    if any(ANYWHERE in (edge.start, edge.end) for edge in edges):
        nodes[ANYWHERE] = Node(ANYWHERE, OTHER, "anywhere")
    return Network(world.header.title, world.header.start.name, nodes, edges, _lost(world, nodes, edges))


def _lost(world: World, nodes: dict[str, Node], edges: list[Edge]) -> frozenset[str]:
    ways: dict[str, list[str]] = {}
    for edge in edges:
        ways.setdefault(edge.start, []).append(edge.end)
    return frozenset(nodes) - _closure([world.header.start.name, ANYWHERE], ways)


def _closure(starts: Iterable[str], ways: dict[str, list[str]]) -> set[str]:
    found = set(starts)
    waiting = deque(found)
    while waiting:
        for one in ways.get(waiting.popleft(), ()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found


def _nodes(world: World) -> Iterator[tuple[str, Node]]:
    yield from ((ref.name, Node(ref.name, ROOM, room.thing.name)) for ref, room in world.rooms)
    yield from ((ref.name, Node(ref.name, SCENE, ref.name)) for ref, _ in world.scenes)
    yield from ((ref.name, Node(ref.name, STORYLET, ref.name)) for ref, _ in world.storylets)
    yield from ((ref.name, Node(ref.name, ENDING, ending.name)) for ref, ending in world.endings)


def _furnish(world: World, nodes: dict[str, Node]) -> None:
    """Put people and things where they are at first; what is in something is where that is."""
    items = {ref.name: item for ref, item in world.items}

    def rooms(places: tuple[model.Ref, ...], seen: frozenset[str] = frozenset()) -> Iterator[str]:
        for place in places:
            if place.name in nodes:
                yield place.name
            elif place.name in items and place.name not in seen:
                yield from rooms(items[place.name].places, seen | {place.name})

    for _, person in world.characters:
        for room in rooms(person.places):
            nodes[room].people.append(person.thing.name)
    for _, item in world.items:
        for room in rooms(item.places):
            nodes[room].things.append(item.thing.name)


def _edges(world: World, nodes: dict[str, Node]) -> Iterator[Edge]:
    tags: dict[str, list[str]] = {}
    for ref, storylet in world.storylets:
        for tag in storylet.tags:
            tags.setdefault(tag.name, []).append(ref.name)
    for ref, room in world.rooms:
        for way in room.exits:
            barred = bool(way.guard.conditions) or _is_locked(way, world)
            yield Edge(ref.name, way.to.name, way.direction.name, barred)
            yield from _led(ref.name, (way.otherwise, way.text), tags)
        yield from _led(ref.name, (room.text, room.again, room.choices, room.enter, room.leave, room.thing), tags)
    for ref, script in (*world.scenes, *world.storylets, *world.endings):
        yield from _led(ref.name, script, tags)
    everything: list[model.Item | model.Character] = [item for _, item in world.items]
    everything += [person for _, person in world.characters]
    for thing in everything:
        homes = [place.name for place in thing.places if place.name in nodes] or [ANYWHERE]
        yield from (edge for home in homes for edge in _led(home, thing, tags))
    others = (world.verbs, world.rules, world.hooks, world.things)
    yield from _led(ANYWHERE, others, tags)


def _is_locked(way: model.Exit, world: World) -> bool:
    doors = {ref.name: item.traits for ref, item in world.items}
    traits = doors.get(way.door.name) if way.door else None
    return traits is not None and not (traits.starts_open and not traits.locked)


def _led(start: str, part: Any, tags: dict[str, list[str]], *, barred: bool = False) -> Iterator[Edge]:  # noqa: ANN401 - any part of a world
    """Yield where the scripts in a part of a world lead."""
    if isinstance(part, tuple):
        for one in part:
            yield from _led(start, one, tags, barred=barred)
        return
    match part:
        case model.Goto(target):
            yield Edge(start, target.ref.name, barred=barred)
        case model.Invoke(target):
            yield Edge(start, target.ref.name, barred=barred, back=True)
        case model.Deal(tag):
            yield from (Edge(start, one, tag.name, barred=True, back=True) for one in tags.get(tag.name, ()))
        case model.Prose() | model.Ref() | model.Expression() | model.Effect() | model.PickBy():
            return
        case _ if type(part).__module__ == model.__name__:
            guard = getattr(part, "guard", None)
            shut = barred or (isinstance(guard, model.Guard) and bool(guard.conditions))
            names = (name for name in type(part).__slots__ if name not in ("at", "guard", "exits"))
            yield from (edge for name in names for edge in _led(start, getattr(part, name), tags, barred=shut))
