"""A text with a name, and places in it."""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from typing import Final

from pianist_quest.records import field, record

_LINE_END: Final = re.compile(r"\r\n?|\n")
# Where `printable` need not look at each character: nothing there joins, combines, selects a form or can hide.
_careless: Final = re.compile("[\0-\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027\u2030-\u205e]*").fullmatch
_JOINERS: Final = "\u200c\u200d"
_SELECTORS: Final = (("\u180b", "\u180d"), ("\u180f", "\u180f"), ("\ufe00", "\ufe0f"), ("\U000e0100", "\U000e01ef"))
_KEYCAPS: Final = "0123456789#*"
_SIGNS: Final = "\u00a9\u00ae"  # symbols that are emoji as well
# The grapheme joiner, the Hangul fillers, the inherent vowels of Khmer: they print, and nobody sees them.
_UNSEEN: Final = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
_MOST_MARKS: Final = 8
"""The most accents, vowel signs and the like that stay on one letter; Tibetan and Hebrew take four or five."""


@record(frozen=False, eq=False)
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


@record
class Span:
    """The characters `start` (included) to `end` (excluded) of a source."""

    source: Source
    start: int
    end: int


def printable(text: str) -> str:
    """Return the text with every character that could steer a terminal or hide shown as a visible escape.

    Control characters, bidirectional overrides and isolates, surrogates, unassigned and private characters, soft
    hyphens and fillers that nobody sees become their hexadecimal code in angle brackets; line ends stay. Joiners and
    variation selectors stay where writing systems and emoji need them: one, after a letter, mark or symbol that can
    take it. So do accents, no more than any language puts on one letter.
    """
    return text if _is_plain(text) else "".join(printable_parts(text))


def printable_parts(text: str) -> list[str]:
    """Return the same, what is printed for each character of the text."""
    if _is_plain(text):
        return list(text)
    found, before, marks = [], "\n", 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        good = marks <= _MOST_MARKS and _harmless(char, before)
        found.append(char if good else f"<{ord(char):02x}>")
        before = char if good else "\n"
    return found


def _is_plain(text: str) -> bool:
    """Whether a text needs no looking at its characters."""
    return _careless(text) is not None and text.replace("\n", "").isprintable()


def one_line(text: str) -> str:
    """Return the same with line ends as escapes too: for what must not look like lines of its own."""
    return printable(text).replace("\n", "<0a>")


def printable_json(text: str) -> str:
    """Return JSON with what `printable` would change written as JSON's own escapes, so that nothing of it is lost."""
    shown = zip(text, printable_parts(text), strict=True)
    return "".join(char if part == char else json.dumps(char)[1:-1] for char, part in shown)


def _harmless(char: str, before: str) -> bool:
    if char in _JOINERS:
        return _takes(before) or _is_selector(before)
    if _is_selector(char):
        return _takes(before) or before in _KEYCAPS
    if char == "\n" or unicodedata.category(char) == "Zs":
        return True
    return char.isprintable() and char not in _UNSEEN


def _takes(char: str) -> bool:
    """Whether a character can be followed by a joiner: one of the scripts that have them, or a symbol."""
    other = char >= "\u0590" and not _is_selector(char) and char not in _JOINERS
    return (other or char in _SIGNS) and unicodedata.category(char)[0] in "LMS"


def _is_selector(char: str) -> bool:
    return any(first <= char <= last for first, last in _SELECTORS)
