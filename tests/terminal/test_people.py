"""Talking to people, and about those who are elsewhere; what a waiting choice lets one do."""

from __future__ import annotations

import pytest

from pianist_quest.engine.turn import Ask
from pianist_quest.terminal.command import Act, understand
from pianist_quest.terminal.session import Session
from terminal.house import after
from terminal.talking import talk
from terminal.tapes import TAPES


@pytest.fixture
def session() -> Session:
    return Session.new(TAPES, 1)


# Topics


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ask selbi for the tape", "You may."),
        ("ask selbi to be the one who records", "Yes."),
        ("ask selbi about shoebox", 'Do you mean "Take a tape out of the shoebox while she changes sides"?'),
        ("take a tape out of the shoebox while she changes sides", "It is gone."),
        ("ask selbi about one", "Selbi has nothing to say about that. You can ask about: "),
    ],
)
def test_words_ask_for_what_can_be_asked_and_do_nothing_else(session: Session, line: str, said: str) -> None:
    assert talk(session, line).startswith(said)


def test_what_words_do_not_tell_apart_is_asked(session: Session) -> None:
    assert talk(session, "n", "ask ene about hummed") == "Five of them."
    assert talk(session, "undo", "ask ene about grandfather") == "He hummed."


def test_a_topic_that_was_asked_is_named_in_any_scene() -> None:
    told = after("take a tape out of the shoebox while she changes sides", story=TAPES).phrase(Ask("selbi", 0))
    assert told == "ask Selbi, properly, whether you may hear one of her tapes of you"
    assert understand(after(story=TAPES), told) == Act((Ask("selbi", 0),))


# Somebody who is elsewhere


@pytest.mark.parametrize("line", ["x ene", "talk to ene", "ask ene about grandfather", "give note to ene", "go to ene"])
def test_who_is_elsewhere_is_not_here(session: Session, line: str) -> None:
    assert talk(session, line) == "Ene is not here."
    assert talk(session, "n", "s", line) == "Ene is not here. Where you last met: the yard."


def test_a_thing_is_not_called_by_its_owners_name(session: Session) -> None:
    assert talk(session, "take ene").startswith("Ene is not here.")
    assert talk(session, "x enes").startswith("There is nothing more to see about Ene's banknote.")


# While a choice waits


def test_a_direction_or_a_letter_is_no_part_of_a_choice(session: Session) -> None:
    waiting = "A choice is waiting. Type its number, 1 to 2, or words of the choice."
    assert talk(session, "n", "play", "e") == waiting
    assert talk(session, "east") == waiting
    assert talk(session, "start the e") == "La."


def test_a_command_that_would_be_refused_is_a_choice_with_its_words(session: Session) -> None:
    assert talk(session, "n", "take off panel") == "It comes off."


def test_a_conversation_is_left_for_a_question(session: Session) -> None:
    assert talk(session, "ask selbi about the dog", "ask ene about grandfather") == "Ene is not here."
    assert talk(session, "ask selbi about war").startswith("Selbi has nothing to say about that.")
    assert talk(session, "n", "talk to ene", "ask ene about the piano") == "Five of them."


def test_something_is_looked_at_while_a_choice_waits_where_that_changes_nothing(session: Session) -> None:
    talk(session, "n", "play")
    state = session.now.state
    assert talk(session, "x panel") == "Pine."
    assert talk(session, "who is ene") == "Somebody."
    assert talk(session, "note ene").startswith("A choice is waiting.")
    assert talk(session, "x letter").startswith("A choice is waiting.")
    assert session.now.state == state
