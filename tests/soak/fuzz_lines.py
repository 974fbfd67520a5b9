"""Type lines made by chance into the worlds that come with the game. Run by hand; a short version is a test.

    python tests/soak/fuzz_lines.py --lines 500000

Every world is played through the loop that plays it for people, with saved games in a folder of its own: half of the
lines do what can be done (so that the story goes on), the others are made of real phrases with names of things in their
holes, words about the game, numbers, pronouns, several commands in one line, letters left out or put elsewhere, junk of
every script. An exception, more than `--most` seconds of processor time for a line and too much memory are errors: they
are shown with the seed and the last lines, and the exit code is 1.
"""

from __future__ import annotations

import resource
import signal
import sys
import tempfile
import time
import traceback
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import deque
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from pianist_quest.saves.store import Store
from pianist_quest.story.story import Hole
from pianist_quest.terminal.desk import Desk, View
from pianist_quest.terminal.grammar import BUILT_IN, METAS, WITH_NAME
from pianist_quest.terminal.loop import Play
from pianist_quest.terminal.session import Session
from pianist_quest.terminal.wrap import plain_text
from soak.plays import story_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pianist_quest.story.story import Story
    from pianist_quest.terminal.wrap import Line

WORLDS = Path(__file__).parents[2] / "worlds"
MOST = 2.0
LIMIT = 512
"""How much memory there may be, in MiB."""
TAIL = 12
"""How many of the last lines are told of an error."""
LENGTHS = (5, 40, 40, 150, 600)
"""How many lines are typed in a game."""
JUNK = (
    "", " ", "\t", "0", "-1", "3.5", "99999999999999999999", "\u0663", "²", "½", "Ⅷ", "\u0000", "\x1b[2J", "\x07",
    "\u202e", "\u200d", "\ufeff", "\ufffd", "\U0001f3b9", "ﷺ", "ıİ", "ẞ", "Ǆ", "e\u0301", "\u0301" * 40, "日本語",
    "пианино", "שלום", "a" * 300, '"', "'", "\u2019", ";", "...", "?", "!", "=", "%s", "{n}", "{0}", "\\", "/",
    "*", "_", "../../etc/passwd", "nul", "con.json", "con", "$HOME", "`ls`", "<b>", "&amp;", "None", "\ud800", "\r\n",
    "then", "and", "and and", "except", "but", "all", "everything", "all but", "both", "of", "to", "the", "a", "some",
    "my", "first", "other", "1st", "yes", "no", "y", "n",
)  # fmt: skip
PRONOUNS = ("it", "them", "him", "her", "there", "that", "one", "this", "me", "myself", "us", "here")
JOINTS = (" then ", ". ", ", ", " and ", "; ", " and then ", ",", ".", " then", "  ")

story = cache(story_of)


@dataclass(slots=True)
class Found:
    """What came of it."""

    lines: int = 0
    games: int = 0
    slowest: float = 0.0
    slowest_line: str = ""
    errors: list[str] = field(default_factory=list)


class Typist:
    """Makes lines for one game, from what can be said in it."""

    def __init__(self, here: Story, chance: Random) -> None:
        self._chance, self._last = chance, "look"
        own = [phrase.parts for verb in here.verbs.values() for phrase in verb.phrases]
        self._phrases = [*own, *(pattern.parts for pattern in BUILT_IN)]
        self._names = [thing.name for thing in here.things if thing.name]

    def line(self, session: Session) -> str:
        """Return the next line."""
        chance = self._chance
        kind = chance.random()
        if kind < 0.5:
            line = self._possible(session)
        elif kind < 0.75:
            line = self._phrase(session)
        elif kind < 0.85:
            line = self._meta()
        elif kind < 0.93:
            line = self._mangled(self._last)
        else:
            line = " ".join(chance.choices(JUNK, k=chance.choice((1, 2, 3, 30))))
        while chance.random() < 0.1:
            line += chance.choice(JOINTS) + chance.choice((self._possible, self._phrase))(session)
        self._last = self._mangled(line) if chance.random() < 0.1 else line
        return self._last

    def _possible(self, session: Session) -> str:
        """Return something that can be done: most often a choice by its number, or else by its words."""
        scene, chance = session.now.scene, self._chance
        if scene.labels and chance.random() < 0.6:
            number = chance.randrange(len(scene.labels))
            return str(number + 1) if chance.random() < 0.7 else scene.labels[number][1]
        if session.now.state.ending >= 0 or not scene.possible:
            return chance.choice(("undo 3", "restart", "undo", "look"))
        return scene.phrase(chance.choice(scene.possible))

    def _phrase(self, session: Session) -> str:
        parts = self._chance.choice(self._phrases)
        return " ".join(self._noun(session) if isinstance(part, Hole) else part for part in parts)

    def _noun(self, session: Session) -> str:
        chance, kind = self._chance, self._chance.random()
        if kind < 0.15:
            return chance.choice(PRONOUNS)
        if kind < 0.25:
            return chance.choice(JUNK)
        if kind < 0.4:
            return f"{self._noun(session)} and {self._noun(session)}"
        if kind < 0.7 and session.now.scene.possible:
            return session.now.scene.phrase(chance.choice(session.now.scene.possible)).partition(" ")[2]
        return chance.choice(self._names)

    def _meta(self) -> str:
        chance = self._chance
        word = chance.choice([word for word, meta in METAS.items() if meta != "quit"])
        more = chance.choice(("", "1", "3", "to 2", "to the hall", *JUNK, *self._names[:9]))
        return f"{word} {more}" if METAS[word] in WITH_NAME or chance.random() < 0.2 else word

    def _mangled(self, line: str) -> str:
        """Return a line with a letter or a word left out, doubled, or put elsewhere."""
        chance = self._chance
        parts = list(line) if chance.random() < 0.6 else line.split(" ")
        if parts:
            at = chance.randrange(len(parts))
            kind = chance.randrange(4)
            if kind == 0:
                del parts[at]
            elif kind == 1:
                parts.insert(at, chance.choice(parts))
            elif kind == 2:
                parts.insert(chance.randrange(len(parts)), parts.pop(at))
            else:
                parts[at] = parts[at].upper()
        return ("" if len(parts) > 0 and all(len(part) < 2 for part in parts) else " ").join(parts)


