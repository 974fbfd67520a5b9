"""What the tests of the full screen share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from terminal.house import WORLD
from terminal.screens import Terminal, sized

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def open_terminal(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    (tmp_path / "house.yaml").write_text(WORLD, encoding="utf-8")
    opened: list[Terminal] = []

    def open_one(*arguments: str, size: tuple[int, int] = (80, 24)) -> Terminal:
        arguments = arguments or ("--screen",)
        saves = ("--saves", str(tmp_path / "saves"))
        terminal = sized(size)("play", str(tmp_path / "house.yaml"), *saves, *arguments)
        opened.append(terminal)
        assert terminal.sees("F1" if "--screen" in arguments else "\n>")
        return terminal

    yield open_one
    for terminal in opened:
        terminal.leave()
