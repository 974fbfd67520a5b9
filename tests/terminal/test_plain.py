"""The game on pipes."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pianist_quest.terminal.plain import PlainScreen, wanted
from pianist_quest.terminal.wrap import Piece, Style

if TYPE_CHECKING:
    import pytest


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def nothing(_line: str) -> tuple[str, ...]:
    return ()


def test_what_is_typed_by_nobody_is_shown() -> None:
    out = io.StringIO()
    screen = PlainScreen(io.StringIO("n\r\n\x1b[2J\n"), out)
    assert [screen.ask(nothing, "") for _ in range(3)] == ["n", "\x1b[2J", None]
    assert out.getvalue() == "> n\n> <1b>[2J\n> \n"


def test_on_a_terminal_the_terminal_shows_it() -> None:
    out = Terminal()
    screen = PlainScreen(Terminal("n\n"), out)
    assert [screen.ask(nothing, ""), screen.ask(nothing, "")] == ["n", None]
    assert out.getvalue() == "> > \n"


def test_a_line_that_came_while_one_was_waited_for_is_done_at_the_enter_key() -> None:
    screen = PlainScreen(Terminal("\nn\n"), Terminal())
    at_once = screen._in.readline

    def late() -> str:
        screen.enter("notes A")
        return at_once()

    screen._in.readline = late  # type: ignore[method-assign] # the other thread's line comes in between
    assert screen.ask(nothing, "") == "notes A"


def test_styles_leave_no_trace() -> None:
    out = io.StringIO()
    PlainScreen(io.StringIO(), out).show([(Piece("a ", Style.STRONG), Piece("b ", Style.QUIET)), ()])
    PlainScreen(io.StringIO(), out).show([])
    assert out.getvalue() == "a b\n\n\n"


def test_the_width_is_the_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert PlainScreen(io.StringIO(), io.StringIO()).width == 78
    assert PlainScreen(io.StringIO(), Terminal()).width == 40


def test_when_it_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("sys.stdout", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    assert not wanted()
    monkeypatch.setenv("TERM", "dumb")
    assert wanted()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout", io.StringIO())
    assert wanted()
