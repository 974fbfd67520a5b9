"""`pianist-quest saves`: the saved games from outside the game."""

from __future__ import annotations

import contextlib
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pianist_quest import bundled
from pianist_quest.opening import DEFAULT_WORLD, UsageError, complain, playable, world_key

from .arguments import add_saves

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from pianist_quest.saves.checking import Verdict
    from pianist_quest.saves.document import Document
    from pianist_quest.saves.store import Slot, Store
    from pianist_quest.story.story import Story

_WIDE: Final = 10_000  # columns where no terminal is: a saved game is one line
_UNCHECKED: Final = "its world is not at hand, so only the file was checked"


def add(saves: argparse.ArgumentParser) -> None:
    """Add the commands about saved games."""
    actions = saves.add_subparsers(metavar="list|show|export|import|verify|delete", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], about: str) -> argparse.ArgumentParser:
        one = actions.add_parser(name, help=about)
        add_saves(one)
        one.set_defaults(run=lambda options: _told(run, options))
        return one

    command("list", _list, "list saved games, the newest first").add_argument("world", nargs="?", metavar="WORLD")
    _add_slot(command("show", _show, "tell all about a saved game"))
    export = command("export", _export, "write a saved game to a file that people can read")
    _add_slot(export)
    export.add_argument("file", metavar="FILE", help="where to; - is standard output")
    imports = command("import", _import, "take in a saved game from a file")
    imports.add_argument("file", metavar="FILE", help="what export wrote; - is standard input")
    imports.add_argument("--as", dest="name", metavar="NAME", help="the slot; else it is called as the file is")
    for one in (export, imports):
        one.add_argument("--force", action="store_true", help="overwrite what is there")
    command("verify", _verify, "read all saved games wholly").add_argument("world", nargs="?", metavar="WORLD")
    _add_slot(command("delete", _delete, "delete a saved game"))


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


def _print(*lines: str) -> None:
    from pianist_quest.diagnostics.source import one_line

    for line in lines:
        print(one_line(line))


def _store(options: argparse.Namespace) -> Store:
    from pianist_quest.saves.store import Store

    return Store(bundled.saves_folder(options.saves))


def _story(world: str, name: str | None = None) -> Story | None:
    """Return the story of a world that comes with the program or that was named, where it can be played."""
    path = Path(name) if name and Path(name).exists() else bundled.worlds().get(world)
    found = playable(path) if path else None
    return found if found and not isinstance(found, str) and found.key == world else None


def _grouped(slots: tuple[Slot, ...]) -> Iterator[tuple[str, list[Slot]]]:
    """Yield the heading of each world, and its saved games."""
    for world in dict.fromkeys(slot.world for slot in slots):
        own = [slot for slot in slots if slot.world == world]
        title = next((slot.title for slot in own if slot.title), "")
        yield f"{world} ({title}):" if title else f"{world}:", own


def _none(store: Store, world: str | None) -> str:
    return f"There are no saved games{f' of {world}' if world else ''} in {store.folder}."


# Looking


def _list(options: argparse.Namespace) -> int:
    from pianist_quest.terminal.slots import slot_line
    from pianist_quest.terminal.wrap import Piece, plain_text, wrap

    store = _store(options)
    slots = store.slots(world_key(options.world) if options.world else None)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDE
    for heading, own in _grouped(slots):
        _print(heading)
        for slot in own:
            _print(*map(plain_text, wrap((Piece(slot_line(slot)),), width, "  ", "      ")))
    if not slots:
        _print(_none(store, options.world))
    return 0


def _show(options: argparse.Namespace) -> int:
    from pianist_quest.saves.checking import check
    from pianist_quest.terminal.slots import duration, local

    store, world = _store(options), world_key(options.world)
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
        **_fitted(store, document, _story(document["world"], options.world)),
        "format": str(document["format"]),
        "file": str(store.path(world, options.slot)),
        "before it": _before(store, world, options.slot),
    }
    _print(f"{options.slot}", *(f"  {name}: {part}" for name, part in parts.items()))
    return 0


def _fitted(store: Store, document: Document, story: Story | None) -> dict[str, str]:
    """Return what only the story tells of a saved game: the marks of it and of all games, and what it loses."""
    from pianist_quest.saves.checking import fitted
    from pianist_quest.saves.codec import decode

    earned = store.marks(document["world"])
    if story is None:
        return {"marks in all games": ", ".join(sorted(earned)) or "none", "version": _UNCHECKED}
    values = decode(story, document).state.values
    own = [award.name for award in story.awards if values[award.slot]]
    every = [award.name for award in story.awards if award.key in earned]
    changed, lost = fitted(story, document)
    return {
        "marks": ", ".join(own) or "none",
        "marks in all games": f"{', '.join(every) or 'none'} ({len(every)} of {len(story.awards)})",
        "version": _version(changed, lost),
    }


