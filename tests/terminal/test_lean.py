"""What undo keeps of each turn, and what was done: little, and the same however often it is asked for."""

from __future__ import annotations

from pianist_quest.terminal.session import Session
from terminal.house import HOUSE

LINES = ("n", "open the window", "look", "inventory", "e", "w", "s", "n", "e")


def test_of_the_turns_behind_nothing_is_kept_that_can_be_worked_out_again() -> None:
    session = Session.new(HOUSE, 1)
    for line in LINES:
        session.type(line)
        session.completions("")
    assert session.now.scene.__dict__
    assert not any(moment.scene.__dict__ for moment in session.moments[:-1])
    session.type("undo")
    assert session.completions("")


def test_a_turn_that_changes_nothing_shares_what_was_worked_out() -> None:
    session = Session.new(HOUSE, 1)
    for line in ("z", "look", "z", "inventory"):
        session.type(line)
    assert len(session.moments) == 3
    assert len({id(moment.scene) for moment in session.moments}) == 1
    session.type("n")
    assert not session.moments[0].scene.__dict__
    session.type("undo 2")
    assert session.completions("")


def test_turns_that_change_no_value_share_the_values() -> None:
    session = Session.new(HOUSE, 1)
    for line in LINES:
        session.type(line)
    values = [moment.state.values for moment in session.moments]
    assert len(set(map(id, values))) == len(set(values)) < len(values)


def test_what_was_done_is_told_the_same_when_it_is_told_after_each_turn() -> None:
    often, once = Session.new(HOUSE, 1), Session.new(HOUSE, 1)
    for line in (*LINES, "undo 3", "w", "undo", "undo", "s", "restart", "n", "undo 2", "n"):
        often.type(line)
        once.type(line)
        assert often.saved().decisions == often.decisions
    assert often.decisions == once.decisions
    assert often.saved(back=2).decisions == once.saved(back=2).decisions
