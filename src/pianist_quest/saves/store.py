"""Saved games on disk: one folder for each world, one file for each slot, and the generation before.

At no moment is a slot without a whole generation. Beside the slots lie the marks that were earned in the world.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from pianist_quest.records import record

from .document import FORMAT, Document, SaveError, UnreadableError, listed, seal, unseal
from .fields import Fields
from .files import backup, flush_folder, is_there, make_folder, read_bytes, reason, replace, told
from .locking import locked
from .names import fault, folder_name, tidy
from .owner import Holding, hold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Any

_MARKS: Final = ".marks.json"  # no slot can be called that
_PATIENCE: Final = 5.0  # seconds to wait for another program that writes the same world's saves


@record
class Slot:
    """A saved game in the list: when it was saved, where it stands, and (`problem`) why it cannot be read.

    `played` is for how long, in seconds; 0 where that is not known.
    """

    world: str
    name: str
    title: str = ""
    turn: int = 0
    saved: str = ""
    summary: str = ""
    problem: str = ""
    played: int = 0


class Store:
    """The saved games in one folder. Every problem is a SaveError."""

    def __init__(self, folder: Path, *, patience: float = _PATIENCE) -> None:
        self.folder, self._patience = folder, patience

    def save(self, world: str, name: str, document: Mapping[str, Any]) -> None:
        """Store a document in a slot; what was there is kept as the generation before."""
        path = self.path(world, name)
        data = seal(document)
        with told(path, "The game could not be saved"), self._locked(path.parent):
            replace(path, data)

    def load(self, world: str, name: str) -> Document:
        """Return the document of a slot."""
        return self._read(self.path(world, name), name)

    def load_previous(self, world: str, name: str) -> Document:
        """Return the document that was in a slot before the one that is there now."""
        return self._read(backup(self.path(world, name)), name)

    def has(self, world: str, name: str) -> bool:
        """Whether there is something in a slot, whole or not, or nobody can say."""
        path = self.path(world, name)
        return is_there(path) or is_there(backup(path))

    def copy(self, world: str, name: str, other: str) -> None:
        """Copy what is in a slot, if it is whole, to another slot."""
        self.save(world, other, self.load(world, name))

    def delete(self, world: str, name: str) -> None:
        """Delete a slot with the generation before."""
        path = self.path(world, name)
        if not self.has(world, name):
            raise self._missing(world, name)
        with told(path, "The saved game could not be deleted"), self._locked(path.parent):
            for one in (backup(path), path):
                one.unlink(missing_ok=True)
            flush_folder(path.parent)

    def slots(self, world: str | None = None) -> tuple[Slot, ...]:
        """Return the saved games of a world or of all worlds, the newest first."""
        with told(self.folder, "The saved games could not be listed"):
            folders = [self.folder / folder_name(world)] if world is not None else _folders(self.folder)
            found = [self._slot(folder, name) for folder in folders for name in _names(folder)]
        found.sort(key=lambda slot: (slot.world, slot.name))
        return tuple(sorted(found, key=lambda slot: slot.saved, reverse=True))

    def slot(self, world: str, name: str) -> Slot:
        """Return what the list tells of one saved game."""
        path = self.path(world, name)
        return self._slot(path.parent, tidy(name))

    def hold(self, world: str, name: str) -> Holding:
        """Return an autosave as this program's own; raises BusyError where another program has it."""
        return hold(self.folder, world, name)

    def marks(self, world: str) -> frozenset[str]:
        """Return the keys of the marks that were earned in a world, in any game."""
        return self._earned(world, "marks")

    def endings(self, world: str) -> frozenset[str]:
        """Return the keys of the endings that were reached in a world, in any game."""
        return self._earned(world, "endings")

    def earners(self, world: str | None = None) -> tuple[str, ...]:
        """Return the worlds in which something was earned: all, or one if it was in that."""
        with told(self.folder, "The saved games could not be listed"):
            folders = [self.folder / folder_name(world)] if world is not None else _folders(self.folder)
            return tuple(sorted(one.name for one in folders if any(map(is_there, _generations(one / _MARKS)))))

    def earned(self, world: str, *, before: bool = False) -> Document | None:
        """Return what the file of marks and endings, or the generation before it, has; None where there is none.

        Raises SaveError where it is not whole.
        """
        path = _generations(self.folder / folder_name(world) / _MARKS)[before]
        if not is_there(path):
            return None
        try:
            document = unseal(read_bytes(path))
            fields = Fields(document)
            return {key: fields.texts(key) for key in ("marks", "endings") if key in document}
        except OSError as error:
            raise UnreadableError(f"It cannot be read: {reason(error)}", where=str(path)) from None
        except SaveError as error:
            raise error.at(str(path)) from None

    def _earned(self, world: str, what: str, pardoned: type[OSError] = OSError) -> frozenset[str]:
        path = self.folder / folder_name(world) / _MARKS
        for one in _generations(path):
            with contextlib.suppress(pardoned, SaveError):
                fields = Fields(unseal(read_bytes(one)))
                return frozenset(fields.texts(what) if what in fields.document else ())
        return frozenset()

    def earn(self, world: str, marks: Iterable[str], endings: Iterable[str] = ()) -> None:
        """Keep marks as earned and endings as reached, beside those before."""
        path = self.folder / folder_name(world) / _MARKS
        with told(path, "The mark could not be kept"), self._locked(path.parent):
            # What cannot be read now must not be taken for nothing, and written over.
            had, met = (self._earned(world, what, FileNotFoundError) for what in ("marks", "endings"))
            now = {"marks": sorted({*had, *marks}), "endings": sorted({*met, *endings})}
            replace(path, seal({"format": FORMAT, **now}))

    def path(self, world: str, name: str) -> Path:
        """Return the file of a slot; raises SaveError where the name cannot be one."""
        name = tidy(name)
        problem = fault(name)
        if problem:
            raise SaveError(f'"{name}" cannot be the name of a saved game: {problem}')
        return self.folder / folder_name(world) / f"{name}.json"

    def _read(self, path: Path, name: str, how: Callable[[bytes], Document] = unseal) -> Document:
        try:
            return how(read_bytes(path))
        except FileNotFoundError:
            raise self._missing(path.parent.name, name) from None
        except OSError as error:
            what = f'The saved game "{name}" cannot be read: {reason(error)}'
            raise UnreadableError(what, where=str(path)) from None
        except SaveError as error:
            raise error.at(str(path)) from None

    def _missing(self, world: str, name: str) -> SaveError:
        folder = self.folder / folder_name(world)
        if is_there(backup(folder / f"{tidy(name)}.json")):
            return SaveError(f'The file of the saved game "{tidy(name)}" is gone', where=str(folder))
        known = ", ".join(sorted(_names(folder))) or "none"
        return SaveError(f'There is no saved game "{tidy(name)}"', todo=f"Saved games: {known}.")

    def _slot(self, folder: Path, name: str) -> Slot:
        path = folder / f"{name}.json"
        try:
            fields = Fields(self._read(path, name, listed))
            title, saved, summary = (fields.text(key) for key in ("title", "saved", "summary"))
            played = fields.whole("played") if "played" in fields.document else 0
            return Slot(folder.name, name, title, fields.whole("turn"), saved, summary, played=played)
        except SaveError as error:
            return Slot(folder.name, name, problem=error.at(str(path)).what)

    @contextlib.contextmanager
    def _locked(self, folder: Path) -> Iterator[None]:
        make_folder(folder)
        lock = locked(folder / ".lock", self._patience)
        if lock is None:
            raise SaveError(
                "The game could not be saved: another program is writing there",
                todo="Try again when it has finished.",
                where=str(folder),
            )
        try:
            yield
        finally:
            lock.release()


def _generations(path: Path) -> tuple[Path, Path]:
    return path, backup(path)


def _folders(folder: Path) -> list[Path]:
    return [one for one in folder.iterdir() if one.is_dir()] if folder.is_dir() else []


def _names(folder: Path) -> set[str]:
    if not folder.is_dir():
        return set()
    files = [one.name.removesuffix(".bak") for one in folder.iterdir() if not one.name.startswith(".")]
    return {name.removesuffix(".json") for name in files if name.endswith(".json")}
