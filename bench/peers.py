"""The peers, where they are installed: inkjs for node, adventurelib and TextWorld for Python. All a second."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from stories import COMMANDS, ink_knots

if TYPE_CHECKING:
    from collections.abc import Callable

NODE = """
const { Compiler } = require(process.argv[2] + '/node_modules/inkjs/dist/ink-full.js');
const story = new Compiler(require('fs').readFileSync(process.argv[3], 'utf8')).Compile();
let seed = 1, count = 0, told = 0;
const next = (n) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % n; };
const start = process.hrtime.bigint();
let spent = 0;
while (spent < SECONDS) {
  for (let i = 0; i < 100; i++) {
    while (story.canContinue) told += story.Continue().length;
    story.ChooseChoiceIndex(next(story.currentChoices.length));
    count++;
  }
  spent = Number(process.hrtime.bigint() - start) / 1e9;
}
console.log(count / spent);
"""


def inkjs(folder: Path, knots: int, seconds: float) -> float:
    """Return random choices a second of inkjs, text rendered; `folder` is where `npm install inkjs` was run."""
    with tempfile.TemporaryDirectory() as place:
        source, script = Path(place) / "story.ink", Path(place) / "bench.js"
        source.write_text(ink_knots(knots), encoding="utf-8")
        script.write_text(NODE.replace("SECONDS", str(seconds)), encoding="utf-8")
        command = ["node", str(script), str(folder.resolve()), str(source)]
        return float(_printed(command))


@cache
def _adventure(rooms: int) -> Callable[[str], object]:
    """Return what does a command in adventurelib; its commands are the library's own, so there is one world."""
    import adventurelib as lib  # noqa: PLC0415 - a peer

    lib.Room.add_direction("ahead", "behind")
    made = [lib.Room(f"A long passage with {one} tiles on the floor.") for one in range(rooms)]
    for one, room in enumerate(made):
        room.ahead = made[(one + 1) % rooms]
    here = [made[0]]

    def go(way: str) -> None:
        here[0] = here[0].exit("ahead" if way == "north" else "behind") or here[0]
        print(here[0])

    lib.when("north", way="north")(go)
    lib.when("south", way="south")(go)
    lib.when("look")(lambda: print(here[0]))
    lib.when("inventory")(lambda: print("You carry nothing."))
    return lib._handle_command  # type: ignore[no-any-return] # noqa: SLF001 - what its own loop calls


def adventurelib(rooms: int, seconds: float) -> float:
    """Return commands a second of adventurelib in a map of rooms; raises ImportError where it is not installed."""
    return commands_a_second(_adventure(rooms), seconds)


MAKING = """
import sys
import textworld
options = textworld.GameOptions()
options.nb_rooms, options.nb_objects, options.seeds = int(sys.argv[1]), int(sys.argv[1]) // 10, 1
options.path = sys.argv[2]
textworld.make(options)
"""
PLAYING = """
import sys, time
import textworld
game, seconds, commands = textworld.start(sys.argv[1]), float(sys.argv[2]), sys.argv[3].split(",")
game.reset()
count, start = 0, time.perf_counter()
while time.perf_counter() - start < seconds:
    for command in commands:
        game.step(command)
    count += len(commands)
print(count / (time.perf_counter() - start))
"""


@cache
def _textworld(rooms: int) -> tuple[tempfile.TemporaryDirectory[str], str]:
    """Return a folder and the game in it, once a run: Inform takes a minute for a hundred rooms."""
    if importlib.util.find_spec("textworld") is None:
        raise ImportError("textworld is not installed")
    folder = tempfile.TemporaryDirectory()
    file = str(Path(folder.name) / "game.z8")
    _printed([sys.executable, "-c", MAKING, str(rooms), file])
    return folder, file


def textworld(rooms: int, seconds: float) -> float:
    """Return commands a second of TextWorld in a map of rooms of its own; raises ImportError where it is missing."""
    said = ",".join({"north": "go north", "south": "go south"}.get(one, one) for one in COMMANDS)
    _, file = _textworld(rooms)
    return float(_printed([sys.executable, "-c", PLAYING, file, str(seconds), said]).split()[-1])


def _printed(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=240).stdout


def commands_a_second(do: Callable[[str], object], seconds: float) -> float:
    """Return how many of the commands something does in a second, what it prints thrown away."""
    count, start = 0, time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        while time.perf_counter() - start < seconds:
            for command in COMMANDS:
                do(command)
            count += len(COMMANDS)
    return count / (time.perf_counter() - start)
