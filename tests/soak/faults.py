"""Faults in the operations on files: what the soaks and tests let happen to a store in one folder."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

OPERATIONS: Final = tuple(
    name
    for name in ("open", "write", "ftruncate", "fsync", "fdatasync", "close", "link", "replace", "unlink", "mkdir")
    if hasattr(os, name)
)
"""Every call by which the store changes anything."""
LOOKS: Final = ("stat", "lstat", "listdir", "scandir", "fstat")
"""The calls by which it looks at what is there."""
ERRORS: Final = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EINTR)


class Killed(BaseException):
    """The program is dead: nothing after this runs."""


@dataclass
class Plan:
    """What happens at operation number `at` (from 1): `die` before, half-way or after it; or `fail` with an error.

    To die by `power` is to lose what was written and not flushed; by `names`, also what happened to the names of
    files since the folder was flushed: each leads again where it led then, to what that file holds now.
    """

    at: int
    die: str = ""
    fail: int = 0
    onward: bool = False
    """Whether all that follow fail as well."""
    short: bool = False
    """Whether every write writes a few bytes only."""
    links: bool = True
    """Whether the file system has hard links."""


@dataclass
class Faults:
    """Counts the operations in a folder and does what is planned. What died does nothing any more."""

    folder: Path
    plan: Plan
    names: list[str] = field(default_factory=list)
    hit: bool = False
    dead: bool = False
    unsure: set[str] = field(default_factory=set)
    """The files that were written and not flushed, as a power cut takes them."""
    _handles: dict[int, str] = field(default_factory=dict)
    _flushed: dict[Path, BinaryIO] = field(default_factory=dict)
    """Where the names led when the folder was flushed last."""

    def call(self, name: str, real: Callable[..., Any], *args: Any, **named: Any) -> Any:  # noqa: ANN401 - any call
        """Do one operation, or what is planned in its place."""
        if not self._ours(name, args[0]):
            return real(*args, **named)
        if self.dead:
            raise Killed
        self.names.append(name)
        number, plan = len(self.names), self.plan
        now = number == plan.at or (plan.onward and number >= plan.at)
        self.hit = self.hit or now
        if now and plan.fail:
            # A close that fails has closed all the same.
            if name == "close":
                self._note(name, args, real(*args, **named))
            raise OSError(plan.fail, os.strerror(plan.fail))
        if name == "link" and not plan.links:
            raise OSError(errno.EPERM, os.strerror(errno.EPERM))
        if now and plan.die:
            self._die(name, real, args, named)
        if plan.short and name == "write":
            args = (args[0], bytes(args[1][:11]))
        found = real(*args, **named)
        self._note(name, args, found)
        return found

    def _die(self, name: str, real: Callable[..., Any], args: tuple[Any, ...], named: dict[str, Any]) -> None:
        self.dead = True
        if self.plan.die == "half" and name == "write":
            real(args[0], bytes(args[1])[: len(args[1]) // 2])
        elif self.plan.die in ("after", "power", "names"):
            self._note(name, args, real(*args, **named))
        if self.plan.die in ("power", "names"):
            for path in self.unsure:
                if os.path.exists(path):  # noqa: PTH110 - the calls of pathlib are counted
                    os.truncate(path, 0)
        if self.plan.die == "names":
            self._forget_names()
        raise Killed

    def remember_names(self) -> None:
        """Note where the names lead: what is written there later is seen through them."""
        self.let_go()
        self._flushed = {path: path.open("rb") for path in self.folder.rglob("*") if path.is_file()}

    def _forget_names(self) -> None:
        held = {path: file.read() for path, file in self._flushed.items()}
        for path in self.folder.rglob("*"):
            if path.is_file():
                path.rename(path.with_name("gone"))  # no call that is counted
        for path, data in held.items():
            path.write_bytes(data)

    def let_go(self) -> None:
        """Close what `remember_names` has opened."""
        for file in self._flushed.values():
            file.close()

    def _ours(self, name: str, first: object) -> bool:
        if name in ("write", "ftruncate", "fsync", "fdatasync", "close", "fstat"):
            return first in self._handles
        return str(first).startswith(str(self.folder))

    def _note(self, name: str, args: tuple[Any, ...], found: Any) -> None:  # noqa: ANN401 - of any call
        if name == "open" and (args[1] & (os.O_WRONLY | os.O_RDWR) or os.path.isdir(args[0])):  # noqa: PTH112 - as above
            self._handles[found] = str(args[0])
        elif name == "write":
            self.unsure.add(self._handles[args[0]])
        elif name in ("fsync", "fdatasync"):
            self.unsure.discard(self._handles[args[0]])
            if self.plan.die == "names" and os.path.isdir(self._handles[args[0]]):  # noqa: PTH112 - as above
                self.remember_names()
        elif name == "close":
            self._handles.pop(args[0], None)
        elif name == "replace" and str(args[0]) in self.unsure:
            self.unsure.remove(str(args[0]))
            self.unsure.add(str(args[1]))


@contextmanager
def faulty(folder: Path, plan: Plan, operations: Sequence[str] = OPERATIONS) -> Iterator[Faults]:
    """Put faults between the store and the system."""
    faults = Faults(folder, plan)
    real = {name: getattr(os, name) for name in operations}
    faults.remember_names()
    try:
        for name in operations:
            setattr(os, name, _through(faults, name, real[name]))
        yield faults
    finally:
        for name in operations:
            setattr(os, name, real[name])
        for handle in faults._handles:  # what the dead left open
            real["close"](handle)
        faults.let_go()


def _through(faults: Faults, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *args, **named: faults.call(name, real, *args, **named)
