"""Games written down as text, Markdown or HTML, by the ending of the file's name."""

from __future__ import annotations

import os
import re
from abc import abstractmethod
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.source import one_line, printable

from .plain import TranscriptFile
from .wrap import Style, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .desk import Text
    from .wrap import Line

_ENDLESS: Final = 1_000_000
"""The cells of a line where whoever reads it breaks it."""
_SIGNS: Final = re.compile(r"([\\`*_#<>\[\]|])")
_END: Final = "</body></html>\n"
_HEAD: Final = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{title}</title><style>
body{max-width:40em;margin:2em auto;padding:0 1em;font:17px/1.5 Georgia,serif}
.typed{font-weight:bold;margin-top:1.6em}
</style></head><body>
"""


def transcript_file(name: str, title: str = "") -> TranscriptFile:
    """Return the file that a game is written to, a page with a title, else the file's own name.

    Raises OSError, or ValueError where no file can be called that.
    """
    kind = Path(name).suffix.lower()
    if kind in (".html", ".htm"):
        return HtmlFile(name, title or Path(name).stem)
    return (MarkdownFile if kind in (".md", ".markdown") else TranscriptFile)(name, title)


class _SetAnew(TranscriptFile):
    """A file whose lines are broken by whoever reads it."""

    def shown(self, text: Text, lines: Sequence[Line]) -> None:
        """Write down what was shown."""
        del lines
        for drawn, part in _parts(text(_ENDLESS)):
            if drawn:
                self.picture("\n".join(plain_text(line).rstrip() for line in part))
            else:
                self.paragraph(part[0], heading=any(Style.HEADING in piece.style for piece in part[0]))

    @abstractmethod
    def picture(self, text: str) -> None:
        """Write down a drawing."""

    @abstractmethod
    def paragraph(self, line: Line, *, heading: bool) -> None:
        """Write down a paragraph, or the name of a room."""


class MarkdownFile(_SetAnew):
    """A game as Markdown: rooms are headings, what was typed is in bold."""

    rule = "\n---\n\n"

    def typed(self, line: str) -> None:
        """Write down what was typed."""
        self.write(f"\n**&gt; {_escaped(one_line(line))}**\n\n")

    def picture(self, text: str) -> None:
        """Write down a drawing, as code."""
        self.write(f"```text\n{text}\n```\n\n")

    def paragraph(self, line: Line, *, heading: bool) -> None:
        """Write down a paragraph, or a heading."""
        words = "".join(_marked(piece.text, piece.style) for piece in line).strip()
        self.write(f"{'## ' if heading else ''}{words}\n\n")


class HtmlFile(_SetAnew):
    """A game as a page, which is whole at any time: what is written goes before its end."""

    rule = "<hr>\n"

    def __init__(self, name: str, title: str) -> None:
        self.head = _HEAD.replace("{title}", _escape(one_line(title)))
        super().__init__(name)

    def write(self, text: str) -> None:
        """Write above the end of the page; it is the system's before this returns."""
        if self._path.is_file():
            with self._path.open("r+b") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - len(_END)))
                if file.read() == _END.encode():
                    file.seek(size - len(_END))
                file.write(printable(text + _END).encode("utf-8", "replace"))
        else:
            super().write(text + _END)

    def typed(self, line: str) -> None:
        """Write down what was typed."""
        self.write(f'<p class="typed">&gt; {_escape(one_line(line))}</p>\n')

    def picture(self, text: str) -> None:
        """Write down a drawing, as it is."""
        self.write(f"<pre>{_escape(text)}</pre>\n")

    def paragraph(self, line: Line, *, heading: bool) -> None:
        """Write down a paragraph, or a heading."""
        tag = "h2" if heading else "p"
        self.write(f"<{tag}>{''.join(_tagged(piece.text, piece.style) for piece in line).strip()}</{tag}>\n")


def _parts(lines: Iterable[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """Yield what stands by itself, and whether it is a picture: all lines of one, or a paragraph, which is one line."""
    for drawn, part in groupby(_marked_off(lines), key=itemgetter(0)):
        found = [line for _, line in part]
        if drawn:
            yield True, found
        else:
            yield from ((False, [line]) for line in found if plain_text(line).strip())


def _marked_off(lines: Iterable[Line]) -> Iterator[tuple[bool, Line]]:
    """Yield each line, and whether it is part of a picture; an empty line between two that are is one."""
    before = False
    empty: list[Line] = []
    for line in lines:
        if not plain_text(line).strip():
            empty.append(line)
            continue
        drawn = any(Style.DRAWN in piece.style for piece in line)
        yield from ((before and drawn, one) for one in empty)
        yield drawn, line
        before, empty = drawn, []


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\1", text)


def _marked(text: str, style: Style) -> str:
    """Return a piece with Markdown's marks, which must stand at its first and last letters."""
    words = text.strip()
    mark = "**" if Style.STRONG in style else "*" if Style.EMPHASIS in style else ""
    if not words or not mark:
        return _escaped(text)
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{_escaped(words)}{mark}{after}"


def _tagged(text: str, style: Style) -> str:
    tag = "strong" if Style.STRONG in style else "em" if Style.EMPHASIS in style else ""
    return f"<{tag}>{_escape(text)}</{tag}>" if tag else _escape(text)


def _escape(text: str) -> str:
    from html import escape  # noqa: PLC0415 - few games are written as HTML, and each start would wait for it

    return escape(text)
