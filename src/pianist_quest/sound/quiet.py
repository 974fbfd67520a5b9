"""Silence on standard error while a C library looks for what is not there."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def quiet() -> Iterator[None]:
    """Keep what C libraries print about missing devices off the screen."""
    try:
        kept = os.dup(sys.__stderr__.fileno()) if sys.__stderr__ else -1
    except (OSError, ValueError):
        kept = -1
    if kept < 0:
        yield
        return
    try:
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - no path of ours
            os.dup2(nowhere.fileno(), sys.__stderr__.fileno())  # type: ignore[union-attr] # it is there
        yield
    finally:
        os.dup2(kept, sys.__stderr__.fileno())  # type: ignore[union-attr] # it is there
        os.close(kept)
