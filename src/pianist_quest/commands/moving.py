"""Saved games that are taken out, brought in or thrown away: `pianist-quest saves export|import|delete`."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pianist_quest.opening import UsageError, complain, playable, world_key, world_path

from .saved import UNCHECKED, say, store_of, story_at_hand, version

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from pianist_quest.saves.document import Document
    from pianist_quest.saves.store import Store
    from pianist_quest.story.story import Story


def export(options: argparse.Namespace) -> int:
    """Write a saved game to a file."""
    from pianist_quest.diagnostics.source import printable_json
    from pianist_quest.saves.checking import check
    from pianist_quest.saves.document import LISTED, exported

    document = store_of(options).load(world_key(options.world), options.slot)
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
    say(f'Exported "{options.slot}" to {options.file}.')
    return 0


def bring_in(options: argparse.Namespace) -> int:
    """Take in a saved game from a file."""
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
    story, store = _story(document, options.world), store_of(options)
    what = f"It is {version(*fitted(story, document))}." if story else f"Not all is known: {UNCHECKED}."
    if store.has(world, name) and not options.force:
        there = store.slot(world, name)
        already = f'There is a saved game "{name}" of {world} already ({there.problem or about(there)})'
        raise SaveError(already, todo="--as NAME gives this one another name, --force overwrites that one.")
    with _free(store, world, name):
        store.save(world, name, document)
    say(f'Imported "{name}" of {document["title"]} ({world}): {about(store.slot(world, name))}.', what)
    return 0


def _story(document: Document, named: str | None) -> Story | None:
    """Return the story of a saved game: of the world that was named, or else of one that comes with the program."""
    from pianist_quest.saves.document import SaveError

    if named is None:
        return story_at_hand(document["world"])
    story = playable(world_path(named))
    if isinstance(story, str):
        print(story, file=sys.stderr)
        raise SaveError(f"The saved game cannot be fitted to {named}", todo="It was not imported.")
    return story


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


def delete(options: argparse.Namespace) -> int:
    """Delete a saved game."""
    store, world = store_of(options), world_key(options.world)
    if not store.has(world, options.slot):
        store.delete(world, options.slot)  # which says what there is instead
    with _free(store, world, options.slot):
        store.delete(world, options.slot)
    say(f"Deleted {options.slot}.")
    return 0
