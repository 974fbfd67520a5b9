"""Load saved games into worlds that have changed since. Run by hand; a short version is a test.

    python tests/soak/changed_worlds.py --count 3000

A world that comes with the game (or the small one of the terminal's tests) is played by chance and saved; then
something in it is renamed, taken out, or made another type, and the game is loaded into what came of that, if it is a
world still. It must load; what is not as it was must be told; it must go on, and be saved and loaded again as it is.
Where not, that is an error; then the exit code is 1.
"""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from pianist_quest.engine import actions
from pianist_quest.saves.codec import decode, encode
from pianist_quest.saves.document import seal, unseal
from pianist_quest.saves.renaming import renamed
from pianist_quest.saves.replay import followed
from pianist_quest.terminal.render import page, surroundings
from pianist_quest.terminal.session import Session
from saves.changes import changed, files, put
from support import check
from terminal.house import WORLD as HOUSE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pianist_quest.saves.codec import Saved
    from pianist_quest.saves.document import Document
    from pianist_quest.story.story import Story
    from saves.changes import Files

WORLDS = Path(__file__).parents[2] / "worlds"
SMALL = ("house", "first_steps", "night_market", "tuners_den")
LONGEST = 60
"""How many lines are typed before saving, at most."""
TRIES = 20
"""How many changes are tried until one leaves a world."""
FOLLOWED = "The world has changed since this game was saved"
TOO_MANY = "more part"


@dataclass(slots=True)
class Found:
    """What came of it, by the kinds of changes and by what became of the games."""

    kinds: Counter[str] = field(default_factory=Counter)
    fates: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)


@cache
def base(name: str) -> Files:
    """Return the files of a world."""
    return {"world.yaml": HOUSE} if name == "house" else files(WORLDS / name)


def compiled(found: Files, name: str) -> Story | None:
    """Return the story of a world, None where it is none."""
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder) / name
        put(found, world)
        problems, story = check(world)
        return None if problems.errors else story


@cache
def before(name: str) -> Story:
    """Return the story of a world as it is."""
    story = compiled(base(name), name)
    assert story is not None
    return story


def later(name: str, chance: Random) -> tuple[str, Story] | None:
    """Return a world that was changed, and how."""
    for _ in range(TRIES):
        kind, found = changed(base(name), chance)
        story = compiled(found, name) if found != base(name) else None
        if story is not None:
            return kind, story
    return None


def game(story: Story, chance: Random) -> Document:
    """Return a game, played by chance and saved."""
    session = Session.new(story, chance.randrange(99))
    for _ in range(chance.randrange(1, LONGEST)):
        scene = session.now.scene
        if session.now.state.ending >= 0:
            session.type("undo")
            break
        numbers = range(1, len(scene.labels) + 1)
        lines = [*map(str, numbers), *map(str, numbers), *(scene.phrase(one) for one in scene.possible)]
        session.type(chance.choice(lines))
    return unseal(seal(encode(story, session.saved(), saved="", summary="")))


# What must hold


def problems(story: Story, document: Document, chance: Random) -> Iterator[str]:
    """Yield what is wrong with a saved game that was loaded into a changed world."""
    saved = decode(story, document)
    if _was_followed(saved):
        again = followed(story, saved.state.seed, saved.decisions or ())
        if (again.state, again.count) != (saved.state, len(saved.decisions or ())):
            yield "its decisions do not lead to where it is"
    else:
        yield from silent(story, renamed(document, story.renamed), saved)
    yield from stuck(story, saved, chance)


def _was_followed(saved: Saved) -> bool:
    return bool(saved.lost) and saved.lost[0].startswith(FOLLOWED)


