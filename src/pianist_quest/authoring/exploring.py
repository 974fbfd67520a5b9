"""`pianist-quest explore`: a world searched, with what that shows; `reporting` tells it."""

from __future__ import annotations

import json
import time
from collections import deque
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from pianist_quest.explore.proof import Aim, Proof, Prover, asks_for_an_end
from pianist_quest.explore.relevance import Relevance
from pianist_quest.explore.search import Guided, Limits, Search
from pianist_quest.explore.sharded import Plan, Sharded
from pianist_quest.explore.verdict import (
    Answer,
    Unreached,
    Watch,
    dead_ends,
    ending_states,
    kept,
    stuck,
    unreached,
)

from .plays import Seen, look_around, retraced
from .variants import Variants
from .ways import Way, replayed, typed

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from pianist_quest.engine.state import State
    from pianist_quest.explore.search import Graph
    from pianist_quest.explore.verdict import Verdict
    from pianist_quest.story.story import Promise, Story


MOST_DRAWN: Final = 3_000
"""How many states are drawn."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something claimed of a world, what is known of it, and the way that shows it."""

    name: str
    answer: Answer
    way: Way | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a search has shown."""

    complete: bool
    stopped_by: str
    states: int
    transitions: int
    seconds: float
    endings: tuple[Claim, ...]
    stuck: int
    stuck_way: Way | None
    dead_ends: int
    unreached: Unreached
    covered: bool
    """Whether what is unreached can never be reached; else it has only not been come to."""
    promises: tuple[Claim, ...]
    halted: tuple[str, ...]
    unseen: tuple[str, ...] = ()
    """Variants of texts that no walkthrough and no game by chance has shown."""
    proof: Proof | None = None
    """What the proof by abstraction has come to, where not all states could be gone through."""

    @property
    def nobody_stuck(self) -> bool | None:
        """Whether it is certain that nobody is ever stuck; None where that is open."""
        if self.stuck:
            return False
        return True if self.complete or (self.proof is not None and self.proof.holds) else None

    @property
    def broken(self) -> bool:
        """Whether anything is shown to be wrong."""
        claims = (*self.endings, *self.promises)
        return bool(self.stuck or self.halted) or any(one.answer is Answer.BROKEN for one in claims)

    @property
    def open(self) -> int:
        """How many questions are open."""
        claims = (*self.endings, *self.promises)
        return sum(one.answer is Answer.OPEN for one in claims) + (self.nobody_stuck is None)


@dataclass(slots=True)
class Task:
    """How a story is to be searched: how far, with which reductions, from where; `progress` is told on the way."""

    limits: Limits
    reduce: bool = True
    progress: Callable[[Graph, int], None] | None = None
    start: State | None = None
    known: tuple[str, ...] = ()
    """The texts of the world's walkthroughs, which know ways."""

    path: str = ""
    executor: Executor | None = None
    """Who shares in the searches that go through all states, and where the world is for them."""

    def run(
        self, story: Story, kind: type[Search], share: float, *, cover: bool, earlier: Relevance | None = None
    ) -> Searched:
        """Do a search in a share of the time; an earlier one's account of what matters saves work."""
        goals = tuple(one.code for one in story.promises)
        relevance = Relevance(story, goals, cover=cover, earlier=earlier)
        search: Search = kind(relevance, reduce=self.reduce)
        if self.executor is not None and kind is Search:
            search = Sharded(relevance, Plan(self.path, cover, self.reduce), self.executor)
        watch = Watch(search)
        search.run(replace(self.limits, seconds=self.limits.seconds * share), self.progress, self.start)
        return search, watch


def explore(story: Story, task: Task) -> Report:
    """Search a story: all of it with its choices, where that is too much without them, then by guess and by proof.

    The time is shared out: a fifth for the first search, less for each of the others, what is left for the proof.
    """
    ends = time.monotonic() + task.limits.seconds
    whole = task.run(story, Search, 1 / 5, cover=True)
    if whole[0].graph.complete:
        return _report(story, task, whole, whole[0])
    report = _report(story, task, whole, whole[0])
    whole[0].forget()
    for kind, share, cover in ((Search, 1 / 10, False), (Guided, 2 / 15, True)):
        other = task.run(story, kind, share, cover=cover, earlier=whole[0].relevance)
        if cover:
            _lend(whole[0], other[0])
        report = _better(report, _report(story, task, other, whole[0]))
        del other
    variants = Variants.of(story)
    seen = _looked_around(variants.story, task, report, whole[0]) if task.start is None else Seen()
    whole[0].rooms |= seen.rooms
    whole[0].walker.earned |= seen.marks
    for pc in seen.choices:
        whole[0].walker.covered[pc] = 1
    unseen = tuple(variants.unseen()) if task.start is None else ()
    report = replace(report, unreached=unreached(whole[0]), endings=_by_chance(story, report, seen), unseen=unseen)
    return report if report.complete else _proved(story, task, report, max(0, ends - time.monotonic()))


def _looked_around(story: Story, task: Task, report: Report, whole: Search) -> Seen:
    """Follow the walkthroughs, those first that come to endings which are open, then play by chance."""
    seconds = task.limits.seconds / 6
    open_ = {one.name for one in report.endings if one.answer is Answer.OPEN}
    seen = Seen(touch=lambda state: deque(whole.steps(state), maxlen=0).clear())
    retraced(story, task.known, open_, seconds, seen)
    look_around(story, seconds, seen)
    return seen


