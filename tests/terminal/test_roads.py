"""CHOICES: the choices of a game and the roads not taken."""

from __future__ import annotations

import pytest

from pianist_quest.terminal.session import Session
from terminal.house import story

WORLD = """
format: 1
title: T
start: hall
rooms:
  hall:
    name: Hall
    choices:
      - {label: Sing, text: La.}
      - {label: Dance, text: Hop.}
      - {label: Rest, text: Ah., goto: loft}
  loft: {name: Loft, exits: {down: hall}, choices: [{label: Sleep, text: Zz.}]}
"""


@pytest.fixture
def session() -> Session:
    return Session.new(story(WORLD), 1)


def test_before_the_first_choice_there_is_none(session: Session) -> None:
    assert session.type("choices").said == ("There has been no choice to make yet.",)


def test_each_choice_is_told_with_the_roads_not_taken(session: Session) -> None:
    session.type("sing")
    session.type("rest")
    session.type("sleep")  # the only one there: no choice
    assert session.type("choices").said[:-1] == (
        "0. Hall\n  Taken: Sing\n  Not taken: Dance\n  Not taken: Rest",
        "1. Hall\n  Not taken: Sing\n  Not taken: Dance\n  Taken: Rest",
    )


def test_what_was_tried_and_taken_back_is_marked(session: Session) -> None:
    session.type("dance")
    session.type("undo")
    session.type("rest")
    session.type("undo to 0")
    session.type("sing")
    assert (
        session.type("choices").said[0]
        == "0. Hall\n  Taken: Sing\n  Tried and taken back: Dance\n  Tried and taken back: Rest"
    )


def test_of_many_choices_the_last_are_listed(session: Session) -> None:
    for _ in range(25):
        session.type("sing")
    told = session.type("choices").said
    assert told[0] == "(5 more before. CHOICES 25 lists them all.)"
    assert told[1].startswith("5. Hall")
    assert session.type("choices 2").said[1].startswith("23. Hall")
    assert session.type("roads x").stopped


def test_a_game_that_goes_on_has_its_last_choice(session: Session) -> None:
    session.type("sing")
    later = Session.resumed(session.story, session.saved())
    assert later.type("choices").said[0].startswith("0. Hall\n  Taken: Sing")


def test_after_loading_the_choices_are_those_of_the_game_that_was_loaded(session: Session) -> None:
    session.type("sing")
    saved = session.saved()
    session.type("undo")
    session.type("dance")
    session.type("rest")
    session.restore(saved)
    assert session.type("choices").said[:-1] == ("Hall\n  Taken: Sing\n  Not taken: Dance\n  Not taken: Rest",)
