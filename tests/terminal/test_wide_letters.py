"""Letters that take two cells or none, on a terminal of 40 columns: nothing is cut, nothing is written over."""

from __future__ import annotations

import time
import unicodedata
from typing import TYPE_CHECKING

import pytest
from wcwidth import wcwidth

from pianist_quest.terminal import wrap
from terminal.screens import PATIENCE, sized

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "音楽室の鍵盤は雨の音をひとつずつ数えてから、ようやく静かになった。窓の外では誰かが笑っていた。 "
    "Nai\u0308ve e\u0301tudes, Tu\u0308nel and A\u0306bc stand beside 🎹🎼🎻 and 피아노, then a🎵b, and "
    "ein_sehr_langes_Wort_das_auf_keine_Zeile_passt_wie_man_sieht."
)
LABEL = "鍵盤の蓋をそっと開けて、最初の音を長く長く聞いてみる e\u0301tude 🎹"
REASON = "まだ誰かが眠っているから、今は弾かないほうがいい"
WORLD = f"""
format: 1
title: 音楽室
start: room
status: ["{LABEL}"]
rooms:
  room:
    name: 音楽室
    text: "{TEXT}"
    choices:
      - label: "{LABEL}"
        text: 音。
      - {{label: "{LABEL}", if: false, otherwise: "{REASON}"}}
"""


def letters(text: str) -> str:
    """Return a text without its breaks, its letters with their marks as one."""
    return "".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize("mode", ["--screen", "--seed=1", "--reader"])
def test_nothing_is_cut(tmp_path: Path, mode: str) -> None:
    (tmp_path / "room.yaml").write_text(WORLD, encoding="utf-8")
    terminal = sized((40, 40))("play", str(tmp_path / "room.yaml"), "--saves", str(tmp_path), mode)
    assert terminal.sees("\n>")
    assert terminal.sees(LABEL[-1])
    end = time.monotonic() + PATIENCE
    while letters(terminal.text()).count(letters(LABEL)) < 3 and time.monotonic() < end:
        terminal.drain()
    shown = letters(terminal.text())
    assert shown.count(letters(LABEL)) == 3  # the choice, the closed one, the status
    assert [text for text in (TEXT, f"1. {LABEL}", REASON) if letters(text) not in shown] == []
    terminal.type("1\r")
    assert terminal.sees("音。")
    terminal.leave()


def test_letters_that_wcwidth_is_not_asked_about_take_one_cell_each() -> None:
    narrow = [char for char in map(chr, range(0x20, 0x10000)) if wrap._is_narrow(char)]
    assert len(narrow) > 500
    assert [char for char in narrow if wcwidth(char) != 1] == []
