"""What stands around the cursor in a file that is being written, and may not be right yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_KEY: Final = re.compile(r"[\"']?([\w$][^:{}\[\],\"']*?)[\"']?\s*:(?=\s|$)")
_TYPED: Final = re.compile(r"[\w.]*$")
_LOOK_BACK: Final = 2_000
"""How far up a text that goes over several lines is looked for a brace, in characters."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the cursor is: the keys above, the key whose value it is in (empty: a key is being written), the word."""

    above: tuple[str, ...]
    key: str
    word: str
    braced: bool
    """Whether it is behind an open brace of a text, where an expression stands."""


def cursor(text: str, offset: int) -> Cursor:
    """Return what stands around a character of a file."""
    start = text.rfind("\n", 0, offset) + 1
    before = text[start:offset]
    word = _TYPED.search(before)
    column = len(before) - len(before.lstrip(" -")) if before.strip(" -") else len(before)
    above = _above(text, start, column)
    keys: tuple[str, ...] = ()
    if _in_block(text, start, column):
        key, above = above[-1] if above else "", above[:-1]
    else:
        keys, key = _in_line(before)
    return Cursor((*above, *keys), key, word[0] if word else "", braced=_is_braced(text, offset))


def _in_line(before: str) -> tuple[tuple[str, ...], str]:
    """Return the keys opened on a line up to the cursor, and the key whose value is being written."""
    keys: list[str] = []
    stack: list[str] = []
    rest, key = before.lstrip(" -"), ""
    while rest:
        match = _KEY.match(rest)
        if match:
            key, rest = match[1], rest[match.end() :].lstrip()
            continue
        sign, rest = rest[0], rest[1:]
        if sign == "{":
            stack.append(key)
            keys, key = [one for one in stack if one], ""
            rest = rest.lstrip()
        elif sign == "}" and stack:
            key = stack.pop()
            keys = [one for one in stack if one]
        elif sign == "," and stack:
            key, rest = "", rest.lstrip()
        elif sign in "\"'":
            rest = rest.partition(sign)[2]
    return tuple(keys), key


def _above(text: str, start: int, column: int) -> tuple[str, ...]:
    """Return the keys of the lines above that hold what begins in a column, the outermost first."""
    found: list[str] = []
    for line in reversed(text[:start].splitlines()):
        bare = line.strip(" -")
        if not bare or bare.startswith("#"):
            continue
        indent = len(line) - len(line.lstrip(" -"))
        if indent < column:
            match = _KEY.match(line.lstrip(" -"))
            if match:
                found.append(match[1])
                column = indent
            if indent == 0:
                break
    return tuple(reversed(found))


def _in_block(text: str, start: int, column: int) -> bool:
    """Whether the line belongs to a text in a block, which began after `|` or `>`, or goes on from the line above."""
    for line in reversed(text[:start].splitlines()):
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip(" -"))
        if indent < column:
            return re.search(r":\s*[|>][+-]?\s*(#.*)?$", line) is not None
    return False


def _is_braced(text: str, offset: int) -> bool:
    """Whether an expression is being written: after an open brace, before a colon or bar."""
    part = text[max(0, offset - _LOOK_BACK) : offset]
    opened = part.rfind("{")
    return opened > part.rfind("}") and not re.search(r":\s|\|", part[opened:])
