"""TABLE and DAYS: what STATUS tells, side by side, and day by day."""

from __future__ import annotations

import pytest

from pianist_quest.terminal.columns import Columns, column_lines
from pianist_quest.terminal.days import ASCII_MARKS, days_lines
from pianist_quest.terminal.session import Session
from pianist_quest.terminal.table import news, table_lines
from pianist_quest.terminal.wrap import cells, plain_text
from terminal.house import story

WORLD = story("""
format: 1
title: Competition
start: hall
status: ["{day == 1: Monday | {day == 2: Tuesday | Wednesday}}", {meter: hands, of: 10, label: Hands}]
variables:
  day: {start: 1, min: 1, max: 3}
  hands: {start: 9, min: 0, max: 10, label: Hands}
  practised: {start: false, label: An hour}
  piece: {kind: piece, label: Piece}
kinds:
  piece: {}
  juror:
    marks: {start: 0, min: 0, max: 20, label: Marks}
    says: {one_of: [unsaid, "no", "yes"], start: unsaid, label: Says}
pieces: {sonata: {name: Sonata}}
jurors: {ruth: {name: Ruth}, emi: {name: Emi}, ilze: {name: Ilze}}
rooms:
  hall:
    name: Hall
    choices:
      - {label: Practise, do: [practised = true, piece = sonata, hands -= 2], text: Done.}
      - {label: Sleep, do: [practised = false, day += 1], text: Done.}
      - {label: Meet Ruth, do: ruth.marks += 1, text: Done.}
      - {label: Play, do: [ruth.marks = 9, emi.marks = 12, ruth.says = yes, emi.says = yes, ilze.says = no], text: A.}
      - label: Wipe the board
        do: [ruth.marks = 0, emi.marks = 0, ruth.says = unsaid, emi.says = unsaid, ilze.says = unsaid]
        text: Wiped.
""")


def played(*lines: str) -> Session:
    session = Session.new(WORLD, 1)
    for line in lines:
        session.type(line)
    return session


def table(session: Session, name: str = "", rule: str = "-", width: int = 78) -> list[str]:
    return [plain_text(line) for line in table_lines(WORLD, session.now.state, name, width, rule)]


def days(session: Session, name: str = "", rule: str = "-", width: int = 78) -> list[str]:
    lines = days_lines(WORLD, session.game(), name, width, rule, ASCII_MARKS)
    return [plain_text(line) for line in lines]


def test_things_of_a_kind_stand_side_by_side() -> None:
    assert table(played("play")) == [
        "Juror     Marks  Says",
        "--------  -----  -----------",
        "Ruth          9  yes",
        "Emi          12  yes",
        "Ilze          0  no",
        "--------  -----  -----------",
        "Together     21  2 yes, 1 no",
    ]


def test_for_those_who_hear_it_a_table_is_sentences() -> None:
    wanted = ["Ruth: Marks 9, Says yes.", "Emi: Marks 12, Says yes.", "Ilze: Marks 0, Says no."]
    assert table(played("play"), rule="")[:3] == table(played("play"), width=25)[:3] == wanted


def test_what_has_not_changed_is_not_told_yet() -> None:
    assert table(played()) == ["There is nothing to set side by side yet."]
    assert table(played("meet ruth")) == ["Juror  Marks", "-----  -----", "Ruth       1"]
    assert table(played("play"), "pianos") == ['There is no table called "pianos".']
    for name in ("jurors", "marks"):
        assert table(played("play"), name) == table(played("play"))


def test_a_name_asks_for_a_row() -> None:
    assert table(played("play"), "emi") == ["Juror  Marks  Says", "-----  -----  ----", "Emi       12  yes"]


def test_what_begins_in_the_middle_and_how_people_stand_is_not_added_up() -> None:
    world = story("""
format: 1
title: T
start: hall
rooms:
  hall: {name: Hall, choices: [{label: Smile, do: [ene.bond = 3, rejep.bond = 4, red.heat = 3, blue.heat = 4]}]}
kinds: {jar: {heat: {start: 2, label: Heat}}}
jars: {red: {name: Red}, blue: {name: Blue}}
characters:
  ene: {name: Ene, at: hall, bond: {start: 0, label: Bond}}
  rejep: {name: Rejep, at: hall, bond: {start: 0, label: Bond}}
""")
    session = Session.new(world, 1)
    session.type("smile")
    told = [plain_text(line) for line in table_lines(world, session.now.state, "", 78, "")]
    assert [line for line in told if line] == ["Ene: Bond 3.", "Rejep: Bond 4.", "Red: Heat 3.", "Blue: Heat 4."]


def test_a_turn_that_changes_most_of_a_table_shows_it() -> None:
    for line, kinds in (("play", ("juror",)), ("meet ruth", ()), ("practise", ())):
        session = played(line)
        assert news(session.moments[-2], session.moments[-1]) == kinds


def test_each_day_tells_what_was_done_and_what_changed() -> None:
    assert days(played("practise", "sleep", "sleep", "practise")) == [
        "  When       What              Changes",
        "-----------  ----------------  --------",
        "# Monday     Practise, Sonata  Hands -2",
        ". Tuesday",
        "# Wednesday  Practise          Hands -2",
    ]


def test_a_day_on_which_no_words_were_set_tells_its_last_choices() -> None:
    assert days(played("meet ruth"), rule="") == ["Monday: Meet Ruth."]


def test_days_in_sentences_and_one_of_them() -> None:
    session = played("practise", "sleep")
    assert days(session, rule="") == ["Monday: Practise, Sonata, Hands -2.", "Tuesday: -."]
    assert days(session, "monday", rule="") == ["Monday: Practise, Sonata, Hands -2."]
    assert days(session, "friday") == ['No part of the game is called "friday".']


@pytest.mark.parametrize("width", [20, 30, 40, 78])
def test_words_give_way_until_all_fits(width: int) -> None:
    long = "Rachmaninoff's second Concerto, backwards and from the middle"
    columns = Columns(("When", "What", "N"), (("Monday", long, "12"), ("Tuesday", "-", "3")), numbers=frozenset({2}))
    lines = [plain_text(line) for line in column_lines(columns, width, "-")]
    assert max(cells(line) for line in lines) <= width
    assert all(any(word in line for line in lines) for word in long.split())


def test_a_table_in_which_nothing_is_left_does_not_show_itself() -> None:
    session = played("play")
    before = session.now
    session.type("wipe the board")
    assert news(before, session.now) == ()
