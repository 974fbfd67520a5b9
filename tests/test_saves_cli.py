"""`pianist-quest saves`, and two programs that play one world."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pianist_quest import bundled
from pianist_quest.cli import main
from pianist_quest.saves.document import exported
from pianist_quest.saves.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[1] / "src"
ROOM = """\
format: 1
title: A Room
start: hall
rooms:
  hall: {name: Hall, exits: {north: yard}}
  yard: {name: Yard, exits: {south: hall}}
marks: {out: {name: Out, when: at(yard)}}
variables: {n: 0}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a world `room` that comes with the program, and the saved games in `saves`."""
    (tmp_path / "room.yaml").write_text(ROOM)
    monkeypatch.setattr(bundled, "worlds", lambda: {"room": tmp_path / "room.yaml"})
    monkeypatch.setenv("PIANIST_QUEST_SAVES", str(tmp_path / "saves"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def store(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Store:
    """Return the saved games of somebody who went north and saved twice."""
    monkeypatch.setattr("sys.stdin", io.StringIO("save here\nn\nsave here\n"))
    assert main(["play", "room", "--seed", "1", "--saves", str(folder / "saves")]) == 0
    capsys.readouterr()
    return Store(folder / "saves")


def saves(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    """Run a command; return what it says, on both streams."""
    assert main(["saves", *arguments]) == code
    said = capsys.readouterr()
    return said.out + said.err


@pytest.mark.usefixtures("store")
def test_show_tells_all_about_a_saved_game(capsys: pytest.CaptureFixture[str]) -> None:
    text = saves(capsys, "show", "here", "room")
    for line in (
        "here\n  where: Yard\n  world: A Room (room)\n  turn: 1\n  decisions: 1\n",
        "\n  ending: none yet\n  marks: Out\n  marks in all games: Out (1 of 1)\n",
        "\n  version: of this version of the world\n",
        "\n  before it: Hall; turn 0, saved 20",
    ):
        assert line in text


def test_show_without_the_world_tells_what_is_known(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "room.yaml").unlink()
    bundled.worlds().clear()
    document = {**store.load("room", "here"), "decisions": None, "played": 0, "world": "attic"}
    store.save("attic", "here", document)
    text = saves(capsys, "show", "here", "attic")
    assert "decisions: not known\n  played: not known\n" in text
    assert "marks in all games: none\n  version: its world is not at hand" in text
    assert text.endswith("before it: none\n")


def test_show_says_what_is_wrong(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert 'no saved game "there". Saved games: autosave, here.' in saves(capsys, "show", "there", "room", code=1)
    store.save("room", "here", {**store.load("room", "here"), "turn": "one"})
    assert '"turn" should be a whole number' in saves(capsys, "show", "here", "room", code=1)
    (store.folder / "room" / "autosave.json.bak").write_text("{")
    assert "before it: none that can be read" in saves(capsys, "show", "autosave", "room")


@pytest.mark.usefixtures("store")
def test_what_is_exported_can_be_imported(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert saves(capsys, "export", "here", "room", "away.json") == 'Exported "here" to away.json.\n'
    assert json.loads((folder / "away.json").read_text())["decisions"] == ["go north"]
    assert "--force overwrites it" in saves(capsys, "export", "here", "room", "away.json", code=1)
    saves(capsys, "export", "here", "room", "away.json", "--force")
    text = saves(capsys, "import", "away.json")
    assert text.startswith('Imported "away" of A Room (room): Yard; turn 1, saved 20')
    assert text.endswith("It is of this version of the world.\n")
    assert 'There is a saved game "away" of room already (Yard' in saves(capsys, "import", "away.json", code=1)
    assert "overwrites that one" in saves(capsys, "import", "away.json", "--as", "here", code=1)
    saves(capsys, "import", "away.json", "--as", "here", "--force")


def test_through_a_pipe(store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    store.save("room", "odd", {**store.load("room", "here"), "summary": "\x9b2J\u202eYard"})
    assert main(["saves", "export", "odd", "room", "-"]) == 0
    data = capsys.readouterr().out
    assert "\\u009b2J\\u202eYard" in data
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    assert main(["saves", "import", "-", "--as", "again"]) == 0
    assert "<9b>2J<202e>Yard" in capsys.readouterr().out
    assert store.load("room", "again") == store.load("room", "odd")
    assert main(["saves", "import", "-"]) == 2


def test_import_checks_wholly(store: Store, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = store.load("room", "here")
    bad = {"a": b"{", "b": exported({**document, "decisions": ["fly"]}), "c": exported({**document, "values": 5})}
    for name, data in bad.items():
        (folder / name).write_bytes(data)
        text = saves(capsys, "import", name, code=1)
        assert "The saved game is damaged: " in text
        assert text.endswith(f"({name}). It was not imported.\n")
    assert "No such file" in saves(capsys, "import", "nowhere", code=1)
    (folder / "moon").write_bytes(exported({**document, "world": "moon"}))
    assert "Not all is known: its world is not at hand, so only" in saves(capsys, "import", "moon")
    (folder / "old").write_bytes(exported({**document, "fingerprint": "", "values": {"m": 1}}))
    assert 'of another version of the world; loading it loses something: "m" no longer' in saves(
        capsys, "import", "old"
    )


def test_verify_reads_everything(store: Store, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heading, *lines, total = saves(capsys, "verify").splitlines()
    assert (heading, total) == ("room (A Room):", "4 files read, all can be loaded")
    assert sorted(lines) == ["  autosave: ok", "  here, the one before: ok", "  here: ok", "  marks and endings: ok"]
    (folder / "room.yaml").write_text(ROOM.replace("n: 0", "m: 0"))
    assert '  here: ok, of another version of the world; loading it loses something: "n"' in saves(
        capsys, "verify", "room"
    )
    store.path("room", "here").write_text("{")
    text = saves(capsys, "verify", "room", code=1)
    assert "  here: The saved game is damaged: at line 1, column 2 it is no JSON (" in text
    assert text.endswith("4 files read, 1 cannot be loaded\n")
    assert saves(capsys, "verify", "moon").startswith("There are no saved games of moon in ")


def test_verify_without_the_world_reads_the_files(
    store: Store, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store.delete("room", "here")
    (folder / "room.yaml").write_text("rooms: 5")
    assert saves(capsys, "verify").splitlines() == [
        "room (A Room):",
        "  autosave: ok (its world is not at hand, so only the file was checked)",
        "  marks and endings: ok (its world is not at hand, so only the file was checked)",
        "2 files read, all can be loaded",
    ]


def test_verify_reads_what_was_earned(store: Store, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("autosave", "here"):
        store.delete("room", name)
    store.earn("room", ["in"])
    text = saves(capsys, "verify")
    assert (
        '  marks and endings: ok, of another version of the world; loading it loses something: The mark "in" no' in text
    )
    assert "  marks and endings, the one before: ok\n2 files read" in text
    (folder / "saves" / "room" / ".marks.json").write_text("{")
    text = saves(capsys, "verify", "room", code=1)
    assert "  marks and endings: The saved game is damaged: at line 1, column 2 it is no JSON (" in text
    assert text.endswith("2 files read, 1 cannot be loaded\n")
    assert saves(capsys, "verify", "moon").startswith("There are no saved games of moon in ")


def test_import_fits_a_world_that_is_named(store: Store, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = store.load("room", "here")
    (folder / "cave").mkdir()
    (folder / "cave" / "world.yaml").write_text(ROOM.replace("A Room", "A Cave").replace("n: 0", "m: 0"))
    (folder / "deep.json").write_bytes(exported({**document, "world": "cave"}))
    assert 'It is of another version of the world; loading it loses something: "n" no' in saves(
        capsys, "import", "deep.json", "cave"
    )
    assert "and the world played is" in saves(capsys, "import", "deep.json", "room", "--as", "b", code=1)
    assert "there is no world `nowhere`" in saves(capsys, "import", "deep.json", "nowhere", code=2)
    (folder / "cave" / "world.yaml").write_text("rooms: 5")
    text = saves(capsys, "import", "deep.json", "cave", "--as", "b", code=1)
    assert "cannot be fitted to cave. It was not imported." in text


def test_the_list_fits_the_terminal(
    store: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "30")
    assert store.has("room", "here")
    assert max(map(len, saves(capsys, "list").splitlines())) <= 30


# Two programs


@pytest.fixture
def other(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Return another program that plays and waits for a line."""
    with subprocess.Popen(
        [sys.executable, "-m", "pianist_quest", "play", "room.yaml", "--saves", "saves"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        cwd=folder,
    ) as program:
        assert program.stdout
        while b"Exits" not in program.stdout.readline():
            pass
        yield program
        program.kill()


def second(folder: Path, script: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "pianist_quest", "play", "room.yaml", "--saves", "saves"],
        input=script.encode(),
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        cwd=folder,
    )


