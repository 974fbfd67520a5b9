"""Locks of the system on files: free again when the program that has one ends, however it ends.

Where Python knows the system's own call (`flock`, on POSIX systems) it is made here: the library for all other systems
takes as long to import as a tenth of a start, and to use as long as to write the file.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
import warnings
from typing import TYPE_CHECKING, Final, Protocol

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows
    fcntl = None  # type: ignore[assignment] # there is no such module

if TYPE_CHECKING:
    from pathlib import Path

_PAUSE: Final = 0.02
"""How long to wait before a lock is tried again, in seconds."""
_CANNOT: Final = frozenset({errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK})
"""What a file system says that has no locks of this kind."""


class Lock(Protocol):
    """A lock that is held."""

    def release(self) -> None:
        """Let it go."""


class _Flock:
    """A lock on an open file."""

    def __init__(self, handle: int, path: Path) -> None:
        self._handle, self._path = handle, path

    def is_there(self) -> bool:
        """Whether its file still has its name, so that others find it held."""
        try:
            return self._handle >= 0 and _leads(self._path, self._handle)
        except OSError:
            return False

    def release(self) -> None:
        """Let it go; to do so again does nothing."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            with contextlib.suppress(
                OSError
            ):  # for a process that was forked off as well; closing is enough for others
                fcntl.flock(handle, fcntl.LOCK_UN)
            os.close(handle)


def locked(path: Path, patience: float) -> Lock | None:
    """Return a lock that is held now, or None where another program holds it for `patience` seconds.

    Raises OSError or NotImplementedError where there cannot be one.
    """
    if fcntl is None:  # pragma: no cover - Windows
        return _by_library(path, patience)
    until = time.monotonic() + patience
    while True:
        try:
            handle = _tried(path)
        except OSError as error:
            if error.errno in _CANNOT:
                return _by_library(path, patience)
            raise
        if handle >= 0:
            return _Flock(handle, path)
        if time.monotonic() >= until:
            return None
        time.sleep(_PAUSE)


def _tried(path: Path) -> int:
    """Return the handle of a file that is locked now; -1 where another program has it, or the file was put aside."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _leads(path, handle):
            return handle
    except (BlockingIOError, FileNotFoundError):
        pass
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return -1


def _leads(path: Path, handle: int) -> bool:
    return os.path.samestat(os.fstat(handle), os.stat(path))  # noqa: PTH116 - as in `files`


def keeps_out(lock: Lock) -> bool:
    """Whether a lock that is held still keeps others out: its file may have been deleted."""
    return not isinstance(lock, _Flock) or lock.is_there()


def _by_library(path: Path, patience: float) -> Lock | None:
    from filelock import FileLock, Timeout  # noqa: PLC0415 - most systems do without

    lock = FileLock(path, timeout=patience, mode=0o600)
    with warnings.catch_warnings():
        # Where the system has no locks filelock uses a file instead, and says so on standard error.
        warnings.simplefilter("ignore")
        try:
            lock.acquire()
        except Timeout:
            return None
    return lock
