"""`pianist-quest new`: a world to begin with."""

from __future__ import annotations

import os
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from pianist_quest.diagnostics.source import one_line, printable
from pianist_quest.opening import UsageError

if TYPE_CHECKING:
    import argparse

TEMPLATES = ("choices", "parser", "storylets")


def add(new: argparse.ArgumentParser) -> None:
    """Add what can be said about a new world."""
    new.add_argument("folder", metavar="DIR", help="where to, a folder that is empty or not there yet")
    about = "what it is made of: numbered choices, rooms and typed commands, or scenes that come up by themselves"
    new.add_argument("--template", choices=TEMPLATES, default="choices", help=about)
    new.add_argument("--title", metavar="TEXT", help="what it is called; else after its folder")
    new.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write a new world."""
    from pianist_quest.authoring.scaffolding import write

    folder = Path(options.folder)
    title = one_line(options.title or folder.resolve().name.replace("_", " ").replace("-", " ").title()).strip()
    if not title:
        raise UsageError("a world needs a title: --title TEXT")
    try:
        written = write(folder, options.template, title)
    except FileExistsError:
        raise UsageError(f"{folder} is there already, and not an empty folder; choose another name") from None
    for path in written:
        print(printable(str(path)))
    print(printable(f"Play it: pianist-quest play {_typed(str(folder))}"))
    return 0


def _typed(path: str) -> str:
    """Return a path as it is typed to a shell."""
    if os.name == "nt":
        return f'"{path}"' if " " in path else path
    return quote(path)
