"""What a player can set: the file, the command, what is wrong with either."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest

from pianist_quest.cli import main
from pianist_quest.settings_file import settings, settings_path
from pianist_quest.terminal.settings import DEFAULTS, KINDS, Settings, settings_from

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the settings lie."""
    path = tmp_path / "config" / "settings.toml"
    monkeypatch.setenv("PIANIST_QUEST_SETTINGS", str(path))
    return path


def test_where_there_is_no_file_all_is_as_it_comes(file: Path) -> None:
    assert settings() == (Settings(), ())
    assert settings_path() == file


def test_what_is_set_is_kept(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings", "width", "60"]) == 0
    assert "width = 60    (else 78)" in capsys.readouterr().out
    assert main(["settings", "sound", "on"]) == 0
    assert settings()[0] == Settings(width=60, sound=True)
    assert main(["settings", "--reset", "width"]) == 0
    assert settings()[0] == Settings(sound=True)
    assert file.read_text("utf-8").startswith("# Settings of Pianist Quest.")


def test_comments_and_other_lines_stay_as_they_are(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('# mine\nwidth = 50  # narrow\n\n[keys]\nf2 = "map"  # where am I\n', encoding="utf-8")
    main(["settings", "theme", "dark"])
    text = file.read_text("utf-8")
    assert "# mine" in text
    assert "width = 50  # narrow" in text
    assert 'f2 = "map"  # where am I' in text
    assert settings() == (Settings(theme="dark", width=50, keys={"f2": "map"}), ())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["theme", "drak"], "theme cannot be `drak`; did you mean `dark`?"),
        (["width", "200"], "width cannot be `200`; it may be: a whole number from 30 to 80"),
        (["width", "wide"], "width cannot be `wide`"),
        (["sound", "loud"], "sound cannot be `loud`; it may be: true, false"),
        (["widht", "60"], "there is no setting `widht`; did you mean `width`?"),
        (["colour"], "there is no setting `colour`"),
        (["--reset"], "--reset needs the name of a setting"),
        (["--reset", "width", "3"], "--reset needs the name of a setting"),
    ],
)
def test_what_cannot_be_set_is_said(
    arguments: list[str], said: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["settings", *arguments]) == 2
    assert said in capsys.readouterr().err
    assert not file.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("width = 3", "width cannot be `3`"),
        ("width = true", "width cannot be `true`"),
        ("theme = [1]", "theme cannot be"),
        ("colour = 1", "there is no setting `colour`"),
        ("width = ", "is no TOML"),
        ("keys = 3", "keys is a table"),
        ("[keys]\n'f 2' = 'map'", "`f 2` is no key"),
        ("[keys]\nf2 = ''", "the key f2 has no command"),
        ("\x00", "is no TOML"),
    ],
)
def test_what_is_wrong_with_the_file_is_said_and_the_game_is_played(
    text: str, said: str, file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file.parent.mkdir()
    file.write_text(f"{text}\n", encoding="utf-8")
    found, problems = settings()
    assert found == Settings()
    assert said in problems[0]
    monkeypatch.setattr("sys.stdin", StringIO())
    assert main(["play", "first_steps", "--plain"]) == 0
    assert said in capsys.readouterr().err


def test_one_wrong_setting_leaves_the_others(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("width = 3\nspacing = 'wide'\n", encoding="utf-8")
    assert settings()[0] == Settings(spacing="wide")


def test_bytes_that_are_no_text_are_said_to_be_none(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"width = '\xff'")
    assert "is no TOML" in settings()[1][0]
    assert main(["settings", "width", "60"]) == 2


def test_every_setting_fits_its_kind_as_it_comes() -> None:
    assert set(KINDS) | {"keys"} == set(DEFAULTS)
    assert settings_from(dict(DEFAULTS)) == (Settings(), ())


def test_the_list_tells_all_that_can_be_set(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings"]) == 0
    said = capsys.readouterr().out
    assert all(f"\n{name} = " in f"\n{said}" for name in KINDS)
    assert f"They lie in {file}" in said


def test_a_screen_that_is_set_is_the_one_that_is_played_on(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file.parent.mkdir()
    file.write_text("screen = 'reader'\n", encoding="utf-8")
    monkeypatch.setattr("sys.stdin", StringIO())
    assert main(["play", "tuners_den"]) == 0
    assert "Status: " in capsys.readouterr().out
