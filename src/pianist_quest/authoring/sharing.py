"""How much of a second play was read in the first: what makes a story worth playing twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import permutations
from statistics import median
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.turn import Told
from pianist_quest.terminal.labels import plain
from pianist_quest.terminal.session import Session

from .walkthrough import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pianist_quest.engine.turn import Event
    from pianist_quest.story.story import Story

    from .walkthrough import Walkthrough

SHORTEST: Final = 4
"""How many words a sentence has at least to be counted: `Yes, mugallym.` may be said in every play."""
_NAMED: Final = 3
"""Of many pairs, how many are named that share least, and most."""
_END: Final = re.compile(r"(?<=[.?!:;])[\"”\N{RIGHT SINGLE QUOTATION MARK}']?\s+")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two plays, and what part of the sentences of the second, each counted once, the first had told."""

    first: str
    second: str
    shared: float


def sentences(told: Iterable[Sequence[Event]], shortest: int = SHORTEST) -> list[str]:
    """Return the sentences of what a world's texts told, as often as they were told."""
    texts = (plain(event.runs) for events in told for event in events if isinstance(event, Told))
    parts = (part for text in texts for part in _END.split(text))
    return [part.strip(' "“”') for part in parts if len(part.split()) >= shortest]


def share(first: Iterable[str], second: Iterable[str]) -> float:
    """Return what part of some sentences others had, each counted once."""
    had, has = set(first), set(second)
    return len(has & had) / max(1, len(has))


def pairs(story: Story, walkthroughs: Mapping[str, str]) -> list[Pair]:
    """Return all pairs of some walkthroughs (their texts by name), those first that share least."""
    walks = {name: read(text) for name, text in walkthroughs.items()}
    told = {name: sentences(typed(Session.new(story, walk.seed), walk)) for name, walk in walks.items()}
    found = [Pair(one, other, share(told[one], told[other])) for one, other in permutations(told, 2)]
    return sorted(found, key=lambda pair: pair.shared)


def typed(session: Session, walk: Walkthrough) -> Iterator[Sequence[Event]]:
    """Yield what is told in a new game when the lines of a walkthrough are typed."""
    yield session.again().events
    for one in walk.steps:
        if one.typed:
            yield session.type(one.typed).events


def as_lines(found: Sequence[Pair]) -> Iterator[str]:
    """Yield pairs as lines; of many only those that share least and most."""
    yield "Of the sentences of one walkthrough, each counted once, another had told:"
    many = len(found) > 2 * _NAMED
    for pair in (*found[:_NAMED], *found[-_NAMED:]) if many else found:
        yield f"{pair.shared:>6.0%}  {pair.second} after {pair.first}"
    if many:
        yield f"{median(pair.shared for pair in found):>6.0%}  the median of {len(found)} pairs"
