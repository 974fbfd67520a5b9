"""Performing: the worked example of the rules, bands, luck, falling out of a passage, the jury."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Callable

    Life = Callable[..., Scenario]

PIECES = Path(__file__).parents[2] / "worlds" / "pianist_quest" / "pieces"
PASSAGES = [
    name
    for file in sorted(PIECES.glob("*.yaml"))
    for name in re.findall(r"^  (\w+)_bars:", file.read_text("utf-8"), re.MULTILINE)
]
JURY = ("delcourt", "vasseur", "sazonov", "ellery", "nakagawa", "cordero", "krumina")
SEMI_FINAL = """
- do: [tech = 5, tone = 6, mind = 5, nerve = 5]
- do: [cathedrale.f = 2, cathedrale.r = 2, cathedrale.v = 3]
- do: [ballade4.f = 3, ballade4.r = {roots}, ballade4.v = 3]
- call: begin_performance(1)
- do: [piano = dark, yes_at = 8]
- call: cathedrale_bar7
- call: ballade4_canon
- do: luck = -1
- text: Somebody unwraps a sweet.
- call: ballade4_chords
- call: ballade4_coda
- "{{yes_votes}} of {{votes_cast}}, {{goes_through: through | not through}}."
"""


def outcome(play: Scenario) -> str:
    """What came of the passage that was played last."""
    names = ["unplayed", "sang", "held", "frayed", "fell", "caught", "leapt", "again"]
    return names[play.value("outcome")]


def sums(play: Scenario) -> list[int]:
    """The jurors' sums."""
    return [play.value(f"jury_{name}.heard") for name in JURY]


# The worked example


def test_the_worked_example(life: Life) -> None:
    play = life(SEMI_FINAL.format(roots=3))
    play.choose("As if heard through water. (in hand)")
    assert (outcome(play), play.value("points")) == ("sang", 3)
    play.choose("Keep the two voices strangers. (within reach)")
    assert (outcome(play), play.value("points")) == ("held", 5)
    play.choose("Longer than is comfortable. (a stretch)")
    assert (outcome(play), play.value("points")) == ("frayed", 6)
    play.choose("Clear before fast. (in hand)")
    assert (outcome(play), play.value("points")) == ("sang", 8)
    assert sums(play) == [9, 10, 8, 8, 9, 7, 7]
    assert "5 of 7, through." in play.said


def test_the_worked_example_with_one_hour_less(life: Life) -> None:
    play = life(SEMI_FINAL.format(roots=2))
    play.choose("As if heard through water. (in hand)").choose("Keep the two voices strangers. (a stretch)")
    assert outcome(play) == "frayed"
    play.choose("Longer than is comfortable. (a stretch)", "Clear before fast. (in hand)")
    assert play.value("points") == 7
    assert sums(play) == [7, 9, 7, 6, 8, 6, 6]
    assert "2 of 7, not through." in play.said


def test_what_a_performance_leaves_behind(life: Life) -> None:
    play = life(SEMI_FINAL.format(roots=3) + '- "Kept: {best}, {best_points}, {best_tag == colour: colour}."')
    play.choose("As if heard through water. (in hand)", "Keep the two voices strangers. (within reach)")
    play.choose("Longer than is comfortable. (a stretch)", "Clear before fast. (in hand)")
    assert "Kept: the chant under the water, 3, colour." in play.said
    assert [play.value(name) for name in ("played", "sung", "fallen", "house")] == [4, 2, 0, 2]


# How near a thing is


def test_the_four_bands(life: Life) -> None:
    play = life('- "{band(2)}, {band(1)}, {band(0)}, {band(-1)}, {band(-3)}, {band(-4)}"')
    assert play.said[0] == "in hand, within reach, within reach, a stretch, a stretch, a leap"


