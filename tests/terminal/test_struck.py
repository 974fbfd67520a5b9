"""NOTES: what is struck by name does what would be heard of it."""

from __future__ import annotations

import pytest

from pianist_quest.terminal.session import Session
from pianist_quest.terminal.struck import classes, melody
from terminal.house import story

WORLD = story("""
format: 1
title: Notes
start: hall
music:
  bell: "K:C\\nB,"
  wasp: "K:C\\n_A"
  sonata: "M:4/4\\nL:1/4\\nK:C\\n[Cc]2 e g | B3/2 c/4 d/4 [Cc] z |"
variables: {rung: 0}
scenes: {practice: [{choices: [{label: Mozart, text: You begin., play: sonata}, {label: Nothing, text: Silence.}]}]}
rooms:
  hall:
    name: Hall
    choices: [{label: Practise, call: practice}]
items: {rope: {name: rope, at: hall}}
verbs: {ring: {phrases: ["ring {item}"], rules: [{if: item == rope, do: rung += 1, play: bell}], otherwise: No.}}
""")


def played(*lines: str) -> tuple[Session, str]:
    session, told = Session.new(WORLD, 1), ""
    for line in lines:
        answer = session.type(line)
        told = " ".join([*answer.said, *(type(event).__name__ for event in answer.events)])
    return session, told


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("c e g", (0, 4, 7)),
        ("C, E flat, G", (0, 3, 7)),
        ("a-flat", (8,)),
        ("ab bb b", (8, 10, 11)),
        ("F# c4 cs", (6, 0, 1)),
        ("c flat", (11,)),
        ("h", ()),
        ("c eggs", ()),
        ("", ()),
    ],
)
def test_names_of_notes(text: str, keys: tuple[int, ...]) -> None:
    assert classes(text) == keys


def test_of_keys_struck_together_the_highest_is_the_melody() -> None:
    assert melody(WORLD.music["sonata"].tune) == (0, 4, 7, 11, 0, 2, 0)


def test_what_would_be_heard_of_the_notes_is_done() -> None:
    session, told = played("notes b")
    assert told == "Sounded"
    assert (session.now.turn, len(session.moments)) == (1, 2)
    session, told = played("practise", "notes c e g b")
    assert told == "Told Sounded"


def test_notes_that_are_too_few_or_others_do_nothing() -> None:
    session, told = played("practise", "notes c e")
    assert told == "C, E. Nothing here answers to that."
    assert len(session.moments) == 2
    assert played("notes a flat")[1].startswith("A flat. Nothing")
    assert played("notes")[1].startswith("Which notes?")


def test_what_was_heard_is_heard_again_at_no_cost() -> None:
    session, told = played("practise", "mozart", "notes c e g b c")
    assert told == "Sounded"
    assert len(session.moments) == 3
