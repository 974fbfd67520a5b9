"""Rooms, things, people, verbs, rules, endings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pianist_quest.engine import ImpossibleActionError
from pianist_quest.engine.turn import Ask, Choose, Do, Drop, Examine, Gauge, Go, Inventory, Look, Take, Talk, Wait

if TYPE_CHECKING:
    from collections.abc import Callable

    from pianist_quest.engine import Action
    from scenario import Scenario

    Play = Callable[..., Scenario]

HOUSE = """
variables: {asleep: true, week: 1, partner: {kind: character}}
status: ["Week {week}", {meter: week, of: 10, label: Weeks}]
kinds: {character: {bond: {start: 0, max: 5}}, piece: {level: number, fingers: {max: 4}, by: text}}
pieces:
  k545: {name: Sonata in C, level: 1, by: Mozart}
  op35: {name: Sonata in B-flat minor, level: 6, by: Chopin}
rooms:
  hall:
    name: Hall
    text: A hall.
    again: The hall again.
    exits:
      north: yard
      up: {to: roof, if: not asleep, otherwise: Not while Ene is watching.}
      down: {to: cellar, if: week > 5}
    leave: You leave the hall.
    choices:
      - {label: Wake, do: asleep = false, if: asleep, text: Everybody is up.}
      - {label: Marry, do: partner = ene}
    actions: {listen: The hall listens back.}
  yard:
    name: Yard
    enter: A wasp.
    exits: {south: {to: hall, text: The step is hot.}, gate: roof}
  roof: {name: Roof, text: Stars.}
  cellar: {name: Cellar}
items:
  lamp: {name: oil lamp, at: hall, text: Brass., actions: {listen: A small hiss.}}
  fork: {name: fork, at: hall, here: A fork hums on the sill.}
  upright: {name: upright, at: hall, fixed: It took four men.}
  stove: {name: stove, at: hall, fixed: true}
  ring: {name: ring, at: ene}
  coin: {name: a coin, at: player}
characters:
  ene:
    name: Ene
    at: hall
    talk: She looks up.
    topics:
      - {label: Ask about the clock, once: true, text: Ten to something., do: ene.bond += 1}
      - {label: Ask about 1948, if: ene.bond >= 1, once: true, text: "Silence, afterwards."}
    silent: She has beans to shell.
  cat: {name: cat, at: yard}
verbs:
  listen: {phrases: [listen, "listen to {thing}"], otherwise: Nothing new.}
  ponder: {phrases: [ponder], free: true, text: x}
  play:
    phrases: ["play {piece}", "play {piece} for {character}"]
    rules:
      - {if: character == ene, do: ene.bond += 1, text: "She listens to {piece.by}."}
      - {if: piece.level > 3, text: "{piece} is beyond you."}
      - {if: piece == k545, do: piece.fingers += 1, text: "{piece.fingers}"}
    otherwise: Not today.
rules:
  weeks: {each_turn: true, do: week += 1}
  letter: {when: week >= 4, once: true, text: A letter comes.}
  dream: {when: at(roof), text: You are high up.}
endings:
  asleep_again: {name: Asleep, rank: 2, text: You sleep.}
scenes:
  nap: [{goto: asleep_again}]
