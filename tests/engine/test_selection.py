"""Scenes with values, counted choices, marks, picks and storylets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from scenario import Scenario

    Play = Callable[..., Scenario]


def hall(choices: str, more: str = "") -> str:
    """Return a world of one room with these choices."""
    return f"""
variables: {{n: 0, late: false}}
kinds: {{piece: {{by: text}}}}
pieces: {{k545: {{name: the Sonata, by: Mozart}}, op15: {{name: the Scenes, by: Schumann}}}}
rooms:
  hall:
    name: Hall
    choices:
{choices}
{more}
"""


def says(told: Scenario, label: str, times: int) -> list[list[str]]:
    return [told.choose(label).said for _ in range(times)]


def test_a_scene_is_given_values(play: Play) -> None:
    scenes = """scenes:
  practise(piece, hours, gladly:flag):
    - "{piece} by {piece.by}, {hours} {plural(hours, \\"hour\\")}{gladly: , gladly}."
    - if: hours > 1
      goto: practise(op15, hours - 1, not gladly)"""
    told = play(hall("      - {label: Go, call: 'practise(k545, n + 2, true)'}", scenes))
    assert told.choose("Go").said == ["the Sonata by Mozart, 2 hours, gladly.", "the Scenes by Schumann, 1 hour."]


def test_values_are_worked_out_before_any_is_put_in_its_place(play: Play) -> None:
    scenes = """scenes:
  swap(x, y):
    - "{x} {y}"
    - if: x < y
      goto: swap(y, x)"""
    assert play(hall("      - {label: Go, call: 'swap(1, 2)'}", scenes)).choose("Go").said == ["1 2", "2 1"]


def test_values_are_forgotten_when_the_player_is_free(play: Play) -> None:
    told = play(hall("      - {label: Go, call: 'say(5)'}", "scenes: {say(x): ['{x}']}"))
    before = told.state
    assert told.choose("Go").state == before


def test_a_value_outlives_a_choice_in_the_scene(play: Play) -> None:
    scenes = "scenes:\n  ask(x):\n    - choices: [Yes]\n    - '{x}'"
    assert play(hall("      - {label: Go, call: ask(7)}", scenes)).choose("Go", "Yes").said == ["7"]


def test_a_choice_can_be_taken_a_few_times(play: Play) -> None:
    told = play(hall("      - {label: Knock, times: 2, text: Knock.}\n      - Wait"))
    assert told.choose("Knock", "Knock").choices == ["Wait"]


def test_choices_have_marks_and_marks_are_counted(play: Play) -> None:
    told = play(
        hall("      - {label: Knock, mark: knocked}\n      - {label: Ask, text: '{count(knocked)} {seen(knocked)}'}")
    )
    assert told.choose("Ask").said == ["0 no"]
    assert told.choose("Knock", "Knock", "Ask").said == ["2 yes"]


def test_the_turns_since_a_mark(play: Play) -> None:
    told = play(hall("      - {label: Knock, mark: knocked}\n      - {label: Ask, text: '{since(knocked)}'}"))
    assert told.choose("Ask").said == ["-1"]
    told.choose("Knock").wait(3)
    assert told.choose("Ask").said == ["4"]
    assert told.choose("Knock", "Ask").said == ["1"]


def test_scenes_are_counted(play: Play) -> None:
    told = play(
        hall("      - {label: Go, call: round}\n      - {label: Ask, text: '{count(round)}'}", "scenes: {round: x}")
    )
    assert told.choose("Go", "Go", "Ask").said == ["2"]


def test_rooms_are_counted_and_the_turns_in_one(play: Play) -> None:
    world = """
rooms:
  hall: {name: Hall, exits: {out: yard}, choices: [{label: Ask, text: "{count(hall)} {since(hall)} {since(yard)}"}]}
  yard: {name: Yard, exits: {in: hall}}
