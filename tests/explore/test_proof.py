"""The proof by abstraction holds only where a naive search finds nobody stuck, and for the worlds that it is for."""

from __future__ import annotations

import time
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings

from explore.agreement import false_proof, playable
from explore.naive import search
from explore.worlds import worlds
from pianist_quest.explore.attempt import Attempt
from pianist_quest.explore.possible import Stage
from pianist_quest.explore.proof import Aim, Prover, asks_for_an_end
from pianist_quest.explore.refinement import Refinement
from pianist_quest.explore.scripts import everywhere, keepable
from support import bundled

if TYPE_CHECKING:
    from pianist_quest.story.story import Story

MOST = 400
WORLDS = Path(__file__).parents[2] / "worlds"


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
@pytest.mark.usefixtures("uncounted")
def test_a_proof_is_never_wrong(text: str) -> None:
    made = playable(text)
    assume(made is not None)
    assert made is not None
    naive = search(made, MOST)
    assume(not naive.too_many)
    assert false_proof(made, naive) == ""


CLOCK = """
    title: T
    start: shop
    variables: {hour: {start: 0, min: 0, max: 12}, purse: {start: 40, min: 0, max: 99}, keen: false}
    scenes:
      pass_time(hours):
        - do: hour += hours
        - if: hour >= 12
          goto: closed
    rooms:
      shop:
        name: shop
        exits: {out: street}
        choices:
          - label: Look at violins
            then: [call: pass_time(1)]
          - label: Buy one
            if: purse >= 90
            goto: bought
          - {label: Sell, if: hour < 11, do: purse += 7}
      street: {name: street, exits: {in: shop}, choices: [{label: Whistle, do: keen = not keen}]}
    endings: {closed: {name: Closed}, bought: {name: Bought}}
"""


def made(text: str) -> Story:
    found = playable(dedent(text).replace("title: T", "format: 1\ntitle: T", 1))
    assert found is not None
    return found


def test_a_clock_that_only_goes_on_proves_that_nobody_is_stuck() -> None:
    proof = Prover(made(CLOCK)).prove(20)
    assert proof.holds
    assert "hour" in proof.kept
    assert "purse" not in proof.kept
    assert proof.standings < 100


def test_where_the_clock_can_stop_nothing_is_proved() -> None:
    stopped = CLOCK.replace("- do: hour += hours", "- {if: not keen, do: hour += hours}").replace(
        "do: keen = not keen", "do: keen = true"
    )
    proof = Prover(made(stopped)).prove(20)
    assert not proof.holds
    assert proof.doubtful


def test_a_choice_of_which_one_is_always_open_is_a_way_on() -> None:
    fork = """
        title: T
        start: hall
        variables: {left: false}
        rooms:
          hall:
            name: hall
            choices:
              - {label: Turn, do: left = not left}
              - {label: Be asked, call: asked}
        scenes:
          asked:
            - choices:
                - {label: Left, if: left, goto: home}
                - {label: Right, if: not left, goto: home}
        endings: {home: {name: Home}}
    """
    assert Prover(made(fork)).prove(20).holds


@pytest.mark.parametrize(
    ("label", "holds"),
    [("{label: Sing, do: sung = true}", True), ("{label: Sing, if: hoarse, do: sung = true}", False)],
)
def test_a_goal_can_be_proved_instead_of_an_ending(label: str, holds: bool) -> None:  # noqa: FBT001 - a case
    text = f"""
        title: T
        start: hall
        variables: {{sung: false, hoarse: false}}
        scenes: {{cold: [{{do: hoarse = true}}]}}
        rooms: {{hall: {{name: hall, choices: [{label}, {{label: Go home, if: sung, goto: home}}]}}}}
        endings: {{home: {{name: Home}}}}
        promises: {{always: {{song: can(sung)}}}}
    """
    told = made(text)
    assert Prover(told).prove(20, Aim(told.promises[0].code)).holds is holds


