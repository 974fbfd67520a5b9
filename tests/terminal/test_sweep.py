"""A sweep of typed words over the worlds that come with the game: every line is answered, nonsense costs nothing."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pianist_quest.terminal.session import Session
from support import check

WORLDS = sorted(path.parent for path in (Path(__file__).parents[2] / "worlds").glob("*/world.yaml"))
VERBS = (
    "x", "look", "look in", "take", "get", "drop", "put", "put down", "give", "show", "open", "close", "unlock", "eat",
    "drink", "read", "push", "pull", "turn", "wear", "take off", "talk to", "ask", "tell", "kiss", "listen to", "smell",
    "touch", "play", "go", "go to", "enter", "undo", "oops", "g", "wait", "i", "1", "2", "3", "save", "help", "n", "s",
)  # fmt: skip
NONSENSE = ("wasp9", "xyzzy", "qwerty", "plugh", "\u7434", "\U0001f3b9", "'", "-1", "0")
JOINTS = (" in ", " on ", " to ", " about ", " with ", " and ", ", ", ". ", " then ", " but ", " ")


def nouns(session: Session) -> list[str]:
    """Return the names of a world's things, and words that stand for them."""
    names = [name for thing in session.story.things for name in (thing.name, *thing.aka) if name]
    return [*names, "all", "everything", "it", "them", "her", "him", "there"]


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_every_line_is_answered(world: Path) -> None:
    story = check(world)[1]
    assert story is not None
    session, chance = Session.new(story, 1), random.Random(1)  # noqa: S311 - a walk, not a secret
    words = [*nouns(session), *NONSENSE]
    for _ in range(3000):
        line = f"{chance.choice(VERBS)} {chance.choice(words)}"
        while chance.random() < 0.3:
            line += chance.choice(JOINTS) + chance.choice((*VERBS, *words))
        answer = session.type(line)
        assert answer.said or answer.events or answer.around or answer.request, line


@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.name)
def test_nonsense_costs_no_turn(world: Path) -> None:
    story = check(world)[1]
    assert story is not None
    session = Session.new(story, 1)
    for word in (
        "xyzzy",
        "frotz the wumpus",
        "plugh and qwerty",
        "take xyzzy",
        "x qwerty, plugh",
        "put xyzzy in plugh",
    ):
        answer = session.type(word)
        assert answer.said, word
        assert not answer.moved, word
