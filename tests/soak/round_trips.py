"""Save and load in the middle of random plays. Run by hand; a short version is a test.

    python tests/soak/round_trips.py --count 100000

Every world that comes with the game is played by chance, twice at once: one run goes straight on, the other is saved to
bytes and loaded at random turns, and both do the same. Whatever is told, what can be done next and the states must be
the same to the end. Where they are not that is an error; then the exit code is 1.
"""

from __future__ import annotations

import sys
import time
import traceback
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from pianist_quest.engine import actions, step
from pianist_quest.saves.codec import Saved, decode, encode
from pianist_quest.saves.decisions import read, written
from pianist_quest.saves.document import seal, unseal
from soak.plays import in_words, play, story_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pianist_quest.engine import State
    from pianist_quest.story.story import Story
    from soak.plays import Move

WORLDS = Path(__file__).parents[2] / "worlds"
TURNS = 400
PART = 0.5
"""How many of the turns are saved and loaded."""

story = cache(story_of)


@dataclass(slots=True)
class Found:
    """What came of it."""

    trips: Counter[str] = field(default_factory=Counter)
    plays: int = 0
    turns: int = 0
    errors: list[str] = field(default_factory=list)


def one(world: Path, seed: int, most: int) -> tuple[int, int, str]:
    """Play once; return how many times it was saved and loaded, the turns, and what was wrong."""
    here, chance = story(world), Random(seed)  # noqa: S311 - nothing secret
    trips = turns = 0
    lines: list[str] = []
    other: State | None = None
    for move in play(here, seed, TURNS):
        turns += 1
        lines += [written((move.action,))] if move.action else []
        try:
            other, wrong = _follow(here, move, other)
            if not wrong and chance.random() < PART:
                trips += 1
                other, wrong = _trip(here, Saved(other, turns, move.turn.events, (), tuple(lines), turns))
        except Exception:  # noqa: BLE001 - that is what is looked for
            wrong = traceback.format_exc()
        if wrong:
            return trips, turns, f"{world.name}, seed {seed}, turn {turns}, {in_words(move.action)}: {wrong}"
        if trips >= most:
            break
    return trips, turns, ""


def _follow(here: Story, move: Move, other: State | None) -> tuple[State, str]:
    """Do in the other run what was done; return its state, and what is not the same."""
    if other is None or move.action is None:
        return move.turn.state, ""
    if move.action not in actions(here, other):
        return other, "it cannot be done in the run that was loaded"
    turn = step(here, other, move.action)
    same = turn.events == move.turn.events and turn.state == move.turn.state
    return turn.state, "" if same else f"{move.turn} became {turn}"


def _trip(here: Story, saved: Saved) -> tuple[State, str]:
    """Save to bytes and load; return the state, and what is not the same."""
    data = seal(encode(here, saved, saved="2026-01-02T03:04:05+00:00", summary="x"))
    loaded = decode(here, unseal(data))
    assert loaded.decisions is not None
    for line in loaded.decisions[-1:]:
        read(line)
    return loaded.state, "" if loaded == saved else f"{saved} was loaded as {loaded}"


def _part(world: Path, share: int, seed: int) -> Found:
    """Play one world until it was saved and loaded so many times."""
    found = Found()
    while found.trips[world.name] < share:
        seed += 1
        trips, turns, wrong = one(world, seed, share - found.trips[world.name])
        found.trips[world.name] += trips
        found.plays, found.turns = found.plays + 1, found.turns + turns
        found.errors += [wrong] if wrong else []
        if len(found.errors) > 9:
            break
    return found


def run(count: int, seed: int, jobs: int = 1) -> Found:
    """Save and load so many times in all, in every world; return what came of it."""
    worlds = sorted(path.parent for path in WORLDS.glob("*/world.yaml"))
    total, share = Found(), -(-count // len(worlds))
    work = [(world, share, seed * 1_000_000) for world in worlds]
    if jobs == 1:
        parts = [_part(*one) for one in work]
    else:
        with ProcessPoolExecutor(jobs) as pool:
            parts = list(pool.map(_part, *zip(*work, strict=True)))
    for part in parts:
        total.trips += part.trips
        total.plays, total.turns = total.plays + part.plays, total.turns + part.turns
        total.errors += part.errors
    return total


def told(found: Found, seconds: float) -> str:
    """Return the figures."""
    worlds = ", ".join(f"{name} {trips:,}" for name, trips in found.trips.items())
    return (
        f"{found.trips.total():,} round trips ({worlds}) in {found.plays:,} plays of {found.turns:,} turns; "
        f"{len(found.errors)} errors; {seconds:.0f} s"
    )


def main(arguments: Sequence[Any] | None = None) -> int:
    """Save and load."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000, help="how many round trips in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args(arguments)
    began = time.monotonic()
    found = run(options.count, options.seed, options.jobs)
    print(told(found, time.monotonic() - began))
    print("\n".join(found.errors[:20]))
    return 1 if found.errors else 0


if __name__ == "__main__":
    sys.exit(main())
