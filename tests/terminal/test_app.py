"""The game on a terminal, read from the screen as a player sees it."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from pianist_quest.terminal.app import style_text
from pianist_quest.terminal.wrap import Style
from terminal.house import WORLD
from terminal.screens import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def house(tmp_path: Path) -> str:
    (tmp_path / "house.yaml").write_text(WORLD, encoding="utf-8")
    return str(tmp_path / "house.yaml")


@pytest.fixture
def terminal(house: str, tmp_path: Path) -> Iterator[Terminal]:
    opened = Terminal("play", house, "--saves", str(tmp_path / "saves"))
    yield opened
    opened.close()


def saved(tmp_path: Path) -> str:
    return (tmp_path / "saves" / "house" / "autosave.json").read_text(encoding="utf-8")


def test_playing_a_few_turns(terminal: Terminal, tmp_path: Path) -> None:
    assert terminal.sees("Exits: north, up")
    assert terminal.sees("Week 1 | Hands ▮▮▮")
    terminal.type("n\r")
    assert terminal.sees("The kitchen")
    assert '"turn": 1' in saved(tmp_path)
    terminal.type("quit\r")
    assert terminal.ends() == 0
    assert "Your game is saved." in terminal.text()


def test_the_tab_key_completes_what_is_possible(terminal: Terminal) -> None:
    assert terminal.sees("Exits")
    terminal.type("exa\tu\t\r")
    assert terminal.sees("It stands.")
    terminal.type("\x1b[A\r")
    assert terminal.sees("> examine upright piano")


def test_the_lines_follow_the_width(terminal: Terminal) -> None:
    assert terminal.sees("Exits")
    terminal.resize(40)
    terminal.type("help\r")
    assert terminal.sees("About the game")


def test_ctrl_d_leaves_with_nothing_lost(terminal: Terminal) -> None:
    assert terminal.sees("Exits")
    terminal.type("n\r")
    assert terminal.sees("(the hall), east\n\n>")
    terminal.type("\x04")
    assert terminal.ends() == 0


def test_ctrl_c_twice_leaves_with_nothing_lost(terminal: Terminal) -> None:
    assert terminal.sees("Exits: north, up\n\n>")
    terminal.type("\x03")
    assert terminal.sees("press ctrl-c once more to leave.\n\n>")
    terminal.type("\x03")
    assert terminal.ends() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_signal_ends_it_with_nothing_lost(
    terminal: Terminal, tmp_path: Path, house: str, number: signal.Signals
) -> None:
    assert terminal.sees("Exits")
    terminal.type("n\r")
    assert terminal.sees("The kitchen")
    os.kill(terminal.pid, number)
    assert terminal.ends() == (-number if number is signal.SIGKILL else 128 + number)
    assert "Traceback" not in terminal.text()
    again = Terminal("play", house, "--saves", str(tmp_path / "saves"), "--resume", "autosave")
    assert again.sees("The kitchen")
    again.type("s\r")
    assert again.sees("The hall\n")
    again.close()


@pytest.mark.parametrize("settings", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_the_title_page(tmp_path: Path, settings: dict[str, str]) -> None:
    terminal = Terminal(PIANIST_QUEST_SAVES=str(tmp_path), **settings)
    assert terminal.sees("Quit\n\n>") or terminal.sees("cannot be played")
    terminal.type("quit\r")
    assert terminal.ends() in (0, 1)
    terminal.close()


def test_a_dumb_terminal_gets_plain_text(tmp_path: Path) -> None:
    terminal = Terminal("play", "first_steps", "--saves", str(tmp_path), TERM="dumb")
    assert terminal.sees("Exits: north, up\n\n>")
    assert "Patience" not in terminal.text()
    terminal.type("quit\r")
    assert terminal.ends() == 0
    terminal.close()


def test_styles() -> None:
    assert style_text(Style.PLAIN) == ""
    assert style_text(Style.EMPHASIS | Style.STRONG) == "italic bold"
    assert style_text(Style.PERSON) == ""
