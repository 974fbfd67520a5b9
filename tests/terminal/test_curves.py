"""How numbers have gone over a game: bars where pictures are wanted, words everywhere."""

from __future__ import annotations

from pianist_quest.terminal.curves import ASCII_BARS, BARS, bar_line, curve_lines
from pianist_quest.terminal.session import Session
from pianist_quest.terminal.wrap import cells, plain_text
from terminal.house import story

ROOM = story("""
format: 1
title: Curves
start: hall
variables:
  hands: {start: 3, min: 0, max: 7, label: Hands}
  fame: {start: 0, label: Fame}
  still: {start: 1, label: Still}
kinds: {piece: {skill: {start: 0, min: 0, max: 4, label: Skill}}}
pieces: {sonata: {name: Sonata}}
rooms:
  hall:
    name: Hall
    choices:
      - {label: Practise, do: [hands += 2, fame += 500, sonata.skill += 1], text: You do.}
      - {label: Rest, do: hands -= 3, text: You do.}
      - {label: Stay, do: still = 1, text: You do.}
""")


def shown(session: Session, name: str = "", width: int = 78, bars: str = "") -> list[str]:
    return [plain_text(line) for line in curve_lines(ROOM, session.game(), name, width, bars)]


def played(*lines: str) -> Session:
    session = Session.new(ROOM, 1)
    for line in lines:
        session.type(line)
    return session


def test_what_has_changed_is_told_from_the_first_turn_to_this() -> None:
    session = played("practise", "practise", "rest", "stay")
    assert shown(session) == [
        "Hands: 3 at first, 7 in turn 2, 4 now",
        "Fame: 0 at first, 1000 now",
        "Sonata, Skill: 0 at first, 2 now",
    ]
    assert shown(session, "skill") == ["Sonata, Skill: 0 at first, 2 now"]
    assert shown(session, "foot") == ['Nothing called "foot" has changed.']
    assert shown(played("stay")) == ["Nothing that STATUS tells has changed yet."]


def test_bars_stand_before_the_words_and_are_as_high_as_the_bounds_allow() -> None:
    session = played("practise", "practise", "rest")
    assert shown(session, "hands", bars=BARS) == ["Hands: ▄▆█▅  3 at first, 7 in turn 2, 4 now"]
    assert shown(session, "hands", bars=ASCII_BARS) == ["Hands: =*#+  3 at first, 7 in turn 2, 4 now"]
    assert shown(session, "fame", bars=BARS) == ["Fame: ▁▄██  0 at first, 1000 now"]


def test_many_turns_are_drawn_by_fewer_bars() -> None:
    assert bar_line(range(80), (0, 79), BARS, 200) == "".join(BARS[(2 * at + 1) * 7 // 79] for at in range(40))
    session = played(*["practise", "rest"] * 60)
    for width in (20, 40, 78):
        assert max(cells(line) for line in shown(session, width=width, bars=BARS)) <= width


def test_turns_that_were_taken_back_and_other_games_do_not_count() -> None:
    session = played("practise", "undo", "rest", "restart", "practise")
    assert shown(session, "hands") == ["Hands: 3 at first, 5 now"]


def test_a_game_that_was_loaded_is_told_from_its_beginning() -> None:
    saved = played("practise", "practise").saved()
    wanted = ["Hands: 3 at first, 7 in turn 2, 4 now"]
    for session in (Session.resumed(ROOM, saved), played("rest")):
        session.restore(saved)
        session.type("rest")
        assert shown(session, "hands") == wanted
