"""The command line: what it prints, what it returns, and that it never ends in a traceback."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from pianist_quest import __version__, bundled
from pianist_quest.cli import main
from pianist_quest.commands import explain
from pianist_quest.opening import DEFAULT_WORLD

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
GOOD = (
    "format: 1\ntitle: A Room\nstart: hall\nrooms:\n  hall: {name: Hall, exits: {north: yard}}\n  yard: {name: Yard}\n"
)
BAD = GOOD.replace("yard}", "yrad}")


@pytest.fixture(autouse=True)
def _quiet_signals(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("PIANIST_QUEST_SAVES", str(tmp_path / "saves"))
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.fixture
def world(tmp_path: Path) -> str:
    path = tmp_path / "room.yaml"
    path.write_text(GOOD)
    return str(path)


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def start(*arguments: str, script: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "pianist_quest", *arguments],
        input=script.encode(),
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
    )


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, part in ((["--version"], __version__), (["--help"], "examples:")):
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == 0
        assert part in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["plya"], "invalid choice"),
        (["play", "frist_steps"], "did you mean `first_steps`?"),
        (["play", "moon"], "there is no world `moon`; worlds: "),
        (["play", "--seed", "-1"], "2**63-1"),
        (["play", "--seed", "9223372036854775808"], "2**63-1"),
        (["play", "--seed", "\u0663"], "2**63-1"),
        (["check"], "required: WORLD"),
        (["check", "a\x00b"], "there is no world"),
        (["check", "x", "--format", "xml"], "invalid choice"),
        (["explain", "unknwon-name"], "did you mean `unknown-name`?"),
        (["explain", "zzz"], "shows the codes"),
        (["test"], "required: WORLD"),
        (["test", "moon"], "there is no world `moon`"),
        (["saves"], "required"),
        (["saves", "delete"], "required: SLOT"),
    ],
)
def test_a_wrong_argument_is_one_clear_line(
    arguments: list[str], part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("pianist-quest: ")
    assert said.err.count("\n") == 1
    assert part in said.err


def test_check(world: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", world]) == 0
    assert capsys.readouterr().out == "no findings\n"
    (tmp_path / "bad.yaml").write_text(BAD)
    assert main(["check", world, str(tmp_path / "bad.yaml")]) == 1
    assert "error[unknown-name]" in capsys.readouterr().out
    assert main(["check", str(tmp_path / "bad.yaml"), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["code"] == "unknown-name"
    assert main(["check", "first_steps"]) == 0


# Walkthroughs

FITS = "Hall\n> n\nYard\n"
DIFFERS = "# Kept.\n> n\nGarden\n"


@pytest.fixture
def walks(world: str) -> Path:
    folder = Path(world).parent / "walkthroughs"
    folder.mkdir()
    (folder / "a.txt").write_text(FITS)
    return folder


def test_walkthroughs_that_fit(world: str, walks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", world]) == 0
    assert capsys.readouterr().out == f"{walks / 'a.txt'}: ok\n1 walkthrough, all fit\n"
    assert main(["test", "first_steps", world]) == 0
    assert capsys.readouterr().out.endswith("2 walkthroughs, all fit\n")


def test_a_walkthrough_that_does_not_fit(world: str, walks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (walks / "b.txt").write_text(DIFFERS)
    assert main(["test", world]) == 1
    shown = capsys.readouterr().out
    assert f"{walks / 'b.txt'}:3: this is not said\n  wanted: Garden\n  after:  > n\n" in shown
    assert shown.endswith("2 walkthroughs, 1 did not fit\n")
    assert (walks / "b.txt").read_text() == DIFFERS


def test_an_update_shows_what_it_changes(world: str, walks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (walks / "b.txt").write_text(DIFFERS)
    assert main(["test", world, "--update"]) == 0
    shown = capsys.readouterr().out
    assert " > n\n-Garden\n+Yard\n" in shown
    assert f"{walks / 'b.txt'}: updated\n" in shown
    assert (walks / "b.txt").read_text().startswith("# Kept.\n> n\nYard\n")
    assert (walks / "a.txt").read_text() == FITS
    assert main(["test", world]) == 0


def test_an_update_cannot_change_where_a_play_ends(world: str, walks: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (walks / "a.txt").write_text("> n\n[ending x]\n")
    (walks / "b.txt").write_text("> n\nGarden\n[ending x]\n")
    assert main(["test", world, "--update"]) == 1
    assert "-Garden\n" in capsys.readouterr().out
    assert (walks / "a.txt").read_text() == "> n\n[ending x]\n"


def test_a_world_without_walkthroughs_or_with_mistakes_fits_nothing(
    world: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["test", world]) == 1
    said = capsys.readouterr().out
    assert "there is no walkthrough" in said
    assert "did not fit" not in said
    (tmp_path / "bad.yaml").write_text(BAD)
    assert main(["test", str(tmp_path / "bad.yaml")]) == 1
    assert "error[unknown-name]" in capsys.readouterr().out


def test_the_results_as_junit_xml(world: str, walks: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (walks / "b.txt").write_text("> x <b>\x07\nGarden & co\n")
    (walks / "c.txt").write_bytes(b"> n\n\xff\n")
    assert main(["test", world, "--junit", str(tmp_path / "out.xml")]) == 1
    assert "c.txt: byte 4 is not UTF-8" in capsys.readouterr().out
    suite = ET.fromstring((tmp_path / "out.xml").read_text())  # noqa: S314 - our own
    assert (suite.get("tests"), suite.get("failures")) == ("3", "2")
    assert [case.get("name") for case in suite] == ["a.txt", "b.txt", "c.txt"]
    assert "Garden & co" in (suite[1][0].text or "")


def test_explain(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "page", lambda code: f"# {code}\n\nMore.\n")
    assert main(["explain", "unknown-name"]) == 0
    assert capsys.readouterr().out == "# unknown-name\n\nMore.\n"
    monkeypatch.setattr(bundled, "page", lambda _: None)
    assert main(["explain", "unknown-name"]) == 1


def test_a_world_with_mistakes_is_not_played(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.yaml").write_text(BAD)
    assert main(["play", str(tmp_path / "bad.yaml")]) == 1
    said = capsys.readouterr()
    assert "error[unknown-name]" in said.err
    assert "This world cannot be played." in said.err
    assert said.out == ""


def test_play_save_resume_list_delete(
    world: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "n", "save here")
    assert main(["play", world]) == 0
    typed(monkeypatch, "look")
    assert main(["play", world, "--resume", "here", "--transcript", str(tmp_path / "t.txt")]) == 0
    assert "Yard\n" in (tmp_path / "t.txt").read_text()
    assert main(["play", world, "--resume", "there"]) == 1
    capsys.readouterr()
    assert main(["saves", "list"]) == 0
    assert capsys.readouterr().out.startswith("room (A Room):\n  here: Yard; turn 1, ")
    assert main(["saves", "delete", "here", "room"]) == 0
    assert main(["saves", "delete", "here", "room"]) == 1
    assert 'no saved game "here"' in capsys.readouterr().err
    assert main(["saves", "list", world]) == 0
    assert "There are no saved games of" in capsys.readouterr().out


def test_the_list_of_saves_is_grouped_by_world(
    world: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, slot in ((world, "one"), ("first_steps", "two"), (world, "three")):
        typed(monkeypatch, f"save {slot}")
        main(["play", name])
    capsys.readouterr()
    assert main(["saves", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    heads = [index for index, line in enumerate(lines) if not line.startswith(" ")]
    assert sorted(lines[index] for index in heads) == ["first_steps (First Steps):", "room (A Room):"]
    assert {line.partition(":")[0] for line in lines if line.startswith(" ")} == {"  one", "  two", "  three"}


def test_saves_that_cannot_be_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.iterdir", refused)
    assert main(["saves", "list", "--saves", str(tmp_path)]) == 1
    assert "permission denied" in capsys.readouterr().err


def test_autosave_on_a_pipe_only_where_a_folder_is_given(
    world: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "n")
    main(["play", world, "--seed", "1"])
    assert not (tmp_path / "saves").exists()
    typed(monkeypatch, "n")
    main(["play", world, "--seed", "1", "--saves", str(tmp_path / "given")])
    assert (tmp_path / "given" / "room" / "autosave.json").exists()


def test_the_title_page(
    world: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "bad.yaml").write_text(BAD)
    known = {DEFAULT_WORLD: Path(world), "bad": tmp_path / "bad.yaml"}
    monkeypatch.setattr(bundled, "worlds", lambda: known)
    monkeypatch.chdir(tmp_path)
    typed(monkeypatch, "worlds", "bad", "new", "n")
    assert main([]) == 0
    shown = capsys.readouterr().out
    assert "This world cannot be played." in shown
    assert "Yard\n" in shown
    known[DEFAULT_WORLD] = tmp_path / "bad.yaml"
    assert main([]) == 1


@pytest.mark.parametrize(
    ("raised", "code", "part"),
    [
        (KeyboardInterrupt(), 130, ""),
        (PermissionError(errno.EACCES, "Permission denied", "x.yaml"), 1, "x.yaml: Permission denied"),
    ],
)
def test_what_happens_outside_is_no_traceback(
    raised: BaseException,
    code: int,
    part: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fails(_: object) -> int:
        raise raised

    monkeypatch.setattr(explain, "run", fails)
    assert main(["explain", "x"]) == code
    assert part in capsys.readouterr().err


def test_where_games_are_saved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert bundled.saves_folder("given") == Path("given")
    assert bundled.saves_folder(None) == tmp_path / "saves"
    monkeypatch.delenv("PIANIST_QUEST_SAVES")
    assert bundled.saves_folder(None) == ROOT / "saves"
    monkeypatch.setattr(bundled, "checkout", lambda: None)
    monkeypatch.chdir(tmp_path)
    assert bundled.saves_folder(None).parts[-2:] == ("pianist-quest", "saves")
    (tmp_path / "pyproject.toml").write_text('name = "pianist-quest"\n', encoding="utf-8")
    assert bundled.saves_folder(None) == tmp_path / "saves"


def test_what_is_bundled_is_found_in_a_checkout_and_in_a_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "first_steps" in bundled.worlds()
    monkeypatch.setattr(bundled, "_CHECKOUT", tmp_path)
    monkeypatch.setattr(bundled, "_PACKAGE", tmp_path)
    assert (bundled.checkout(), bundled.worlds(), bundled.page("x")) == (None, {}, None)
    (tmp_path / "_data" / "worlds" / "moon").mkdir(parents=True)
    (tmp_path / "_data" / "worlds" / "moon" / "world.yaml").write_text(GOOD)
    (tmp_path / "_data" / "diagnostics").mkdir()
    (tmp_path / "_data" / "diagnostics" / "x.md").write_text("X")
    assert list(bundled.worlds()) == ["moon"]
    assert bundled.page("x") == "X"


# As a program


def test_the_same_script_and_seed_make_the_same_bytes(world: str) -> None:
    runs = [start("play", world, "--seed", "5", script="n\nwait\nx nothing\nquit\n") for _ in range(2)]
    assert runs[0].stdout == runs[1].stdout
    assert (runs[0].returncode, runs[0].stderr) == (0, b"")
    assert runs[0].stdout.decode().startswith("Hall\n")


def test_a_reader_that_has_enough_is_no_traceback(world: str) -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "pianist_quest", "play", world],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert program.stdout
    program.stdout.close()
    program.stdout = None
    try:
        assert program.communicate(b"look\n" * 2000, timeout=30)[1] == b""
    finally:
        program.kill()
    assert program.wait(30) == 0


def test_no_encoding_is_an_accident(world: str) -> None:
    found = start("play", world, script="caf\u00e9 \u7434\n", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (found.returncode, found.stderr) == (0, b"")


@pytest.mark.parametrize("arguments", [["--version"], ["check", "first_steps"], ["play", "first_steps", "--plain"]])
def test_the_core_starts_without_prompt_toolkit(arguments: list[str]) -> None:
    program = (
        "import sys; from pianist_quest.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: assert 'prompt_toolkit' not in sys.modules"
    )
    found = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        input=b"",
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert (found.returncode, found.stderr) == (0, b"")


FORK = """
format: 1
title: The Fork
start: hall
rooms:
  hall: {name: Hall, exits: {out: yard, down: well}}
  yard: {name: Yard, exits: {in: hall}, choices: [{label: Go home, if: turns > 1, goto: home}]}
  well: {name: Well}
