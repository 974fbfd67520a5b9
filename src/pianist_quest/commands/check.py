"""`pianist-quest check`: what is wrong with worlds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.opening import colour, story_of, world_path

if TYPE_CHECKING:
    import argparse


def add(check: argparse.ArgumentParser) -> None:
    """Add what can be said about a check."""
    check.add_argument("worlds", nargs="+", metavar="WORLD")
    check.add_argument("--format", choices=("text", "json"), default="text")
    check.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check worlds."""
    from pianist_quest.diagnostics.report import json_report, summary, text_report

    problems = Problems()
    for path in [world_path(name) for name in options.worlds]:
        story_of(path, problems)
    if options.format == "json":
        print(json_report(problems))
    else:
        print(text_report(problems, colour=colour(sys.stdout.isatty())) or summary(problems))
    return 1 if problems.errors else 0
