"""Compiled worlds, kept between one start and the next as Python keeps compiled modules: found by what they came from.

A kept story is looked for by a digest of the world's files, of this program's own and of the Python that runs it; where
anything is another, it is not found, and the world is read as ever. What is kept can be deleted at any time. It is
code, as a compiled module is: it is written for its owner alone, and read only if nobody else could have written it.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import stat
import sys
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final

from .diagnostics.diagnostic import Problems
from .digests import blake2b
from .worldfile.files import sources, world_key
from .worldfile.pausing import collector_paused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .story.story import Story

_NAME: Final = "PIANIST_QUEST_CACHE"
_OFF: Final = ("", "0", "off", "no")
_ENDING: Final = ".story"
MOST_KEPT: Final = 24
"""How many worlds are kept; those last used stay."""
MOST_BYTES: Final = 256 * 1024 * 1024
"""How much all of them may come to, and so one."""
_SIZE: Final = blake2b().digest_size


def folder() -> Path | None:
    """Return where compiled worlds are kept: as PIANIST_QUEST_CACHE says (`off`: nowhere), or in the system's place."""
    named = os.environ.get(_NAME)
    if named is not None:
        return None if named.lower() in _OFF else Path(named).expanduser()
    from platformdirs import user_cache_path  # noqa: PLC0415 - a test or a careful user names another

    return user_cache_path("pianist-quest", appauthor=False)


def kept_story(path: Path, compiled: Callable[[], Story | None]) -> Story | None:
    """Return the story of a world's files as it was kept; else as it is compiled now, and keep that."""
    place = folder()
    name = _digest(path) if place else None
    if place is None or name is None:
        return compiled()
    file = place / f"{name}{_ENDING}"
    story = _read(file)
    if story is None:
        story = compiled()
        if story is not None:
            _write(file, story)
    return story


# What it came from


def _digest(path: Path) -> str | None:
    """Return a digest of all that makes a story what it is; None where a file cannot be read."""
    digest, problems = blake2b(), Problems()
    digest.update("\0".join((world_key(path), sys.version, *_program())).encode())
    read = [source is not None for source in sources(path, problems, digest.update, {})]
    return digest.hexdigest()[:40] if read and all(read) and not len(problems) else None


def _program() -> Iterator[str]:
    """The files that read and compile worlds, each with its size and its time."""
    here = Path(__file__).parent
    for name in ("", "diagnostics", "worldfile", "story"):
        with os.scandir(here / name) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                if entry.name.endswith((".py", ".yaml")):
                    known = entry.stat()
                    yield f"{name}/{entry.name} {known.st_size} {known.st_mtime_ns}"


# Files


def _read(file: Path) -> Story | None:
    """Return what is kept in a file; None where it is not whole, or not ours alone to write."""
    try:
        with file.open("rb") as opened:
            if not _is_ours(os.fstat(opened.fileno())):
                return None
            data = opened.read(MOST_BYTES + _SIZE)
    except OSError:
        return None
    if blake2b(memoryview(data)[_SIZE:]).digest() != data[:_SIZE]:
        return None
    try:
        story = unpacked(memoryview(data)[_SIZE:])
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the world's files are there
        return None
    with contextlib.suppress(OSError):
        os.utime(file)
    return story


def _is_ours(known: os.stat_result) -> bool:
    """Whether nobody but the user can have written a file, as far as the system tells."""
    if not hasattr(os, "geteuid"):
        return stat.S_ISREG(known.st_mode)
    return stat.S_ISREG(known.st_mode) and known.st_uid == os.geteuid() and not known.st_mode & 0o022


def _write(file: Path, story: Story) -> None:
    """Keep a story, and drop what has not been used for long; where that cannot be done, nothing is lost."""
    try:
        data = packed(story)
    except (
        pickle.PicklingError,
        RecursionError,
        TypeError,
        AttributeError,
    ):  # pragma: no cover - a test keeps all worlds
        return
    if len(data) > MOST_BYTES:
        return
    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        from tempfile import mkstemp  # noqa: PLC0415 - most starts keep nothing

        handle, fresh = mkstemp(dir=file.parent, suffix=".new")  # for its owner alone
        try:
            with os.fdopen(handle, "wb") as opened:
                opened.write(blake2b(data).digest())
                opened.write(data)
            Path(fresh).replace(file)
        except OSError:
            Path(fresh).unlink(missing_ok=True)
            raise
        _drop_old(file.parent)


def _drop_old(place: Path) -> None:
    """Delete the files that were used longest ago, where there are too many or they are too large."""
    known = [(one, one.stat()) for one in place.glob(f"*{_ENDING}")]
    size = 0
    for count, (one, about) in enumerate(sorted(known, key=lambda pair: -pair[1].st_mtime_ns)):
        size += about.st_size
        if count >= MOST_KEPT or (count and size > MOST_BYTES):
            one.unlink(missing_ok=True)


# Packing


def packed(story: Story) -> memoryview:
    """Return a story as bytes."""
    body = io.BytesIO()
    with collector_paused():
        _Pickler(body, pickle.HIGHEST_PROTOCOL).dump(story)
    return body.getbuffer()


def unpacked(data: memoryview) -> Story:
    """Return a story from bytes; whatever is wrong with them raises whatever it likes."""
    with collector_paused():
        story: Story = _Unpickler(io.BytesIO(data)).load()
    return story


class _Pickler(pickle.Pickler):
    def reducer_override(self, obj: Any) -> Any:  # noqa: ANN401 - as pickle has it
        """Keep a formula as what makes it."""
        if isinstance(obj, FunctionType) and hasattr(obj, "late"):
            return partial, (obj.late.func, *obj.late.args)
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 - as pickle has it
        """Find what a story is made of, and nothing else."""
        whole = f"{module}.{name}"
        if module.startswith("pianist_quest.story.") or module == "pianist_quest.worldfile.tune" or whole in _ELSEWHERE:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(whole)


_ELSEWHERE: Final = {"functools.partial", "builtins.min", "builtins.max", "builtins.abs"}
