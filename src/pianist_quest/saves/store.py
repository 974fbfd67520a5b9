"""Saved games on disk: one folder for each world, one file for each slot, and the generation before.

At no moment is a slot without a whole generation: a document is written beside the slot, flushed to the
disk and moved over it in one step, after what it replaces was kept as `NAME.json.bak`.
"""

from __future__ import annotations

import contextlib
import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .document import LIMIT, Document, SaveError, seal, unseal
from .fields import Fields
from .names import fault, folder_name, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Any

_PATIENCE: Final = 5.0  # seconds to wait for another program that writes the same world's saves


@dataclass(frozen=True, slots=True)
class Slot:
    """A saved game in the list: when it was saved, where it stands, and (`problem`) why it cannot be read."""

    world: str
    name: str
    title: str = ""
    turn: int = 0
    saved: str = ""
    summary: str = ""
    problem: str = ""


class Store:
    """The saved games in one folder. Every problem is a SaveError."""

    def __init__(self, folder: Path, *, patience: float = _PATIENCE) -> None:
        self.folder, self._patience = folder, patience

    def save(self, world: str, name: str, document: Mapping[str, Any]) -> None:
        """Store a document in a slot; what was there is kept as the generation before."""
        path = self._path(world, name)
        data = seal(document)
        with _told(path, "The game could not be saved"), self._locked(path.parent):
            _replace(path, data)

    def load(self, world: str, name: str) -> Document:
        """Return the document of a slot."""
        return self._read(self._path(world, name), name)

    def load_previous(self, world: str, name: str) -> Document:
        """Return the document that was in a slot before the one that is there now."""
        return self._read(_backup(self._path(world, name)), name)

    def has(self, world: str, name: str) -> bool:
        """Whether there is something in a slot, whole or not."""
        path = self._path(world, name)
        return path.is_file() or _backup(path).is_file()

    def copy(self, world: str, name: str, other: str) -> None:
        """Copy what is in a slot, if it is whole, to another slot."""
        self.save(world, other, self.load(world, name))

    def delete(self, world: str, name: str) -> None:
        """Delete a slot with the generation before."""
        path = self._path(world, name)
        if not self.has(world, name):
            raise self._missing(world, name)
        with _told(path, "The saved game could not be deleted"), self._locked(path.parent):
            for one in (_backup(path), path):
                one.unlink(missing_ok=True)
            _flush_folder(path.parent)

    def slots(self, world: str | None = None) -> tuple[Slot, ...]:
        """Return the saved games of a world or of all worlds, the newest first."""
        with _told(self.folder, "The saved games could not be listed"):
            folders = [self.folder / folder_name(world)] if world is not None else _folders(self.folder)
            found = [self._slot(folder, name) for folder in folders for name in _names(folder)]
        found.sort(key=lambda slot: (slot.world, slot.name))
        return tuple(sorted(found, key=lambda slot: slot.saved, reverse=True))

    def _path(self, world: str, name: str) -> Path:
        name = tidy(name)
        problem = fault(name)
        if problem:
            raise SaveError(f'"{name}" cannot be the name of a saved game: {problem}')
        return self.folder / folder_name(world) / f"{name}.json"

    def _read(self, path: Path, name: str) -> Document:
        try:
            return unseal(_bytes(path))
        except FileNotFoundError:
            raise self._missing(path.parent.name, name) from None
        except OSError as error:
            what = f'The saved game "{name}" cannot be read: {_reason(error)}'
            raise SaveError(what, where=str(path)) from None
        except SaveError as error:
            raise error.at(str(path)) from None

    def _missing(self, world: str, name: str) -> SaveError:
        folder = self.folder / folder_name(world)
        if _backup(folder / f"{tidy(name)}.json").is_file():
            return SaveError(f'The file of the saved game "{tidy(name)}" is gone', where=str(folder))
        known = ", ".join(sorted(_names(folder))) or "none"
        return SaveError(f'There is no saved game "{tidy(name)}"', todo=f"Saved games: {known}.")

    def _slot(self, folder: Path, name: str) -> Slot:
        path = folder / f"{name}.json"
        try:
            fields = Fields(self._read(path, name))
            title, saved, summary = (fields.text(key) for key in ("title", "saved", "summary"))
            return Slot(folder.name, name, title, fields.whole("turn"), saved, summary)
        except SaveError as error:
            return Slot(folder.name, name, problem=error.at(str(path)).what)

    @contextlib.contextmanager
    def _locked(self, folder: Path) -> Iterator[None]:
        from filelock import FileLock, Timeout  # noqa: PLC0415 - most commands write nothing

        _make_folder(folder)
        lock = FileLock(folder / ".lock", timeout=self._patience, mode=0o600)
        try:
            lock.acquire()
        except Timeout:
            raise SaveError(
                "The game could not be saved: another program is writing there",
                todo="Try again when it has finished.",
                where=str(folder),
            ) from None
        try:
            yield
        finally:
            lock.release()


def _replace(path: Path, data: bytes) -> None:
    fresh = path.with_name(f".{path.name}.new")
    try:
        _write(fresh, data)
        if _is_whole(path):
            _keep(path)
        os.replace(fresh, path)  # noqa: PTH105 - one style for all operations the crash tests interrupt
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def _write(path: Path, data: bytes) -> None:
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _keep(path: Path) -> None:
    """Make a slot's file the generation before, while it stays the slot's file as well."""
    spare = path.with_name(f".{path.name}.old")
    spare.unlink(missing_ok=True)
    try:
        os.link(path, spare)
    except OSError:  # a file system without hard links
        _write(spare, _bytes(path))
    os.replace(spare, _backup(path))  # noqa: PTH105 - as above


def _is_whole(path: Path) -> bool:
    """Whether a file can be the generation before: a damaged one must not replace a whole one."""
    try:
        unseal(_bytes(path))
    except (OSError, SaveError):
        return False
    return True


def _bytes(path: Path) -> bytes:
    # Not blocking, and a plain file only: a pipe in the place of a save must not hold up the game.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise SaveError("It is no plain file", where=str(path))
        return file.read(LIMIT + 1)


def _flush_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def _folders(folder: Path) -> list[Path]:
    return [one for one in folder.iterdir() if one.is_dir()] if folder.is_dir() else []


def _names(folder: Path) -> set[str]:
    if not folder.is_dir():
        return set()
    files = [one.name.removesuffix(".bak") for one in folder.iterdir() if not one.name.startswith(".")]
    return {name.removesuffix(".json") for name in files if name.endswith(".json")}


def _backup(path: Path) -> Path:
    return path.with_name(f"{path.name}.bak")


@contextlib.contextmanager
def _told(path: Path, what: str) -> Iterator[None]:
    """Turn the system's errors into ones a player can read."""
    try:
        yield
    except (OSError, NotImplementedError) as error:
        raise SaveError(f"{what}: {_reason(error)}", where=str(path), todo="Play goes on.") from None


def _reason(error: Exception) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text[:1].lower() + text[1:]
