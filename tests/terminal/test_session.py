"""A game being played: turns, undo, restart, questions and their answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pianist_quest.engine.turn import Go, Heading
from pianist_quest.saves.codec import Saved
from pianist_quest.terminal import session as module
from pianist_quest.terminal.command import Act, Meta
from pianist_quest.terminal.session import Answer, Session
from terminal.house import HOUSE, story


@pytest.fixture
def session() -> Session:
    return Session.new(HOUSE, 1)


def place(session: Session) -> str:
    return HOUSE.things[session.now.state.place].key


def test_a_turn(session: Session) -> None:
    answer = session.type("north")
    assert (answer.events[0], answer.moved, answer.around) == (Heading("The kitchen"), True, True)
    assert (place(session), session.now.turn) == ("kitchen", 1)


def test_looking_is_no_turn_and_nothing_to_undo(session: Session) -> None:
    assert not session.type("x red").moved
    assert session.type("look").around
    assert session.type("undo").said == ("There is nothing to undo.",)


def test_waiting_is_a_turn_though_nothing_changes(session: Session) -> None:
    assert session.type("wait").moved
    assert session.now.turn == 1


def test_undo_without_limit(session: Session) -> None:
    first = session.now
    for _ in range(60):
        session.type("n")
        session.type("s")
    for _ in range(120):
        assert session.type("undo").moved
    assert session.now is first


def test_restart_begins_anew_and_can_be_undone(session: Session) -> None:
    session.type("n")
    assert "From the beginning" in session.type("restart").said[0]
    assert (place(session), session.now.turn) == ("hall", 0)
    session.type("undo")
    assert place(session) == "kitchen"


def test_a_walk_is_one_turn_to_undo_and_counts_each_step(session: Session) -> None:
    for line in ("n", "e"):
        session.type(line)
    session.type("go to the hall")
    assert (place(session), session.now.turn) == ("hall", 4)
    session.type("undo")
    assert place(session) == "yard"


def test_a_walk_ends_where_something_comes_between() -> None:
    world = story(
        """
variables: {told: false}
rooms:
  hall: {name: Hall, exits: {north: mid}}
  mid:
    name: Mid
    exits: {south: hall, north: far}
    leave:
    - if: told
      choices: [{label: Stop, goto: mid}, Go on]
  far: {name: Far, exits: {south: mid}, enter: {do: told = true}}
