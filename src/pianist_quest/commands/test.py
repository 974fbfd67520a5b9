"""`pianist-quest test`: whether worlds still play as their walkthroughs say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pianist_quest.opening import playable, world_path

if TYPE_CHECKING:
    import argparse


def add(test: argparse.ArgumentParser) -> None:
    """Add what can be said about walkthroughs."""
    test.add_argument("worlds", nargs="+", metavar="WORLD", help="a name or a path")
    test.add_argument("--update", action="store_true", help="show and write what is said now")
    test.add_argument("--junit", metavar="FILE", help="write the results as JUnit XML")
    test.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Play walkthroughs."""
    from pianist_quest.authoring.testing import junit, results
    from pianist_quest.diagnostics.source import printable

    played = []
    for name in options.worlds:
        path = world_path(name)
        for one in results(name, path, playable(path), update=options.update):
            print(printable("\n".join((*one.changes, one.said))))
            played.append(one)
    plays = [one for one in played if one.file not in options.worlds]  # the others are worlds without any
    bad = sum(not one.fits for one in plays)
    many = "1 walkthrough" if len(plays) == 1 else f"{len(plays)} walkthroughs"
    if plays:
        print(f"{many}, {'all fit' if not bad else f'{bad} did not fit'}")
    if options.junit:
        Path(options.junit).write_text(junit(played), encoding="utf-8")
    return 0 if all(one.fits for one in played) else 1
