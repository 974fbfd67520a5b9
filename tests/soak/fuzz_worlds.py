"""Read worlds made by chance, and play them with lines made by chance. Run by hand; no test.

    python tests/soak/fuzz_worlds.py --files 1000000 --jobs 2

A file is one of many small worlds (those of the conformance tests, the hostile ones, the examples of the reference)
that was changed: bytes, lines, words, parts of its tree put elsewhere or put from another. Two of three begin as one
that can be played, or as what came of one before, for what is wrong already is soon read. Seven of eight have only a
few verbs of the library, chosen by chance, which takes most of the time where all of it is compiled. Each must end in a
world or in diagnostics, within `--most` seconds; whatever world comes of it is played with a few lines. An exception,
too long a time and too much memory are errors: the file is kept in `--keep`, and the exit code is 1.
"""

from __future__ import annotations

import resource
import signal
import sys
import tempfile
import time
import traceback
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.diagnostics.report import text_report
from pianist_quest.story.compile import compile_world
from pianist_quest.terminal.render import page, surroundings
from pianist_quest.terminal.session import Session
from pianist_quest.worldfile.load import load_world
from soak.mutations import MEMORY, changed

if TYPE_CHECKING:
    from argparse import Namespace

    from pianist_quest.story.story import Story

FEW = 5
"""How many verbs of the library most worlds have."""
OFFSPRING = 100
"""How many of the worlds that came of changes are changed again."""
LINES = (
    "1", "2", "3", "look", "i", "z", "undo", "undo 2", "restart", "again", "take all", "drop all", "go north", "n", "s",
    "x it", "x all", "talk to her", "ask about it", "status", "help", "hint", "marks", "oops lamp", "take lamp then go",
    "go to hall", "listen", "open box", "put lamp in box", "leave it there", "", " ", "0", "99999999999", "-1", "y",
    "\u0000", "\x1b[2J", "\ufffd", "a" * 300, "take " * 60, "x \u202e lamp", "ﷺ", "🎹", "ıİ", "x.y,z;then and",
    "no", '"',
)  # fmt: skip


@dataclass(slots=True)
class Found:
    """What came of a part of the work."""

    files: int = 0
    worlds: int = 0
    lines: int = 0
    slowest: float = 0.0
    memory: int = 0
    errors: list[str] = field(default_factory=list)
    offspring: list[str] = field(default_factory=list)
    """Worlds that came of changes."""


def main() -> int:
    """Change, read and play."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1_000_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=7_200, help="when to stop at the latest")
    parser.add_argument(
        "--most", type=float, default=2.0, help="how long one file may take, in seconds of processor time"
    )
    parser.add_argument("--keep", type=Path, default=Path("fuzz_found"))
    options = parser.parse_args()
    began, size = time.monotonic(), 500
    parts = [
        (options, options.seed * 10_000_000 + at, min(size, options.files - at)) for at in range(0, options.files, size)
    ]
    total = Found()
    with ProcessPoolExecutor(options.jobs) as pool:
        for part in pool.map(_part, parts, [began] * len(parts)):
            _add(total, part)
            print(f"\r{_told(total, began)}", end="", file=sys.stderr, flush=True)
    print(f"\n{_told(total, began)}")
    print("\n".join(total.errors[:20]))
    return 1 if total.errors else 0


def _told(total: Found, began: float) -> str:
    read = f"{total.files:,} files, {total.worlds:,} of them worlds, {total.lines:,} lines typed"
    cost = f"slowest {total.slowest:.2f} s, memory {total.memory // 1024:,} MiB"
    return f"{read}; {cost}; {len(total.errors)} errors; {time.monotonic() - began:.0f} s"


def _add(total: Found, part: Found) -> None:
    total.files, total.worlds, total.lines = (
        total.files + part.files,
        total.worlds + part.worlds,
        total.lines + part.lines,
    )
    total.slowest, total.memory = max(total.slowest, part.slowest), max(total.memory, part.memory)
    total.errors += part.errors


def _part(work: tuple[Namespace, int, int], began: float) -> Found:
    options, first, size = work
    signal.signal(signal.SIGPROF, _stop)
    found = Found()
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        file, found.offspring = Path(folder) / "world.yaml", []
        for seed in range(first, first + size):
            if time.monotonic() - began > options.seconds:
                break
            one(file, seed, found, options)
    found.offspring = []
    found.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found


def _stop(_: int, __: object) -> None:
    raise TimeoutError("it goes on and on")


def one(file: Path, seed: int, found: Found, options: Namespace) -> None:
    """Change a file, read it, play it."""
    chance = Random(seed)  # noqa: S311 - nothing secret
    data = changed(chance, found.offspring)
    file.write_bytes(data)
    began, problem = time.process_time(), ""
    signal.setitimer(signal.ITIMER_PROF, 5 * options.most)
    try:
        story = _read(file, chance)
        if story is not None:
            found.worlds += 1
            found.offspring = [*found.offspring[1 - OFFSPRING :], data.decode("utf-8", "replace")]
            found.lines += _played(story, chance)
    except Exception:  # noqa: BLE001 - that is what is looked for
        problem = traceback.format_exc().strip().splitlines()[-1]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    took = time.process_time() - began
    found.files, found.slowest = found.files + 1, max(found.slowest, took)
    problem = problem or (f"took {took:.1f} s" if took > options.most else "")
    if problem:
        options.keep.mkdir(parents=True, exist_ok=True)
        (options.keep / f"{seed}.yaml").write_bytes(data)
        found.errors.append(f"seed {seed}: {problem}")


def _read(file: Path, chance: Random) -> Story | None:
    problems = Problems()
    world = load_world(file, problems)
    if world is not None and chance.random() < 7 / 8:
        world = replace(world, library=tuple(chance.sample(world.library, FEW)))
    story = compile_world(world, problems) if world is not None else None
    text_report(problems, colour=False)
    return None if problems.errors else story


def _played(story: Story, chance: Random) -> int:
    session = Session.new(story, chance.randrange(9))
    pool = [*LINES, *(name for thing in story.things for name in (thing.name, f"x {thing.name}", f"take {thing.name}"))]
    size = chance.randrange(1, 8)
    for _ in range(size):
        answer = session.type(" ".join(chance.choices(pool, k=chance.choice((1, 1, 1, 2)))))
        page(answer.events, 60)
        surroundings(story, session.now.state, 60)
    return size


if __name__ == "__main__":
    sys.exit(main())
