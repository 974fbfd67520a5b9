"""Plays games by chance, and searches, on a local cluster of two workers, and compares what comes of it with here.

pip install -e '.[cluster]' && python tests/soak/cluster_plays.py worlds/night_market --plays 200
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from distributed import Client, LocalCluster

from pianist_quest.authoring.plays import balance
from pianist_quest.explore.relevance import Relevance
from pianist_quest.explore.search import Graph, Limits, Search
from pianist_quest.explore.sharded import Plan, Sharded, story_at


def main() -> int:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("world", type=Path)
    parser.add_argument("--plays", type=int, default=200)
    parser.add_argument("--states", type=int, default=20_000)
    options = parser.parse_args()
    path = options.world.resolve()
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        started = time.monotonic()
        there = list(balance(path, options.plays, executor=client.get_executor()))
        took = time.monotonic() - started
        limits = Limits(states=options.states)
        story = story_at(str(path))
        relevance = Relevance(story, tuple(one.code for one in story.promises), cover=True)
        shared = Sharded(relevance, Plan(str(path), cover=True, reduce=True), client.get_executor()).run(limits)
    alone = Search(Relevance(story, relevance.goals, cover=True)).run(limits)
    here = list(balance(path, options.plays))
    print("\n".join(there))
    print(f"{took:.1f} s on two workers; {'the same games' if here == there else 'OTHER GAMES'} here")
    for name, graph in (("two workers", shared), ("one process", alone)):
        print(f"{len(graph.actions):,} states by {name}: {graph.seconds:.1f} s")
    size = min(alone.expanded, shared.expanded)
    same = here == there and _first(alone, size) == _first(shared, size)
    print("the same states and ways" if same else "OTHER STATES")
    return 0 if same else 1


def _first(graph: Graph, size: int) -> list[object]:
    """How the first states were come to."""
    return [*graph.parents[:size], *graph.actions[:size]]


if __name__ == "__main__":
    sys.exit(main())
