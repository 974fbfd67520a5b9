"""The search: breadth first, so that the first way found to anything is a shortest one."""

from __future__ import annotations

import heapq
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pianist_quest.engine.turn import Choose, Do
from pianist_quest.engine.view import is_open
from pianist_quest.story.bits import bits

from .keys import Keys
from .moves import Moves
from .walker import Walker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pianist_quest.engine.state import State
    from pianist_quest.engine.turn import Action
    from pianist_quest.story.story import Option, Story

    from .keys import Key
    from .relevance import Relevance
    from .walker import Walk


Outcome = tuple[tuple[int, ...], "Walk"]
"""What can come of an action: the draws that lead there, and the walk that has come there, which makes the state."""


Step = tuple["Action", tuple[int, ...]]
"""An action, and the draws that it took."""

_Offered = tuple[Choose, "Option", bool]
"""What it is to take a choice, the choice, and whether it is always open."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a search may go: states, seconds, and bytes of memory."""

    states: int = 2_000_000
    seconds: float = 3600.0
    memory: int = 2 * 2**30


@dataclass(slots=True)
class Graph:
    """The states found, by number in the order found, and how each was come to."""

    keys: dict[Key | bytes, int] = field(default_factory=dict)
    parents: list[int] = field(default_factory=list)
    actions: list[Step | None] = field(default_factory=list)
    """What led to each state from its parent, with the draws that it took."""
    endings: dict[int, int] = field(default_factory=dict)
    """States in which the story has ended, with the ending's number."""
    sources: list[int] = field(default_factory=list)
    targets: list[int] = field(default_factory=list)
    expanded: int = 0
    """How many states have been looked beyond; those after them are the frontier."""
    complete: bool = False
    fated: set[int] = field(default_factory=set)
    """States that play can begin in, by chance."""
    seconds: float = 0.0
    stopped_by: str = ""

    def join(self, number: int, other: int) -> None:
        """Note that one state leads to another."""
        if other != number:
            self.sources.append(number)
            self.targets.append(other)

    def way(self, number: int) -> list[Step]:
        """Return how a state is come to from the beginning."""
        found = []
        while number >= 0:
            step = self.actions[number]
            if step is not None:
                found.append(step)
            number = self.parents[number]
        return found[::-1]

    def takes_luck(self, number: int) -> bool:
        """Whether chance has a part in the way to a state."""
        while number >= 0:
            step = self.actions[number]
            if number in self.fated or (step is not None and step[1]):
                return True
            number = self.parents[number]
        return False


class Search:
    """A search of a story's states."""

    def __init__(self, relevance: Relevance, *, reduce: bool = True) -> None:
        self.relevance = relevance
        self.story: Story = relevance.story
        self.walker, self.moves = Walker(relevance), Moves(relevance)
        self.keys = Keys(relevance, reduce=reduce)
        self.key: Callable[[State | Walk], Key | bytes] = self.keys.of
        self.graph = Graph()
        self.frontier: list[tuple[int, State]] = []
        self._choices: dict[int, tuple[_Offered, ...]] = {}
        self.watchers: list[Callable[[int, State], None]] = []
        """Called with each new state and its number."""
        self.rooms: set[int] = set()
        self.enough = False
        """Set by a watcher that has seen what it wanted: the search stops."""

    def forget(self) -> None:
        """Let the states go; what was covered stays."""
        self.graph = Graph()
        self.frontier = []

    def run(
        self, limits: Limits, progress: Callable[[Graph, int], None] | None = None, start: State | None = None
    ) -> Graph:
        """Search until all is found or a limit is reached, from the beginning or from a state."""
        started = time.monotonic()
        graph = self.graph
        self._begin(start)
        depth = 0
        while self.frontier:
            depth += 1
            now, self.frontier = self.frontier, []
            for index, (number, state) in enumerate(now):
                self._expand(number, state)
                if self._is_due(index % 256, limits) and self._is_over(limits, started, progress, depth):
                    self.frontier = [*now[index + 1 :], *self.frontier]
                    return graph
        self._end(started)
        return graph

    def _is_due(self, count: int, limits: Limits) -> bool:
        """Whether it is time to look whether a limit is reached: `count` is 0 now and then."""
        return not count or self.enough or len(self.graph.keys) >= limits.states

    def _is_over(
        self, limits: Limits, started: float, progress: Callable[[Graph, int], None] | None, depth: int
    ) -> bool:
        """Note how long it has taken, tell it, and say whether a limit is reached."""
        self.graph.seconds = time.monotonic() - started
        self.graph.stopped_by = self._over(limits)
        if progress:
            progress(self.graph, depth)
        return bool(self.graph.stopped_by)

    def _end(self, started: float) -> None:
        """Note the end of a search: it is complete if nothing is left to be looked at."""
        self.graph.complete = not self.frontier and not self.walker.cut_short
        self.graph.seconds = time.monotonic() - started

    def _begin(self, start: State | None) -> None:
        """Find the states that play can begin in."""
        for state in self._starts(start):
            key = self.key(state)
            if key not in self.graph.keys:
                self._new(-1, None, key, state)

    def _starts(self, start: State | None) -> Iterator[State]:
        if start is not None:
            yield start
        else:
            for draws, walk in self.walker.begin():
                if draws:
                    self.graph.fated.add(len(self.graph.actions))
                yield walk.state()

    def _over(self, limits: Limits) -> str:
        graph = self.graph
        if self.enough:
            return "what was looked for"
        if len(graph.keys) >= limits.states:
            return f"{limits.states:,} states"
        if graph.seconds >= limits.seconds:
            return f"{limits.seconds:g} seconds"
        if _memory() >= limits.memory:
            return f"{limits.memory // 2**20:,} MiB of memory"
        return ""

    def _expand(self, number: int, state: State) -> None:
        graph, key = self.graph, self.key
        known, source, target = graph.keys.get, graph.sources.append, graph.targets.append
        graph.expanded += 1
        for action, outcomes in self.steps(state):
            for draws, after in outcomes:
                at = key(after)
                other = known(at)
                if other is None:  # most has been seen before: a state is made only of what has not
                    other = self._new(number, (action, draws), at, after.state())
                if other != number:
                    source(number)
                    target(other)

    def steps(self, state: State) -> Iterator[tuple[Action, list[Outcome]]]:
        """Yield all that can be done in a state, with what can come of it; what is met on the way is covered."""
        if state.ending >= 0:
            return
        if state.at < 0:
            for action in self._free(state):
                yield action, self.walker.after(state, action)
            return
        for action, option, open_ in self._offered(state.at):
            if open_ or is_open(option, state):
                yield action, self.walker.choose(state, option)
        if self.moves.asides:
            for action in self._asides(state):
                yield action, self.walker.after(state, action)

    def _offered(self, pc: int) -> tuple[_Offered, ...]:
        """The choices of a script that waits; made once for each script."""
        found = self._choices.get(pc)
        if found is None:
            offered = enumerate(self.story.code[pc].options)  # type: ignore[union-attr] # a script waits only at an Offer
            found = self._choices[pc] = tuple(
                (Choose(index), one, one.always and one.slot < 0) for index, one in offered if not one.fallback
            )
        return found

    def _asides(self, state: State) -> Iterator[Action]:
        """What can be done while a choice waits."""
        moves = self.moves.at(state.place)
        for action in (*moves.bare, *(action for _, action in moves.on_things)):
            if isinstance(action, Do) and action.verb in self.moves.asides:
                yield action

    def _free(self, state: State) -> Iterator[Action]:
        """What can be done where the player is free, with what is in sight."""
        moves = self.moves.at(state.place)
        for option in moves.idle:
            if not self.walker.covered[option.target] and is_open(option, state):
                self.walker.covered[option.target] = 1
        space = self.story.space
        seen = frozenset(space.visible(state.values, state.place, state.visited)) if moves.on_things else frozenset()
        yield from moves.bare
        for needed, action in moves.on_things:
            if needed <= seen:
                yield action

    def _new(self, parent: int, step: Step | None, key: Key | bytes, state: State) -> int:
        """Keep a state that was not known, and return its number; a step has led there from another."""
        graph = self.graph
        number = graph.keys[key] = len(graph.actions)
        graph.parents.append(parent)
        graph.actions.append(step)
        self.rooms.add(state.place)
        if state.ending >= 0:
            graph.endings[number] = state.ending
        self.frontier.append((number, state))
        for watcher in self.watchers:
            watcher(number, state)
        return number


