"""The program on a terminal of its own, and the screen a player sees."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")
fcntl = pytest.importorskip("fcntl")
import select  # noqa: E402 - after the skips
import struct  # noqa: E402
import termios  # noqa: E402

import pyte  # noqa: E402

SOURCE = Path(__file__).parents[2] / "src"
PATIENCE = 10.0
DOWN, UP, PAGE_UP, END, F1, F2, F10 = "\x1b[B", "\x1b[A", "\x1b[5~", "\x1b[F", "\x1bOP", "\x1bOQ", "\x1b[21~"


ALTERNATE = 1049
"""The mode of terminals in which programs have a screen for themselves, and leave the other as it was."""


class Screen(pyte.HistoryScreen):
    """The screen of a terminal that has a second one, as terminals do today."""

    _kept: tuple[list[list[pyte.screens.Char]], int, int] | None = None

    def set_mode(self, *modes: int, **how: object) -> None:
        if ALTERNATE in modes and how.get("private") and self._kept is None:
            rows = [[self.buffer[line][at] for at in range(self.columns)] for line in range(self.lines)]
            self._kept = rows, self.cursor.x, self.cursor.y
            self.erase_in_display(2)
        super().set_mode(*modes, **how)

    def reset_mode(self, *modes: int, **how: object) -> None:
        if ALTERNATE in modes and how.get("private") and self._kept is not None:
            rows, self.cursor.x, self.cursor.y = self._kept
            self._kept = None
            self.erase_in_display(2)
            for line, row in enumerate(rows[: self.lines]):
                self.buffer[line].update(enumerate(row[: self.columns]))
        super().reset_mode(*modes, **how)


class Terminal:
    """The program on a terminal of 80 by 24, its screen, and all it wrote. A subclass can name another program."""

    program: tuple[str, ...] = (sys.executable, "-m", "pianist_quest")

    size = (80, 24)

    def __init__(self, *arguments: str, **environment: str) -> None:
        self.screen = Screen(*self.size, history=1000, ratio=0.5)
        self.raw = b""
        self._stream = pyte.ByteStream(self.screen)
        self._ended = self._closed = False
        self.pid, self._handle = pty.fork()
        if self.pid == 0:  # pragma: no cover - the program's side
            settings = {"PYTHONPATH": str(SOURCE), "TERM": "xterm-256color"}
            command = [*self.program, *arguments]
            inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
            os.execve(command[0], command, {**inherited, **settings, **environment})  # noqa: S606 - a test's child
        # Terminals answer when asked where the cursor is.
        self.screen.write_process_input = self.type  # type: ignore[method-assign, assignment] # pyte's own way
        self.resize(*self.size)
        self.before = self.modes()

    def resize(self, columns: int, lines: int = 24) -> None:
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.screen.resize(lines, columns)

    def type(self, text: str) -> None:
        os.write(self._handle, text.encode())

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def scrollback(self) -> str:
        """Return all lines of the terminal: those that went out at the top, then the screen."""
        above = ["".join(row[at].data for at in range(self.screen.columns)) for row in self.screen.history.top]
        return "\n".join([*(line.rstrip() for line in above), self.text()])

    def sees(self, part: str) -> bool:
        """Wait until the screen shows a text; False where it never does."""
        end = time.monotonic() + PATIENCE
        while part not in self.text():
            if time.monotonic() > end or not self._read():
                return part in self.text()
        return True

    def says(self, part: str, typed: str = "") -> bool:
        """Type something, and wait until the program has written a text since; False where it never does."""
        begun, end = len(self.raw), time.monotonic() + PATIENCE
        self.type(typed)
        while part.encode() not in self.raw[begun:]:
            if time.monotonic() > end or not self._read():
                return part.encode() in self.raw[begun:]
        return True

    def modes(self) -> list[object]:
        """Return what the terminal does with what is typed and shown: echo, lines, signals, speeds."""
        found: list[object] = termios.tcgetattr(self._handle)[:4]
        return found

    def drain(self) -> None:
        """Read what is there by now."""
        while not self._closed and select.select([self._handle], [], [], 0.01)[0] and self._read():
            pass

    def ends(self) -> int:
        """Wait for the end; return the exit code (SIGKILL's where it does not come)."""
        while self._read():
            pass
        if not self._closed and select.select([self._handle], [], [], 0)[0] == []:
            os.kill(self.pid, signal.SIGKILL)
        self._ended = True
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def hang_up(self) -> int:
        """Close the terminal's window; return the program's exit code (SIGKILL's where it goes on)."""
        os.close(self._handle)
        self._closed, end = True, time.monotonic() + PATIENCE
        while time.monotonic() < end:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._ended = True
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.01)
        return -signal.SIGKILL

    def leave(self) -> None:
        """End the program in order, where it has not ended, and close the terminal."""
        if not self._ended and not self._closed:
            os.kill(self.pid, signal.SIGTERM)
            self.ends()
        self.close()

    def close(self) -> None:
        """Leave nothing behind, whatever became of the test."""
        if not self._closed:
            os.close(self._handle)
        if not self._ended:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)

    def _read(self) -> bool:
        if self._closed or not select.select([self._handle], [], [], PATIENCE)[0]:
            return False
        try:
            data = os.read(self._handle, 65536)
        except OSError:  # the program has ended
            return False
        self.raw += data
        self._stream.feed(data)
        return bool(data)


def sized(size: tuple[int, int]) -> type[Terminal]:
    """Return terminals of another size, in columns and lines."""

    class Sized(Terminal):
        pass

    Sized.size = size
    return Sized
