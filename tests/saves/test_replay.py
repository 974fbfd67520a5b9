"""A game that cannot go on as it stood is followed again from its beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pianist_quest.engine.turn import Heading
from pianist_quest.saves import replay
from pianist_quest.saves.codec import Saved, decode, encode
from pianist_quest.terminal.session import Session
from scenario import story_of

if TYPE_CHECKING:
    from pathlib import Path

    from pianist_quest.story.story import Story

WORLD = """
rooms:
  hall:
    name: Hall
    exits: {north: yard}
    choices:
      - {label: Count to ten, do: [n += 1, mood = low]}
      - {label: Enter the cave, goto: cave}
  yard: {name: Yard, exits: {south: hall, down: well}}
  well: {name: Well, exits: {up: yard}}
variables:
  n: {start: 0, max: 99}
  mood: {one_of: [calm, low], start: calm}
items:
  lamp: {name: lamp, at: yard}
characters:
  ene:
    name: Ene
    at: yard
    talk: "Yes?"
    topics:
      - {label: the weather, do: n += 20, text: Fine.}
      - {label: the well, do: n += 30, text: Deep.}
scenes:
  cave:
    - "It is dark."
    - choices:
      - {label: Light a match, do: n += 10, text: Walls.}
      - {label: Go back, goto: hall}
    - choices:
      - {label: Shout, text: Echo.}
