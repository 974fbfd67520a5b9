"""A game that is loaded into a changed world, and what was earned and could not be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pianist_quest.saves.document import SaveError
from pianist_quest.saves.names import AUTOSAVE, BEFORE_CHANGE, PREVIOUS
from pianist_quest.saves.store import Store
from pianist_quest.terminal.loop import Play
from pianist_quest.terminal.session import Session
from pianist_quest.terminal.slots import find
from pianist_quest.terminal.title import Shelf, Title
from terminal.house import HOUSE, WORLD, story
from terminal.test_loop import desk, play

if TYPE_CHECKING:
    from pathlib import Path

    from pianist_quest.story.story import Story

KEY = HOUSE.key
TO_THE_END = ("n", "e", "dream", "go on falling")
FALLING = ("n", "open the window", "e", "dream")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "saves", patience=0.05)


@pytest.fixture(scope="module")
def later() -> Story:
    """The house in a later version: there is no waking up from the dream, and no spoon."""
    text = WORLD.replace("      - Wake up: You wake.\n", "      - Stay asleep: You stay.\n")
    return story(text.replace("  spoon: {name: spoon, at: player}\n", ""))


def resumed(store: Store, story: Story, *lines: str, slot: str = AUTOSAVE) -> str:
    """Go on from a saved game in a version of the house; return what was shown."""
    table, screen = desk(store, *lines)
    saved = find(table, story, slot)
    assert saved is not None
    Play(table, Session.resumed(story, saved), slot=slot).run(*saved.told)
    return " ".join(screen.text.split())


def test_the_player_is_told_in_one_paragraph(store: Store, later: Story) -> None:
    play(store, *FALLING, "save one")
    text = resumed(store, later, slot="one")
    assert "Your 4 decisions were taken again from the beginning, and this is where they lead now. The spoon no" in text
    assert "1. Stay asleep" in text


def test_the_title_page_and_load_tell_it_too(store: Store, later: Story) -> None:
    play(store, *FALLING, "save one")
    table, screen = desk(store, "continue", "load one")
    Title(table, Shelf(("house",), lambda _: later), later, lambda: 1).run()
    assert " ".join(screen.text.split()).count("Your 4 decisions were taken again from the beginning") == 2


def test_the_old_file_stays_until_the_player_saves(store: Store, later: Story) -> None:
    play(store, *FALLING, "save one")
    before = store.load(KEY, "one")
    resumed(store, later, "1", "undo", slot="one")
    assert store.load(KEY, "one") == before
    resumed(store, later, "1", "save one", slot="one")
    assert store.load(KEY, "one") != before


def test_an_autosave_of_before_the_change_is_kept(store: Store, later: Story) -> None:
    play(store, "n", "quit")
    play(store, *FALLING)
    before = store.load(KEY, AUTOSAVE)
    text = resumed(store, later, "1", "w", "e")
    assert text.count('The game as it was saved before is kept as "before the change".') == 1
    assert (store.load(KEY, BEFORE_CHANGE), store.load(KEY, PREVIOUS)["turn"]) == (before, 1)
    assert '"before the change" is written by the game itself' in play(store, "save before the change")


def test_an_autosave_that_loses_nothing_is_gone_on_with(store: Store) -> None:
    play(store, "n")
    resumed(store, HOUSE, "s")
    assert not store.has(KEY, BEFORE_CHANGE)


def test_one_of_the_games_own_that_is_loaded_is_kept_as_well(store: Store, later: Story) -> None:
    play(store, *FALLING)
    play(store, "wait")
    before = store.load(KEY, PREVIOUS)
    table, _ = desk(store, "load previous game", "1")
    Play(table, Session.new(later, 1)).run()
    assert store.load(KEY, BEFORE_CHANGE) == before


def test_of_a_damaged_one_what_was_loaded_is_kept(store: Store, later: Story) -> None:
    play(store, *FALLING, "1")
    store.path(KEY, AUTOSAVE).write_text("{")
    before = store.load_previous(KEY, AUTOSAVE)
    resumed(store, later, "yes", "1", "w", "e", "w")
    assert store.load(KEY, BEFORE_CHANGE) == before


def test_one_that_is_gone_meanwhile_is_in_nobodys_way(store: Store, later: Story) -> None:
    play(store, *FALLING)
    table, screen = desk(store, "1")
    saved = find(table, later, AUTOSAVE)
    assert saved is not None
    store.delete(KEY, AUTOSAVE)
    Play(table, Session.resumed(later, saved), slot=AUTOSAVE).run()
    assert screen.text.endswith("Your game is saved.\n")
    assert not store.has(KEY, BEFORE_CHANGE)


# What was earned


def failing(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Let what was earned be written only after some times."""
    earn, left = Store.earn, [True] * times

    def sometimes(self: Store, world: str, marks: frozenset[str], endings: frozenset[str]) -> None:
        if left and left.pop(0):
            raise SaveError("The mark could not be kept: no space left on device", todo="Play goes on.")
        earn(self, world, marks, endings)

    monkeypatch.setattr(Store, "earn", sometimes)


def test_what_was_earned_is_tried_again_at_the_next_turn(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, 2)
    text = " ".join(play(store, *TO_THE_END, "undo", "undo").split())
    assert text.count("no space left on device. Play goes on. It is tried again at every turn.") == 1
    assert text.count("What you have earned is kept now.") == 1
    assert store.endings(KEY) == {"floor"}


def test_what_was_earned_is_tried_again_at_leaving(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, 1)
    text = play(store, *TO_THE_END, "quit")
    assert text.endswith("Your game is saved.\n")
    assert store.endings(KEY) == {"floor"}


def test_who_leaves_is_told_what_was_not_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, 9)
    assert play(store, *TO_THE_END, "quit").endswith("Your game is saved. What you have earned could not be kept.\n")