def silent(story: Story, document: Document, saved: Saved) -> Iterator[str]:
    """Yield what a game has lost without a word."""
    now = encode(story, saved, saved="", summary="")
    told = " ".join(saved.lost).casefold()
    if TOO_MANY in told:
        return
    ran = now["shown"] != document["shown"]  # a script has gone on, or was begun again
    for name, value in document["values"].items():
        same = name in now["values"] and (now["values"][name] == value or ran)
        if not same and not any(word.casefold() in told for word in _words(story, name)):
            yield f"{name} was {value!r} and is {now['values'].get(name)!r}: not a word"
    gone = [key for key in document["visited"] if key not in now["visited"]]
    for key in gone:
        if key.replace("_", " ") not in told and key != document["place"]:
            yield f"{key} was visited: not a word"
    known = {name for slot in story.slots for name in (slot.name, slot.former)}
    if document["counts"].keys() - known and "of what you had seen" not in told:
        yield "counts are gone: not a word"
    for part in ("place", "ending", "at", "stack"):
        if now[part] != document[part] and not told and not ran:
            yield f"{part} was {document[part]!r} and is {now[part]!r}: not a word"


def _words(story: Story, name: str) -> tuple[str, ...]:
    """Return how a slot may be called where it is told."""
    key = name.partition(".")[0]
    called = story.things[story.by_key[key]].name if key in story.by_key else key
    return f'"{name}"', key.replace("_", " "), called


def stuck(story: Story, saved: Saved, chance: Random) -> Iterator[str]:
    """Yield why a game cannot go on."""
    session = Session.resumed(story, saved)
    state = session.now.state
    if session.now.shown and not (page(session.now.shown, 78) or surroundings(story, state, 78)):
        yield "there is nothing to see"
    if not (state.place or state.at >= 0 or state.ending >= 0):
        yield "the player is nowhere"
    if state.ending < 0 and not actions(story, state):
        yield "there is nothing to do"
    again = decode(story, unseal(seal(encode(story, session.saved(), saved="", summary=""))))
    if (again.state, again.lost) != (state, ()):
        yield f"saved again it is another game: {again.lost}"
    for _ in range(6):
        phrases = [session.now.scene.phrase(one) for one in session.now.scene.possible]
        session.type(chance.choice(["1", "2", "undo", "undo 99", *phrases]))


# The soak


def one(name: str, chance: Random, found: Found) -> None:
    """Play, save, change and load once."""
    what, document = "", {}
    try:
        document = game(before(name), chance)
        drawn = later(name, chance)
        if drawn is None:
            return
        what, story = drawn
        wrong = "; ".join(problems(story, document, chance))
        saved = decode(story, document)
        fate = "followed" if _was_followed(saved) else "kept, with a loss" if saved.lost else "kept whole"
        found.kinds[what] += 1
        found.fates[fate] += 1
    except Exception:  # noqa: BLE001 - that is what is looked for
        wrong = traceback.format_exc()
    if wrong:
        found.errors.append(f"{name}, {what}: {wrong}")


def run(count: int, seed: int, worlds: Sequence[str] = SMALL, seconds: float = 1e9) -> Found:
    """Load so many games."""
    found, number, began = Found(), 0, time.monotonic()
    while found.fates.total() < count and len(found.errors) < 10 and time.monotonic() - began < seconds:
        number += 1
        chance = Random(seed * 1_000_000 + number)  # noqa: S311 - nothing secret
        one(worlds[number % len(worlds)], chance, found)
    return found


def told(found: Found, seconds: float) -> str:
    """Return the figures."""
    fates = ", ".join(f"{fate} {count:,}" for fate, count in sorted(found.fates.items()))
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(found.kinds.items()))
    return f"{found.fates.total():,} games ({fates}; {kinds}); {len(found.errors)} errors; {seconds:.0f} s"


def main(arguments: Sequence[Any] | None = None) -> int:
    """Change and load."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worlds", nargs="+", default=list(SMALL))
    parser.add_argument("--seconds", type=float, default=1_800, help="when to stop at the latest")
    options = parser.parse_args(arguments)
    began = time.monotonic()
    found = run(options.count, options.seed, options.worlds, options.seconds)
    print(told(found, time.monotonic() - began))
    print("\n".join(found.errors))
    return 1 if found.errors else 0


if __name__ == "__main__":
    sys.exit(main())
