"""Stored screens: real plays of First Steps on terminals of several sizes, and what they look like.

The screens lie in tests/terminal/screens, a file for each way of playing and size, and six of them in docs/screens.md.
When they change for good, write them anew and read what `git diff` says of them:

    python tests/terminal/stored.py --update
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from terminal.screens import Terminal, sized

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = Path(__file__).parent / "screens"
PAGE: Final = Path(__file__).parents[2] / "docs" / "screens.md"
MODES: Final = {"line": (), "screen": ("--screen",), "reader": ("--reader",)}
SIZES: Final = ((40, 12), (80, 24), (140, 45))
SCENES: Final = {
    "hall": "", "parlour": "n\r", "choice": "1\r", "hammer": "s\rup\rget hammer\r", "map": "map\r",
    "possible": "?\r", "history": "history\r",
}  # fmt: skip
"""What is typed, one after the other, to come to each screen."""
ALL: Final = [(mode, size) for mode in MODES for size in SIZES]
_QUIET: Final = 1.5
"""The seconds without a change after which a screen is taken for what it will be."""
_BLOCK: Final = re.compile(r"<!-- screen: (\S+) (\S+) -->\n```text\n(.*?)```\n", re.DOTALL)


def name(mode: str, size: tuple[int, int]) -> str:
    """Return the name of a way of playing on a terminal of a size."""
    return f"{mode}-{size[0]}x{size[1]}"


def opened(mode: str, size: tuple[int, int], saves: Path) -> Terminal:
    """Open a game."""
    arguments = ("--seed", "1", "--saves", str(saves), *MODES[mode])
    return sized(size)("play", "first_steps", *arguments, PIANIST_QUEST_SETTINGS="/dev/null")


def steady(terminal: Terminal, wanted: str | None, patience: float = 10.0) -> str:
    """Return the screen when it is the one wanted; when it is another, after some time."""
    end, last, since = time.monotonic() + patience, "", time.monotonic()
    while time.monotonic() < end:
        terminal.drain()
        text = terminal.text()
        if text == wanted:
            break
        last, since = (last, since) if text == last else (text, time.monotonic())
        if wanted is None and text.strip() and time.monotonic() - since > _QUIET:
            break
    return terminal.text()


def played(mode: str, size: tuple[int, int], wanted: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Play; yield the name of each screen with what it shows: what is wanted as soon as it does."""
    with tempfile.TemporaryDirectory() as saves:
        terminal = opened(mode, size, Path(saves))
        try:
            for scene, typed in SCENES.items():
                terminal.type(typed)
                yield scene, steady(terminal, wanted.get(scene))
        finally:
            terminal.leave()


def stored(mode: str, size: tuple[int, int]) -> dict[str, str]:
    """Return the stored screens by name."""
    path = FOLDER / f"{name(mode, size)}.txt"
    if not path.exists():
        return {}
    parts = re.split(r"(?m)^=== (\w+)\n", path.read_text(encoding="utf-8"))[1:]
    return dict(zip(parts[::2], (text.removesuffix("\n") for text in parts[1::2]), strict=True))


def written(screens: dict[str, str]) -> str:
    """Return screens as a file."""
    return "".join(f"=== {scene}\n{text}\n" for scene, text in screens.items())


def page(text: str) -> str:
    """Return the page of screens with those that are stored now."""

    def block(match: re.Match[str]) -> str:
        mode, size = match[1].split("-")
        columns, lines = size.split("x")
        screen = stored(mode, (int(columns), int(lines)))[match[2]]
        return f"<!-- screen: {match[1]} {match[2]} -->\n```text\n{screen.rstrip()}\n```\n"

    return _BLOCK.sub(block, text)


def update() -> None:
    """Write all screens anew, as they are now."""
    FOLDER.mkdir(exist_ok=True)
    for mode, size in ALL:
        (FOLDER / f"{name(mode, size)}.txt").write_text(written(dict(played(mode, size, {}))), encoding="utf-8")
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--update"]:
        sys.exit(__doc__)
    update()
