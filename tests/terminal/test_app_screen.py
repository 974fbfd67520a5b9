"""The terminal's screen in this process: keys in, lines out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.output.vt100 import Vt100_Output

from pianist_quest.terminal.app import AppScreen
from pianist_quest.terminal.wrap import Piece, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prompt_toolkit.input import PipeInput


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as source:
        yield source


def complete(line: str) -> tuple[str, ...]:
    return tuple(word for word in ("wait here", "wasp") if word.startswith(line))


def test_a_line_completed(keys: PipeInput) -> None:
    keys.send_text("wai\t\r")
    assert AppScreen(keys, DummyOutput()).ask(complete, "Week 1") == "wait here"


def test_ctrl_d_is_the_end_and_ctrl_c_an_interruption(keys: PipeInput) -> None:
    screen = AppScreen(keys, DummyOutput())
    keys.send_text("\x04")
    assert screen.ask(complete, "") is None
    keys.send_text("\x03")
    with pytest.raises(KeyboardInterrupt):
        screen.ask(complete, "")


@pytest.mark.parametrize("no_color", ["", "1"])
def test_styled_lines(keys: PipeInput, monkeypatch: pytest.MonkeyPatch, no_color: str) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    out = io.StringIO()
    screen = AppScreen(keys, Vt100_Output(out, lambda: Size(24, 60), term="xterm"))
    before = out.getvalue()
    screen.show([])
    assert out.getvalue() == before
    screen.show([(Piece("Hall", Style.HEADING), Piece(" quiet", Style.QUIET)), ()])
    assert ";1;4mHall" in out.getvalue()
    assert (";90m quiet" in out.getvalue()) is (no_color == "")
    assert screen.width == 60
