"""Findings as text with carets, and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from wcwidth import wcswidth

from .diagnostic import Severity
from .source import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .diagnostic import Diagnostic, Label, Problems

_BOLD, _RED, _YELLOW, _BLUE, _OFF = "\x1b[1m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[0m"


def text_report(problems: Problems, *, colour: bool = False) -> str:
    """Return all findings as text, each with its places underlined, and a last line that counts them."""
    if not len(problems):
        return ""
    blocks = [caret_text(found, colour=colour) for found in problems]
    return "\n\n".join(blocks) + f"\n\n{summary(problems)}\n"


def summary(problems: Problems) -> str:
    """Return how many errors and warnings there are, in words."""
    warnings = len(problems) - problems.errors
    counts = ((problems.errors, "error"), (warnings, "warning"))
    said = [f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count]
    return " and ".join(said) or "no findings"


def json_report(problems: Problems) -> str:
    """Return all findings as a JSON list; lines and columns count from 1, `end` is excluded."""
    return json.dumps([_as_json(found) for found in problems], ensure_ascii=False, indent=2)


def caret_text(found: Diagnostic, *, colour: bool = False) -> str:
    """Return one finding as compilers show it: the sentence, file:line:column, the line, the underline."""
    paint = _Paint(colour=colour)
    strong = _RED if found.severity is Severity.ERROR else _YELLOW
    head = paint(strong, f"{found.severity.value}[{found.code.value}]")
    lines = [f"{head}{paint(_BOLD, ': ' + printable(found.message))}"]
    labels = (found.label, *found.others)
    numbers = [label.span.source.line_and_column(label.span.start)[0] for label in labels]
    margin = len(str(max(numbers)))
    for position, label in enumerate(labels):
        mark = strong if position == 0 else _BLUE
        arrow = "-->" if position == 0 else ":::"
        lines += _excerpt(label, arrow, margin, mark, paint)
    if found.hint:
        lines.append(f"{' ' * margin} {paint(_BLUE, '=')} help: {printable(found.hint)}")
    return "\n".join(lines)


class _Paint:
    """Wraps a text in a colour, or leaves it alone."""

    def __init__(self, *, colour: bool) -> None:
        self.colour = colour

    def __call__(self, code: str, text: str) -> str:
        return f"{code}{text}{_OFF}" if self.colour else text


def _excerpt(label: Label, arrow: str, margin: int, mark: str, paint: _Paint) -> Iterable[str]:
    source, start, end = label.span.source, label.span.start, label.span.end
    number, column = source.line_and_column(start)
    line_start, line = source.line(number)
    before = _flat(line[: start - line_start])
    under = _flat(line[start - line_start : max(end, start + 1) - line_start])
    caret = "^" if arrow == "-->" else "-"
    underline = " " * _cells(before) + paint(mark, caret * max(1, _cells(under)))
    bar = paint(_BLUE, "|")
    note = f" {paint(mark, printable(label.text))}" if label.text else ""
    return (
        f"{' ' * margin}{paint(_BLUE, arrow)} {printable(source.path)}:{number}:{column}",
        f"{' ' * margin} {bar}",
        f"{paint(_BLUE, str(number).rjust(margin))} {bar} {_flat(line)}".rstrip(),
        f"{' ' * margin} {bar} {underline}{note}",
    )


def _flat(text: str) -> str:
    return printable(text.replace("\t", " "))


def _cells(text: str) -> int:
    return max(0, wcswidth(text))


def _as_json(found: Diagnostic) -> dict[str, object]:
    return {
        "code": found.code.value,
        "severity": found.severity.value,
        "message": found.message,
        "hint": found.hint,
        "labels": [_label_as_json(label) for label in (found.label, *found.others)],
    }


def _label_as_json(label: Label) -> dict[str, object]:
    source = label.span.source
    line, column = source.line_and_column(label.span.start)
    end_line, end_column = source.line_and_column(label.span.end)
    return {
        "path": source.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "text": label.text,
    }
