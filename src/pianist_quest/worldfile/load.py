"""A folder to a World. The only reading of files on this floor."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.codes import Code
from pianist_quest.diagnostics.source import Source, Span

from .format import SECTIONS, TEMPLATES, WORLD
from .nodes import Mapping, Merged, parse
from .shape import is_null, mismatch, unique
from .templates import Expander, Templates, define

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pianist_quest.diagnostics.diagnostic import Problems

    from .model import World
    from .nodes import Node, Scalar

MAX_BYTES: Final = 64 * 1024 * 1024
"""How large one file may be, in bytes."""
MAIN: Final = "world.yaml"
ENDINGS: Final = (".yaml", ".yml")


def load_world(path: Path, problems: Problems, *, pure: bool = False) -> World | None:
    """Return the world in a folder or lone file, or None where it cannot be put together.

    What is wrong is added to `problems`; a world that came with errors is only good for finding more of
    them. `pure` asks for PyYAML's parser in Python.
    """
    digest = hashlib.sha256()
    roots = []
    for source in _sources(path, problems, digest):
        node = parse(source, problems, pure=pure)
        if isinstance(node, Mapping):
            roots.append(node)
        elif node is not None and not is_null(node):
            mismatch(node, "sections (keys and values)", problems)
        elif node is not None or not source.text.strip():
            _empty(source, problems)
    if not roots:
        return None
    templates = _templates(roots, problems)
    world = WORLD.decode(_merged(_expanded(roots, templates, problems)), problems)
    key = re.sub(r"[^a-z0-9]+", "_", path.resolve().stem.lower()).strip("_") or "world"
    return None if world is None else replace(world, key=key, fingerprint=digest.hexdigest()[:32])


def _empty(source: Source, problems: Problems) -> None:
    hint = "begin with `format: 1`, or delete the file"
    problems.add(Code.EMPTY_FILE, "there is nothing in this file", Span(source, 0, 0), hint=hint)


# Files


def _sources(path: Path, problems: Problems, digest: hashlib._Hash) -> Iterator[Source]:
    for name, file in _files(path, problems):
        source = _read(name, file, problems)
        if source is not None:
            digest.update(f"{file.name}\0{len(source.text)}\0{source.text}".encode())
            yield source


def _files(path: Path, problems: Problems) -> Iterable[tuple[str, Path]]:
    """The world's files, `world.yaml` first, each with the name its author knows it by."""
    if path.is_file():
        return [(str(path), path)]
    if not path.is_dir():
        _complain(problems, Code.NO_WORLD_FILE, str(path), "there is no such file or folder")
        return []
    if not (path / MAIN).exists():
        hint = f"a world is a folder with a `{MAIN}`, or one lone .yaml file"
        _complain(problems, Code.NO_WORLD_FILE, str(path), f"there is no `{MAIN}` in this folder", hint)
        return []
    found = list(_walk(path, problems))
    return sorted(found, key=lambda pair: (pair[1].name != MAIN or pair[1].parent != path, pair[0]))


def _walk(path: Path, problems: Problems) -> Iterator[tuple[str, Path]]:
    for folder, folders, names in os.walk(path):
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
        why = error.strerror or str(error)
        _complain(problems, Code.UNREADABLE_FILE, name, f"the file cannot be read: {why}")
        return None
    try:
        return Source(name, data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return _not_utf8(name, data, error.start, problems)


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


# Sections


def _templates(roots: list[Mapping], problems: Problems) -> Templates:
    found: Templates = {}
    for root in roots:
        for key, section in root.pairs:
            if key.value != TEMPLATES or is_null(section):
                continue
            if isinstance(section, Mapping):
                for name, body in section.pairs:
                    define(name, body, found, problems)
            else:
                mismatch(section, "names and templates", problems)
    return found


def _expanded(roots: list[Mapping], templates: Templates, problems: Problems) -> Iterator[tuple[Mapping, bool]]:
    expander = Expander(templates, problems)
    for root in roots:
        body = Mapping(root.source, root.start, root.end)
        body.pairs = [(key, value) for key, value in unique(root, problems) if key.value != TEMPLATES]
        node = expander.expand(body) if "use:" in root.source.text or '"use"' in root.source.text else body
        if isinstance(node, Mapping):
            yield node


def _merged(roots: Iterable[Mapping]) -> Mapping:
    """One mapping with the sections of all files; a section of several files is one `Merged` mapping."""
    whole: Merged | None = None
    sections: dict[str, Merged] = {}
    for root in roots:
        if whole is None:
            whole = Merged(root.source, root.start, root.end)
        for key, value in root.pairs:
            _add(whole, sections, key, value)
    assert whole is not None  # noqa: S101 - there is at least one root
    return whole


def _add(whole: Merged, sections: dict[str, Merged], key: Scalar, value: Node) -> None:
    name = key.value
    header = name in WORLD.fields and name not in SECTIONS
    if header or not isinstance(value, Mapping):
        whole.pairs.append((key, value))
    elif name in sections:
        sections[name].pairs += value.pairs
    else:
        sections[name] = Merged(value.source, value.start, value.end)
        sections[name].pairs += value.pairs
        whole.pairs.append((key, sections[name]))

