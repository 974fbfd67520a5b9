"""Practice: what an hour gives, and that nothing is gained by doing the same thing over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pianist_quest.engine.view import offers
from scenario import Scenario, words

if TYPE_CHECKING:
    from collections.abc import Callable

    Life = Callable[..., Scenario]

ALL_KNOWN = """
- do: [slow_known = true, links_known = true, bow_known = true, tape_known = true, backwards_known = true]
- do: [cold_known = true, away_known = true, someone_known = true, force_known = true]
- do: [act = 2, day = 7, prelude.offered = true, etude.offered = true, campanella.offered = true]
"""
PRELUDE, ETUDE, BELLS = "Rachmaninoff, Prelude", "Chopin, Étude", "Liszt, La campanella"


def pick(play: Scenario, *starts: str) -> Scenario:
    """Take the open choices whose labels begin so."""
    for start in starts:
        labels = [words(one.label) for one in offers(play.story, play.state) if one.open]
        play.choose(next(label for label in labels if label.startswith(start)))
    return play


def hour(play: Scenario, piece: str, *method: str) -> Scenario:
    """Practise for an hour, and go on to the next day."""
    return pick(play, "Practise", piece, *method, "Tomorrow")


def marks(play: Scenario, piece: str) -> tuple[int, int, int]:
    """Fingers, roots and voice of a piece."""
    return play.value(f"{piece}.f"), play.value(f"{piece}.r"), play.value(f"{piece}.v")


# What an hour gives


@pytest.mark.parametrize(
    ("method", "gives"),
    [
        ("Through", (1, 0, 0)),
        ("Slow", (1, 0, 0)),
        ("Links", (1, 1, 0)),
        ("Bow", (0, 0, 1)),
        ("Listen back", (1, 0, 0)),
        ("Backwards", (0, 1, 0)),
        ("Cold", (0, 1, 0)),
        ("Away", (0, 0, 1)),
        ("Force", (2, 0, 0)),
        ("Rest", (0, 0, 0)),
    ],
)
def test_what_a_method_gives(life: Life, method: str, gives: tuple[int, int, int]) -> None:
    assert marks(hour(life(ALL_KNOWN), PRELUDE, method), "prelude") == gives


def test_cold_starts_are_worth_two_after_another_piece(life: Life) -> None:
    play = hour(hour(life(ALL_KNOWN), ETUDE, "Slow"), PRELUDE, "Cold")
    assert marks(play, "prelude") == (0, 2, 0)


def test_force_is_paid_for_by_the_hands(life: Life) -> None:
    assert hour(life(ALL_KNOWN), PRELUDE, "Force").value("hands") == 8


def test_hands_that_have_paid_too_often_will_not(life: Life) -> None:
    play = life(ALL_KNOWN + "- do: hands = 4")
    assert "tea glass" in pick(play, "Practise").said[0]
    pick(play, PRELUDE, "Force", "Tomorrow")
    assert (play.value("hands"), play.value("injured")) == (2, 1)
    pick(play, "Practise", PRELUDE)
    assert any(choice.endswith("[your hands will not have it]") for choice in play.choices)


def test_a_rest_gives_to_the_hands_and_to_the_next_hour(life: Life) -> None:
    play = hour(life(ALL_KNOWN + "- do: hands = 6"), PRELUDE, "Rest")
    assert play.value("hands") == 8
    assert marks(hour(play, PRELUDE, "Slow"), "prelude") == (1, 1, 0)


def test_through_takes_nobody_beyond_two(life: Life) -> None:
    play = life(ALL_KNOWN + "- do: prelude.f = 2")
    assert marks(hour(play, PRELUDE, "Through"), "prelude") == (2, 0, 0)


def test_links_take_nobody_beyond_three(life: Life) -> None:
    play = life(ALL_KNOWN + "- do: [prelude.f = 3, prelude.r = 2]")
    assert marks(hour(play, PRELUDE, "Links"), "prelude") == (3, 3, 0)


def test_a_piece_that_is_mastered_lends_to_the_skill_twice_at_most(life: Life) -> None:
    play = life(ALL_KNOWN + "- do: [tech = 2, prelude.f = 3, etude.f = 3, campanella.f = 3]")
    for piece in (PRELUDE, ETUDE, BELLS):
        hour(play, piece, "Slow")
    assert play.value("tech") == 4


def test_somebody_listens_once_in_an_act(life: Life) -> None:
    play = hour(life(ALL_KNOWN), PRELUDE, "For someone", "Jeren")
    assert (play.value("nerve"), marks(play, "prelude")) == (3, (1, 0, 0))
    pick(play, "Practise", ETUDE, "For someone")
    assert not any(choice.startswith("Jeren") for choice in play.choices)
    pick(play, "Merdan", "Tomorrow", "Next act", "Practise", BELLS, "For someone")
    assert any(choice.startswith("Jeren") for choice in play.choices)


def test_when_all_have_listened_nobody_is_offered(life: Life) -> None:
    play = life(ALL_KNOWN)
    for name, piece in zip(("Jeren", "Merdan", "Nury", "Rejep", "Çary"), (PRELUDE, ETUDE) * 3, strict=False):
        hour(play, piece, "For someone", name)
    pick(play, "Practise", BELLS)
    assert not any(choice.startswith("For someone") for choice in play.choices)


# Against grinding


@pytest.mark.parametrize(
    ("begins", "hours"),
    [
        ("act = 2, day = 7", 8),
        ("act = 3, day = 16", 8),
        ("act = 4, day = 24", 3),  # the second of day 25 is given by the scene of that day
        ("act = 4, day = 24, extra_hour = true", 4),
    ],
)
def test_an_act_has_so_many_hours(life: Life, begins: str, hours: int) -> None:
    play, had = life(f"{ALL_KNOWN}- do: [{begins}]"), 0
    for _ in range(12):
        if "Practise" in play.choices:
            pick(play, "Practise", PRELUDE, "Slow" if had % 2 else "Bow")
            assert "Practise" not in play.choices
            had += 1
        pick(play, "Tomorrow")
    assert had == hours


def test_the_same_twice_gives_nothing_and_says_so_before(life: Life) -> None:
    play = hour(life(ALL_KNOWN), PRELUDE, "Slow")
    before = marks(play, "prelude")
    pick(play, "Practise", PRELUDE)
    assert any(choice.startswith("Slow") and choice.endswith("so nothing new") for choice in play.choices)
    assert marks(pick(play, "Slow", "Tomorrow"), "prelude") == before


def test_the_same_again_after_something_else_gives(life: Life) -> None:
    play = life(ALL_KNOWN)
    for method in ("Slow", "Bow", "Slow"):
        hour(play, PRELUDE, method)
    assert marks(play, "prelude") == (2, 0, 1)


def test_a_piece_that_was_left_alone_pays_once_in_an_act(life: Life) -> None:
    play = life(ALL_KNOWN)
    hour(hour(hour(play, PRELUDE, "Slow"), ETUDE, "Bow"), PRELUDE, "Slow")
    assert marks(play, "prelude") == (2, 1, 0)
    hour(hour(play, ETUDE, "Bow"), PRELUDE, "Slow")
    assert marks(play, "prelude") == (3, 1, 0)
    hour(pick(play, "Next act"), ETUDE, "Slow")
    assert marks(hour(play, PRELUDE, "Bow"), "prelude") == (3, 2, 1)
