"""A folder to a World."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.codes import Code
from pianist_quest.diagnostics.diagnostic import Problems, TooManyProblemsError
from pianist_quest.diagnostics.source import Source, Span

from .files import sources, world_key
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

_USE: Final = re.compile(r"\buse\b['\"]?\s*:")


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
    for source in sources(path, problems, digest.update, texts):
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
    if world is None:
        return None
    return replace(world, key=world_key(path), fingerprint=digest.hexdigest()[:32], library=library())


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
