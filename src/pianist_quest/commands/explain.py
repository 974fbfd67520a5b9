"""`pianist-quest explain`: more about a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest import bundled
from pianist_quest.diagnostics.diagnostic import did_you_mean
from pianist_quest.opening import UsageError

if TYPE_CHECKING:
    import argparse


def add(explain: argparse.ArgumentParser) -> None:
    """Add what can be said about an explanation."""
    explain.add_argument("code", metavar="CODE", help="what stands in brackets in a message of check")
    explain.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Explain a code."""
    from pianist_quest.diagnostics.codes import Code

    known = [code.value for code in Code]
    if options.code not in known:
        hint = did_you_mean(options.code, known) or "`pianist-quest check` shows the codes in brackets"
        raise UsageError(f"there is no code `{options.code}`; {hint}")
    page = bundled.page(options.code)
    print(page.rstrip("\n") if page else f"There is no page about {options.code} yet.")
    return 0 if page else 1
