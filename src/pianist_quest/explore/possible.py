"""What can be done at each standing of a story with some slots kept, and where that can lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pianist_quest.story import story as s

from .keys import Liveness
from .outcomes import Outcomes
from .partial import FREE, NOWHERE, Outcome, Partial, Standing
from .reads import Facts, mask
from .relevance import Relevance
from .scripts import asides, everywhere, late, of_room

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .partial import Known


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to be proved of a condition: that it always holds, or (`can`) that it can always be made to."""

    code: s.Code
    can: bool = True


class Narrow(Relevance):
    """What matters where only some slots are kept: they, where the player is, and what asks the player something."""

    def __init__(self, story: s.Story, kept: Iterable[int], earlier: Narrow | None = None) -> None:
        self._kept = mask(kept)
        super().__init__(story, (), cover=False, earlier=earlier)

    def _settle(self) -> None:
        self.slots = self._kept
        active = [pc for pc in range(len(self.story.code)) if self.is_active(pc)]
        self.hot = self.flow.hot(active)
        self.changing = self.flow.hot(pc for pc in active if not isinstance(self.story.code[pc], s.Offer))
        """Instructions from which a kept slot can be changed, a room entered or the story ended."""

    def live(self) -> list[int]:
        """Return what can be read from each instruction and room on."""
        self.reads = [self._read(pc) for pc in range(len(self.story.code))]
        return Liveness(self).all()

    def is_active(self, pc: int) -> bool:
        """Whether an instruction does something that matters, or asks the player."""
        return isinstance(self.story.code[pc], s.Offer | s.Arrive) or super().is_active(pc)


@dataclass(slots=True)
class Move:
    """Something that can be done: where it can lead, whether it surely can be done, and what was not known."""

    after: frozenset[Standing]
    sure: bool
    doubts: int = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """An attempt that has been made, and at which of its standings what was kept after it is of no use."""

    attempt: Possible
    idle: frozenset[Standing]


