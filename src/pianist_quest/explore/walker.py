"""The engine without words and without chance: what an action can come to, a state for each way the draws can fall."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.engine.engine import act, blank, finish
from pianist_quest.engine.machine import MAX_CALLS, Machine
from pianist_quest.engine.state import State
from pianist_quest.engine.turn import ImpossibleActionError
from pianist_quest.story import story as s

from .operations import Operations
from .ranges import Ranges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pianist_quest.engine.turn import Action

    from .relevance import Relevance

MAX_STEPS: Final = 20_000
"""How many instructions a turn may do."""
_MOST_OUTCOMES: Final = 5_000
"""How many ways the draws of one action may fall before the rest is left out (and that is said)."""


class Walk(Machine):
    """A machine that runs what matters of a story; `draws` are how its draws are to fall, then the first way."""

    walker: Walker
    arrived = back = False
    at = ending = -1
    steps = seed = drawn = 0
    draws: Sequence[int] = ()
    widths: tuple[int, ...] = ()
    bound: Sequence[tuple[int, int]] = ()
    ops: Sequence[Any]
    """Each instruction as a function of a walk, which returns the position to go on at."""
    settle: Callable[[list[int]], None] | None
    """Puts the values that stand for others in their place, where some do."""

    def __init__(self, state: State) -> None:
        # Not what Machine's own does: much of that is for words, and this is done for every step of a search.
        self.values = list(state.values)
        self.place, self.visited = state.place, state.visited
        self.stack = list(state.stack)

    def run(self, pc: int) -> None:
        """Run a script and what called it."""
        ops, steps = self.ops, 0
        while pc >= 0:
            after = ops[pc](self)
            if after <= pc and after >= 0:  # only what goes back can go on for ever
                steps += 1
                if steps > MAX_STEPS or len(self.stack) > MAX_CALLS:
                    self.halt(pc)
                    self.walker.halted.add(self.story.owner(pc))
                    return
            pc = after

    def arrive(self, room: int) -> None:
        """Be in a room."""
        self.arrived = True
        self.place = room
        self.visited |= 1 << room

    def outcome(self, width: int) -> int:
        """Return the next draw among so many, from 0."""
        if width <= 1:
            return 0
        at = self.drawn
        self.drawn += 1
        self.widths = (*self.widths, width)
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
        chosen = self.picked(pick)
        if chosen is None:
            return pick.join
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

    def cleared(self) -> Walk:
        """Return the walk, with nothing in it that is of this turn only."""
        if self.bound:
            for slot, _ in self.bound:
                self.values[slot] = s.NOTHING
        if self.settle:
            self.settle(self.values)
        return self

    def state(self) -> State:
        """Return the state that it has come to."""
        return State(tuple(self.values), self.place, self.visited, self.at, tuple(self.stack), self.ending, 0)


class Walker:
    """Does actions in states, for one account of what matters."""

    def __init__(self, relevance: Relevance) -> None:
        self.relevance = relevance
        self.ranges = Ranges(relevance)
        self.story = _thin(relevance, stamped=bool(self.ranges.latest))
        self.busy = bool(
            self.story.rules or self.story.movers or any(one.when is not None for one in self.story.awards)
        )
        """Whether what the end of a turn does of itself matters: rules, characters that move, marks."""
        self.ends = self.busy or self.story.turns >= 0 or bool(self.story.locals)
        """Whether anything is done then."""
        self.covered = bytearray(len(relevance.story.code))
        """Which instructions have been done that are the beginning of something: a scene, a choice."""
        self.halted: set[str] = set()
        self.earned: set[str] = set()
        self.cut_short = False
        """Whether there was an action with more outcomes than are looked at."""
        self.clears = self.ranges.any or bool(self.story.verbs)
        """Whether there can be something in a walk that is of its turn only."""
        settle = staticmethod(self.ranges.settle) if self.ranges.any else None
        same = {"walker": self, "story": self.story, "events": _Sink(), "settle": settle, "ops": Operations(self).all()}
        self.walk = type("Walk", (Walk,), same)

    def begin(self) -> list[tuple[tuple[int, ...], Walk]]:
        """Return a walk to each state that play can begin in, with the draws that lead there."""
        start = blank(self.story, 0)

        def play(walk: Walk) -> None:
            walk.run(self.story.start)
            finish(walk, timed=False)

        return self._outcomes(start, play)

    def choose(self, state: State, option: s.Option) -> list[tuple[tuple[int, ...], Walk]]:
        """Return a walk to each state that taking an open choice can come to, with the draws that lead there."""
        walk = self.walk(state)
        self._chosen(walk, option)
        if walk.widths:
            return list(self._fallen(state, lambda again: self._chosen(again, option), walk))
        return [((), walk.cleared() if self.clears else walk)]

    def _chosen(self, walk: Walk, option: s.Option) -> None:
        walk.run(walk.take(option) if option.slot >= 0 else option.target)
        if self.ends:
            self._end(walk, timed=not option.free)

    def _end(self, walk: Walk, *, timed: bool) -> None:
        """Do what comes at the end of a turn: nothing, where nothing there matters."""
        if self.busy:
            finish(walk, timed=timed)
            return
        if timed and self.story.turns >= 0:
            walk.values[self.story.turns] += 1
        if walk.at < 0:
            for slot in self.story.locals:
                walk.values[slot] = s.NOTHING

    def after(self, state: State, action: Action) -> list[tuple[tuple[int, ...], Walk]]:
        """Return a walk to each state that an action can come to, with the draws; none where it cannot be done."""
        return self._outcomes(state, lambda walk: act(walk, state, action))

    def _outcomes(self, state: State, play: Callable[[Walk], object]) -> list[tuple[tuple[int, ...], Walk]]:
        walk = self.walk(state)
        try:
            play(walk)
        except ImpossibleActionError:
            return []
        if not walk.widths:
            return [((), walk.cleared())]
        return list(self._fallen(state, play, walk))

    def _fallen(
        self, state: State, play: Callable[[Walk], object], walk: Walk
    ) -> Iterator[tuple[tuple[int, ...], Walk]]:
        """Yield what comes of each way in which the draws can fall; the walk is the first."""
        for _ in range(_MOST_OUTCOMES):
            fell = [*walk.draws, *[0] * (len(walk.widths) - len(walk.draws))][: len(walk.widths)]
            yield tuple(fell), walk.cleared()
            while fell and fell[-1] + 1 >= walk.widths[len(fell) - 1]:
                fell.pop()
            if not fell:
                return
            fell[-1] += 1
            walk = self.walk(state)
            walk.draws = fell
            play(walk)
        self.cut_short = True


class _Sink(list[Any]):
    """Where events go that nobody reads."""

    def append(self, one: Any) -> None:  # noqa: ANN401 - any event
        """Let it go."""


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
