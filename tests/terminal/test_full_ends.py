"""Ways out of the full screen: whatever happens, the terminal is as it was and the game is saved."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

from terminal.screens import DOWN, END, F1, F2, F10, PAGE_UP, UP, Terminal
from terminal.test_ends import BASH, Shell

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SET, PUT_BACK = {b"?1049h", b"?1000h", b"?2004h", b"?25l"}, {b"?1049l", b"?1000l", b"?2004l", b"?25h"}
"""What a program turns on (another screen, the mouse, marked pastes, a hidden cursor), and what turns it off."""


def left_sane(terminal: Terminal) -> bool:
    """Whether a terminal is as it was: its modes, the cursor, the screen, the mouse, pastes."""
    last = {on: max((terminal.raw.rfind(b"\x1b[" + sign), sign) for sign in (on, off)) for on, off in pairs()}
    return terminal.modes() == terminal.before and {sign for at, sign in last.values() if at >= 0} <= PUT_BACK


def pairs() -> list[tuple[bytes, bytes]]:
    return [(on, next(off for off in PUT_BACK if off[:-1] == on[:-1])) for on in SET]


def test_ctrl_c_twice_leaves(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal()
    terminal.type("\x03")
    assert terminal.sees("press ctrl-c once more to leave.")
    terminal.type("\x03")
    assert terminal.ends() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_sane_and_the_game_saved(
    open_terminal: Callable[..., Terminal], tmp_path: Path, number: signal.Signals
) -> None:
    terminal = open_terminal()
    terminal.type("n\r")
    assert terminal.sees("The kitchen")
    assert not left_sane(terminal)
    os.kill(terminal.pid, number)
    assert terminal.ends() == 128 + number
    assert "Traceback" not in terminal.text()
    assert '"turn": 1' in (tmp_path / "saves" / "house" / "autosave.json").read_text(encoding="utf-8")
    assert left_sane(terminal)


def test_the_signal_of_ctrl_c_is_as_good_as_the_key(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal()
    os.kill(terminal.pid, signal.SIGINT)
    assert terminal.sees("press ctrl-c once more to leave.")
    os.kill(terminal.pid, signal.SIGINT)
    assert terminal.ends() == 0
    assert left_sane(terminal)


@pytest.mark.skipif(BASH is None, reason="no shell that has jobs")
def test_ctrl_z_and_resume(tmp_path: Path) -> None:
    shell = Shell("--norc", "--noprofile", "-i", PS1="shell$ ", TERM="xterm")
    assert shell.sees("shell$")
    shell.type(f"{sys.executable} -m pianist_quest play first_steps --screen --saves {tmp_path}\r")
    assert shell.sees("F1 all commands")
    shell.type("n\rhalf")
    assert shell.sees("The parlour")
    shell.type("\x1a")
    assert shell.sees("Stopped")
    assert "The parlour" not in shell.text()
    shell.type("clear; stty -a | tr ';' '\\n' | grep -ow -e '-*icanon' -e '-*echo' -e '-*isig' | tr '\\n' ' '\r")
    assert shell.sees("isig icanon echo")
    shell.type("fg\r")
    assert shell.sees(" The parlour\n")
    assert shell.sees("\n> half\n")
    shell.type("\x15quit\r")
    assert shell.sees("Your game is saved.")
    assert shell.sees("isig icanon echo")
    shell.close()


def test_a_closed_window_leaves_the_game_saved(open_terminal: Callable[..., Terminal], tmp_path: Path) -> None:
    terminal = open_terminal()
    terminal.type("n\r")
    assert terminal.sees("The kitchen")
    assert terminal.hang_up() in (0, 1, 128 + signal.SIGHUP)
    assert '"turn": 1' in (tmp_path / "saves" / "house" / "autosave.json").read_text(encoding="utf-8")


WHEEL, CLICK, PASTE = "\x1b[<64;5;5M", "\x1b[<0;8;9M\x1b[<0;8;9m", "\x1b[200~n\rs\r\x1b[201~"
KEYS = (
    *"abcdehilmnoprstuwxy 1234567890?.,", *"é音🎹", *"\r\r\t\t\x1b\x7f\x01\x05\x0b\x0e\x10\x15\x17\x0f",
    "\x1b[C", "\x1b[D", "\x1b[H", END, PAGE_UP, "\x1b[6~", "\x1b[20~", WHEEL, CLICK, PASTE, UP, DOWN, F1, F2, F10,
)  # fmt: skip
"""What is typed by chance: all but `q` (and the enter key), ctrl-c and ctrl-d, which leave."""


@pytest.mark.parametrize("mode", ["--screen", "line"])
def test_500_keys_leave_the_terminal_sane(open_terminal: Callable[..., Terminal], mode: str) -> None:
    terminal = open_terminal(*(["--screen"] if mode == "--screen" else ["--seed", "1"]))
    by_chance = random.Random(9)  # noqa: S311 - the same keys every time
    for _ in range(25):
        terminal.type("".join(by_chance.choice(KEYS) for _ in range(20)))
        terminal.drain()
    os.kill(terminal.pid, signal.SIGTERM)
    assert terminal.ends() == 128 + signal.SIGTERM
    assert "Traceback" not in terminal.raw.decode(errors="replace")
    assert left_sane(terminal)


def test_the_screen_that_fails_leaves_the_game_to_lines(
    open_terminal: Callable[..., Terminal], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = (
        "from pianist_quest.terminal.full import stage\n"
        "stage.Stage.step = lambda *_: 1 / 0\n"
        "from pianist_quest.cli import main\nraise SystemExit(main())"
    )
    monkeypatch.setattr(Terminal, "program", (sys.executable, "-c", broken))
    terminal = open_terminal()
    terminal.type(DOWN)
    assert terminal.sees("The full screen cannot be drawn (division by zero). The game goes on line by\nline.\n")
    terminal.type("1\r")
    assert terminal.sees("\n> 1\nBong.")
    assert "Traceback" not in terminal.text()
    terminal.type("quit\r")
    assert terminal.ends() == 0
    assert left_sane(terminal)


def test_ctrl_c_breaks_off_what_takes_long(
    open_terminal: Callable[..., Terminal], monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = (
        "import time\nfrom pianist_quest.terminal.session import Session\n"
        "Session.type = lambda *_: time.sleep(60)\n"
        "from pianist_quest.cli import main\nraise SystemExit(main())"
    )
    monkeypatch.setattr(Terminal, "program", (sys.executable, "-c", slow))
    terminal = open_terminal()
    terminal.type("hint\r")
    assert terminal.sees(" thinking ")
    time.sleep(1)  # so long it is not taken for the key that leaves
    terminal.type("\x03")
    assert terminal.ends() == 130
    assert "Traceback" not in terminal.text()
    assert left_sane(terminal)
