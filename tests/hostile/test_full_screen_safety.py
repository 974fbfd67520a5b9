"""Nothing in a world or a saved game steers the terminal on the full screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from hostile.attacks import ATTACKS, plant, steering, world
from hostile.test_terminal_safety import KNOWN, PARTS, Open

if TYPE_CHECKING:
    from pathlib import Path

DRAWN = re.compile(r"\x1b\[\?(?:1049|1000|1003|1006|1015)[hl]|(?<!\x08)\x08(?!\x08)")
"""What prompt_toolkit says to a terminal besides where it draws all of it: the screen, the mouse, one cell back."""
TYPED = (
    ("", "F1"), ("look\r", "> look"), ("x \t\t", "x"), ("\x15status\r", "> status"), ("map\r", "> map"),
    ("load one\r", "> load one"), ("load\r", "Load which"), ("look\r", "F1"), ("\x1bOQ", "F1"),
    ("\x1bOQ\x1b[B\x1b[B", "F1"), ("quit\r", "saved."),
)  # fmt: skip


@pytest.mark.parametrize("part", range(PARTS))
def test_on_the_full_screen(tmp_path: Path, part: int) -> None:
    attack = "".join([*ATTACKS.values()][part::PARTS])
    plant(tmp_path / "saves", attack.replace("/", ""))
    (tmp_path / "world.yaml").write_text(world(attack), encoding="utf-8")
    terminal = Open("play", str(tmp_path / "world.yaml"), "--screen", "--saves", str(tmp_path / "saves"))
    try:
        for typed, shown in TYPED:
            terminal.type(typed)
            assert terminal.sees(shown), terminal.text()
        assert terminal.ends() == 0
    finally:
        terminal.close()
    raw = DRAWN.sub("", KNOWN.sub("", terminal.raw.decode("utf-8"))).translate({ord("\r"): None, ord("\t"): None})
    assert not steering(raw), re.findall(r".{0,10}[^ -~\n].{0,10}", raw)
    assert terminal.screen.title == ""
    assert terminal.screen.margins is None
