"""A saved game of an older version of a world, by the names that its things have now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from .decisions import BETWEEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .document import Document

_NAME: Final = re.compile(r"[^\W\d]\w*")


def renamed(document: Document, names: Mapping[str, str]) -> Document:
    """Return a document with old names replaced by new ones, wherever a name of the world stands."""
    if not names:
        return document
    found = dict(document)
    for key in ("place", "at", "scene", "ending"):
        found[key] = _site(found.get(key), names)
    for key in ("visited", "stack"):
        found[key] = _each(found.get(key), names)
    for key in ("values", "counts"):
        part = found.get(key)
        if isinstance(part, dict):
            found[key] = {_site(slot, names): _word(value, names) for slot, value in part.items()}
    lines = found.get("decisions")
    if isinstance(lines, list):
        found["decisions"] = [_decided(one, names) for one in lines]
    return found


def _decided(line: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - whatever the file has
    """Return a decision by the new names; the words of a choice or topic are no names."""
    if not isinstance(line, str):
        return line
    return BETWEEN.join(
        _put(part, names) if not _has_words(part) else _asked(part, names) for part in line.split(BETWEEN)
    )


def _has_words(part: str) -> bool:
    return part.startswith(("choose ", "ask "))


def _asked(part: str, names: Mapping[str, str]) -> str:
    kind, thing, *rest = part.split(" ", 2)
    return " ".join([kind, _put(thing, names), *rest])


def _each(part: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - whatever the file has
    return [_site(one, names) for one in part] if isinstance(part, list) else part


def _word(value: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - as above
    return names.get(value, value) if isinstance(value, str) else value


def _site(text: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - as above
    """Return a place in a script or a slot's name (`scene dawn/choices`, `boy.at`) by its owner's new name."""
    if not isinstance(text, str):
        return text
    owner, slash, rest = text.partition("/")
    return _put(owner, names) + slash + rest


def _put(text: Any, names: Mapping[str, str]) -> Any:  # noqa: ANN401 - as above
    return _NAME.sub(lambda word: names.get(word[0], word[0]), text) if isinstance(text, str) else text
