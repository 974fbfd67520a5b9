"""Watching the files of a world while it is played."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

from pianist_quest.opening import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextmanager
def watched(path: Path, changed: Callable[[], object]) -> Iterator[None]:
    """Call something, from another thread, whenever a file of a world has been written; raises UsageError."""
    try:
        from watchfiles import watch
    except ImportError:
        message = "--watch needs watchfiles: install pianist-quest[watch], in a clone pip install '.[watch]'"
        raise UsageError(message) from None
    done = Event()

    def look() -> None:
        for found in watch(path, stop_event=done, debounce=200, step=50, rust_timeout=500):
            if any(name.endswith((".yaml", ".yml")) for _, name in found):
                changed()

    thread = Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join(2)
