"""What scripts do: texts, effects, conditions, choices, calls, chance."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from scenario import Scenario

    Play = Callable[..., Scenario]


def scene(body: str, *, variables: str = "", more: str = "") -> str:
    """Return a world whose first scene has this body, and then goes to a hall."""
    return f"""
format: 1
title: T
start: opening
variables: {{n: 0, told: false, lean: {{one_of: [tech, tone], start: tech}}, {variables}}}
rooms:
  hall: {{name: Hall}}
scenes:
  opening:
{body}
    - goto: hall
{more}
"""


def test_steps_are_done_in_order_and_texts_are_paragraphs(play: Play) -> None:
    told = play(scene("    - One.\n    - do: n += 1\n    - '{n} and two.'"))
    assert told.said == ["One.", "1 and two.", "== Hall =="]


def test_a_step_does_its_keys_in_a_fixed_order_however_they_are_written(play: Play) -> None:
    world = scene("    - {then: 'Then {n}.', text: 'Text {n}.', do: n = 5}")
    assert play(world).said[:2] == ["Text 5.", "Then 5."]


def test_a_condition_picks_then_or_else(play: Play) -> None:
    body = "    - {if: n > 0, text: Yes., else: No.}\n    - {unless: n > 0, text: Still none.}"
    assert play(scene(body)).said[:2] == ["No.", "Still none."]


def test_all_conditions_of_a_step_must_hold(play: Play) -> None:
    body = "    - {if: [n == 0, lean == tech], unless: [told, n > 3], text: All.}"
    assert play(scene(body)).said[0] == "All."


def test_the_first_that_holds_is_done_and_play_goes_on_below(play: Play) -> None:
    body = """    - first:
      - {if: n == 1, text: One.}
      - {if: n == 0, text: None.}
      - Something else.
    - Below."""
    body = body.replace("- Something else.", "- {text: Something else.}")
    assert play(scene(body)).said[:2] == ["None.", "Below."]


def test_choices_join_below(play: Play) -> None:
    body = """    - choices:
      - Left: You go left.
      - Right: You go right.
      - Neither
    - The ways meet."""
    assert play(scene(body)).choices == ["Left", "Right", "Neither"]
    assert play(scene(body)).choose("Right").said == ["You go right.", "The ways meet.", "== Hall =="]
    assert play(scene(body)).choose("Neither").said[0] == "The ways meet."


def test_choices_nest(play: Play) -> None:
    body = """    - choices:
      - Out:
        - In the lane.
        - choices:
          - Further: At the gate.
          - Back: Home.
        - Either way, dust.
    - Evening."""
    assert play(scene(body)).choose("Out", "Further").said[:3] == ["At the gate.", "Either way, dust.", "Evening."]


def test_a_closed_choice_is_hidden_or_shown_with_its_reason(play: Play) -> None:
    body = """    - choices:
      - {label: Strike, if: n > 0}
      - {label: Reach, if: n > 0, otherwise: 'a stretch, {n}'}
      - Wait"""
    assert play(scene(body)).choices == ["Reach [a stretch, 0]", "Wait"]


def test_what_unless_keeps_away_gives_no_reason(play: Play) -> None:
    body = """    - choices:
      - {label: Turn, if: n > 0, otherwise: you need a key, unless: told}
      - {label: On, do: told = true, goto: opening}"""
    told = play(scene(body))
    assert told.choices == ["Turn [you need a key]", "On"]
    assert told.choose("On").choices == ["On"]


def test_a_choice_can_be_taken_once(play: Play) -> None:
    more = """  menu:
    - choices:
      - {label: Knock, once: true, goto: menu}
      - {label: Enough, goto: hall}"""
    world = scene("    - goto: menu", more=more)
    assert play(world).choose("Knock").choices == ["Enough"]


def test_a_fallback_is_taken_when_nothing_else_is_open(play: Play) -> None:
    body = """    - choices:
      - {label: Never, if: n > 9}
      - {fallback: true, text: By itself.}
    - After."""
    assert play(scene(body)).said[:2] == ["By itself.", "After."]


def test_where_no_choice_is_open_play_goes_on(play: Play) -> None:
    assert play(scene("    - choices: [{label: Never, if: n > 9}]\n    - After.")).said[0] == "After."


def test_a_step_that_is_done_once(play: Play) -> None:
    more = """  menu:
    - {once: true, text: Only now., else: Not again.}
    - choices: [{label: Round, goto: menu}]"""
    told = play(scene("    - goto: menu", more=more))
    assert told.said == ["Only now."]
    assert told.choose("Round").said == ["Not again."]


def test_a_call_comes_back_and_return_ends_it_early(play: Play) -> None:
    more = """  inner:
    - In.
    - {if: n == 0, return: true}
    - Never said."""
    assert play(scene("    - Before.\n    - call: inner\n    - After.", more=more)).said[:3] == [
        "Before.",
        "In.",
        "After.",
    ]


def test_a_call_with_a_choice_in_it_remembers_where_to_come_back(play: Play) -> None:
    more = """  outer: [{call: inner}, Outer.]
  inner:
    - choices: [Yes]
    - Inner."""
    told = play(scene("    - call: outer\n    - Opening.", more=more))
    assert told.choose("Yes").said[:3] == ["Inner.", "Outer.", "Opening."]


def test_going_to_a_room_ends_the_calls_that_are_open(play: Play) -> None:
    told = play(scene("    - call: away\n    - Never said.", more="  away: [Away., {goto: hall}]"))
    assert told.said == ["Away.", "== Hall =="]


def test_marks_are_jumped_to_and_asked_about(play: Play) -> None:
    body = """    - {if: seen(again), text: A second time., else: A first time.}
    - choices:
      - {label: Round, goto: again}
      - On
    - {if: seen(again), text: You have been round.}
    - goto: hall
    - mark: again
    - goto: opening"""
    told = play(scene(body))
    assert told.said == ["A first time."]
    assert told.choose("Round").said == ["A second time."]
    assert told.choose("On").said[0] == "You have been round."


def test_a_scene_played_has_been_visited(play: Play) -> None:
    body = "    - {if: visited(other), text: Too early.}\n    - call: other\n    - {if: visited(other), text: Now.}"
    assert play(scene(body, more="  other: Other.")).said[:2] == ["Other.", "Now."]


def test_numbers_saturate_at_their_bounds(play: Play) -> None:
    told = play(
        scene("    - do: [hands -= 3, tone += 99, n = 5 - 12]", variables="hands: {start: 2, min: 0}, tone: {max: 10}")
    )
    assert (told.value("hands"), told.value("tone"), told.value("n")) == (0, 10, -7)


def test_numbers_without_bounds_stay_within_a_thousand_million(play: Play) -> None:
    assert play(scene("    - do: [n = 999999999, n *= 999999999]")).value("n") == 1_000_000_000


def test_division_by_zero_gives_zero(play: Play) -> None:
    assert play(scene("    - do: [n = 7, n //= n - 7]")).value("n") == 0
    assert play(scene("    - do: [n = 7, n = 5 % (n - 7)]")).value("n") == 0


def test_division_rounds_down(play: Play) -> None:
    assert play(scene("    - do: n = -7 // 2")).value("n") == -4
    assert play(scene("    - do: n = -7 % 3")).value("n") == 2


def test_expressions_of_every_form(play: Play) -> None:
    true = [
        "1 < 2 <= 2 != 3", "not told and (n == 0 or 1 // n == 1)", "lean in (tone, tech)", "n not in (1, 2, 3)",
        "(3 if told else 4) == 4", "min(3, 1, 2) + max(1, 2) == 3", "abs(-4) == 4", "lean == tech", "tone != lean",
        "-n + +3 == 3", "7 % 4 * 2 - 1 == 5", "told == false", '"a" == "a"', "told in (false, true)",
    ]  # fmt: skip
    conditions = "\n".join(f"    - {{if: '{one}', do: n += 0, else: 'Not {index}.'}}" for index, one in enumerate(true))
    assert play(scene(conditions)).said == ["== Hall =="]


def test_a_formula_computes_from_its_parameters(play: Play) -> None:
    more = "formulas:\n  twice(x): x + x\n  near(x, sure:flag): twice(x) > 6 or sure"
    body = "    - {if: 'near(4, false) and near(0, true) and not near(3, false)', text: '{twice(21)}'}"
    assert play(scene(body, more=more)).said[0] == "42"


DRAWS = """
format: 1
title: T
start: opening
variables: {n: 0}
rooms: {hall: {name: Hall}}
scenes:
  opening:
    - choices:
      - label: Draw
        do: n = roll(1, 6)
        text: "{n}"
        chance: [{weight: 3, text: often}, {text: seldom}]
      - {label: Stop, goto: hall}
    - goto: opening