@pytest.mark.parametrize(
    ("change", "band"),
    [
        ("luck = -1", "within reach"),
        ("hands = 1", "within reach"),
        ("tech = 4", "in hand"),
        ("nerve = 3", "in hand"),
        ("calm = true", "in hand"),
        ("piano = bright", "in hand"),
        ("pressure = 2", "a stretch"),
        ("[pressure = 1, piano = dark]", "a stretch"),
    ],
)
def test_what_makes_a_reading_nearer_or_further(life: Life, change: str, band: str) -> None:
    near = "- do: [tech = 3, nerve = 2, k545.f = 3]\n- call: begin_performance(0)\n"
    play = life(f"{near}- do: {change}\n- call: k545_scales")
    assert play.choices[0] == f"As a row of windows, all clean. ({band})"


@pytest.mark.parametrize(("hands", "band"), [(5, "in hand"), (4, "within reach")])
def test_tired_hands_are_one_worse_at_what_needs_force(life: Life, hands: int, band: str) -> None:
    ready = f"- do: [tech = 2, nerve = 2, prelude.f = 4, hands = {hands}]\n- call: begin_performance(0)\n"
    assert life(f"{ready}- call: prelude_return").choices[0] == f"All of it, and your back behind it. ({band})"


@pytest.mark.parametrize("luck", [-1, 0, 1])
@pytest.mark.parametrize("tech", [2, 3, 9])
def test_what_is_in_hand_never_fails(life: Life, luck: int, tech: int) -> None:
    play = life(
        f"- do: [tech = {tech}, k545.f = 4]\n- call: begin_performance(0)\n- do: luck = {luck}\n- call: k545_scales"
    )
    play.choose("As a row of windows, all clean. (in hand)")
    assert outcome(play) in ("sang", "held")


# Luck

DRAW = """
- do: calm = {calm}
- call: begin_performance(0)
- choices: [Go on]
- {{use: luck, cancels: calm, bad: Bad., cancelled: Mended., good: Good., neither: Neither.}}
- choices: [Play]
"""


def test_luck_is_the_same_after_going_back(life: Life) -> None:
    play = life(DRAW.format(calm="false"), seed=3)
    before = play.state
    drawn = play.choose("Go on").said
    play.state = before
    assert play.choose("Go on").said == drawn


@pytest.mark.parametrize(
    ("calm", "drawn"), [("false", {"Bad.", "Good.", "Neither."}), ("true", {"Mended.", "Good.", "Neither."})]
)
def test_every_luck_is_drawn_and_none_is_bad_for_who_is_calm(life: Life, calm: str, drawn: set[str]) -> None:
    story = life(DRAW.format(calm=calm)).story
    assert {Scenario(story, seed=seed).choose("Go on").said[0] for seed in range(20)} == drawn


def test_luck_is_spent_on_one_passage(life: Life) -> None:
    play = life(
        "- do: k545.f = 4\n- call: begin_performance(0)\n- do: luck = -1\n- call: k545_scales\n- call: k545_scales"
    )
    play.choose("As a row of windows, all clean. (in hand)")
    assert (outcome(play), play.value("luck")) == ("held", 0)
    play.choose("As a row of windows, all clean. (in hand)")
    assert outcome(play) == "sang"


# Falling out of a passage

FALL = "- do: [tech = 0, nerve = 2, prelude.r = {roots}]\n- call: begin_performance(0)\n- call: prelude_opening"
SQUARE = "From the shoulder, square, and count the third one through. (a leap)"
LEAP = "Leap to the next signpost. Go on from there. (no marks, and it costs nerve)"
AGAIN = "Stop. Breathe. Begin the passage again. (a one; everyone will have heard)"


def test_who_has_roots_is_caught_by_them(life: Life) -> None:
    play = life(FALL.format(roots=3)).choose(SQUARE)
    assert (outcome(play), play.value("points"), play.value("house"), play.value("nerve")) == ("caught", 1, 1, 2)


def test_who_has_none_may_leap(life: Life) -> None:
    play = life(FALL.format(roots=2)).choose(SQUARE, LEAP)
    assert (outcome(play), play.value("points"), play.value("house"), play.value("nerve")) == ("leapt", 0, 0, 1)


