"""The breadth-first search shared out among processes, or the workers of a cluster.

Each takes a part of a depth's states and returns what comes of each; what is new is told here, in the order in which
the search by one process tells it, so that the numbers of the states, and the shortest ways, are the same. Of a key
only a digest of 128 bits is sent and kept (hash compaction, Stern and Dill, 1995).
"""

from __future__ import annotations

import marshal
import time
from dataclasses import dataclass
from functools import cache, partial
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.engine.state import State
from pianist_quest.story.compile import compile_world
from pianist_quest.worldfile.load import load_world

from .relevance import Relevance
from .search import Search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Executor

    from pianist_quest.engine.turn import Action
    from pianist_quest.story.story import Story

    from .search import Graph, Limits

_CHUNK: Final = 200
"""How many states a worker takes at a time."""
_AHEAD: Final = 8
"""How many parts are given out before the first has to be back."""

Packed = tuple[tuple[int, ...], int, int, int, tuple[int, ...], int, int]
"""A state as it is sent."""
Found = tuple["Action", tuple[int, ...], bytes, "Packed | None"]
"""What comes of an action: its draws, a state's digest, and the state, where this part has not had it before."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a worker has to know: where the world is, and how it is searched."""

    path: str
    cover: bool
    reduce: bool


@dataclass(slots=True)
class Part:
    """What a worker returns: what comes of each state, in order, and what was covered, earned and stopped."""

    ahead: list[list[Found]]
    covered: list[int]
    rooms: set[int]
    earned: set[str]
    halted: set[str]
    cut_short: bool


class Sharded(Search):
    """A search whose states are looked beyond by an executor's workers; a world's path must lead to it there."""

    def __init__(self, relevance: Relevance, plan: Plan, executor: Executor) -> None:
        super().__init__(relevance, reduce=plan.reduce)
        self.plan, self.executor = plan, executor
        self.key = lambda state: _digest(self.keys.spelled(state))

    def run(
        self, limits: Limits, progress: Callable[[Graph, int], None] | None = None, start: State | None = None
    ) -> Graph:
        """Search until all is found or a limit is reached, from the beginning or from a state."""
        started, depth = time.monotonic(), 0
        self._begin(start)
        while self.frontier:
            depth += 1
            now, self.frontier = self.frontier, []
            for done, (chunk, part) in enumerate(self._parts(now), start=1):
                self._merge(chunk, part)
                if self._is_over(limits, started, progress, depth):
                    self.frontier = [*now[done * _CHUNK :], *self.frontier]
                    return self.graph
        self._end(started)
        return self.graph

    def _parts(self, states: list[tuple[int, State]]) -> Iterator[tuple[list[tuple[int, State]], Part]]:
        """Yield what comes of states, chunk by chunk, a few chunks being out at any time."""
        chunks = (states[at : at + _CHUNK] for at in range(0, len(states), _CHUNK))
        work = partial(expanded, self.plan)
        while batch := list(islice(chunks, _AHEAD)):
            packed = [[_packed(state) for _, state in chunk] for chunk in batch]
            yield from zip(batch, self.executor.map(work, packed), strict=True)

    def _merge(self, chunk: list[tuple[int, State]], part: Part) -> None:
        walker = self.walker
        for pc in part.covered:
            walker.covered[pc] = 1
        walker.earned |= part.earned
        walker.halted |= part.halted
        walker.cut_short |= part.cut_short
        told: dict[bytes, Packed] = {}
        for (number, _), ahead in zip(chunk, part.ahead, strict=True):
            self.graph.expanded += 1
            for action, draws, digest, packed in ahead:
                if packed is not None:
                    told[digest] = packed
                other = self.graph.keys.get(digest)
                if other is None:
                    other = self._new(number, (action, draws), digest, State(*told[digest]))
                self.graph.join(number, other)


class _Collector(Search):
    """Looks beyond single states for another search."""

    def part(self, states: list[State]) -> Part:
        """Return what comes of states."""
        self.rows: list[list[Found]] = []
        self.had: set[bytes] = set()
        before = bytes(self.walker.covered)
        for state in states:
            self.rows.append(list(self._row(state)))
        covered = [pc for pc, one in enumerate(self.walker.covered) if one > before[pc]]
        walker = self.walker
        return Part(self.rows, covered, self.rooms, walker.earned, walker.halted, walker.cut_short)

    def _row(self, state: State) -> Iterator[Found]:
        for action, outcomes in self.steps(state):
            for draws, after in outcomes:
                digest = _digest(self.keys.spelled(after))
                packed = None if digest in self.had else _packed(after.state())
                self.had.add(digest)
                yield action, draws, digest, packed


def expanded(plan: Plan, states: list[Packed]) -> Part:
    """Return what comes of states; what a worker runs."""
    return _collector(plan).part([State(*one) for one in states])


@cache
def _collector(plan: Plan) -> _Collector:
    story = story_at(plan.path)
    goals = tuple(one.code for one in story.promises)
    return _Collector(Relevance(story, goals, cover=plan.cover), reduce=plan.reduce)


@cache
def story_at(path: str) -> Story:
    """Return the story of a world without mistakes; each process reads it once."""
    problems = Problems()
    world = load_world(Path(path), problems)
    story = compile_world(world, problems) if world else None
    if story is None:
        raise ValueError(f"{path} cannot be played")
    return story


def _packed(state: State) -> Packed:
    return tuple(state.values), state.place, state.visited, state.at, state.stack, state.ending, state.seed


def _digest(key: Any) -> bytes:  # noqa: ANN401 - a key, of numbers and tuples
    # Version 2 of the format writes equal values alike; later ones note which objects are the same.
    return blake2b(marshal.dumps(key, 2), digest_size=16).digest()
