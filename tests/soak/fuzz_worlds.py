"""Read worlds made by chance, and play them with lines made by chance. Run by hand; no test.

    python tests/soak/fuzz_worlds.py --files 1000000 --jobs 2

A file is one of many small worlds (those of the conformance tests, the hostile ones, the examples of the reference)
that was changed: bytes, lines, words, parts of its tree put elsewhere or put from another. Each must end in a world or
in diagnostics, within `--most` seconds; whatever world comes of it is played with a few lines. An exception, too long a
time and too much memory are errors: the file is kept in `--keep`, and the exit code is 1.
"""

from __future__ import annotations

import contextlib
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from hostile_files import every_file
from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.diagnostics.report import text_report
from pianist_quest.story.compile import compile_world
from pianist_quest.terminal.render import page, surroundings
from pianist_quest.terminal.session import Session
from pianist_quest.worldfile.load import load_world

if TYPE_CHECKING:
    from argparse import Namespace

    from pianist_quest.story.story import Story

ROOT = Path(__file__).parents[2]
WORDS = re.compile(r"\w+|[^\w\s]")
HEADER = "format: 1\ntitle: A test\nstart: hall\n"
LARGEST = 6_000
"""The largest file that is changed, in bytes: what large ones do is measured elsewhere."""
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
            print(f"\r{total.files:,} files", end="", file=sys.stderr, flush=True)
    took = time.monotonic() - began
    print(f"\n{total.files:,} files, {total.worlds:,} of them worlds, {total.lines:,} lines typed: {took:.0f} s")
    print(f"slowest {total.slowest:.2f} s, memory {total.memory // 1024:,} MiB, {len(total.errors)} errors")
    print("\n".join(total.errors[:20]))
    return 1 if total.errors else 0


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
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "world.yaml"
        for seed in range(first, first + size):
            if time.monotonic() - began > options.seconds:
                break
            one(file, seed, found, options)
    found.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return found


def _stop(_: int, __: object) -> None:
    raise TimeoutError("it goes on and on")


def one(file: Path, seed: int, found: Found, options: Namespace) -> None:
    """Change a file, read it, play it."""
    chance = Random(seed)  # noqa: S311 - nothing secret
    data = changed(chance)
    file.write_bytes(data)
    began, problem = time.process_time(), ""
    signal.setitimer(signal.ITIMER_PROF, 5 * options.most)
    try:
        story = _read(file)
        if story is not None:
            found.worlds += 1
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


def _read(file: Path) -> Story | None:
    problems = Problems()
    world = load_world(file, problems)
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


# Changing


@cache
def worlds() -> tuple[str, ...]:
    """The worlds that are changed."""
    found = [text.decode("utf-8", "replace") for text in every_file().values() if len(text) < LARGEST]
    tiny = sorted((ROOT / "tests" / "conformance").rglob("*.txt"))
    found += [HEADER + file.read_text(encoding="utf-8").split("\n---\n")[0] for file in tiny]
    reference = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    found += [HEADER + text for text in re.findall(r"```yaml\n(.*?)```", reference, re.DOTALL)]
    found += [file.read_text(encoding="utf-8") for file in (ROOT / "worlds" / "first_steps").glob("*.yaml")]
    return tuple(text for text in found if len(text) < LARGEST)


@cache
def tokens() -> tuple[str, ...]:
    """The words of all of them."""
    return tuple(dict.fromkeys(word for text in worlds() for word in WORDS.findall(text)))


def changed(chance: Random) -> bytes:
    """Return a world that was changed a few times."""
    text = chance.choice(worlds())
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        text = chance.choice((_lines, _words, _words, _joined, _tree, _tree, _cut))(text, chance)
    data = text.encode("utf-8", "replace")
    return _bytes(data, chance) if chance.random() < 0.1 else data


def _lines(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at = chance.randrange(len(lines))
    kind = chance.randrange(4)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(chance.randrange(len(lines) + 1), lines[at])
    elif kind == 2:
        lines[at] = chance.choice((" ", "  ", "\t", "- ")) + lines[at]
    else:
        lines[at] = lines[at].lstrip() if chance.random() < 0.5 else lines[at].rstrip("\n") * 2
    return "".join(lines)


def _words(text: str, chance: Random) -> str:
    found = list(WORDS.finditer(text))
    if not found:
        return text
    one = chance.choice(found)
    return text[: one.start()] + chance.choice(tokens()) + text[one.end() :]


def _joined(text: str, chance: Random) -> str:
    other = chance.choice(worlds())
    return text[: chance.randrange(len(text) + 1)] + other[chance.randrange(len(other) + 1) :]


def _cut(text: str, chance: Random) -> str:
    at, end = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
    return text[:at] + text[min(end, at + 40) :]


def _tree(text: str, chance: Random) -> str:
    """Put a part of a world's tree in the place of another, perhaps from another world."""
    if "&" in text:  # a bomb of aliases would go off here
        return text
    with contextlib.suppress(Exception):  # PyYAML's own constructors stumble over much
        mine = yaml.safe_load(text)
        theirs = mine if chance.random() < 0.5 else yaml.safe_load(chance.choice(worlds()).replace("&", "and"))
        places, parts = list(_places(mine)), [part for _, _, part in _places(theirs)]
        if places and parts:
            holder, key, _ = chance.choice(places)
            holder[key] = chance.choice(parts) if chance.random() < 0.8 else chance.choice(tokens())
            return yaml.safe_dump(mine, sort_keys=False, allow_unicode=True)[:LARGEST]
    return text


def _places(tree: Any, depth: int = 0) -> Any:  # noqa: ANN401 - any tree
    if depth > 12:
        return
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, part in list(pairs):
        yield tree, key, part
        yield from _places(part, depth + 1)


def _bytes(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 4)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


if __name__ == "__main__":
    sys.exit(main())