"""
BEGUN = "The world has changed since this game was saved, and the game cannot go on as it stood. "
OTHER_MOODS = (("[calm, low]", "[calm, sad]"), ("mood = low", "mood = sad"))


@pytest.fixture
def world(tmp_path: Path) -> Story:
    return story_of(tmp_path, WORLD)


def saved(world: Story, *lines: str, **parts: object) -> dict[str, Any]:
    """Return a game in which some lines were typed, with parts of it put otherwise."""
    session = Session.new(world, 7)
    for line in lines:
        assert session.type(line).moved, line
    return {**encode(world, session.saved(60), saved="", summary=""), **parts}


def changed(folder: Path, *edits: tuple[str, str]) -> Story:
    text = WORLD
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return story_of(folder, text)


def value(story: Story, found: Saved, name: str) -> int:
    return found.state.values[[slot.name for slot in story.slots].index(name)]


def test_choices_and_topics_are_told_with_their_words(world: Story) -> None:
    assert saved(world, "2", "1", "1", "n", "ask ene about the well")["decisions"] == [
        "choose 1 Enter the cave",
        "choose 0 Light a match",
        "choose 0 Shout",
        "go north",
        "ask ene 1 the well",
    ]


def test_all_decisions_are_taken_again(world: Story, tmp_path: Path) -> None:
    before = saved(world, "1", "2", "1")
    story = changed(tmp_path, ("{label: Shout", "{label: Sing"), ("n += 10", "n += 11"))
    found = decode(story, before)
    assert found.lost == (
        f"{BEGUN}Your 3 decisions were taken again from the beginning, and this is where they lead now.",
    )
    assert (value(story, found, "n"), found.turn, found.played, found.state.at >= 0) == (12, 3, 60, True)
    assert found.decisions == ("choose 0 Count to ten", "choose 1 Enter the cave", "choose 0 Light a match")


def test_the_game_goes_on_and_undo_goes_back(world: Story, tmp_path: Path) -> None:
    story = changed(tmp_path, ("{label: Shout", "{label: Sing"))
    session = Session.resumed(story, decode(story, saved(world, "1", "2", "1")))
    assert session.type("1").moved
    assert session.back(9) == 4
    assert session.now.turn == 0


def test_choices_that_have_moved_are_found_by_their_words(world: Story, tmp_path: Path) -> None:
    before = saved(world, "1", "n", "ask ene about the well")
    first = "      - {label: Stand about, text: So.}\n"
    story = changed(
        tmp_path,
        *OTHER_MOODS,
        ("      - {label: Count to ten", f"{first}      - {{label: Count to ten"),
        (
            "      - {label: the weather",
            "      - {label: the price of bread, text: High.}\n      - {label: the weather",
        ),
    )
    found = decode(story, before)
    assert found.decisions == ("choose 1 Count to ten", "go north", "ask ene 2 the well")
    assert value(story, found, "n") == 31


def test_a_choice_in_other_words_is_the_one_in_its_place(world: Story, tmp_path: Path) -> None:
    story = changed(tmp_path, *OTHER_MOODS, ("Count to ten", "Count slowly to ten"))
    assert decode(story, saved(world, "1")).decisions == ("choose 0 Count slowly to ten",)
    other = changed(tmp_path, *OTHER_MOODS, ("Count to ten", "Sing"))
    assert decode(other, saved(world, "1")).lost == ('"mood" can no longer be low; it is as at the start.',)


def test_what_can_no_longer_be_taken_stops_it(world: Story, tmp_path: Path) -> None:
    many = ["1"] * 30
    before = saved(world, *many, "n", "take lamp", "d")
    story = changed(tmp_path, *OTHER_MOODS, ("  lamp: {name: lamp, at: yard}", "  lamp: {name: lamp, at: hall}"))
    found = decode(story, before)
    as_far = "as far as the 31st: the next one can no longer be taken (take lamp). That is 2 turns back."
    assert found.lost == (f"{BEGUN}Your 33 decisions were taken again from the beginning, {as_far}",)
    assert (story.things[found.state.place].key, value(story, found, "n"), found.turn) == ("yard", 30, 31)
    assert found.shown[0] == Heading("Yard")


def test_names_keep_more_where_many_turns_would_be_lost(world: Story, tmp_path: Path) -> None:
    before = saved(world, "n", "take lamp", "s", *["1"] * 30)
    story = changed(tmp_path, *OTHER_MOODS, ("  lamp: {name: lamp, at: yard}", "  lamp: {name: lamp, at: well}"))
    found = decode(story, before)
    assert found.lost == ('"mood" can no longer be low; it is as at the start.',)
    assert (value(story, found, "n"), found.turn) == (30, 33)


NO_YARD = (
    ("  yard: {name: Yard, exits: {south: hall, down: well}}\n", ""),
    ("{north: yard}", "{north: well}"),
    ("{up: yard}", "{up: hall}"),
    ("at: yard", "at: well"),
)


def test_who_is_nowhere_gets_any_turn_there_is(world: Story, tmp_path: Path) -> None:
    before = saved(world, "1", "1", "n", "s", "n", visited=["yard"])
    story = changed(tmp_path, *NO_YARD)
    found = decode(story, before)
    assert found.turn == 3
    assert found.lost[0].endswith(
        "as far as the 3rd: the next one can no longer be taken (go south). That is 2 turns back."
    )


def test_without_decisions_names_are_all_there_is(world: Story, tmp_path: Path) -> None:
    before = saved(world, "2", "1", decisions=None)
    found = decode(changed(tmp_path, ("{label: Shout", "{label: Sing")), before)
    assert found.lost == ("The place in the scene cave where you were is gone; it begins again.",)


def test_an_end_that_comes_too_early_is_not_followed(world: Story, tmp_path: Path) -> None:
    before = saved(world, *["1"] * 20, visited=[], place="attic")
    ends = "endings:\n  over: {name: Over}\nrules:\n  r: {when: n > 15, goto: over}\n"
    story = changed(tmp_path, ("items:\n", f"{ends}items:\n"))
    found = decode(story, before)
    assert (found.state.ending, value(story, found, "n")) == (-1, 15)


def test_things_that_are_gone_are_told_as_well(world: Story, tmp_path: Path) -> None:
    before = saved(world, "n", "wait", *["s", "1", "n"] * 7)
    found = decode(changed(tmp_path, *OTHER_MOODS, ("items:\n  lamp: {name: lamp, at: yard}\n", "")), before)
    assert found.lost == (
        f"{BEGUN}Your 23 decisions were taken again from the beginning, and this is where they lead now.",
        "The lamp no longer exists.",
    )


def test_what_stopped_it_is_told_in_words() -> None:
    lines = (
        "choose 1 Enter the cave",
        "ask old_ene 2 the well",
        "do put_in item=oil_lamp second=box; choose 3",
        "go up",
    )
    assert [replay.in_words(line) for line in lines] == [
        "Enter the cave",
        "ask old ene about the well",
        "put in oil lamp box, choose 3",
        "go up",
    ]


def test_it_ends_after_so_many_steps(world: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = saved(world, *["1"] * 20, visited=[], place="attic")
    monkeypatch.setattr(replay, "MOST_STEPS", 12)
    found = decode(changed(tmp_path), before)
    assert found.turn == 12
    assert "as far as the 12th: no more are taken, for that would last too long" in found.lost[0]


def test_a_hundred_thousand_decisions_hang_nothing(world: Story, tmp_path: Path) -> None:
    before = saved(world, "n", visited=[], place="attic", decisions=["go north", "go south"] * 50_000)
    found = decode(changed(tmp_path), before)
    assert 0 < found.turn <= replay.MOST_STEPS
    line = "; ".join(["look"] * 400_000)
    assert decode(changed(tmp_path), {**before, "decisions": ["go north", line]}).turn == 1


@pytest.mark.parametrize(
    "line", ["fly", "choose 99 Enter the cave", "ask nobody 0 the well", "do nothing x=y", "take x"]
)
def test_what_nobody_can_do_stops_it(world: Story, tmp_path: Path, line: str) -> None:
    before = saved(world, "n", visited=[], place="attic")
    assert decode(changed(tmp_path), {**before, "decisions": ["go north", line]}).turn in (1, 2)
