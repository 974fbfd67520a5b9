"""The figures, each taken beside a peer or a floor in the same run."""

from __future__ import annotations

import contextlib
import gc
import os
import pty
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
import tracemalloc
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import peers
from measuring import Row, child, in_turns, row, seconds
from stories import COMMANDS, files_of_rooms, our_knots, our_rooms

import explore
from pianist_quest import bundled
from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.engine.engine import begin, step
from pianist_quest.engine.turn import Choose
from pianist_quest.engine.view import offers
from pianist_quest.saves.codec import encode
from pianist_quest.saves.document import seal
from pianist_quest.saves.store import Store
from pianist_quest.story.compile import compile_world
from pianist_quest.terminal.session import Session
from pianist_quest.worldfile.files import files
from pianist_quest.worldfile.load import load_world

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from pianist_quest.story.story import Story

LOAD = """
import json, sys, time
from pathlib import Path
start = time.perf_counter()
if sys.argv[1] == "yaml":
    import yaml
    texts = [Path(name).read_bytes() for name in sys.argv[2:]]
    start = time.perf_counter()
    kept = [yaml.load(text, Loader=yaml.CSafeLoader) for text in texts]
else:
    from pianist_quest.diagnostics.diagnostic import Problems
    from pianist_quest.story.compile import compile_world
    from pianist_quest.worldfile.load import load_world
    start = time.perf_counter()
    problems = Problems()
    kept = compile_world(load_world(Path(sys.argv[2]), problems), problems)
    assert kept is not None
taken = time.perf_counter() - start
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))  # a child's ru_maxrss may be ours
print(json.dumps({"seconds": taken, "memory": int(peak.split()[1])}))
"""


def written(files: dict[str, str]) -> Path:
    """Return a folder that holds some files; it is deleted with the folder of the run."""
    folder = Path(tempfile.mkdtemp(dir=_folder().name))
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


def story(text: str) -> Story:
    """Return the story of a world in one file."""
    return story_in(written({"world.yaml": text}))


def story_in(folder: Path) -> Story:
    """Return the story of a world in a folder."""
    problems = Problems()
    world = load_world(folder, problems)
    found = compile_world(world, problems) if world else None
    assert found is not None, list(problems)
    return found


# Playing


def choices(options: Namespace) -> list[Row]:
    """Random choices a second, text rendered, beside inkjs."""
    if options.ink is None:
        raise FileNotFoundError("inkjs (--ink FOLDER)")
    found = []
    for knots in (100, 10_000):
        here = story(our_knots(knots))
        pairs = in_turns(
            lambda here=here: _choices(here, 2.0), lambda n=knots: peers.inkjs(options.ink, n, 2.0), options.times
        )
        ratios = [ours / theirs for ours, theirs in pairs]
        detail = f"{pairs[0][0]:,.0f} against {pairs[0][1]:,.0f}"
        found.append(
            row(f"choices, text rendered, {knots:,} knots", "inkjs, the same story", 3, ratios, detail, least=True)
        )
    return found


def _choices(here: Story, span: float) -> float:
    chance, state, count = random.Random(1), begin(here, 1).state, 0  # noqa: S311 - a play
    start = time.perf_counter()
    while time.perf_counter() - start < span:
        for _ in range(100):
            open_ = [one.index for one in offers(here, state) if one.open]
            state = step(here, state, Choose(chance.choice(open_))).state
        count += 100
    return count / (time.perf_counter() - start)


