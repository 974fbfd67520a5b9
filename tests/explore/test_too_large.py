"""Worlds of more states than are gone through: what is proved without them, and what walkthroughs and games know."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pianist_quest.authoring.exploring import Task, explore
from pianist_quest.authoring.reporting import as_json, told
from pianist_quest.explore.search import Limits
from pianist_quest.explore.verdict import Answer
from scenario import story_of

if TYPE_CHECKING:
    from pathlib import Path

    from pianist_quest.authoring.exploring import Report

# The beads make as many states as there are sums of coins; the hour does not care for them.
FAIR = """
variables: {hour: {start: 0, min: 0, max: 8}, coins: {start: 0, min: 0, max: 9000}, red: 0, blue: 0, slept: false}
rooms:
  hall:
    name: Fair
    choices:
      - {label: String a red bead, do: [red += 7, coins += red]}
      - {label: String a blue one, do: [blue += 11, coins += blue]}
      - label: Wait an hour
        do: hour += 1
        text: "A bell.{hour > 1: It is late.}{coins > 8999: You are rich.}"
        then: [{if: hour >= 8, goto: home}]
      - {label: Buy the horse, if: coins > 400 and hour > 6 and red == 280, goto: horse}
endings: {home: {name: Home}, horse: {name: A horse}}
promises:
  always: {way_home: can(ended()), sober: not slept}
  sometimes: {rich: coins > 300}
"""
HORSE = "\n".join(["> String a red bead"] * 40 + ["> Wait an hour"] * 7 + ["> Buy the horse", "[ending horse]"])


def searched(folder: Path, *walkthroughs: str) -> Report:
    return explore(story_of(folder, FAIR), Task(Limits(states=300, seconds=6), known=walkthroughs))


def test_that_nobody_is_stuck_is_proved_without_going_through_the_states(tmp_path: Path) -> None:
    found = searched(tmp_path)
    assert not found.complete
    assert found.nobody_stuck
    assert found.proof is not None
    assert found.proof.kept == ("hour",)
    assert any(line.startswith("stuck: nobody, proved by") and line.endswith("keep hour") for line in told(found))


def test_promises_that_always_hold_are_proved_as_well(tmp_path: Path) -> None:
    answers = {one.name: one.answer for one in searched(tmp_path).promises}
    assert answers["way_home"] is Answer.PROVED
    assert answers["sober"] is Answer.PROVED


@pytest.mark.usefixtures("uncounted")
def test_a_walkthrough_knows_the_way_to_an_ending_that_no_search_finds(tmp_path: Path) -> None:
    assert searched(tmp_path).endings[1].answer is Answer.OPEN
    found = searched(tmp_path, "> Wait an hour", HORSE)
    way = found.endings[1].way
    assert way is not None
    assert way.commands[-2:] == ("Wait an hour", "Buy the horse")
    assert not way.least
    assert found.open == 0


def test_texts_that_nothing_has_shown_are_named(tmp_path: Path) -> None:
    found = searched(tmp_path)
    assert any("You are rich." in one for one in found.unseen)
    assert not any("It is late." in one for one in found.unseen)


def test_the_json_has_the_proof(tmp_path: Path) -> None:
    document = json.loads(as_json(searched(tmp_path)))
    assert document["stuck"]["nobody"] is True
    assert document["proof"]["kept"] == ["hour"]
    assert document["unreached"]["text_variants"] == ["room hall: You are rich."]
