"""`pianist-quest completion`: what a shell needs to complete commands, options, worlds, saved games and codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest import bundled
from pianist_quest.opening import world_key

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

SHELLS: Final = ("bash", "zsh", "fish")
_HOW: Final = {
    "bash": 'put eval "$(pianist-quest completion bash)" into ~/.bashrc',
    "zsh": 'put eval "$(pianist-quest completion zsh)" into ~/.zshrc, below compinit',
    "fish": "pianist-quest completion fish > ~/.config/fish/completions/pianist-quest.fish",
}


def add(parser: argparse.ArgumentParser) -> None:
    """Add what can be said about completion."""
    from argparse import RawDescriptionHelpFormatter

    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = "\n".join(["how to use it:", *(f"  {shell}: {how}" for shell, how in _HOW.items())])
    parser.add_argument("shell", choices=SHELLS)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what a shell is to read."""
    from argcomplete.shell_integration import shellcode

    print(shellcode(["pianist-quest"], shell=options.shell))
    return 0


def complete(parser: argparse.ArgumentParser) -> None:
    """Answer a shell that asks what may come next, and leave the program; do nothing where none asks."""
    from argcomplete.completers import BaseCompleter
    from argcomplete.finders import CompletionFinder

    class Completer(BaseCompleter):
        def __call__(
            self,
            *,
            prefix: str,
            action: argparse.Action,
            parser: argparse.ArgumentParser,  # noqa: ARG002 - the caller names it
            parsed_args: argparse.Namespace,
        ) -> list[str]:
            return _named(prefix, action, parsed_args)

    CompletionFinder()(parser, always_complete_options="long", default_completer=Completer())


def _named(prefix: str, action: argparse.Action, parsed_args: argparse.Namespace) -> list[str]:
    """Return what an argument may be."""
    known = _KNOWN.get(str(action.metavar))
    if known is None:
        from argcomplete.completers import FilesCompleter

        return list(FilesCompleter()(prefix))
    return [one for one in known(prefix, parsed_args) if one.startswith(prefix)]


def _worlds(prefix: str, _options: argparse.Namespace) -> Iterator[str]:
    from argcomplete.completers import FilesCompleter

    yield from bundled.worlds()
    yield from FilesCompleter(["yaml"])(prefix)


def _slots(_prefix: str, options: argparse.Namespace) -> Iterator[str]:
    from pianist_quest.opening import DEFAULT_WORLD
    from pianist_quest.saves.store import Store

    store = Store(bundled.saves_folder(getattr(options, "saves", None)))
    yield from (slot.name for slot in store.slots(world_key(getattr(options, "world", None) or DEFAULT_WORLD)))


def _codes(_prefix: str, _options: argparse.Namespace) -> Iterator[str]:
    from pianist_quest.diagnostics.codes import Code

    yield from (code.value for code in Code)


def _names(_prefix: str, options: argparse.Namespace) -> Iterator[str]:
    """Yield the settings; what else has a name is in worlds, which are not read while somebody waits for a key."""
    from pianist_quest.terminal.settings import KINDS

    if _sets(options):
        yield from KINDS


def _values(_prefix: str, options: argparse.Namespace) -> Iterator[str]:
    """Yield what a setting may be, where that is one of some words."""
    from pianist_quest.terminal.settings import KINDS, Switch, Words

    match KINDS.get(options.name or ""):
        case Words(words=words):
            yield from words
        case Switch():
            yield from ("true", "false")


def _sets(options: argparse.Namespace) -> bool:
    from .settings import run

    return options.run is run


def _nothing(_prefix: str, _options: argparse.Namespace) -> Iterator[str]:
    yield from ()


_KNOWN: Final = {
    "WORLD": _worlds, "OLD": _worlds, "NEW": _worlds, "SLOT": _slots, "CODE": _codes, "NAME": _names, "VALUE": _values,
} | dict.fromkeys(("N", "MIB", "TEXT", "EFFECT", "GOAL"), _nothing)  # fmt: skip
"""What an argument may be, by what it is called in the help; else it is a file."""
