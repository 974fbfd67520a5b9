"""A small world made of the systems and the pieces of Pianist Quest, with two rooms and the people the systems name.

Every test that plays in it is run twice: straight, and saved and loaded after each turn.
"""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from pianist_quest.diagnostics.report import text_report
from scenario import Scenario
from support import check

if TYPE_CHECKING:
    from collections.abc import Callable

    from pianist_quest.story.story import Story

WORLD = Path(__file__).parents[2] / "worlds" / "pianist_quest"
PEOPLE = ("mother", "father", "ene", "selbi", "jeren", "merdan", "nury", "rejep", "cary", "seo_ha", "odile")
AROUND = """
format: 1
title: The systems alone
start: opening
variables: {pack_fork: false}
formulas:              # what systems/verbs.yaml says of the real rooms
  at_home(): at(piano_room)
  at_school(): at(cellar)
rooms:
  piano_room: {name: Piano room}
  cellar:
    name: Cellar
    choices:
      - {label: Practise, if: practice_open(), call: practise_block}
      - label: Tomorrow
        do: [day += 1, practised = false]
      - label: Next act
        do: act += 1
"""


@cache
def life_story(opening: str, piece: str = "") -> Story:
    """Return the story of the small world whose opening scene has these steps, with one more file in `pieces`."""
    with TemporaryDirectory() as folder:
        return _compiled(Path(folder) / "life", opening, piece)


def _compiled(world: Path, opening: str, piece: str) -> Story:
    shutil.copytree(WORLD / "systems", world / "systems", ignore=shutil.ignore_patterns("verbs.yaml"))
    shutil.copytree(WORLD / "pieces", world / "pieces")
    (world / "pieces" / "one_more.yaml").write_text(piece or "{}", encoding="utf-8")
    people = "".join(f"  {name}: {{name: {name.title()}}}\n" for name in PEOPLE)
    steps = "".join(f"    {line}\n" for line in opening.strip("\n").splitlines())
    scene = f"scenes:\n  opening:\n{steps}    - goto: cellar\n"
    (world / "world.yaml").write_text(f"{AROUND}characters:\n{people}{scene}", encoding="utf-8")
    problems, story = check(world)
    assert story is not None, text_report(problems)
    return story


@pytest.fixture(params=["straight", "saved"])
def life(request: pytest.FixtureRequest) -> Callable[..., Scenario]:
    """Return what begins a play in the small world."""

    def begin(opening: str, seed: int = 1, piece: str = "") -> Scenario:
        return Scenario(life_story(opening, piece), seed=seed, saved=request.param == "saved")

    return begin
