"""HELP and a word, EXITS, and what is offered while a choice waits."""

from __future__ import annotations

import pytest

from pianist_quest.terminal.explained import explained
from pianist_quest.terminal.grammar import METAS
from pianist_quest.terminal.session import Session
from terminal.house import HOUSE, story

ASIDE = """
format: 1
title: Aside
start: hall
rooms: {hall: {name: Hall, choices: [{label: Go in, call: gate}]}}
scenes: {gate: [{choices: [{label: Wait here, text: Yes.}, {label: Wait there, text: No.}]}]}
items: {bell: {name: bell, at: hall}}
verbs:
  listen: {phrases: [listen, "listen to {thing}"], aside: true, otherwise: Rain.}
  ring: {phrases: [ring], otherwise: Ding.}
"""


@pytest.fixture
def waiting() -> Session:
    session = Session.new(story(ASIDE), 1)
    session.type("go in")
    return session


def said(session: Session, line: str) -> str:
    return " ".join(session.type(line).said)


@pytest.mark.parametrize("word", sorted(METAS))
def test_help_tells_what_each_word_about_the_game_does(word: str) -> None:
    session = Session.new(HOUSE, 1)
    assert explained(session.now.scene, word)
    assert said(session, f"help {word}") == explained(session.now.scene, word)


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("listen", "You can type: listen; listen to something."),
        ("play", "You can type: play a piece on something."),
        ("give", "You can type: give something to somebody; "),
        ("examine", "You can type: examine something; x something; "),
        ("x", "You can type: x something; "),
        ("look", "You can type: look; look around; "),
        ("north", "You can type: north; n; go north."),
        ("verbose", "VERBOSE tells rooms in full"),
        ("wasp", 'There is no help on "wasp".'),
    ],
)
def test_help_tells_in_which_forms_a_verb_can_be_typed(word: str, forms: str) -> None:
    assert said(Session.new(HOUSE, 1), f"help {word}").startswith(forms)


def test_help_me_is_help(waiting: Session) -> None:
    assert said(waiting, "help me") == said(waiting, "help")


def test_while_a_choice_waits_help_lists_only_what_can_be_said_then(waiting: Session) -> None:
    assert "verbose" not in said(waiting, "help")
    assert "verbose" in said(Session.new(HOUSE, 1), "help")


def test_while_a_choice_waits_tab_completes_what_can_be_done_aside(waiting: Session) -> None:
    assert waiting.completions("lis") == ("listen",)
    assert waiting.completions("ri") == ()


def test_exits_tells_the_ways_and_where_they_lead() -> None:
    session = Session.new(HOUSE, 1)
    assert said(session, "exits") == "Exits: north, up (not open)."
    session.type("n")
    assert said(session, "exits") == "Exits: south to the hall, east."