class Guided(Search):
    """A search that looks first where something is new: for spaces too large to be gone through.

    A state comes first if a slot has a value in it that it never had, then if two slots have values that they never
    had together, then in the order found (width-based search, Lipovetzky and Geffner, 2012).
    """

    def run(
        self, limits: Limits, progress: Callable[[Graph, int], None] | None = None, start: State | None = None
    ) -> Graph:
        """Search until all is found or a limit is reached."""
        started = time.monotonic()
        graph = self.graph
        self._singles: set[tuple[int, int]] = set()
        self._pairs: set[tuple[int, int, int, int]] = set()
        heap: list[tuple[int, int]] = []
        states: dict[int, State] = {}
        self._begin(start)
        before: State | None = None
        while self.frontier or heap:
            for number, state in self.frontier:
                states[number] = state
                heapq.heappush(heap, (self._novelty(state, before), number))
            self.frontier = []
            _, number = heapq.heappop(heap)
            before = states.pop(number)
            self._expand(number, before)
            if self._is_due(graph.expanded % 64, limits) and self._is_over(limits, started, progress, 0):
                self.frontier = [*states.items(), *self.frontier]
                break
        self._end(started)
        return graph

    def _novelty(self, state: State, before: State | None) -> int:
        """Return 1, 2 or 3: how much of a state is new. Only pairs with what has just changed are looked at."""
        values = [*self._kept(state), (-1, state.place), (-2, state.at)]
        changed = [one for one in values if before is None or not self._had(before, one)]
        new = [one for one in changed if one not in self._singles]
        self._singles.update(new)
        novelty = 1 if new else 3
        for slot, value in changed:
            for other, second in values:
                pair = (slot, value, other, second) if slot < other else (other, second, slot, value)
                if slot != other and pair not in self._pairs:
                    self._pairs.add(pair)
                    novelty = min(novelty, 2)
        return novelty

    def _kept(self, state: State) -> Iterator[tuple[int, int]]:
        mask = self.keys.live(state) & self.relevance.slots
        size = len(state.values)
        return ((slot, state.values[slot]) for slot in bits(mask) if slot < size)

    @staticmethod
    def _had(state: State, one: tuple[int, int]) -> bool:
        slot, value = one
        if slot < 0:
            return value == (state.place if slot == -1 else state.at)
        return state.values[slot] == value


def _memory() -> int:
    """The memory that the program takes, in bytes; where only that is told, at most so far; 0 where nothing is."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - asked often, and quicker so
            return int(file.read().split()[1]) * 4096
    except (OSError, ValueError, IndexError):
        return _most_memory()


def _most_memory() -> int:  # pragma: no cover - not on Linux
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:  # pragma: no cover - Windows
        return 0
    import sys  # noqa: PLC0415 - beside it

    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return taken if sys.platform == "darwin" else taken * 1024
