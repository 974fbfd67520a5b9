"""The game on stdin and stdout: for pipes, dumb terminals and screen readers."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from pianist_quest.diagnostics.source import one_line, printable

from .typeset import WIDEST
from .wrap import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .desk import Text
    from .wrap import Line

_PROMPT: Final = "> "


class PlainScreen:
    """Lines in, lines out. Where nobody types, the input is shown too, so that the output reads as a transcript."""

    bars = False

    def __init__(self, source: TextIO | None = None, target: TextIO | None = None) -> None:
        self._in, self._out = source or sys.stdin, target or sys.stdout
        self.typed = self._in.isatty()
        self._ahead: list[str] = []

    @property
    def width(self) -> int:
        """The terminal's width; that of prose where there is none."""
        if not self._out.isatty():
            return WIDEST
        import shutil  # noqa: PLC0415 - it imports what compresses files

        return shutil.get_terminal_size((WIDEST, 24)).columns

    def show(self, lines: Sequence[Line]) -> None:
        """Show lines without styles, and an empty one below them."""
        if lines:
            self._write("".join(f"{plain_text(line).rstrip()}\n" for line in (*lines, ())))

    def warn(self, text: str) -> None:
        """Say something on standard error, where nothing that reads the game stumbles over it."""
        sys.stderr.write(f"pianist-quest: {one_line(text)}\n")
        sys.stderr.flush()

    def ask(self, complete: Callable[[str], tuple[str, ...]], status: str) -> str | None:  # noqa: ARG002 - nothing here completes or stays on the screen
        """Return the next line, or None where there is none."""
        if self._ahead:
            return self._ahead.pop(0)
        self._write(_PROMPT)
        line = self._in.readline()
        if not self.typed:
            self._write(printable(line.rstrip("\r\n")) + "\n")
        elif not line:
            self._write("\n")
        elif not line.strip() and self._ahead:  # entered while this one was waited for
            return self._ahead.pop(0)
        return line.rstrip("\r\n") if line else None

    def enter(self, line: str) -> None:
        """Let a line be the next, before those that are typed; may come from another thread."""
        self._ahead.append(line)

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()


class TranscriptFile:
    """A file that a game is written to, as text. What it holds already stays; a rule parts it from what comes.

    `title` is the story's; only a page has a place for it.
    """

    rule = f"\n{'-' * WIDEST}\n\n"
    head = ""

    def __init__(self, name: str, title: str = "") -> None:
        del title
        self._path = Path(name).expanduser()
        begun = self._path.is_file() and self._path.stat().st_size > 0
        self.write(self.rule if begun else self.head)

    def typed(self, line: str) -> None:
        """Write down what was typed."""
        self.write(f"\n> {line}\n")

    def shown(self, text: Text, lines: Sequence[Line]) -> None:  # noqa: ARG002 - what can break lines anew needs the text
        """Write down what was shown: the lines as they were."""
        self.write("".join(f"{plain_text(line).rstrip()}\n" for line in lines))

    def write(self, text: str) -> None:
        """Write at the end; it is the system's before this returns."""
        with self._path.open("a", encoding="utf-8", errors="replace") as file:
            file.write(printable(text))


def wanted() -> bool:
    """Whether the plain screen is the one to use: a pipe on either side, or a terminal that can do nothing."""
    dumb = os.environ.get("TERM", "") in ("", "dumb") and os.name == "posix"
    return dumb or not (sys.stdin.isatty() and sys.stdout.isatty())
