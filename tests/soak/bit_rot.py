"""Damage saved games, and edit them as a stranger would. Run by hand; a short version is a test.

    python tests/soak/bit_rot.py --count 20000

Each damage (bits, bytes, blocks, lost ends, parts put elsewhere or in from another save, once or several times) must
be refused with a message of one harmless line, or load as the game that was saved. Each edit (a part of the document
changed, and a checksum that fits) must be refused or be a game that can be shown and played. A traceback, a message
that steers a terminal, and a game other than the one saved are errors; then the exit code is 1.
"""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from pianist_quest.diagnostics.source import one_line
from pianist_quest.saves.codec import Saved, decode, encode
from pianist_quest.saves.decisions import written
from pianist_quest.saves.document import SaveError, exported, seal, unseal
from pianist_quest.saves.store import Store
from pianist_quest.terminal.render import page, status_line, surroundings
from pianist_quest.terminal.session import Session
from soak.plays import play, story_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pianist_quest.engine.turn import Action
    from pianist_quest.saves.document import Document
    from pianist_quest.story.story import Story

WORLDS = Path(__file__).parents[2] / "worlds"
NAMES = ("first_steps", "tuners_den", "pianist_quest")
TURNS = 40
ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**63 - 1, 2**63, 2**70, -(2**70), 0.5, 1e308, "", "x", "player", "\u202e", "\x1b[2J",
    "a" * 3000, [], {}, [[]], [{}], {"told": []}, {"told": [["x", "strong"]]}, ["choose 1"], "room hall/text",
)  # fmt: skip
LINES = ("look", "1", "undo", "n", "i", "status", "z", "2", "undo 99", "restart")

story = cache(story_of)


@dataclass(slots=True)
class Found:
    """What came of it."""

    damages: int = 0
    edits: int = 0
    refused: int = 0
    same: int = 0
    played: int = 0
    errors: list[str] = field(default_factory=list)


@cache
def games(name: str) -> tuple[Saved, ...]:
    """Return the turns of a play of a world."""
    return tuple(_games(story(WORLDS / name)))


def _games(here: Story) -> Iterator[Saved]:
    done: list[Action] = []
    for number, move in enumerate(play(here, 5, TURNS)):
        done += [move.action] if move.action else []
        lines = tuple(written((action,)) for action in done)
        yield Saved(move.turn.state, number, move.turn.events, decisions=lines, played=number)


def document(here: Story, saved: Saved) -> Document:
    """Return a game as it is saved."""
    return encode(here, saved, saved="2026-01-02T03:04:05+00:00", summary="Somewhere, Week 1")


# Damage


def _bit(data: bytearray, chance: Random, _: bytes) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _byte(data: bytearray, chance: Random, _: bytes) -> None:
    data[chance.randrange(len(data))] = chance.randrange(256)


def _cut(data: bytearray, chance: Random, _: bytes) -> None:
    del data[chance.randrange(len(data)) :]


def _hole(data: bytearray, chance: Random, _: bytes) -> None:
    at = chance.randrange(len(data))
    del data[at : at + chance.randrange(1, 100)]


def _block(data: bytearray, chance: Random, _: bytes) -> None:
    at, size = chance.randrange(len(data)), chance.choice((1, 16, 512, 4096))
    size = min(size, len(data) - at)
    data[at : at + size] = chance.choice((bytes(size), b"\xff" * size, chance.randbytes(size)))


def _again(data: bytearray, chance: Random, _: bytes) -> None:
    at = chance.randrange(len(data))
    data[at:at] = data[chance.randrange(len(data)) :][: chance.randrange(1, 600)]


def _other(data: bytearray, chance: Random, other: bytes) -> None:
    at = chance.randrange(min(len(data), len(other)))
    data[at:] = other[at:]


def _mixed(data: bytearray, chance: Random, other: bytes) -> None:
    lines, others = bytes(data).split(b"\n"), other.split(b"\n")
    lines[chance.randrange(len(lines))] = chance.choice(others)
    data[:] = b"\n".join(lines)


WAYS: tuple[Callable[[bytearray, Random, bytes], None], ...] = (
    _bit, _bit, _byte, _cut, _hole, _block, _again, _other, _mixed,
)  # fmt: skip


