"""An autosave's files, which take turns: written after every turn of play, they are written over and not made anew.

To make a file has the system note where it lies, and wait for that; to write over one of the same size has not. So
what was the generation before the last is not deleted: it stays as the spare, and the next turn is written there.
Its name is given to it only when the slot and the generation before are other files, and that is on the disk; a file
that anything else may lead to (a second name) is let go and not written over.
"""

from __future__ import annotations

import contextlib
import os
import stat
from typing import TYPE_CHECKING, Final

from .files import backup, flush_folder, is_whole, keep, write_all

if TYPE_CHECKING:
    from pathlib import Path

_BLOCK: Final = 512
"""Files are as long as a number of these, by empty lines at their end: most turns then leave a file its size."""


class Rotation:
    """The files of one slot, that only this program writes to. `put` is all that may be done to them."""

    def __init__(self, path: Path) -> None:
        self._slot = path
        self._path, self._backup = str(path), str(backup(path))  # paths as texts: this is done after every turn
        self._spare, self._next = (str(path.with_name(f".{path.name}.{what}")) for what in ("new", "next"))
        self._known: tuple[int, ...] = ()
        """What the file was like when it was written last: as long as it is the same, it is whole."""
        self._used = False

    def put(self, data: bytes) -> None:
        """Put bytes into the slot in one step; what was there, if whole, is kept as the generation before."""
        try:
            if not self._used:
                self.tidy()  # of a program that was killed nobody knows how far it had come
            _write_over(self._spare, data.ljust(-len(data) // _BLOCK * -_BLOCK, b"\n"))
            self._turn()
            flush_folder(self._slot.parent)
        except OSError:
            with contextlib.suppress(OSError):
                self.tidy()
            self._known, self._used = (), False
            raise
        self._known, self._used = _like(self._path), True

    def _turn(self) -> None:
        """Make the spare the slot's file, that the generation before, and that the spare."""
        left = False
        if (self._known and _like(self._path) == self._known) or is_whole(self._slot):
            try:
                os.link(self._backup, self._next)
                left = True
            except OSError:  # there is none, or the file system has no hard links
                pass
            keep(self._slot)
        os.replace(self._spare, self._path)  # noqa: PTH105 - one style for all operations the crash tests interrupt
        if left:
            os.replace(self._next, self._spare)  # noqa: PTH105 - as above

    def tidy(self) -> None:
        """Let the spare go."""
        for one in (self._spare, self._next):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(one)  # noqa: PTH108 - as above


def _like(path: str) -> tuple[int, ...]:
    """Return what tells a file from one that was put in its place or written to; nothing where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - as above
    except OSError:
        return ()
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _write_over(path: str, data: bytes) -> None:
    """Put bytes into a file that is nobody's, and have them on the disk."""
    size = -1
    with contextlib.suppress(FileNotFoundError):
        found = os.lstat(path)
        size = found.st_size
        if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
            os.unlink(path)  # noqa: PTH108 - as above
            size = -1
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | (os.O_EXCL if size < 0 else 0), 0o600)
    try:
        write_all(handle, data)
        if size > len(data):
            os.ftruncate(handle, len(data))
        getattr(os, "fdatasync", os.fsync)(handle)  # that it keeps its times matters to nobody
    finally:
        os.close(handle)
