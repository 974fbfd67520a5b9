"""Several commands on one line: `take lamp. go north`, `take lamp and then go north`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .command import is_number, understand
from .grammar import METAS, SHORT_WAYS, WITH_NAME
from .meaning import Act
from .readings import is_exact
from .words import PART, label_fit, words

if TYPE_CHECKING:
    from .scene import Scene

_MOST: Final = 1000  # characters of a line; more are no commands
_STOP: Final = re.compile(r"\s*(?:[.;!?]+\s*(?:(?:and\s+)?then\s+)?|(?:,\s*|\s)(?:and\s+)?then\s+)", re.IGNORECASE)
_AND: Final = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)
_LEADING: Final = re.compile(r"^[\s.;!?,]*(?:then\s+)?", re.IGNORECASE)
_PARTED: Final = re.compile(r"[.;!?,]|(?:^|\s)(?:and|then)\s", re.IGNORECASE)
"""What stands in every line of several commands, or before its first: what the others look for has it."""


def cut(scene: Scene, line: str) -> tuple[str, str]:
    """Return the first command of a line, and the rest of the line."""
    if not _PARTED.search(line):
        return line.strip(), ""
    line = _LEADING.sub("", line).strip() or line
    if len(line) > _MOST or not words(line) or _is_whole(scene, line):
        return line, ""
    stop = _STOP.search(line)
    first = line[: stop.start()] if stop else line
    joint = _joint(scene, first)
    if joint:
        return line[: joint.start()], line[joint.end() :].strip()
    rest = line[stop.end() :].strip() if stop else ""
    if rest and not _begins(scene, rest) and isinstance(understand(scene, line), Act):
        return line, ""
    return first, rest


def _is_whole(scene: Scene, line: str) -> bool:
    """Whether a line, whatever signs are in it, is one command: a number, a name to save under, a name in full."""
    word, _, rest = line.partition(" ")
    typed = words(line)
    if METAS.get(word.casefold()) in WITH_NAME and rest.strip():
        # A name may have a full stop in it, but hardly one with a command behind it.
        stop = _STOP.search(line)
        return not (stop and stop[0][-1].isspace() and _begins(scene, line[stop.end() :]))
    if is_number(line):
        return True
    begun = len(typed) > 1 and any(words(label)[: len(typed)] == typed for _, label in scene.labels)
    return begun or is_exact(scene, typed)


def _joint(scene: Scene, line: str) -> re.Match[str] | None:
    """Return the first "and" or comma with a command behind it, where the line is not one command with it."""
    found = next((one for one in _AND.finditer(line) if one.start() and _begins(scene, line[one.end() :])), None)
    return None if found is None or isinstance(understand(scene, line), Act) else found


def _begins(scene: Scene, line: str) -> bool:
    """Whether a text can be the beginning of a command."""
    typed = words(line)
    if not typed:
        return False
    ways = (way.word for way in scene.ways)
    verbs = (pattern.parts[0] for pattern in scene.patterns)
    if typed[0] in {*METAS, *SHORT_WAYS, *SHORT_WAYS.values(), *ways, *verbs} or is_number(line):
        return True
    return any(label_fit(typed, words(label)) >= PART for _, label in scene.labels)
