"""Lines that lean on the ones before: pronouns, questions, OOPS, AGAIN, and several commands at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pianist_quest.engine.turn import Replied
from pianist_quest.terminal.session import Session
from terminal.bakery import BAKERY
from terminal.house import story
from terminal.talking import talk


@pytest.fixture
def session() -> Session:
    return Session.new(BAKERY, 1)


# Pronouns


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("x brass key", "take it"), "You take the brass key."),
        (("x bench", "x it"), "I do not know what "),
        (("leave it there",), "You are in no conversation."),
        (("talk to ene", "leave it there", "x her"), "There is nothing more to see about Ene."),
        (("x ene", "x iron key", "x him"), "There is nothing more to see about Ene."),
        (("x ene", "take iron key", "give it to her"), "No, thank you."),
        (("take brass key and iron key", "drop them"), "You put the brass key down. You put the iron key down."),
        (("take brass key and iron key", "x it"), "Which do you mean, the brass key or the iron key?"),
        (("take brass key and iron key", "x it", "iron"), "There is nothing more to see about the iron key."),
        (("put rye in oven", "bake it"), "It bakes."),
        (("x ene and oven", "x them"), "There is nothing more to see about the tiled oven."),
        (("n", "s", "go to yard", "go to shop", "go there"), "You are already there."),
        (("x it",), 'I do not know what "it" means here. Use its name.'),
        (("x iron key", "n", "x it"), "There is no iron key here."),
    ],
)
def test_a_pronoun_is_what_was_named_last(session: Session, lines: tuple[str, ...], said: str) -> None:
    assert talk(session, *lines).startswith(said)


# Questions


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("take", "iron"), "You take the iron key."),
        (("take", "the iron key"), "You take the iron key."),
        (("take", "key", "brass"), "You take the brass key."),
        (("take", "n"), "The yard"),
        (("take", "wasp"), "I do not know the word"),
        (("put rye", "in oven"), "In it goes."),
        (("put rye", "oven"), "In it goes."),
        (("put", "rye", "oven"), "In it goes."),
        (("give bun", "ene"), "No, thank you."),
        (("go", "north"), "The yard"),
        (("take key", "the brass one"), "You take the brass key."),
        (("take key", "wait"), "You wait a little."),
        (("bake", "rye"), "It bakes."),
        (("n", "drop bun", "take bun and key"), "There is no key here."),
    ],
)
def test_a_line_can_answer_the_one_before(session: Session, lines: tuple[str, ...], said: str) -> None:
    assert said in talk(session, *lines)


def test_a_question_asks_for_what_is_missing_and_costs_no_turn(session: Session) -> None:
    assert talk(session, "take") == "Take what? You can take: the brass key, the iron key, the stale bun."
    assert talk(session, "give bun") == "Give the sugar bun to whom? You can say: give something to somebody."
    assert talk(session, "give", "give bun").startswith("Give the sugar bun to whom?")
    assert talk(session, "take all", "take") == "There is nothing here to take."
    assert session.now.turn == 3


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("polish brasq key", "oops brass"), "It shines."),
        (("zzzz the oven", "oops x"), "There is nothing more to see about the tiled oven."),
        (("take qqqq. n", "oops iron key"), "You take the iron key."),
        (("oops",), "There is no word to put right."),
        (("wait", "oops iron"), "There is no word to put right."),
        (("take qqqq", "oops"), "There is no word to put right."),
    ],
)
def test_oops_puts_the_unknown_word_right(session: Session, lines: tuple[str, ...], said: str) -> None:
    assert talk(session, *lines).startswith(said)


def test_again_does_the_last_command_again(session: Session) -> None:
    assert talk(session, "g") == "There is nothing to do again."
    assert talk(session, "x iron key", "x it", "again") == "There is nothing more to see about the iron key."
    assert talk(session, "wait. g. g") == "You wait a little. You wait a little. You wait a little."
    assert session.now.turn == 3


# Several commands


def test_each_command_of_a_line_is_a_turn(session: Session) -> None:
    assert talk(session, "take brass key and iron key, then north").startswith("You take the brass key. You take")
    assert session.now.turn == 3
    assert len(session.moments) == 3
    assert talk(session, "undo") == "Undone. You take the brass key. You take the iron key."


@pytest.mark.parametrize(
    ("line", "end", "turn"),
    [
        ("n. n. wait", 'You cannot go north. You can go: south. Left undone: "wait".', 1),
        ("e. n", 'It is locked. Left undone: "n".', 0),
        ("take oven. n", 'It is built in. Left undone: "n".', 0),
        ("ask ene about flour. 1", 'It is flour. Left undone: "1".', 1),
        ("wasp. n", 'Left undone: "n".', 0),
        ("quit. n", 'Left undone: "n".', 0),
        ("undo. n", 'There is nothing to undo. Left undone: "n".', 0),
        ("g. n", 'There is nothing to do again. Left undone: "n".', 0),
        ("look. status. wait", "Turn 0. You wait a little.", 1),
    ],
)
def test_a_line_stops_where_something_is_refused_or_begins(session: Session, line: str, end: str, turn: int) -> None:
    assert talk(session, line).endswith(end)
    assert session.now.turn == turn


def test_taking_all_ends_where_something_comes_between() -> None:
    world = """