"""
    told = play(world).wait(2)
    assert told.choose("Ask").said == ["1 2 -1"]
    assert told.go("out", "in").choose("Ask").said == ["2 1 2"]


def test_the_best_step_has_most_conditions_then_rests_longest(play: Play) -> None:
    told = play(
        hall("""      - label: Ask
        best:
          - text: Anything.
          - {if: n == 0, text: A.}
          - {if: n == 0, text: B.}
          - {if: [n == 0, late], text: Late.}
          - {if: n == 0 and late and at(hall), text: Latest., once: true}
      - {label: Late, do: late = true}
      - {label: Count, do: n += 1}""")
    )
    assert says(told, "Ask", 3) == [["A."], ["B."], ["A."]]
    told.choose("Late")
    assert says(told, "Ask", 2) == [["Latest."], ["Late."]]
    assert told.choose("Count", "Ask").said == ["Anything."]


def test_rotating_takes_the_least_recent_of_those_that_hold(play: Play) -> None:
    told = play(
        hall("""      - label: Ask
        rotate: [{text: A.}, {if: late, text: B.}, {text: C.}]
        then: After.
      - {label: Late, do: late = true}""")
    )
    assert [one[0] for one in says(told, "Ask", 3)] == ["After.", "After.", "After."]
    assert [one[1] for one in says(told, "Ask", 2)] == ["C.", "A."]
    assert told.choose("Late", "Ask").said == ["After.", "B."]


STORYLETS = """
storylets:
  melon: {tags: market, text: A melon rolls by.}
  thief: {tags: [market, night], if: late, priority: 1, once: true, text: A hand in your pocket.}
  owl: {tags: night, weight: 3, text: An owl.}
  bat: {tags: night, text: A bat.}
"""
DEALS = """      - {label: Market, storylet: market, text: You look about.}
      - {label: Night, storylet: night}
      - {label: Late, do: late = true}
      - {label: Ask, text: "{storylet(market)}"}"""


def test_a_storylet_is_drawn_by_its_tag_and_conditions(play: Play) -> None:
    told = play(hall(DEALS, STORYLETS))
    assert told.choose("Market").said == ["You look about.", "A melon rolls by."]
    assert told.choose("Late", "Night").said == ["A hand in your pocket."]
    seen = {told.choose("Night").said[0] for _ in range(30)}
    assert seen == {"An owl.", "A bat."}


def test_the_heavier_storylet_comes_more_often(play: Play) -> None:
    told = play(hall(DEALS, STORYLETS))
    drawn = [told.choose("Night").said[0] for _ in range(100)]
    assert 60 < drawn.count("An owl.") < 90


def test_where_no_storylet_is_open_play_goes_on(play: Play) -> None:
    choices = "      - {label: Go, storylet: rare, goto: away}\n      - {label: Ask, text: '{storylet(rare)}'}"
    more = "storylets: {never: {tags: rare, if: late, text: Never.}}\nscenes: {away: You go on.}"
    told = play(hall(choices, more))
    assert told.choose("Go").said == ["You go on."]
    assert told.choose("Ask").said == ["no"]


def test_a_storylet_with_a_choice_comes_back(play: Play) -> None:
    choices = "      - {label: Go, call: outer}"
    more = (
        "storylets: {dog: {tags: street, choices: [Pat it], then: A dog.}}\n"
        "scenes: {outer: [{storylet: street}, Further on.]}"
    )
    told = play(hall(choices, more))
    assert told.choose("Go").choices == ["Pat it"]
    assert told.choose("Pat it").said == ["Further on."]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("words(n + 42)", "forty-two"),
        ("words(0 - 101)", "minus one hundred and one"),
        ("words(1234567)", "one million two hundred and thirty-four thousand five hundred and sixty-seven"),
        ("ordinal(1)", "first"),
        ("ordinal(12)", "twelfth"),
        ("ordinal(20)", "twentieth"),
        ("ordinal(121)", "one hundred and twenty-first"),
        ('plural(1, "mouse", "mice")', "mouse"),
        ('plural(3, "mouse", "mice")', "mice"),
        ('cap(plural(2, "key"))', "Keys"),
        ("a(lamp)", "an old lamp"),
        ("the(lamp)", "the old lamp"),
        ("a(ene)", "Ene"),
        ("cap(the(salt))", "The salt"),
        ("list(hall)", "an old lamp, some salt and Ene"),
        ("list(player)", "nothing"),
        ("where(lamp)", "Hall"),
        ("place()", "Hall"),
        ("where(lamp) == place() and where(lamp) == hall", "yes"),
    ],
)
def test_words_in_texts(play: Play, form: str, shown: str) -> None:
    more = """items: {lamp: {name: old lamp, at: hall}, salt: {name: some salt, at: hall}}
characters: {ene: {name: Ene, at: hall}}"""
    quoted = form.replace('"', '\\"')
    told = play(hall(f'      - {{label: Say, text: "{{{quoted}}}"}}', more))
    assert told.choose("Say").said == [shown]
