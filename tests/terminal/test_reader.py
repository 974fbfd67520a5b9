"""The game for screen readers: nothing but lines of text, one short prompt, the status when it changes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pianist_quest.saves.store import Store
from pianist_quest.terminal.loop import Desk, Play
from pianist_quest.terminal.plain import TranscriptFile
from pianist_quest.terminal.session import Session
from terminal.house import HOUSE
from terminal.test_loop import Script

ROOT = Path(__file__).parents[2]
BOXES = {chr(code) for code in range(0x2500, 0x2600)}


def heard(tmp_path: Path, *lines: str) -> str:
    screen = Script(*lines)
    store = Store(tmp_path / "saves", patience=0.05)
    desk = Desk(screen, store, lambda: "2026-01-02", autosave=False, open_transcript=TranscriptFile, reader=True)
    Play(desk, Session.new(HOUSE, 1)).run()
    return screen.text


def test_the_status_is_told_at_first_and_when_it_changes(tmp_path: Path) -> None:
    text = heard(tmp_path, "n", "s", "play etude on upright piano")
    assert text.count("Status: Week 1, Hands 3 of 10.") == 1
    assert text.count("Status: Week 1, Hands 4 of 10.") == 1
    assert text.count("Status:") == 2


def test_numbers_are_before_labels_and_closed_choices_say_so(tmp_path: Path) -> None:
    text = heard(tmp_path, "?")
    assert text.count("\n1. Strike the gong\nNot open: Ring the bell twice: someone sleeps\n") == 2


def test_an_ending_is_told_in_words(tmp_path: Path) -> None:
    text = heard(tmp_path, "n", "e", "dream", "go on falling")
    assert "The end: The Floor, ending 2." in text
    assert "*" not in text


def test_a_map_is_a_list_of_ways(tmp_path: Path) -> None:
    assert "You are here. The kitchen: south to the hall, east." in heard(tmp_path, "n", "map")


def on_terminal(tmp_path: Path, typed: str, *arguments: str, **environment: str) -> bytes:
    """Return the raw bytes that the program writes to a terminal on which lines are typed."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    settings = {"PYTHONPATH": str(ROOT / "src"), "TERM": "xterm-256color", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "pianist_quest", *arguments]
    environment = {**os.environ, **settings, "PIANIST_QUEST_SAVES": str(tmp_path), **environment}
    program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    assert program.stdin is not None
    program.stdin.write(typed.encode())
    program.stdin.close()
    found = b""
    while True:
        try:
            more = os.read(ours, 65536)
        except OSError:
            break
        if not more:
            break
        found += more
    os.close(ours)
    assert program.wait() == 0
    return found


@pytest.mark.parametrize("world", ["tuners_den", "night_market"])
def test_a_whole_play_writes_no_control_characters_but_line_ends(tmp_path: Path, world: str) -> None:
    walkthroughs = sorted((ROOT / "worlds" / world / "walkthroughs").glob("*.txt"))
    lines = [line[2:] for line in walkthroughs[0].read_text(encoding="utf-8").splitlines() if line.startswith("> ")]
    asked = ["map", "?", "history", "status", "marks", "help", "saves"]
    text = on_terminal(tmp_path, "\n".join([*lines, *asked, "quit", ""]), "play", world, "--seed", "1", "--reader")
    shown = text.decode().replace("\r\n", "\n")
    assert [char for char in shown if char != "\n" and not char.isprintable()] == []
    assert not BOXES & set(shown)
    assert shown.count("\n> ") >= len(lines)


def test_the_setting_is_as_good_as_the_option(tmp_path: Path) -> None:
    arguments = ("play", "first_steps", "--seed", "1")
    by_option = on_terminal(tmp_path / "a", "n\nmap\nquit\n", *arguments, "--reader")
    by_setting = on_terminal(tmp_path / "b", "n\nmap\nquit\n", *arguments, PIANIST_QUEST_READER="1")
    assert by_option == by_setting
    assert b"You are here." in by_setting
