"""What a player can name and do in a state: the words that typed lines are held against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.engine.engine import actions, can, step
from pianist_quest.engine.text import render
from pianist_quest.engine.turn import (
    Ask,
    Choose,
    Do,
    Drop,
    Examine,
    Go,
    Inventory,
    Look,
    Take,
    Talk,
    Wait,
)
from pianist_quest.engine.view import (
    author_things,
    contents,
    exits,
    known,
    offers,
    open_choices,
    open_topics,
    scope,
    ways,
)
from pianist_quest.records import record
from pianist_quest.story.bits import bits
from pianist_quest.story.english import the
from pianist_quest.story.story import LEAVE_IT, PLAYER, Character, Hole, Item, Room

from . import topics
from .grammar import BUILT_IN, METAS, Grammar, Pattern, own_pattern
from .labels import label, plain
from .lazily import lazily
from .names import Named, room_named, thing_named, typed_name, way_named
from .of_story import once
from .words import Words, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pianist_quest.engine.state import State
    from pianist_quest.engine.turn import Action, Way
    from pianist_quest.story.story import Option, Story, Thing

    from .readings import Reading

_VERBS: dict[type[Action], str] = {
    Look: "look", Inventory: "inventory", Wait: "wait", Examine: "examine", Take: "take", Drop: "drop",
    Talk: "talk to", Go: "go",
}  # fmt: skip
"""How a built-in action is written, before the name of its thing."""


@record
class Scene:
    """A state as a player meets it. Everything is worked out when it is first asked for."""

    story: Story
    state: State

    @property
    def free(self) -> bool:
        """Whether the player is free in a room: no choice waits and the story is not over."""
        return self.state.at < 0 and self.state.ending < 0

    @lazily
    def left(self) -> tuple[Choose, Scene] | None:
        """Of a conversation, the choice that leaves it and the scene after that; None where there is none to leave."""
        leave = next((Choose(index) for index, label in self.labels if label == LEAVE_IT), None)
        if leave is None or self.free:
            return None
        after = Scene(self.story, step(self.story, self.state, leave).state)
        return (leave, after) if after.free else None

    @lazily
    def possible(self) -> tuple[Action, ...]:
        """What can be done now."""
        return actions(self.story, self.state)

    @lazily
    def choices(self) -> tuple[tuple[int, Option], ...]:
        """The choices that can be taken, in the order of their numbers, each with what `Choose` takes for it."""
        return tuple(open_choices(self.story, self.state))

    @lazily
    def labels(self) -> tuple[tuple[int, str], ...]:
        """The same with their labels."""
        return tuple([(index, label(self.story, self.state, option)) for index, option in self.choices])

    @lazily
    def closed(self) -> tuple[tuple[str, str], ...]:
        """The choices that are shown but not open, each with its reason."""
        seen = offers(self.story, self.state)
        return tuple((plain(offer.label), plain(offer.reason)) for offer in seen if not offer.open)

    @lazily
    def ways(self) -> tuple[Way, ...]:
        """The exits a player sees."""
        return ways(self.story, self.state)

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """All phrases that can be typed now, the world's own first; while a choice waits, those of asides."""
        return self.grammar.patterns

    @property
    def grammar(self) -> Grammar:
        """The same, to be looked up."""
        return _OVER if self.state.ending >= 0 else _grammars(self.story)[self.state.at < 0]

    @lazily
    def read(self) -> dict[Words, list[Reading]]:
        """The readings of lines that have been looked for."""
        return {}

    def forget(self) -> None:
        """Drop what has been worked out: play has gone on. It is worked out again where it is asked for."""
        self.__dict__.clear()  # the story and the state have slots

    @lazily
    def words(self) -> frozenset[str]:
        """All words that mean something now, those about the game among them."""
        found = {word for _, label in self.labels for word in words(label)} | METAS.keys()
        for pattern in self.patterns:
            found |= {part for part in pattern.parts if isinstance(part, str)}
            for hole in pattern.holes:
                found |= {word for one in self.named(hole.kind) for name in one.names for word in name}
        return frozenset(found)

    def accepts(self, action: Action) -> bool:
        """Whether play has an answer to an action, be it only a refusal of the world's."""
        if isinstance(action, Go):
            return any(one.key == action.word for one in self.named("way"))
        if isinstance(action, Take):
            seen = next((one for one in scope(self.story, self.state) if one.key == action.thing), None)
            return self.free and isinstance(seen, Item) and action.thing not in self.carried
        if isinstance(action, Do):
            return self.free or self.story.verbs[action.verb].aside
        return self.can(action)

    def can(self, action: Action) -> bool:
        """Whether an action is among what can be done now."""
        return can(self.story, self.state, action)

    def named(self, kind: str) -> tuple[Named, ...]:
        """Return what a hole of a kind can take here."""
        if kind not in self._named:
            self._named[kind] = tuple(self._find(kind))
        return self._named[kind]

    def fitting(self, kind: str, typed: Words) -> list[tuple[int, Named]]:
        """Return what typed words can mean in a hole of a kind, with how well they fit."""
        return [(fit, one) for one in self.named(kind) if (fit := one.fit(typed))]

    def anything(self, typed: Words) -> Named | None:
        """Return what typed words name best here, whatever can be done with it; None where they name nothing."""
        here = [*scope(self.story, self.state), self.story.things[self.state.place]]
        found = [(one.fit(typed), one) for one in map(self._called, here)]
        # What is nowhere, such as a piece of music, is named only by the beginning of a name.
        away = [one for one in map(self._called, author_things(self.story)) if one.begins(typed)]
        found += [(one.fit(typed), one) for one in away]
        fit, best = max(found, key=lambda one: one[0])
        return best if fit else None

    def is_in(self, key: str, place: str) -> bool:
        """Whether a thing is directly in, on or with another."""
        return key in (one.key for one in contents(self.story, self.state, self.story.by_key[place]))

    @lazily
    def carried(self) -> frozenset[str]:
        """The keys of what the player carries."""
        return frozenset(item.key for item in contents(self.story, self.state, PLAYER))

    def thing(self, key: str) -> Thing:
        """Return the thing with a key."""
        return self.story.things[self.story.by_key[key]]

    def the(self, key: str) -> str:
        """Return a thing's name as it stands in a sentence."""
        return the(self.thing(key).name)

    def phrase(self, action: Action) -> str:
        """Return an action as a player would type it."""
        return self._written(action, self.spoken)

    def told(self, action: Action) -> str:
        """Return an action as a sentence has it."""
        return self._written(action, self.the)

    def _written(self, action: Action, name: Callable[[str], str]) -> str:
        match action:
            case Choose(index):
                return dict(self.labels).get(index, "")
            case Ask(thing, topic):
                return topics.phrase(self.topic(thing, topic), name(thing))
            case Do(verb, things):
                return self._own_phrase(verb, {hole: name(key) for hole, key in things})
            case Go(word):
                return f"go {word}"
            case Look() | Inventory() | Wait():
                return _VERBS[type(action)]
            case Examine(thing) | Take(thing) | Drop(thing) | Talk(thing):
                return f"{_VERBS[type(action)]} {name(thing)}"

    def _own_phrase(self, verb: str, names: dict[str, str]) -> str:
        parts = self.form(verb, names.keys())
        return " ".join(names[part.name] if isinstance(part, Hole) else part for part in parts)

    def form(self, verb: str, holes: Iterable[str]) -> tuple[str | Hole, ...]:
        """Return the parts of the first phrase of a verb of the world's that has these holes."""
        phrases = self.story.verbs[verb].phrases
        return next(one.parts for one in phrases if {hole.name for hole in one.holes} == set(holes))

    def spoken(self, key: str) -> str:
        """Return a name, as one types it, that means this thing and no other in reach, where it has one."""
        thing = self.thing(key)
        others = {name for one in self.named("thing") if one.key != key for name in one.names}
        free = [name for name in (thing.name, *thing.aka) if words(name) not in others]
        return typed_name(free[0] if free else thing.name)

    @lazily
    def _named(self) -> dict[str, tuple[Named, ...]]:
        return {}

    def _called(self, thing: Thing) -> Named:
        return thing_named(self.story, thing)

    def _find(self, kind: str) -> Iterable[Named]:
        match kind:
            case "way":
                return (way_named(one.word) for one in exits(self.story, self.state))
            case "topic":
                return self._topics()
            case "known":
                return (room_named(self.story, one) for one in self.rooms)
        reach = scope(self.story, self.state)
        if kind == "seen":
            return map(self._called, reach)
        if kind == "person":
            return (self._called(thing) for thing in reach if isinstance(thing, Character))
        here = [self.story.things[self.state.place], *reach, *author_things(self.story)]
        built_in = ("room", "item", "character")
        return (self._called(one) for one in here if one.kind == kind or (kind == "thing" and one.kind in built_in))

    @property
    def rooms(self) -> Iterator[Room]:
        """The rooms that the player knows, by their numbers."""
        things = (self.story.things[number] for number in bits(known(self.story, self.state)))
        return (one for one in things if isinstance(one, Room))

    def _topics(self) -> Iterator[Named]:
        people = [one for one in scope(self.story, self.state) if isinstance(one, Character)] if self.free else []
        for person in people:
            for number in open_topics(person, self.state):
                label = self.topic(person.key, number)
                yield Named(person.key, topics.names(label), (topics.subject(label) or label, label), number)

    def topic(self, person: str, number: int) -> str:
        """Return the label of one of a person's topics, whether it can be asked now or not."""
        asked = self.thing(person)
        assert isinstance(asked, Character)  # noqa: S101 - nobody else can be asked
        return plain(render(self.story, self.state, asked.topics[number].label))


def every_pattern(story: Story) -> tuple[Pattern, ...]:
    """Return all phrases that can be typed in a story, its own first."""
    return _grammars(story)[True].patterns


_OVER: Final = Grammar(())


@once
def _grammars(story: Story) -> tuple[Grammar, Grammar]:
    """Return what can be typed while a choice waits, and what where the player is free."""
    own = [(verb.aside, own_pattern(verb.key, one)) for verb in story.verbs.values() for one in verb.phrases]
    asides = Grammar(pattern for aside, pattern in own if aside)
    return asides, Grammar((*(pattern for _, pattern in own), *BUILT_IN))
