"""`pianist-quest lsp`: the language server, which editors start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.opening import UsageError

if TYPE_CHECKING:
    import argparse


def add(lsp: argparse.ArgumentParser) -> None:
    """Add what can be said about the server."""
    lsp.epilog = "It speaks the Language Server Protocol on stdin and stdout; docs/editors.md says how to use it."
    lsp.set_defaults(run=run)


def run(_options: argparse.Namespace) -> int:
    """Serve an editor until it leaves."""
    try:
        from pianist_quest.editing.server import make
    except ImportError:
        message = "the language server needs pygls: install pianist-quest[lsp], in a clone pip install '.[lsp]'"
        raise UsageError(message) from None
    make().start_io()
    return 0
