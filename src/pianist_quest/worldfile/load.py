"""A folder to a World. The only reading of files on this floor."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.codes import Code
from pianist_quest.diagnostics.diagnostic import Problems, TooManyProblemsError
from pianist_quest.diagnostics.source import Source, Span

from .format import SECTIONS, TEMPLATES, WORLD
from .model import Ref
from .nodes import Mapping, Merged, parse
from .pausing import collector_paused
from .shape import is_null, mismatch, unique
from .templates import Expander, Templates, define

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Mapping as Mapping_

    from .model import Verb, World
    from .nodes import Node, Scalar

MAX_BYTES: Final = 64 * 1024 * 1024
"""How large one file may be, in bytes."""
_USE: Final = re.compile(r"\buse\b['\"]?\s*:")
MAIN: Final = "world.yaml"
ENDINGS: Final = (".yaml", ".yml")


def load_world(
    path: Path, problems: Problems, *, pure: bool = False, texts: Mapping_[str, str] | None = None
) -> World | None:
    """Return the world in a folder or lone file, or None where it cannot be put together.

    What is wrong is added to `problems`; a world that came with errors is only good for finding more of
    them. `pure` asks for PyYAML's parser in Python. `texts` are files as an editor has them, by their names.
    """
    try:
        with collector_paused():
            return _load(path, problems, pure=pure, texts=texts or {})
    except TooManyProblemsError:
        return None


def _load(path: Path, problems: Problems, *, pure: bool, texts: Mapping_[str, str]) -> World | None:
    digest = hashlib.sha256()
    roots = []
    complete = True
    for source in _sources(path, problems, digest, texts):
        before = len(problems)
        node = None if source is None else parse(source, problems, pure=pure)
        if isinstance(node, Mapping):
            roots.append(node)
        elif node is not None and not is_null(node):
            mismatch(node, "sections (keys and values)", problems)
        elif source is not None and (node is not None or len(problems) == before):
            _empty(source, problems)
        else:
            complete = False
    if not roots:
        return None
    templates = _templates(roots, problems)
    whole = _merged(_expanded(roots, templates, problems))
    if whole is None:
        return None
    if not complete:
        _sections(whole, problems)
        return None
    world = WORLD.decode(whole, problems)
    key = re.sub(r"[^a-z0-9]+", "_", path.resolve().stem.lower()).strip("_") or "world"
    if world is None:
        return None
    return replace(world, key=key, fingerprint=digest.hexdigest()[:32], library=library())


def _sections(whole: Mapping, problems: Problems) -> None:
    """Look for mistakes of form only: names that seem unknown may stand in the files that cannot be read."""
    for key, value in whole.pairs:
        if key.value in WORLD.fields:
            WORLD.fields[key.value].shape.decode(value, problems)


def _empty(source: Source, problems: Problems) -> None:
    hint = "write what is to be here, or delete the file"
    problems.add(Code.EMPTY_FILE, "there is nothing in this file", Span(source, 0, 0), hint=hint)


@cache
def library() -> tuple[tuple[Ref, Verb], ...]:
    """Return the verbs that every world has."""
    problems = Problems()
    text = (Path(__file__).with_name("library.yaml")).read_text(encoding="utf-8")
    node = parse(Source("library.yaml", text), problems)
    verbs = SECTIONS["verbs"].decode(node, problems) if node is not None else None
    assert verbs is not None and not len(problems)  # noqa: S101, PT018 - it is ours, and a test reads it
    return tuple((Ref(key.value, key), replace(verb, quiet=True, refuses=True)) for key, verb in verbs)


# Files


def _sources(
    path: Path, problems: Problems, digest: hashlib._Hash, texts: Mapping_[str, str]
) -> Iterator[Source | None]:
    for name, file in _files(path, problems):
        source = Source(name, texts[name]) if name in texts else _read(name, file, problems)
        if source is None:
            yield None
        else:
            problems.sources.append(source)
            digest.update(f"{file.name}\0{len(source.text)}\0{source.text}".encode(errors="surrogatepass"))
            yield source


def _files(path: Path, problems: Problems) -> Iterable[tuple[str, Path]]:
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


def _expanded(roots: list[Mapping], templates: Templates, problems: Problems) -> Iterator[Mapping]:
    expander = Expander(templates, problems)
    for root in roots:
        body = Mapping(root.source, root.start, root.end)
        body.pairs = [(key, value) for key, value in unique(root, problems) if key.value != TEMPLATES]
        node = expander.expand(body) if _may_use(root.source.text) else body
        if isinstance(node, Mapping):
            yield node
        else:
            mismatch(node, "sections (keys and values)", problems)


def _may_use(text: str) -> bool:
    """Whether templates may be used in a file; an alias can be a key. A word is found far sooner than a pattern."""
    return "&" in text or "*" in text or ("use" in text and _USE.search(text) is not None)


def _merged(roots: Iterable[Mapping]) -> Mapping | None:
    """One mapping with the sections of all files; a section of several files is one `Merged` mapping."""
    whole: Merged | None = None
    sections: dict[str, Merged] = {}
    for root in roots:
        if whole is None:
            whole = Merged(root.source, root.start, root.end)
        for key, value in root.pairs:
            _add(whole, sections, key, value)
    if whole is not None:  # kinds say what the names of other sections are
        whole.pairs.sort(key=lambda pair: pair[0].value != "kinds")
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
