"""Games written down as text, Markdown or HTML, by the ending of the file's name."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.source import one_line

from .plain import TranscriptFile
from .wrap import Style, plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .desk import Text
    from .wrap import Line

_ENDLESS: Final = 1_000_000
"""The cells of a line where whoever reads it breaks it."""
_SIGNS: Final = re.compile(r"([\\`*_#<>\[\]|])")
_HEAD: Final = """<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>A game</title><style>
body{max-width:40em;margin:2em auto;padding:0 1em;font:17px/1.5 Georgia,serif}
.typed{font-weight:bold;margin-top:1.6em}
</style></head><body>
"""


def transcript_file(name: str) -> TranscriptFile:
    """Return the file that a game is written to; raises OSError, or ValueError where no file can be called that."""
    kinds = {".md": MarkdownFile, ".markdown": MarkdownFile, ".html": HtmlFile, ".htm": HtmlFile}
    return kinds.get(Path(name).suffix.lower(), TranscriptFile)(name)


class MarkdownFile(TranscriptFile):
    """A game as Markdown: rooms are headings, what was typed is in bold."""

    rule = "\n---\n\n"

    def typed(self, line: str) -> None:
        """Write down what was typed."""
        self.write(f"\n**&gt; {_escaped(one_line(line))}**\n\n")

    def shown(self, text: Text, lines: Sequence[Line]) -> None:
        """Write down what was shown; whoever reads it breaks the lines."""
        del lines
        for line in text(_ENDLESS):
            words = "".join(_marked(piece.text, piece.style) for piece in line).strip()
            if words:
                heading = any(Style.HEADING in piece.style for piece in line)
                self.write(f"{'## ' if heading else ''}{words}\n\n")


class HtmlFile(TranscriptFile):
    """A game as a page. It is whole at any time: HTML lets the last end tags be left out."""

    rule = "<hr>\n"
    head = _HEAD

    def typed(self, line: str) -> None:
        """Write down what was typed."""
        self.write(f'<p class="typed">&gt; {escape(one_line(line))}</p>\n')

    def shown(self, text: Text, lines: Sequence[Line]) -> None:
        """Write down what was shown; whoever reads it breaks the lines."""
        del lines
        for line in text(_ENDLESS):
            if not plain_text(line).strip():
                continue
            tag = "h2" if any(Style.HEADING in piece.style for piece in line) else "p"
            self.write(f"<{tag}>{''.join(_tagged(piece.text, piece.style) for piece in line).strip()}</{tag}>\n")


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
    return f"<{tag}>{escape(text)}</{tag}>" if tag else escape(text)
