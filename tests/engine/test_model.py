"""The world model: containers, surfaces, locks, doors, worn things, darkness, carrying."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pianist_quest.engine import ImpossibleActionError
from pianist_quest.engine.turn import Do, Inventory, Take

if TYPE_CHECKING:
    from collections.abc import Callable

    from scenario import Scenario

    Play = Callable[..., Scenario]

DEN = """
carry: 7
variables: {lit: false}
rooms:
  hall:
    name: Hall
    text: A hall.
    exits:
      north: {to: cellar, door: gate}
      east: {to: yard, door: hatch, if: lit, otherwise: Not without a light.}
    choices:
      - {label: Light, do: lit = true}
      - {label: Ask, text: "{has(coin)} {here(coin)} {inside(coin, chest)} {where(coin)}"}
  cellar: {name: Cellar, text: Barrels., dark: true, exits: {south: {to: hall, door: gate}}}
  yard: {name: Yard}
items:
  chest: {name: chest, at: hall, fixed: true, container: true, open: false, locked: true, key: brass}
  box: {name: box, at: chest, container: true, open: false}
  coin: {name: coin, at: box}
  shelf: {name: shelf, at: hall, fixed: true, surface: true}
  jar: {name: jar, at: shelf, container: true, open: false, transparent: true}
  felt: {name: some felt, at: jar}
  bag: {name: bag, at: player, container: true}
  brass: {name: brass key, aka: [key], at: bag}
  iron: {name: iron key, aka: [key], at: hall}
  coat: {name: coat, at: player, worn: true, weight: 2}
  lamp: {name: lamp, at: hall, light: lit}
  piano: {name: piano, at: hall, weight: 9}
  gate: {name: gate, door: true, open: false}
  hatch: {name: hatch, door: true, locked: true}
  sky: {name: sky, at: [hall, yard], fixed: Out of reach., text: Blue.}
  barrel: {name: barrel, at: cellar}
characters:
  cat: {name: cat, at: hall}
