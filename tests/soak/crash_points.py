"""Let programs die while they save, at every point and at random ones. Run by hand; a short version is a test.

    python tests/soak/crash_points.py --count 100 --kills 2000

For each of `--count` saves of a play the program dies half-way through and after each operation on a file, and
by a power cut (what was not flushed is gone, and once more with the names of files as they were when the folder was
flushed), with and without hard links, in a slot and in an autosave that it holds. Then real processes that save are
killed (SIGKILL) at `--kills` random moments. Each time the slot must hold the turn before or the new one, whole, the
generation before must be whole too, and saving must go on. Anything else is an error; then the exit code is 1.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, NoReturn

sys.path.insert(0, str(Path(__file__).parents[1]))

from pianist_quest.saves.codec import Saved, encode
from pianist_quest.saves.document import SaveError
from pianist_quest.saves.store import Store
from soak.faults import Killed, Plan, faulty
from soak.plays import WORLD, play, story_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pianist_quest.saves.document import Document

WAYS = ("half", "after", "power", "names")
SLOT = "autosave"
EARLIER = 4
"""How many turns are saved before those at which the program dies: files that take turns have all been there then."""
LONGEST = 0.05
"""The latest moment at which a process is killed, in seconds."""


@dataclass(slots=True)
class Found:
    """What came of it."""

    saves: int = 0
    points: int = 0
    kills: int = 0
    saved_when_killed: int = 0
    old: int = 0
    new: int = 0
    errors: list[str] = field(default_factory=list)


def documents(world: Path, count: int) -> list[Document]:
    """Return the saved games of the first turns of a play: those that are tried, and those before."""
    found: list[Document] = []
    story, seed = story_of(world), 0
    while len(found) < count + EARLIER:
        seed += 1
        for move in play(story, seed, count + EARLIER - len(found)):
            saved = Saved(move.turn.state, len(found) + 1, move.turn.events)
            found.append(encode(story, saved, saved="2026-01-02T03:04:05+00:00", summary="somewhere"))
    return found[: count + EARLIER]


# At every point


def at_every_point(games: Sequence[Document], folder: Path, found: Found) -> None:
    """Let every save of a play die everywhere."""
    for number in range(EARLIER, len(games)):
        found.saves += 1
        for way, links, held in product(WAYS, (True, False), (True, False)):
            at = 1
            plan = Plan(at, die=way, links=links)
            while _dies(games[number - EARLIER : number + 1], folder / str(at), replace(plan, at=at), found, held=held):
                at += 1


class _Slot:
    """What one program saves to: a slot, or the autosave that it holds."""

    def __init__(self, store: Store, key: str, *, held: bool) -> None:
        self._store, self._key = store, key
        self._holding = store.hold(key, SLOT) if held else None

    def save(self, document: Document) -> None:
        """Save a turn."""
        if self._holding:
            self._holding.save(document)
        else:
            self._store.save(self._key, SLOT, document)

    def die(self) -> None:
        """Let the lock go as a system does for a program that was killed: nothing is tidied up."""
        if self._holding:
            self._holding._lock.release()


def _dies(games: Sequence[Document], folder: Path, plan: Plan, found: Found, *, held: bool) -> bool:
    """Let one of the last two of some saves die at one point; return whether there was such a point."""
    store, key, number = Store(folder, patience=0.1), games[0]["world"], len(games) - 2
    slot = _Slot(store, key, held=held)
    for one in games[:-2]:
        slot.save(one)
    with faulty(folder, plan) as faults, suppress(Killed):
        slot.save(games[-2])
        number += 1
        slot.save(games[-1])
    slot.die()
    if faults.hit and (plan.die != "half" or faults.names[-1] == "write"):
        found.points += 1
        turn = games[number]["turn"]
        what = f"turn {turn}, {'held, ' if held else ''}died {plan.die} {faults.names[-1]} ({len(faults.names)})"
        _look(store, (games[number - 2], games[number - 1], games[number]), what, found, held=held)
    shutil.rmtree(folder)
    return faults.hit


def _look(
    store: Store, games: tuple[Document, Document, Document], what: str, found: Found, *, held: bool = False
) -> None:
    before, old, new = games
    key = new["world"]
    try:
        slot, loaded, previous = store.slot(key, SLOT), store.load(key, SLOT), store.load_previous(key, SLOT)
        onward = _Slot(store, key, held=held)
        onward.save(old)
        onward.save(new)
        onward.die()
        again = store.load(key, SLOT)
    except (SaveError, OSError) as error:
        found.errors.append(f"{what}: {error}")
        return
    found.old, found.new = found.old + (loaded == old), found.new + (loaded == new)
    if loaded not in (old, new) or previous not in (before, old) or again != new or slot.turn != loaded["turn"]:
        found.errors.append(f"{what}: turn {loaded.get('turn')} was loaded")


# At random moments


def at_random_moments(games: Sequence[Document], folder: Path, kills: int, found: Found) -> None:
    """Kill processes that save."""
    chance, store, key = Random(1), Store(folder, patience=1.0), games[0]["world"]  # noqa: S311 - nothing secret
    store.save(key, SLOT, _turn(games, 1))
    store.save(key, SLOT, _turn(games, 2))
    turn = 2
    for _ in range(kills):
        turn = _killed(games, store, turn, chance.random() * LONGEST, found)


def _turn(games: Sequence[Document], turn: int) -> Document:
    return {**games[turn % len(games)], "turn": turn}


def _killed(games: Sequence[Document], store: Store, turn: int, seconds: float, found: Found) -> int:
    """Kill a process that saves turn after turn; return the turn that is found."""
    told, telling = os.pipe()
    child = os.fork()
    if child == 0:
        _save_for_ever(games, store, turn, telling)
    os.close(telling)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(told, "rb") as file:
        last = turn + len(file.read())
    found.kills += 1
    found.saved_when_killed += last > turn
    key = games[0]["world"]
    try:
        loaded, previous = store.load(key, SLOT), store.load_previous(key, SLOT)
    except SaveError as error:
        found.errors.append(f"killed after turn {last}: {error}")
        return last
    now = int(loaded["turn"])
    found.old, found.new = found.old + (now == last), found.new + (now == last + 1)
    whole = loaded == _turn(games, now) and previous == _turn(games, int(previous["turn"]))
    # Killed after a save and before it was told, the process had begun no further one.
    if not whole or now - last not in (0, 1) or now - previous["turn"] not in (0, 1):
        found.errors.append(f"killed after turn {last}: turn {now}, before it {previous['turn']}")
    return now


def _save_for_ever(games: Sequence[Document], store: Store, turn: int, telling: int) -> NoReturn:
    try:
        slot = _Slot(store, games[0]["world"], held=turn % 2 > 0)
        while True:
            turn += 1
            slot.save(_turn(games, turn))
            os.write(telling, b".")
    finally:
        os._exit(1)


def run(world: Path, count: int, kills: int, folder: str | None = None) -> Found:
    """Let saves of a play die; return what came of it."""
    games, found = documents(world, count), Found()
    with tempfile.TemporaryDirectory(dir=folder) as place:
        at_every_point(games, Path(place) / "points", found)
        at_random_moments(games, Path(place) / "kills", kills, found)
    return found


def told(found: Found, seconds: float) -> str:
    """Return the figures."""
    return (
        f"{found.saves:,} saves, {found.points:,} deaths at a point, {found.kills:,} kills at random "
        f"({found.saved_when_killed:,} after a save): {found.old:,} times the turn before, {found.new:,} times the new "
        f"one, {len(found.errors)} errors; {seconds:.0f} s"
    )


def main(arguments: Sequence[Any] | None = None) -> int:
    """Let programs die."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100, help="how many saves")
    parser.add_argument("--kills", type=int, default=2000)
    parser.add_argument("--world", type=Path, default=WORLD)
    parser.add_argument("--folder", help="where to save; else the system's folder for such things")
    options = parser.parse_args(arguments)
    began = time.monotonic()
    found = run(options.world, options.count, options.kills, options.folder)
    print(told(found, time.monotonic() - began))
    print("\n".join(found.errors[:20]))
    return 1 if found.errors else 0


if __name__ == "__main__":
    sys.exit(main())
