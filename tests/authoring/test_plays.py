"""Games played by chance: the same each time, told as a spread, also by other processes and executors."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

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


def test_the_spread_of_endings_turns_and_values_is_told(tmp_path: Path) -> None:
    lines = list(balance(story_of(tmp_path, WORLD), 20))
    assert lines[:2] == ["20 games played by chance", "  end: 20 (100.0 %)"]
    assert lines[2].startswith("  turns: least 2, ")
    assert lines[3].startswith("  Steps: least ")
    assert lines[4] == "  Hue: red 20"


def test_other_executors_play_the_same_games(tmp_path: Path) -> None:
    story = story_of(tmp_path, WORLD)
    with ThreadPoolExecutor(2) as pool:
        assert list(balance(story, 10, executor=pool)) == list(balance(story, 10))


def test_a_game_without_an_end_is_left_off(tmp_path: Path) -> None:
    story = story_of(tmp_path, "rooms: {hall: {name: Hall}}\nendings: {end: {name: End, text: '.'}}\n")
    assert play(story, 1).ending == ""
    assert "  (no ending): 2 (100.0 %)" in list(balance(story, 2))