def _by_chance(story: Story, report: Report, seen: Seen) -> tuple[Claim, ...]:
    """The endings, with the ways to them that only walkthroughs and games by chance have found."""
    claims = list(report.endings)
    for index, claim in enumerate(claims):
        if claim.answer is Answer.OPEN:
            way = replayed(story, *seen.ways[index]) if index in seen.ways else None
            way = way or seen.told.get(index)
            claims[index] = Claim(claim.name, Answer.PROVED, way) if way else claim
    return tuple(claims)


def _proved(story: Story, task: Task, report: Report, seconds: float) -> Report:
    """Prove by abstraction what going through the states has left open."""
    ends, promises = time.monotonic() + seconds, list(report.promises)
    prover = Prover(story)
    proof = prover.prove(seconds, start=task.start) if not report.stuck else None
    for index, one in enumerate(story.promises):
        if promises[index].answer is not Answer.OPEN or not one.always:
            continue
        same = proof is not None and one.can and asks_for_an_end(story, one.code)
        found = proof if same else prover.prove(ends - time.monotonic(), Aim(one.code, can=one.can), task.start)
        if found is not None and found.holds:
            promises[index] = Claim(one.key, Answer.PROVED)
    return replace(report, promises=tuple(promises), proof=proof)


Searched = tuple[Search, Watch]


def way_to(story: Story, task: Task) -> Claim:
    """Return a shortest way to where the last promise of a story holds; open where none was found in time."""
    goal = story.promises[-1]
    search = Search(Relevance(story, (goal.code,), cover=False), reduce=task.reduce)
    found: list[int] = []

    def look(number: int, state: State) -> None:
        if not found and _holds(goal, state):
            found.append(number)
            search.enough = True

    search.watchers.append(look)
    graph = search.run(task.limits, task.progress, task.start)
    if not found:
        return Claim(goal.key, Answer.BROKEN if graph.complete else Answer.OPEN)
    return Claim(goal.key, Answer.PROVED, typed(story, graph, found[0], partial(_holds, goal), task.start))


def _holds(promise: Promise, state: State) -> bool:
    """Whether what a promise asks about holds in a state."""
    return bool(promise.code(state.values, state.place, state.visited))


def as_dot(story: Story, task: Task) -> str | None:
    """Return the states of a small world as a graph for Graphviz; None where there are too many to be drawn."""
    search = Search(Relevance(story, (), cover=True), reduce=task.reduce)
    names: list[str] = []

    def name(_: int, state: State) -> None:
        at = f" ({story.owner(state.at)})" if state.at >= 0 else ""
        ending = f"*{story.endings[state.ending].name}*" if state.ending >= 0 else ""
        names.append(ending or story.things[state.place].name + at)

    search.watchers.append(name)
    limits = replace(task.limits, states=min(task.limits.states, MOST_DRAWN))
    graph = search.run(limits, task.progress, task.start)
    if not graph.complete:
        return None
    lines = [f"  {number} [label={json.dumps(label, ensure_ascii=False)}];" for number, label in enumerate(names)]
    steps = dict.fromkeys(zip(graph.sources, graph.targets, strict=True))
    lines += [f"  {source} -> {target};" for source, target in steps]
    return "\n".join(["digraph {", *lines, "}"])


def _lend(one: Search, other: Search) -> None:
    """Add to what one search has come to what another has."""
    one.rooms |= other.rooms
    one.walker.earned |= other.walker.earned
    for pc, seen in enumerate(other.walker.covered):
        one.walker.covered[pc] |= seen


def _better(one: Report, other: Report) -> Report:
    """The complete one of two, else the one that tells of more endings; the first where they are even."""
    worth = [(each.complete, sum(claim.way is not None for claim in each.endings)) for each in (one, other)]
    return other if worth[1] > worth[0] else one


def _report(story: Story, task: Task, searched: Searched, whole: Search) -> Report:
    search, watch = searched
    graph, lost = search.graph, stuck(search.graph)
    teller = _Teller(story, search, task.start)
    found = ending_states(graph)
    endings = tuple(teller.ending(index, found.get(index)) for index in range(len(story.endings)))
    promises = tuple(teller.promise(index, verdict) for index, verdict in enumerate(kept(graph, watch)))
    way = teller.way(lost[0], lambda state: state.ending < 0) if lost else None
    stopped_by = f"{task.limits.seconds:g} seconds" if graph.stopped_by.endswith(" seconds") else graph.stopped_by
    return Report(
        graph.complete, stopped_by, len(graph.actions), len(graph.sources), graph.seconds, endings,
        len(lost), way, len(dead_ends(graph)), unreached(whole), whole.graph.complete, promises,
        tuple(sorted(search.walker.halted)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells what a search has found as claims, with ways from where it began."""

    story: Story
    search: Search
    start: State | None

    def way(self, number: int, claim: Callable[[State], bool]) -> Way:
        found = typed(self.story, self.search.graph, number, claim, self.start)
        return replace(found, least=found.least and not isinstance(self.search, Guided))

    def ending(self, index: int, number: int | None) -> Claim:
        key = self.story.endings[index].key
        if number is None:
            return Claim(key, Answer.BROKEN if self.search.graph.complete else Answer.OPEN)
        return Claim(key, Answer.PROVED, self.way(number, lambda state: state.ending == index))

    def promise(self, index: int, verdict: Verdict) -> Claim:
        promise = self.story.promises[index]
        if verdict.state is None:
            return Claim(promise.key, verdict.answer)

        def claim(state: State) -> bool:
            return promise.can or _holds(promise, state) is not promise.always

        return Claim(promise.key, verdict.answer, self.way(verdict.state, claim))
