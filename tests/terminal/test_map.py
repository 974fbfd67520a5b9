"""The map: what a player knows, where it is put, how it is drawn."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pianist_quest.terminal.drawing import ASCII, BOXES, map_lines
from pianist_quest.terminal.map import COMPASS, chart
from pianist_quest.terminal.session import Session
from pianist_quest.terminal.survey import Known, Place, Seen, survey, ways_list
from pianist_quest.terminal.wrap import cells, plain_text
from terminal.den import DEN
from terminal.house import HOUSE, story

if TYPE_CHECKING:
    from pianist_quest.story.story import Story

WORDS = (*COMPASS, "up", "down", "in", "out", "bridge")


def small(text: str) -> Story:
    """Return the story of a world that begins in room a."""
    return story(f"format: 1\ntitle: T\nstart: a\n{text}")


def known(session: Session) -> Known:
    return survey(session.story, session.all_moments())


def played(*lines: str, session: Session | None = None) -> Session:
    session = session or Session.new(HOUSE, 1)
    for line in lines:
        session.type(line)
    return session


def text(places: Known, width: int = 78, height: int = 0, *, ascii_: bool = False) -> str:
    lines = map_lines(places, width, height, ASCII if ascii_ else BOXES)
    return "\n".join(plain_text(line).rstrip() for line in lines)


def test_a_map_shows_rooms_ways_people_and_what_is_unknown() -> None:
    assert (
        text(known(played("n")))
        == """\
╔═══════════╗
║The kitchen║──?
╚═══════════╝
      │
┌───────────┐
│ The hall  │
│   Aýgül   │
│   up: ?   │
└───────────┘

You are in the box of ═; ? unknown."""
    )


def test_a_map_in_ascii() -> None:
    drawn = text(known(played("n", "e")), ascii_=True)
    assert (
        drawn
        == """\
+-----------+    #========#
|The kitchen|----#The yard#
+-----------+    #========#
      |
+-----------+
| The hall  |
|   Aygul   |
|   up: ?   |
+-----------+

You are in the box of =; ? unknown.""".replace("Aygul", "Aýgül")
    )


def test_rooms_beside_are_named_only_where_the_player_knows_them() -> None:
    world = small("rooms: {a: {name: A, exits: {east: b, west: c}}, b: {name: B, known: true}, c: {name: Secret}}")
    drawn = text(known(Session.new(world, 1)))
    assert "┆B┆" in drawn
    assert "Secret" not in drawn
    assert "known, not been there" in drawn


def test_a_person_stands_where_they_were_met_last() -> None:
    world = small(
        """
rooms: {a: {name: A, exits: {east: b}}, b: {name: B, exits: {west: a}}}
characters: {cat: {name: Cat, at: a, moves: [{follow: true}]}}
"""
    )
    first = known(Session.new(world, 1))
    later = known(played("e", session=Session.new(world, 1)))
    assert [place.people for place in first.places.values()] == [("Cat",)]
    assert [place.people for place in later.places.values()] == [(), ("Cat",)]


def test_who_is_gone_is_no_longer_on_the_map() -> None:
    world = small(
        """
rooms: {a: {name: A, choices: [{label: Hide, do: "move(cat, b)"}]}, b: {name: B}}
characters: {cat: {name: Cat, at: a}}
"""
    )
    assert known(played("hide", session=Session.new(world, 1))).places[known(Session.new(world, 1)).here].people == ()


def test_ways_are_those_seen_when_last_there() -> None:
    world = small(
        """
variables: {lit: false}
rooms:
  a: {name: A, exits: {east: b, north: {to: c, if: lit}}}
  b: {name: B, exits: {west: a}, choices: [{label: Light, do: lit = true}]}
  c: {name: C}