def damage(chance: Random, place: Path, found: Found) -> None:
    """Damage one saved game, and load it."""
    name = chance.choice(NAMES)
    here = story(WORLDS / name)
    saved, other = chance.sample(games(name), 2)
    data = bytearray(seal(document(here, saved)))
    times = chance.choice((1, 1, 1, 2, 5, 20))
    for _ in range(times):
        if data:
            chance.choice(WAYS)(data, chance, seal(document(here, other)))
    file = place / here.key / "one.json"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data)
    found.damages += 1
    try:
        slot = Store(place).slot(here.key, "one")
        now = decode(here, Store(place).load(here.key, "one"))
    except SaveError as error:
        found.refused += 1
        _is_harmless(str(error), found)
        return
    found.same += 1
    if now not in (saved, other) or slot.turn != now.turn:
        found.errors.append(f"{name}: turn {saved.turn}, damaged {times} times, loads as {now.turn}")


# Edits


def edit(chance: Random, found: Found) -> None:
    """Change parts of one saved game, and play on with it."""
    name = chance.choice(NAMES)
    here = story(WORLDS / name)
    changed = deepcopy(document(here, chance.choice(games(name))))
    for _ in range(chance.choice((1, 1, 2, 5))):
        _change(changed, chance)
    found.edits += 1
    try:
        loaded = decode(here, unseal(chance.choice((seal, exported))(changed)))
    except SaveError as error:
        found.refused += 1
        _is_harmless(str(error), found)
        return
    except UnicodeEncodeError:
        return
    found.played += 1
    if decode(here, unseal(seal(document(here, loaded)))).state != loaded.state:
        found.errors.append(f"{name}: what was edited is not saved as it was loaded: {str(loaded)[:500]}")
    session = Session.resumed(here, loaded)
    for line in ("look", *chance.sample(LINES, 3)):
        answer = session.type(line)
        page((*answer.events, *session.now.shown), 60)
        surroundings(here, session.now.state, 60)
        status_line(here, session.now.state, bars=True)
    decode(here, unseal(seal(document(here, session.saved()))))


def _change(part: Any, chance: Random) -> None:  # noqa: ANN401 - any JSON
    """Change something in a document: a value, a key, or something deeper."""
    while True:
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        if not keys:
            return
        key = chance.choice(keys)
        inner = part[key]
        if isinstance(inner, dict | list) and inner and chance.random() < 0.8:
            part = inner
            continue
        break
    what = chance.randrange(4)
    if what == 0:
        del part[key]
    elif what == 1 and isinstance(inner, str):
        at = chance.randrange(len(inner) + 1)
        part[key] = inner[:at] + chance.choice(("x", "; ", "/", ".2", "", " ")) + inner[at + 1 :]
    elif what == 2 and isinstance(part, dict):
        part[chance.choice(list(part))] = inner
    else:
        part[key] = deepcopy(chance.choice(ODD))


def _is_harmless(message: str, found: Found) -> None:
    if not message or len(message) > 4000:
        found.errors.append(f"a message of {len(message)} characters")
    if one_line(one_line(message)) != one_line(message):
        found.errors.append(f"a message that steers: {message!r}")


def run(count: int, seed: int) -> Found:
    """Damage and edit so many saved games each; return what came of it."""
    found = Found()
    with tempfile.TemporaryDirectory() as place:
        for number in range(count):
            chance = Random(seed * 10_000_000 + number)  # noqa: S311 - nothing secret
            try:
                damage(chance, Path(place), found)
                edit(chance, found)
            except Exception:  # noqa: BLE001 - that is what is looked for
                found.errors.append(f"number {number}: {traceback.format_exc()}")
    return found


def told(found: Found, seconds: float) -> str:
    """Return the figures."""
    return (
        f"{found.damages:,} damages and {found.edits:,} edits: {found.refused:,} refused, {found.same:,} damages that "
        f"left a game as it was, {found.played:,} edits that were played; {len(found.errors)} errors; {seconds:.0f} s"
    )


def main(arguments: Sequence[Any] | None = None) -> int:
    """Damage and edit."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=20_000, help="how many damages, and how many edits")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    began = time.monotonic()
    found = run(options.count, options.seed)
    print(told(found, time.monotonic() - began))
    print("\n".join(found.errors[:20]))
    return 1 if found.errors else 0


if __name__ == "__main__":
    sys.exit(main())
