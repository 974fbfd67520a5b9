"""Play many random games of a world and tell how they went. Run by hand; no test.

    python tests/soak/random_plays.py --plays 1000 --jobs 2 --show k545.f

Every game takes choices, exits and a sample of everything else by chance, until it ends or for `--turns` turns. A place
where nothing can be done and a script that had to be stopped are errors: they are shown with their seed and the last
actions, and the exit code is 1.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter, deque
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from pianist_quest.engine.turn import Halted
from pianist_quest.engine.view import slot_text
from soak.plays import add_games, in_words, play, story_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Sequence

    from pianist_quest.story.story import Story

TAIL = 20
"""How many of the last actions are told of an error."""

story = cache(story_of)


@dataclass(frozen=True, slots=True)
class Game:
    """How one game went: its ending, or nothing; the room it stopped in; what its values were then."""

    seed: int
    ending: str
    room: str
    turns: int
    values: tuple[int, ...]
    error: str = ""
    tail: tuple[str, ...] = ()


def game(world: Path, seed: int, turns: int) -> Game:
    """Play one game."""
    here = story(world)
    told, error, done = deque[str](maxlen=TAIL), "", -1
    for move in play(here, seed, turns):
        done += 1
        told.append(in_words(move.action))
        state = move.turn.state
        halted = [event.script for event in move.turn.events if isinstance(event, Halted)]
        if halted:
            error = f"{halted[0]} ran on and was stopped"
        elif not move.alive and state.ending < 0:
            error = "nothing can be done"
        if error:
            break
    ending = here.endings[state.ending].key if state.ending >= 0 else ""
    return Game(seed, ending, here.things[state.place].key, done, tuple(state.values), error, tuple(told))


def _game(job: tuple[Path, int, int]) -> Game:
    return game(*job)


def games(options: Namespace) -> list[Game]:
    """Play all games."""
    jobs = [(options.world, seed, options.turns) for seed in range(options.seed, options.seed + options.plays)]
    if options.jobs == 1:
        return [_game(job) for job in jobs]
    with ProcessPoolExecutor(options.jobs) as pool:
        return list(pool.map(_game, jobs, chunksize=4))


# What is told


def spread(numbers: Sequence[int]) -> str:
    """The least, the quartiles and the greatest of some numbers."""
    low, middle, high = quantiles([*numbers, *numbers], n=4, method="inclusive")
    return f"{min(numbers):5} {low:7.4g} {middle:7.4g} {high:7.4g} {max(numbers):5}"


def values(here: Story, played: Sequence[Game], shown: Iterable[str]) -> list[str]:
    """A line for each labelled value and for those asked for; of flags and names, how often each is found."""
    names = [slot.name for slot in here.slots]
    slots = dict.fromkeys([one.slot for one in here.statistics] + [names.index(name) for name in shown])
    lines = []
    for slot in slots:
        found = [one.values[slot] for one in played]
        if here.slots[slot].kind.value in ("number", "count"):
            lines.append(f"  {names[slot]:24} {spread(found)}")
        else:
            counts = Counter(slot_text(here, slot, one) for one in found)
            lines.append(f"  {names[slot]:24} " + ", ".join(f"{word} {n}" for word, n in counts.most_common()))
    return lines


def report(options: Namespace, played: Sequence[Game], seconds: float) -> list[str]:
    """Everything that is told about the games, in lines."""
    here = story(options.world)
    endings = Counter(one.ending for one in played if one.ending)
    unended = Counter(one.room for one in played if not one.ending and not one.error)
    lines = [f"{len(played)} plays from seed {options.seed}, {seconds:.1f} seconds"]
    lines += ["endings:", *(f"  {name:24} {count}" for name, count in endings.most_common())]
    lines += [f"not ended after {options.turns} turns:", *(f"  in {room:21} {n}" for room, n in unended.most_common())]
    lines += [f"  {'':24}   min      q1  median      q3   max"]
    lines += [f"  {'turns':24} {spread([one.turns for one in played])}", *values(here, played, options.show)]
    for one in played:
        if one.error:
            lines += [f"error: seed {one.seed}, in {one.room}: {one.error}", *(f"  {action}" for action in one.tail)]
    return lines


def main() -> int:
    """Play, and tell; return the exit code."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    add_games(parser)
    parser.add_argument("--show", action="append", default=[], metavar="NAME", help="a variable or property to tell of")
    options = parser.parse_args()
    story(options.world)
    began = perf_counter()
    played = games(options)
    sys.stdout.write("\n".join(report(options, played, perf_counter() - began)) + "\n")
    return int(any(one.error for one in played))


if __name__ == "__main__":
    sys.exit(main())
