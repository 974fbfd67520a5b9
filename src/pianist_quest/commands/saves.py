"""`pianist-quest saves`: the saved games from outside the game."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Final

from pianist_quest.opening import DEFAULT_WORLD, complain, world_key

from .arguments import add_saves
from .moving import bring_in, delete, export
from .replaying import replay
from .saved import UNCHECKED, say, store_of, story_at_hand, version

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from pianist_quest.saves.checking import Verdict
    from pianist_quest.saves.document import Document
    from pianist_quest.saves.store import Slot, Store
    from pianist_quest.story.story import Story

_WIDE: Final = 10_000  # columns where no terminal is: a saved game is one line


def add(saves: argparse.ArgumentParser) -> None:
    """Add the commands about saved games."""
    actions = saves.add_subparsers(metavar="list|show|replay|export|import|verify|delete", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], about: str) -> argparse.ArgumentParser:
        one = actions.add_parser(name, help=about)
        add_saves(one)
        one.set_defaults(run=lambda options: _told(run, options))
        return one

    command("list", _list, "list saved games, the newest first").add_argument("world", nargs="?", metavar="WORLD")
    _add_slot(command("show", _show, "tell all about a saved game"))
    replays = command("replay", replay, "write a saved game down from its beginning")
    _add_slot(replays)
    replays.add_argument("file", nargs="?", metavar="FILE", help="where to (.md, .html or text); else it is printed")
    exports = command("export", export, "write a saved game to a file that people can read")
    _add_slot(exports)
    exports.add_argument("file", metavar="FILE", help="where to; - is standard output")
    imports = command("import", bring_in, "take in a saved game from a file")
    imports.add_argument("file", metavar="FILE", help="what export wrote; - is standard input")
    imports.add_argument("world", nargs="?", metavar="WORLD", help="the world to fit it to, where it is not bundled")
    imports.add_argument("--as", dest="name", metavar="NAME", help="the slot; else it is called as the file is")
    for one in (exports, imports):
        one.add_argument("--force", action="store_true", help="overwrite what is there")
    command("verify", _verify, "read all saved games wholly").add_argument("world", nargs="?", metavar="WORLD")
    _add_slot(command("delete", delete, "delete a saved game"))


def _add_slot(command: argparse.ArgumentParser) -> None:
    command.add_argument("slot", metavar="SLOT")
    command.add_argument("world", nargs="?", default=DEFAULT_WORLD, metavar="WORLD", help=f"({DEFAULT_WORLD})")


def _told(run: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    """Run a command; say what is wrong with a saved game."""
    from pianist_quest.saves.document import SaveError

    try:
        return run(options)
    except SaveError as error:
        return complain(str(error), 1)


def _grouped(slots: tuple[Slot, ...]) -> Iterator[tuple[str, list[Slot]]]:
    """Yield the heading of each world, and its saved games."""
    for world in dict.fromkeys(slot.world for slot in slots):
        own = [slot for slot in slots if slot.world == world]
        yield _heading(world, own), own


def _heading(world: str, slots: list[Slot]) -> str:
    title = next((slot.title for slot in slots if slot.title), "")
    return f"{world} ({title}):" if title else f"{world}:"


def _none(store: Store, world: str | None) -> str:
    return f"There are no saved games{f' of {world}' if world else ''} in {store.folder}."


# Looking


def _list(options: argparse.Namespace) -> int:
    from pianist_quest.terminal.slots import slot_line
    from pianist_quest.terminal.wrap import Piece, plain_text, wrap

    store = store_of(options)
    slots = store.slots(world_key(options.world) if options.world else None)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDE
    for heading, own in _grouped(slots):
        say(heading)
        for slot in own:
            say(*map(plain_text, wrap((Piece(slot_line(slot)),), width, "  ", "      ")))
    if not slots:
        say(_none(store, options.world))
    return 0


def _show(options: argparse.Namespace) -> int:
    from pianist_quest.saves.checking import check
    from pianist_quest.terminal.slots import duration, local

    store, world = store_of(options), world_key(options.world)
    document = store.load(world, options.slot)
    check(document)
    decisions, played = document.get("decisions"), document.get("played")
    parts = {
        "where": document["summary"],
        "world": f"{document['title']} ({document['world']})",
        "turn": str(document["turn"]),
        "decisions": "not known" if decisions is None else str(len(decisions)),
        "played": duration(played) if played else "not known",
        "saved": local(document["saved"]),
        "ending": document["ending"] or "none yet",
        **_fitted(store, document, story_at_hand(document["world"], options.world)),
        "format": str(document["format"]),
        "file": str(store.path(world, options.slot)),
        "before it": _before(store, world, options.slot),
    }
    say(f"{options.slot}", *(f"  {name}: {part}" for name, part in parts.items()))
    return 0


def _fitted(store: Store, document: Document, story: Story | None) -> dict[str, str]:
    """Return what only the story tells of a saved game: the marks of it and of all games, and what it loses."""
    from pianist_quest.saves.checking import fitted
    from pianist_quest.saves.codec import decode

    earned = store.marks(document["world"])
    if story is None:
        return {"marks in all games": ", ".join(sorted(earned)) or "none", "version": UNCHECKED}
    values = decode(story, document).state.values
    own = [award.name for award in story.awards if values[award.slot]]
    every = [award.name for award in story.awards if award.key in earned]
    changed, lost = fitted(story, document)
    return {
        "marks": ", ".join(own) or "none",
        "marks in all games": f"{', '.join(every) or 'none'} ({len(every)} of {len(story.awards)})",
        "version": version(changed, lost),
    }


def _before(store: Store, world: str, name: str) -> str:
    """Return what the generation before is."""
    from pianist_quest.saves.document import SaveError
    from pianist_quest.saves.files import backup
    from pianist_quest.terminal.slots import local

    if not backup(store.path(world, name)).exists():
        return "none"
    try:
        document = store.load_previous(world, name)
        return f"{document['summary']}; turn {document['turn']}, saved {local(document['saved'])}"
    except (SaveError, KeyError, TypeError):
        return "none that can be read"


def _verify(options: argparse.Namespace) -> int:
    from pianist_quest.saves.checking import verified, verified_earnings

    store, key = store_of(options), world_key(options.world) if options.world else None
    slots = store.slots(key)
    bad = many = 0
    for world in dict.fromkeys([*(slot.world for slot in slots), *store.earners(key)]):
        own = [slot for slot in slots if slot.world == world]
        story = story_at_hand(world, options.world)
        say(_heading(world, own))
        found = [one for slot in own for one in verified(store, slot, story)]
        for verdict in (*found, *verified_earnings(store, world, story)):
            many, bad = many + 1, bad + bool(verdict.problem)
            say(f"  {_verdict(verdict)}")
    files = "1 file" if many == 1 else f"{many} files"
    good = f"{bad} cannot be loaded" if bad else "all can be loaded"
    say(f"{files} read, {good}" if many else _none(store, options.world))
    return 1 if bad else 0


def _verdict(verdict: Verdict) -> str:
    name = f"{verdict.slot.name}{', the one before' if verdict.before else ''}"
    if verdict.problem:
        return f"{name}: {verdict.problem}"
    if not verdict.checked:
        return f"{name}: ok ({UNCHECKED})"
    return f"{name}: ok{f', {version(verdict.changed, verdict.lost)}' if verdict.changed or verdict.lost else ''}"
