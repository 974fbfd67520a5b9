"""`pianist-quest stats`: how large a world is, how long it plays, how much of it one play shows."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from pianist_quest.diagnostics.source import printable, printable_json
from pianist_quest.opening import world_path, written_world

from .arguments import whole

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import TextIO


def add(stats: argparse.ArgumentParser) -> None:
    """Add what can be said about statistics."""
    stats.epilog = "Plays are by chance, and the same each time; a player with a mind reads less of the same twice."
    stats.add_argument("world", metavar="WORLD", help="a name or a path")
    stats.add_argument("--plays", type=whole, default=20, metavar="N", help="how many plays by chance (20)")
    stats.add_argument("--json", action="store_true", help="as JSON, each play by itself")
    stats.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the statistics of a world."""
    from pianist_quest.authoring.measures import as_json, as_table, measured

    written = written_world(world_path(options.world))
    if isinstance(written, str):
        print(written, file=sys.stderr)
        return 1
    found = measured(written.world, written.story, options.plays, _progress(sys.stderr, options.plays))
    if options.json:
        print(printable_json(json.dumps(as_json(found), indent=2)))
    else:
        for line in as_table(found):
            print(printable(line))
    return 0


def _progress(stream: TextIO, plays: int) -> Callable[[int], None] | None:
    """Return what shows how many plays there were, on a terminal only."""
    if not stream.isatty():
        return None

    def show(play: int) -> None:
        stream.write(f"\r{play} of {plays} plays" if play < plays else "\r\x1b[K")
        stream.flush()

    return show
