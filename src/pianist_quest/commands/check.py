"""`pianist-quest check`: what is wrong with worlds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pianist_quest import __version__
from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.opening import colour, story_of, world_path

if TYPE_CHECKING:
    import argparse

_ABOUT = """\
A comment `# allow: CODE`, on a line or above what begins there, lets a warning or advice pass.
Exit code: 0 without errors (with --strict, without warnings too), 1 otherwise.
"""


def add(check: argparse.ArgumentParser) -> None:
    """Add what can be said about a check."""
    check.epilog = _ABOUT
    check.add_argument("worlds", nargs="+", metavar="WORLD", help="a name or a path")
    formats = ("text", "json", "sarif", "github")
    check.add_argument("--format", choices=formats, default="text", help="for people, programs, SARIF viewers, GitHub")
    check.add_argument("--strict", action="store_true", help="fail on warnings too")
    check.add_argument("--advice", action="store_true", help="advise on prose and on ways that lead one way only too")
    check.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check worlds."""
    problems = Problems(advised=options.advice)
    for path in [world_path(name) for name in options.worlds]:
        story_of(path, problems)
    print(_reported(problems, options.format))
    return 1 if problems.errors or (options.strict and problems.warnings) else 0


def _reported(problems: Problems, form: str) -> str:
    from pianist_quest.diagnostics import formats, report

    match form:
        case "json":
            return report.json_report(problems)
        case "sarif":
            return formats.sarif(problems, __version__)
        case "github":
            return formats.github(problems)
    return report.text_report(problems, colour=colour(sys.stdout.isatty())) or report.summary(problems)