"""


def test_what_lies_on_things_is_told_and_what_is_shut_in_is_not(play: Play) -> None:
    assert play(DEN).said == [
        "== Hall ==", "A hall.", "You can see an iron key, a lamp and a piano here.", "The cat is here.",
        "On the shelf is a jar.",
    ]  # fmt: skip


def test_a_locked_chest_wants_its_key(play: Play) -> None:
    told = play(DEN)
    assert told.verb("open", item="chest").said == ["The chest is locked."]
    assert told.verb("unlock", item="chest", second="iron").said == ["You do not have the iron key."]
    told.take("iron")
    assert told.verb("unlock", item="chest", second="iron").said == ["The iron key does not fit the lock."]
    assert told.verb("unlock", item="chest", second="brass").said == ["You unlock the chest with the brass key."]
    assert told.verb("open", item="chest").said == ["You open the chest. In it you find a box."]
    assert told.verb("open", item="chest").said == ["The chest is open already."]
    assert told.verb("lock", item="chest").said == ["You would have to close the chest first."]
    assert told.verb("close", item="chest").verb("lock", item="chest").said == [
        "You lock the chest with the brass key."
    ]


def opened(play: Play) -> Scenario:
    return play(DEN).verb("unlock", item="chest").verb("open", item="chest").verb("open", item="box")


def test_containers_hold_containers(play: Play) -> None:
    told = opened(play)
    assert told.said == ["You open the box. In it you find a coin."]
    assert told.choose("Ask").said == ["no yes yes box"]
    assert told.examine("box").said == ["In the box is a coin."]
    assert told.take("coin").examine("box").said == ["The box is empty."]
    assert told.choose("Ask").said == ["yes yes no you"]


def test_what_is_shut_away_cannot_be_named(play: Play) -> None:
    told = opened(play).verb("close", item="chest")
    with pytest.raises(ImpossibleActionError):
        told.examine("coin")


def test_glass_shows_what_it_keeps(play: Play) -> None:
    told = play(DEN)
    assert told.examine("jar").said == ["In the jar is some felt."]
    assert told.take("felt").said == ["The felt is out of reach."]
    assert Take("felt") not in told.actions
    assert told.verb("open", item="jar").take("felt").said == ["You take the felt."]


def test_things_are_put_in_and_on(play: Play) -> None:
    told = play(DEN).take("iron")
    assert told.verb("put_in", item="iron", second="bag").said == ["You put the iron key into the bag."]
    assert told.do(Inventory()).said == [
        "You are carrying a bag (in it a brass key and an iron key) and a coat (being worn)."
    ]
    assert told.verb("put_on", item="iron", second="shelf").said == ["You put the iron key on the shelf."]
    assert told.look().said[-1] == "On the shelf are a jar and an iron key."


@pytest.mark.parametrize(
    ("verb", "item", "second", "said"),
    [
        ("put_in", "bag", "bag", "The bag cannot go into itself."),
        ("put_in", "iron", "bag", "You do not have the iron key."),
        ("put_in", "bag", "shelf", "Things go on the shelf, not into it."),
        ("put_in", "bag", "jar", "The jar is closed."),
        ("put_in", "brass", "bag", "It is there already."),
        ("put_in", "bag", "lamp", "Nothing goes into the lamp."),
        ("put_on", "bag", "lamp", "Nothing would stay on the lamp."),
    ],
)
def test_what_cannot_be_put_says_why(play: Play, verb: str, item: str, second: str, said: str) -> None:
    assert play(DEN).verb(verb, item=item, second=second).said == [said]


def test_nothing_goes_into_what_it_holds(play: Play) -> None:
    told = opened(play).take("box").verb("put_in", item="bag", second="box")
    assert told.said == ["You put the bag into the box."]
    assert told.verb("put_in", item="box", second="bag").said == ["The box cannot go into itself."]


def test_things_are_worn_and_taken_off(play: Play) -> None:
    told = play(DEN)
    assert told.verb("wear", item="coat").said == ["You are wearing the coat already."]
    assert told.verb("take_off", item="coat").said == ["You take off the coat."]
    assert told.verb("wear", item="bag").said == ["The bag cannot be worn."]
    assert told.verb("wear", item="coat").drop("coat").said == ["You put the coat down."]
    assert told.verb("wear", item="coat").said == ["You do not have the coat."]


def test_a_door_is_shut_until_it_is_opened_and_stands_on_both_sides(play: Play) -> None:
    told = play(DEN)
    assert told.go("north").said == ["The gate is shut."]
    assert told.examine("gate").said == ["The gate is closed."]
    assert told.verb("open", item="gate").go("north").place == "cellar"
    assert told.go("south").verb("close", item="gate").said == ["You close the gate."]


def test_an_exits_own_condition_comes_before_its_door(play: Play) -> None:
    assert play(DEN).go("east").said == ["Not without a light."]
    assert play(DEN).choose("Light").go("east").said == ["The hatch is shut."]
    assert play(DEN).verb("open", item="hatch").said == ["The hatch is locked."]


def test_in_the_dark_only_what_is_carried_can_be_named(play: Play) -> None:
    told = play(DEN).take("lamp").verb("open", item="gate").go("north")
    assert told.said == ["== In the dark ==", "It is too dark to see anything."]
    with pytest.raises(ImpossibleActionError):
        told.examine("barrel")
    assert told.examine("lamp").said != []
    assert told.go("south").choose("Light").go("north").said == [
        "== Cellar ==",
        "Barrels.",
        "You can see a barrel here.",
    ]


def test_a_light_shut_away_does_not_help(play: Play) -> None:
    told = opened(play).take("box").take("lamp").choose("Light").verb("put_in", item="lamp", second="box")
    told.verb("close", item="box").verb("open", item="gate").go("north")
    assert told.said[0] == "== In the dark =="
    assert told.verb("open", item="box").look().said[0] == "== Cellar =="


def test_there_is_a_limit_to_what_can_be_carried(play: Play) -> None:
    told = play(DEN)
    assert told.take("piano").said == ["You cannot carry that as well."]
    assert told.take("iron").take("lamp").take("jar").said == ["You cannot carry that as well."]
    assert told.drop("bag").take("jar").said == ["You take the jar."]


def test_scenery_is_in_several_rooms(play: Play) -> None:
    told = play(DEN.replace("door: hatch, ", "")).choose("Light")
    assert told.examine("sky").go("east").examine("sky").said == ["Blue."]


def test_polite_verbs_have_a_last_word_and_are_not_offered(play: Play) -> None:
    told = play(DEN)
    assert told.verb("kiss", character="cat").said == ["The cat would not know what to make of that."]
    assert told.verb("eat", item="lamp").said == ["The lamp is not for eating."]
    assert told.verb("jump").said == ["You jump. Nothing else does."]
    assert Do("jump") not in told.actions
    assert Do("open", (("item", "gate"),)) in told.actions
    assert Do("open", (("item", "lamp"),)) not in told.actions


def test_a_world_can_add_rules_and_the_last_word_to_a_built_in_verb(play: Play) -> None:
    own = """verbs:
  kiss: {rules: [{if: character == cat and lit, text: It purrs.}], otherwise: It looks at you.}
  eat: {phrases: ["devour {item}"], otherwise: No.}
"""
    told = play(DEN + own)
    assert told.verb("kiss", character="cat").said == ["It looks at you."]
    assert told.choose("Light").verb("kiss", character="cat").said == ["It purrs."]
    assert told.verb("eat", item="lamp").said == ["No."]


def test_effects_open_and_lock(play: Play) -> None:
    world = DEN.replace(
        "{label: Light, do: lit = true}", "{label: Light, do: [chest.locked = false, chest.open = true]}"
    )
    assert play(world).choose("Light").look().said[-2] == "In the chest is a box."
