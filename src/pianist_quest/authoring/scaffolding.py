"""New worlds: the files of a template, with a title."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from .schema import world_schema

TEMPLATES: Final = {
    "choices": "scenes and numbered choices",
    "parser": "rooms, things, verbs that are typed",
    "storylets": "short scenes that come up by themselves",
}
_FOLDER: Final = Path(__file__).parent / "scaffold"
_TITLE: Final = "$title"


def files(template: str, title: str) -> dict[str, str]:
    """Return the files of a new world by their paths in its folder; `title` is one line of text."""
    folder = _FOLDER / template
    found = {"README.md": (_FOLDER / "README.md").read_text("utf-8").replace(_TITLE, title)}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        text = path.read_text("utf-8").replace(f"title: {_TITLE}", f"title: {json.dumps(title, ensure_ascii=False)}")
        found[path.relative_to(folder).as_posix()] = text
    found["world.schema.json"] = json.dumps(world_schema(), indent=2, ensure_ascii=False) + "\n"
    return found


def write(folder: Path, template: str, title: str) -> list[Path]:
    """Write a new world into a folder that is empty or not there yet; raises FileExistsError, OSError.

    Return the files written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError
    written = []
    for name, text in files(template, title).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written