class Screen:
    """A screen on which lines made by chance are typed, and which takes the time of each."""

    bars = typed = True

    def __init__(self, found: Found, chance: Random, size: int) -> None:
        self.found, self.left = found, size
        self.session: Session | None = None
        self.typist: Typist | None = None
        self.lines: deque[str] = deque(maxlen=TAIL)
        self._chance = chance
        self._began = 0.0

    @property
    def width(self) -> int:
        """Another one at every look."""
        return self._chance.choice((20, 40, 79, 80, 200))

    def show(self, lines: Sequence[Line]) -> None:
        """Put lines together as a terminal gets them."""
        for line in lines:
            plain_text(line)

    def warn(self, text: str) -> None:
        """Say nothing."""

    def ask(self, complete: Callable[[str], tuple[str, ...]], _status: str) -> str | None:
        """Return the next line; note how long the one before took."""
        self.note()
        assert self.session is not None
        assert self.typist is not None
        if self.left <= 0:
            return None
        self.left -= 1
        line = self.typist.line(self.session)
        self.lines.append(line)
        self._began = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, 5 * MOST)
        if self._chance.random() < 0.01:
            complete(line[: self._chance.randrange(len(line) + 1)])
        return line

    def note(self) -> None:
        """Count the line before."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        if not self.lines:
            return
        took = time.process_time() - self._began
        self.found.lines += 1
        if took > self.found.slowest:
            self.found.slowest, self.found.slowest_line = took, self.lines[-1][:60]
        if took > MOST:
            self.found.errors.append(f"took {took:.1f} s: {list(self.lines)}")


class _Nowhere:
    def typed(self, line: str) -> None:
        """Write nothing."""

    def shown(self, text: object, lines: object) -> None:
        """Write nothing."""


def _open_nowhere(name: str, _title: str) -> _Nowhere:
    if "\0" in name:
        raise ValueError("embedded null byte")
    return _Nowhere()


def game(world: Path, seed: int, found: Found, folder: Path, size: int = 0) -> None:
    """Play one game with lines made by chance."""
    chance = Random(seed)  # noqa: S311 - nothing secret
    here = story(world)
    screen = Screen(found, chance, size or chance.choice(LENGTHS))
    saving, view = chance.random() < 0.1, View(chance.choice((0, 24)), boxes=chance.random() < 0.5)
    desk = Desk(
        screen, Store(folder), lambda: "2026-01-02T03:04:05+00:00", saving, _open_nowhere, view=lambda: view,
        reader=chance.random() < 0.2,
    )  # fmt: skip
    screen.session, screen.typist = Session.new(here, seed), Typist(here, chance)
    found.games += 1
    try:
        Play(desk, screen.session).run()
    except Exception:  # noqa: BLE001 - that is what is looked for
        problem = " | ".join(traceback.format_exc().strip().splitlines()[-3:])
        found.errors.append(f"{world.name}, seed {seed}: {problem}: {list(screen.lines)}")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def run(lines: int, seed: int, seconds: float = 1e9, *, quiet: bool = True, size: int = 0) -> Found:
    """Type so many lines in all, in every world."""
    signal.signal(signal.SIGPROF, _stop)
    worlds = sorted(path.parent for path in WORLDS.glob("*/world.yaml"))
    found, number, began, held = Found(), seed * 1_000_000, time.monotonic(), memory_used()
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made there
    while found.lines < lines and time.monotonic() - began < seconds and len(found.errors) < 20:
        number += 1
        world = worlds[number % len(worlds)]
        with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
            before = len(found.errors)
            game(world, number, found, Path(folder), size)
        if not quiet:
            print("".join(f"\n{error}" for error in found.errors[before:]), end="", flush=True)
            print(f"\r{told(found, time.monotonic() - began)}", end="", file=sys.stderr, flush=True)
    grown = memory_used() - held
    if grown > LIMIT:
        found.errors.append(f"{grown} MiB of memory")
    return found


def _stop(_: int, __: object) -> None:
    raise TimeoutError("it goes on and on")


def memory_used() -> int:
    """Return the most memory this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def told(found: Found, seconds: float) -> str:
    """Return the figures."""
    return (
        f"{found.lines:,} lines in {found.games:,} games; slowest {found.slowest:.2f} s ({found.slowest_line!r}), "
        f"memory {memory_used():,} MiB; {len(found.errors)} errors; {seconds:.0f} s"
    )


def main() -> int:
    """Type."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=500_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=7_200, help="when to stop at the latest")
    options = parser.parse_args()
    began = time.monotonic()
    found = run(options.lines, options.seed, options.seconds, quiet=False)
    print(f"\n{told(found, time.monotonic() - began)}")
    print("\n".join(found.errors[:20]))
    return 1 if found.errors else 0


if __name__ == "__main__":
    sys.exit(main())
