"""`pianist-quest export`: a world's text as a page for proof-reading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pianist_quest.opening import needed, right_world, world_path

if TYPE_CHECKING:
    import argparse


def add(export: argparse.ArgumentParser) -> None:
    """Add what can be said about an export."""
    export.add_argument("world", metavar="WORLD", help="a name or a path")
    export.add_argument("file", nargs="?", metavar="FILE", help="where to write it; else it is printed")
    export.add_argument("--format", choices=("html",), default="html", help="as a page for browsers (html)")
    export.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print or write the page."""
    from pianist_quest.authoring.readable import as_html

    world = needed(right_world(world_path(options.world)))
    page = as_html(world)
    if options.file is None:
        print(page)
    else:
        Path(options.file).write_text(f"{page}\n", encoding="utf-8")
    return 0
