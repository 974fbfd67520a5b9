"""A small world for the tests of saved games, and what its games are as documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pianist_quest.engine.engine import begin, step
from pianist_quest.engine.turn import Choose
from pianist_quest.saves.codec import Saved, encode
from scenario import story_of

if TYPE_CHECKING:
    from pathlib import Path

    from pianist_quest.engine.state import State
    from pianist_quest.engine.turn import Event
    from pianist_quest.story.story import Story

WORLD = """
format: 1
title: A Day
start: morning
variables:
  hands: {start: 2, min: 0, max: 10}
  lean: {one_of: [tech, tone], start: tone}
  asleep: true
  partner: {kind: character, start: jeren}
rooms:
  hall:
    name: Hall
    text: "{A|B|C}"
    exits: {north: yard}
    choices:
      - {label: Practise, once: true, do: [hands += 1, lean = tech, partner = nothing, asleep = false]}
      - {label: Talk it over, goto: evening}
      - {label: Dream, goto: dream}
  yard: {name: Yard, exits: {south: hall}}
items:
  lamp: {name: lamp, at: hall}
characters:
  jeren: {name: Jeren, at: yard}
scenes:
  morning:
    - choices:
      - {label: Get up, goto: hall}
  evening:
    - call: inner
    - Later.
  inner:
    - choices:
      - {label: "Yes", text: Good.}
      - {label: "No", do: hands -= 1}
  dream:
    - choices:
      - {label: Fall, goto: floor}
endings:
  floor: {name: Floor}
"""
GET_UP, PRACTISE, TALK, DREAM = Choose(0), Choose(0), Choose(1), Choose(2)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Return the story of the world."""
    return story_of(tmp_path_factory.mktemp("day"), WORLD)


def played(story: Story, *acts: Any) -> State:  # noqa: ANN401 - any action
    """Return the state after some actions."""
    state = begin(story, 7).state
    for act in acts:
        state = step(story, state, act).state
    return state


def document(story: Story, state: State, shown: tuple[Event, ...] = ()) -> dict[str, Any]:
    """Return a state as it is saved."""
    return encode(story, Saved(state, 3, shown), saved="2026-01-01T00:00:00", summary="Hall")


def changed(folder: Path, *edits: tuple[str, str], world: str = WORLD) -> Story:
    """Return the story of the world with some texts put otherwise."""
    for old, new in edits:
        assert old in world
        world = world.replace(old, new)
    return story_of(folder, world)
