"""However a game ends, the turn that was seen is saved and the terminal is as it was."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import termios
import time
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import pytest

from pianist_quest.saves.document import unseal
from pianist_quest.saves.names import AUTOSAVE, PREVIOUS
from pianist_quest.saves.store import Store
from pianist_quest.terminal.loop import Desk, Play
from pianist_quest.terminal.plain import PlainScreen, TranscriptFile
from pianist_quest.terminal.session import Session
from pianist_quest.terminal.slots import listing
from pianist_quest.terminal.wrap import plain_text
from terminal.house import HOUSE, WORLD
from terminal.screens import SOURCE, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASH = shutil.which("bash")
LOCAL_FLAGS = 3
"""Where `termios` has the flags of echo, lines and signals."""


class Shell(Terminal):
    """A shell that has jobs."""

    program = (str(BASH),)


@pytest.fixture
def house(tmp_path: Path) -> str:
    (tmp_path / "house.yaml").write_text(WORLD, encoding="utf-8")
    return str(tmp_path / "house.yaml")


@pytest.fixture
def opened() -> Iterator[list[Terminal]]:
    found: list[Terminal] = []
    yield found
    for one in found:
        one.close()


def begun(opened: list[Terminal], house: str, tmp_path: Path, *options: str) -> Terminal:
    """Return a game in the kitchen, after one turn."""
    terminal = Terminal("play", house, "--saves", str(tmp_path / "saves"), *options)
    opened.append(terminal)
    assert terminal.sees("Exits: north, up\n\n>")
    terminal.type("n\r")
    assert terminal.sees("(the hall), east\n\n>")
    return terminal


def turn(tmp_path: Path) -> int:
    """Return the turn that is saved."""
    return int(unseal((tmp_path / "saves" / "house" / "autosave.json").read_bytes())["turn"])


def is_free(tmp_path: Path) -> bool:
    """Whether no program holds the autosave any more."""
    Store(tmp_path / "saves").hold("house", AUTOSAVE).release()
    return True


def shown_as_before(terminal: Terminal) -> bool:
    """Whether the cursor is shown, and all modes that the screen can be put in are as they were."""
    on, off = terminal.raw.rfind(b"\x1b[?25h"), terminal.raw.rfind(b"\x1b[?25l")
    paste = terminal.raw.rfind(b"\x1b[?2004l") >= terminal.raw.rfind(b"\x1b[?2004h")
    return on >= off and paste and b"\x1b[?1049h" not in terminal.raw


@pytest.mark.parametrize("plain", [(), ("--plain",)], ids=["app", "plain"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal(
    opened: list[Terminal], house: str, tmp_path: Path, number: signal.Signals, plain: tuple[str, ...]
) -> None:
    terminal = begun(opened, house, tmp_path, *plain)
    os.kill(terminal.pid, number)
    if number is signal.SIGINT:
        assert terminal.sees("once more to leave.\n\n>")
        os.kill(terminal.pid, number)
    assert terminal.ends() == (0 if number is signal.SIGINT else 128 + number)
    assert turn(tmp_path) == 1
    assert is_free(tmp_path)
    assert shown_as_before(terminal)
    assert b"Traceback" not in terminal.raw


@pytest.mark.parametrize("plain", [(), ("--plain",)], ids=["app", "plain"])
def test_a_closed_terminal(opened: list[Terminal], house: str, tmp_path: Path, plain: tuple[str, ...]) -> None:
    terminal = begun(opened, house, tmp_path, *plain)
    assert terminal.hang_up() in (1, 128 + signal.SIGHUP)
    assert turn(tmp_path) == 1
    assert is_free(tmp_path)


@pytest.mark.skipif(BASH is None, reason="no shell that has jobs")
@pytest.mark.parametrize("plain", ["", " --plain"], ids=["app", "plain"])
def test_ctrl_z_and_resume(opened: list[Terminal], house: str, tmp_path: Path, plain: str) -> None:
    shell = Shell("--norc", "--noprofile", "-i", PS1="shell$ ", TERM="xterm")
    opened.append(shell)
    assert shell.sees("shell$")
    saves = tmp_path / "saves"
    shell.type(f"clear; {sys.executable} -m pianist_quest play {house} --saves {saves}{plain}\r")
    assert shell.sees("Exits: north, up\n\n>")
    shell.type("n\r")
    assert shell.sees("(the hall), east\n\n>")
    shell.type("\x1a")
    assert shell.sees("Stopped")
    assert turn(tmp_path) == 1
    shell.type("clear; stty -a | tr ';' '\\n' | grep -ow -e '-*icanon' -e '-*echo' -e '-*isig' | tr '\\n' ' '\r")
    assert shell.sees("isig icanon echo")
    shell.type("clear; fg\r")
    assert shell.sees("pianist_quest play")
    shell.type("s\r")
    assert shell.sees("The hall")
    shell.type("quit\r")
    assert shell.sees("Your game is saved.")
    assert turn(tmp_path) == 2


def test_echo_and_lines_are_as_before(opened: list[Terminal], house: str, tmp_path: Path) -> None:
    terminal = Terminal("play", house, "--saves", str(tmp_path / "saves"))
    opened.append(terminal)
    before = terminal.modes()
    assert terminal.sees("Exits: north, up\n\n>")
    flags = termios.ECHO | termios.ICANON | termios.ISIG
    assert not int(str(terminal.modes()[LOCAL_FLAGS])) & flags
    os.kill(terminal.pid, signal.SIGTERM)
    time.sleep(0.3)  # what the terminal is like can be asked until the program's end was seen
    assert terminal.modes() == before
    assert terminal.ends() == 128 + signal.SIGTERM


# Pipes


@dataclass
class Piped:
    """A game on pipes."""

    process: subprocess.Popen[bytes]
    typed: IO[bytes]
    shown: IO[bytes]
    said: IO[bytes]

    def types(self, lines: bytes) -> None:
        self.typed.write(lines)
        self.typed.flush()

    def shows(self, part: bytes) -> None:
        """Wait until it has shown a text."""
        while part not in self.shown.readline():
            pass

    def ends(self) -> tuple[int, bytes]:
        """Return the exit code, and what was said on standard error."""
        code, said = self.process.wait(10), self.said.read()
        for pipe in (self.typed, self.shown, self.said):
            pipe.close()
        return code, said


def started(house: str, tmp_path: Path) -> Piped:
    command = [sys.executable, "-m", "pianist_quest", "play", house, "--plain", "--saves", str(tmp_path / "saves")]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    pipe = subprocess.PIPE
    game = subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe)
    assert game.stdin
    assert game.stdout
    assert game.stderr
    return Piped(game, game.stdin, game.stdout, game.stderr)


def test_a_reader_that_has_enough(house: str, tmp_path: Path) -> None:
    game = started(house, tmp_path)
    game.types(b"n\n")
    game.shows(b"kitchen")
    game.shown.close()
    game.types(b"s\nn\n")
    game.typed.close()
    assert game.ends() == (0, b"")
    assert turn(tmp_path) >= 1
    assert is_free(tmp_path)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_to_a_game_on_pipes(house: str, tmp_path: Path, number: signal.Signals) -> None:
    game = started(house, tmp_path)
    game.types(b"n\n")
    game.shows(b"Exits: south")
    game.process.send_signal(number)
    game.typed.close()
    code, said = game.ends()
    assert code in (0, 128 + number)
    assert b"Traceback" not in said
    assert turn(tmp_path) == 1
    assert is_free(tmp_path)


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_streams_that_are_not_there(house: str, tmp_path: Path, closed: str) -> None:
    line = f'printf "n\\n" | {sys.executable} -m pianist_quest play {house} --saves {tmp_path}/saves {closed}'
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(["/bin/sh", "-c", line], env=environment, capture_output=True, check=False, timeout=20)
    assert b"Traceback" not in done.stdout + done.stderr
    assert done.returncode in (0, 1)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")  # noqa: PTH110 - a device
def test_an_output_that_is_full(house: str, tmp_path: Path) -> None:
    line = f'printf "n\\n" | {sys.executable} -m pianist_quest play {house} --saves {tmp_path}/saves > /dev/full'
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(["/bin/sh", "-c", line], env=environment, capture_output=True, check=False, timeout=20)
    assert (done.returncode, done.stderr) == (1, b"pianist-quest: a file: No space left on device\n")


# Time


def test_a_clock_that_is_set_back_loses_nothing(tmp_path: Path) -> None:
    store, times = Store(tmp_path), iter([f"{year}-01-02T03:04:05+00:00" for year in (2031, 2031, 1999, 1999, 1999)])
    for lines in (("n", "save late"), ("wait", "wait", "save early")):
        source = tmp_path / "lines"
        source.write_text("\n".join(lines) + "\n")
        with source.open() as typed, (tmp_path / "out").open("w") as out:
            desk = Desk(
                PlainScreen(typed, out), store, lambda: next(times), autosave=True, open_transcript=TranscriptFile
            )
            Play(desk, Session.new(HOUSE, 1)).run()
    assert [store.load(HOUSE.key, name)["turn"] for name in (AUTOSAVE, "early", PREVIOUS, "late")] == [2, 2, 1, 1]
    found = store.slots(HOUSE.key)
    assert [slot.name for slot in found] == ["late", PREVIOUS, AUTOSAVE, "early"]
    assert len({plain_text(line) for line in listing(found, 78)}) == 5


@pytest.mark.parametrize("saved", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "soon", "", "2026-13-45"])
def test_a_time_that_cannot_be_is_shown_as_it_is(tmp_path: Path, saved: str) -> None:
    store = Store(tmp_path)
    store.save("w", "one", {"format": 2, "world": "w", "title": "W", "turn": 1, "saved": saved, "summary": "Hall"})
    (line,) = [plain_text(one) for one in listing(store.slots(), 78)[1:]]
    assert line.startswith("  one: Hall; turn 1")
