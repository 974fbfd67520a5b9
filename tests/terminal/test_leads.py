"""Hints that the explorer finds, in three degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.explore.search import Limits
from pianist_quest.terminal import leads
from pianist_quest.terminal.session import Session
from scenario import story_of

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

WORLD = """
hints: true
rooms:
  hall: {name: Hall, exits: {out: yard, down: well}}
  yard:
    name: Yard
    exits: {in: hall}
    choices:
      - {label: Fall asleep, goto: lost}
      - {label: Go home, if: "has(key) and asked", goto: home}
  well: {name: Well}
items: {key: {name: key, at: hall}, bell: {name: bell, at: yard, fixed: true}}
characters: {ene: {name: Ene, at: yard, topics: [{label: Ask about home, if: rung, do: asked = true, text: Go.}]}}
verbs: {ring: {phrases: ["ring {item}"], rules: [{if: item == bell, do: rung = true, text: Ding.}], otherwise: No.}}
variables: {asked: false, rung: false}
endings: {home: {name: Home}, lost: {name: Lost, lost: true}}
"""


def said(session: Session, *lines: str) -> list[str]:
    return [" ".join(session.type(line).said) for line in lines]


def test_a_hint_is_plainer_each_time(tmp_path: Path) -> None:
    session = Session.new(story_of(tmp_path, WORLD), 1)
    assert said(session, "hint", "hint", "hint", "hint") == [
        "Think of the key.", "Take the key.", "Type: take key", "Type: take key",
    ]  # fmt: skip


def test_the_hints_lead_home(tmp_path: Path) -> None:
    session = Session.new(story_of(tmp_path, WORLD), 1)
    for _ in range(12):
        line = said(session, "hint", "hint", "hint")[-1].removeprefix("Type: ")
        session.type(line)
        if session.now.state.ending >= 0:
            break
    assert session.story.endings[session.now.state.ending].key == "home"
    assert said(session, "hint") == ["The story is over. You can undo, restart, load or quit."]


def test_each_sort_of_step_has_its_words(tmp_path: Path) -> None:
    session = Session.new(story_of(tmp_path, WORLD), 1)
    session.type("take key")
    assert said(session, "hint", "hint") == [
        "You need nothing more here just now: what leads on is in the next room.",
        "The way on is out.",
    ]
    session.type("out")
    assert said(session, "hint", "hint") == ["Think of the bell.", 'It is something that begins with "ring".']
    for line in ("ring bell", "ask ene about home", "leave it there"):
        session.type(line)
    assert said(session, "hint", "hint") == [
        "One of the choices leads on.",
        'The choice that leads on begins with "Go".',
    ]


def test_where_there_is_no_way_any_more_that_is_said(tmp_path: Path) -> None:
    session = Session.new(story_of(tmp_path, WORLD), 1)
    session.type("down")
    assert said(session, "hint") == [
        "No ending that is worth having can be reached from here any more. UNDO goes back."
    ]


def test_a_way_too_long_to_see_is_owned_up_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leads, "_LIMITS", Limits(states=2))
    session = Session.new(story_of(tmp_path, WORLD), 1)
    assert said(session, "hint") == ["The way on is longer than I can see from here."]


def test_a_world_that_does_not_allow_it_has_none(tmp_path: Path) -> None:
    session = Session.new(story_of(tmp_path, WORLD.replace("hints: true\n", "")), 1)
    assert said(session, "hint") == ["There are no hints in this world."]
    assert "hint" not in session.completions("hin")
