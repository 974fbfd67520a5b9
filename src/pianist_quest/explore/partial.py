"""What a script can come to where only a few slots are known: every state that it can leave, whatever the others hold.

A condition that cannot be told from what is known holds and does not hold, a draw falls in every way, and a value that
cannot be told is each value in turn. So what is found is all that can happen and perhaps more (abstract
interpretation, Cousot and Cousot, 1977).
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final, NamedTuple

from pianist_quest.story import story as s
from pianist_quest.story.bits import bits

from .plain import plain
from .reads import Facts, statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .reads import Worth
    from .relevance import Relevance

_MOST_VALUES: Final = 24
"""How many values a slot is followed through one by one; where there are more it is not known any more."""
_MOST_CALLS: Final = 40
"""How deep calls are followed."""
FREE: Final = -1
"""Of a standing: no choice waits."""
NOWHERE: Final = -1
"""Of a standing: in any room, it is not asked in which."""

Known = tuple["int | None", ...]
"""The values of the slots that are kept, in order; None where one is not known."""


class Standing(NamedTuple):
    """Where play can stand: a room (or `NOWHERE`), the choice that waits, the calls open, what is known."""

    place: int
    at: int
    stack: tuple[int, ...]
    known: Known
    ending: int = -1


class _Point(NamedTuple):
    """Where a script is."""

    pc: int
    place: int
    stack: tuple[int, ...]
    known: Known


class TooDeepError(Exception):
    """Calls go too deep to be followed."""


@dataclass(slots=True)
class Outcome:
    """All that a script can come to; `doubts` are the slots that it was not known by where it parted."""

    ends: set[Standing]
    doubts: int = 0


class Partial:
    """Runs scripts of a story with some slots kept."""

    def __init__(self, relevance: Relevance, kept: Sequence[int]) -> None:
        self.relevance, self.story, self.reader = relevance, relevance.story, relevance.reader
        self.kept = tuple(kept)
        self.number = {slot: index for index, slot in enumerate(self.kept)}
        self.nothing: Known = (None,) * len(self.kept)
        self.passing = [self.number[slot] for slot in self.story.locals if slot in self.number]
        self._worths: dict[tuple[str, int, Known], Worth] = {}
        self._reads: dict[str, tuple[int, ...]] = {}
        self._plain = _resolved([plain(relevance, pc) for pc in range(len(self.story.code))])
        lines = relevance.flow.lines
        self._lines = {
            room: tuple(one for one in (*lines.get(room, ()), *lines.get(-1, ())) if relevance.hot[one])
            for room in (one.number for one in relevance.rooms)
        }

    # What is known

    def worth(self, code: s.Code | None, place: int, known: Known, *, over: int = 0) -> Worth:
        """Return what a condition or value can be worth; `over` is the number after that of an ending, 0 for none."""
        if code is None:
            return self.reader.worth(None)
        held = self._held(code.source, known)
        key = (code.source, place, held)
        found = self._worths.get(key) if not over else None
        if found is None:
            found = self.reader.worth(code, self.facts(place, known, self._reads[code.source], over))
            if not over:
                self._worths[key] = found
        return found

    def _held(self, source: str, known: Known) -> Known:
        """What is known of the slots that an expression reads."""
        reads = self._reads.get(source)
        if reads is None:
            asked = self.reader.read(source)
            reads = self._reads[source] = tuple(self.number[one] for one in bits(asked) if one in self.number)
        return tuple(known[one] for one in reads)

    def facts(self, place: int, known: Known, which: Iterable[int], over: int = 0) -> Facts:
        """Return some of what is known, as a reader takes it."""
        held = {self.kept[one]: (value, value) for one in which if (value := known[one]) is not None}
        if self.story.over >= 0:
            held[self.story.over] = (over, over)
        return Facts(None if place == NOWHERE else place, held)

    def surely(self, code: s.Code | None, place: int, known: Known) -> bool | None:
        """Whether a condition holds, None where that is not known."""
        return self.worth(code, place, known).surely

    def opens(self, option: s.Option, place: int, known: Known) -> tuple[bool | None, int]:
        """Whether a choice can be taken, and by which slots that is not known."""
        worth = self.worth(option.open, place, known)
        held, doubts = worth.surely, worth.reads
        if option.slot >= 0 and held is not False:
            taken = self._value(option.slot, known)
            left = None if taken is None else taken < option.times
            held = False if left is False else held if left else None
            doubts |= 0 if taken is not None else 1 << option.slot
        return held, doubts if held is None else 0

    def _value(self, slot: int, known: Known) -> int | None:
        number = self.number.get(slot)
        return None if number is None else known[number]

    def put(self, known: Known, slot: int, value: int | None) -> Known:
        """Return what is known with one slot's value changed."""
        number = self.number.get(slot)
        return known if number is None else (*known[:number], value, *known[number + 1 :])

    def counted(self, known: Known, slot: int) -> Known:
        """Return what is known with one slot's value one more."""
        value = self._value(slot, known)
        return self.put(known, slot, None if value is None or value >= _MOST_VALUES else value + 1)

    # Scripts

    def run(self, pc: int, place: int, known: Known, stack: tuple[int, ...] = ()) -> Outcome:
        """Return all that a script can come to, and what called it: a choice that waits, the player free, the end."""
        first = _Point(pc, place, stack, known)
        outcome = Outcome(set())
        open_, done = {first}, set[_Point]()
        path: list[tuple[_Point, Iterator[_Point]]] = [(first, iter(self._from(first, outcome)))]
        while path:
            point, ahead = path[-1]
            after = next(ahead, None)
            if after is None:
                path.pop()
                open_.discard(point)
                done.add(point)
            elif after in open_:  # a script that can go on for ever is stopped, with the player free
                if not isinstance(self.story.code[after.pc], s.Contents):
                    outcome.ends.add(self.free(after))
            elif after not in done:
                open_.add(after)
                path.append((after, iter(self._from(after, outcome))))
        return outcome

    def free(self, point: _Point | Standing) -> Standing:
        """Return the standing where a script is over and the player free."""
        known = list(point.known)
        for one in self.passing:
            known[one] = s.NOTHING
        return Standing(point.place, FREE, (), tuple(known))

    def _from(self, point: _Point, outcome: Outcome) -> list[_Point]:
        """Return where a script can be after an instruction; what it comes to is added to the outcome."""
        if len(point.stack) > _MOST_CALLS:
            raise TooDeepError
        found = []
        for pc, place, stack, known in self._step(point, outcome):
            if pc < 0:
                outcome.ends.add(self.free(_Point(pc, place, stack, known)))
            else:
                found.append(_Point(pc, place, stack, known))
        return found

    def _step(  # noqa: C901, PLR0912 - a case for each instruction
        self, point: _Point, outcome: Outcome
    ) -> Iterator[tuple[int, int, tuple[int, ...], Known]]:
        pc, place, stack, known = point
        instruction, ahead = self.story.code[pc], self._plain[pc]
        if ahead is not None:
            yield ahead, place, stack, known
            return
        after = (pc + 1, place, stack, known)
        match instruction:
            case s.Do(code):
                yield from ((pc + 1, place, stack, one) for one in self._done(code, place, known, outcome))
            case s.Unless(code, target):
                worth = self.worth(code, place, known)
                outcome.doubts |= worth.reads if worth.surely is None else 0
                if worth.surely is not False:
                    yield after
                if not worth.surely:
                    yield target, place, stack, known
            case s.Jump(target):
                yield target, place, stack, known
            case s.Brief(target) | s.InDark(target):
                yield after
                yield target, place, stack, known
            case s.Count(slot):
                yield pc + 1, place, stack, self.counted(known, slot)
            case s.Earn(award):
                yield pc + 1, place, stack, self.counted(known, self.story.awards[award].slot)
            case s.Call(target):
                yield target, place, (*stack, pc + 1), known
            case s.Return():
                yield (stack[-1], place, stack[:-1], known) if stack else (-1, place, (), known)
            case s.Offer():
                yield from self._offer(instruction, point, outcome)
            case s.Draw(targets=targets, opens=opens, join=join):
                yield from self._parted(point, outcome, list(zip(opens, targets, strict=True)), join)
            case s.Pick(candidates=candidates, join=join):
                yield from self._parted(point, outcome, [(one.open, one.target) for one in candidates], join)
            case s.Deal(tag):
                deal = _Point(pc, place, (*stack, pc + 1), known)
                yield from self._parted(deal, outcome, [(one.open, one.pc) for one in self.story.storylets[tag]], -1)
            case s.Contents(room):
                yield after
                lines = self._lines[room]
                for line in lines:  # one or more of them; that is told apart only where there can be more
                    yield line, place, (*stack, pc + (len(lines) == 1)), known
            case s.Enter(room):
                yield from self._entered(room, point)
            case s.Arrive(room):
                yield pc + 1, room, stack, known
            case s.End(ending):
                outcome.ends.add(Standing(place, FREE, (), known, ending))
            case _:
                yield after

    def _parted(
        self, point: _Point, outcome: Outcome, ways: list[tuple[s.Code | None, int]], join: int
    ) -> Iterator[tuple[int, int, tuple[int, ...], Known]]:
        """Yield each way that can be open, and behind them where it is not sure that one is."""
        place, stack, known = point[1:]
        sure = False
        for code, target in ways:
            worth = self.worth(code, place, known)
            sure |= bool(worth.surely)
            outcome.doubts |= worth.reads if worth.surely is None else 0
            if worth.surely is not False:
                yield target, place, stack, known
        if not sure:
            yield (join, place, stack, known) if join >= 0 else (stack[-1], place, stack[:-1], known)

    def _offer(
        self, offer: s.Offer, point: _Point, outcome: Outcome
    ) -> Iterator[tuple[int, int, tuple[int, ...], Known]]:
        pc, place, stack, known = point
        held = [(one, *self.opens(one, place, known)) for one in offer.options]
        choices = [one for one in held if not one[0].fallback]
        if any(how is not False for _, how, _ in choices):
            outcome.ends.add(Standing(place, pc, stack, known))
        if any(how for _, how, _ in choices):
            return
        for one, how, doubts in held:
            outcome.doubts |= doubts
            if one.fallback and how is not False:
                yield one.target, place, stack, self.counted(known, one.slot)
        if not any(how for one, how, _ in held if one.fallback):
            yield offer.join, place, stack, known

    def _entered(self, number: int, point: _Point) -> Iterator[tuple[int, int, tuple[int, ...], Known]]:
        """As the engine enters a room, by way of what is done on leaving another."""
        room = self.story.things[number]
        assert isinstance(room, s.Room)  # noqa: S101 - the compiler enters rooms only
        here = self.story.things[point.place]
        left = not self.story.leaving.isdisjoint(point.stack)
        if isinstance(here, s.Room) and here.leave >= 0 and here is not room and not left:
            yield here.leave, point.place, (room.arrive,), point.known
        else:
            yield room.arrive, point.place, (), point.known

    # Effects

    def _done(self, code: s.Code, place: int, known: Known, outcome: Outcome) -> list[Known]:
        """Return what can be known after effects."""
        found = [known]
        for statement in statements(code.source):
            found = [after for one in found for after in self._statement(statement, place, one, outcome)]
        return found

    def _statement(self, node: ast.stmt, place: int, known: Known, outcome: Outcome) -> Iterator[Known]:
        facts = self.facts(place, known, range(len(self.kept)))
        if isinstance(node, ast.Assign):
            changes = [one for one in self.reader.assigned(node, facts) if one[0] in self.number]
            options = [self._values(slot, worth, outcome) for slot, worth in changes]
            for values in product(*options):
                after = known
                for (slot, _), value in zip(changes, values, strict=True):
                    after = self.put(after, slot, value)
                yield after
            return
        for one in self.reader.changes(node, facts):
            known = self.put(known, one.slot, None)
        yield known

    def _values(self, slot: int, worth: Worth, outcome: Outcome) -> Sequence[int | None]:
        """Return each value that a slot can be given, or only that it is not known."""
        if worth.constant is not None:
            return (worth.constant,)
        outcome.doubts |= worth.reads
        one = self.story.slots[slot]
        low, high = max(one.low, worth.span[0]), min(one.high, worth.span[1])
        return range(low, high + 1) if 0 <= high - low < _MOST_VALUES else (None,)


def _resolved(plain: list[int | None]) -> list[int | None]:
    """Where each instruction that does nothing leads at last, past others that do nothing."""
    found: list[int | None] = []
    for pc, first in enumerate(plain):
        seen, at = {pc}, first
        while at is not None and 0 <= at < len(plain) and plain[at] is not None and at not in seen:
            seen.add(at)
            at = plain[at]
        found.append(at)
    return found
