"""Whether saved games are whole: every part of every generation, with or without their world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pianist_quest.engine.engine import begin
from pianist_quest.saves.checking import Verdict, check, verified
from pianist_quest.saves.codec import Saved, encode
from pianist_quest.saves.document import SaveError, seal
from pianist_quest.saves.store import Store
from scenario import story_of

if TYPE_CHECKING:
    from pathlib import Path

    from pianist_quest.story.story import Story

WORLD = "rooms: {hall: {name: Hall}}\nvariables: {n: 0}"


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return story_of(tmp_path, WORLD)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "saves")


def game(story: Story, **parts: object) -> dict[str, Any]:
    turn = begin(story, 1)
    saved = Saved(turn.state, 1, turn.events, decisions=("wait",), played=5)
    return encode(story, saved, saved="2026-01-02", summary="Hall") | parts


def verdicts(store: Store, story: Story | None) -> list[Verdict]:
    (slot,) = store.slots()
    return list(verified(store, slot, story))


def test_a_whole_document_passes(story: Story) -> None:
    check(game(story))
    check(game(story, decisions=None))


@pytest.mark.parametrize(
    "part",
    [
        {"title": 5},
        {"turn": -1},
        {"played": "long"},
        {"place": 1},
        {"visited": [1]},
        {"values": []},
        {"counts": {"a": "b"}},
        {"shown": [{"sung": ""}]},
        {"decisions": ["fly"]},
    ],
)
def test_a_part_that_is_not_what_it_should_be_is_damage(story: Story, part: dict[str, object]) -> None:
    with pytest.raises(SaveError, match="damaged"):
        check(game(story, **part))


def test_both_generations_are_read(store: Store, story: Story) -> None:
    store.save(story.key, "one", game(story))
    store.save(story.key, "one", game(story))
    assert [(one.before, one.problem, one.checked, one.changed) for one in verdicts(store, story)] == [
        (False, "", True, False),
        (True, "", True, False),
    ]
    store.path(story.key, "one").write_text("{")
    assert [bool(one.problem) for one in verdicts(store, story)] == [True, False]


def test_what_another_version_of_the_world_loses_is_told(store: Store, story: Story, tmp_path: Path) -> None:
    store.save(story.key, "one", game(story))
    (tmp_path / "new").mkdir()
    (verdict,) = verdicts(store, story_of(tmp_path / "new", WORLD.replace("n: 0", "m: 0")))
    assert (verdict.changed, verdict.lost) == (True, ('"n" no longer exists.',))


def test_without_the_world_the_file_is_checked(store: Store, story: Story) -> None:
    store.save(story.key, "one", game(story))
    (verdict,) = verdicts(store, None)
    assert (verdict.problem, verdict.checked) == ("", False)


def test_a_file_that_no_slot_can_be_called_is_told(store: Store, story: Story) -> None:
    store.save(story.key, "one", game(story))
    store.path(story.key, "one").rename(store.folder / story.key / "a:b.json")
    (verdict,) = verdicts(store, story)
    assert "cannot be the name of a saved game" in verdict.problem


def test_a_packed_part_that_is_damaged_is_found(store: Store, story: Story) -> None:
    store.path(story.key, "one").parent.mkdir(parents=True)
    store.path(story.key, "one").write_bytes(seal(game(story, values=5)))
    assert "damaged" in verdicts(store, None)[0].problem
