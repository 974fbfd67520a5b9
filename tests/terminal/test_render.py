"""What a player reads: wrapped by cells, styled without codes, harmless."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from pianist_quest.diagnostics.source import printable
from pianist_quest.engine.turn import Ended, Halted, Heading, Replied, Run, Told
from pianist_quest.terminal.render import page, statistics_lines, status_line, surroundings
from pianist_quest.terminal.wrap import Line, Piece, Style, plain_text, wrap
from terminal.house import HOUSE, after


def texts(lines: list[Line]) -> list[str]:
    return [plain_text(line) for line in lines]


def wrapped(text: str, width: int = 10) -> list[str]:
    return texts(wrap((Piece(text),), width))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("one two three", ["one two", "three"]),
        ("  one   two\tsix", ["one two", "six"]),
        ("one\ntwo\n\nsix", ["one", "two", "six"]),
        ("abcdefghijklm", ["abcdefghij", "klm"]),
        ("x abcdefghijklm", ["x", "abcdefghij", "klm"]),
        ("钢琴钢琴钢琴钢琴", ["钢琴钢琴钢", "琴钢琴"]),
        ("钢琴钢琴钢。琴", ["钢琴钢琴", "钢。琴"]),
        ("Aýgül e\u0301e\u0301e\u0301e\u0301 e\u0301", ["Aýgül e\u0301e\u0301e\u0301e\u0301", "e\u0301"]),
        ("ab\x1b[2Jcd", ["ab<1b>[2Jc", "d"]),
        ("a\rb", ["ab"]),
    ],
)
def test_lines_are_filled_by_cells(text: str, lines: list[str]) -> None:
    assert wrapped(text) == lines


@pytest.mark.parametrize("whole", ["👩\u200d🎤", "👍🏽", "🇹🇲", "e\u0301\u0323"])
def test_what_is_one_character_to_a_reader_is_never_broken(whole: str) -> None:
    lines = wrapped(whole * 40)
    assert len(lines) > 1
    assert all(line.replace(whole, "") == "" for line in lines)


def test_hanging_indents() -> None:
    assert texts(wrap((Piece("one two three"),), 11, " 1. ", "    ")) == [" 1. one two", "    three"]


def test_a_word_in_two_styles_stays_together() -> None:
    lines = wrap((Piece("one tw"), Piece("oo", Style.EMPHASIS), Piece("!")), 10)
    assert lines == [(Piece("one two"[:6]), Piece("oo", Style.EMPHASIS), Piece("!"))]
    assert texts(wrap((Piece("one two "), Piece("th", Style.STRONG), Piece("ree")), 10)) == ["one two", "three"]


def test_the_space_between_words_of_one_style_has_it_too() -> None:
    assert wrap((Piece("a b", Style.STRONG),), 10) == [(Piece("a b", Style.STRONG),)]


@given(st.lists(st.tuples(st.text(max_size=40), st.sampled_from(list(Style))), max_size=5), st.integers(1, 80))
def test_no_line_is_wider_than_it_may_be_and_nothing_is_lost(parts: list[tuple[str, Style]], width: int) -> None:
    lines = texts(wrap([Piece(*part) for part in parts], width))
    for line in lines:
        assert wcswidth(line) <= max(width, 10)
        assert printable(line) == line
    whole = "".join(text for text, _ in parts)
    kept = printable(whole.replace("\t", " ").replace("\r", "").replace("\xad", ""))
    assert "".join("".join(lines).split(" ")) == "".join(kept.replace("\n", " ").split(" "))


def test_events_read_as_a_page() -> None:
    events = (
        Heading("Hall"),
        Told((Run("A "), Run("draught", emphasis=True), Run(".\n\nA door.\nAjar."))),
        Replied("You see a lamp here."),
        Ended("floor", "Floor", 2),
        Halted("scene dream"),
    )
    lines = page(events, 200)
    assert (
        "\n".join(texts(lines))
        == """Hall
A draught.

A door.
Ajar.

You see a lamp here.

*** Floor *** (ending 2)

The story is over. You can undo, restart, load or quit.

[The scene dream ran on too long and was stopped: a mistake in this world.]"""
    )
    assert lines[0] == (Piece("Hall", Style.HEADING),)
    assert lines[1] == (Piece("A "), Piece("draught", Style.EMPHASIS), Piece("."))


def test_open_choices_have_numbers_and_closed_ones_reasons() -> None:
    scene = after()
    assert texts(surroundings(HOUSE, scene.state, 80)) == [
        "",
        "  1. Strike the gong",
        "   - Ring the bell twice [someone sleeps]",
        "",
        "Exits: north, up",
    ]
    scene = after("n", "e", "dream")
    assert texts(surroundings(HOUSE, scene.state, 80)) == [
        "",
        "  1. Wake up",
        "   - Fly [your hands are not ready]",
        "  2. Go on falling",
    ]


def test_known_rooms_are_named_in_the_ways_out() -> None:
    assert texts(surroundings(HOUSE, after("n").state, 80))[-1] == "Exits: south (the hall), east"


def test_the_status_line_in_bars_and_in_words() -> None:
    state = after().state
    assert status_line(HOUSE, state, bars=True) == "Week 1 | Hands ▮▮▮▯▯▯▯▯▯▯ 3/10"
    assert status_line(HOUSE, state, bars=False) == "Week 1 | Hands 3 of 10"


def test_statistics_are_grouped_and_a_things_values_are_told_when_they_have_changed() -> None:
    state = after().state
    assert list(statistics_lines(HOUSE, state)) == ["Hands: 3 of 10"]
    bond = next(number for number, slot in enumerate(HOUSE.slots) if slot.label == "Bond")
    changed = replace(state, values=(*state.values[:bond], 3, *state.values[bond + 1 :]))
    assert list(statistics_lines(HOUSE, changed)) == ["Hands: 3 of 10", "Aýgül - Bond: 3 of 5"]
