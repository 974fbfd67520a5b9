"""Findings as text with carets, and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from wcwidth import wcswidth

from .diagnostic import Severity
from .source import one_line, printable, printable_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .diagnostic import Diagnostic, Label, Problems

_WINDOW: Final = 160
"""How much of a longer line is shown, in characters."""
_LONGEST: Final = 400
"""How long a message or hint can be, in characters."""
_BOLD, _RED, _YELLOW, _BLUE, _OFF = "\x1b[1m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[0m"


def text_report(problems: Problems, *, colour: bool = False) -> str:
    """Return all findings as text, each with its places underlined, and a last line that counts them."""
    if not len(problems):
        return ""
    blocks = [caret_text(found, colour=colour) for found in problems]
    stopped = "; check stopped there" if problems.full else "; there are more" if problems.dropped else ""
    return "\n\n".join(blocks) + f"\n\n{summary(problems)}{stopped}\n"


def summary(problems: Problems) -> str:
    """Return how many errors, warnings and pieces of advice there are, in words."""
    advice = len(problems) - problems.errors - problems.warnings
    counts = ((problems.errors, "error", "s"), (problems.warnings, "warning", "s"), (advice, "advice", ""))
    said = [f"{count} {word}{more if count > 1 else ''}" for count, word, more in counts if count]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said) or "no findings"


def json_report(problems: Problems) -> str:
    """Return all findings as a JSON list; lines and columns count from 1, `end` is excluded."""
    return printable_json(json.dumps([_as_json(found) for found in problems], ensure_ascii=False, indent=2))


def caret_text(found: Diagnostic, *, colour: bool = False) -> str:
    """Return one finding as compilers show it: the sentence, file:line:column, the line, the underline."""
    paint = _Paint(colour=colour)
    strong = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW}.get(found.severity, _BLUE)
    head = paint(strong, f"{found.severity.value}[{found.code.value}]")
    lines = [f"{head}{paint(_BOLD, ': ' + _line(found.message))}"]
    labels = (found.label, *found.others)
    numbers = [label.span.source.line_and_column(label.span.start)[0] for label in labels]
    margin = len(str(max(numbers)))
    for position, label in enumerate(labels):
        mark = strong if position == 0 else _BLUE
        arrow = "-->" if position == 0 else ":::"
        lines += _excerpt(label, arrow, margin, mark, paint)
    if found.hint:
        lines.append(f"{' ' * margin} {paint(_BLUE, '=')} help: {_line(found.hint)}")
    return "\n".join(lines)


class _Paint:
    """Wraps a text in a colour, or leaves it alone."""

    def __init__(self, *, colour: bool) -> None:
        self.colour = colour

    def __call__(self, code: str, text: str) -> str:
        return f"{code}{text}{_OFF}" if self.colour else text


def _excerpt(label: Label, arrow: str, margin: int, mark: str, paint: _Paint) -> Iterable[str]:
    source, start, end = label.span.source, label.span.start, label.span.end
    if not source.text:
        return (f"{' ' * margin}{paint(_BLUE, arrow)} {_line(source.path)}",)
    number, column = source.line_and_column(start)
    line_start, line = source.line(number)
    line, at = _window(line, start - line_start)
    before = _flat(line[:at])
    under = _flat(line[at : at + max(end - start, 1)])
    caret = "^" if arrow == "-->" else "-"
    underline = " " * _cells(before) + paint(mark, caret * max(1, _cells(under)))
    bar = paint(_BLUE, "|")
    note = f" {paint(mark, _line(label.text))}" if label.text else ""
    return (
        f"{' ' * margin}{paint(_BLUE, arrow)} {_line(source.path)}:{number}:{column}",
        f"{' ' * margin} {bar}",
        f"{paint(_BLUE, str(number).rjust(margin))} {bar} {_flat(line)}".rstrip(),
        f"{' ' * margin} {bar} {underline}{note}",
    )


def _window(line: str, at: int) -> tuple[str, int]:
    """The part of a long line around a place, and where the place is in it."""
    if len(line) <= _WINDOW:
        return line, at
    first = max(0, min(at - _WINDOW // 2, len(line) - _WINDOW))
    part = line[first : first + _WINDOW]
    head, tail = ("\N{HORIZONTAL ELLIPSIS}" if cut else "" for cut in (first > 0, first + _WINDOW < len(line)))
    return f"{head}{part}{tail}", at - first + len(head)


def _line(text: str) -> str:
    """A text that fits one line: what is quoted in it may be long, and may hold line ends."""
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST // 2]} \N{HORIZONTAL ELLIPSIS} {text[-_LONGEST // 2 :]}"
    return one_line(text)


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
