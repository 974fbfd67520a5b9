"""SIGINT while a turn is worked out, when no line is being asked for."""

from __future__ import annotations

import os
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

from pianist_quest.saves.document import unseal
from pianist_quest.saves.names import AUTOSAVE
from pianist_quest.saves.store import Store
from terminal.house import WORLD
from terminal.screens import Terminal

if TYPE_CHECKING:
    from pathlib import Path

SLOW = """
import time
from pianist_quest.cli import main
from pianist_quest.terminal.session import Session

at_once = Session.type

def slow(self, line):
    if line == "wait":
        print("a long time", flush=True)
        time.sleep(60)
    return at_once(self, line)

Session.type = slow
raise SystemExit(main())
"""


class Slow(Terminal):
    """A game in which waiting takes a minute."""

    program = (sys.executable, "-c", SLOW)


@pytest.mark.parametrize("plain", [(), ("--plain",)], ids=["app", "plain"])
@pytest.mark.parametrize("typed", [False, True], ids=["killed", "ctrl-c"])
def test_it_leaves_with_the_turn_saved(tmp_path: Path, plain: tuple[str, ...], typed: bool) -> None:  # noqa: FBT001
    (tmp_path / "house.yaml").write_text(WORLD, encoding="utf-8")
    terminal = Slow("play", str(tmp_path / "house.yaml"), "--saves", str(tmp_path / "saves"), *plain)
    try:
        before = terminal.modes()
        assert terminal.sees("Exits: north, up\n\n>")
        terminal.type("n\r")
        assert terminal.sees("(the hall), east\n\n>")
        terminal.type("wait\r")
        assert terminal.sees("a long time")
        if typed:
            terminal.type("\x03")
        else:
            os.kill(terminal.pid, signal.SIGINT)
        time.sleep(0.5)  # what the terminal is like can be asked until the program's end was seen
        assert terminal.modes() == before
        assert terminal.ends() == 128 + signal.SIGINT
    finally:
        terminal.close()
    assert b"Traceback" not in terminal.raw
    assert terminal.raw.rfind(b"\x1b[?25h") >= terminal.raw.rfind(b"\x1b[?25l")
    assert unseal((tmp_path / "saves" / "house" / "autosave.json").read_bytes())["turn"] == 1
    Store(tmp_path / "saves").hold("house", AUTOSAVE).release()
