"""A typed line to what it means."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pianist_quest.engine.engine import step
from pianist_quest.engine.turn import Ask, Choose, Do, Drop, Examine, Go, Inventory, Look, Take, Talk, Wait
from pianist_quest.terminal.command import Act, Meta, Reply, understand
from pianist_quest.terminal.complete import completions
from pianist_quest.terminal.hints import hints
from pianist_quest.terminal.render import said
from pianist_quest.terminal.scene import Scene
from pianist_quest.terminal.session import Session
from pianist_quest.terminal.wrap import plain_text
from support import bundled
from terminal.bakery import BAKERY
from terminal.house import HOUSE, after, story

if TYPE_CHECKING:
    from pianist_quest.engine.turn import Action

_NAMES = ("red jar", "blue jar", "upright piano", "Aýgül", "spoon")
ETUDE = (("piece", "etude"), ("item", "upright"))


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("look", Look()),
        ("L", Look()),
        ("inv", Inventory()),
        ("what am I carrying?", Inventory()),
        ("z", Wait()),
        ("n", Go("north")),
        ("Please go north!", Go("north")),
        ("walk nor", Go("north")),
        ("u", Go("up")),
        ("x red", Examine("red")),
        ("look at the red jar", Examine("red")),
        ("exam upr", Examine("upright")),
        ("I want to examine the piano", Examine("upright")),
        ("pick the blue jar up", Take("blue")),
        ("get blue", Take("blue")),
        ("take piano", Take("upright")),
        ("put down spoon", Drop("spoon")),
        ("talk to aygul", Talk("mother")),
        ("SPEAK WITH AÝGÜL", Talk("mother")),
        ("ask mother about photograph", Ask("mother", 0)),
        ("ask about the photo", Ask("mother", 0)),
        ("listen", Do("listen")),
        ("listen to the hall", Do("listen", (("thing", "hall"),))),
        ("play the etude on the piano", Do("play", ETUDE)),
        ("1", Choose(0)),
        ("choose #1.", Choose(0)),
        ("gong", Choose(0)),
        ("strike the gong", Choose(0)),
    ],
)
def test_usual_ways_to_say_it(line: str, action: Action) -> None:
    scene = after()
    assert understand(scene, line) == Act((action,))


@pytest.mark.parametrize(
    ("line", "meta"),
    [
        ("save My Game", Meta("save", "My Game")),
        ("restore", Meta("load")),
        ("q", Meta("quit")),
        ("?", Meta("possible")),
        ("m", Meta("map")),
        ("history 20", Meta("history", "20")),
        ("undo to the bridge", Meta("undo", "to the bridge")),
        ("stat", Meta("status")),
        ("exit", Meta("quit")),
        ("transcript a b.txt", Meta("transcript", "a b.txt")),
    ],
)
def test_words_about_the_game(line: str, meta: Meta) -> None:
    scene = after()
    assert understand(scene, line) == meta


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("", "I do not follow"),
        ("frobnicate", '"frobnicate"'),
        ("examine", "You can examine: the red jar, the blue jar, the upright piano"),
        ("examine wasp", "There is no wasp here."),
        ("examine the thing that is not there", 'There is no "thing that is not there" here.'),
        ("take Mother's Sunday hat", "There is no mother's sunday hat here."),
        ("take", "You can take: the red jar, the blue jar."),
        ("take spoon", "You already have the spoon."),
        ("drop piano", "You are not carrying the upright piano."),
        ("take", "Take what? You can take:"),
        ("take mother", "You cannot take Aýgül."),
        ("talk to spoon", "You cannot talk to the spoon."),
        ("go", "Where to? You can go: north, up."),
        ("s", "You cannot go south."),
        ("go to paris", 'You know no way to "paris".'),
        ("go to the hall", "You are already there."),
        ("talk to", "Talk to whom? You can talk to: Aýgül."),
        ("ask mother about paris", "You can ask about: the photograph."),
        ("ring the bell twice", "someone sleeps"),
        ("play", "Play what? You can play: Étude in C."),
        ("play etude", "Play Étude in C on what? You can play Étude in C on: the upright piano."),
        ("play etude on mother", "You cannot do that with Aýgül."),
        ("play etude on the harp", "There is no harp here."),
        ("x etude", "Étude in C is nothing to look at."),
        ("x the hall", "To look at the hall, type look."),
        ("7", "Type 1"),
        ("x jar", "Which do you mean, the red jar or the blue jar?"),
        ("x upwright", 'Did you mean "examine upright piano"?'),
        ("qiut", 'Did you mean "quit"?'),
        ("word " * 30, "too much"),
    ],
)
def test_what_cannot_be_followed_is_answered_with_what_can(line: str, part: str) -> None:
    scene = after()
    command = understand(scene, line)
    assert isinstance(command, Reply)
    assert part in command.text


def test_a_verb_of_the_worlds_that_nothing_answers_shows_its_forms() -> None:
    command = understand(after("n"), "play")
    assert command == Reply("Play what? You can say: play a piece on something.")


def test_while_a_choice_waits_only_choices_are_commands() -> None:
    scene = after("n", "e", "dream")
    assert understand(scene, "look") == Meta("look")
    assert understand(scene, "what am I carrying?") == Meta("inventory")
    assert understand(scene, "undo 3") == Meta("undo", "3")
    assert understand(scene, "go on") == Act((Choose(2),))
    assert understand(scene, "2") == Act((Choose(2),))
    assert understand(scene, "north") == Reply("A choice is waiting. Type its number, 1 to 2, or words of the choice.")
    assert understand(scene, "fly") == Reply("That is not open to you: your hands are not ready")


def test_after_the_end_only_words_about_the_game_are_left() -> None:
    scene = after("n", "e", "dream", "go on falling")
    assert understand(scene, "north") == Reply("The story is over. You can undo, restart, load or quit.")
    assert understand(scene, "undo") == Meta("undo")
    assert completions(scene, "") == ()


def test_go_to_takes_the_shortest_open_way() -> None:
    scene = after("n", "e")
    assert understand(scene, "go to the hall") == Act((Go("west"), Go("south")))
    assert understand(scene, "return to kitchen") == Act((Go("west"),))


def test_a_room_whose_way_is_shut_cannot_be_walked_to() -> None:
    scene = after("n", "open window", "s", "up", "down")
    values = list(scene.state.values)
    values[[slot.name for slot in HOUSE.slots].index("asleep")] = 1
    shut = Scene(HOUSE, replace(scene.state, values=tuple(values)))
    assert understand(shut, "go to loft") == Reply("You know no open way to the loft from here.")


def test_completions_are_what_is_possible() -> None:
    scene = after()
    assert completions(scene, "exa") == tuple(f"examine {name}" for name in _NAMES)
    assert completions(scene, "get r") == ("get red jar",)
    assert completions(scene, "examine the re") == ("examine red jar",)
    assert completions(scene, "x moth") == ("x mother",)
    assert completions(scene, "strike the gong and") == ()
    assert "go to the hall" in completions(after("n"), "go")


@pytest.mark.parametrize("way", [(), ("n",), ("n", "e"), ("n", "e", "dream"), ("talk to mother",)])
def test_every_completion_does_something_possible(way: tuple[str, ...]) -> None:
    scene = after(*way)
    for line in ("", "x ", "get ", "go ", "s"):
        for phrase in completions(scene, line):
            command = understand(scene, phrase)
            assert isinstance(command, Act)
            assert command.actions[0] in scene.possible


def test_every_possible_action_can_be_typed() -> None:
    for way in ((), ("n",), ("n", "e"), ("n", "e", "dream")):
        scene = after(*way)
        typed = {understand(scene, scene.phrase(action)) for action in scene.possible}
        assert typed == {Act((action,)) for action in scene.possible}


def test_completion_goes_on_behind_another_name() -> None:
    scene = after(story=BAKERY)
    assert completions(scene, "put rye in ") == ("put rye in tiled oven",)
    assert completions(scene, "put the black bread in o") == ("put black bread in oven",)
    assert completions(scene, "put rye in bench ") == ()
    assert completions(scene, "bake rye loaf with ") == ()
    assert completions(scene, "ask ene ab") == ("ask ene about the flour",)


def test_rooms_with_one_name_are_told_apart() -> None:
    world = """
