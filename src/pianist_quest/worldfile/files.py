"""The files of a world: which they are, and what is in them. The only reading of files on this floor."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.codes import Code
from pianist_quest.diagnostics.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from pianist_quest.diagnostics.diagnostic import Problems

MAX_BYTES: Final = 64 * 1024 * 1024
"""How large one file may be, in bytes."""
MAIN: Final = "world.yaml"
ENDINGS: Final = (".yaml", ".yml")


def world_key(path: Path) -> str:
    """Return what a world is called where names of files are wanted."""
    return re.sub(r"[^a-z0-9]+", "_", path.resolve().stem.lower()).strip("_") or "world"


def sources(
    path: Path, problems: Problems, note: Callable[[bytes], object], texts: Mapping[str, str]
) -> Iterator[Source | None]:
    """Yield what is in a world's files, None for one that cannot be read; `problems` and `note` are told of it."""
    for name, file in files(path, problems):
        source = Source(name, texts[name]) if name in texts else _read(name, file, problems)
        if source is None:
            yield None
        else:
            problems.sources.append(source)
            note(f"{file.name}\0{len(source.text)}\0{source.text}".encode(errors="surrogatepass"))
            yield source


def files(path: Path, problems: Problems) -> Iterable[tuple[str, Path]]:
    """The world's files, `world.yaml` first, each with the name its author knows it by."""
    try:
        is_folder = stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        _complain(problems, Code.NO_WORLD_FILE, str(path), "there is no such file or folder")
        return []
    except OSError as error:
        _unreadable(str(path), error, problems)
        return []
    if not is_folder:
        return [(str(path), path)]
    if not (path / MAIN).is_symlink() and (not (path / MAIN).exists() or (path / MAIN).is_dir()):
        hint = f"a world is a folder with a `{MAIN}`, or one lone .yaml file"
        _complain(problems, Code.NO_WORLD_FILE, str(path), f"there is no `{MAIN}` in this folder", hint)
        return []
    found = list(_walk(path, problems))
    return sorted(found, key=lambda pair: (pair[1].name != MAIN or pair[1].parent != path, pair[0]))


def _walk(path: Path, problems: Problems) -> Iterator[tuple[str, Path]]:
    def refused(error: OSError) -> None:
        _unreadable(str(error.filename), error, problems)

    for folder, folders, names in os.walk(path, onerror=refused):
        here = Path(folder)
        links = [name for name in folders if (here / name).is_symlink()]
        folders[:] = sorted(name for name in folders if name not in links and not name.startswith("."))
        files = [name for name in names if name.endswith(ENDINGS) and not name.startswith(".")]
        for name in (*links, *files):
            file = here / name
            if file.is_symlink():
                hint = "copy what it points to into the world's folder"
                _complain(problems, Code.OUTSIDE_FOLDER, str(file), "a world cannot hold symbolic links", hint)
            else:
                yield str(file), file


def _read(name: str, file: Path, problems: Problems) -> Source | None:
    try:
        if not file.is_file():
            _complain(problems, Code.UNREADABLE_FILE, name, "this is not a regular file", "move it elsewhere")
            return None
        size = file.stat().st_size
        if size > MAX_BYTES:
            message = f"the file has {size:,} bytes, more than {MAX_BYTES:,}"
            _complain(problems, Code.FILE_TOO_LARGE, name, message, "divide the world among several files")
            return None
        data = file.read_bytes()
    except OSError as error:
        _unreadable(name, error, problems)
        return None
    try:
        return Source(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        _not_utf8(name, data, error.start, problems)
        return None


def _unreadable(name: str, error: OSError, problems: Problems) -> None:
    why = error.strerror or str(error)
    _complain(problems, Code.UNREADABLE_FILE, name, f"the file cannot be read: {why}")


def _not_utf8(name: str, data: bytes, where: int, problems: Problems) -> None:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        hint = "this looks like UTF-16: save it as UTF-8"
    else:
        hint = "save the file as UTF-8; an older program may have written it in another encoding"
    source = Source(name, data.decode("utf-8-sig", "replace"))
    start = len(data[:where].decode("utf-8-sig", "replace"))
    message = f"the byte 0x{data[where]:02X} here is not UTF-8"
    problems.add(Code.NOT_UTF8, message, Span(source, start, start + 1), hint=hint)


def _complain(problems: Problems, code: Code, name: str, message: str, hint: str = "") -> None:
    problems.add(code, message, Span(Source(name, ""), 0, 0), hint=hint)
