"""`pianist-quest settings`: how games are shown, kept from game to game."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.diagnostics.source import printable
from pianist_quest.opening import UsageError, complain
from pianist_quest.settings_file import change, settings, settings_path
from pianist_quest.terminal.settings import DEFAULTS, KINDS, problem

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from pianist_quest.terminal.settings import Settings

_ABOUT = """\
Without a name, lists what there is to set. The file is TOML and may be edited as well; its keys are

  [keys]
  f2 = "map"        # a key, as f2, c-t (with ctrl) or "escape m" (with alt), and the command that it types
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Add what can be said about settings."""
    from argparse import RawDescriptionHelpFormatter

    parser.epilog, parser.formatter_class = _ABOUT, RawDescriptionHelpFormatter
    parser.add_argument("name", nargs="?", metavar="NAME", help="show one, or set it")
    parser.add_argument("value", nargs="?", metavar="VALUE", help="to this")
    parser.add_argument("--reset", action="store_true", help="set NAME back to what it was at first")
    parser.add_argument("--path", action="store_true", help="where the settings lie")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List settings, or set one."""
    if options.reset and (options.value is not None or options.name is None):
        raise UsageError("--reset needs the name of a setting, and no value")
    if options.name is not None and options.name not in KINDS:
        raise UsageError(problem(options.name, ""))
    if options.path:
        print(printable(str(settings_path())))
        return 0
    if options.value is not None or options.reset:
        change(options.name, options.value)
    found, problems = settings()
    for line in _listed(found, options.name):
        print(printable(line))
    for one in problems:
        complain(one, 1)
    return 1 if problems else 0


def _listed(found: Settings, name: str | None) -> Iterator[str]:
    for one, kind in KINDS.items():
        if name in (None, one):
            value = getattr(found, one)
            note = "" if value == DEFAULTS[one] else f"    (else {_said(DEFAULTS[one])})"
            yield f"{one} = {_said(value)}{note}"
            yield f"    {kind.about}: {kind.said}"
    if name is None:
        for key, command in found.keys.items():
            yield f"key {key} = {command}"
        yield f"They lie in {settings_path()}"


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
