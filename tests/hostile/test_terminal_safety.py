"""Nothing in a world or a saved game steers the terminal: not on the screen, in a transcript or on standard error."""

from __future__ import annotations

import io
import re
import sys
from typing import TYPE_CHECKING

import pytest

from hostile.attacks import ATTACKS, lines, plant, steering, world
from pianist_quest.cli import main
from pianist_quest.worldfile import nodes
from terminal.screens import Terminal

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = re.compile(r"\x1b\[(?:\?(?:25|12|2004|7)[hl]|[\d;]*[ABCDGHJKm]|6n|\?1[hl])|\x1b[=>]|(?<=>)\x08")
"""What prompt_toolkit itself says to a terminal."""
REFUSED = nodes._UNPRINTABLE
REFUSABLE = {*map(chr, range(32)), *map(chr, range(127, 160))} - set("\r\x85")
"""All control characters but two that are line ends to YAML."""
PARTS = 5
TYPED = (
    ("", "Exits"), ("x \t\t", "x"), ("\rstatus\r", "Turn 0"), ("load one\r", "exists"), ("saves\r", "newest"),
    ("load\r", "Load which"), ("look\r", "Exits"), ("2\r", "Over"), ("quit\r", "saved."),
)  # fmt: skip
"""What is typed on the screen, and what is waited for."""


class Open(Terminal):
    """The program with a reader of worlds that takes control characters."""

    program = (
        sys.executable,
        "-c",
        (
            "import re; from pianist_quest.worldfile import nodes; nodes._UNPRINTABLE = re.compile('(?!)');"
            "from pianist_quest.cli import main; raise SystemExit(main())"
        ),
    )


@pytest.fixture(autouse=True)
def open_door(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let control characters into worlds, as though the reader of worlds did not refuse them."""
    monkeypatch.setattr(nodes, "_UNPRINTABLE", re.compile("(?!)"))


@pytest.fixture(params=list(ATTACKS.values()), ids=list(ATTACKS))
def attack(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Said:
    monkeypatch.setenv("PIANIST_QUEST_SAVES", str(tmp_path / "saves"))
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.chdir(tmp_path)  # where transcripts are written
    return Said(monkeypatch, capsys)


class Said:
    """Runs the program and returns all it says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *arguments: str, typed: str = "") -> str:
        self.monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        main(arguments)
        out, err = self.capsys.readouterr()
        return out + err


def written(folder: Path, attack: str) -> str:
    (folder / "world.yaml").write_text(world(attack), encoding="utf-8")
    return str(folder / "world.yaml")


def test_a_play(said: Said, attack: str, tmp_path: Path) -> None:
    file, transcript = written(tmp_path, attack), tmp_path / "transcript"
    told = said("play", file, "--saves", str(tmp_path), "--transcript", str(transcript), typed=lines(attack))
    assert "cannot be played" not in told
    assert told.count("A ") > 25
    assert "Ping A" in told
    assert not steering(told)
    assert not steering(transcript.read_text(encoding="utf-8"))
    assert "You wave A" not in said(
        "play", file, "--saves", str(tmp_path), "--resume", attack.replace("\x00", "") or "x"
    )


def test_the_reader_of_worlds_refuses_control_characters_first(said: Said, attack: str, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nodes, "_UNPRINTABLE", REFUSED)
        told = said("play", written(tmp_path, attack), "--saves", str(tmp_path), typed="quit\n")
    assert "cannot be played" in told or not set(attack) & REFUSABLE
    assert not steering(told)


def test_saved_games(said: Said, attack: str, tmp_path: Path) -> None:
    file, saves = written(tmp_path, attack), tmp_path / "saves"
    plant(saves, attack)
    told = said(
        "play", file, "--saves", str(saves), "--resume", "one", typed="look\nstatus\nsaves\nload one\nload\n2\n"
    )
    assert "no longer exists" in " ".join(told.split())
    assert not steering(told)
    for command in (["list"], ["list", file], ["verify", file], *([what, "one", file] for what in ("show",))):
        told = said("saves", *command)
        assert "one" in told
        assert not steering(told)
        assert "\n  fake: ok" not in told


def test_what_the_other_commands_print(said: Said, attack: str, tmp_path: Path) -> None:
    file = written(tmp_path, attack)
    for options in ([], ["--json"], ["--dot"], ["--to", "end"], ["--to", "end", "--json"], ["--plays", "3"]):
        told = said("explore", file, "--seconds", "5", "--states", "2000", *options)
        assert told
        assert not steering(told)
    broken = tmp_path / "broken.yaml"
    broken.write_text(
        world(attack).replace("goto: end", 'goto: "x BAD"').replace("BAD", "\\u202e\\x1b"), encoding="utf-8"
    )
    for command in (["check", str(broken)], ["check", "--format", "json", str(broken)], ["test", str(broken)]):
        assert not steering(said(*command))
    for command in (["explain", attack], ["play", f"no{attack}"], ["saves", "show", attack, f"w{attack}"], [attack]):
        assert not steering(said(*command))


def test_export_keeps_all_and_steers_nothing(said: Said, attack: str, tmp_path: Path) -> None:
    plant(tmp_path / "saves", attack)
    file = tmp_path / "exported.json"
    said("saves", "export", "one", "world", str(file))
    assert not steering(file.read_text(encoding="utf-8"))
    assert "Imported" in said("saves", "import", str(file), "--as", "two")
    assert not steering(said("saves", "import", str(file), "--as", "two"))


@pytest.mark.parametrize("part", range(PARTS))
def test_on_the_terminals_screen(tmp_path: Path, part: int) -> None:
    attack = "".join([*ATTACKS.values()][part::PARTS])
    plant(tmp_path / "saves", attack.replace("/", ""))
    terminal = Open("play", written(tmp_path, attack), "--saves", str(tmp_path / "saves"))
    try:
        for typed, shown in TYPED:
            assert terminal.says(shown, typed), terminal.text()
        assert terminal.ends() == 0
    finally:
        terminal.close()
    # What is typed before the game asks is echoed by the system itself, tabs as tabs.
    raw = KNOWN.sub("", terminal.raw.decode("utf-8")).translate({ord("\r"): None, ord("\t"): None})
    assert not steering(raw), re.findall(r".{0,10}[^ -~\n].{0,10}", raw)
    assert terminal.screen.title == ""
    assert terminal.screen.margins is None
