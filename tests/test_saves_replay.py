"""A saved game written down from its beginning."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from pianist_quest.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def saves(tmp_path: Path) -> str:
    folder = str(tmp_path / "saves")
    command = [
        sys.executable,
        "-m",
        "pianist_quest",
        "play",
        "first_steps",
        "--plain",
        "--saves",
        folder,
        "--seed",
        "1",
    ]
    typed = "up\ntake hammer\ndown\nn\nplay the note\nundo\n2\nsave tuned\n"
    subprocess.run(command, input=typed, text=True, check=True, capture_output=True)
    return folder


def test_it_is_the_play_without_what_was_taken_back(saves: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["saves", "replay", "tuned", "first_steps", "--saves", saves]) == 0
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if line.startswith("> ")] == [
        "> go up",
        "> take tuning hammer",
        "> go down",
        "> go north",
        "> Turn the pin",
    ]
    assert said.startswith("The hall\nA coat stand")
    assert "The ladder complains." in said
    assert "A quarter of an inch. There." in said


def test_it_is_written_as_a_page(saves: str, tmp_path: Path) -> None:
    file = tmp_path / "game.html"
    assert main(["saves", "replay", "tuned", "first_steps", str(file), "--saves", saves]) == 0
    assert "<h2>The hall</h2>" in file.read_text("utf-8")
    assert '<p class="typed">&gt; take tuning hammer</p>' in file.read_text("utf-8")


def test_what_cannot_be_replayed_is_said(saves: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["saves", "replay", "tuned", "nowhere", "--saves", saves]) == 2
    assert "is not at hand" in capsys.readouterr().err
    assert main(["saves", "replay", "other", "first_steps", "--saves", saves]) == 1
