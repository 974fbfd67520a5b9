"""How the program stops when it is told to: terminals are put back, and files closed."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable


def stop_in_order() -> None:
    """Let signals to stop unwind the program, so that terminals are put back and files closed."""
    _fill_gaps()
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    on_stop(_stop)


def _fill_gaps() -> None:
    """Open what was closed when the program began, or else the first file it opens would stand in its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - a device, to the end


def on_stop(handler: Callable[[int, object], None]) -> None:
    """Call a handler when the program is told to stop."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), handler)


def _stop(number: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + number)
