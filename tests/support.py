"""Worlds for tests: small ones written here, and what `check` says of them."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from pianist_quest.diagnostics.codes import Code
from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.diagnostics.source import Source
from pianist_quest.story.compile import compile_world
from pianist_quest.worldfile.load import load_world
from pianist_quest.worldfile.nodes import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import FrameType

    from pianist_quest.diagnostics.diagnostic import Diagnostic
    from pianist_quest.story.story import Story
    from pianist_quest.worldfile.nodes import Node

HEADER = "format: 1\ntitle: T\nstart: hall\n"
LOOSE_ENDS = (Code.UNREACHED, Code.NEVER_READ, Code.NEVER_SET, Code.DEAD_END)
HALL = "rooms:\n  hall: {name: Hall}\n"


def check(path: Path, *, pure: bool = False) -> tuple[Problems, Story | None]:
    """Return what `check` finds in a world, and its story where it finds no error."""
    problems = Problems()
    world = load_world(path, problems, pure=pure)
    return problems, compile_world(world, problems) if world else None


@contextmanager
def lines_uncounted() -> Iterator[None]:
    """Do something without noting which lines it covers."""
    counting = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(counting)


@cache
def bundled(folder: Path) -> Story:
    """Return the story of a world that comes with the game, compiled once."""
    story = check(folder)[1]
    assert story is not None
    return story


def check_text(folder: Path, text: str) -> Problems:
    """Return what `check` finds in a world of one file."""
    file = folder / "world.yaml"
    file.write_text(text, encoding="utf-8", newline="")
    return check(file)[0]


def codes(problems: Problems) -> list[str]:
    """Return the codes of the findings, in order; small worlds need not use all that they have."""
    return [found.code.value for found in problems if found.code not in LOOSE_ENDS]


def underlined(found: Diagnostic) -> str:
    """Return the characters that a finding underlines."""
    span = found.label.span
    return span.source.text[span.start : span.end]


def nodes(text: str, *, pure: bool = False) -> tuple[Node | None, Problems]:
    """Return the nodes of a text, and what was wrong with it."""
    problems = Problems()
    return parse(Source("test.yaml", text), problems, pure=pure), problems


def calls(do: Callable[[], object]) -> int:
    """Return how many calls of Python functions something makes."""
    count = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        do()
    finally:
        sys.setprofile(before)
    return count
