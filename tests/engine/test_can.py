"""What is asked of one action is what the list of all of them says."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pianist_quest.engine import actions, begin, step
from pianist_quest.engine.engine import can
from pianist_quest.engine.turn import Ask, Choose, Do, Drop, Examine, Go, Take, Talk
from pianist_quest.story.story import Character
from support import bundled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pianist_quest.engine import Action, State
    from pianist_quest.story.story import Story

WORLDS = Path(__file__).parents[2] / "worlds"
STORIES = {name: bundled(WORLDS / name) for name in ("first_steps", "night_market", "tuners_den")}


def states(story: Story, picks: list[int]) -> Iterator[State]:
    """Yield the states that picks among what can be done lead to."""
    state = begin(story, 1).state
    for pick in picks:
        yield state
        possible = actions(story, state)
        if not possible:
            return
        state = step(story, state, possible[pick % len(possible)]).state


def imagined(story: Story) -> Iterator[Action]:
    """Yield what could be done somewhere, and what never can."""
    for thing in story.things:
        yield from (Examine(thing.key), Take(thing.key), Drop(thing.key), Talk(thing.key), Ask(thing.key, 99))
        topics = thing.topics if isinstance(thing, Character) else ()
        yield from (Ask(thing.key, number) for number in range(-1, len(topics)))
    yield from (Go(word) for word in ("north", "up", "nowhere"))
    yield from (Choose(index) for index in range(-1, 5))
    yield from (Do(verb) for verb in (*story.verbs, "none"))


@pytest.mark.parametrize("name", STORIES)
@settings(max_examples=15)
@given(picks=st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
@pytest.mark.usefixtures("uncounted")
def test_it_can_be_done_where_it_is_listed_and_nowhere_else(name: str, picks: list[int]) -> None:
    story = STORIES[name]
    met = dict.fromkeys(chain(imagined(story), *(actions(story, state) for state in states(story, picks))))
    for state in states(story, picks):
        listed = set(actions(story, state))
        assert {action for action in met if can(story, state, action)} == listed