format: 1
title: T
start: red
rooms:
  red: {name: The red room, exits: {north: mid}}
  mid: {name: Mid, exits: {south: red, north: blue}}
  blue: {name: The blue room, exits: {south: mid}}
"""
    scene = after("n", "n", "s", story=story(world))
    question = understand(scene, "go to room")
    assert question == Reply(
        "Which do you mean, the red room or the blue room?", ("go to the red room", "go to the blue room")
    )
    assert understand(scene, "5") == Reply("Nothing is numbered here. You can go: south, north.")


DEN = """
format: 1
title: T
start: den
rooms:
  den: {name: The den, exits: {down: {to: pit}}}
  pit: {name: The pit, exits: {up: den}, dark: true}
items:
  box: {name: box, at: den, container: true, fixed: true}
  coin: {name: coin, at: box}
  lamp: {name: lamp, at: den}
"""


def test_what_is_in_something_is_taken_from_there() -> None:
    scene = after(story=story(DEN))
    assert understand(scene, "take coin from box") == Act((Take("coin"),))
    assert understand(scene, "get the lamp out of the box") == Reply("The lamp is not there.")
    assert understand(scene, "take coin from") == Reply("Take the coin from what?")
    assert understand(scene, "take") == Reply("Take what? You can take: the lamp, the coin.")
    assert understand(scene, "get") == Reply("Get what? You can take: the lamp, the coin.")


def test_what_is_begun_is_asked_for_by_what_can_be_done() -> None:
    question = understand(after("take lamp", story=story(DEN)), "put")
    assert isinstance(question, Reply)
    assert question.text.startswith("Put what? You can ")


def test_in_the_dark_nothing_is_said_of_what_is_there() -> None:
    assert understand(after("down", story=story(DEN)), "take lamp") == Reply("It is too dark to see that.")


def test_many_things_that_are_not_here() -> None:
    assert understand(after(), "x scores") == Reply("There are no scores here.")
    assert understand(after(), "x glass") == Reply("There is no glass here.")


def test_of_things_with_one_name_the_likelier_is_meant() -> None:
    scene = after(story=BAKERY)
    assert understand(scene, "eat bun") == Act((Do("eat", (("item", "bun"),)),))
    assert understand(scene, "take bun") == Act((Take("stale"),))
    assert understand(scene, "drop bun") == Act((Drop("bun"),))
    command = understand(scene, "polish key")
    assert command == Reply(
        "Which do you mean, the brass key or the iron key?", ("polish brass key", "polish iron key")
    )


def test_two_sorts_of_action_are_asked_for_in_full() -> None:
    question = understand(after(story=story(TWICE)), "cut ou bread")
    assert question == Reply(
        'Do you mean "cut out bread" or "cut outwards bread"?', ("cut out bread", "cut outwards bread")
    )


TWICE = """
format: 1
title: T
start: hall
rooms:
  hall: {name: Hall}
