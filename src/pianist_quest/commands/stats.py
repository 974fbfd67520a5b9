"""`pianist-quest stats`: how large a world is, how long it plays, how much of it one play shows."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from pianist_quest.diagnostics.diagnostic import did_you_mean
from pianist_quest.diagnostics.source import printable, printable_json
from pianist_quest.opening import UsageError, needed, world_path, written_world

from .arguments import whole

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from pathlib import Path
    from typing import TextIO

    from pianist_quest.story.story import Story


def add(stats: argparse.ArgumentParser) -> None:
    """Add what can be said about statistics."""
    stats.epilog = "Plays are by chance, and the same each time; a player with a mind reads less of the same twice."
    stats.add_argument("world", metavar="WORLD", help="a name or a path")
    stats.add_argument("--plays", type=whole, default=20, metavar="N", help="how many plays by chance (20)")
    about = "instead, how much of each walkthrough (all, or these) another had told before"
    stats.add_argument("--walkthroughs", nargs="*", metavar="NAME", help=about)
    stats.add_argument("--json", action="store_true", help="as JSON, each play by itself")
    stats.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the statistics of a world."""
    from pianist_quest.authoring.measures import as_json, as_table, measured

    path = world_path(options.world)
    written = needed(written_world(path))
    if options.walkthroughs is not None:
        return _shared(path, written.story, options)
    found = measured(written.world, written.story, options.plays, _progress(sys.stderr, options.plays))
    if options.json:
        print(printable_json(json.dumps(as_json(found), indent=2)))
    else:
        for line in as_table(found):
            print(printable(line))
    return 0


def _shared(path: Path, story: Story, options: argparse.Namespace) -> int:
    """Print how much of a world's walkthroughs others of them tell."""
    from dataclasses import asdict

    from pianist_quest.authoring.sharing import as_lines, pairs
    from pianist_quest.authoring.testing import walkthrough_files

    texts = {file.stem: file.read_text(encoding="utf-8") for file in walkthrough_files(path)}
    names = options.walkthroughs or list(texts)
    for name in names:
        if name not in texts:
            known = did_you_mean(name, texts) or f"walkthroughs: {', '.join(texts) or 'none'}"
            raise UsageError(f"there is no walkthrough `{name}`; {known}")
    if len(set(names)) < 2:
        raise UsageError("it takes two walkthroughs to share something")
    found = pairs(story, {name: texts[name] for name in names})
    lines = [json.dumps([asdict(one) for one in found], indent=2)] if options.json else as_lines(found)
    for line in lines:
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