format: 1
title: T
start: hall
rooms: {hall: {name: Hall}}
items:
  lamp: {name: lamp, at: hall}
  coin: {name: coin, at: hall}
rules:
  bell: {when: has(lamp), choices: [Answer it: Hello.]}
"""
    session = Session.new(story(world), 1)
    assert talk(session, "take all. look").endswith('You take the lamp. Left undone: "look".')
    assert [label for _, label in session.now.scene.labels] == ["Answer it"]


def test_what_comes_of_a_line_is_shown_in_order(session: Session) -> None:
    answer = session.type("wait. i. wait. saves. wait")
    assert answer.request is not None
    assert [event for event in answer.events if isinstance(event, Replied)] == [
        Replied("You wait a little."),
        Replied("You are carrying a sugar bun."),
        Replied("You wait a little."),
        Replied('Left undone: "wait".'),
    ]


# Undo, and while a choice waits


@pytest.mark.parametrize(
    ("line", "said", "turn"),
    [
        ("undo", "Undone.", 3),
        ("undo 3", "Undone: three turns.", 1),
        ("undo three turns", "Undone: three turns.", 1),
        ("undo the last two moves", "Undone: two turns.", 2),
        ("undo 1 turn", "Undone.", 3),
        ("undo 100", "Undone: four turns. There are no more.", 0),
        ("undo zero", "Type undo, or undo and how many turns: undo 3.", 4),
        ("undo the wasp's work", "Type undo, or undo and how many turns: undo 3.", 4),
    ],
)
def test_undo_takes_back_several_turns(session: Session, line: str, said: str, turn: int) -> None:
    talk(session, "wait", "wait", "wait", "wait")
    assert talk(session, line).startswith(said)
    assert session.now.turn == turn


def test_while_a_choice_waits_what_is_no_step_is_answered(session: Session) -> None:
    waiting = "A choice is waiting. Type its number, 1 to 2, or words of the choice."
    talk(session, "ask ene about flour")
    state = session.now.state
    assert talk(session, "look") == "It is flour."
    assert talk(session, "inventory") == "You are carrying a sugar bun."
    assert session.type("i").around
    assert session.completions("inv") == ("inventory",)
    assert talk(session, "take wasp") == waiting
    assert talk(session, "drop it") == waiting
    assert talk(session, "status") == "Turn 1."
    assert session.type("save x").request is not None
    assert session.now.state == state
    assert talk(session, "undo").startswith("Undone.")
    assert talk(session, "drop bun", "ask ene about flour", "i").startswith("You are carrying nothing.")


WORDS = (
    "take all it them key brass and then . , drop but x oops g n s her there go undo 2 put rye in oven give ene to "
    "yes ask about"
)
LINES = st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join)


@given(st.lists(LINES, max_size=6))
@pytest.mark.usefixtures("uncounted")
def test_no_talk_is_an_accident(lines: list[str]) -> None:
    session = Session.new(BAKERY, 1)
    for line in lines:
        before = session.now.turn, len(session.moments)
        answer = session.type(line)
        assert answer.moved or (session.now.turn, len(session.moments)) == before
        assert answer.moved or answer.said or answer.events or answer.request or answer.around


def test_a_line_of_any_length_is_answered_at_once(session: Session) -> None:
    for line in ("take all, " * 5000, "x " * 5000, "n." * 5000, "take key and " * 60, "a" * 100_000):
        assert talk(session, line)
