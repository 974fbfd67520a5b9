"""A run to a document and back."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pianist_quest.engine.engine import actions, begin, step
from pianist_quest.engine.turn import Choose, Ended, Halted, Heading, Replied, Run, Take, Told
from pianist_quest.saves.codec import Saved, decode, encode
from pianist_quest.saves.document import SaveError, seal, unseal
from saves.day import DREAM, GET_UP, PRACTISE, TALK, day, document, played

if TYPE_CHECKING:
    from pianist_quest.story.story import Story

__all__ = ["day"]


def test_names_and_words_not_numbers(day: Story) -> None:
    found = document(day, played(day, GET_UP, PRACTISE, Take("lamp")))
    assert found["place"] == "hall"
    assert found["visited"] == ["hall"]
    assert found["values"] == {
        "hands": 3,
        "lean": "tech",
        "asleep": False,
        "partner": None,
        "lamp.at": "player",
    }
    assert set(found["counts"].values()) == {1}
    assert (found["at"], found["stack"], found["ending"], found["seed"], found["turn"]) == (None, [], None, 7, 3)


def test_a_waiting_script_and_an_ending(day: Story) -> None:
    waiting = document(day, played(day, GET_UP, TALK))
    assert waiting["scene"] == "scene inner"
    assert waiting["at"].startswith("scene inner/")
    assert waiting["stack"][0].startswith("scene evening/")
    assert document(day, played(day, GET_UP, DREAM, Choose(0)))["ending"] == "floor"


@given(st.integers(0, 2**63 - 1), st.integers(0, 12))
def test_every_run_comes_back_as_it_was(day: Story, seed: int, steps: int) -> None:
    chance, turn = random.Random(seed), begin(day, seed)  # noqa: S311 - a walk, not a secret
    for _ in range(steps):
        possible = actions(day, turn.state)
        turn = step(day, turn.state, chance.choice(possible)) if possible else turn
    found = decode(day, unseal(seal(document(day, turn.state, turn.events))))
    assert found == Saved(turn.state, 3, turn.events)


def test_a_turn_beyond_all_turns_can_still_be_loaded(day: Story) -> None:
    saved = Saved(begin(day, 1).state, 2**63, (), played=2**70)
    assert decode(day, encode(day, saved, saved="", summary="")).turn == 2**63 - 1


def test_every_kind_of_event_comes_back(day: Story) -> None:
    events = (
        Heading("Hall"),
        Told((Run("a"), Run("b", emphasis=True), Run("c", strong=True), Run("d", emphasis=True, strong=True))),
        Replied("Taken."),
        Ended("floor", "Floor", 2),
        Halted("scene inner"),
    )
    assert decode(day, document(day, played(day, GET_UP), events)).shown == events


def test_a_save_of_another_world_is_refused(day: Story) -> None:
    other = {**document(day, played(day)), "world": "moon", "title": "The Moon"}
    with pytest.raises(SaveError, match=r'"The Moon".*"A Day".*Start the world moon'):
        decode(day, other)