variables: {turns: {start: 0, min: 0, max: 2}}
rules: {tick: {each_turn: true, do: turns += 1}}
endings: {home: {name: Home}}
"""


@pytest.fixture
def fork(tmp_path: Path) -> str:
    (tmp_path / "fork").mkdir()
    (tmp_path / "fork" / "world.yaml").write_text(FORK)
    return str(tmp_path / "fork")


def test_explore_tells_where_players_are_stuck(fork: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explore", fork]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("complete: ")
    assert "  > go down" in lines


def test_explore_is_content_with_a_world_without_faults(
    fork: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "fork" / "world.yaml"
    file.write_text(FORK.replace(", down: well", "").replace("  well: {name: Well}\n", ""))
    assert main(["explore", fork, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["endings"]["home"]["shortest"] == 3
    assert main(["explore", fork, "--states", "1", "--seconds", "1"]) == 3
    assert main(["explore", fork, "--write-walkthroughs"]) == 0
    assert main(["test", fork]) == 0


def test_explore_finds_the_way_to_a_goal(fork: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explore", fork, "--to", "yard"]) == 0
    assert capsys.readouterr().out == "the goal yard: reached in 1\n  > go out\n"
    assert main(["explore", fork, "--to", "turns == 2 and at(yard)"]) == 0
    assert main(["explore", fork, "--to", "turns > 2"]) == 1
    assert main(["explore", fork, "--to", "home", "--states", "2"]) == 3
    capsys.readouterr()
    assert main(["explore", fork, "--to", "trns > 2"]) == 1
    assert "did you mean `turns`?" in capsys.readouterr().err
    assert main(["explore", fork, "--to", "turns >"]) == 1


def test_explore_from_a_saved_game(
    fork: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    saves = str(tmp_path / "kept")
    typed(monkeypatch, "down", "save here")
    assert main(["play", fork, "--plain", "--saves", saves]) == 0
    capsys.readouterr()
    assert main(["explore", fork, "--to", "home", "--from", "here", "--saves", saves]) == 1
    assert capsys.readouterr().out == "the goal home: cannot be reached\n"
    assert main(["explore", fork, "--from", "nowhere", "--saves", saves]) == 2


def test_explore_as_a_graph_and_as_games_by_chance(fork: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explore", fork, "--dot"]) == 0
    assert capsys.readouterr().out.startswith('digraph {\n  0 [label="Hall"];\n')
    assert main(["explore", fork, "--plays", "4"]) == 0
    assert capsys.readouterr().out.startswith("4 games played by chance\n")


@pytest.mark.parametrize(
    "given",
    [("--plays", "2", "--to", "home"), ("--dot", "--json"), ("--to", "home", "--write-walkthroughs"), ("--to", "")],
)
def test_explore_refuses_what_does_not_go_together(fork: str, given: tuple[str, ...]) -> None:
    assert main(["explore", fork, *given]) == 2


def test_explore_says_what_a_goal_can_be(fork: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explore", fork, "--to", "hoem"]) == 1
    said = capsys.readouterr().err
    assert "did you mean `home`?" in said
    assert "This cannot be looked for." in said
    assert main(["explore", fork, "--to", "home", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["commands"] == ["go out", "wait", "1"]


def test_explore_shows_how_far_it_is_on_a_terminal(fork: str, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    main(["explore", fork])
    assert " states, depth 1, " in screen.getvalue()


@pytest.mark.parametrize("given", [("--seconds", "0"), ("--states", "x"), ("--plays", "-1")])
def test_explore_refuses_what_is_no_limit(
    fork: str, given: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explore", fork, *given]) == 2
    assert "is no whole number from 1" in capsys.readouterr().err


def test_a_world_that_cannot_be_played_is_not_explored(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.yaml").write_text(BAD)
    assert main(["explore", str(tmp_path / "bad.yaml")]) == 1
    assert "error[unknown-name]" in capsys.readouterr().err


def test_a_world_in_the_place_of_a_command_is_told_how_to_play_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for world in ("tuners_den", str(tmp_path)):
        assert main([world]) == 2
        assert capsys.readouterr().err.endswith(f"pianist-quest play {world}\n")
