"""Whatever is typed in whatever world, there is an answer soon."""

from __future__ import annotations

from pathlib import Path

import pytest

from pianist_quest.terminal.session import Session
from pianist_quest.terminal.words import correction
from scenario import story_of
from support import bundled, calls

WORLDS = Path(__file__).parents[2] / "worlds"
MOST = 8_000_000
"""How many calls of Python functions a line may take. What was found here took tens of millions."""
LONG = "9" * 4_960
NAMES = {
    "a long name": LONG,
    "a name of many words": "lamp " * 2_000,
    "a name of many different words": " ".join(f"w{number}" for number in range(2_000)),
}


@pytest.mark.usefixtures("uncounted")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("verb", ["", "x ", "take ", "ask about ", "go to "])
def test_names_that_take_long_to_read(tmp_path: Path, name: str, verb: str) -> None:
    world = f"rooms: {{hall: {{name: '{NAMES[name]}'}}}}\nitems: {{lamp: {{name: '{NAMES[name]}', at: hall}}}}\n"
    session = Session.new(story_of(tmp_path, world), 1)
    for typed in (NAMES[name], NAMES[name][1:], NAMES[name][:300], f"{NAMES[name]} {NAMES[name]}"):
        assert calls(lambda typed=typed: session.type(f"{verb}{typed}")) < MOST  # type: ignore[misc]


LISTS = (
    "ask the yard 日本語 and box of matches to glass of tea and tuning hammer to pair of pliers and tuning and hammer",
    "ask a b c d e and b c d e and b c d e and b c d e",
    "put " + " in ".join(["lamp and cap"] * 5),
    "tell " + "lamp and cap about " * 4 + "it",
    "take all but lamp and cap and all but tea and all",
)


@pytest.mark.usefixtures("uncounted")
@pytest.mark.parametrize("line", LISTS)
def test_lists_in_several_places(line: str) -> None:
    session = Session.new(bundled(WORLDS / "tuners_den"), 1)
    session.type("1")
    assert calls(lambda: session.type(line)) < MOST


def test_all_of_a_verb_that_takes_things_of_several_kinds(tmp_path: Path) -> None:
    world = """
rooms: {hall: {name: Hall}}
kinds: {piece: {loud: false}}
pieces: {etude: {name: Study}, prelude: {name: Prelude}}
items: {drum: {name: drum, at: hall}, bell: {name: bell, at: hall}}
verbs:
  play:
    phrases: [play, "play {thing}", "play {piece}"]
    rules: [{if: thing == drum, text: Boom.}, {if: piece == etude, text: Lah.}]
    otherwise: Nothing.
"""
    session = Session.new(story_of(tmp_path, world), 1)
    for line in ("play all", "play all but the drum", "play everything and study", "play drum and study"):
        answer = session.type(line)
        assert answer.events or answer.said


def test_a_slip_in_a_long_word_is_none() -> None:
    assert correction("sostenutoo", ["sostenuto"]) == "sostenuto"
    assert correction(LONG + "8", [LONG]) is None
