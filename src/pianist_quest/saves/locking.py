"""Locks of the system on files: free again when the program that has one ends, however it ends."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from filelock import BaseFileLock

    Lock = BaseFileLock


def locked(path: Path, patience: float) -> Lock | None:
    """Return a lock that is held now, or None where another program holds it for `patience` seconds.

    Raises OSError or NotImplementedError where there cannot be one.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - most commands write nothing

    lock = FileLock(path, timeout=patience, mode=0o600)
    with warnings.catch_warnings():
        # Where the system has no locks filelock uses a file instead, and says so on standard error.
        warnings.simplefilter("ignore")
        try:
            lock.acquire()
        except Timeout:
            return None
    return lock
