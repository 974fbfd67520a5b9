"""What stands beside the story, and how the full screen sets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.terminal.drawing import small_map
from pianist_quest.terminal.full.pages import echoed, fitting, offered, panel, told
from pianist_quest.terminal.means import means
from pianist_quest.terminal.session import Session
from pianist_quest.terminal.standing import Standing, listed, standing
from pianist_quest.terminal.typeset import Typeset
from pianist_quest.terminal.wrap import Piece, cells, plain_text, wrap
from terminal.house import HOUSE, after

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pianist_quest.terminal.full.book import Row

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
HARD = (
    "音楽室の鍵盤は、雨の音をひとつずつ数えてから、ようやく静かになった。 " * 2
    + "e\u0301tude nai\u0308ve Tu\u0308nel A\u0306bc " * 3
    + f"{FAMILY} ❤️ 👍🏽 🎹🎼 🇹🇲 " * 3
    + "ein_sehr_langes_Wort_das_auf_keine_Zeile_passt"
)


def lines(rows: Sequence[Row]) -> list[str]:
    return [plain_text(row.line) for row in rows]


def stand(*typed: str) -> Standing:
    session = Session.new(HOUSE, 1)
    for line in typed:
        session.type(line)
    return standing(session)


def test_choices_are_numbered_and_closed_ones_tell_why() -> None:
    rows = offered(stand())(60)
    assert lines(rows) == [
        "  1. Strike the gong", "   - Ring the bell twice [someone sleeps]", "", "Exits: north, up",
    ]  # fmt: skip
    assert [row.target for row in rows] == ["1", "", "", ""]


def test_the_selected_choice_is_marked_without_colour_as_well() -> None:
    assert lines(offered(stand(), 0)(60))[0] == "> 1. Strike the gong"


def test_an_ending_offers_what_can_be_done_then() -> None:
    offers = stand("n", "e", "dream", "go on falling").offers
    assert [offer.line for offer in offers] == ["undo", "restart", "load", "quit"]


def test_a_menu_is_picked_from_by_words_and_what_looks_like_a_number_by_its_own() -> None:
    found = listed([("new", "New game"), ("7", "7: The vault")])
    assert [offer.line for offer in found.offers] == ["new", "2"]


def test_the_panel_tells_place_status_ways_people_and_things() -> None:
    rows = panel(stand("n", "s"), boxes=True)(32)
    text = "\n".join(lines(rows))
    assert text.startswith(
        "The hall\n Week 1\n Hands ▮▮▮▯▯▯▯▯▯▯ 3/10\n\nExits\n north to the kitchen\n up (not open)\n"
    )
    assert "\n\nPeople\n Aýgül\n\nThings\n The red jar\n" in text
    assert "\n\nYou carry\n The spoon\n" in text
    assert "║The hall║" in text
    assert {row.target for row in rows} >= {"go north", "talk to Aýgül", "examine red jar"}


def test_in_wide_setting_choices_stand_apart_as_well() -> None:
    told = lines(offered(stand(), typeset=Typeset(60, wide=True))(60))
    assert told[:2] == ["  1.  Strike  the  gong", ""]
    assert told[-1] == "Exits:  north,  up"


def test_the_small_map_has_no_line_without_the_rooms_it_joins() -> None:
    survey = stand("n", "s").around
    assert survey is not None
    known = survey()
    assert small_map(known, 32, 4, boxes=False) == []  # there is room for the hall alone
    assert [plain_text(line).strip() for line in small_map(known, 32, 12, boxes=False)].count("|") == 1


def test_what_can_be_clicked_does_what_it_says() -> None:
    session = Session.new(HOUSE, 1)
    for section in standing(session).sections:
        for entry in section.entries:
            assert not entry.line or not Session.new(HOUSE, 1).type(entry.line).said, entry


def test_completions_tell_what_they_would_do() -> None:
    scene = after("n", "s")
    told = {line: means(scene, line) for line in ("north", "up", "strike the gong", "examine spoon", "undo", "save")}
    assert told == {
        "north": "to the kitchen", "up": "where you have not been, not open", "strike the gong": "choice 1",
        "examine spoon": "look closely at what you carry", "undo": "take a turn back",
        "save": "keep this game under a name",
    }  # fmt: skip
    assert means(after("n", "e"), "go to hall") == "2 rooms away"
    assert means(scene, "sing") == means(scene, "listen") == ""


def test_nothing_is_cut_at_any_width() -> None:
    letters = "".join(HARD.split())
    for width in (10, 17, 40, 80):
        rows = lines(told(lambda width: wrap((Piece(HARD),), width))(width))
        assert max(map(cells, rows)) <= width
        assert "".join("".join(rows).split()) == plainer(letters)
        assert "".join("".join(lines(echoed(HARD)(width))).split()) == plainer(f">{letters}")


def plainer(text: str) -> str:
    """Return what is left where emoji are not made of several."""
    return text.replace("\u200d", "").replace("\ufe0f", "").replace("\U0001f3fd", "")


def test_joiners_of_letters_stay() -> None:
    line = (Piece("क्\u200dष"),)
    assert plain_text(fitting(line, 20)[0]) == "क्\u200dष"
