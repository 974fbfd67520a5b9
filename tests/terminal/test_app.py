"""The game on a terminal, read from the screen as a player sees it."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pianist_quest.terminal.app import style_text
from pianist_quest.terminal.wrap import Style
from terminal.house import WORLD

pty = pytest.importorskip("pty")
fcntl = pytest.importorskip("fcntl")
import select  # noqa: E402 - after the skips
import struct  # noqa: E402
import termios  # noqa: E402

import pyte  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[2] / "src"
PATIENCE = 10.0


class Terminal:
    """The program on a terminal of 80 by 24, and its screen."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        self.screen = pyte.HistoryScreen(80, 24, history=1000)
        self._stream = pyte.ByteStream(self.screen)
        self._ended = False
        self.pid, self._handle = pty.fork()
        if self.pid == 0:  # pragma: no cover - the program's side
            settings = {"PYTHONPATH": str(SOURCE), "TERM": "xterm-256color"}
            command = [sys.executable, "-m", "pianist_quest", *arguments]
            os.execve(sys.executable, command, {**os.environ, **settings, **environment})  # noqa: S606 - a test's child
        # Terminals answer when asked where the cursor is.
        self.screen.write_process_input = self.type  # type: ignore[method-assign, assignment] # pyte's own way
        self.resize(80)

    def resize(self, columns: int) -> None:
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.screen.resize(24, columns)

    def type(self, text: str) -> None:
        os.write(self._handle, text.encode())

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def sees(self, part: str) -> bool:
        """Wait until the screen shows a text; False where it never does."""
        end = time.monotonic() + PATIENCE
        while part not in self.text():
            if time.monotonic() > end or not self._read():
                return part in self.text()
        return True

    def ends(self) -> int:
        """Wait for the end; return the exit code (SIGKILL's where it does not come)."""
        while self._read():
            pass
        if select.select([self._handle], [], [], 0)[0] == []:
            os.kill(self.pid, signal.SIGKILL)
        self._ended = True
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def close(self) -> None:
        """Leave nothing behind, whatever became of the test."""
        os.close(self._handle)
        if not self._ended:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)

    def _read(self) -> bool:
        if not select.select([self._handle], [], [], PATIENCE)[0]:
            return False
        try:
            data = os.read(self._handle, 65536)
        except OSError:  # the program has ended
            return False
        self._stream.feed(data)
        return bool(data)


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
