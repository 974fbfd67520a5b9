"""The scripts of this folder, on small worlds."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from soak import random_plays, repetition
from soak.repetition import count

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "format: 1\ntitle: A test\nstart: hall\n"
PIT = """
rooms:
  hall: {name: Hall, text: "A hall, and in its floor a hole.", exits: {down: pit}}
  pit: {name: Pit}
"""
HOME = """
variables: {steps: {start: 0, min: 0, max: 9, label: Steps}, gone: false}
rooms:
  hall:
    name: Hall
    text: "A hall with a door, a mat and no one in it."
    choices: [{label: Go home, do: [steps += 1, gone = true], goto: home}]
endings: {home: {name: Home, text: You are at home.}}
"""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Runner:
    return Runner(monkeypatch, capsys, tmp_path)


class Runner:
    """Runs a script on a world and returns its exit code and what it prints."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self.monkeypatch, self.capsys, self.folder = monkeypatch, capsys, folder

    def plays(self, world: str, *options: str) -> tuple[int, str]:
        """Play at random."""
        (self.folder / "world.yaml").write_text(HEADER + world, encoding="utf-8")
        line = ["random_plays", "--world", str(self.folder), "--jobs", "1", "--plays", "3", *options]
        self.monkeypatch.setattr(sys, "argv", line)
        return random_plays.main(), self.capsys.readouterr().out


def test_endings_and_values_are_told(run: Runner) -> None:
    code, told = run.plays(HOME, "--show", "gone")
    assert code == 0
    assert "home                     3" in told
    assert "steps                        1       1       1       1     1" in told
    assert "gone                     yes 3" in told


def test_a_place_that_nothing_leads_out_of_is_an_error(run: Runner) -> None:
    code, told = run.plays(PIT)
    assert code == 1
    assert "error: seed 1, in pit: nothing can be done\n  begin\n" in told
    assert "Go(word='down')" in told


def test_games_that_do_not_end_are_told_by_room(run: Runner) -> None:
    code, told = run.plays(PIT.replace("Pit}", "Pit, exits: {up: hall}}"), "--turns", "7")
    assert code == 0
    assert "not ended after 7 turns:\n  in " in told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("You sit down.", 3),
        ("{promised: She *means* it. | She is smiling.}", 6),
        ("{&One|The other} shoe of {jeren} is off.", 8),
        ("lamp", 0),
    ],
)
def test_the_words_of_a_text_with_all_its_variants(text: str, words: int) -> None:
    assert count(text) == words


def test_what_is_told_again_is_counted(tmp_path: Path) -> None:
    (tmp_path / "world.yaml").write_text(HEADER + PIT.replace("Pit}", "Pit, exits: {up: hall}}"), encoding="utf-8")
    heard = repetition.listen(tmp_path, 1, 40, attentive=False)
    hall = "A hall, and in its floor a hole."
    assert {text for _, text in heard.again} == {hall}
    assert heard.told.total() == 8 * (1 + heard.again.total())