"""
    )
    session = Session.new(world, 1)
    for line in ("n", "n", "go to hall"):
        session.type(line)
    assert (session.now.scene.labels[0][1], session.now.turn) == ("Stop", 4)


def test_yes_takes_what_was_meant(session: Session) -> None:
    assert session.type("x upwright").said == ('Did you mean "examine upright piano"?',)
    assert "".join(run.text for run in session.type("y").events[0].runs) == "It stands."  # type: ignore[union-attr] # it is told
    assert "yes" in session.type("yes").said[0]


def test_a_question_is_answered_by_the_word_that_was_missing(session: Session) -> None:
    session.type("take jar")
    session.type("blue")
    assert "drop blue jar" in session.completions("drop")


def test_again(session: Session) -> None:
    assert session.type("g").said
    session.type("wait")
    session.type("again")
    assert session.now.turn == 2


@pytest.mark.parametrize("line", ["save", "load x", "saves", "transcript", "quit"])
def test_what_others_have_to_do_is_asked_of_them(session: Session, line: str) -> None:
    word, _, name = line.partition(" ")
    assert session.type(line) == Answer(request=Meta(word, name))


def test_words_about_the_game(session: Session) -> None:
    assert session.type("status").said == (
        "Week 1 | Hands 3 of 10",
        "Hands: 3 of 10",
        "Turn 0.",
    )
    assert session.type("about").said == ("A House by A. Writer", "A house with two floors.")
    assert "undo" in session.type("help").said[-1]
    assert session.summary == "The hall, Week 1"


def test_look_while_a_choice_waits_shows_it_again(session: Session) -> None:
    for line in ("n", "e", "dream"):
        session.type(line)
    answer = session.type("look")
    assert (answer.events, answer.moved, answer.around) == (session.now.shown, False, True)


def test_after_the_end(session: Session) -> None:
    for line in ("n", "e", "dream", "go on falling"):
        session.type(line)
    assert session.summary.startswith("The end: The Floor, The yard")
    assert session.type("wait").said == ("The story is over. You can undo, restart, load or quit.",)
    assert session.type("undo").moved


def test_what_is_offered_is_shown_again_only_when_it_changes(session: Session) -> None:
    session.type("n")
    assert not session.type("wait").around
    answer = session.type("open the window")
    assert not answer.around
    session.type("s")
    assert "Ring the bell twice" in [label for _, label in session.now.scene.labels]


def test_a_save_is_gone_on_with_and_undo_leads_back(session: Session) -> None:
    other = Session.new(HOUSE, 5)
    other.type("n")
    answer = session.restore(Saved(other.now.state, 9, other.now.shown, ("A is gone.",)))
    assert (answer.said, answer.moved, place(session), session.now.turn) == (("A is gone.",), True, "kitchen", 9)
    session.type("undo")
    assert place(session) == "hall"
    assert Session.resumed(HOUSE, Saved(other.now.state, 9, ())).now.turn == 9


def resumed(session: Session) -> Session:
    """The session as it goes on after quitting."""
    return Session.resumed(HOUSE, session.saved())


def test_undo_goes_on_after_quitting(session: Session) -> None:
    for line in ("n", "wait", "s"):
        session.type(line)
    again = resumed(session)
    assert again.type("undo 2").said == ("Undone: two turns.",)
    assert place(again) == "kitchen"
    again.type("undo")
    assert place(again) == "hall"
    assert again.type("undo").said == ("There is nothing to undo.",)


def test_what_was_done_is_told_since_the_beginning_also_of_a_loaded_game(session: Session) -> None:
    session.type("n")
    again = resumed(resumed(session))
    again.type("s")
    told = again.decisions
    again.type("restart")
    assert (told, again.decisions) == (("go north", "go south"), ())


def test_of_a_game_whose_past_is_not_known_none_is_told(session: Session) -> None:
    old = Session.resumed(HOUSE, Saved(session.now.state, 4, ()))
    old.type("n")
    assert old.decisions is None
    assert old.type("undo 5").said == ("Undone: one turn. There are no more.",)


@pytest.mark.parametrize("decisions", [("go north", "go north"), ("fly",), ("choose 99",), ("go south",)])
def test_a_past_that_leads_elsewhere_is_left_alone(session: Session, decisions: tuple[str, ...]) -> None:
    other = Session.resumed(HOUSE, Saved(session.now.state, 4, (), decisions=decisions))
    assert other.type("undo").said == ("There is nothing to undo.",)
    assert place(other) == "hall"


def test_completions_have_the_words_about_the_game(session: Session) -> None:
    assert session.completions("sa") == ("save", "saves")
    assert "save" not in session.completions("")


def test_an_action_that_cannot_be_done_after_all_is_no_accident(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "understand", lambda *_: Act((Go("sideways"),)))
    assert session.type("sideways").said == ("That cannot be done now.",)


LINES = st.sampled_from(
    ["n", "s", "e", "w", "1", "2", "take red", "drop red", "undo", "restart", "look", "talk to mother", "yes", "jar"]
)


@given(st.lists(LINES, max_size=25))
@pytest.mark.usefixtures("uncounted")
def test_the_same_lines_make_the_same_game(lines: list[str]) -> None:
    one, other = Session.new(HOUSE, 3), Session.new(HOUSE, 3)
    assert [one.type(line) for line in lines] == [other.type(line) for line in lines]
    while one.type("undo").moved:
        pass
    assert one.now.state == Session.new(HOUSE, 3).now.state


def test_where_the_explorer_gives_no_hints_a_verb_of_the_worlds_does() -> None:
    world = story("rooms: {hall: {name: Hall}}\nverbs: {hint: {phrases: [hint], otherwise: Look up.}}\n")
    answer = Session.new(world, 1).type("hint")
    assert "".join(run.text for event in answer.events for run in getattr(event, "runs", ())) == "Look up."