items:
  bread: {name: bread, at: hall}
verbs:
  off: {phrases: ["cut out {item}"], rules: [{if: item == bread, text: Off.}], otherwise: No.}
  up: {phrases: ["cut outwards {item}"], rules: [{if: item == bread, text: Up.}], otherwise: No.}
"""


def test_an_unknown_verb_is_answered_with_what_can_be_done_with_its_thing() -> None:
    command = understand(after(story=BAKERY), "frobnicate the oven")
    assert command == Reply('I do not know the word "frobnicate" here. With the tiled oven you can: examine.')
    assert isinstance(command, Reply)
    assert command.strange == "frobnicate"


def test_somebody_who_is_elsewhere_is_named_by_name() -> None:
    scene = after(story=BAKERY)
    assert understand(scene, "talk to rejep") == Reply("Rejep is not here.")
    assert understand(scene, "talk to the smith") == Reply("There is no smith here.")
    assert understand(scene, "put rye in bench") == Reply("There is no bench here.")
    assert understand(scene, "ask ene about paris") == Reply(
        "Ene has nothing to say about that. You can ask about: the flour."
    )


def test_help_fits_a_screen_in_the_games_piano_room() -> None:
    world = Path(__file__).parents[2] / "worlds" / "pianist_quest"
    session = Session.new(bundled(world), 1)
    for line in ("2", "3", "wait", "3"):
        session.type(line)
    assert session.summary.startswith("The piano room")
    shown = said(session.type("help").said, 80)
    assert len(shown) < 24
    assert "listen to ..." in " ".join(plain_text(line) for line in shown)
    assert "...." not in " ".join(plain_text(line) for line in shown)


def test_hints_name_what_can_be_done() -> None:
    scene = after()
    text = " ".join(hints(scene))
    for part in ("type 1, or words", "You can go: north, up.", "examine: the red jar, the blue jar", "listen"):
        assert part in text
    bakery = hints(after(story=BAKERY))
    assert "You can bake: the rye loaf, the oat loaf." in bakery
    assert "You can also: put the rye loaf / the oat loaf in the tiled oven, look, inventory, wait." in bakery
    assert hints(after("n", "e", "dream")) == ("Choices: type a number, 1 to 2, or words of the choice.",)


WORDS = st.sampled_from(
    [
        "all",
        "but",
        "and",
        "it",
        "then",
        "drop",
        "go",
        "to",
        "the",
        "red",
        "jar",
        "on",
        "ask",
        "mother",
        "about",
        "1",
        "n",
        "take",
        "play",
        "etude",
        "up",
        "yes",
    ]
)
LINES = st.text(max_size=60) | st.lists(WORDS, max_size=30).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(line=LINES)
@pytest.mark.usefixtures("uncounted")
def test_no_line_is_an_accident(line: str) -> None:
    for way in ((), ("n", "e", "dream")):
        scene = after(*way)
        command = understand(scene, line)
        completions(scene, line)
        if isinstance(command, Act):
            step(HOUSE, scene.state, command.actions[0])


CITIES = """
variables: {day: 1}
rooms:
  hall:
    name: The small hall
    exits: {north: mid}
    choices: [{label: Undo the wing nut, do: day += 1}]
  mid: {name: Landing, exits: {south: hall, north: {to: far, if: day > 9}}}
  far: {name: The great hall of the opera, known: true}
kinds: {guest: {}}
guests: {noe: {name: Noé}}
"""


def test_a_room_that_nobody_has_seen_is_not_told_by_its_name() -> None:
    scene = after("n", story=story(CITIES))
    assert understand(scene, "go to opera") == Reply('You know no way to "opera". You can go: south.')
    assert understand(scene, "go to hall") == Act((Go("south"),), ("hall",))


def test_somebody_who_is_not_here_is_not_brought_up_by_a_slip() -> None:
    answer = understand(after(story=story(CITIES)), "x noen")
    assert isinstance(answer, Reply)
    assert "Noé" not in answer.text


def test_undo_can_be_a_word_of_a_choice() -> None:
    scene = after(story=story(CITIES))
    assert understand(scene, "undo the wing") == Act((Choose(0),))
    assert understand(scene, "undo 2") == Meta("undo", "2")
