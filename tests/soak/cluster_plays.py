"""Plays games by chance on a local cluster of two workers, and compares them with games played here.

pip install -e '.[cluster]' && python tests/soak/cluster_plays.py worlds/night_market --plays 200
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from distributed import Client, LocalCluster

from pianist_quest.authoring.plays import balance


def main() -> int:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("world", type=Path)
    parser.add_argument("--plays", type=int, default=200)
    options = parser.parse_args()
    path = options.world.resolve()
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        started = time.monotonic()
        there = list(balance(path, options.plays, executor=client.get_executor()))
        took = time.monotonic() - started
    here = list(balance(path, options.plays))
    print("\n".join(there))
    print(f"{took:.1f} s on two workers; {'the same games' if here == there else 'OTHER GAMES'} here")
    return 0 if here == there else 1


if __name__ == "__main__":
    sys.exit(main())
