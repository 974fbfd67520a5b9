"""A sweep of words over the worlds that come with the game: verbs by nouns, those of the world and nonsense."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pianist_quest.terminal.grammar import METAS
from pianist_quest.terminal.render import page, surroundings
from pianist_quest.terminal.scene import Scene
from pianist_quest.terminal.session import Session
from support import bundled

if TYPE_CHECKING:
    from pianist_quest.story.story import Story
    from pianist_quest.terminal.session import Answer

WORLDS = sorted(path.parent for path in (Path(__file__).parents[2] / "worlds").glob("*/world.yaml"))
COMMANDS = 3_000
NONSENSE = ("blorple", "qwxzt", "grueish", "Frobozz", "42nd", "*", "???", "\u7434", "'", "{n}")
RESTART = frozenset(word for word, meta in METAS.items() if meta in ("restart", "undo", "quit", "load"))
"""Words about the game that would lead the sweep back to where it began."""


def verbs_of(story: Story) -> list[str]:
    """Return the first words of all phrases, and words about the game."""
    patterns = Session.new(story, 1).now.scene.patterns
    words = {pattern.parts[0] for pattern in patterns if isinstance(pattern.parts[0], str)}
    return sorted((words | METAS.keys()) - RESTART)


def nouns_of(story: Story) -> list[str]:
    """Return the names of all things, and the words of all exits."""
    names = {name for thing in story.things for name in (thing.name, *thing.aka)}
    ways = {way.word for thing in story.things for way in getattr(thing, "exits", ())}
    return sorted(names | ways)


def possible(session: Session, draw: random.Random) -> str:
    """Return a line for something that can be done now."""
    scene = session.now.scene
    return scene.phrase(draw.choice(scene.possible))


def shown(session: Session, answer: Answer) -> bool:
    """Whether a player sees anything of an answer."""
    around = surroundings(session.story, session.now.state, 78) if answer.around else []
    return any(answer.said) or bool(page(answer.events, 78)) or bool(around)


@pytest.mark.usefixtures("uncounted")
@pytest.mark.parametrize("world", WORLDS, ids=lambda path: path.name)
def test_every_line_is_answered_and_only_what_is_done_changes_anything(world: Path) -> None:
    story = bundled(world)
    draw = random.Random(world.name)  # noqa: S311 - for lines to type, not for secrets
    verbs, nouns, joints = verbs_of(story), nouns_of(story), ("with", "on", "in", "to", "about", "from", "and")
    session, moves = Session.new(story, 1), 0
    for number in range(COMMANDS):
        first = draw.choice(NONSENSE if number % 10 == 9 else verbs)
        second = draw.choice(NONSENSE if number % 4 == 3 else nouns)
        line = f"{first} {second}"
        if number % 3 == 2:
            line = f"{line} {draw.choice(joints)} {draw.choice(nouns)}"
        if number % 7 == 6:
            line = possible(session, draw)  # so that the sweep comes about in the world
        before = session.now
        answer = session.type(line)
        assert shown(session, answer) or answer.moved or answer.request, line
        if not answer.moved:
            assert session.now.state == before.state, line
        moves += answer.moved
        if session.now.state.ending >= 0:
            session = Session.new(story, number)
    assert moves > COMMANDS // 50


@pytest.mark.parametrize("world", WORLDS, ids=lambda path: path.name)
def test_what_nobody_knows_costs_no_turn(world: Path) -> None:
    story = bundled(world)
    session = Session.new(story, 1)
    while not session.now.scene.free:
        session.type("1")
    before = session.now
    strange = [word for word in NONSENSE if word[0].isalpha()]
    for verb in (*strange, "take", "examine", "open", "give", "talk to", "go"):
        for noun in strange:
            answer = session.type(f"{verb} {noun}")
            assert any(answer.said), (verb, noun)
            assert session.now is before, (verb, noun)
    assert Scene(story, before.state) == session.now.scene
