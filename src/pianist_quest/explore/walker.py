"""The engine without words and without chance: what an action can come to, a state for each way the draws can fall."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.engine.engine import act, blank, finish
from pianist_quest.engine.machine import MAX_CALLS, Machine
from pianist_quest.engine.turn import ImpossibleActionError
from pianist_quest.engine.view import holds
from pianist_quest.story import story as s

from .ranges import Ranges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pianist_quest.engine.state import State
    from pianist_quest.engine.turn import Action

    from .relevance import Relevance

MAX_STEPS: Final = 20_000
"""How many instructions a turn may do."""
_MOST_OUTCOMES: Final = 5_000
"""How many ways the draws of one action may fall before the rest is left out (and that is said)."""
Op = "Callable[[Walk], int]"


class Walk(Machine):
    """A machine that runs what matters of a story; `draws` are how its draws are to fall, then the first way."""

    def __init__(self, walker: Walker, state: State, draws: Sequence[int]) -> None:
        super().__init__(walker.story, state)
        self.walker = walker
        self.draws, self.drawn, self.widths = draws, 0, list[int]()
        self.bound: Sequence[tuple[int, int]] = ()

    def run(self, pc: int) -> None:
        """Run a script and what called it."""
        ops, steps = self.walker.ops, 0
        while pc >= 0:
            steps += 1
            if steps > MAX_STEPS or len(self.stack) > MAX_CALLS:
                self.halt(pc)
                self.walker.halted.add(self.story.owner(pc))
                return
            pc = ops[pc](self)

    def outcome(self, width: int) -> int:
        """Return the next draw among so many, from 0."""
        if width <= 1:
            return 0
        at = self.drawn
        self.drawn += 1
        self.widths.append(width)
        return self.draws[at] if at < len(self.draws) else 0

    def roll(self, slot: int, low: int, high: int) -> int:
        """Draw a number; draws are not counted."""
        del slot
        if high < low:
            low, high = high, low
        return low + self.outcome(high - low + 1)

    def weighted(self, slot: int, weights: Sequence[int]) -> int:
        """Draw a position."""
        del slot
        return self.outcome(len(weights))

    def pick(self, pick: s.Pick) -> int:
        """Pick one of several steps; when each was last done is kept as an order, from 1, not as a time."""
        held = [one for one in pick.candidates if holds(one.open, self)]
        if not held:
            return pick.join
        chosen = min(held, key=lambda one: (-one.conditions if pick.specific else 0, self.values[one.last]))
        done = sorted((self.values[one.last], one.last) for one in pick.candidates if self.values[one.last])
        order = [last for _, last in done if last != chosen.last] + [chosen.last]
        for rank, last in enumerate(order, start=1):
            self.values[last] = rank
        return chosen.target

    def reply(self, key: str, number: int) -> None:
        """Say nothing."""

    def earn(self, award: s.Award) -> None:
        """Count a mark as earned."""
        self.values[award.slot] = 1
        self.walker.earned.add(award.key)

    def bind(self, slots: Sequence[tuple[int, int]]) -> None:
        """Put what was named where a verb's script finds it; it is taken out again at the end of the turn."""
        self.bound = slots
        super().bind(slots)

    def cleared(self) -> State:
        """Return the state, with nothing in it that is of this turn only."""
        if self.at < 0:
            for slot, _ in self.bound:
                self.values[slot] = s.NOTHING
        self.walker.ranges.settle(self.values)
        return self.state()


class Walker:
    """Does actions in states, for one account of what matters."""

    def __init__(self, relevance: Relevance) -> None:
        self.relevance = relevance
        self.ranges = Ranges(relevance)
        self.story = _thin(relevance, stamped=bool(self.ranges.stamps))
        self.covered = bytearray(len(relevance.story.code))
        """Which instructions have been done that are the beginning of something: a scene, a choice."""
        self.halted: set[str] = set()
        self.earned: set[str] = set()
        self.cut_short = False
        """Whether there was an action with more outcomes than are looked at."""
        self.ops: list[Any] = _Ops(self).all()

    def begin(self) -> Iterator[tuple[tuple[int, ...], State]]:
        """Yield each state that play can begin in, with the draws that lead there."""
        start = blank(self.story, 0)

        def play(walk: Walk) -> None:
            walk.run(self.story.start)
            finish(walk, timed=False)

        return self._outcomes(start, play)

    def after(self, state: State, action: Action) -> Iterator[tuple[tuple[int, ...], State]]:
        """Yield each state that an action can come to, with the draws that lead there; none where it cannot be done."""
        return self._outcomes(state, lambda walk: act(walk, state, action))

    def _outcomes(self, state: State, play: Callable[[Walk], object]) -> Iterator[tuple[tuple[int, ...], State]]:
        draws: list[int] = []
        for _ in range(_MOST_OUTCOMES):
            walk = Walk(self, state, draws)
            try:
                play(walk)
            except ImpossibleActionError:
                return
            if not walk.widths:
                yield (), walk.cleared()
                return
            fell = [*draws, *[0] * (len(walk.widths) - len(draws))][: len(walk.widths)]
            yield tuple(fell), walk.cleared()
            while fell and fell[-1] + 1 >= walk.widths[len(fell) - 1]:
                fell.pop()
            if not fell:
                return
            fell[-1] += 1
            draws = fell
        self.cut_short = True


