"""Hooks: what a world does instead of, before and after what the player does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pianist_quest.engine import ImpossibleActionError
from pianist_quest.engine.turn import Ask, Drop, Take

if TYPE_CHECKING:
    from collections.abc import Callable

    from scenario import Scenario

    Play = Callable[..., Scenario]

CLOAK = """
variables: {disturbed: 0, polite: false}
rooms:
  foyer:
    name: Foyer
    exits: {south: bar}
    before: [{on: go, do: disturbed += 0, text: You straighten your cuffs.}]
  bar:
    name: Bar
    dark: has(cloak)
    exits: {north: foyer}
    instead:
      - if: dark()
        except: [go north, look]
        do: disturbed += 1
        text: In the dark? You could easily disturb something!
      - {on: [take message, examine message], text: Sawdust.}
    after: [{on: go north, text: The door swings to.}]
    choices: [{label: Count, text: "{disturbed}"}]
  hall: {name: Hall, exits: {up: foyer}}
items:
  cloak:
    name: cloak
    at: player
    instead: [{on: drop, unless: polite, once: true, text: Not on the floor.}]
    actions: {examine: Black velvet., smell: Old roses.}
  message: {name: message, at: bar, fixed: true}
characters:
  cat:
    name: cat
    at: foyer
    before: [{on: talk, choices: [Bow]}]
    after: [{on: examine, text: It looks at you too.}]
instead: [{on: jump, text: Not here., if: not polite}]
after: [{on: [wait, jump], text: A clock.}]
"""


def start(play: Play, room: str = "foyer") -> Scenario:
    return play(f"format: 1\ntitle: T\nstart: {room}\n" + CLOAK)


def test_a_room_answers_for_what_is_done_in_it(play: Play) -> None:
    told = start(play).go("south")
    assert told.wait().said == ["In the dark? You could easily disturb something!"]
    assert told.verb("jump").value("disturbed") == 2
    assert told.look().value("disturbed") == 2
    assert told.go("north").place == "foyer"


SHOP = """
instead: [{on: [take, drop, ask], text: Instead.}]
rooms: {hall: {name: Hall}}
items: {cloak: {name: cloak, at: player}, cup: {name: cup, at: hall}}
characters: {cat: {name: cat, at: hall, topics: [{label: Why, if: has(cup), text: Because.}]}}
"""


def test_nothing_is_done_instead_of_what_nobody_can_do(play: Play) -> None:
    told = play(SHOP)
    assert told.take("cup").said == ["Instead."]
    for impossible in (Take("cloak"), Drop("cup"), Ask("cat", 0)):
        with pytest.raises(ImpossibleActionError):
            told.do(impossible)


def test_a_thing_answers_before_its_room_and_once_is_once(play: Play) -> None:
    told = start(play)
    assert told.drop("cloak").said == ["Not on the floor."]
    assert told.drop("cloak").said == ["You put the cloak down."]


def test_a_hook_for_a_verb_with_a_thing(play: Play) -> None:
    told = start(play).drop("cloak").drop("cloak").go("south")
    assert told.take("message").said == ["Sawdust."]
    assert told.examine("message").said == ["Sawdust."]


def test_before_and_after_stand_around_what_is_done(play: Play) -> None:
    told = start(play)
    assert told.go("south").said[0] == "You straighten your cuffs."
    assert told.go("north").said[-1] == "The door swings to."
    assert told.examine("cat").said == ["There is nothing more to see about the cat.", "It looks at you too."]


def test_a_hook_before_that_asks_keeps_the_action_from_being_done(play: Play) -> None:
    told = start(play).talk("cat")
    assert told.choices == ["Bow"]
    assert told.choose("Bow").said == []


def test_actions_answer_built_in_verbs_too(play: Play) -> None:
    told = start(play)
    assert told.examine("cloak").said == ["Black velvet."]
    assert told.verb("smell", item="cloak").said == ["Old roses."]


def test_the_world_has_hooks_of_its_own(play: Play) -> None:
    assert start(play).verb("jump").said == ["Not here."]
    assert start(play).wait().said == ["You wait a little.", "A clock."]


def test_hooks_are_not_for_what_is_not_there(play: Play) -> None:
    for action in ("examine", "take"):
        with pytest.raises(ImpossibleActionError):
            getattr(start(play), action)("message")
    with pytest.raises(ImpossibleActionError):
        start(play).go("west")


def test_somebody_can_answer_to_being_taken(play: Play) -> None:
    world = """
rooms: {hall: {name: Hall}}
characters: {cat: {name: cat, at: hall, actions: {take: It would rather walk.}}, dog: {name: dog, at: hall}}
"""
    told = play(world)
    assert told.take("cat").said == ["It would rather walk."]
    assert Take("cat") in told.actions
    assert Take("dog") not in told.actions
