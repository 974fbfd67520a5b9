"""What is wrong with a world, as data."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .codes import Code
    from .source import Span


class Severity(Enum):
    """How much a finding weighs: an error keeps the world from being played."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Label:
    """A place and what is to be said of it there; the text may be empty."""

    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: its code, one sentence, the place, further places, and what to do about it."""

    code: Code
    message: str
    label: Label
    others: tuple[Label, ...] = ()
    hint: str = ""

    @property
    def severity(self) -> Severity:
        """The severity its code has."""
        return self.code.severity


@dataclass(slots=True)
class Problems:
    """All findings of one run. Each is kept once; iteration is sorted by file and place."""

    _found: dict[tuple[str, int, int, str, str], Diagnostic] = field(default_factory=dict)

    def add(
        self,
        code: Code,
        message: str,
        span: Span,
        *,
        note: str = "",
        hint: str = "",
        others: Iterable[tuple[Span, str]] = (),
    ) -> None:
        """Keep a finding; `note` stands at the underline, `hint` below, `others` are further places."""
        labels = tuple(Label(*other) for other in others)
        found = Diagnostic(code, message, Label(span, note), labels, hint)
        key = (span.source.path, span.start, span.end, code.value, message)
        self._found.setdefault(key, found)

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(found.severity is Severity.ERROR for found in self._found.values())

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter([self._found[key] for key in sorted(self._found)])


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like `word`, or None where none is near enough to be meant.

    Likeness is Python's difflib ratio of at least 0.6, ignoring case.
    """
    by_fold = {candidate.casefold(): candidate for candidate in sorted(known, reverse=True)}
    found = difflib.get_close_matches(word.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "did you mean `x`?" for the nearest known word, or an empty text."""
    found = nearest(word, known)
    return f"did you mean `{found}`?" if found else ""
