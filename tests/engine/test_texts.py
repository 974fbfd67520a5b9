"""What texts show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.engine.turn import Run, Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from scenario import Scenario

    Play = Callable[..., Scenario]


def hall(text: str) -> str:
    """Return a world of one room with a text, shown by looking."""
    block = "\n".join(f"      {line}" for line in text.split("\n"))
    return f"""
variables: {{week: 3, told: true, who: {{kind: character, start: ene}}, lean: {{one_of: [tech, tone]}}, town: Ashgabat}}
kinds: {{character: {{plays: text}}}}
characters: {{ene: {{name: Ene, plays: gopuz, at: hall, listed: false}}}}
rooms:
  hall:
    name: Hall
    text: |
{block}
"""


def shown(told: Scenario) -> str:
    return told.look().said[1]


def test_values_of_every_type(play: Play) -> None:
    told = play(hall("{week} {told} {lean} {who} {town} {ene.plays} {week * 2}"))
    assert shown(told) == "3 yes tech Ene Ashgabat gopuz 6"


def test_conditions_and_what_they_leave_out(play: Play) -> None:
    assert shown(play(hall("It {told: is | is not} so{week > 3: , surely}."))) == "It is so."


def test_a_form_that_shows_nothing_leaves_one_space(play: Play) -> None:
    assert shown(play(hall("One {week > 3: never} two."))) == "One two."


def test_alternatives_stop_cycle_and_run_out(play: Play) -> None:
    told = play(hall("{a|b|c} {&x|y} {!once|twice}."))
    texts = [told.said[1], *(shown(told) for _ in range(4))]
    assert texts == ["a x once.", "b y twice.", "c x .", "c y .", "c x ."]


def test_a_shuffle_shows_all_before_any_again(play: Play) -> None:
    told = play(hall("{~a|b|c|d}"))
    texts = [told.said[1], *(shown(told) for _ in range(11))]
    rounds = [texts[start : start + 4] for start in range(0, 12, 4)]
    assert all(sorted(one) == ["a", "b", "c", "d"] for one in rounds)
    assert len({tuple(one) for one in rounds}) > 1


def test_forms_nest(play: Play) -> None:
    told = play(hall("{first|{told: {&really|truly} again}}"))
    assert [told.said[1], shown(told), shown(told), shown(told)] == [
        "first",
        "really again",
        "truly again",
        "really again",
    ]


def test_paragraphs_and_line_breaks(play: Play) -> None:
    assert shown(play(hall("One\nline.\n\nTwo\\\nlines."))) == "One line.\n\nTwo\nlines."


def test_escapes(play: Play) -> None:
    assert shown(play(hall(r"\{week\} \*stars\* a \| b \\"))) == r"{week} *stars* a | b " + "\\"


def test_emphasis_makes_runs(play: Play) -> None:
    told = play(hall("So *very {told: quiet}* and **loud**, 2 * 3 * 4."))
    events = [event for event in told.turn.events if isinstance(event, Told)]
    assert events[0].runs == (
        Run("So "), Run("very quiet", emphasis=True), Run(" and "), Run("loud", strong=True), Run(", 2 * 3 * 4."),
    )  # fmt: skip
