"""Choosing with arrow keys in line mode: choices lie below the line, what was typed before lies above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from pianist_quest.terminal.app import AppScreen
from pianist_quest.terminal.settings import Settings
from terminal.screens import DOWN, UP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prompt_toolkit.input import PipeInput

    from terminal.screens import Terminal

ESCAPE, BACK, PASTED = "\x1b", "\x7f", "\x1b[200~wait\x1b[201~"


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as source:
        yield source


def typed(keys: PipeInput, *lines: str) -> str | None:
    """Return the last of some lines that are typed where there are three choices."""
    screen = AppScreen(keys, DummyOutput())
    line: str | None = None
    for text in lines:
        screen.offer([("1", "Open the window"), ("2", "Shut it"), ("back", "Back")])
        keys.send_text(f"{text}\r")
        line = screen.ask(lambda _: (), "")
    return line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (DOWN, "1"),
        (DOWN * 2, "2"),
        (DOWN * 3, "back"),
        (DOWN * 4, "1"),  # and from the beginning
        (DOWN * 2 + UP, "1"),
        (DOWN + UP, ""),
    ],
)
def test_the_down_key_marks_one_choice_after_another(keys: PipeInput, text: str, line: str) -> None:
    assert typed(keys, text) == line


@pytest.mark.parametrize("text", ["wait", f"{BACK}wait", PASTED])
def test_what_is_typed_takes_the_place_of_what_is_marked(keys: PipeInput, text: str) -> None:
    assert typed(keys, f"{DOWN * 2}{text}") == "wait"


def test_lines_typed_before_are_above_as_ever(keys: PipeInput) -> None:
    assert typed(keys, "look", "wait", UP * 2) == "look"
    assert typed(keys, "look", "wait", f"{UP * 2}{DOWN}") == "wait"
    assert typed(keys, "look", f"{UP}{DOWN}{DOWN}") == "1"
    assert typed(keys, "look", f"{DOWN}{UP}{UP}") == "look"


def test_a_line_that_is_begun_is_left_alone(keys: PipeInput) -> None:
    assert typed(keys, f"wait{DOWN}") == "wait"


def test_the_list_is_shown_and_a_click_takes_a_choice(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal("--seed", "1")
    terminal.type("n\r")
    assert terminal.sees("(the hall), east\n\n>")
    terminal.type(DOWN)
    assert terminal.sees("\n> 1\n   1. Open the window\n")
    row = terminal.text().splitlines().index("   1. Open the window") + 1
    terminal.type(f"\x1b[<0;8;{row}M\x1b[<0;8;{row}m")
    assert terminal.sees("\n> 1\nAir.\n")


def test_the_mouse_is_the_terminals_where_there_is_nothing_to_click_on(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal("--seed", "1")
    taken = b"\x1b[?1000h"
    assert taken not in terminal.raw
    assert terminal.says("\x1b[?1000h", DOWN)
    assert terminal.says("\x1b[?1000l", ESCAPE)


def test_the_mouse_can_be_left_to_the_terminal_for_good(keys: PipeInput) -> None:
    screen = AppScreen(keys, DummyOutput(), settings=Settings(mouse=False))
    screen.offer([("1", "Open the window")])
    keys.send_text(f"{DOWN}\r")
    assert screen.ask(lambda _: (), "") == "1"
    assert not screen._prompt.app.mouse_support()
