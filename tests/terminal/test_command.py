"""A typed line to what it means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from house import HOUSE, after
from hypothesis import given, settings
from hypothesis import strategies as st

from pianist_quest.engine.engine import step
from pianist_quest.engine.turn import Ask, Choose, Do, Drop, Examine, Go, Inventory, Look, Take, Talk, Wait
from pianist_quest.terminal.command import Act, Meta, Reply, understand
from pianist_quest.terminal.complete import completions, hints
from pianist_quest.terminal.scene import Scene

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
        ("?", Meta("help")),
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
        ("examine wasp", 'You see no "wasp" here'),
        ("take", "You can take: the red jar, the blue jar."),
        ("take spoon", "You already have the spoon."),
        ("drop piano", "You are not carrying the upright piano."),
        ("take mother", "You cannot take"),
        ("go", "You can go: north, up."),
        ("s", "You cannot go south."),
        ("go to paris", 'You know no way to "paris".'),
        ("go to the hall", "You are already there."),
        ("talk to", "You can talk to: Aýgül."),
        ("ask mother about paris", "You can ask about: the photograph."),
        ("ring the bell twice", "someone sleeps"),
        ("play", "You can: play Étude in C on upright piano."),
        ("7", "Type 1"),
        ("x jar", 'Do you mean "examine red jar" or "examine blue jar"?'),
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
    assert command == Reply("You can say: play (piece) on (item).")


def test_while_a_choice_waits_only_choices_are_commands() -> None:
    scene = after("n", "e", "dream")
    assert understand(scene, "look") == Meta("look")
    assert understand(scene, "go on") == Act((Choose(2),))
    assert understand(scene, "2") == Act((Choose(2),))
    assert understand(scene, "north") == Reply("Type the number of a choice, 1 to 2.")
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
    assert understand(shut, "go to loft") == Reply("You know no open way to The loft from here.")


def test_completions_are_what_is_possible() -> None:
    scene = after()
    assert completions(scene, "exa") == tuple(f"examine {name}" for name in _NAMES)
    assert completions(scene, "get r") == ("get red jar",)
    assert completions(scene, "examine the re") == ("examine red jar",)
    assert "go to The hall" in completions(after("n"), "go")


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


def test_hints_name_what_can_be_done() -> None:
    scene = after()
    text = " ".join(hints(scene))
    for part in ("type 1, or words", "You can go: north, up.", "examine: the red jar, the blue jar", "listen"):
        assert part in text
    assert hints(after("n", "e", "dream")) == ("Choices: type a number, 1 to 2, or words of the choice.",)


WORDS = st.sampled_from(
    ["go", "to", "the", "red", "jar", "on", "ask", "mother", "about", "1", "n", "take", "play", "etude", "up", "yes"]
)
LINES = st.text(max_size=60) | st.lists(WORDS, max_size=30).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(line=LINES)
def test_no_line_is_an_accident(line: str) -> None:
    for way in ((), ("n", "e", "dream")):
        scene = after(*way)
        command = understand(scene, line)
        completions(scene, line)
        if isinstance(command, Act):
            step(HOUSE, scene.state, command.actions[0])
