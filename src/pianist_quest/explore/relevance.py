"""Which slots of a state can make a difference, and which instructions and actions do something.

The cone of influence (Kurshan, 1994) of what is asked: the conditions that decide between different courses of play,
then all that those conditions' values come from, and so on until nothing is added. Whatever only changes words is
outside. With `cover`, scenes, choices and marks are asked for as well; without, only endings and the goals are.
"""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING, Final

from pianist_quest.story import story as s

from .flow import Flow
from .reads import Facts, Reader, mask, union

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .reads import Write

_MOST_PAIRS: Final = 200
"""With how many (combinations of) other things a verb is looked at one by one; with more, they are left open."""


class Relevance:
    """What matters in a story. `slots` is a set of slots (and rooms visited), as a number with bits."""

    def __init__(
        self, story: s.Story, goals: Iterable[s.Code], *, cover: bool, earlier: Relevance | None = None
    ) -> None:
        self.story, self.goals, self.cover = story, tuple(goals), cover
        self.reader: Reader = earlier.reader if earlier else Reader(story)
        self.flow: Flow = earlier.flow if earlier else Flow(story)
        self.writes: dict[int, tuple[Write, ...]] = earlier.writes if earlier else self._writes()
        self.scenes = _scene_entries(story) if cover else frozenset()
        self.rooms = tuple(one for one in story.things if isinstance(one, s.Room))
        self.holes = mask(slot for verb in story.verbs.values() for slot in verb.holes.values())
        """The slots of verbs' holes, which hold nothing between turns."""
        self.things = tuple(one for one in story.things if one.number > s.PLAYER)
        self.slots = 0
        self.hot = bytearray(len(story.code))
        self.reads: list[int] = [0] * len(story.code)
        """What each instruction depends on, as far as that matters."""
        self._busy = frozenset[str]()
        """The verbs of which any rule does something."""
        self._settle()

    def _writes(self) -> dict[int, tuple[Write, ...]]:
        """What each effect changes."""
        code = enumerate(self.story.code)
        return {pc: self.reader.writes(one.code) for pc, one in code if isinstance(one, s.Do)}

    def _settle(self) -> None:
        for goal in self.goals:
            self.slots |= self.reader.worth(goal).reads
        before = -1
        while before != self.slots:
            before = self.slots
            self.hot = self.flow.hot(
                pc for pc, one in enumerate(self.story.code) if isinstance(one, s.Arrive) or self.is_active(pc)
            )
            self._busy = self._busy_verbs()
            self.reads = [self._read(pc) for pc in range(len(self.story.code))]
            for one in self.reads:
                self.slots |= one
            self.slots |= self.around()
            for room in self.rooms:
                self.slots |= self.of_room(room)
            for thing in self.things:
                self.slots |= self.of_thing(thing)

    # Instructions

    def is_active(self, pc: int) -> bool:
        """Whether an instruction does something that matters."""
        instruction = self.story.code[pc]
        match instruction:
            case s.Enter() | s.End():
                return True
            case s.Offer() | s.Earn() if self.cover:
                return True
            case s.Earn(award):
                return self.has(self.story.awards[award].slot)
            case s.Do():
                return any(self.has(one.slot) for one in self.writes[pc])
            case s.Count(slot, stamp):
                return self.has(slot) or self.has(stamp)
        return pc in self.scenes

    def has(self, slot: int) -> bool:
        """Whether a slot matters, as far as is known."""
        return slot >= 0 and bool(self.slots >> slot & 1)

    def parts(self, pc: int) -> bool:
        """Whether it matters which way a branching instruction goes."""
        return self.flow.parts(pc, self.hot, self.is_active)

    def _read(self, pc: int) -> int:
        instruction = self.story.code[pc]
        match instruction:
            case s.Do():
                found = 0
                for one in self.writes[pc]:
                    found |= one.reads if self.has(one.slot) else 0
                return found
            case s.Unless(code):
                return self.reader.worth(code).reads if self.parts(pc) else 0
            case s.InDark():
                return self.reader.sight if self.parts(pc) else 0
            case s.Offer():
                return self._offer(pc, instruction)
            case s.Draw(opens=opens) if self.parts(pc):
                return self.asked(opens)
            case s.Pick(candidates=candidates) if self.parts(pc):
                return self.asked(one.open for one in candidates) | mask(one.last for one in candidates)
            case s.Deal(tag):
                dealt = self.story.storylets[tag]
                return self.asked(one.open for one in dealt) if any(self.hot[one.pc] for one in dealt) else 0
        return 0

    def asked(self, codes: Iterable[s.Code | None]) -> int:
        """Return what some conditions depend on, where nothing is known."""
        return union(self.reader.worth(code) for code in codes)

    def _offer(self, pc: int, offer: s.Offer) -> int:
        """What the choices of a script depend on; that a choice does nothing more than once may be left out."""
        found = 0
        dry = not any(one.always and not one.fallback for one in offer.options)
        for one in offer.options:
            found |= self.reader.worth(one.open).reads
            if one.slot >= 0 and (dry or not self.is_idle(pc, offer, one)):
                found |= 1 << one.slot
        return found

    def is_idle(self, pc: int, offer: s.Offer, option: s.Option) -> bool:
        """Whether a choice comes back to where its offer goes on, with nothing done that matters."""
        cut = {offer.join, pc, pc - 1}
        seen, waiting = set[int](), [option.target]
        while waiting:
            one = waiting.pop()
            if one in seen or one in cut:
                continue
            seen.add(one)
            if self.is_active(one):
                return False
            waiting += self.flow.ahead[one]
        return True

    # What is everywhere: rules, marks, characters that move

    def around(self) -> int:
        """Return what the rules depend on, and the characters that move.

        How much is carried matters only by the items that matter: others need not be taken, and can be put down.
        """
        story, found = self.story, 0
        for rule in story.rules:
            if rule.when is not None and self.hot[rule.pc]:
                found |= self.reader.worth(rule.when).reads | 1 << rule.was
        for award in story.awards:
            if award.when is not None and (self.cover or self.has(award.slot)):
                found |= self.reader.worth(award.when).reads
        for number in story.movers:
            one = story.things[number]
            assert isinstance(one, s.Character)  # noqa: S101 - only characters move
            if self.has(one.slot) or (one.arrives >= 0 and self.hot[one.arrives]):
                found |= self.asked(move.open for move in one.moves) | 1 << one.slot
        return found | self.hooks(story.hooks)

    def ticks(self) -> bool:
        """Whether a turn in which nothing is done can matter."""
        story = self.story
        moving = any(self.has(story.things[one].slot) for one in story.movers)  # type: ignore[attr-defined] # characters
        aged = any(isinstance(one, s.Count) and self.has(one.stamp) for one in story.code)
        return moving or aged or self.has(story.turns) or any(one.each_turn and self.hot[one.pc] for one in story.rules)

    # Rooms and things

    def of_room(self, room: s.Room) -> int:
        """Return what a room's choices, exits, hooks and answers to verbs depend on."""
        found, facts = self.hooks(room.hooks), Facts(room.number)
        for one in room.choices:
            if self.cover or self.hot[one.target]:
                found |= self.reader.worth(one.open, facts).reads
            if one.slot >= 0 and self.hot[one.target]:
                found |= 1 << one.slot
        for way in room.exits:
            found |= self.reader.worth(way.open, facts).reads
            if way.door != s.NOTHING:
                found |= 1 << self.story.doors[way.door]
        for verb in self.story.verbs.values():
            if () in verb.forms and verb.key not in room.actions:
                found |= self.guards(verb, Facts(room.number, _unnamed(verb)))
        return found

    def rules(self, verb: s.Verb, facts: Facts) -> tuple[tuple[int, int], ...]:
        """Return what can be done of a verb's rules, in order: what each is decided by, and its script."""
        key = verb.key, facts.place, tuple(facts.known.items())
        found = self.reader.ruled.get(key)
        if found is None:
            found = self.reader.ruled[key] = tuple(self._ruled(verb, facts))
        return found

    def _ruled(self, verb: s.Verb, facts: Facts) -> Iterator[tuple[int, int]]:
        for guard, pc in (*verb.rules, (None, verb.otherwise)):
            worth = self.reader.worth(guard, facts)
            if worth.surely is not False:
                yield worth.reads, pc
            if worth.surely:
                return

    def guards(self, verb: s.Verb, facts: Facts) -> int:
        """Return what decides which rule of a verb is done, where one of them does something."""
        return self._decided(verb, facts)[1]

    def _decided(self, verb: s.Verb, facts: Facts) -> tuple[bool, int]:
        """Return whether a verb can do something that matters, and what decides which of its rules is done then."""
        some, found, waiting = False, 0, 0
        for reads, pc in self.rules(verb, facts) if self.is_hot(verb) else ():
            waiting |= reads
            if self.does(pc, facts):
                some, found = True, found | waiting
        return some, found

    def can_do(self, verb: s.Verb, facts: Facts) -> bool:
        """Whether a verb can do something that matters."""
        return self.is_hot(verb) and any(self.does(pc, facts) for _, pc in self.rules(verb, facts))

    def is_hot(self, verb: s.Verb) -> bool:
        """Whether any rule of a verb does something."""
        return verb.key in self._busy

    def _busy_verbs(self) -> frozenset[str]:
        verbs, hot = self.story.verbs.values(), self.hot
        return frozenset(one.key for one in verbs if hot[one.otherwise] or any(hot[pc] for _, pc in one.rules))

    def does(self, pc: int, facts: Facts) -> bool:
        """Whether a script does something that matters, under facts about what is named in it."""
        return pc >= 0 and bool(self.hot[pc]) and any(self._acts(one, facts) for one in self.flow.reached([pc]))

    def _acts(self, pc: int, facts: Facts) -> bool:
        instruction = self.story.code[pc]
        if isinstance(instruction, s.Do) and facts.known:
            return any(self.has(one.slot) for one in self.reader.writes(instruction.code, facts))
        return self.is_active(pc)

    def of_thing(self, thing: s.Thing) -> int:
        """Return what can be done with a thing depends on: where it is, among other things, if that does something."""
        found, wanted = self.hooks(thing.hooks), self._is_wanted(thing)
        for verb, named in self.uses(thing):
            does = thing.actions.get(verb.key, -1)
            if not (does >= 0 and self.hot[does]) and not self.is_hot(verb):
                continue
            facts = Facts(None, {**_unnamed(verb), **named})
            if does >= 0:
                wanted |= self.does(does, facts)
            else:
                some, decided = self._decided(verb, facts)
                wanted |= some
                found |= decided
        if isinstance(thing, s.Character):
            found |= self.asked(one.open for one in thing.topics if self.cover or self.hot[one.target])
        if wanted:
            found |= self.reader.place_of(thing.number) | (self.reader.sight if self.story.space.dark else 0)
        return found

    def _is_wanted(self, thing: s.Thing) -> bool:
        scripts = [hook.pc for hook in thing.hooks.all]
        if isinstance(thing, s.Located):
            scripts.append(thing.text)
        if isinstance(thing, s.Character):
            scripts.append(thing.talk)
        if isinstance(thing, s.Item):
            scripts.append(thing.refusal)
        return any(pc >= 0 and self.hot[pc] for pc in scripts)

    def uses(self, thing: s.Thing) -> tuple[tuple[s.Verb, dict[int, tuple[int, int]]], ...]:
        """Return the verbs that a thing can be named first with, and what their holes hold then."""
        found = self.reader.used.get(thing.number)
        if found is None:
            found = self.reader.used[thing.number] = tuple(self._uses(thing))
        return found

    def _uses(self, thing: s.Thing) -> Iterator[tuple[s.Verb, dict[int, tuple[int, int]]]]:
        for verb in self.story.verbs.values():
            for form in verb.forms:
                if not form or not fills(thing, form[0]):
                    continue
                first = {verb.holes[form[0].name]: (thing.number, thing.number)}
                others = [[one.number for one in self.story.things if fills(one, hole)] for hole in form[1:]]
                if prod(map(len, others)) > _MOST_PAIRS:
                    yield verb, {**{verb.holes[hole.name]: (0, len(self.story.things)) for hole in form[1:]}, **first}
                    continue
                for numbers in product(*others):
                    pairs = zip(form[1:], numbers, strict=True)
                    yield verb, {**first, **{verb.holes[hole.name]: (number, number) for hole, number in pairs}}

    def hooks(self, hooks: s.Hooks) -> int:
        """Return what decides whether hooks are done."""
        found = self.asked(one.open for one in hooks.instead)
        return found | self.asked(one.open for one in (*hooks.before, *hooks.after) if self.hot[one.pc])


def fills(thing: s.Thing, hole: s.Hole) -> bool:
    """Whether a thing can be named in a hole."""
    return thing.number > s.PLAYER and hole.kind in (
        "thing" if isinstance(thing, s.Room | s.Located) else "",
        thing.kind,
    )


def _unnamed(verb: s.Verb) -> dict[int, tuple[int, int]]:
    """A verb's holes while nothing is named in them."""
    return dict.fromkeys(verb.holes.values(), (s.NOTHING, s.NOTHING))


def _scene_entries(story: s.Story) -> frozenset[int]:
    """Where scenes and storylets begin."""
    return frozenset(pc for pc, owner in story.owners if owner.partition(" ")[0] in ("scene", "storylet"))
