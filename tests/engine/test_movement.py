"""Characters that move by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from scenario import Scenario

    Play = Callable[..., Scenario]

YARD = """
variables: {hungry: true}
rooms:
  hall: {name: Hall, exits: {north: yard, east: {to: shed, door: gate}}}
  yard: {name: Yard, exits: {south: hall}}
  shed: {name: Shed, exits: {west: {to: hall, door: gate}}}
items:
  gate: {name: gate, door: true, open: false}
  fish: {name: fish, at: hall}
characters:
  cat:
    name: the cat
    at: yard
    moves:
      - {if: has(fish), follow: true}
      - {if: turns() > 40, to: hall}
      - {wander: [hall, yard, shed], every: 2}
"""


def test_a_follower_comes_along(play: Play) -> None:
    told = play(YARD).take("fish")
    assert told.said == ["You take the fish.", "The cat follows you."]
    assert told.go("north").said[-1] == "The cat follows you."
    assert told.look().turn.timed is False


def test_wandering_goes_by_open_exits_and_is_told_when_seen(play: Play) -> None:
    told = play(YARD)
    heard = [line for _ in range(30) for line in told.wait().said if "cat" in line]
    assert set(heard) == {"The cat comes in.", "The cat goes north."}
    assert heard[:2] == ["The cat comes in.", "The cat goes north."]


def test_a_move_to_a_room(play: Play) -> None:
    told = play(YARD).go("north").wait(45)
    assert told.value("cat.at") == told.story.by_key["hall"]


def test_the_worlds_own_words_are_said(play: Play) -> None:
    own = YARD + "    arrives: Here she is.\n    leaves: And there she goes.\n"
    told = play(own)
    heard = {line for _ in range(30) for line in told.wait().said if "she" in line}
    assert heard == {"Here she is.", "And there she goes."}
