"""Let every call to the system fail while a game is played. Run by hand; a short version is a test.

    python tests/soak/failing_calls.py --count 20

A game of some turns is played on a screen, and at one of them, for each operation on a file that the turn makes, that
operation fails: once, or with all that follow; with each of the errors a disk has. And all writes are short. The player
must be told where the turn is not saved, play must go on, the slot must hold the turn before or the new one, whole, and
the next turn that can be saved must be; an ending must be kept, when the player leaves at the latest. Anything else
is an error; then the exit code is 1.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from pianist_quest.saves.codec import decode
from pianist_quest.saves.document import SaveError
from pianist_quest.saves.names import AUTOSAVE
from pianist_quest.saves.store import Store
from pianist_quest.terminal.desk import Desk
from pianist_quest.terminal.loop import Play
from pianist_quest.terminal.plain import TranscriptFile
from pianist_quest.terminal.session import Session
from pianist_quest.terminal.wrap import plain_text
from soak.faults import ERRORS, LOOKS, OPERATIONS, Plan, faulty
from soak.plays import story_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pianist_quest.engine.state import State
    from pianist_quest.story.story import Story
    from pianist_quest.terminal.wrap import Line
    from soak.faults import Faults

ROOT = Path(__file__).parents[2]
WORLD = ROOT / "worlds" / "first_steps"
LINES = ("n", "s", "up", "down", "z", "1", "2", "x tuner", "get hammer", "undo", "save mine", "load mine")
TO_THE_END = ("up", "get hammer", "down", "n", "turn the pin")
END = "play something"
FAULTY = ("z", "z", "save mine", "restart", END)
"""The line at which calls fail."""

story = cache(story_of)


@dataclass(slots=True)
class Found:
    """What came of it."""

    games: int = 0
    failures: int = 0
    told: int = 0
    errors: list[str] = field(default_factory=list)


class Game:
    """A game on a screen of its own: lines typed before, one at which calls fail as planned, and one more turn."""

    width, bars, typed = 78, False, True

    def __init__(self, here: Story, lines: Sequence[str], folder: Path, faults: Faults, plan: Plan) -> None:
        self.here, self.lines, self.faults, self.plan = here, [*lines, "z"], faults, plan
        self.store = Store(folder, patience=0.02)
        self.slot = "mine" if lines[-1].startswith("save") else AUTOSAVE
        self.text = self.said = ""
        self.asked = 0
        self.problems: list[str] = []
        self.before: State | None = None
        self.session = Session.new(here, 1)

    def run(self) -> None:
        """Play to the end of the lines."""
        desk = Desk(
            self, self.store, lambda: "2026-01-02T03:04:05+00:00", autosave=True, open_transcript=TranscriptFile
        )
        Play(desk, self.session).run()
        if self._loaded(AUTOSAVE) != self.session.now.state:
            self.problems.append("what was reached last was not saved at leaving")
        if END in self.lines and self.store.endings(self.here.key) != {"in_tune"}:
            self.problems.append("the ending was not kept")

    def show(self, lines: Sequence[Line]) -> None:
        self.text += "".join(f"{plain_text(line)}\n" for line in lines)

    def warn(self, text: str) -> None:
        self.text += f"{text}\n"

    def ask(self, complete: Callable[[str], tuple[str, ...]], status: str) -> str | None:  # noqa: ARG002 - as for all
        """Return the next line; see to the faults, and to what they did."""
        if self.text.rstrip().endswith("(yes or no)"):
            self.text += "\n> yes\n"
            return "yes"
        self.asked += 1
        if self.asked == len(self.lines) - 1:
            self._fail()
        elif self.asked == len(self.lines):
            self._mend()
        elif (
            self.asked > len(self.lines) and END not in self.lines and self._loaded(AUTOSAVE) != self.session.now.state
        ):
            self.problems.append("the turn after it was not saved")
        return self.lines[self.asked - 1] if self.asked <= len(self.lines) else None

    def _fail(self) -> None:
        """Let calls fail from here on."""
        self.before, self.text = self._loaded(self.slot), ""
        self.faults.names.clear()
        self.faults.plan = self.plan

    def _mend(self) -> None:
        """Let nothing fail any more, and look at what is there."""
        self.faults.plan, self.said = Plan(0), self.text
        now, new = self._loaded(self.slot), self.session.now.state
        if now not in (self.before, new):
            self.problems.append("it holds neither the turn before nor the new one")
        if now != new and not _tells(self.said):
            self.problems.append(f"the turn is not saved, and what was said is: {self.said}")

    def _loaded(self, slot: str) -> State | None:
        """Return what a slot holds, None where there is nothing."""
        if not self.store.has(self.here.key, slot):
            return None
        try:
            return decode(self.here, self.store.load(self.here.key, slot)).state
        except SaveError as error:
            self.problems.append(str(error))
            return None


def _tells(text: str) -> bool:
    """Whether a player is told that something is not saved."""
    words = " ".join(text.split())
    return any(part in words for part in ("could not be saved", "cannot be read", "is not saved", "Not saved"))


def one(here: Story, lines: Sequence[str], folder: Path, plan: Plan, found: Found) -> bool:
    """Play with a fault at the last line; return whether there was such a call."""
    with faulty(folder, Plan(0), (*OPERATIONS, *LOOKS)) as faults:
        game = Game(here, lines, folder, faults, plan)
        try:
            game.run()
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            game.problems.append(repr(error))
    if faults.hit or plan.short:
        found.failures += 1
        found.told += _tells(game.said)
        found.errors += [f"{plan} {lines}: {problem}" for problem in game.problems]
    shutil.rmtree(folder, ignore_errors=True)
    return faults.hit


def run(count: int, seed: int, folder: str | None = None) -> Found:
    """Play games with faults; return what came of it."""
    found, here = Found(), story(WORLD)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        for number in range(count):
            chance = Random(seed + number)  # noqa: S311 - nothing secret
            last = FAULTY[number % len(FAULTY)]
            lines = (*(TO_THE_END if last == END else chance.choices(LINES, k=chance.randrange(6))), last)
            found.games += 1
            one(here, lines, Path(place) / "short", Plan(0, short=True), found)
            for error, onward, links in product(ERRORS, (False, True), (True, False)):
                at = 1
                while one(here, lines, Path(place) / str(at), Plan(at, fail=error, onward=onward, links=links), found):
                    at += 1
    return found


def told(found: Found, seconds: float) -> str:
    """Return the figures."""
    return (
        f"{found.games:,} games, {found.failures:,} failing calls, {found.told:,} of them told to the player, the "
        f"others with the turn saved all the same; {len(found.errors)} errors; {seconds:.0f} s"
    )


def main(arguments: Sequence[Any] | None = None) -> int:
    """Let calls fail."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=40, help="how many games")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", help="where to save; else the system's folder for such things")
    options = parser.parse_args(arguments)
    began = time.monotonic()
    found = run(options.count, options.seed, options.folder)
    print(told(found, time.monotonic() - began))
    print("\n".join(found.errors[:20]))
    return 1 if found.errors else 0


if __name__ == "__main__":
    sys.exit(main())