"""
    )
    session = played("e", "light", session=Session.new(world, 1))
    assert [way.word for way in known(session).places[world.by_key["a"]].ways] == ["east"]
    assert "north" in [way.word for way in known(played("w", session=session)).places[world.by_key["a"]].ways]


def test_doors_and_shut_ways_are_marked() -> None:
    places = {
        1: Place("A", ways=(Seen("east", 2, open=False, door=True), Seen("south", 3, door=True))),
        2: Place("B", ways=(Seen("west", 1, open=False, door=True),)),
        3: Place("C", ways=(Seen("north", 1, door=True),)),
    }
    drawn = text(Known(places, 1))
    assert "║─╳──│B│" in drawn  # noqa: RUF001 - a line
    assert "a door" in drawn
    assert "shut" in drawn


def test_a_map_larger_than_the_screen_is_cut_around_the_player() -> None:
    row = range(1, 30)
    ways = {number: (Seen("east", number + 1),) if number < 29 else () for number in row}
    places = {number: Place(f"Room {number}", ways=ways[number]) for number in row}
    drawn = text(Known(places, 15), 60, 10)
    assert "Room 15" in drawn
    assert "Room 1│" not in drawn
    assert "goes on beyond the edge" in drawn
    assert max(map(len, drawn.splitlines())) <= 60


def test_a_map_with_what_stands_below_it_fits_the_screen() -> None:
    column = range(1, 9)
    far = {number: Place(f"A place as far as {number}") for number in range(20, 40)}
    places = {number: Place(f"Room {number}", ways=(Seen("south", number + 1),)) for number in column} | far
    lines = text(Known(places, 4), 80, 30).splitlines()
    assert "Elsewhere" in "\n".join(lines)
    assert len(lines) <= 30 - 4


def test_rooms_that_no_way_joins_are_told_below() -> None:
    places = {1: Place("A"), 2: Place("Far", people=("Ene",))}
    assert "Elsewhere: Far (Ene)." in text(Known(places, 1))


def test_no_room_is_no_map() -> None:
    assert text(Known({}, 0)).startswith("You are on no map.")


def test_for_those_who_hear_it_a_map_is_a_list() -> None:
    assert ways_list(known(played("n"))) == [
        "You are here. The kitchen: south to the hall, east.",
        "The hall (Aýgül): north to the kitchen, up (shut).",
    ]
    assert ways_list(Known({}, 0)) == ["You have been nowhere yet."]


def test_the_way_there_is_known_after_loading() -> None:
    saved = played("n", "e").saved()
    assert known(Session.resumed(HOUSE, saved)) == known(played("n", "e"))


def test_what_is_dark_shows_nobody() -> None:
    assert known(played("n", session=Session.new(DEN, 1))).places[DEN.by_key["cellar"]].people == ()


def test_nothing_of_it_is_imported_before_it_is_asked_for() -> None:
    """Starting should be quick."""
    late = ("map", "drawing", "survey", "possible", "history")
    names = ", ".join(f"'pianist_quest.terminal.{name}'" for name in late)
    code = (
        "import sys; from pianist_quest.cli import main; main(['play', 'first_steps', '--seed', '1']); "
        f"sys.exit(any(name in sys.modules for name in ({names}, 'pianist_quest.commands.doctor')))"
    )
    subprocess.run([sys.executable, "-c", code], input=b"n\nquit\n", check=True, capture_output=True)


@st.composite
def worlds(draw: st.DrawFn) -> Known:
    """Any rooms with any ways, most of them visited."""
    count = draw(st.integers(1, 12))
    ways = st.builds(Seen, st.sampled_from(WORDS), st.integers(1, count + 2), st.booleans(), st.booleans())
    names = st.sampled_from(["Hall", "The long gallery", "居間", "A", "Antichambre de la reine"])
    places = {}
    for number in range(1, count + 1):
        visited = number == 1 or draw(st.booleans())
        own = draw(st.lists(ways, max_size=5, unique_by=lambda way: way.word)) if visited else []
        people = draw(st.lists(st.sampled_from(["Ene", "Aýgül"]), max_size=2, unique=True))
        places[number] = Place(draw(names), visited, tuple(people), tuple(own), number)
    return Known(places, 1)


@given(worlds())
def test_every_room_visited_is_on_the_map_or_in_the_list_once(places: Known) -> None:
    found = chart(places)
    counted = Counter([*found.cells, *found.rest])
    assert all(counted[number] == 1 for number in places.visited)
    assert set(counted) <= set(places.places)


@given(worlds())
def test_no_two_rooms_overlap_and_no_line_crosses_one(places: Known) -> None:
    found = chart(places)
    assert len(set(found.cells.values())) == len(found.cells)
    halves = {(2 * x, 2 * y) for x, y in found.cells.values()}
    crossed = [gap for link in found.links for gap in link.crossed] + list(found.stubs)
    assert len(set(crossed)) == len(crossed)
    assert not halves & set(crossed)


@given(worlds())
def test_no_way_is_forgotten(places: Known) -> None:
    found = chart(places)
    drawn = 2 * len(found.links) + len(found.stubs)
    listed = sum(map(len, found.others.values())) + sum(map(len, found.inside.values()))
    assert drawn + listed >= sum(len(places.places[number].ways) for number in found.cells)


@given(worlds(), st.integers(40, 140), st.sampled_from([0, 12, 24, 45]), st.booleans())
def test_a_map_is_never_wider_than_the_screen(places: Known, width: int, height: int, ascii_: bool) -> None:  # noqa: FBT001 - drawn
    lines = map_lines(places, width, height, ASCII if ascii_ else BOXES)
    assert all(cells(plain_text(line).rstrip()) <= width for line in lines)
    if ascii_:
        names = "".join(place.name + "".join(place.people) for place in places.places.values())
        assert {char for line in lines for char in plain_text(line) if not char.isascii()} <= set(names)


@given(worlds())
def test_each_room_on_a_whole_map_has_its_box(places: Known) -> None:
    found = chart(places)
    drawn = "\n".join(plain_text(line) for line in map_lines(places, 10**4, 0))
    visited = sum(places.places[number].visited for number in found.cells)
    named = len(found.cells) - visited
    assert [drawn.count("╔"), drawn.count("┌")] == [1, visited - 1 + named]


@pytest.mark.parametrize("word", WORDS)
def test_every_way_is_drawn_with_its_word_or_direction(word: str) -> None:
    places = {1: Place("A", ways=(Seen(word, 2),)), 2: Place("B", ways=())}
    found = chart(Known(places, 1))
    (link,) = found.links
    assert (link.word, link.one_way) == ("" if word in COMPASS else word, True)
