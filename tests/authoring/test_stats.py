"""How large worlds are, and what a play shows of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pianist_quest.authoring.measures import PACE, as_table, measured
from pianist_quest.cli import main
from pianist_quest.opening import playable, right_world
from support import HEADER

if TYPE_CHECKING:
    from pathlib import Path

    from pianist_quest.authoring.measures import Measures

WORLD = """
variables: {lit: false}
rooms:
  hall:
    name: Hall
    text: "{lit: Seven words are told when it burns. | Four words otherwise here.}"
    again: Hall again.
    choices:
      - {label: Light the lamp, unless: lit, do: lit = true, text: "It *burns* with a small and steady flame."}
      - {label: Go, if: lit, goto: out}
endings: {out: {name: Out, text: "You go out under the evening's first star."}}
"""


def of(folder: Path, plays: int) -> Measures:
    (folder / "world.yaml").write_text(HEADER + WORLD, "utf-8")
    world, story = right_world(folder / "world.yaml"), playable(folder / "world.yaml")
    assert not isinstance(world, str)
    assert not isinstance(story, str)
    return measured(world, story, plays)


def test_all_variants_of_texts_are_counted_and_labels_beside_them(tmp_path: Path) -> None:
    size = of(tmp_path, 0).size
    assert (size.rooms, size.choices, size.endings) == (1, 2, 1)
    assert size.words == 7 + 4 + 2 + 8 + 8
    assert size.label_words == 3 + 1


def test_a_play_is_measured_by_what_it_shows(tmp_path: Path) -> None:
    game = of(tmp_path, 1).plays[0]
    assert game.ending == "out"
    assert game.turns >= game.choices >= 2
    assert 0 < game.seen <= 1
    assert set(game.rooms) == {"hall"}
    assert game.minutes == round(game.words / PACE)


def test_the_same_seeds_give_the_same_measures(tmp_path: Path) -> None:
    assert of(tmp_path, 5) == of(tmp_path, 5)
    assert 0 < of(tmp_path, 5).shared <= 1


def test_without_plays_only_the_world_is_told(tmp_path: Path) -> None:
    lines = list(as_table(of(tmp_path, 0)))
    assert lines[0].split() == ["rooms", "1"]
    assert lines[-1].startswith("words")


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "first_steps", "--plays", "3"]) == 0
    said = capsys.readouterr().out
    assert "3 plays by chance" in said
    assert "Endings: in_tune 3" in said
    assert main(["stats", "first_steps", "--plays", "2", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["size"]["rooms"] == 3
    assert len(found["plays"]) == len(found["reading_minutes"]) == 2


@pytest.mark.parametrize("plays", ["-1", "x", "1.5"])
def test_a_number_of_plays_that_is_none(plays: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "first_steps", f"--plays={plays}"]) == 2
    assert "is no whole number" in capsys.readouterr().err


TWICE = """
rooms:
  fork:
    name: Fork
    text: The road parts here, below the old mill.
    choices:
      - {label: Left, goto: left}
      - {label: Right, goto: right}
endings:
  left: {name: Left, text: "You go to the left. Nobody is there to see you go."}
  right: {name: Right, text: "A dog comes with you. Nobody is there to see you go."}
"""


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    """A world with a walkthrough to each of its two endings."""
    (tmp_path / "walkthroughs").mkdir()
    (tmp_path / "world.yaml").write_text(HEADER.replace("start: hall", "start: fork") + TWICE, "utf-8")
    for number, name in enumerate(("left", "right"), start=1):
        (tmp_path / "walkthroughs" / f"{name}.txt").write_text(f"> {number}\n[ending {name}]\n", "utf-8")
    return tmp_path


def test_walkthroughs_are_told_apart_by_what_they_share(fork: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", str(fork), "--walkthroughs", "left", "right"]) == 0
    told = capsys.readouterr().out
    assert "67%  right after left" in told  # the road and nobody, of the three sentences there are
    assert "67%  left after right" in told


def test_a_walkthrough_that_is_not_there_is_named(fork: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", str(fork), "--walkthroughs", "lift", "right"]) == 2
    assert "did you mean `left`?" in capsys.readouterr().err
    assert main(["stats", str(fork), "--walkthroughs", "left"]) == 2
    assert "two walkthroughs" in capsys.readouterr().err
