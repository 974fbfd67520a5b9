"""A world that is changed while it is played, in a real terminal: read again at once, the player where they were."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from terminal.screens import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_STEPS = Path(__file__).parents[2] / "worlds" / "first_steps"


@pytest.fixture(params=["line", "full"])
def terminal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Terminal]:
    """A world that is watched while it is played."""
    world = shutil.copytree(FIRST_STEPS, tmp_path / "w")
    screen = ["--screen"] if request.param == "full" else []
    one = Terminal("play", str(world), "--watch", "--seed", "1", *screen, PIANIST_QUEST_SAVES=str(tmp_path / "saves"))
    yield one
    one.leave()


def test_a_written_file_is_read_while_a_line_is_being_typed(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "w" / "world.yaml"
    text = file.read_text("utf-8")
    assert terminal.sees("The hall")
    terminal.type("up\r")
    assert terminal.sees("somebody once knew")
    terminal.type("take ham")
    assert terminal.sees("take ham")
    file.write_text(text.replace("somebody once knew", "nobody knows"), "utf-8")
    assert terminal.sees("read again")
    terminal.type("mer\r")
    assert terminal.sees("You take the tuning hammer")
    file.write_text(text.replace("to: hall", "to: hal"), "utf-8")
    assert terminal.sees("You play on")
    terminal.type("down\r")
    assert terminal.sees("The ladder complains")
