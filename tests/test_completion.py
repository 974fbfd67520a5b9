"""What a shell is told when it asks what may come next, and the page that `man` shows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from man_page import PAGE, manual
from pianist_quest import bundled
from pianist_quest.cli import COMMANDS, main


def offered(line: str, folder: Path, **more: str) -> list[str]:
    """Return what the program offers for a line of a shell's."""
    asked = {"_ARGCOMPLETE": "1", "_ARGCOMPLETE_IFS": "\n", "COMP_LINE": line, "COMP_POINT": str(len(line))}
    answer = folder / "answer"
    environment = os.environ | asked | {"_ARGCOMPLETE_STDOUT_FILENAME": str(answer)} | more
    subprocess.run([sys.executable, "-m", "pianist_quest"], env=environment, check=False, timeout=60, cwd=folder)
    return [one.strip() for one in answer.read_text("utf-8").splitlines()]


def test_commands(tmp_path: Path) -> None:
    assert set(COMMANDS) <= set(offered("pianist-quest ", tmp_path))


def test_options_of_a_command(tmp_path: Path) -> None:
    assert {"--theme", "--resume", "--transcript"} <= set(offered("pianist-quest play --", tmp_path))
    assert offered("pianist-quest play --theme h", tmp_path) == ["high-contrast"]


def test_worlds_that_come_with_the_program_and_folders(tmp_path: Path) -> None:
    (tmp_path / "first_world").mkdir()
    assert set(offered("pianist-quest check fir", tmp_path)) == {"first_steps", "first_world/"}


def test_codes_and_settings(tmp_path: Path) -> None:
    assert "unknown-name" in offered("pianist-quest explain unknown-", tmp_path)
    assert offered("pianist-quest settings spa", tmp_path) == ["spacing"]
    assert offered("pianist-quest settings spacing w", tmp_path) == ["wide"]
    assert offered("pianist-quest settings paging t", tmp_path) == ["true"]


@pytest.mark.parametrize("line", ["graph first_steps --focus sp", "stats first_steps --plays ", "settings width "])
def test_what_is_not_known_is_not_made_up(line: str, tmp_path: Path) -> None:
    (tmp_path / "spacing").write_text("", "utf-8")
    assert [one for one in offered(f"pianist-quest {line}", tmp_path) if not one.startswith("--")] == []


def test_saved_games(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    script = "save before\nsave behind\n"
    command = [sys.executable, "-m", "pianist_quest", "play", "first_steps", "--plain", "--saves", "saves"]
    subprocess.run(command, input=script, text=True, check=True, capture_output=True)
    asked = "pianist-quest play first_steps --saves saves --resume be"
    assert offered(asked, tmp_path) == ["before", "behind"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_given_something_to_read(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    assert "pianist-quest" in capsys.readouterr().out


def test_the_manual_page_is_the_one_of_this_program() -> None:
    assert PAGE.read_text("utf-8") == manual(), "run: python tests/man_page.py"


def test_every_command_has_its_module() -> None:
    folder = Path(bundled.__file__).parent / "commands"
    assert set(COMMANDS) <= {path.stem for path in folder.glob("*.py")}
