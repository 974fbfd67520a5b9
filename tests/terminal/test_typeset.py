"""What a player has set: the measure, the margin, the spacing, letters one by one, pages, keys."""

from __future__ import annotations

from io import StringIO
from threading import Timer
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from pianist_quest.terminal.app import AppScreen
from pianist_quest.terminal.render import said
from pianist_quest.terminal.settings import Settings
from pianist_quest.terminal.typed_out import typed_out
from pianist_quest.terminal.typeset import Typeset, spread
from pianist_quest.terminal.wrap import Piece, Style, cells, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prompt_toolkit.input import PipeInput

TEXT = "The tuner is drinking tea, off duty and intending to stay so, whatever anybody may say about the A-flat."


def shown(typeset: Typeset, columns: int) -> list[str]:
    lines = typeset.lines(lambda width: said([TEXT], width), columns)
    return [plain_text(line) for line in typeset.placed(lines, columns)]


def test_prose_is_no_wider_than_it_is_set_and_than_the_screen() -> None:
    assert max(map(len, shown(Typeset(40), 120))) <= 40
    assert max(map(len, shown(Typeset(78), 30))) <= 30
    assert 80 > max(map(len, shown(Typeset(80), 120))) > 74


def test_on_a_wider_screen_it_stands_in_the_middle() -> None:
    assert all(line.startswith(" " * 30) and line[30] != " " for line in shown(Typeset(40, centred=True), 100))
    assert shown(Typeset(40, centred=True), 40) == shown(Typeset(40), 40)


def test_the_line_being_typed_stands_below_what_is_in_the_middle(keys: PipeInput) -> None:
    out = StringIO()
    keys.send_text("look\r")
    screen(keys, out, Settings(width=40, align="centre")).ask(lambda _: (), "")
    assert f"{' ' * 10}> " in out.getvalue()


def test_wide_setting_parts_words_and_lines() -> None:
    lines = shown(Typeset(60, wide=True), 60)
    assert "The  tuner  is" in lines[0]
    assert lines[1::2] == [""] * (len(lines) // 2)
    assert " ".join(" ".join(lines).split()) == TEXT


def test_wide_setting_leaves_pictures_as_they_are() -> None:
    drawn = [(Piece("  ", Style.DRAWN), Piece("| # |")), (Piece("", Style.DRAWN), Piece("'-'-'"))]
    lines = Typeset(60, wide=True).lines(lambda _: [(Piece("Two words"),), *drawn, (Piece("so"),)], 60)
    assert [plain_text(line) for line in lines] == ["Two  words", "  | # |", "'-'-'", "", "so"]


@given(
    st.lists(st.sampled_from(["a", "tea", "\N{CJK UNIFIED IDEOGRAPH-65E5}", "intending"]), min_size=1),
    st.integers(1, 90),
)
def test_a_spread_line_has_the_same_words_and_still_fits(words: list[str], width: int) -> None:
    line = (Piece("  1. "), Piece(" ".join(words), Style.STRONG))
    made = spread(line, width)
    assert plain_text(made).split() == plain_text(line).split()
    before = cells(plain_text(line))
    assert before <= cells(plain_text(made)) <= max(before, width)
    assert [piece.style for piece in made] == [piece.style for piece in line]


@pytest.fixture
def keys() -> Iterator[PipeInput]:
    with create_pipe_input() as keys:
        yield keys


def test_letters_come_one_by_one_until_a_key_shows_the_rest(keys: PipeInput) -> None:
    written: list[Sequence[tuple[str, str]]] = []
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 3:
            keys.send_text("x")

    typed_out([("bold", "ab c"), ("", "def")], written.append, keys, 50, pause)
    assert written == [[("bold", "a")], [("bold", "b")], [("bold", " ")], [("bold", "c")], [("", "d")], [("", "ef")]]
    assert pauses == [1 / 50] * 3


def screen(keys: PipeInput, out: StringIO, settings: Settings, rows: int = 24) -> AppScreen:
    return AppScreen(keys, Vt100_Output(out, lambda: Size(rows, 60), term="xterm"), settings=settings)


def test_a_screenful_stops_where_that_is_set(keys: PipeInput) -> None:
    out = StringIO()
    keys.send_text("\rq\r")
    screen(keys, out, Settings(paging=True), rows=6).tell(
        lambda _: [(Piece(f"line {number}"),) for number in range(12)]
    )
    assert [number for number in range(12) if f"line {number}" in out.getvalue()] == list(range(8))


def test_space_goes_on_and_q_ends_without_an_enter(keys: PipeInput) -> None:
    out = StringIO()
    keys.send_text(" q")
    screen(keys, out, Settings(paging=True), rows=6).tell(
        lambda _: [(Piece(f"line {number}"),) for number in range(12)]
    )
    assert [number for number in range(12) if f"line {number}" in out.getvalue()] == list(range(8))


@pytest.mark.parametrize(("early", "later", "line"), [("2", "\r", "2"), ("look\r", "", "look"), (" ", "x\r", "x")])
def test_what_is_typed_while_text_runs_is_kept(keys: PipeInput, early: str, later: str, line: str) -> None:
    out = StringIO()
    one = screen(keys, out, Settings(speed=50))
    keys.send_text(early)
    one.tell(lambda width: said([TEXT], width))
    keys.send_text(later)
    assert one.ask(lambda _: (), "") == line


def test_esc_closes_the_menu_of_completions(keys: PipeInput) -> None:
    one = screen(keys, StringIO(), Settings())
    keys.send_text("ta\t\x1b")
    Timer(0.6, keys.send_text, ("x\r",)).start()
    assert one.ask(lambda line: tuple(word for word in ("table", "take") if word.startswith(line)), "") == "tax"


def test_a_key_types_a_command_and_what_was_typed_stays(keys: PipeInput) -> None:
    out = StringIO()
    one = screen(keys, out, Settings(keys={"f2": "map", "escape m": "marks"}))
    keys.send_text("take ha\x1bOQ")
    assert one.ask(lambda _: (), "") == "map"
    assert "map" in out.getvalue()
    keys.send_text("mmer\r")
    assert one.ask(lambda _: (), "") == "take hammer"


def test_keys_that_are_none_are_told(keys: PipeInput) -> None:
    assert screen(keys, StringIO(), Settings(keys={"f2": "map", "f99": "look"})).strange_keys() == ("f99",)


def test_meters_are_words_where_that_is_set(keys: PipeInput) -> None:
    assert not screen(keys, StringIO(), Settings(meters="words")).bars
    assert screen(keys, StringIO(), Settings()).bars
