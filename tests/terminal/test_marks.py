"""Marks are kept across games, and told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pianist_quest.authoring.walkthrough import first_difference
from pianist_quest.saves.store import Store
from pianist_quest.terminal.loop import Play
from pianist_quest.terminal.session import Session
from scenario import story_of
from terminal.test_loop import desk

if TYPE_CHECKING:
    from pathlib import Path

    from pianist_quest.story.story import Story

WORLD = """
rooms: {hall: {name: Hall, choices: [{label: Count, do: n += 1, text: "{n}."}]}}
variables: {n: 0}
marks:
  one: {name: Solo, when: n == 1, text: Counted once.}
  two: {name: Due, when: n == 2}
  nine: {name: Nine, when: n == 9, hidden: true}
"""


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return story_of(tmp_path, WORLD)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "saves", patience=0.05)


def play(story: Story, store: Store, *lines: str, autosave: bool = True) -> str:
    table, screen = desk(store, *lines, autosave=autosave)
    Play(table, Session.new(story, 1)).run()
    return screen.text


def test_a_mark_is_told_in_the_first_game_that_earns_it(story: Story, store: Store) -> None:
    assert "Mark: Solo. Counted once." in play(story, store, "count")
    assert "Mark:" not in play(story, store, "count")
    assert store.marks(story.key) == {"one"}


def test_the_list_has_those_of_all_games_and_counts_the_hidden(story: Story, store: Store) -> None:
    play(story, store, "count")
    text = play(story, store, "marks")
    assert "Marks: 1 of 3.\n" in text
    assert "Solo. Counted once.\n" in text
    assert "To be earned: Due, 1 hidden.\n" in text


def test_undoing_does_not_take_a_mark_back(story: Story, store: Store) -> None:
    assert "Marks: 1 of 3." in play(story, store, "count", "undo", "marks")


def test_a_game_that_is_not_saved_keeps_its_marks_to_itself(story: Story, store: Store) -> None:
    assert "Marks: 1 of 3." in play(story, store, "count", "marks", autosave=False)
    assert store.marks(story.key) == frozenset()


def test_a_damaged_file_of_marks_gives_those_of_the_generation_before(story: Story, store: Store) -> None:
    play(story, store, "count")
    play(story, store, "count", "count")
    path = store.folder / story.key / ".marks.json"
    path.write_text("{")
    assert store.marks(story.key) == {"one"}
    assert "Marks: 2 of 3." in play(story, store, "count", "count", "marks")
    assert store.marks(story.key) == {"one", "two"}


def test_marks_that_cannot_be_kept_are_told(story: Story, store: Store) -> None:
    (store.folder).mkdir()
    (store.folder / story.key).write_text("in the way")
    assert "The mark could not be kept" in play(story, store, "count")


def test_a_world_without_marks_says_so(tmp_path: Path, store: Store) -> None:
    story = story_of(tmp_path, "rooms: {hall: {name: Hall}}")
    assert "There are no marks to earn in this world." in play(story, store, "marks")


def test_marks_in_a_walkthrough(story: Story) -> None:
    assert first_difference(story, "> count\nMark: Solo.\n> marks\nMarks: 1 of 3.\n") is None
