"""A small world made of the systems and the pieces of Pianist Quest, with two rooms and the people the systems name.

Every test that plays in it is run twice: straight, and saved and loaded after each turn.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.diagnostics.report import text_report
from pianist_quest.story.compile import compile_world
from pianist_quest.worldfile.load import load_world
from scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Callable

    from pianist_quest.story.story import Story
    from pianist_quest.worldfile.model import World

WORLD = Path(__file__).parents[2] / "worlds" / "pianist_quest"
PEOPLE = ("mother", "father", "ene", "selbi", "jeren", "merdan", "nury", "rejep", "cary", "sobol", "seo_ha", "odile")
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
    if piece or "use:" in opening:
        return _compiled(_read(opening, piece, whole=True))
    # Only the opening is read anew; the rest is always the same.
    scene = next(one for one in _read(opening, "", whole=False).scenes if one[0].name == "opening")
    usual = _usual()
    return _compiled(replace(usual, scenes=tuple(scene if one[0].name == "opening" else one for one in usual.scenes)))


@cache
def _usual() -> World:
    return _read("", "", whole=True)


def _read(opening: str, piece: str, *, whole: bool) -> World:
    """Read the small world from files; without its systems and pieces if it need not be whole."""
    people = "".join(f"  {name}: {{name: {name.title()}}}\n" for name in PEOPLE)
    steps = "".join(f"    {line}\n" for line in opening.strip("\n").splitlines())
    scene = f"scenes:\n  opening:\n{steps}    - goto: cellar\n"
    with TemporaryDirectory() as folder:
        world = Path(folder) / "life"
        world.mkdir()
        if whole:
            shutil.copytree(WORLD / "systems", world / "systems", ignore=shutil.ignore_patterns("verbs.yaml"))
            shutil.copytree(WORLD / "pieces", world / "pieces")
            (world / "pieces" / "one_more.yaml").write_text(piece or "{}", encoding="utf-8")
        (world / "world.yaml").write_text(f"{AROUND}characters:\n{people}{scene}", encoding="utf-8")
        problems = Problems()
        found = load_world(world, problems)
    assert found is not None, text_report(problems)
    return found


def _compiled(world: World) -> Story:
    problems = Problems()
    story = compile_world(world, problems)
    assert story is not None, text_report(problems)
    return story


@pytest.fixture(params=["straight", "saved"])
def life(request: pytest.FixtureRequest) -> Callable[..., Scenario]:
    """Return what begins a play in the small world."""

    def begin(opening: str, seed: int = 1, piece: str = "") -> Scenario:
        return Scenario(life_story(opening, piece), seed=seed, saved=request.param == "saved")

    return begin
