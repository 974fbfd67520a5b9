"""A text with a name, and places in it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

_LINE_END: Final = re.compile(r"\r\n?|\n")


@dataclass(slots=True, eq=False)
class Source:
    """The text of one file; `path` is how the file is named to its author."""

    path: str
    text: str
    _starts: list[int] = field(default_factory=list, repr=False)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Return the line and column of a character, both counted from 1, columns in characters."""
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line(self, number: int) -> tuple[int, str]:
        """Return where line `number` (from 1) begins, and its text without the line end."""
        starts = self._line_starts()
        start = starts[number - 1]
        end = starts[number] if number < len(starts) else len(self.text)
        return start, self.text[start:end].rstrip("\r\n")

    def _line_starts(self) -> list[int]:
        if not self._starts:
            self._starts.append(0)
            self._starts += [match.end() for match in _LINE_END.finditer(self.text)]
        return self._starts


@dataclass(frozen=True, slots=True)
class Span:
    """The characters `start` (included) to `end` (excluded) of a source."""

    source: Source
    start: int
    end: int


def printable(text: str) -> str:
    """Return the text with every character that could steer a terminal shown as a visible escape.

    Control characters, bidirectional overrides and isolates, surrogates and unassigned or private
    characters become their hexadecimal code in angle brackets; line ends stay. Format characters that
    writing systems and emoji need (zero-width joiner and non-joiner, soft hyphen) stay as well.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if _harmless(c) else f"<{ord(c):02x}>" for c in text)


def _harmless(char: str) -> bool:
    if char in "\n\u200c\u200d\u00ad" or char.isprintable():
        return True
    return unicodedata.category(char) == "Zs"