""".replace(", text: x}", "}")


def test_arriving_shows_the_name_the_text_and_what_is_there(play: Play) -> None:
    assert play(HOUSE).said == [
        "== Hall ==", "A hall.", "A fork hums on the sill.", "You can see an oil lamp here.", "Ene is here.",
    ]  # fmt: skip


def test_coming_back_shows_the_shorter_text_and_looking_the_whole(play: Play) -> None:
    told = play(HOUSE).go("north")
    assert told.said[:3] == ["You leave the hall.", "== Yard ==", "The cat is here."]
    assert told.said[3] == "A wasp."
    assert told.go("south").said[:3] == ["The step is hot.", "== Hall ==", "The hall again."]
    assert told.look().said[1] == "A hall."


def test_a_closed_exit_refuses_and_a_hidden_one_is_not_there(play: Play) -> None:
    told = play(HOUSE).go("up")
    assert (told.said, told.place, told.turn.timed) == (["Not while Ene is watching."], "hall", False)
    assert told.choose("Wake").go("up").place == "roof"
    with pytest.raises(ImpossibleActionError):
        play(HOUSE).go("down")


def test_things_are_taken_carried_and_dropped(play: Play) -> None:
    told = play(HOUSE).take("lamp")
    assert told.said == ["You take the oil lamp."]
    assert told.do(Inventory()).said == ["You are carrying an oil lamp and a coin."]
    assert told.drop("lamp").said[0] == "You put the oil lamp down."
    assert "You can see an oil lamp here." in told.look().said
    with pytest.raises(ImpossibleActionError):
        told.drop("lamp")


def test_fixed_things_stay_and_say_so(play: Play) -> None:
    assert play(HOUSE).take("upright").said == ["It took four men."]
    assert play(HOUSE).take("stove").said == ["The stove will not be moved."]


def test_things_are_examined(play: Play) -> None:
    assert play(HOUSE).examine("lamp").said == ["Brass."]
    assert play(HOUSE).examine("ring").said == ["There is nothing more to see about the ring."]


def test_talking_offers_topics_again_until_one_leaves_it(play: Play) -> None:
    told = play(HOUSE).talk("ene")
    assert (told.said, told.choices) == (["She looks up."], ["Ask about the clock", "Leave it there."])
    told.choose("Ask about the clock")
    assert (told.said, told.choices) == (["Ten to something."], ["Ask about 1948", "Leave it there."])
    assert told.choose("Ask about 1948").said[0] == "Silence, afterwards."
    assert told.talk("ene").said == ["She looks up.", "She has beans to shell."]


def test_a_topic_can_be_asked_about_directly(play: Play) -> None:
    told = play(HOUSE).ask("ene", 0)
    assert told.said == ["Ten to something."]
    with pytest.raises(ImpossibleActionError):
        told.choose("Leave it there.").ask("ene", 0)


def test_somebody_with_nothing_to_say(play: Play) -> None:
    assert play(HOUSE).go("north").talk("cat").said == ["The cat has nothing to say to you just now."]


def test_a_verb_asks_the_thing_then_the_room_then_its_rules(play: Play) -> None:
    told = play(HOUSE)
    assert told.verb("listen", thing="lamp").said == ["A small hiss."]
    assert told.verb("listen").said == ["The hall listens back."]
    assert told.verb("listen", thing="fork").said[0] == "Nothing new."
    assert told.verb("play", piece="op35").said[0] == "Sonata in B-flat minor is beyond you."
    assert told.verb("play", piece="k545").said[-1] == "1"
    assert told.verb("play", piece="k545", character="ene").said == ["She listens to Mozart."]
    assert told.verb("ponder").said == ["Nothing comes of it."]


def test_what_a_verb_named_is_forgotten_after_the_turn(play: Play) -> None:
    assert play(HOUSE).verb("listen", thing="lamp").state == play(HOUSE).verb("listen").state


def test_rules_of_each_turn_run_when_time_passes(play: Play) -> None:
    told = play(HOUSE)
    assert told.look().verb("ponder").examine("lamp").value("week") == 1
    assert told.wait().verb("listen").value("week") == 3


def test_a_rule_fires_when_it_becomes_true_and_once_means_once(play: Play) -> None:
    told = play(HOUSE).wait(2)
    assert "A letter comes." not in told.said
    assert "A letter comes." in told.wait().said
    assert "A letter comes." not in told.wait().said


def test_a_rule_without_once_fires_each_time_it_becomes_true(play: Play) -> None:
    told = play(HOUSE).go("north", "gate")
    assert told.said[-1] == "You are high up."


def test_rules_wait_until_a_scene_is_over(play: Play) -> None:
    told = play(HOUSE).wait(2).talk("ene")
    assert told.value("week") == 3
    assert "A letter comes." in told.choose("Leave it there.").said


def test_the_status_line_shows_texts_and_meters(play: Play) -> None:
    assert play(HOUSE).wait().status == ["Week 2", Gauge("Weeks", 2, 10)]


def test_an_ending_ends_the_story(play: Play) -> None:
    world = HOUSE.replace("      - {label: Marry", "      - {label: Sleep, goto: nap}\n      - {label: Marry")
    told = play(world).choose("Sleep")
    assert told.said == ["You sleep.", "** Asleep **"]
    assert told.actions == ()
    with pytest.raises(ImpossibleActionError):
        told.wait()


def test_all_that_can_be_done_in_a_fixed_order(play: Play) -> None:
    assert play(HOUSE).actions == (
        Choose(0), Choose(1), Go("north"), Go("up"), Examine("lamp"), Take("lamp"), Examine("fork"), Take("fork"),
        Examine("upright"), Examine("stove"), Examine("ene"), Talk("ene"), Ask("ene", 0), Examine("ring"),
        Examine("coin"), Drop("coin"), Do("listen"), Do("listen", (("thing", "lamp"),)),
        Do("listen", (("thing", "hall"),)), Do("ponder"), Do("play", (("piece", "k545"),)),
        Do("play", (("piece", "op35"),)), Do("play", (("piece", "k545"), ("character", "ene"))),
        Do("play", (("piece", "op35"), ("character", "ene"))), Look(), Inventory(), Wait(),
    )  # fmt: skip


@pytest.mark.parametrize(
    "action",
    [
        Choose(9), Choose(-1), Go("west"), Examine("cat"), Take("coin"), Take("ene"), Take("nobody"), Drop("lamp"),
        Talk("lamp"), Talk("cat"), Ask("ene", 7), Ask("ene", 1), Do("yodel"), Do("listen", (("thing", "cat"),)),
        Do("play"), Do("play", (("piece", "lamp"),)), Do("listen", (("item", "lamp"),)),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused(play: Play, action: Action) -> None:
    with pytest.raises(ImpossibleActionError):
        play(HOUSE).do(action)


def test_only_choosing_is_possible_while_a_choice_waits(play: Play) -> None:
    told = play(HOUSE).talk("ene")
    assert told.actions == (Choose(0), Choose(2))
    with pytest.raises(ImpossibleActionError):
        told.wait()


def test_a_property_reached_through_a_variable(play: Play) -> None:
    world = HOUSE.replace(
        "      - {label: Marry, do: partner = ene}",
        "      - {label: Marry, do: [partner.bond += 9, partner = ene, partner.bond += 9]}\n"
        "      - {label: Show, text: '{partner} {partner.bond}'}",
    )
    told = play(world)
    assert told.choose("Show").said[0] == "nothing 0"
    assert told.choose("Marry").choose("Show").said[0] == "Ene 5"


def test_effects_move_things_and_people(play: Play) -> None:
    world = """
