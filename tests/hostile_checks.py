"""What must be true of every world, however hostile."""

from __future__ import annotations

import json
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from pianist_quest.diagnostics.report import json_report, text_report
from support import check

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import FrameType

    from pianist_quest.diagnostics.diagnostic import Problems

SECONDS = 6.0
"""How much computing one file may cost: thrice what is promised, since machines differ."""
STEERING = {
    *map(chr, range(32)),
    *map(chr, range(127, 160)),
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
} - {"\n"}


@contextmanager
def guarded() -> Iterator[None]:
    """Fail what computes for longer than SECONDS."""

    def stop(_: int, __: FrameType | None) -> None:
        pytest.fail(f"this took more than {SECONDS} seconds")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def ends_well(path: Path) -> Problems:
    """Check a world; it must have a story or at least one error, and a report that steers no terminal."""
    with guarded():
        problems, story = check(path)
        said = text_report(problems)
    assert (story is not None) != bool(problems.errors)
    assert not STEERING & set(said)
    assert len(said) < 2_000_000
    json.loads(json_report(problems))
    for found in problems:
        for label in (found.label, *found.others):
            assert 0 <= label.span.start <= label.span.end <= len(label.span.source.text)
    return problems
