"""Who plays: the autosave of a world belongs to one program, which holds a lock of the system as long as it plays.

The system frees the lock when the program ends, however it ends. Beside it stands who holds it, for people to read;
that alone means nothing, for the file of a killed program stays.
"""

from __future__ import annotations

import contextlib
import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.records import record

from .document import SaveError, Sealer
from .files import make_folder, read_bytes, told
from .locking import keeps_out, locked
from .names import fault, folder_name, tidy
from .rotation import Rotation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .locking import Lock

_SHORT: Final = 0.2
"""How long to wait for another program that only looks whether the lock is free, in seconds."""
_LONGEST: Final = 253  # characters of a host's name


@record
class Owner:
    """A program that plays: its process, its machine, when it began (as in saved games); all 0 or empty if unknown."""

    process: int = 0
    host: str = ""
    since: str = ""


class BusyError(SaveError):
    """Another program plays with an autosave."""

    def __init__(self, name: str, owner: Owner) -> None:
        self.owner = owner
        who = f"process {owner.process} on {owner.host}" if owner.process else "another program"
        super().__init__(
            f'The slot "{name}" belongs to a game that is being played ({who})', todo="End that game first."
        )


class Holding:
    """An autosave that belongs to this program until it is released."""

    def __init__(self, lock: Lock, path: Path, note: Path) -> None:
        self._lock, self._path, self._note = lock, path, note
        self._sealer, self._rotation = Sealer(), Rotation(path)

    def save(self, document: Mapping[str, Any]) -> None:
        """Store a document there, as `Store.save` does; nobody else may write there, so nobody need be kept out.

        Raises SaveError where that cannot be done.
        """
        with told(self._path, "The game could not be saved"):
            if not keeps_out(self._lock):  # somebody has deleted the folder; and another program may play there now
                self._lock.release()
                make_folder(self._path.parent)
                self._lock = _taken(self._path, self._note)
            self._rotation.put(self._sealer.seal(document))

    def release(self) -> None:
        """Give the autosave free."""
        if keeps_out(self._lock):  # else the files are another program's
            with contextlib.suppress(OSError):
                self._rotation.tidy()
            with contextlib.suppress(OSError):
                self._note.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            self._lock.release()


def hold(folder: Path, world: str, name: str) -> Holding:
    """Return an autosave as this program's own, in the folder of saved games.

    Raises BusyError where another program has it, SaveError where there cannot be a lock.
    """
    name = tidy(name)
    home = folder / folder_name(world)
    if fault(name):
        raise SaveError(f'"{name}" cannot be the name of a saved game: {fault(name)}')
    note = home / f".{name}.owner"
    path = home / f"{name}.json"
    with told(home, "The game could not be saved"):
        make_folder(home)
        return Holding(_taken(path, note), path, note)


def _taken(path: Path, note: Path) -> Lock:
    """Return the lock of an autosave, held, with a note who holds it; raises BusyError where another program has it."""
    lock = locked(path.with_name(f".{path.stem}.lock"), _SHORT)
    if lock is None:
        raise BusyError(path.stem, _read(note))
    with contextlib.suppress(OSError):  # who cannot be named holds it all the same
        note.write_text(json.dumps(_self()), encoding="utf-8")
    return lock


def _self() -> dict[str, object]:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return {"process": os.getpid(), "host": _host()[:_LONGEST], "since": since}


def _host() -> str:
    """Return what the machine is called."""
    if hasattr(os, "uname"):
        return os.uname().nodename
    import platform  # noqa: PLC0415 - it takes long to import  # pragma: no cover - Windows

    return platform.node()  # pragma: no cover - as above


def _read(note: Path) -> Owner:
    """Return who holds a lock; the file is read as though a stranger had written it."""
    try:
        parts = json.loads(read_bytes(note).decode())
        process, host, since = parts["process"], parts["host"], parts["since"]
    except (OSError, SaveError, ValueError, KeyError, TypeError, RecursionError):
        return Owner()
    right = type(process) is int and 0 < process < 2**63 and isinstance(host, str) and isinstance(since, str)
    return Owner(process, host[:_LONGEST], since[:40]) if right else Owner()
