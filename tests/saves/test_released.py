"""What any version ever saved loads in this one: the files in `released`, for ever."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pianist_quest.engine import actions
from pianist_quest.saves.checking import check
from pianist_quest.saves.codec import decode, encode
from pianist_quest.saves.document import FORMAT, seal, unseal
from pianist_quest.saves.store import Store
from pianist_quest.terminal.render import page, surroundings
from pianist_quest.terminal.session import Session
from support import bundled

if TYPE_CHECKING:
    from pianist_quest.story.story import Story

HERE = Path(__file__).parent / "released"
WORLDS = Path(__file__).parents[2] / "worlds"
FILES = sorted(HERE.rglob("*.json"))


def story_of(file: Path) -> Story:
    return bundled(WORLDS / file.parent.name)


def name_of(file: Path) -> str:
    return str(file.relative_to(HERE).with_suffix(""))


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_it_loads_plays_on_and_is_saved_anew(file: Path) -> None:
    story, document = story_of(file), unseal(file.read_bytes())
    check(document)
    saved = decode(story, document)
    assert (saved.turn, saved.state.seed) == (document["turn"], document["seed"])
    session = Session.resumed(story, saved)
    assert page(session.now.shown, 78) + surroundings(story, session.now.state, 78)
    assert session.now.state.ending >= 0 or list(actions(story, session.now.state))
    for line in ("look", "1", "undo", "1"):
        session.type(line)
    again = encode(story, session.saved(), saved="2026-01-02T03:04:05+00:00", summary="")
    assert decode(story, unseal(seal(again))).state == session.now.state


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_the_store_takes_it_as_it_lies(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / file.parent.name
    folder.mkdir()
    shutil.copy(file, folder)
    store = Store(tmp_path)
    (slot,) = store.slots()
    assert slot.problem == ""
    assert slot.turn == store.load(slot.world, slot.name)["turn"]


def test_the_worlds_of_every_format_are_there() -> None:
    found = {(unseal(file.read_bytes())["format"], file.parent.name) for file in FILES}
    worlds = ("first_steps", "pianist_quest")
    assert found == {(number, world) for number in range(1, FORMAT + 1) for world in worlds}


def test_a_small_world_has_lost_nothing() -> None:
    for file in (one for one in FILES if one.parent.name == "first_steps"):
        assert decode(story_of(file), unseal(file.read_bytes())).lost == ()
