"""Slips of prose, for those who ask for advice: doubled words and spaces, mixed quotation marks, texts told twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.codes import Code as Finding
from pianist_quest.worldfile.nodes import complain

if TYPE_CHECKING:
    from pianist_quest.diagnostics.diagnostic import Problems
    from pianist_quest.diagnostics.source import Source
    from pianist_quest.worldfile import model
    from pianist_quest.worldfile.nodes import Scalar

_LONG: Final = 60
"""From how many characters on a text that is told twice is remarked upon."""
_SLIPS: Final = (
    (re.compile(r"(?<=\S)  +(?=\S)"), "two spaces stand here", "one space is enough"),
    (re.compile(r"(?<=[\w\"')*]) +(?=[,;.!?](?:\s|$))"), "a space stands before a mark", "delete the space"),
    (re.compile(r"\b([^\W\d_]{2,}) \1\b", re.IGNORECASE), "a word stands twice", "delete one, if that is a slip"),
    (re.compile(r"[,;:]{2,}"), "two marks stand here", "one is enough"),
    (re.compile(r"(?<=\w) ?-- ?(?=\w)"), "two hyphens stand for a dash", "write a dash: \N{EM DASH}"),
)
_STRAIGHT: Final = re.compile(r"(?<!\w)['\"]|['\"](?!\w)")
_CURLY: Final = re.compile("[\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}]")
_TWICE_MEANT: Final = frozenset({"that", "had", "no", "so", "very", "there", "well", "ha", "now", "come", "long"})
"""Words that are written twice on purpose as a rule."""


class Slips:
    """Looks at texts one after the other."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self._told: dict[str, Scalar] = {}
        self._written = frozenset(problems.sources)  # not the library: nobody can mend that
        self._seen: set[tuple[Source, int]] = set()
        self._curly: dict[Source, bool] = {}

    def look_at(self, prose: model.Prose) -> None:
        """Advise on one text; what templates make of it in other places is the same text."""
        at = prose.at
        if at.source not in self._written or (at.source, at.start) in self._seen:
            return
        self._seen.add((at.source, at.start))
        for start, end in _plain(at.value):
            self._typing(at, start, end)
            self._quotes(at, start, end)
        self._twice(at)

    def _typing(self, at: Scalar, start: int, end: int) -> None:
        for slip, message, hint in _SLIPS:
            for found in slip.finditer(at.value, start, end):
                if found.lastindex and found[1].casefold() in _TWICE_MEANT:
                    continue
                complain(self.problems, Finding.SLIP_OF_PROSE, at, message, part=found.span(), hint=hint)

    def _quotes(self, at: Scalar, start: int, end: int) -> None:
        """Advise on straight quotation marks in a file that has curly ones too."""
        if at.source not in self._curly:
            self._curly[at.source] = _CURLY.search(at.source.text) is not None
        found = _STRAIGHT.search(at.value, start, end) if self._curly[at.source] else None
        if found:
            message = "a straight quotation mark stands here, and curly ones elsewhere in this file"
            hint = "write all of them in one way"
            complain(self.problems, Finding.SLIP_OF_PROSE, at, message, part=found.span(), hint=hint)

    def _twice(self, at: Scalar) -> None:
        told = " ".join(at.value.split())
        if len(told) < _LONG:
            return
        first = self._told.setdefault(told, at)
        if first is not at:
            message = "this text stands word for word in another place"
            hint = "tell it in other words, or write it once and `call` it"
            others = ((first.span, "the first is here"),)
            complain(self.problems, Finding.TOLD_TWICE, at, message, hint=hint, others=others)


def _plain(text: str) -> list[tuple[int, int]]:
    """Return where in a text prose stands, between its inline forms' braces and bars."""
    return [found.span() for found in re.finditer(r"[^{}|]+", text)]
