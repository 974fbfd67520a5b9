"""A game written down as text, Markdown or HTML."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from pianist_quest.engine.turn import Run, Told
from pianist_quest.terminal.render import page, said
from pianist_quest.terminal.transcripts import transcript_file
from pianist_quest.terminal.wrap import Piece, Style, wrap

if TYPE_CHECKING:
    from pathlib import Path

    from pianist_quest.terminal.plain import TranscriptFile
    from pianist_quest.terminal.wrap import Line

LONG = "The wasp is in the A-flat, and has been there since before the house had a roof to keep it in. <b>#1*</b>"


def text(width: int) -> list[Line]:
    heading = wrap((Piece("The piano room", Style.HEADING),), width)
    told = wrap((Piece("It buzzes "), Piece("very softly", Style.EMPHASIS), Piece(". "), Piece(LONG)), width)
    return [*heading, *told, (), *wrap((Piece("Listen", Style.STRONG),), width, "   1. ", "      ")]


def written(folder: Path, name: str) -> str:
    file: TranscriptFile = transcript_file(str(folder / name))
    file.typed("look at *it*")
    file.shown(text, text(40))
    return (folder / name).read_text("utf-8")


def test_as_text_it_is_what_was_on_the_screen(tmp_path: Path) -> None:
    lines = written(tmp_path, "game.txt").splitlines()
    assert lines[1:4] == ["> look at *it*", "The piano room", "It buzzes very softly. The wasp is in"]
    assert max(map(len, lines)) <= 40


def test_as_markdown_paragraphs_are_whole_and_signs_are_no_marks(tmp_path: Path) -> None:
    lines = [line for line in written(tmp_path, "game.md").splitlines() if line]
    assert lines[0] == r"**&gt; look at \*it\***"
    assert lines[1] == "## The piano room"
    assert lines[2].startswith("It buzzes *very softly*. The wasp is in the A-flat, and has been")
    assert lines[2].endswith(r"\<b\>\#1\*\</b\>")
    assert lines[3] == "1. **Listen**"


def test_as_a_page_tags_of_a_world_are_words(tmp_path: Path) -> None:
    page = written(tmp_path, "game.HTML")
    assert page.startswith("<!DOCTYPE html>")
    assert '<p class="typed">&gt; look at *it*</p>' in page
    assert "<h2>The piano room</h2>" in page
    assert "<em>very softly</em>" in page
    assert "&lt;b&gt;#1*&lt;/b&gt;" in page
    HTMLParser().feed(page)


def test_a_page_has_a_title_and_an_end_whenever_it_is_read(tmp_path: Path) -> None:
    file = transcript_file(str(tmp_path / "a.html"), "Tea & Wasps")
    for _ in range(3):
        file.typed("look")
        page = (tmp_path / "a.html").read_text("utf-8")
        assert "<title>Tea &amp; Wasps</title>" in page
        assert page.endswith("</body></html>\n")
        assert page.count("</body>") == 1
    assert "<title>night</title>" in written(tmp_path, "night.html")


def test_between_paragraphs_there_are_no_empty_ones(tmp_path: Path) -> None:
    assert "<p></p>" not in written(tmp_path, "game.html")
    assert "\n\n\n" not in written(tmp_path, "game.md")


@pytest.mark.parametrize(("name", "rule"), [("a.txt", "-----"), ("a.md", "\n---\n"), ("a.html", "<hr>")])
def test_a_second_game_is_below_the_first(name: str, rule: str, tmp_path: Path) -> None:
    written(tmp_path, name)
    both = written(tmp_path, name)
    assert rule in both
    assert both.count("The piano room") == 2
    assert both.count("<!DOCTYPE html>") <= 1


@pytest.mark.parametrize("name", ["game.md", "game.html"])
def test_what_the_game_tells_is_not_broken_into_lines(name: str, tmp_path: Path) -> None:
    told = "It buzzes, and *goes on buzzing*, until the people in the next room but one begin to knock. " * 3
    choice = "Listen until the people in the next room but one have all gone to bed, and the"
    file = transcript_file(str(tmp_path / name))
    events = (Told((Run(told.strip()),)), Told((Run("Short."),)))
    file.shown(lambda width: [*page(events, width), (), *said([f"1. {choice} wasp", "2. Leave"], width)], [])
    lines = [line for line in (tmp_path / name).read_text("utf-8").splitlines() if "buzzes" in line or "Listen" in line]
    assert len(lines) == 2
    assert lines[0].count("knock.") == 3
    assert "wasp" in lines[1]
    assert "Leave" not in lines[1]


@pytest.mark.parametrize(
    ("name", "before", "after"), [("game.md", "```text\n", "\n```"), ("game.html", "<pre>", "</pre>")]
)
def test_what_is_drawn_stays_as_it_is(name: str, before: str, after: str, tmp_path: Path) -> None:
    mark = Piece("", Style.DRAWN)
    rows = [(Piece("   *   "), mark), (), (Piece("+-----+"), mark), (Piece("|*loft|"), mark)]
    transcript_file(str(tmp_path / name)).shown(lambda width: [*rows, (), *said(["You are in it."], width)], [])
    assert f"{before}   *\n\n+-----+\n|*loft|{after}" in (tmp_path / name).read_text("utf-8")
