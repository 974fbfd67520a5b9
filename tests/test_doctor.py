"""What `pianist-quest doctor` tells of a machine, and what of it will not work."""

from __future__ import annotations

import io
import os
from importlib import metadata
from pathlib import Path

import pytest

from pianist_quest import bundled
from pianist_quest.cli import main
from pianist_quest.commands import doctor
from pianist_quest.commands.doctor import Finding, examined, report


class Terminal(io.TextIOWrapper):
    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding)

    def isatty(self) -> bool:
        return True


def told(tmp_path: Path, encoding: str = "utf-8", **environment: str) -> dict[str, Finding]:
    settings = {"TERM": "xterm-256color", "LANG": "C.UTF-8", **environment}
    found = examined(str(tmp_path), settings, Terminal(), Terminal(encoding))
    return {one.name: one for one in found}


def test_a_machine_on_which_all_is_well(tmp_path: Path) -> None:
    found = told(tmp_path, COLORTERM="truecolor", TMUX="1")
    assert not [one for one in found.values() if one.problem]
    assert found["Terminal"].value == "xterm-256color, in tmux"
    assert found["Screen"].value.startswith("with editing and completion")
    assert found["Colours"].value == "16 million"
    assert found["Maps"].value == "in box characters"
    assert found["Locale"].value == "LANG=C.UTF-8"
    assert report(list(found.values())).endswith("\n\nEverything the game needs is there.")


@pytest.mark.parametrize(
    ("name", "value", "settings"),
    [
        ("Colours", "none (NO_COLOR is set)", {"NO_COLOR": "1"}),
        ("Colours", "256", {}),
        ("Colours", "16 or fewer", {"TERM": "linux"}),
        ("Colours", "none", {"TERM": "dumb"}),
        ("Screen", "for screen readers (input a terminal, output a terminal)", {"PIANIST_QUEST_READER": "1"}),
        ("Locale", "none set", {"LANG": ""}),
    ],
)
def test_what_is_told_of_a_terminal(tmp_path: Path, name: str, value: str, settings: dict[str, str]) -> None:
    assert told(tmp_path, **settings)[name].value == value


def test_an_encoding_without_the_storys_letters_is_a_problem(tmp_path: Path) -> None:
    found = told(tmp_path, "ascii")
    assert "PYTHONUTF8=1" in found["Encoding"].problem
    assert found["Maps"].value == "in ASCII"


def test_a_folder_that_cannot_be_written_is_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["doctor", "--saves", str(tmp_path / "file" / "saves")]) == 1
    said = capsys.readouterr().out
    assert "will not work:" in said
    assert "PIANIST_QUEST_SAVES=DIR" in said


def test_a_full_disk_and_missing_parts_are_problems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_version(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    usage = type("Usage", (), {"free": 2**20})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((30, 9)))
    monkeypatch.setattr("importlib.metadata.version", no_version)
    monkeypatch.setattr(bundled, "worlds", dict)
    monkeypatch.setattr(doctor, "_LEAST_PYTHON", (99, 0))
    found = told(tmp_path)
    names = [one.name for one in found.values() if one.problem]
    assert names == [
        "Python", "PyYAML", "prompt_toolkit", "wcwidth", "platformdirs", "filelock", "Size", "Worlds", "Saved games",
    ]  # fmt: skip
    assert "9 things will not work:" in report(list(found.values()))


def test_nothing_personal_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "sekret"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "sekret"))
    folder = tmp_path / "sekret" / "saves"
    found = examined(str(folder), {"USER": "sekret", "HOSTNAME": "sekret"}, Terminal(), Terminal())
    assert "sekret" not in report(found)
    assert f"Saved games: {Path('~') / 'saves'}" in report(found)
    assert not folder.exists()
