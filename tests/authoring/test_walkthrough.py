"""Walkthroughs: what fits, what does not, and how the difference is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pianist_quest.authoring.walkthrough import changes, first_difference, read, updated
from scenario import story_of

if TYPE_CHECKING:
    from pathlib import Path

WORLD = """
rooms:
  hall:
    name: Hall
    text: A hall, with a draught.
    exits: {north: yard}
    choices:
      - {label: Roll, do: "n = roll(1, 100)", text: "{n}"}
      - {label: Sleep, goto: asleep}
  yard: {name: Yard, text: A wall.}
items: {lamp: {name: lamp, at: hall}}
variables: {n: 0}
endings: {asleep: {name: Asleep, text: You sleep.}}
"""


def told(tmp_path: Path, text: str) -> str:
    """Return how a walkthrough's first difference is shown, or nothing where it fits."""
    difference = first_difference(story_of(tmp_path, WORLD), text)
    return difference.text("a.txt") if difference else ""


def test_a_walkthrough_that_fits(tmp_path: Path) -> None:
    text = "# A remark.\nHall\nA hall, with\n\n> take lamp\nYou take the lamp.\n> n\nYard\nA wall.\n"
    assert told(tmp_path, text) == ""


def test_what_is_not_said_is_shown_in_context(tmp_path: Path) -> None:
    assert told(tmp_path, "> look\nA hall, with a draft.\n") == (
        "a.txt:2: this is not said\n"
        "  wanted: A hall, with a draft.\n"
        "  after:  > look\n"
        "  | Hall\n"
        "  ~ A hall, with a draught.\n"
        "  |\n"
        "  | You can see a lamp here.\n"
        "  |\n"
        "  |   1. Roll\n"
        "  |   2. Sleep\n"
        "  |\n"
        "  | Exits: north"
    )


def test_lines_must_be_said_in_order(tmp_path: Path) -> None:
    assert "a.txt:2: this is not said" in told(tmp_path, "A hall\nHall")


def test_the_seed_is_set(tmp_path: Path) -> None:
    story = story_of(tmp_path, WORLD)
    assert first_difference(story, updated(story, "[seed 5]\n> roll\n0\n")) is None
    assert updated(story, "[seed 5]\n> roll\nx\n") != updated(story, "[seed 6]\n> roll\nx\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("> sleep\n[ending asleep]", ""),
        ("> look\n[ending asleep]", "| the play comes to no ending"),
        ("> sleep\n[ending awake]", "| the play ends at asleep"),
    ],
)
def test_the_ending_must_be_reached(tmp_path: Path, text: str, said: str) -> None:
    assert said in told(tmp_path, text)
    assert bool(said) == bool(told(tmp_path, text))


def test_saving_loading_and_undo_work(tmp_path: Path) -> None:
    text = "> save a\nSaved.\n> n\nYard\n> load a\nHall\n> take lamp\n> undo\n> look\nYou can see a lamp here.\n"
    assert told(tmp_path, text) == ""


def test_an_update_changes_only_what_does_not_fit_and_shows_it(tmp_path: Path) -> None:
    old = "# Kept.\n> take lamp\nYou grab it.\n\n> n\nYard\n"
    new = updated(story_of(tmp_path, WORLD), old)
    assert new == "# Kept.\n> take lamp\nYou take the lamp.\n\n> n\nYard\n"
    assert changes(old, new, "a.txt").splitlines()[2:] == [
        "@@ -2,3 +2,3 @@", " > take lamp", "-You grab it.", "+You take the lamp.", " ",
    ]  # fmt: skip
    assert changes(new, new, "a.txt") == ""


def test_every_text_is_a_walkthrough() -> None:
    assert read("").steps[0].typed == ""
    assert read("[seed x]\n[ending]").steps[0].wanted == [(1, "[seed x]"), (2, "[ending]")]