def test_time_is_kept_to() -> None:
    proof = Prover(made(CLOCK)).prove(0)
    assert not proof.holds
    assert proof.seconds < 2


@pytest.mark.parametrize(("least", "holds"), [(0, True), (41, False)])
def test_that_something_always_holds_can_be_proved(least: int, holds: bool) -> None:  # noqa: FBT001 - a case
    told = made(CLOCK + f"    promises: {{always: {{rich: purse >= {least}}}}}\n")
    assert Prover(told).prove(20, Aim(told.promises[0].code, can=False)).holds is holds


def test_what_holds_by_two_things_that_go_together_is_proved_when_both_are_kept() -> None:
    text = """
        title: T
        start: hall
        variables: {lit: false, warm: false}
        rooms:
          hall:
            name: hall
            choices:
              - {label: Light it, if: not lit, do: [lit = true, warm = true]}
              - {label: Put it out, if: lit, do: [lit = false, warm = false]}
              - {label: Go home, if: warm, goto: home}
        endings: {home: {name: Home}}
        promises: {always: {together: lit == warm}}
    """
    told = made(text)
    proof = Prover(told).prove(20, Aim(told.promises[0].code, can=False))
    assert proof.holds
    assert set(proof.kept) == {"lit", "warm"}


def test_what_is_never_come_to_without_something_before_it_is_proved() -> None:
    text = """
        title: T
        start: hall
        variables: {heard: false, place: {one_of: [none, first, last], start: none}}
        rooms:
          hall:
            name: hall
            choices:
              - {label: Play, if: place == none, do: [heard = true, place = first]}
              - {label: Hide, if: place == none, do: place = last}
              - {label: Hear it, if: place == first, goto: won}
              - {label: Go home, if: place == last, goto: home}
        endings: {home: {name: Home}, won: {name: Won}}
        promises: {always: {earned: not ending(won) or heard}}
    """
    told = made(text)
    assert Prover(told).prove(20, Aim(told.promises[0].code, can=False)).holds


@pytest.mark.parametrize(("asked", "same"), [("ended()", True), ("ending(bought)", False), ("not ended()", False)])
def test_that_an_end_can_be_come_to_asks_whether_anybody_is_stuck(asked: str, same: bool) -> None:  # noqa: FBT001 - a case
    told = made(CLOCK + f"    promises: {{always: {{all: can({asked})}}}}\n")
    assert asks_for_an_end(told, told.promises[0].code) is same


@pytest.mark.parametrize("world", ["tuners_den", "night_market"])
def test_what_a_script_comes_to_is_the_same_whether_it_was_remembered_or_not(world: str) -> None:
    """What was kept from a script that touched nothing of it is put back as it was."""
    story = bundled(WORLDS / world)
    usual = Attempt(story, [], None, time.monotonic() + 60)
    found = usual.search(None)
    assert found is not None
    slots = Refinement(usual, found).usual() or [next(iter(keepable(story)))]
    attempt = Attempt(story, slots, None, time.monotonic() + 60, [Stage(usual, frozenset())])
    looked, differing = attempt.search(None), []
    assert looked is not None
    for one in list(looked.moves)[:400]:
        for pc in attempt.changing(everywhere(story)):
            remembered = attempt.outcomes.run(pc, one.place, one.known)
            if remembered != attempt.partial.run(pc, one.place, one.known):
                differing.append((pc, one))
    assert not differing


def test_a_second_proof_of_a_story_comes_to_what_it_would_alone() -> None:
    """What scripts come to is remembered from the first; what is aimed at is not."""
    told = made(CLOCK + "    promises: {always: {poor: can(purse >= 90), rich: purse <= 99}}\n")
    together = Prover(told)
    for aim in (None, *(Aim(one.code, can=one.can) for one in told.promises), None):
        found, alone = together.prove(20, aim), Prover(told).prove(20, aim)
        assert (found.holds, found.kept, found.standings) == (alone.holds, alone.kept, alone.standings)