class Possible:
    """Tells what can be done at a standing, where some slots are kept."""

    def __init__(
        self,
        story: s.Story,
        kept: Sequence[int],
        aim: Aim | None,
        stages: Sequence[Stage] = (),
        *,
        earlier: Possible | None = None,
        live: bool = True,
    ) -> None:
        self.stages = tuple(stages)
        self.story, self.aim = story, aim
        self.relevance: Narrow = Narrow(story, kept, earlier.relevance if earlier else None)
        self.partial = Partial(self.relevance, kept)
        self.outcomes: Outcomes = Outcomes(self.partial, earlier.outcomes if earlier else None)
        self._entries: dict[int, tuple[int, ...]] = {}
        self._live = self.relevance.live() if kept and live else []
        self._normal: dict[Standing, Standing] = {}
        self._dead: dict[tuple[int, int, tuple[int, ...]], tuple[int, ...]] = {}
        self._anywhere = tuple(self.changing(everywhere(story)))
        self._asides = tuple(self.changing(asides(story)))
        self._late = tuple(one for one in late(story) if self.relevance.changing[one[1]])
        self._asked = self.relevance.reader.worth(aim.code).reads if aim else 0

    def changing(self, scripts: Iterable[int]) -> Iterator[int]:
        """Yield those of some scripts that change something kept."""
        return (pc for pc in dict.fromkeys(scripts) if self.relevance.changing[pc])

    def rest(self) -> None:
        """Forget what is of use while standings are looked for only."""
        self._normal.clear()

    # What can be done

    def possible(self, standing: Standing) -> Iterator[Move]:
        """Yield what can be done at a standing, what surely can and what perhaps can."""
        if standing.ending >= 0 or self.is_detour(standing):
            return
        if standing.at >= 0:
            yield from self._choices(standing)
        else:
            yield from self._free(standing)

    @staticmethod
    def is_detour(standing: Standing) -> bool:
        """Whether it stands for wherever a script that changes nothing was begun, and has come back to."""
        return standing.place == NOWHERE and standing.at < 0

    def _choices(self, standing: Standing) -> Iterator[Move]:
        """The choices that wait: one of those that can be open is."""
        offer = self.story.code[standing.at]
        assert isinstance(offer, s.Offer)  # noqa: S101 - a script waits only at an Offer
        union, doubts = set[Standing](), 0
        for option in offer.options:
            if option.fallback:
                continue
            held, unsure = self.partial.opens(option, standing.place, standing.known)
            if held is not False:
                move = self._taken(standing, option, sure=bool(held))
                move.doubts |= unsure
                union |= move.after
                doubts |= move.doubts
                yield move
        if union:
            yield Move(frozenset(union), sure=True, doubts=doubts)
        for pc in self._asides:
            after = self.run(pc, standing.place, standing.known).ends
            known = {one.known for one in after if one.at < 0 and one.ending < 0 and one.place == standing.place}
            yield Move(frozenset(standing._replace(known=one) for one in known), sure=False)

    def _taken(self, standing: Standing, option: s.Option, *, sure: bool) -> Move:
        known = self.partial.counted(standing.known, option.slot)
        found = self.run(option.target, standing.place, known, standing.stack)
        return Move(frozenset(found.ends), sure, found.doubts)

    def _free(self, standing: Standing) -> Iterator[Move]:
        room = self.story.things[standing.place]
        if isinstance(room, s.Room):
            for option in room.choices:
                held, unsure = self.partial.opens(option, standing.place, standing.known)
                if held is not False and self.relevance.changing[option.target]:
                    move = self._taken(standing, option, sure=bool(held))
                    move.doubts |= unsure
                    yield move
            for way in room.exits:
                yield from self._way(standing, room, way)
            yield from self._verbs(standing, room)
        for pc in (*self._in(standing.place), *self._anywhere):
            found = self.run(pc, standing.place, standing.known)
            yield Move(frozenset(found.ends), sure=False, doubts=found.doubts)

    def _way(self, standing: Standing, room: s.Room, way: s.Exit) -> Iterator[Move]:
        worth = self.partial.worth(way.open, standing.place, standing.known)
        if worth.surely is False:
            return
        found = self.run(way.way, standing.place, standing.known)
        doubts = found.doubts | (worth.reads if worth.surely is None else 0)
        others = [one for one in room.exits if one.word == way.word]
        sure = bool(worth.surely) and others[0] is way and way.door == s.NOTHING
        kept, unsure = self._kept_from(standing, room, "go", way.word)
        yield Move(frozenset(found.ends), sure and not kept, doubts | unsure)

    def _verbs(self, standing: Standing, room: s.Room) -> Iterator[Move]:
        """Verbs without a thing: one of their rules is done, or what the room answers."""
        for verb in self.story.verbs.values():
            if () not in verb.forms:
                continue
            union, doubts, changes = set[Standing](), 0, False
            for pc, unsure in self._rules(verb, room, standing):
                found = self.run(pc, standing.place, standing.known)
                union |= found.ends
                doubts |= found.doubts | unsure
                changes |= bool(self.relevance.changing[pc])
            if changes:
                kept, unsure = self._kept_from(standing, room, verb.key, "")
                yield Move(frozenset(union), not kept, doubts | unsure)

    def _kept_from(self, standing: Standing, room: s.Room, verb: str, word: str) -> tuple[bool, int]:
        """Whether hooks can keep something from being done or change what comes of it; what that is not known by."""
        done, kept, doubts = frozenset({(verb, ""), (verb, word)}), False, 0
        for hooks in (room.hooks, self.story.hooks):
            for hook in hooks.all:
                if not hook.fits(done) or (hook in hooks.after and not self.relevance.changing[hook.pc]):
                    continue
                worth = self.partial.worth(hook.open, standing.place, standing.known)
                kept |= worth.surely is not False
                doubts |= worth.reads if worth.surely is None else 0
        return kept, doubts

    def _rules(self, verb: s.Verb, room: s.Room, standing: Standing) -> Iterator[tuple[int, int]]:
        answer = room.actions.get(verb.key, -1)
        if answer >= 0:
            yield answer, 0
            return
        for code, pc in verb.rules:
            worth = self.partial.worth(code, standing.place, standing.known)
            if worth.surely is not False:
                yield pc, worth.reads if worth.surely is None else 0
            if worth.surely:
                return
        if verb.otherwise >= 0:
            yield verb.otherwise, 0

    def _in(self, place: int) -> tuple[int, ...]:
        """The scripts that can be run in a room and change something kept, besides choices and exits."""
        if place not in self._entries:
            room = self.story.things[place]
            found = list(of_room(self.story, room)) if isinstance(room, s.Room) else []
            facts = Facts(place or None, {})
            found += [pc for verb in self.story.verbs.values() for _, pc in self.relevance.rules(verb, facts)]
            own = {one.target for one in room.choices} if isinstance(room, s.Room) else set()
            self._entries[place] = tuple(pc for pc in self.changing(one for one in found if one >= 0) if pc not in own)
        return self._entries[place]

    # Turns

    def run(self, pc: int, place: int, known: Known, stack: tuple[int, ...] = ()) -> Outcome:
        """Return all that a script and what comes at the end of its turn can come to."""
        found = self.outcomes.run(pc, place, known, stack)
        ends, waiting, doubts = set[Standing](), [self.living(one) for one in found.ends], found.doubts
        while waiting:
            one = waiting.pop()
            if one in ends:
                continue
            ends.add(one)
            if one.at >= 0 or one.ending >= 0 or self.is_detour(one):
                continue
            for when, script in self._late:
                if self.partial.surely(when, one.place, one.known) is not False:
                    after = self.outcomes.run(script, one.place, one.known)
                    doubts |= after.doubts
                    waiting += map(self.living, after.ends)
        return Outcome(ends, doubts)

    def living(self, one: Standing) -> Standing:
        """Return a standing with only what is of use in it."""
        found = self._normal.get(one)
        if found is None:
            found = self._normal[one] = self._useful(one)
        return found

    def _useful(self, one: Standing) -> Standing:
        """Leave out what nothing to come reads, and what was kept for other parts of the story."""
        if one.ending >= 0 and self.aim is None:
            return Standing(0, FREE, (), self.partial.nothing, one.ending)
        if not one.known or one.place == NOWHERE:
            return one
        known = list(one.known)
        ends = [len(stage.attempt.partial.kept) for stage in self.stages] + [len(known)]
        for index, stage in enumerate(self.stages):
            size, after = ends[index], ends[index + 1]
            if stage.idle and any(value is not None for value in known[size:after]):
                there = stage.attempt.cleared(one._replace(known=tuple(known[:size])))
                if there in stage.idle:
                    known[size:after] = [None] * (after - size)
        return self.cleared(one._replace(known=tuple(known)))

    def cleared(self, one: Standing) -> Standing:
        """Leave out what nothing to come reads."""
        if not self._live or one.place == NOWHERE:
            return one
        where = one.place, one.at, one.stack
        dead = self._dead.get(where)
        if dead is None:
            nodes = [len(self.story.code) + one.place, *one.stack, *([one.at] if one.at >= 0 else [])]
            live = self._asked
            for node in nodes:
                live |= self._live[node]
            numbered = enumerate(self.partial.kept)
            dead = self._dead[where] = tuple(number for number, slot in numbered if not live >> slot & 1)
        if not dead:
            return one
        known = list(one.known)
        for number in dead:
            known[number] = None
        return one._replace(known=tuple(known))

    def unknown(self, one: Standing) -> int:
        """Return what what is aimed at was not known by at a standing."""
        if self.aim is None:
            return 0
        worth = self.partial.worth(self.aim.code, one.place, one.known, over=one.ending + 1)
        return worth.reads if worth.surely is None else 0