def _version(changed: bool, lost: tuple[str, ...]) -> str:  # noqa: FBT001 - as they were found
    if lost:
        return f"of another version of the world; loading it loses something: {' '.join(lost)}"
    return "of another version of the world; loading it loses nothing" if changed else "of this version of the world"


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
    from pianist_quest.saves.checking import verified

    store = _store(options)
    slots = store.slots(world_key(options.world) if options.world else None)
    bad = many = 0
    for heading, own in _grouped(slots):
        story = _story(own[0].world, options.world)
        _print(heading)
        for verdict in (one for slot in own for one in verified(store, slot, story)):
            many, bad = many + 1, bad + bool(verdict.problem)
            _print(f"  {_verdict(verdict)}")
    files = "1 file" if many == 1 else f"{many} files"
    _print(
        f"{files} read, {f'{bad} cannot be loaded' if bad else 'all can be loaded'}"
        if slots
        else _none(store, options.world)
    )
    return 1 if bad else 0


def _verdict(verdict: Verdict) -> str:
    name = f"{verdict.slot.name}{', the one before' if verdict.before else ''}"
    if verdict.problem:
        return f"{name}: {verdict.problem}"
    if not verdict.checked:
        return f"{name}: ok ({_UNCHECKED})"
    return f"{name}: ok{f', {_version(verdict.changed, verdict.lost)}' if verdict.changed or verdict.lost else ''}"


# Moving


def _export(options: argparse.Namespace) -> int:
    from pianist_quest.diagnostics.source import printable_json
    from pianist_quest.saves.checking import check
    from pianist_quest.saves.document import LISTED, exported

    document = _store(options).load(world_key(options.world), options.slot)
    check(document)
    ordered = {key: document[key] for key in LISTED if key in document} | document
    # JSON can write any character as an escape: so nothing in it steers a terminal, and all of it stays.
    text = printable_json(exported(ordered).decode())
    if options.file == "-":
        sys.stdout.buffer.write(text.encode())
        return 0
    try:
        with Path(options.file).open("w" if options.force else "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        return complain(f"{options.file} is there already. --force overwrites it.", 1)
    _print(f'Exported "{options.slot}" to {options.file}.')
    return 0


def _import(options: argparse.Namespace) -> int:
    from pianist_quest.saves.checking import check, fitted
    from pianist_quest.saves.document import SaveError, unseal
    from pianist_quest.saves.names import tidy
    from pianist_quest.terminal.slots import about

    if options.file == "-" and not options.name:
        raise UsageError("what is imported from standard input needs a name: --as NAME")
    try:
        document = unseal(_bytes(options.file))
        check(document)
    except SaveError as error:
        raise SaveError(error.what, where=options.file, todo="It was not imported.") from None
    world, name = document["world"], tidy(options.name or Path(options.file).stem)
    story, store = _story(world), _store(options)
    version = f"It is {_version(*fitted(story, document))}." if story else f"Not all is known: {_UNCHECKED}."
    if store.has(world, name) and not options.force:
        there = store.slot(world, name)
        what = f'There is a saved game "{name}" of {world} already ({there.problem or about(there)})'
        raise SaveError(what, todo="--as NAME gives this one another name, --force overwrites that one.")
    with _free(store, world, name):
        store.save(world, name, document)
    _print(f'Imported "{name}" of {document["title"]} ({world}): {about(store.slot(world, name))}.', version)
    return 0


def _bytes(name: str) -> bytes:
    from pianist_quest.saves.document import LIMIT
    from pianist_quest.saves.files import read_bytes

    return sys.stdin.buffer.read(LIMIT + 1) if name == "-" else read_bytes(Path(name))


@contextlib.contextmanager
def _free(store: Store, world: str, name: str) -> Iterator[None]:
    """See to it that no program plays with an autosave while it is replaced or deleted."""
    from pianist_quest.saves.names import is_autosave

    holding = store.hold(world, name) if is_autosave(name) else None
    try:
        yield
    finally:
        if holding:
            holding.release()


def _delete(options: argparse.Namespace) -> int:
    store, world = _store(options), world_key(options.world)
    if not store.has(world, options.slot):
        store.delete(world, options.slot)  # which says what there is instead
    with _free(store, world, options.slot):
        store.delete(world, options.slot)
    _print(f"Deleted {options.slot}.")
    return 0
