"""New worlds: each template gives one that is right, plays, and has its walkthrough."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from pianist_quest.authoring.scaffolding import TEMPLATES
from pianist_quest.cli import main
from pianist_quest.commands import new

if TYPE_CHECKING:
    from pathlib import Path


def test_the_command_knows_all_templates() -> None:
    assert tuple(TEMPLATES) == new.TEMPLATES


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_new_world_is_right_and_plays(template: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "my_first-world"
    assert main(["new", str(folder), "--template", template]) == 0
    assert "pianist-quest play" in capsys.readouterr().out
    assert main(["check", str(folder), "--strict", "--advice"]) == 0
    assert main(["test", str(folder)]) == 0
    assert main(["explore", str(folder), "--seconds", "20"]) == 0
    said = capsys.readouterr().out
    assert "no findings" in said
    assert "1 walkthrough, all fit" in said
    assert "stuck: nobody" in said
    assert "# My First World" in (folder / "README.md").read_text("utf-8")
    assert "$schema=world.schema.json" in (folder / "world.yaml").read_text("utf-8").splitlines()[0]
    assert (folder / "world.schema.json").exists()


def test_a_title_may_hold_anything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    title = '"Yes": it\'s #1 {really} \\ *so* \N{BLACK CHESS KNIGHT}'
    assert main(["new", str(tmp_path / "w"), "--title", title]) == 0
    assert main(["check", str(tmp_path / "w"), "--strict"]) == 0, capsys.readouterr().out


def test_how_to_play_it_can_be_typed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "my world")]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert shlex.split(last.partition(": ")[2]) == ["pianist-quest", "play", str(tmp_path / "my world")]


def test_what_is_there_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    assert main(["new", str(tmp_path)]) == 2
    assert main(["new", str(tmp_path / "mine.txt")]) == 2
    assert "is there already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