"""


def draws(told: Scenario, times: int) -> list[str]:
    found = []
    for _ in range(times):
        found += told.choose("Draw").said
    return found


def test_the_seed_decides_all_chance(play: Play) -> None:
    assert draws(play(DRAWS, seed=7), 10) == draws(play(DRAWS, seed=7), 10)
    assert draws(play(DRAWS, seed=7), 10) != draws(play(DRAWS, seed=8), 10)


def test_chance_keeps_to_its_bounds_and_weights(play: Play) -> None:
    counts = Counter(draws(play(DRAWS), 200))
    assert set(counts) == {"1", "2", "3", "4", "5", "6", "often", "seldom"}
    assert 120 < counts["often"] < 180


def test_a_script_that_runs_on_is_stopped_and_named(play: Play) -> None:
    told = play(scene("    - goto: round", more="  round:\n    - {if: n > 0, goto: hall}\n    - goto: round"))
    assert told.said == ["!! scene round !!"]


def test_only_what_holds_is_drawn(play: Play) -> None:
    body = """    - chance:
      - {if: n > 0, weight: 1000, text: Never.}
      - Plain.
    - chance: [{if: n > 0, text: Never.}]
    - rotate: [One., Two.]"""
    assert play(scene(body)).said[:2] == ["Plain.", "One."]


def test_what_is_drawn_once_is_not_drawn_again(play: Play) -> None:
    more = """  menu:
    - chance: [{once: true, text: Once.}]
    - choices: [{label: Round, goto: menu}]"""
    told = play(scene("    - goto: menu", more=more))
    assert told.said == ["Once."]
    assert told.choose("Round").said == []
