"""Two versions of a world: what differs, and which plays and saved games of the old one still go on."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pianist_quest.cli import main

FIRST_STEPS = Path(__file__).parents[2] / "worlds" / "first_steps"


def changed(folder: Path, *edits: tuple[str, str]) -> tuple[str, str]:
    """Return a world and its changed copy, of the same name."""
    old = shutil.copytree(FIRST_STEPS, folder / "old" / "w")
    new = shutil.copytree(FIRST_STEPS, folder / "new" / "w")
    text = (new / "world.yaml").read_text("utf-8")
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    (new / "world.yaml").write_text(text, "utf-8")
    return str(old), str(new)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(["diff", *arguments]) == 1
    return capsys.readouterr().out.splitlines()


def test_the_same_differs_in_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *changed(tmp_path)]) == 0
    assert capsys.readouterr().out == "nothing differs\n"


def test_what_only_looks_different_differs_in_nothing(tmp_path: Path) -> None:
    comments = ("rooms:\n", "# moved down\n\nrooms:\n")
    quotes = ("text: Boxes, in an order somebody once knew.", 'text: "Boxes, in an order somebody once knew."')
    assert main(["diff", *changed(tmp_path, comments, quotes)]) == 0


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("somebody once knew", "nobody knows", ["~ rooms loft", "    + Boxes, in an order nobody knows."]),
        ("if: patience <= 2", "if: patience <= 3", ["~ characters tuner", "    + Ask him to do it  if patience <= 3"]),
        ("start: 5, min: 0", "start: 4, min: 0", ["~ variables patience", "    + a number, 4 at first, from 0 to 5"]),
        ("meter: patience, of: 5", "meter: patience, of: 6", ["~ header status", "    + patience of 6, Patience"]),
        (
            "phrases: [listen,",
            "phrases: [hark, listen,",
            ["~ verbs listen", "    - phrases: listen, listen to {thing}"],
        ),
        ("aka: [hammer, key]", "aka: [hammer, tool]", ["    + aka: hammer, tool"]),
        ("at: loft", "at: hall", ["    - at loft", "    + at hall"]),
        ("title: First Steps", "title: Second Steps", ["~ header title", "    + Second Steps"]),
        ("do: patience -= 1", "do: patience -= 2", ["~ rooms parlour", "    + patience -= 2"]),
        ("endings:\n", "endings:\n  gone: {name: Gone}\n", ["+ endings gone"]),
        ("exits: {north: parlour, up: loft}", "exits: {north: parlour, in: loft}", ["    + in to loft"]),
    ],
)
def test_a_change_is_told(
    before: str, after: str, lines: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = said(capsys, *changed(tmp_path, (before, after)))
    assert [line for line in lines if line not in told] == []


def test_what_is_renamed_is_not_removed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edits = [("loft", "attic"), ("start: hall\n", "start: hall\nrenamed: {loft: attic}\n")]
    told = said(capsys, *changed(tmp_path, *edits))
    assert told[0] == "> rooms loft, now attic"
    assert not [line for line in told if line.startswith("~ rooms") or "at loft" in line]
    assert not [line for line in told if line.startswith(("+", "-"))]


def test_plays_and_saved_games_that_break_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = changed(tmp_path, ("hammer", "wrench"), ("Turn the pin", "Turn it"))
    saves = str(tmp_path / "saves")
    play = [sys.executable, "-m", "pianist_quest", "play", old, "--plain", "--saves", saves]
    subprocess.run(play, input="up\ntake key\nsave with_key\n", text=True, check=True, capture_output=True)
    told = said(capsys, old, new, "--saves", saves)
    at = told.index("walkthroughs that play otherwise now:")
    assert told[at + 1].startswith("  in_tune.txt:")
    assert any(line.startswith("  with_key: ") and "hammer" in line for line in told)


def test_a_world_that_is_wrong_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *changed(tmp_path, ("north: parlour", "north: parlor"))]) == 1
    assert "unknown-name" in capsys.readouterr().err
