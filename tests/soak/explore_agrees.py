"""Compares the explorer with a search without reductions on many worlds made by chance.

    PYTHONPATH=tests python tests/soak/explore_agrees.py --worlds 500

A world counts whose naive search ends within `--most` states. Exits with 1 where they differ, the world printed.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings

from explore.agreement import disagreement, false_proof, playable
from explore.naive import search
from explore.worlds import worlds
from pianist_quest.explore import operations


def main() -> int:
    """Run the comparison."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--worlds", type=int, default=500)
    parser.add_argument("--most", type=int, default=400)
    parser.add_argument("--often", type=int, default=operations.OFTEN, help="when instructions are put together")
    options = parser.parse_args()
    operations.OFTEN = options.often  # type: ignore[misc] # as if it were another
    warnings.simplefilter("ignore")  # hypothesis would rather not be asked for single examples
    started, counted, passed_over = time.monotonic(), 0, 0
    while counted < options.worlds:
        text = worlds().example()
        story = playable(text)
        naive = search(story, options.most) if story is not None else None
        if story is None or naive is None or naive.too_many:
            passed_over += 1
            continue
        counted += 1
        said = disagreement(story, naive) or false_proof(story, naive)
        if said:
            print(f"{text}\n{said}")
            return 1
    took = time.monotonic() - started
    print(f"{counted} worlds agree, {passed_over} passed over (mistakes, or too large); {took:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
