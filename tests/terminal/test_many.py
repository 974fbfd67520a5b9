"""Several things in one command."""

from __future__ import annotations

import pytest

from pianist_quest.engine.turn import Do, Drop, Examine, Take
from pianist_quest.terminal.command import Act, Reply, understand
from terminal.bakery import BAKERY
from terminal.house import after, story

BRASS, IRON, STALE = Take("brass"), Take("iron"), Take("stale")


@pytest.mark.parametrize(
    ("line", "actions"),
    [
        ("take brass key and iron key", (BRASS, IRON)),
        ("take brass key, the iron key, and stale bun", (BRASS, IRON, STALE)),
        ("take all", (BRASS, IRON, STALE)),
        ("get everything", (BRASS, IRON, STALE)),
        ("pick everything up", (BRASS, IRON, STALE)),
        ("take all of the keys", (BRASS, IRON)),
        ("take all but the iron key", (BRASS, STALE)),
        ("take everything except iron key and the stale bun", (BRASS,)),
        ("take all keys but brass", (IRON,)),
        ("drop all", (Drop("bun"),)),
        ("x oven and ene", (Examine("oven"), Examine("ene"))),
        ("x oven, oven", (Examine("oven"),)),
        ("bake everything", tuple(Do("bake", (("loaf", one),)) for one in ("rye", "oat"))),
        ("bake all but the rye loaf", (Do("bake", (("loaf", "oat"),)),)),
        ("put all in oven", tuple(Do("put", (("loaf", one), ("item", "oven"))) for one in ("rye", "oat"))),
        ("put rye and oat in oven", tuple(Do("put", (("loaf", one), ("item", "oven"))) for one in ("rye", "oat"))),
    ],
)
def test_each_is_done(line: str, actions: tuple[object, ...]) -> None:
    assert understand(after(story=BAKERY), line) == Act(actions)  # type: ignore[arg-type] # they are actions


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("take wasp and iron key", "There is no wasp here."),
        ("take all but the wasp", "There is no wasp to leave out."),
        ("drop all but the bun", "There is nothing here to drop."),
        ("take all lamps", "There is nothing here to take."),
        ("put all in bench", "There is no bench here."),
        ("talk to all", "There is nothing here to talk to."),
        ("take bun and ene", "You cannot take Ene. You can take: the brass key, the iron key, the stale bun."),
        ("drop brass key and iron key", "You are not carrying the brass key.\nYou are not carrying the iron key."),
        ("take and", "There is no and here."),
    ],
)
def test_what_cannot_be_done_is_answered(line: str, said: str) -> None:
    command = understand(after(story=BAKERY), line)
    assert said in (command.text if isinstance(command, Reply) else command.said)  # type: ignore[union-attr] # no meta


def test_what_is_done_already_does_not_keep_the_rest_from_being_done() -> None:
    command = understand(after("take brass key", story=BAKERY), "take brass key and iron key")
    assert command == Act((IRON,))
    assert isinstance(command, Act)
    assert command.said == ("You already have the brass key.",)


def test_the_answer_to_a_question_about_one_does_them_all() -> None:
    scene = after(story=BAKERY)
    command = understand(scene, "take stale bun and key")
    assert command == Reply(
        "Which do you mean, the brass key or the iron key?",
        ("take stale bun and brass key", "take stale bun and iron key"),
    )
    assert understand(scene, "take iorn key and stale bun") == Reply(
        'Did you mean "take iron key and stale bun"?', ("take iron key and stale bun",)
    )


def test_a_name_with_an_and_of_its_own() -> None:
    world = """
format: 1
title: T
start: hall
rooms:
  hall:
    name: Hall
    choices: [{label: Take coat, text: Warm.}]
items:
  bread: {name: bread and butter, at: hall}
  tea: {name: tea, at: hall}
"""
    scene = after(story=story(world))
    assert understand(scene, "take tea and bread and butter") == Act((Take("tea"), Take("bread")))
    assert understand(scene, "take bread and butter") == Act((Take("bread"),))
    assert isinstance(understand(scene, "take tea and coat"), Reply)
