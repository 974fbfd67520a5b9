"""The command line: arguments, exit codes, printing.

Exit codes: 0 fine, 1 findings (or a game that cannot be played or saved), 2 wrong usage.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NoReturn

from . import __version__, bundled
from .commands import play
from .opening import UsageError, WrongWorldError, complain
from .signals import stop_in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS: Final = {
    "play": "play a world",
    "check": "say what is wrong with worlds",
    "test": "play the walkthroughs of worlds",
    "explore": "prove what can happen in a world",
    "explain": "say more about a message",
    "new": "a world to begin with",
    "stats": "how large a world is, how long it plays, how much of it a play shows",
    "music": "the tunes of a world, as notes, words and sound",
    "export": "the text of a world as a page for proof-reading",
    "diff": "two versions of a world, and which saved games still go on",
    "lsp": "the language server, which editors start",
    "graph": "what leads to what in a world, as text or a picture",
    "schema": "the JSON Schema of world files, for editors",
    "settings": "show and change how games are shown",
    "completion": "completion of commands, worlds and saved games for your shell",
    "doctor": "what a bug report should tell, and what will not work",
    "saves": "list, show, replay, export, import, verify, delete saved games",
}
"""The commands, each a module of that name, and what they are for."""

_EXAMPLES: Final = """\
examples:
  pianist-quest                                 the title page
  pianist-quest play first_steps                a world that comes with the program
  pianist-quest play my_world --seed 1          a world of your own, with chance repeatable
  pianist-quest play --plain < commands.txt     play from a file, as plain text
  pianist-quest check my_world                  what is wrong with a world
  pianist-quest test my_world                   whether a world still plays as its walkthroughs say
  pianist-quest explore my_world                which endings can be reached, and where a player is stuck
  pianist-quest explain unknown-name            more about a message
  pianist-quest new my_world                    a world to begin with
  pianist-quest graph my_world --format svg     what leads to what, as a picture
  pianist-quest saves list                      the saved games, the newest first
  pianist-quest doctor                          whether all is well with this machine, for a bug report
"""


_SELDOM: Final = (50_000, 20, 20)
"""How many objects come into being before Python looks for cycles among them: a start makes 100,000, all to stay."""


class _Help(argparse.HelpFormatter):
    """Help as wide as the terminal. argparse makes one for every option, and would have `shutil` say how wide that is.

    What `shutil` imports takes longer than to read the command line.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_columns() - 2)


class _RawHelp(_Help, argparse.RawDescriptionHelpFormatter):
    """The same, with a description that is in lines already."""


def _columns() -> int:
    """Return what `shutil.get_terminal_size` does."""
    columns = 0
    with contextlib.suppress(ValueError, KeyError):
        columns = int(os.environ["COLUMNS"])
    if columns <= 0:
        with contextlib.suppress(OSError, ValueError, AttributeError):
            columns = os.get_terminal_size(sys.__stdout__.fileno()).columns  # type: ignore[union-attr] # or there is none
    return columns if columns > 0 else 80


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - what argparse gives
        super().__init__(**{"formatter_class": _Help, **given})

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (see {self.prog} --help)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return its exit code."""
    stop_in_order()
    gc.set_threshold(*_SELDOM)
    if "_ARGCOMPLETE" in os.environ:
        from .commands.completion import complete  # noqa: PLC0415 - only where a shell asks

        complete(parser(os.environ.get("COMP_LINE", "").split()))
    try:
        given = sys.argv[1:] if arguments is None else arguments
        _refuse_world(given)
        options = parser(given).parse_args(given)
        code: int = options.run(options)
        sys.stdout.flush()
    except UsageError as error:
        return complain(str(error), 2)
    except WrongWorldError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has enough of it; Python would complain again when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return complain(f"{error.filename or 'a file'}: {error.strerror or error}", 1)
    return code


def _refuse_world(given: Sequence[str]) -> None:
    """Say what was meant by a world in the place of a command."""
    first = given[0] if given else ""
    if first[:1] not in ("", "-") and first not in COMMANDS and (first in bundled.worlds() or os.path.exists(first)):  # noqa: PTH110 - whatever was typed
        raise UsageError(f"{first} is no command; to play that world: pianist-quest play {first}")


def parser(given: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """Return the parser of the command line, or of a command that words begin with: no other is needed for them.

    Where they begin otherwise, only commands that are among them know their options; where none were given, all do.
    """
    about = "A text adventure about a young pianist, and the engine it runs on."
    made = _Parser(prog="pianist-quest", description=about, epilog=_EXAMPLES, formatter_class=_RawHelp)
    made.add_argument("--version", action="version", version=f"pianist-quest {__version__}")
    flags = dict.fromkeys(("plain", "reader", "screen", "author", "sound", "midi"), False)
    made.set_defaults(run=play.title, **flags, **dict.fromkeys(("seed", "saves", "theme")))
    play.add_desk(made)
    commands = made.add_subparsers(metavar="COMMAND", parser_class=_Parser)
    first = given[0] if given else ""
    for name in (first,) if first in COMMANDS else COMMANDS:
        command = commands.add_parser(name, help=COMMANDS[name])
        if given is None or name in given:
            import_module(f"{__package__}.commands.{name}").add(command)
    return made
