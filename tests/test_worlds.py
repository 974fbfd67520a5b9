"""The worlds that come with the game: without findings, and played through by their walkthroughs."""

from __future__ import annotations

from pathlib import Path

import pytest

from pianist_quest.authoring.walkthrough import first_difference
from support import bundled, check

WORLDS = Path(__file__).parents[1] / "worlds"
FOLDERS = sorted(path.parent for path in WORLDS.glob("*/world.yaml"))
WALKTHROUGHS = sorted(WORLDS.glob("*/walkthroughs/*.txt"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_bundled_world_has_no_findings(folder: Path) -> None:
    problems, story = check(folder)
    assert list(problems) == []
    assert story is not None


@pytest.mark.usefixtures("uncounted")
@pytest.mark.parametrize("file", WALKTHROUGHS, ids=lambda file: f"{file.parents[1].name}-{file.stem}")
def test_a_walkthrough_still_fits(file: Path) -> None:
    difference = first_difference(bundled(file.parents[1]), file.read_text(encoding="utf-8"))
    assert difference is None, difference.text(file.name)


def test_every_bundled_world_has_a_walkthrough() -> None:
    assert {file.parents[1] for file in WALKTHROUGHS} == set(FOLDERS)
