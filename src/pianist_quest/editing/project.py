"""A world as an editor has it: its files on disk and as they are being written, what is wrong, what its names are."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.diagnostics.source import Source
from pianist_quest.story.compile import compile_world
from pianist_quest.worldfile.files import MAIN
from pianist_quest.worldfile.format import WORLD
from pianist_quest.worldfile.load import load_world
from pianist_quest.worldfile.nodes import Mapping, parse

from .atlas import Atlas, atlas

if TYPE_CHECKING:
    from pianist_quest.diagnostics.diagnostic import Diagnostic

_FORM = ("missing-key",)
"""What one file alone may lack, because another has it."""


def root_of(file: Path) -> Path:
    """Return the world that a file belongs to: the nearest folder above with a world.yaml, else the file itself."""
    for folder in file.parents:
        if (folder / MAIN).is_file():
            return folder
    return file


@dataclass(slots=True)
class Project:
    """One world. `texts` are files as they are being written, by their paths."""

    root: Path
    texts: dict[str, str] = field(default_factory=dict)
    atlas: Atlas = field(default_factory=Atlas)
    """The names as they were when the world could be put together last."""

    def check(self, *, advised: bool = False) -> list[Diagnostic]:
        """Return all that is wrong with the world, and take note of its names."""
        problems = Problems(advised=advised)
        world = load_world(self.root, problems, texts=dict(self.texts))
        if world is not None:
            self.atlas = atlas(world, problems.sources)
            compile_world(world, problems)
        return list(problems)

    def glance(self, path: str) -> list[Diagnostic]:
        """Return what is wrong with the form of one file alone: that is quickly found."""
        problems = Problems()
        node = parse(Source(path, self.texts[path]), problems)
        if isinstance(node, Mapping):
            WORLD.decode(node, problems)
        return [one for one in problems if one.code.value not in _FORM]

    def text(self, path: str) -> str:
        """Return a file as it is being written, else as it is on disk."""
        if path in self.texts:
            return self.texts[path]
        return Path(path).read_text("utf-8")
