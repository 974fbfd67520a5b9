"""Compiled worlds that are kept: found while nothing has changed, and never in the way of the world's own files."""

from __future__ import annotations

import os
import pickle
from hashlib import blake2b
from typing import TYPE_CHECKING

import pytest

from pianist_quest import kept
from pianist_quest.opening import playable
from pianist_quest.story.story import Story
from support import check

if TYPE_CHECKING:
    from pathlib import Path

WORLD = """\
format: 1
title: Shop
start: shop
formulas: {dear(price): price > 90}
variables: {purse: 40}
rooms:
  shop:
    name: shop
    text: "{dear(purse): You are rich. | You are poor.}"
    exits: {out: street}
  street: {name: street}
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where worlds are kept in a test."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("PIANIST_QUEST_CACHE", str(folder))
    return folder


@pytest.fixture
def world(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "world.yaml").write_text(WORLD, encoding="utf-8")
    return folder


def compiled(world: Path) -> bool:
    """Return whether a world had to be compiled when it was asked for now; it must be there in either case."""
    count = []
    story = kept.kept_story(world, lambda: (count.append(world), check(world)[1])[1])  # type: ignore[func-returns-value]
    assert isinstance(story, Story)
    assert story.title == "Shop"
    return bool(count)


def test_a_world_is_compiled_once(world: Path) -> None:
    assert [compiled(world) for _ in range(3)] == [True, False, False]


def test_a_change_of_any_file_is_seen(world: Path) -> None:
    compiled(world)
    (world / "more.yaml").write_text("rooms: {yard: {name: yard}}\n", encoding="utf-8")
    assert [compiled(world), compiled(world)] == [True, False]
    (world / "more.yaml").write_text("rooms: {yard: {name: Yard}}\n", encoding="utf-8")
    assert compiled(world)
    (world / "more.yaml").unlink()
    assert not compiled(world)  # it is again what it was


def test_a_change_of_the_program_is_seen(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled(world)
    monkeypatch.setattr(kept, "_program", lambda: iter(["story/story.py 1 1"]))
    assert compiled(world)


def test_a_world_that_cannot_be_played_is_not_kept(world: Path, place: Path) -> None:
    (world / "world.yaml").write_text(
        WORLD + "  cellar: {name: cellar, exits: {up: nowhere_at_all}}\n", encoding="utf-8"
    )
    assert [isinstance(playable(world), str) for _ in range(2)] == [True, True]
    assert not place.exists()


@pytest.mark.parametrize("where", [0, 40, -1])
def test_damage_is_passed_over_and_mended(world: Path, place: Path, where: int) -> None:
    compiled(world)
    (file,) = place.iterdir()
    data = bytearray(file.read_bytes())
    data[where] ^= 0x40
    file.write_bytes(data)
    assert [compiled(world), compiled(world)] == [True, False]


def test_half_a_file_is_passed_over(world: Path, place: Path) -> None:
    compiled(world)
    (file,) = place.iterdir()
    file.write_bytes(file.read_bytes()[:100])
    assert compiled(world)


def test_what_others_could_have_written_is_not_read(world: Path, place: Path) -> None:
    compiled(world)
    (file,) = place.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o666)
    assert compiled(world)


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("evil",)


def test_only_what_a_story_is_made_of_is_unpacked(
    world: Path, place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    compiled(world)
    (file,) = place.iterdir()
    body = pickle.dumps(Evil())
    file.write_bytes(blake2b(body).digest() + body)
    assert compiled(world)
    assert not (tmp_path / "evil").exists()


def test_nothing_is_kept_where_that_is_off(world: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIANIST_QUEST_CACHE", "off")
    assert [compiled(world), compiled(world)] == [True, True]
    assert not place.exists()


def test_where_nothing_can_be_written_all_is_read_as_ever(world: Path, place: Path) -> None:
    place.write_text("a file where the folder would be", encoding="utf-8")
    assert [compiled(world), compiled(world)] == [True, True]


def test_what_was_not_used_for_long_is_dropped(world: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 2)
    for number in range(4):
        (world / "world.yaml").write_text(WORLD.replace("purse: 40", f"purse: {number}"), encoding="utf-8")
        compiled(world)
    assert len(list(place.iterdir())) == 2
    assert not compiled(world)  # the newest is there


def test_a_formula_that_has_been_called_is_kept_as_well() -> None:
    story = check_text_story()
    for _ in range(2):
        dear = next(code for code in story.promises if code.key == "dear").code
        assert [dear([0] * len(story.slots), 0, 0), dear([91] * len(story.slots), 0, 0)] == [False, True]
        story = kept.unpacked(kept.packed(story))


def check_text_story() -> Story:
    """Return a story with a formula in a condition on its first slot that an author declared."""
    from explore.agreement import playable as story_of  # noqa: PLC0415 - only here

    story = story_of(WORLD + "promises: {sometimes: {dear: dear(purse)}}\n")
    assert story is not None
    return story