def test_or_begin_again(life: Life) -> None:
    play = life(FALL.format(roots=2)).choose(SQUARE, AGAIN)
    assert (outcome(play), play.value("points"), play.value("house"), play.value("self")) == ("again", 1, 2, 1)
    assert play.value("restarted")
    assert play.value("broke")


# The jury


def jury(**heard: int) -> str:
    """Steps that give jurors their sums; those not named have 0."""
    return "- do: [" + ", ".join(f"jury_{name}.heard = {number}" for name, number in heard.items()) + "]\n"


VOTE = """
- call: jury_votes
- "{yes_votes} of {votes_cast}, {goes_through: through | not through}."
"""


def test_who_taught_him_does_not_vote(life: Life) -> None:
    play = life("- do: recused = true\n" + jury(vasseur=9, delcourt=5) + VOTE)
    assert play.said[0] == "1 of 6, not through."


def test_four_of_seven_are_a_majority(life: Life) -> None:
    assert life(jury(sazonov=5, ellery=5, nakagawa=5, cordero=5) + VOTE).said[0] == "4 of 7, through."


def test_three_of_seven_are_none(life: Life) -> None:
    assert life(jury(delcourt=5, ellery=5, nakagawa=5, cordero=4) + VOTE).said[0] == "3 of 7, not through."


@pytest.mark.parametrize(("third", "said"), [("delcourt", "through"), ("krumina", "not through")])
def test_the_president_breaks_a_tie(life: Life, third: str, said: str) -> None:
    play = life("- do: recused = true\n" + jury(ellery=5, cordero=7, **{third: 6}) + VOTE)
    assert play.said[0] == f"3 of 6, {said}."


def test_the_final_mark_counts_the_last_round_twice(life: Life) -> None:
    first, second = jury(**dict.fromkeys(JURY, 8)), jury(**dict.fromkeys(JURY, 10))
    assert life(f'{first}- call: begin_round(2)\n{second}- call: jury_votes\n- "{{final_mark}}"').said[0] == "280"


# The pieces


@pytest.mark.parametrize("name", PASSAGES)
def test_a_passage_has_something_for_everybody(life: Life, name: str) -> None:
    play = life(f"- call: begin_performance(0)\n- do: next_up = {name}_bars\n- storylet: passage")
    assert len(play.choices) == 3
    text = next(text for file in PIECES.glob("*.yaml") if f"  {name}:\n" in (text := file.read_text("utf-8")))
    readings = text.split(f"\n  {name}:\n")[1].split("- use: passage")[1]
    assert set(re.findall(r"by: (\w+)", readings)[:3]) == {"tech", "tone", "mind"}
    assert set(re.findall(r"use: (\w+)", readings)[:3]) == {"plain", "telling", "daring"}


MARCH = """
pieces:
  march:
    {name: Halyl's March, composer: Halyl, known_as: March, level: 2, hint: nobody marches, f: 3, offered: true}
passages:
  march_end_bars: {name: the end of the March, piece: march, bars: From the drum}
scenes:
  march_end:
    - use: passage
      at: march_end_bars
      announce: A drum.
      readings:
        - {use: plain, say: In step., by: tech, of: f, tag: clarity, sings: It sings., holds: H., frays: F., breaks: B.}
storylets:
  march_end_by_name: {use: by_name, at: march_end_bars, scene: march_end}
"""


def test_a_new_piece_is_one_file(life: Life) -> None:
    play = life("- do: tech = 4\n- do: next_up = march_end_bars\n- storylet: passage", piece=MARCH)
    assert play.said[0] == "A drum."
    assert play.choose("In step. (in hand)").said[0] == "It sings."


def test_and_it_is_on_the_desk(life: Life) -> None:
    play = life("- do: [act = 2, day = 7]\n- call: read_scores", piece=MARCH)
    assert play.said[-2].startswith("Halyl's March: lines under nearly everything; no signposts")
    assert "Halyl, March: nobody marches" in play.choose("Practise").choices
