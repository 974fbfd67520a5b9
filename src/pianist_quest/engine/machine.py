"""Runs scripts: one turn's working copy of the state, and what each instruction does to it."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

from pianist_quest.digests import blake2b
from pianist_quest.story import english
from pianist_quest.story import story as s
from pianist_quest.story.values import settled, working

from . import replies
from .operations import operation
from .state import State
from .text import Writer, alternative
from .turn import Earned, Ended, Halted, Replied, Told
from .view import holds, is_open

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .turn import Event

MAX_STEPS: Final = 100_000
"""How many instructions one turn may run before it is stopped."""
MAX_EVENTS: Final = 2_000
"""How many texts one turn may show before it is stopped."""
MAX_CALLS: Final = 200
"""How deep calls may nest."""


class Machine:
    """The state being changed. `run` goes on until the player is to choose, is free, or the story ends."""

    def __init__(self, story: s.Story, state: State) -> None:
        self.story, self.before = story, state
        self.values = working(state.values)
        self.place, self.visited = state.place, state.visited
        self.at, self.ending = -1, state.ending
        self.arrived = False  # whether a room was come to, be it the same
        self.back = False  # whether the player had been there before
        self.stack = list(state.stack)
        self.seed = state.seed
        self.events: list[Event] = []
        self.steps = 0

    @property
    def writer(self) -> Writer:
        """What writes texts as things stand now."""
        return Writer(self.story, self.values, self.place, self.visited, self.choose)

    def state(self) -> State:
        """Return the state as it is now."""
        return self._with(settled(self.values))

    def after(self, before: State) -> State:
        """Return the same, with the values of the state before where they are as they were: undo keeps all states."""
        values = settled(self.values)
        return self._with(before.values if values == before.values else values)

    def _with(self, values: Sequence[int]) -> State:
        return State(values, self.place, self.visited, self.at, tuple(self.stack), self.ending, self.seed)

    # Chance and alternatives

    def roll(self, slot: int, low: int, high: int) -> int:
        """Draw a number from low to high, both included, at a site; the site counts its draws."""
        if high < low:
            low, high = high, low
        self.values[slot] += 1
        return low + self.draw(slot, self.values[slot]) % (high - low + 1)

    def draw(self, slot: int, count: int) -> int:
        """Return the 64 bits that a seed, a site and the number of its draws give."""
        text = f"{self.seed}/{self.story.slots[slot].name}/{count}"
        return int.from_bytes(blake2b(text.encode(), digest_size=8).digest())

    def choose(self, part: s.Alternatives) -> int:
        """Return which alternative is shown, and count it."""
        count = self.values[part.slot]
        self.values[part.slot] = count + 1
        return alternative(part, count, lambda: self.shuffled(part, count))

    def shuffled(self, part: s.Alternatives, count: int) -> int:
        """The alternative of a shuffle: each round shows all of them, in an order of its own."""
        size = len(part.options)
        order = sorted(range(size), key=lambda one: (self.draw(part.slot, count // size * size + one), one))
        return order[count % size]

    # Running

    def run(self, pc: int) -> None:
        """Run a script and what called it."""
        story, events, stack, steps = self.story, self.events, self.stack, self.steps
        made = story.operations
        while pc >= 0:
            steps += 1
            if steps > MAX_STEPS or len(events) > MAX_EVENTS or len(stack) > MAX_CALLS:
                self.halt(pc)
                break
            pc = (made.get(pc) or operation(story, pc))(self)
        self.steps = steps

    def halt(self, pc: int) -> None:
        """Stop a script that runs on; the player is free where they are."""
        self.events.append(Halted(self.story.owner(pc)))
        self.stack.clear()

    def say(self, text: s.Text) -> None:
        """Show a text."""
        runs = self.writer.write(text)
        if runs:
            self.events.append(Told(runs))

    def offer(self, offer: s.Offer, pc: int) -> int:
        """Wait for a choice; where none is open, take a fallback or go on."""
        fallback = None
        for option in offer.options:
            if (fallback is None or not option.fallback) and is_open(option, self):
                if not option.fallback:
                    self.at = pc
                    return -1
                fallback = option
        return self.take(fallback) if fallback else offer.join

    def take(self, option: s.Option) -> int:
        """Count a choice as taken, where that is counted; return the position of its script."""
        if option.slot >= 0:
            self.values[option.slot] += 1
        return option.target

    def branch(self, draw: s.Draw) -> int:
        """Draw one of several branches by weight."""
        held = [index for index, one in enumerate(draw.opens) if holds(one, self)]
        if not held:
            return draw.join
        return draw.targets[held[self.weighted(draw.slot, [draw.weights[index] for index in held])]]

    def weighted(self, slot: int, weights: Sequence[int]) -> int:
        """Draw a position among weights."""
        drawn = self.roll(slot, 1, sum(weights))
        return next(index for index, total in enumerate(accumulate(weights)) if drawn <= total)

    def picked(self, pick: s.Pick) -> s.Candidate | None:
        """Return which of several steps is to be done, None where none is open."""
        held = [one for one in pick.candidates if holds(one.open, self)]
        return min(held, key=lambda one: (-one.conditions if pick.specific else 0, self.values[one.last]), default=None)

    def pick(self, pick: s.Pick) -> int:
        """Pick one of several steps; where none is open, go on behind them."""
        chosen = self.picked(pick)
        if chosen is None:
            return pick.join
        self.values[pick.clock] += 1
        self.values[chosen.last] = self.values[pick.clock]
        return chosen.target

    def deal(self, tag: str, slot: int, back: int) -> int:
        """Draw a storylet and call it; where none is open, go on."""
        held = [one for one in self.story.storylets[tag] if holds(one.open, self)]
        if not held:
            return back
        best = max(one.priority for one in held)
        drawn = [one for one in held if one.priority == best]
        self.stack.append(back)
        return drawn[self.weighted(slot, [one.weight for one in drawn])].pc

    def enter(self, number: int) -> int:
        """Leave where the player is for a room; where that is being done already, only for another room."""
        left = not self.story.leaving.isdisjoint(self.stack)
        self.stack.clear()
        here, room = self.story.things[self.place], self.story.things[number]
        assert isinstance(room, s.Room)  # noqa: S101 - the compiler enters rooms only
        if isinstance(here, s.Room) and here.leave >= 0 and here is not room and not left:
            self.stack.append(room.arrive)
            return here.leave
        return room.arrive

    def arrive(self, room: int) -> None:
        """Be in a room."""
        self.arrived = True
        self.back = bool(self.visited >> room & 1)
        self.place = room
        self.visited |= 1 << room

    def is_dark(self) -> bool:
        """Whether the player can see nothing of the room."""
        return self.story.space.is_dark(self.values, self.place, self.visited)

    def present(self, place: int) -> list[s.Located]:
        """What is directly in a place."""
        numbers = self.story.space.contents(self.values, place)
        return [thing for number in numbers if isinstance(thing := self.story.things[number], s.Located)]

    def contents(self, room: int, pc: int) -> int:
        """Show the lines of what is here, then what has none."""
        lines = [one.here for one in self.present(room) if one.listed and one.here >= 0]
        self.stack += (pc + 1, *reversed(lines[1:])) if lines else ()
        return lines[0] if lines else pc + 1

    def reply(self, key: str, number: int) -> None:
        """Say something of the engine's own."""
        self.events.append(Replied(replies.about(self.story, key, number)))

    def others(self, room: int) -> None:
        """Name what is here and has no line of its own, then what is seen in and on things."""
        present = self.present(room)
        if not present:
            return
        plain = [one for one in present if one.listed and one.here < 0]
        items = [self.some(one) for one in plain if isinstance(one, s.Item)]
        people = [english.the(one.name) for one in plain if isinstance(one, s.Character)]
        if items:
            self.events.append(Replied(f"You can see {english.listing(items)} here."))
        if people:
            line = f"{english.listing(people)} {'are' if len(people) > 1 else 'is'} here."
            self.events.append(Replied(english.capital(line)))
        for one in present:
            if one.number in self.story.space.nests and self.story.space.shows(self.values, one.number):
                self.held(one)

    def some(self, thing: s.Located) -> str:
        """Return a thing's name with the indefinite article."""
        return english.an(thing.name, plural=thing.number in self.story.plurals)

    def held(self, holder: s.Located) -> None:
        """Name what is in or on a thing, if anything is."""
        held = [one for one in self.present(holder.number) if one.listed]
        names = [self.some(one) for one in held]
        if names:
            where = "On" if self.story.space.nests[holder.number].is_surface else "In"
            verb = "are" if len(names) > 1 or held[0].number in self.story.plurals else "is"
            self.events.append(Replied(f"{where} {english.the(holder.name)} {verb} {english.listing(names)}."))

    def inside(self, number: int, *, alone: bool) -> None:
        """Tell what looking closely shows of something that opens or holds; `alone`, there is no more to tell."""
        thing, space = self.story.things[number], self.story.space
        assert isinstance(thing, s.Located)  # noqa: S101 - only items hold
        if number not in space.nests:
            is_open = self.values[self.story.doors[number]] if number in self.story.doors else 0
            self.reply("is_open" if is_open else "is_closed", number)
        elif not space.shows(self.values, number):
            self.reply("is_closed", number)
        elif not self.present(number) and not space.nests[number].is_surface:
            self.reply("is_empty", number)
        else:
            told = len(self.events)
            self.held(thing)
            if alone and len(self.events) == told:
                self.reply("unremarkable", number)

    def earn(self, award: s.Award) -> None:
        """Count a mark as earned, and tell it the first time."""
        if not self.values[award.slot]:
            self.events.append(Earned(award.key, award.name, self.writer.write(award.text)))
        self.values[award.slot] += 1

    def end(self, number: int) -> int:
        """End the story."""
        ending = self.story.endings[number]
        self.ending = number
        if self.story.over >= 0:
            self.values[self.story.over] = number + 1
        self.stack.clear()
        self.events.append(Ended(ending.key, ending.name, ending.rank, ending.lost))
        return -1

    def bind(self, slots: Sequence[tuple[int, int]]) -> None:
        """Put what a player named where a verb's script finds it."""
        for slot, thing in slots:
            self.values[slot] = thing
