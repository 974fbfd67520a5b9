"""Findings for other programs: SARIF 2.1.0 (OASIS, 2020), and the workflow commands of GitHub Actions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from .source import one_line, printable_json

if TYPE_CHECKING:
    from .diagnostic import Diagnostic, Label, Problems

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {"error": "error", "warning": "warning", "advice": "note"}
_COMMANDS: Final = {"error": "error", "warning": "warning", "advice": "notice"}


def sarif(problems: Problems, version: str) -> str:
    """Return all findings as a SARIF log; columns count from 1, in Unicode characters."""
    found = list(problems)
    codes = sorted({one.code.value for one in found})
    rules = [{"id": code, "helpUri": f"docs/diagnostics/{code}.md"} for code in codes]
    driver = {"name": "pianist-quest", "version": version, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, codes.index(one.code.value)) for one in found],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return printable_json(json.dumps(log, ensure_ascii=False, indent=2))


def github(problems: Problems) -> str:
    """Return all findings as workflow commands, a line each, which GitHub shows beside the lines they are about."""
    return "\n".join(_command(one) for one in problems)


def _result(found: Diagnostic, index: int) -> dict[str, Any]:
    others = [_location(one) | {"id": number} for number, one in enumerate(found.others, 1)]
    return {
        "ruleId": found.code.value,
        "ruleIndex": index,
        "level": _LEVELS[found.severity.value],
        "message": {"text": _said(found)},
        "locations": [_location(found.label)],
        **({"relatedLocations": others} if others else {}),
    }


def _location(label: Label) -> dict[str, Any]:
    (line, column), (end_line, end_column) = _places(label)
    region = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    place = {"artifactLocation": {"uri": quote(label.span.source.path)}, "region": region}
    return {"physicalLocation": place, **({"message": {"text": label.text}} if label.text else {})}


def _places(label: Label) -> tuple[tuple[int, int], tuple[int, int]]:
    source = label.span.source
    return source.line_and_column(label.span.start), source.line_and_column(label.span.end)


def _said(found: Diagnostic) -> str:
    parts = (found.message, found.label.text, found.hint)
    return "; ".join(part for part in parts if part)


def _command(found: Diagnostic) -> str:
    (line, column), (end_line, end_column) = _places(found.label)
    places = {"file": found.label.span.source.path, "line": line, "endLine": end_line, "col": column}
    if end_line == line:
        places["endColumn"] = end_column
    places["title"] = found.code.value
    told = ",".join(f"{name}={_property(str(value))}" for name, value in places.items())
    return f"::{_COMMANDS[found.severity.value]} {told}::{_data(_said(found))}"


def _data(text: str) -> str:
    """Return a text as a command's message: the runner takes %, CR and LF in it as its own."""
    return one_line(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
