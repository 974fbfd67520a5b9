"""What a search has shown: which endings can be reached, where a player is stuck, what nobody ever sees.

A state is stuck from which no ending can be reached. That is told by going back from the endings over all steps
found; where the search was stopped, a state before the frontier is stuck only if no step leads on to it.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from pianist_quest.story import story as s

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pianist_quest.engine.state import State

    from .search import Graph, Search


class Answer(Enum):
    """What is known of a claim."""

    PROVED = "proved"
    BROKEN = "broken"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer, and the number of the state that shows it (a goal, or a counterexample), if one does."""

    answer: Answer
    state: int | None = None


class Watch:
    """Notes, while a search is on, what its promises ask of each state."""

    def __init__(self, search: Search) -> None:
        self.promises = search.story.promises
        self.held: list[int | None] = [None for _ in self.promises]
        """The first state in which what a promise asks about holds."""
        self.failed: list[int | None] = [None for _ in self.promises]
        """The first in which it does not."""
        self.good: list[array[int]] = [array("q") for _ in self.promises]
        """For `can`: all states in which it holds."""
        search.watchers.append(self._note)

    def _note(self, number: int, state: State) -> None:
        for index, one in enumerate(self.promises):
            if one.code(state.values, state.place, state.visited):
                if self.held[index] is None:
                    self.held[index] = number
                if one.can:
                    self.good[index].append(number)
            elif self.failed[index] is None:
                self.failed[index] = number


def before(graph: Graph, goals: Iterable[int]) -> bytearray:
    """Return for each state whether one of some states can come after it (or is it)."""
    behind = _behind(graph)
    found = bytearray(len(graph.actions))
    waiting = list(goals)
    while waiting:
        number = waiting.pop()
        if not found[number]:
            found[number] = 1
            waiting += behind(number)
    return found


def _behind(graph: Graph) -> Callable[[int], Iterable[int]]:
    """What leads to each state in one step, from the lists of all steps."""
    size = len(graph.actions)
    starts = array("q", bytes(8 * (size + 1)))
    for target in graph.targets:
        starts[target + 1] += 1
    for number in range(size):
        starts[number + 1] += starts[number]
    placed = array("q", starts)
    sources = array("q", bytes(8 * len(graph.sources)))
    for source, target in zip(graph.sources, graph.targets, strict=True):
        sources[placed[target]] = source
        placed[target] += 1
    return lambda number: sources[starts[number] : starts[number + 1]]


def stuck(graph: Graph) -> list[int]:
    """Return the states from which no ending can be reached, in the order found; no more than is known."""
    open_ = () if graph.complete else range(graph.expanded, len(graph.actions))
    good = before(graph, [*graph.endings, *open_])
    return [number for number, fine in enumerate(good) if not fine]


def dead_ends(graph: Graph) -> list[int]:
    """Return the states, not endings, from which no action leads to another state."""
    ahead = bytearray(len(graph.actions))
    for source in graph.sources:
        ahead[source] = 1
    return [one for one in range(graph.expanded) if not ahead[one] and one not in graph.endings]


def kept(graph: Graph, watch: Watch) -> Iterator[Verdict]:
    """Yield what is known of each promise."""
    for index, one in enumerate(watch.promises):
        if one.always and one.can:
            yield _always_can(graph, watch.good[index])
        elif one.always:
            yield _settled(graph, watch.failed[index], Answer.BROKEN, Answer.PROVED)
        else:
            yield _settled(graph, watch.held[index], Answer.PROVED, Answer.BROKEN)


def _settled(graph: Graph, shown: int | None, by_one: Answer, by_none: Answer) -> Verdict:
    if shown is not None:
        return Verdict(by_one, shown)
    return Verdict(by_none if graph.complete else Answer.OPEN)


def _always_can(graph: Graph, good: Iterable[int]) -> Verdict:
    open_ = () if graph.complete else range(graph.expanded, len(graph.actions))
    fine = before(graph, [*good, *open_])
    bad = next((number for number, one in enumerate(fine) if not one and number not in graph.endings), None)
    if bad is not None:
        return Verdict(Answer.BROKEN, bad)
    return Verdict(Answer.PROVED if graph.complete else Answer.OPEN)


def ending_states(graph: Graph) -> dict[int, int]:
    """Return for each ending reached the first state found in which it is."""
    found: dict[int, int] = {}
    for number, ending in graph.endings.items():
        found.setdefault(ending, number)
    return found


@dataclass(frozen=True, slots=True)
class Unreached:
    """What the search never came to, by the names an author knows."""

    rooms: tuple[str, ...]
    scenes: tuple[str, ...]
    choices: tuple[str, ...]
    topics: tuple[str, ...]
    marks: tuple[str, ...]


def unreached(search: Search) -> Unreached:
    """Return what was never come to; of a search that was stopped, what has not been come to yet."""
    story, covered = search.relevance.story, search.walker.covered
    rooms = [one.key for one in story.things if isinstance(one, s.Room) and one.number not in search.rooms]
    scenes: dict[str, bool] = {}
    for pc, owner in story.owners:
        what, _, key = owner.partition(" ")
        if what in ("scene", "storylet"):
            scenes[key] = scenes.get(key, False) or bool(covered[pc])
    choices: list[str] = []
    topics: list[str] = []
    for place, option, is_topic in _options(story):
        if not covered[option.target] and not option.fallback:
            (topics if is_topic else choices).append(f"{place}: {_words(option.label)}")
    marks = [one.key for one in story.awards if one.key not in search.walker.earned]
    return Unreached(
        tuple(rooms),
        tuple(key for key, seen in scenes.items() if not seen),
        tuple(choices),
        tuple(topics),
        tuple(marks),
    )


def _options(story: s.Story) -> Iterator[tuple[str, s.Option, bool]]:
    """All choices: where each is, and whether it is a topic."""
    talks = {id(one) for thing in story.things if isinstance(thing, s.Character) for one in thing.topics}
    for thing in story.things:
        if isinstance(thing, s.Room):
            yield from ((f"room {thing.key}", one, False) for one in thing.choices)
        if isinstance(thing, s.Character):
            yield from ((f"character {thing.key}", one, True) for one in thing.topics)
    for pc, offer in enumerate(story.code):
        if isinstance(offer, s.Offer):
            owner = story.owner(pc)
            yield from (
                (owner, one, False) for one in offer.options if id(one) not in talks and one.target != offer.join
            )


def _words(text: s.Text) -> str:
    """A label as it is written, without its values."""
    parts = []
    for one in text:
        if isinstance(one, str):
            parts.append(one)
        elif isinstance(one, s.If):
            parts.append(_words(one.yes))
        elif isinstance(one, s.Value):
            parts.append("...")
    return " ".join("".join(parts).split())
