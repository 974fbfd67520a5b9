"""What plays look like on terminals of several sizes: see stored.py, also for writing them anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.stored import ALL, PAGE, SIZES, name, opened, page, played, steady, stored

if TYPE_CHECKING:
    from pathlib import Path

NEW = "see tests/terminal/stored.py --update where it is meant to be so"


@pytest.mark.parametrize(("mode", "size"), ALL, ids=[name(*one) for one in ALL])
def test_a_play_looks_as_stored(mode: str, size: tuple[int, int]) -> None:
    wanted = stored(mode, size)
    for scene, text in played(mode, size, wanted):
        assert text == wanted.get(scene), f"{scene}: {NEW}"


def test_the_full_screen_looks_as_if_it_had_always_had_its_size(tmp_path: Path) -> None:
    terminal = opened("screen", SIZES[1], tmp_path)
    terminal.type("n\r")
    for size in (SIZES[0], SIZES[2], SIZES[1], SIZES[0]):
        terminal.resize(*size)
        wanted = stored("screen", size)["parlour"]
        assert steady(terminal, wanted) == wanted
    terminal.leave()


def test_line_mode_goes_on_in_the_width_it_has_then(tmp_path: Path) -> None:
    terminal = opened("line", SIZES[1], tmp_path)
    assert terminal.sees("Exits: north, up\n\n>")
    terminal.resize(40, 12)
    terminal.type("n\r")
    assert terminal.sees("An upright piano fills the wall. One\nnote in it is asking for help.\n")
    terminal.leave()


def test_the_page_of_screens_is_current() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert page(text) == text, NEW
    assert text.count("<!-- screen: ") >= 6