def unrendered(options: Namespace) -> list[Row]:
    """The explorer's steps, which render nothing, beside inkjs, and beside the floor of copying and storing."""
    found, floors, peer, limits = [], [], [], []
    for _ in range(max(1, options.times // 2)):
        steps, states, seen = explore.explored()
        floors.append(explore.floor(seen, steps / states) / steps)
        if options.ink is not None:
            peer.append(steps / explore.inkjs(options.ink))
        with contextlib.suppress(OSError):  # spin or gcc is not installed
            limits.append(explore.spin() / steps)
    found.append(row("the floor's steps for one of the explorer's", "copy, hash and store alone", 6, floors))
    if peer:
        found.append(row("choices, nothing rendered (explorer)", "inkjs, the same story", 5, peer, least=True))
    if limits:
        found.append(row("spin's steps for one of the explorer's", "spin, a program in C: the far limit", None, limits))
    return found


def commands(options: Namespace) -> list[Row]:
    """Commands a second in a parser world of 100 rooms."""
    here, found = story(our_rooms(100)), []
    for name, bound, rate in (("adventurelib", 5, peers.adventurelib), ("textworld", 500, peers.textworld)):
        try:
            pairs = in_turns(lambda: _commands(here, 1.0), lambda rate=rate: rate(100, 1.0), options.times)
        except ImportError:
            print(f"  left out: {name} is not installed", file=sys.stderr)
            continue
        ratios = [ours / theirs for ours, theirs in pairs]
        detail = f"{pairs[0][0]:,.0f} against {pairs[0][1]:,.0f}"
        found.append(row("commands, 100 rooms", name, bound, ratios, detail, least=True))
    return found


def _commands(here: Story, span: float) -> float:
    return peers.commands_a_second(Session.new(here, 1).type, span)


# Large worlds


def loading(options: Namespace) -> list[Row]:
    """A world of 10,000 rooms, ready to play, beside PyYAML alone; and ten times as many."""
    file = written({"world.yaml": our_rooms(10_000)}) / "world.yaml"
    large = written(files_of_rooms(100_000))
    times: list[float] = []
    memory: list[float] = []
    for _ in range(options.times):
        ours, theirs = child(LOAD, "ours", str(file)), child(LOAD, "yaml", str(file))
        times.append(ours["seconds"] / theirs["seconds"])
        memory.append(ours["memory"] / theirs["memory"])
        detail = f"{ours['seconds']:.2f} s against {theirs['seconds']:.2f} s"
    grown = child(LOAD, "ours", str(large))["seconds"] / child(LOAD, "ours", str(file))["seconds"]
    return [
        row("10,000 rooms read, checked, compiled", "CSafeLoader alone, time", 0.8, times, detail),
        row("the same, peak memory", "CSafeLoader alone, memory", 1.5, memory),
        row("100,000 rooms", "10,000 rooms", 11, [grown]),
    ]


def worlds(options: Namespace) -> list[Row]:
    """The bundled worlds, ready to play, beside PyYAML alone with their files."""
    found = []
    for name, path in bundled.worlds().items():
        texts = [str(file) for _, file in files(path, Problems())]
        pairs = in_turns(
            lambda path=path: child(LOAD, "ours", str(path))["seconds"],
            lambda texts=texts: child(LOAD, "yaml", *texts)["seconds"],
            options.times,
        )
        detail = f"{pairs[0][0]:.2f} s against {pairs[0][1]:.2f} s"
        ratios = [ours / theirs for ours, theirs in pairs]
        found.append(row(f"{name} read, checked, compiled", "CSafeLoader alone, time", None, ratios, detail))
    return found


def turns(options: Namespace) -> list[Row]:
    """The cost of a turn in a large world beside a small one."""
    small, large = story(our_rooms(100)), story_in(written(files_of_rooms(100_000)))
    gc.freeze()  # as `play` does
    pairs = in_turns(lambda: 1 / _commands(large, 1.0), lambda: 1 / _commands(small, 1.0), options.times)
    return [row("a turn at 100,000 rooms", "at 100 rooms", 1.2, [ours / theirs for ours, theirs in pairs])]


# Starting


def starting(options: Namespace) -> list[Row]:
    """The first prompt, beside importing what it needs at least."""
    plain = ["-m", "pianist_quest", "play", "--plain", "--seed", "1"]
    for once in (plain, ["-c", "import yaml"], ["-c", "import prompt_toolkit"]):
        _ended(once)  # compiles the modules
    pairs = in_turns(lambda: _ended([*plain]), lambda: _ended(["-c", "import yaml"]), 2 * options.times)
    line = ["-m", "pianist_quest", "play", "--seed", "1"]
    full = in_turns(lambda: _prompted(line), lambda: _ended(["-c", "import prompt_toolkit"]), 2 * options.times)
    first, second = ([ours / theirs for ours, theirs in one] for one in (pairs, full))
    return [
        row("first prompt, --plain", "python -c 'import yaml'", 4, first, f"{pairs[0][0]:.2f} s"),
        row("first prompt, line mode", "python -c 'import prompt_toolkit'", 2, second, f"{full[0][0]:.2f} s"),
    ]


def _ended(arguments: list[str]) -> float:
    command = [sys.executable, *arguments]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    return seconds(lambda: subprocess.run(command, check=True, env=_environment(), **quiet))  # type: ignore[call-overload]


def _environment() -> dict[str, str]:
    """Return an environment with no saved games and no settings, and a terminal that can do much.

    Modules and worlds are kept compiled, as they are from the second start on, whatever the environment says.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    saves, compiled = tempfile.mkdtemp(dir=_folder().name), str(Path(_folder().name) / "compiled")
    worlds = str(Path(_folder().name) / "worlds")
    ours = {"PIANIST_QUEST_SAVES": saves, "PIANIST_QUEST_SETTINGS": os.devnull, "PIANIST_QUEST_CACHE": worlds}
    return {**kept, "TERM": "xterm", "PYTHONPYCACHEPREFIX": compiled, **ours}


def _prompted(arguments: list[str]) -> float:
    """Return how long the program takes on a terminal until it asks for a line."""
    environment = _environment()
    start = time.perf_counter()
    pid, handle = pty.fork()
    if pid == 0:
        os.execve(sys.executable, [sys.executable, *arguments], environment)  # noqa: S606 - what is measured
    try:
        _read_until_asked(handle)
        return time.perf_counter() - start
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(handle)


def _read_until_asked(handle: int) -> None:
    """Read what a program prints, and answer where its cursor is, until it has drawn its prompt."""
    seen = b""
    while b">" not in seen.partition(b"\x1b[?2004h")[2]:  # pasting is bracketed from the prompt on
        ready, _, _ = select.select([handle], [], [], 30)
        if not ready:
            raise TimeoutError("no prompt")
        data = os.read(handle, 65536)
        if b"\x1b[6n" in data:
            os.write(handle, b"\x1b[1;1R")
        seen += data


# Keeping


def keeping(options: Namespace) -> list[Row]:
    """An autosave at turn 5,000 beside a bare write of as many bytes; what 5,000 turns of undo hold."""
    session = Session.new(story(our_rooms(100)), 1)
    tracemalloc.start()
    for count in range(5_000):
        if count == 100:
            before = tracemalloc.get_traced_memory()[0]
        session.type(COMMANDS[count % len(COMMANDS)])
    each = (tracemalloc.get_traced_memory()[0] - before) / 4_900
    tracemalloc.stop()
    state = sys.getsizeof(session.now.state.values)
    folder = Path(_folder().name)
    autosave = Store(folder / "saves").hold(session.story.key, "autosave")  # as a game does

    def document() -> dict[str, object]:
        return dict(encode(session.story, session.saved(), saved="2026-01-01T00:00:00+00:00", summary="Room"))

    size = len(seal(document()))
    autosave.save(document())
    ours = lambda: seconds(lambda: autosave.save(document()))  # noqa: E731
    pairs = in_turns(ours, lambda: seconds(lambda: _bare(folder, b"x" * size)), 10 * options.times)
    return [
        row("autosave at turn 5,000", "write, fsync, rename", 1.5, [a / b for a, b in pairs], f"{size:,} bytes"),
        row("its size in bytes, in 20,000", "20 KB", 1, [size / 20_000]),
        row(
            "bytes a turn of undo, in 200 and a state",
            "200 bytes and one state",
            1,
            [each / (200 + state)],
            f"{each:.0f} bytes",
        ),
    ]


def _bare(folder: Path, data: bytes) -> None:
    new = folder / "bare.new"
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder / "bare")


ROWS: dict[str, Callable[[Namespace], list[Row]]] = {
    "choices": choices, "unrendered": unrendered, "commands": commands, "loading": loading, "worlds": worlds,
    "turns": turns, "starting": starting, "keeping": keeping,
}  # fmt: skip
