"""Texts one below the other, read through a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.terminal.full.book import Book, Row
from pianist_quest.terminal.wrap import Piece, Style, plain_text, wrap

if TYPE_CHECKING:
    from pianist_quest.terminal.full.book import Block


def text(words: str) -> Block:
    return lambda width: [Row(line) for line in wrap((Piece(words),), width)]


def rows(name: str, count: int) -> Block:
    return lambda _: [Row((Piece(f"{name}{at}"),), pick=at) for at in range(count)]


def seen(book: Book, height: int, width: int = 20) -> str:
    return " ".join(plain_text(row.line) for row in book.window(width, height)).rstrip()


def test_a_window_is_always_as_high_as_it_was_asked_to_be() -> None:
    assert (
        len(Book().window(20, 5)) == len(Book([rows("a", 2)]).window(20, 5)) == len(Book([rows("a", 9)]).window(20, 5))
    )


def test_what_is_new_is_shown_from_its_beginning_where_it_does_not_fit() -> None:
    book = Book([rows("a", 4)], rows("c", 2))
    book.add(rows("b", 5))
    book.open_at(1)
    assert seen(book, 4) == "b0 b1 b2 b3"
    assert book.below
    book.page(1)
    assert seen(book, 4) == "b3 b4 c0 c1"
    assert not book.below


def test_a_heading_is_left_above_rather_than_a_choice_below() -> None:
    title = Row((Piece("T", Style.HEADING),))
    book = Book([lambda _: [title, *rows("a", 2)(20)]], rows("c", 2))
    book.open_at(0)
    assert seen(book, 4) == "a0 a1 c0 c1"
    assert seen(book, 3) == "T a0 a1"
    book.home()
    assert seen(book, 4) == "T a0 a1 c0"
    book.open_at(0)
    assert seen(book, 4) == "a0 a1 c0 c1"
    book.scroll(-1)
    assert seen(book, 4) == "T a0 a1 c0"


def test_what_is_new_stands_at_the_end_where_it_fits() -> None:
    book = Book([rows("a", 4)], rows("c", 2))
    book.open_at(1)
    assert seen(book, 4) == "a2 a3 c0 c1"
    book.add(rows("b", 1))
    book.end_with(rows("c", 2))
    assert seen(book, 4) == "a3 b0 c0 c1"


def test_scrolling_stops_at_both_ends() -> None:
    book = Book([rows("a", 6)])
    book.end()
    assert seen(book, 3) == "a3 a4 a5"
    book.scroll(-2)
    assert seen(book, 3) == "a1 a2 a3"
    book.scroll(-9)
    assert seen(book, 3) == "a0 a1 a2"
    assert not book.above
    book.scroll(99)
    assert seen(book, 3) == "a3 a4 a5"
    book.home()
    assert seen(book, 3) == "a0 a1 a2"
    assert book.below


def test_another_width_keeps_the_words_on_top() -> None:
    words = " ".join(f"word{number:02}" for number in range(60))
    book = Book([text("before"), text(words), text("after")])
    book.home()
    book.window(20, 3)
    book.scroll(11)
    top = seen(book, 3).split()[0]
    for width in (13, 61, 10, 27):
        assert top in plain_text(book.window(width, 3)[0].line)
    assert plain_text(book.window(20, 3)[0].line).startswith(top)


def test_at_the_end_another_size_stays_at_the_end() -> None:
    book = Book([text("one two three four five six seven")])
    book.end()
    for width, height in ((30, 3), (10, 2), (80, 5), (12, 1)):
        assert seen(book, height, width).endswith("seven")


def test_all_words_can_be_read_at_any_width() -> None:
    words = [f"w{number}" for number in range(40)]
    book = Book([text(" ".join(words))])
    for width in (10, 17, 40):
        book.home()
        read = seen(book, 3, width).split()
        while book.below:
            book.scroll(1)
            read += plain_text(book.window(width, 3)[-1].line).split()
        assert read == words


def test_what_is_picked_comes_into_sight() -> None:
    book = Book([rows("a", 5)], rows("c", 9))
    book.home()
    book.window(20, 4)
    book.reveal(2)
    assert seen(book, 4) == "a4 c0 c1 c2"
    book.reveal(8)
    assert seen(book, 4) == "c5 c6 c7 c8"
    book.reveal(0)
    assert seen(book, 4) == "c0 c1 c2 c3"
    book.reveal(1)
    assert seen(book, 4) == "c0 c1 c2 c3"
