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


class Terminal:
    """The program on a terminal of 80 by 24, its screen, and all it wrote. A subclass can name another program."""

    program: tuple[str, ...] = (sys.executable, "-m", "pianist_quest")

    def __init__(self, *arguments: str, **environment: str) -> None:
        self.screen = pyte.HistoryScreen(80, 24, history=1000)
        self.raw = b""
        self._stream = pyte.ByteStream(self.screen)
        self._ended = self._closed = False
        self.pid, self._handle = pty.fork()
        if self.pid == 0:  # pragma: no cover - the program's side
            settings = {"PYTHONPATH": str(SOURCE), "TERM": "xterm-256color"}
            command = [*self.program, *arguments]
            os.execve(command[0], command, {**os.environ, **settings, **environment})  # noqa: S606 - a test's child
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
