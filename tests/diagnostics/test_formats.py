"""Findings for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pianist_quest.cli import main
from pianist_quest.diagnostics.codes import Code
from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.diagnostics.formats import github, sarif
from pianist_quest.diagnostics.source import Source, Span

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SOURCE = Source("my world/a,b.yaml", "rooms:\n  hall: 100%\n  loft: 2\n")


def problems() -> Problems:
    """Return an error, a warning and advice."""
    found = Problems(advised=True)
    others = ((Span(SOURCE, 22, 26), "the other is here"),)
    found.add(Code.BAD_VALUE, "this is 100%,\nof all", Span(SOURCE, 15, 19), hint="write less", others=others)
    found.add(Code.ODD_EXIT, "an odd exit", Span(SOURCE, 9, 13), note="did you mean `hall`?")
    found.add(Code.TOLD_TWICE, "told twice", Span(SOURCE, 9, 28))
    return found


def test_sarif_has_the_places_levels_and_rules() -> None:
    run = json.loads(sarif(problems(), "1.0"))["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["bad-value", "odd-exit", "told-twice"]
    assert [(one["ruleId"], one["level"]) for one in run["results"]] == [
        ("odd-exit", "warning"),
        ("told-twice", "note"),
        ("bad-value", "error"),
    ]
    bad = run["results"][2]
    assert bad["message"]["text"] == "this is 100%,\nof all; write less"
    assert bad["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "my%20world/a%2Cb.yaml"},
        "region": {"startLine": 2, "startColumn": 9, "endLine": 2, "endColumn": 13},
    }
    assert bad["relatedLocations"][0]["message"]["text"] == "the other is here"
    assert all(run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])


def test_github_reads_each_finding_as_a_command_of_one_line() -> None:
    place = "file=my world/a%2Cb.yaml,line=2"
    assert github(problems()).splitlines() == [
        f"::warning {place},endLine=2,col=3,endColumn=7,title=odd-exit::an odd exit; did you mean `hall`?",
        f"::notice {place},endLine=3,col=3,title=told-twice::told twice",
        f"::error {place},endLine=2,col=9,endColumn=13,title=bad-value::this is 100%25,%0Aof all; write less",
    ]


def test_check_writes_each_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = tmp_path / "world.yaml"
    world.write_text("format: 1\ntitle: T\nstart: hall\nrooms: {hall: {name: Hall, exits: {donw: hall}}}\n", "utf-8")
    said = {}
    for form in ("text", "json", "sarif", "github"):
        assert main(["check", str(world), "--format", form]) == 0
        said[form] = capsys.readouterr().out
    assert "warning[odd-exit]" in said["text"]
    assert json.loads(said["json"])[0]["code"] == "odd-exit"
    assert json.loads(said["sarif"])["version"] == "2.1.0"
    assert said["github"].startswith("::warning file=")
    assert main(["check", str(world), "--strict"]) == 1


def test_advice_neither_fails_nor_is_told_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    world = tmp_path / "world.yaml"
    world.write_text("format: 1\ntitle: T\nstart: hall\nrooms: {hall: {name: Hall, text: It was was so.}}\n", "utf-8")
    assert main(["check", str(world), "--strict"]) == 0
    assert capsys.readouterr().out == "no findings\n"
    assert main(["check", str(world), "--strict", "--advice"]) == 0
    assert "1 advice" in capsys.readouterr().out
