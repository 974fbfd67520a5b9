"""What is wrong with a world, as data."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from pianist_quest.records import field, record

from .allow import Allowance, Allowances

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .codes import Code
    from .source import Source, Span


MAX_FINDINGS: Final = 500
"""How many errors one run collects before it stops, and beyond how many findings it keeps no warning."""
_MAX_WORD: Final = 60
_MAX_COMPARED: Final = 300


class TooManyProblemsError(Exception):
    """So much is wrong that more findings would help nobody."""


class Severity(Enum):
    """How much a finding weighs: an error keeps the world from being played, advice is told to those who ask."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@record
class Label:
    """A place and what is to be said of it there; the text may be empty."""

    span: Span
    text: str = ""


@record
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


@record(frozen=False)
class Problems:
    """All findings of one run. Each is kept once; iteration is sorted by file and place.

    `advised` says whether advice is looked for too. Where the author allows a finding, it is not kept (see `allow`).
    """

    advised: bool = False
    sources: list[Source] = field(default_factory=list)
    """The files that were read."""
    _allowances: dict[Source, Allowances] = field(default_factory=dict)
    _found: dict[tuple[str, int, int, str, str], Diagnostic] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    """Names whose declarations are broken: that has been told, so nobody calls them unknown."""
    errors: int = 0
    """How many findings are errors."""
    warnings: int = 0
    """How many are warnings."""
    dropped: bool = False
    """Whether there were more warnings than are kept."""

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
        """Keep a finding; `note` stands at the underline, `hint` below, `others` are further places.

        Raises TooManyProblemsError when the run has MAX_FINDINGS errors; beyond as many findings no warning is kept.
        """
        labels = tuple(Label(*other) for other in others)
        found = Diagnostic(code, message, Label(span, note), labels, hint)
        key = (span.source.path, span.start, span.end, code.value, message)
        if key in self._found:
            return
        if found.severity is not Severity.ERROR:
            if self.allowances(span.source).allow(code.value, span.start):
                return
            if len(self._found) >= MAX_FINDINGS:
                self.dropped = True
                return
        self._found[key] = found
        self.errors += found.severity is Severity.ERROR
        self.warnings += found.severity is Severity.WARNING
        if self.full:
            raise TooManyProblemsError

    def allowances(self, source: Source) -> Allowances:
        """Return what a file's comments allow."""
        if source not in self._allowances:
            self._allowances[source] = Allowances(source)
        return self._allowances[source]

    def unused(self) -> Iterator[tuple[Source, Allowance]]:
        """Yield what comments allow and nothing needed."""
        for source in self.sources:
            yield from ((source, one) for one in self.allowances(source) if not one.used)

    @property
    def full(self) -> bool:
        """Whether there are as many errors as are collected."""
        return self.errors >= MAX_FINDINGS

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter([self._found[key] for key in sorted(self._found)])


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like `word`, or None where none is near enough to be meant.

    Likeness is Python's difflib ratio of at least 0.6, ignoring case. Among very many known words only
    those of a like length and with the same first letter are compared.
    """
    if len(word) > _MAX_WORD:
        return None
    folded = word.casefold()
    by_fold = {candidate.casefold(): candidate for candidate in sorted(known, reverse=True)}
    close = [one for one in by_fold if len(one) <= 2 * len(word) + 2]
    if len(close) > _MAX_COMPARED:
        close = [one for one in close if one[:1] == folded[:1] and abs(len(one) - len(word)) < 3][:_MAX_COMPARED]
    from difflib import get_close_matches  # noqa: PLC0415 - where all is well, nothing is misspelt

    found = get_close_matches(folded, close, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "did you mean `x`?" for the nearest known word, or an empty text."""
    found = nearest(word, known)
    return f"did you mean `{found}`?" if found else ""
