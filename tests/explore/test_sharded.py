"""A search shared out finds what one process finds, in the same order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pianist_quest.explore.relevance import Relevance
from pianist_quest.explore.search import Limits, Search
from pianist_quest.explore.sharded import Plan, Sharded, story_at
from pianist_quest.explore.verdict import Watch, unreached

WORLDS = Path(__file__).parents[2] / "worlds"


def searches(world: str) -> tuple[Search, Sharded]:
    path = str(WORLDS / world)
    story = story_at(path)
    goals = tuple(one.code for one in story.promises)
    alone = Search(Relevance(story, goals, cover=True))
    shared = Sharded(Relevance(story, goals, cover=True), Plan(path, cover=True, reduce=True), ThreadPoolExecutor(1))
    return alone, shared


def test_the_states_and_the_ways_are_the_same() -> None:
    alone, shared = searches("first_steps")
    watches = Watch(alone), Watch(shared)
    one, other = alone.run(Limits()), shared.run(Limits())
    assert other.complete
    assert (list(one.parents), one.actions, one.endings) == (list(other.parents), other.actions, other.endings)
    assert (list(one.sources), list(one.targets)) == (list(other.sources), list(other.targets))
    assert watches[0].held == watches[1].held
    assert unreached(alone) == unreached(shared)


@pytest.mark.parametrize("limit", [Limits(states=1_500), Limits(seconds=0)])
def test_limits_are_kept_and_nothing_is_lost(limit: Limits) -> None:
    alone, shared = searches("night_market")
    del alone
    graph = shared.run(limit)
    assert not graph.complete
    assert graph.stopped_by
    assert len(shared.frontier) == len(graph.actions) - graph.expanded


def test_a_world_with_mistakes_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be played"):
        story_at(str(WORLDS / "nowhere"))