def test_the_second_program_in_a_pipe_does_not_save_itself(folder: Path, other: subprocess.Popen[bytes]) -> None:
    found = second(folder, "n\nsave mine\ns\n")
    assert found.returncode == 0
    assert found.stderr.decode().count("already being played in another program (process ") == 1
    assert f"(process {other.pid} on " in found.stderr.decode()
    assert [slot.name for slot in Store(folder / "saves").slots("room")] == ["mine"]


def test_a_killed_program_leaves_nothing_in_the_way(folder: Path, other: subprocess.Popen[bytes]) -> None:
    other.kill()
    other.wait()
    found = second(folder, "n\n")
    assert (found.returncode, found.stderr) == (0, b"")
    assert Store(folder / "saves").slot("room", "autosave").turn == 1


def test_an_autosave_that_is_played_is_neither_deleted_nor_replaced(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert saves(capsys, "export", "autosave", "room", "autosave.json").startswith("Exported")
    holding = store.hold("room", "autosave")
    for command in (["delete", "autosave", "room"], ["import", "autosave.json", "--force"]):
        assert "is being played (process " in saves(capsys, *command, code=1)
    holding.release()
    saves(capsys, "import", "autosave.json", "--force")
    assert saves(capsys, "delete", "autosave", "room") == "Deleted autosave.\n"
