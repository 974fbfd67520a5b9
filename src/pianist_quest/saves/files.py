"""Files that a crash never leaves half-written.

A file is written beside the one it replaces, flushed to the disk and moved over it in one step, after what it
replaces was kept as `NAME.bak`.
"""

from __future__ import annotations

import contextlib
import os
import stat
from typing import TYPE_CHECKING

from .document import LIMIT, SaveError, unseal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def replace(path: Path, data: bytes) -> None:
    """Put bytes into a file in one step; what was there, if whole, is kept as the generation before."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        _write(fresh, data)
        if is_whole(path):
            keep(path)
        os.replace(fresh, path)  # noqa: PTH105 - one style for all operations the crash tests interrupt
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def _write(path: Path, data: bytes) -> None:
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        write_all(handle, data)
        os.fsync(handle)
    finally:
        os.close(handle)


def write_all(handle: int, data: bytes) -> None:
    """Write bytes, in as many calls as it takes."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def keep(path: Path) -> None:
    """Make a slot's file the generation before, while it stays the slot's file as well."""
    spare = path.with_name(f".{path.name}.old")
    try:
        _link(path, spare)
    except OSError:  # a file system without hard links
        _write(spare, read_bytes(path))
    os.replace(spare, backup(path))  # noqa: PTH105 - as above


def _link(path: Path, other: Path) -> None:
    """Give a file a second name, whatever had that."""
    try:
        os.link(path, other)
    except FileExistsError:  # left over by a program that died
        other.unlink()
        os.link(path, other)


def is_whole(path: Path) -> bool:
    """Whether a file can be the generation before: a damaged one must not replace a whole one."""
    try:
        unseal(read_bytes(path))
    except (OSError, SaveError):
        return False
    return True


def read_bytes(path: Path) -> bytes:
    """Return what is in a file, no more than a saved game may have."""
    # Not blocking, and a plain file only: a pipe in the place of a save must not hold up the game.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise SaveError("It is no plain file", where=str(path))
        return file.read(LIMIT + 1)


def is_there(path: Path) -> bool:
    """Whether there is a file, or the system does not let anybody know."""
    try:
        return path.is_file()
    except OSError:
        return True


def flush_folder(folder: Path) -> None:
    """Have the names in a folder written to the disk."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder that only the player may read."""
    if not folder.is_dir():
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def backup(path: Path) -> Path:
    """Return the file of the generation before."""
    return path.with_name(f"{path.name}.bak")


@contextlib.contextmanager
def told(path: Path, what: str) -> Iterator[None]:
    """Turn the system's errors into ones a player can read."""
    try:
        yield
    except (OSError, NotImplementedError) as error:
        raise SaveError(f"{what}: {reason(error)}", where=str(path), todo="Play goes on.") from None


def reason(error: Exception) -> str:
    """Return why an operation failed, to stand after a colon."""
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text[:1].lower() + text[1:]
