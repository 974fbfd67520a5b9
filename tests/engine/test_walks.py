"""Random walks over the bundled worlds: replaying, saving and loading, and going back always agree."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pianist_quest.engine import actions, begin, step
from pianist_quest.engine.turn import Halted
from pianist_quest.saves.codec import Saved, decode, encode
from pianist_quest.saves.document import seal, unseal
from support import bundled

if TYPE_CHECKING:
    from pianist_quest.engine import Action, Turn
    from pianist_quest.story.story import Story

WORLDS = Path(__file__).parents[2] / "worlds"
STORIES = {folder.name: bundled(folder) for folder in sorted(WORLDS.iterdir()) if folder.is_dir()}
PICKS = st.lists(st.integers(0, 10**6), min_size=1, max_size=60)


def walk(story: Story, picks: list[int], seed: int) -> tuple[list[Action], list[Turn]]:
    """Return the actions that the picks choose among what can be done, and the turns they make."""
    taken, turns = [], [begin(story, seed)]
    for pick in picks:
        possible = actions(story, turns[-1].state)
        if not possible:
            break
        taken.append(possible[pick % len(possible)])
        turns.append(step(story, turns[-1].state, taken[-1]))
    return taken, turns


@pytest.mark.parametrize("name", STORIES)
@settings(max_examples=30)
@given(picks=PICKS, seed=st.integers(0, 2**63 - 1))
@pytest.mark.usefixtures("uncounted")
def test_a_walk_can_be_replayed_saved_and_taken_back(name: str, picks: list[int], seed: int) -> None:
    story = STORIES[name]
    assert story is not None
    taken, turns = walk(story, picks, seed)
    state = begin(story, seed).state
    for index, action in enumerate(taken):
        before = state
        again = step(story, before, action)
        assert again == turns[index + 1]
        assert not any(isinstance(event, Halted) for event in again.events)
        document = encode(story, Saved(again.state, index, again.events), saved="", summary="")
        loaded = decode(story, unseal(seal(document)))
        assert (loaded.state, loaded.lost) == (again.state, ())
        assert step(story, before, action) == again  # going back and doing it again changes nothing
        state = loaded.state
    assert {turn.state for turn in turns} >= {state}


@pytest.mark.parametrize("name", STORIES)
@settings(max_examples=30)
@given(picks=PICKS, seed=st.integers(0, 2**63 - 1))
@pytest.mark.usefixtures("uncounted")
def test_there_is_always_something_to_do_until_the_end(name: str, picks: list[int], seed: int) -> None:
    story = STORIES[name]
    assert story is not None
    _, turns = walk(story, picks, seed)
    for turn in turns:
        assert bool(actions(story, turn.state)) == (turn.state.ending < 0)
