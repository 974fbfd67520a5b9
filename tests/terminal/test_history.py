"""HISTORY, UNDO TO and BOOKMARK, and the list of all that is possible."""

from __future__ import annotations

import pytest

from pianist_quest.terminal.possible import possible_lines
from pianist_quest.terminal.session import Session
from pianist_quest.terminal.wrap import plain_text
from terminal.den import DEN
from terminal.house import HOUSE, after, story


@pytest.fixture
def session() -> Session:
    found = Session.new(HOUSE, 1)
    for line in ("n", "open the window", "e"):
        found.type(line)
    return found


def place(session: Session) -> str:
    return HOUSE.things[session.now.state.place].key


def test_history_tells_what_was_done_and_what_came_of_it(session: Session) -> None:
    assert session.type("history").said[:-1] == (
        "0. the beginning: The hall. A draught. You can see a red jar ...",
        "1. go north: The kitchen. Steam.",
        "2. Open the window: Air.",
        "3. go east: The yard. Sun.",
    )


def test_history_of_so_many_turns(session: Session) -> None:
    assert session.type("history 2").said[0].startswith("2. ")
    assert session.type("history x").stopped


@pytest.mark.parametrize(
    ("name", "turn"), [("1", 1), ("2", 2), ("air", 2), ("the kitchen", 2), ("go north", 1), ("beginning", 0)]
)
def test_undo_to_a_number_or_words(session: Session, name: str, turn: int) -> None:
    answer = session.type(f"undo to {name}")
    assert answer.said[0].startswith(f"Undone, back to {turn}. ")
    assert (len(session.moments) - 1, answer.moved) == (turn, True)


@pytest.mark.parametrize("name", ["3", "9", "99999999999", "the moon", "-1", ""])
def test_undo_to_nothing_known_stays(session: Session, name: str) -> None:
    answer = session.type(f"undo to {name}".strip())
    assert (answer.stopped, len(session.moments)) == (True, 4)


def test_a_bookmark_is_come_back_to(session: Session) -> None:
    assert "UNDO TO BEFORE DREAM" in session.type("bookmark Before  dream").said[0]
    session.type("w")
    assert "3. [before dream] go east" in session.type("history").said[3]
    session.type("undo to before dream")
    assert place(session) == "yard"
    assert session.type("bookmark").said[0] == "before dream: turn 3."


def test_a_bookmark_goes_with_the_turn_it_marks(session: Session) -> None:
    session.type("bookmark sun")
    session.type("undo 2")
    assert session.bookmarks == {}


def test_what_was_undone_can_be_done_again_with_its_bookmarks(session: Session) -> None:
    session.type("bookmark sun")
    assert "REDO 3 comes back from there" in session.type("undo to 0").said[0]
    assert session.type("redo").said == ("Done again.",)
    assert (place(session), session.bookmarks) == ("kitchen", {})
    assert session.type("redo 9").said == ("Done again: two turns. There are no more.",)
    assert (place(session), session.bookmarks) == ("yard", {"sun": 3})


def test_what_was_undone_in_several_steps_is_done_again_in_one(session: Session) -> None:
    session.type("undo")
    session.type("undo 2")
    session.type("redo 3")
    assert place(session) == "yard"


def test_once_play_goes_on_nothing_is_done_again(session: Session) -> None:
    session.type("undo 2")
    session.type("s")
    answer = session.type("redo")
    assert (answer.stopped, place(session)) == (True, "hall")


def test_a_bookmark_is_known_by_some_of_its_words(session: Session) -> None:
    session.type("undo")
    session.type("bookmark before the yard")
    session.type("e")
    session.type("undo to the yard")
    assert place(session) == "kitchen"


@pytest.mark.parametrize("name", ["7", "!!", "x" * 41])
def test_what_is_no_bookmark(session: Session, name: str) -> None:
    assert session.type(f"bookmark {name}").stopped
    assert session.bookmarks == {}


def test_history_goes_back_beyond_a_loaded_game(session: Session) -> None:
    later = Session.resumed(HOUSE, session.saved())
    later.type("w")
    assert later.type("history").said[:5] == (
        "0. the beginning: The hall. A draught. You can see a red jar ...",
        "1. go north: The kitchen. Steam.",
        "2. Open the window: Air.",
        "3. go east: The yard. Sun.",
        "4. go west: The kitchen. Steam.",
    )
    later.type("bookmark here")
    later.type("e")
    assert later.type("history 1").said[0].startswith("5. go east")
    later.type("undo to 1")
    assert (place(later), later.bookmarks) == ("kitchen", {})
    assert later.type("undo to 0").moved


def test_restarts_and_walks_are_turns_of_their_own(session: Session) -> None:
    session.type("go to the hall")
    session.type("restart")
    assert session.type("history 2").said[:2] == (
        "4. (turn 5) go west, go south: The kitchen. Steam. The hall. A draught. You can see ...",
        "5. (turn 0) the beginning: The hall. A draught. You can see a red jar ...",
    )


# All that is possible


def possible(scene_lines: tuple[str, ...] = (), width: int = 78) -> str:
    return "\n".join(plain_text(line) for line in possible_lines(after(*scene_lines), width))


def test_all_that_is_possible_is_grouped() -> None:
    text = possible()
    assert (
        "Choices\n  1. Strike the gong\n   - Ring the bell twice [someone sleeps]\nWays\n  north, up (not open)" in text
    )
    assert "People\n  Aýgül: examine, talk to" in text
    assert "ask about the photograph" in text
    assert "About the game\n  save, load" in text


def test_where_ways_lead_is_told_as_far_as_known() -> None:
    assert "south to the hall, east\n" in possible(("n",))


def test_while_a_choice_waits_there_are_only_choices() -> None:
    text = possible(("n", "e", "dream"))
    assert text.startswith("Choices\n  1. Wake up\n")
    assert "[your hands are not ready]" in text
    assert "Things" not in text


def test_nothing_out_of_reach_is_named() -> None:
    world = story(
        """
rooms: {hall: {name: Hall}, far: {name: Far}}
characters: {ene: {name: Ene, at: far}}
kinds: {piece: {n: number}}
pieces: {waltz: {name: A secret waltz}}
verbs: {play: {phrases: ["play {piece}"], rules: [{if: piece == waltz, text: La.}]}}
"""
    )
    text = "\n".join(plain_text(line) for line in possible_lines(Session.new(world, 1).now.scene, 78))
    assert "secret" not in text
    assert "play -" in text


def test_what_most_things_take_is_told_once() -> None:
    text = "\n".join(plain_text(line) for line in possible_lines(Session.new(DEN, 1).now.scene, 78))
    assert "  most things: examine" in text
    assert text.count("examine") == 3  # and one for each of two people


def test_where_one_is_already_there_is_nothing_to_go_back_to(session: Session) -> None:
    session.type("bookmark here")
    answer = session.type("undo to here")
    assert (answer.said, answer.stopped) == (("You are at that turn now: nothing was done since it was marked.",), True)
