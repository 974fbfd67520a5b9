"""What comes with the program: worlds and pages, in a checkout or inside the installed package."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent
_CHECKOUT: Final = _PACKAGE.parent.parent
_NAME: Final = 'name = "pianist-quest"'


def checkout() -> Path | None:
    """Return the folder of the checkout this program runs from, or None where it is installed."""
    return _CHECKOUT if _is_checkout(_CHECKOUT) else None


def _is_checkout(folder: Path) -> bool:
    try:
        return _NAME in (folder / "pyproject.toml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def worlds() -> dict[str, Path]:
    """Return the worlds that come with the program, by name."""
    root = checkout()
    folder = root / "worlds" if root else _PACKAGE / "_data" / "worlds"
    if not folder.is_dir():
        return {}
    return {path.name: path for path in sorted(folder.iterdir()) if (path / "world.yaml").is_file()}


def page(code: str) -> str | None:
    """Return the page about a finding's code, or None where there is none."""
    root = checkout()
    folder = root / "docs" / "diagnostics" if root else _PACKAGE / "_data" / "diagnostics"
    try:
        return (folder / f"{code}.md").read_text(encoding="utf-8")
    except OSError:
        return None


def saves_folder(given: str | None) -> Path:
    """Return where games are saved: as given, as PIANIST_QUEST_SAVES says, in the checkout, or with the user's data.

    The checkout is the one that the program runs from, or the one it is started in.
    """
    named = given or os.environ.get("PIANIST_QUEST_SAVES")
    if named:
        return Path(named).expanduser()
    root = checkout()
    if root:
        return root / "saves"
    if _is_checkout(Path.cwd()):
        return Path.cwd() / "saves"
    from platformdirs import user_data_path  # noqa: PLC0415 - seldom needed, and starting should be quick

    return user_data_path("pianist-quest", appauthor=False) / "saves"
