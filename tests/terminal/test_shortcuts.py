"""What is left out early, where nothing can come of it: the long way says the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pianist_quest.engine.turn import Heading, Replied, Run, Told
from pianist_quest.story.story import Hole
from pianist_quest.terminal import chain
from pianist_quest.terminal.grammar import layings
from pianist_quest.terminal.render import page, shows
from pianist_quest.terminal.scene import Scene, every_pattern
from pianist_quest.terminal.session import Session
from terminal.house import HOUSE

WORDS = (
    "n",
    "north",
    "in",
    "l",
    "look",
    "loo",
    "lo",
    "at",
    "take",
    "talk",
    "to",
    "put",
    "the",
    "lamp",
    "about",
    "xyz",
    "ask",
)
LINES = st.text(st.sampled_from("andtheANDTHE .,;!?\t\nx"), max_size=14)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6))
def test_phrases_that_are_not_looked_at_cannot_be_laid(typed: list[str]) -> None:
    scene, words = Session.new(HOUSE, 1).now.scene, tuple(typed)
    found = scene.grammar.begun_by(words)
    assert found == scene.grammar.begun_by(words)
    assert [one for one in scene.patterns if layings(one.parts, words)] == [
        one for one in found if layings(one.parts, words)
    ]


def test_few_phrases_are_looked_at() -> None:
    grammar = Session.new(HOUSE, 1).now.scene.grammar
    for word in ("north", "xyz", "qwerty", "look", "lo", "l"):
        assert len(grammar.begun_by((word,))) < 6
    kept = len(grammar._begun)
    for number in range(100):
        grammar.begun_by((f"never{number}",))
    assert len(grammar._begun) == kept, "what is typed is not kept"


def plainly(parts: tuple[str | Hole, ...], typed: tuple[str, ...]) -> list[tuple[tuple[str, ...], ...]]:
    """Return the words in the holes for each way to lay words on a phrase, word for word."""
    if not parts or not typed:
        return [] if parts or typed else [()]
    if isinstance(parts[0], str):
        return plainly(parts[1:], typed[1:]) if parts[0] == typed[0] else []
    sizes = range(1, len(typed) + 1)
    return [(typed[:size], *holes) for size in sizes for holes in plainly(parts[1:], typed[size:])]


def test_words_are_laid_on_phrases_in_every_way() -> None:
    typed = ("put", "it", "on", "in", "on", "it")
    for pattern in every_pattern(HOUSE):
        parts = tuple(part if isinstance(part, Hole) else typed[at % 6] for at, part in enumerate(pattern.parts))
        assert [holes for _, holes in layings(parts, typed)] == plainly(parts, typed)


@given(LINES)
def test_a_line_of_one_command_is_not_cut(line: str) -> None:
    scene: Scene = Session.new(HOUSE, 1).now.scene
    if line.strip() and not chain._PARTED.search(line):
        assert chain.cut(scene, line) == (line.strip(), "")
        assert not chain._STOP.search(line.strip())
        assert not chain._AND.search(line.strip())
        assert chain._LEADING.sub("", line).strip() == line.strip()


@given(st.text(st.sampled_from(" \n\t\r\u00ad\u00a0\u200b\u200d\x0b\x1b\u0301a"), max_size=5))
@pytest.mark.parametrize("event", [Heading, Replied, lambda text: Told((Run(" "), Run(text)))])
def test_what_shows_something_has_lines(event: type[Heading], text: str) -> None:
    assert shows((event(text),)) == bool(page((event(text),), 1_000))