variables: {what: {kind: item, start: lamp}}
rooms:
  hall:
    name: Hall
    exits: {out: yard}
    choices:
      - {label: Give, do: "move(lamp, ene)"}
      - {label: Lose, do: remove(what)}
      - {label: Send, do: "move(ene, yard)"}
      - {label: Get, do: "move(what, player)"}
      - {label: Swap, do: "swap(lamp, rug)"}
      - {label: Fetch, do: "move(lamp, where(ene))"}
      - {label: Ask, text: "{has(lamp)} {here(lamp)} {here(ene)} {here(what)} {at(hall)} {visited(yard)}"}
  yard: {name: Yard}
items: {lamp: {name: lamp, at: hall}, rug: {name: rug, at: yard}}
characters: {ene: {name: Ene, at: hall}}
"""
    told = play(world)
    assert told.choose("Ask").said == ["no yes yes yes yes no"]
    assert told.choose("Get", "Ask").said == ["yes yes yes yes yes no"]
    assert told.choose("Lose", "Send", "Ask").said == ["no no no no yes no"]
    told = play(world)
    assert told.choose("Swap", "Ask").said == ["no no yes no yes no"]
    assert told.choose("Send", "Fetch").go("out").take("lamp").said == ["You take the lamp."]
    told = play(world).choose("Get", "Lose", "Send")
    assert told.choose("Give").go("out").examine("lamp").said != []


def test_turns_are_counted_where_the_world_asks(play: Play) -> None:
    world = "rooms: {hall: {name: Hall, choices: [{label: Ask, text: '{turns()}'}]}}"
    assert play(world).wait(3).choose("Ask").said == ["3"]
    assert "turns()" not in [slot.name for slot in play(HOUSE).story.slots]


def test_a_property_that_never_changes_costs_no_slot(play: Play) -> None:
    names = [slot.name for slot in play(HOUSE).story.slots]
    assert "k545.fingers" in names
    assert "k545.level" not in names


def test_a_world_can_keep_a_score_with_ranks(play: Play) -> None:
    world = """
score: {of: 5, ranks: [{at: 3, name: apprentice}, {at: 0, name: beginner}]}
rooms: {hall: {name: Hall, choices: [{label: Tune, do: score += 2}]}}
"""
    told = play(world)
    assert told.verb("score").said == ["Your score is 0 of 5, which makes you a beginner."]
    assert told.choose("Tune", "Tune").verb("score").said == ["Your score is 4 of 5, which makes you an apprentice."]
    assert told.choose("Tune").value("score") == 5
    assert told.turn.timed