def _thin(relevance: Relevance, *, stamped: bool) -> s.Story:
    """The story with nothing at the end of turns that does not matter."""
    story, hot = relevance.story, relevance.hot
    rules = tuple(one for one in story.rules if hot[one.pc])
    movers = tuple(
        one
        for one in story.movers
        if relevance.has(story.things[one].slot)  # type: ignore[attr-defined] # characters
    )
    awards = tuple(
        replace(one, when=one.when if relevance.cover or relevance.has(one.slot) else None) for one in story.awards
    )
    turns = story.turns if stamped or relevance.has(story.turns) else -1
    holes = {slot for verb in story.verbs.values() for slot in verb.holes.values()}
    return replace(
        story, rules=rules, movers=movers, awards=awards, score=-1, turns=turns,
        locals=tuple(slot for slot in story.locals if slot not in holes),
    )  # fmt: skip


class _Ops:
    """Each instruction as a function of the walk, which returns the position to go on at."""

    def __init__(self, walker: Walker) -> None:
        self.walker, self.relevance, self.story = walker, walker.relevance, walker.story
        lists = [one.options for one in self.story.code if isinstance(one, s.Offer)]
        lists += [one.choices for one in self.story.things if isinstance(one, s.Room)]
        self.entries = self.relevance.scenes | {one.target for options in lists for one in options}

    def all(self) -> list[Any]:
        """Return them, by position."""
        return [self._covering(pc, self._op(pc, one)) for pc, one in enumerate(self.story.code)]

    def _covering(self, pc: int, op: Any) -> Any:  # noqa: ANN401 - an operation
        if pc not in self.entries or not self.relevance.cover:
            return op
        covered = self.walker.covered

        def note(walk: Walk) -> int:
            covered[pc] = 1
            return op(walk)  # type: ignore[no-any-return]

        return note

    def _op(self, pc: int, instruction: s.Instruction) -> Any:  # noqa: ANN401, C901, PLR0911, PLR0912 - a case each
        after = pc + 1
        relevance = self.relevance
        match instruction:
            case s.Do(code) if relevance.is_active(pc):
                return lambda walk: code(walk.values, walk.place, walk.visited, walk.roll) or after
            case s.Unless(code, target) if relevance.parts(pc):
                return lambda walk: after if code(walk.values, walk.place, walk.visited) else target
            case s.Unless(code=code, target=target):
                # Both ways do the same; where one is behind the other, the shorter is taken.
                return _goes(target if self._rejoins(pc) else after)
            case s.Jump(target):
                return _goes(target)
            case s.Count(slot, stamp) if relevance.is_active(pc):
                return _counts(slot, stamp, self.story.turns, after)
            case s.Earn():
                return lambda walk: walk.step(instruction, pc)
            case s.Call(target) if relevance.hot[target]:
                return _calls(target, after) if relevance.hot[after] else _goes(target)
            case s.Return():
                return lambda walk: walk.stack.pop() if walk.stack else -1
            case s.Deal(tag) if not any(relevance.hot[one.pc] for one in self.story.storylets[tag]):
                return _goes(after)
            case s.Offer() | s.Deal() | s.Enter() | s.Arrive() | s.End():
                return lambda walk: walk.step(instruction, pc)
            case s.Draw() | s.Pick() if relevance.parts(pc):
                return lambda walk: walk.step(instruction, pc)
            case s.Draw(join=join) | s.Pick(join=join):
                return _goes(join)
            case s.InDark(target) if relevance.parts(pc):
                return lambda walk: target if walk.is_dark() else after
            case s.Contents(room) if any(relevance.hot[one] for one in relevance.flow.ahead[pc] if one != after):
                return lambda walk: walk.contents(room, pc)
        return _goes(after)

    def _rejoins(self, pc: int) -> bool:
        region = self.relevance.flow.branches(pc)
        instruction = self.story.code[pc]
        return region is not None and isinstance(instruction, s.Unless) and region[1] == instruction.target


def _goes(target: int) -> Any:  # noqa: ANN401 - an operation
    return lambda _: target


def _counts(slot: int, stamp: int, turns: int, after: int) -> Any:  # noqa: ANN401 - an operation
    def count(walk: Walk) -> int:
        walk.values[slot] += 1
        if stamp >= 0:
            walk.values[stamp] = walk.values[turns] + 1
        return after

    return count


def _calls(target: int, after: int) -> Any:  # noqa: ANN401 - an operation
    def call(walk: Walk) -> int:
        walk.stack.append(after)
        return target

    return call
