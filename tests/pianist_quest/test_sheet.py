"""The jury's sheet: what each juror gave and said, hung out when the story of a round has been told to the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pianist_quest.terminal.table import table_lines
from pianist_quest.terminal.wrap import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from scenario import Scenario

    Life = Callable[..., Scenario]

HEARD = "jury_delcourt.heard = 5, jury_vasseur.heard = 9, jury_krumina.heard = 4"


def sheet(play: Scenario) -> list[str]:
    return [plain_text(line) for line in table_lines(play.story, play.state, "jurors", 78, "")]


@pytest.mark.parametrize(
    ("due", "lines"),
    [
        ("with_votes", ("Marks 5, Says yes.", "Marks 9, Says recused.", "Marks 4, Says no.")),
        ("marks_only", ("Marks 5.", "Marks 9.", "Marks 4.")),
    ],
)
def test_it_tells_what_each_juror_gave_and_said(life: Life, due: str, lines: tuple[str, ...]) -> None:
    play = life(f"- do: [recused = true, {HEARD}, sheet_due = {due}]").choose("Tomorrow")
    for name, told in zip(("Armand Delcourt", "Hélène Vasseur", "Ilze Krūmiņa"), lines, strict=True):
        assert f"{name}: {told}" in sheet(play)
    assert play.value("sheet_due") == 0


def test_before_a_round_there_is_none(life: Life) -> None:
    assert sheet(life(f"- do: [{HEARD}]").choose("Tomorrow")) == ['There is no table called "jurors".']


def test_nobody_who_is_out_of_the_semi_final_sees_by_how_much(life: Life) -> None:
    play = life("- call: semi_passages")
    while play.value("round_now"):
        play.choose(play.choices[0])
    play.choose("Tomorrow")
    assert not play.value("through2")
    assert sheet(play) == ['There is no table called "jurors".']
