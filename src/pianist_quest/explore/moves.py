"""What is worth doing in each place, and what can still matter from there on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from pianist_quest.engine.engine import answers_taking
from pianist_quest.engine.hooks import named
from pianist_quest.engine.turn import Ask, Choose, Do, Drop, Examine, Go, Inventory, Look, Take, Talk, Wait
from pianist_quest.story import story as s

from .reads import Facts
from .relevance import fills

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pianist_quest.engine.turn import Action

    from .relevance import Relevance


@dataclass(frozen=True, slots=True)
class Worth:
    """What is worth trying in a room: what needs nothing in sight, and what does, with the things it needs."""

    bare: tuple[Action, ...]
    on_things: tuple[tuple[frozenset[int], Action], ...]
    idle: tuple[s.Option, ...]
    """Choices that do nothing which matters: it is enough to see that they are open."""


class Moves:
    """The actions in each room that do something which matters; `entries` are the scripts they can run."""

    def __init__(self, relevance: Relevance) -> None:
        self.relevance, self.story = relevance, relevance.story
        self.ticks = relevance.ticks()
        self.asides = frozenset(verb.key for verb in self.story.verbs.values() if verb.aside)
        """The verbs that can be used while a choice waits."""
        self._always = tuple(self._of_movables())
        self._in: dict[int, Worth] = {}

    def at(self, place: int) -> Worth:
        """Return what is worth trying where the player is free in a room; not all of it can be done at any time."""
        if place not in self._in:
            bare: list[Action] = []
            on_things: list[tuple[frozenset[int], Action]] = []
            for action in dict.fromkeys(self._find(place)):
                needed = self._needed(action)
                if needed:
                    on_things.append((needed, action))
                else:
                    bare.append(action)
            room = self.story.things[place]
            choices = room.choices if isinstance(room, s.Room) else ()
            idle = tuple(one for one in choices if not self.relevance.hot[one.target])
            self._in[place] = Worth(tuple(bare), tuple(on_things), idle)
        return self._in[place]

    def _needed(self, action: Action) -> frozenset[int]:
        """The things that have to be in sight for an action."""
        numbers = (self.story.by_key[key] for key in named(action))
        return frozenset(one for one in numbers if isinstance(self.story.things[one], s.Located))

    def _find(self, place: int) -> Iterator[Action]:
        room = self.story.things[place]
        hot = self.relevance.hot
        if isinstance(room, s.Room):
            yield from (Choose(index) for index, one in enumerate(room.choices) if hot[one.target])
            yield from (Go(one.word) for one in room.exits)
        yield from self._verbs(None, room)
        yield from self._verbs(room, room)
        fixtures = self.story.space.fixtures.get(place, ())
        for number in (*fixtures, *self.story.space.fixtures.get(s.PLAYER, ())):
            yield from self._of_thing(self.story.things[number])
        for number in self.story.space.nests:
            for inner in self.story.space.fixtures.get(number, ()):
                yield from self._of_thing(self.story.things[inner])
        yield from self._always
        if self.ticks or self._is_hooked("wait", room):
            yield Wait()
        if self._is_hooked("look", room):
            yield Look()
        if self._is_hooked("inventory", room):
            yield Inventory()

    def _of_movables(self) -> Iterator[Action]:
        for number in self.story.space.movables:
            yield from self._of_thing(self.story.things[number])
        for thing in self.story.things:  # things of an author's kinds are everywhere
            if type(thing) is s.Thing and thing.number > s.PLAYER:
                yield from self._verbs(thing, thing)

    def _of_thing(self, thing: s.Thing) -> Iterator[Action]:
        relevance, key = self.relevance, thing.key
        assert isinstance(thing, s.Located)  # noqa: S101 - what is somewhere
        hooked = {verb: self._is_hooked(verb, thing) for verb in ("take", "drop", "examine", "talk", "ask")}
        if relevance.hot[thing.text] or hooked["examine"]:
            yield Examine(key)
        if isinstance(thing, s.Item):
            moves = relevance.has(thing.slot)
            if moves or hooked["take"] or (thing.refusal >= 0 and relevance.hot[thing.refusal]):
                yield Take(key)
            if moves or hooked["drop"]:
                yield Drop(key)
        if isinstance(thing, s.Character):
            if answers_taking(thing):
                yield Take(key)
            if relevance.hot[thing.talk] or hooked["talk"]:
                yield Talk(key)
            for index, one in enumerate(thing.topics):
                if hooked["ask"] or relevance.hot[one.target]:
                    yield Ask(key, index)
        yield from self._verbs(thing, thing)

    def _is_hooked(self, verb: str, thing: s.Thing) -> bool:
        """Whether a hook that does something is for a verb, of a thing, the world or any room."""
        owners = (self.story.hooks, thing.hooks, *(room.hooks for room in self.relevance.rooms))
        for hooks in owners:
            for hook in hooks.all:
                if self.relevance.hot[hook.pc] and (not hook.on or verb in {one for one, _ in hook.on}):
                    return True
        return False

    def _verbs(self, thing: s.Thing | None, owner: s.Thing) -> Iterator[Action]:
        """The verbs that do something with a thing (or with none, in a room)."""
        if thing is None:
            for verb in self.story.verbs.values():
                if () in verb.forms and self._does(verb, owner, Facts(owner.number, {})):
                    yield Do(verb.key)
            return
        for verb, filled in self.relevance.uses(thing):
            if self._does(verb, thing, Facts(None, dict(filled))):
                yield from self._named(verb, filled)

    def _named(self, verb: s.Verb, filled: dict[int, tuple[int, int]]) -> Iterator[Action]:
        """The actions of a verb with what its holes hold; where that is not known, with everything that fits."""
        form = next(one for one in verb.forms if {verb.holes[hole.name] for hole in one} == set(filled))
        things = self.story.things
        choices = []
        for hole in form:
            low, high = filled[verb.holes[hole.name]]
            fitting = [one.key for one in things if fills(one, hole)]
            choices.append([things[low].key] if low == high else fitting)
        for keys in product(*choices):
            yield Do(verb.key, tuple((hole.name, key) for hole, key in zip(form, keys, strict=True)))

    def _does(self, verb: s.Verb, owner: s.Thing, facts: Facts) -> bool:
        """Whether a verb does something that matters here."""
        relevance = self.relevance
        hooked = self._is_hooked(verb.key, owner)
        pc = owner.actions.get(verb.key, -1)
        if pc >= 0:
            return hooked or bool(relevance.hot[pc])
        unnamed = dict.fromkeys(verb.holes.values(), (s.NOTHING, s.NOTHING))
        return hooked or relevance.can_do(verb, Facts(facts.place, {**unnamed, **facts.known}))
