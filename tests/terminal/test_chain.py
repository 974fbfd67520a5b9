"""Several commands on one line."""

from __future__ import annotations

import pytest

from pianist_quest.terminal.chain import cut
from terminal.bakery import BAKERY
from terminal.house import after


@pytest.mark.parametrize(
    ("line", "first", "rest"),
    [
        ("take brass key. go north", "take brass key", "go north"),
        ("n.n", "n", "n"),
        ("n; n!", "n", "n!"),
        ("take key then north", "take key", "north"),
        ("take key, and then go north. wait", "take key", "go north. wait"),
        ("take key and go north", "take key", "go north"),
        ("take iron key, x oven", "take iron key", "x oven"),
        ("take iron key and brass key. n", "take iron key and brass key", "n"),
        ("take iron key and sweep the floor", "take iron key", "sweep the floor"),
        ("save here. look", "save here", "look"),
        ("oops lamp, then wait", "oops lamp", "wait"),
        ("then wait", "wait", ""),
        ("wait, ...", "wait, ...", ""),
        ("... go to yard.", "go to yard", ""),
        ("frobnicate. wait", "frobnicate", "wait"),
        ("go north and east", "go north", "east"),
    ],
)
def test_a_line_is_cut_behind_its_first_command(line: str, first: str, rest: str) -> None:
    assert cut(after(story=BAKERY), line) == (first, rest)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "...",
        "1.",
        "take brass key, iron key and the stale bun",
        "save my.game then",
        "save St. Petersburg",
        "Wait. Then sweep the floor",
        "wait. then sweep",
        "take iron key and wasp",
        "take iron key, wasp,",
        "x ene. ene",
        "n." * 501,
    ],
)
def test_a_line_that_is_one_command_stays_whole(line: str) -> None:
    assert cut(after(story=BAKERY), line) == (line, "")
