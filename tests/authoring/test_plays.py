"""Games played by chance: the same each time, told as a spread, also by other processes and executors."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from pianist_quest.authoring.plays import balance, play
from scenario import story_of

if TYPE_CHECKING:
    from pathlib import Path

WORLD = """
rooms:
  hall: {name: Hall, exits: {out: yard}}
  yard: {name: Yard, exits: {in: hall}, choices: [{label: End, goto: end}]}
variables: {n: {start: 0, min: 0, max: 9, label: Steps}, hue: {one_of: [red, blue], start: red, label: Hue}}
rules: {step: {each_turn: true, do: n += 1}}
endings: {end: {name: End}}
"""


def test_a_seed_gives_one_game(tmp_path: Path) -> None:
    story = story_of(tmp_path, WORLD)
    assert play(story, 3) == play(story, 3)
    assert play(story, 3).ending == "end"


@pytest.fixture
def world(tmp_path: Path) -> Path:
    story_of(tmp_path, WORLD)
    file = tmp_path / "w.yaml"
    file.write_text(f"format: 1\ntitle: A test\nstart: hall\n{WORLD}")
    return file


def test_the_spread_of_endings_turns_and_values_is_told(world: Path) -> None:
    lines = list(balance(world, 20))
    assert lines[:2] == ["20 games played by chance", "  end: 20 (100.0 %)"]
    assert lines[2].startswith("  turns: least 2, ")
    assert lines[3].startswith("  Steps: least ")
    assert lines[4] == "  Hue: red 20"


def test_other_processes_and_executors_play_the_same_games(world: Path) -> None:
    alone = list(balance(world, 6))
    assert list(balance(world, 6, jobs=2)) == alone
    assert list(balance(world, 6, executor=ThreadPoolExecutor(2))) == alone


def test_a_game_without_an_end_is_left_off(tmp_path: Path) -> None:
    text = "rooms: {hall: {name: Hall}}\nendings: {end: {name: End, text: '.'}}\n"
    assert play(story_of(tmp_path, text), 1).ending == ""
    (tmp_path / "w.yaml").write_text(f"format: 1\ntitle: T\nstart: hall\n{text}")
    assert "  (no ending): 2 (100.0 %)" in list(balance(tmp_path / "w.yaml", 2))


def test_a_world_with_mistakes_is_not_played(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be played"):
        list(balance(tmp_path / "none.yaml", 1))
