"""What stands around the cursor, and what may be written there. A bar | marks the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pianist_quest.editing.completing import offers
from pianist_quest.editing.cursor import cursor
from pianist_quest.editing.project import Project
from support import HEADER

if TYPE_CHECKING:
    from pathlib import Path

    from pianist_quest.editing.atlas import Atlas

WORLD = """
variables: {nerve: 3, lit: false}
kinds: {piece: {level: number}}
pieces: {sonata: {name: Sonata, level: 2}}
templates:
  door(name):
    label: $name
rooms:
  hall:
    name: Hall
    text: "{lit: Bright. | Dark.}"
    exits: {north: loft}
    choices: [{use: door, name: Knock}]
  loft: {name: Loft, exits: {south: hall}, enter: {storylet: moths}}
scenes: {tea: [{text: "Tea. {ene.bond} {sonata.level}", do: nerve += 1}]}
storylets: {moth: {tags: moths, text: A moth.}}
items: {cup: {name: cup, at: hall}}
characters: {ene: {name: Ene, at: loft, bond: 2}}
formulas: {brave(): nerve > 3}
verbs: {sing: {phrases: [sing], otherwise: La.}}
endings: {over: {name: Over}}
"""


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    folder: Path = tmp_path_factory.mktemp("w")
    (folder / "world.yaml").write_text(HEADER + WORLD, "utf-8")
    project = Project(folder)
    assert [one.code.value for one in project.check() if one.severity.value == "error"] == []
    return project.atlas


def offered(names: Atlas, text: str) -> set[str]:
    before, _, after = text.partition("|")
    return {one.text for one in offers(names, cursor(before + after, len(before)))}


@pytest.mark.parametrize(
    ("text", "above", "key", "word"),
    [
        ("roo|", (), "", "roo"),
        ("rooms:\n  hall:\n    na|", ("rooms", "hall"), "", "na"),
        ("rooms:\n  hall:\n    exits:\n      north: lo|", ("rooms", "hall", "exits"), "north", "lo"),
        ("rooms:\n  hall:\n    exits: {north: lo|}", ("rooms", "hall", "exits"), "north", "lo"),
        ("rooms:\n  hall: {name: Hall, ex|}", ("rooms", "hall"), "", "ex"),
        ("rooms:\n  hall:\n    choices:\n      - label: Go\n        go|", ("rooms", "hall", "choices"), "", "go"),
        ("rooms:\n  hall:\n    choices:\n      - la|", ("rooms", "hall", "choices"), "", "la"),
        ("scenes:\n  tea:\n    - if: ner|", ("scenes", "tea"), "if", "ner"),
        (
            "scenes:\n  tea:\n    - text: |\n".replace("|", "\x00") + "        Hot {ner|",
            ("scenes", "tea"),
            "text",
            "ner",
        ),
        ("items: {cup: {name: cup}, pot: {at: ha|", ("items", "pot"), "at", "ha"),
        ("a:\n  b: 1\n\n  # note\n  c|", ("a",), "", "c"),
    ],
)
def test_where_the_cursor_is(text: str, above: tuple[str, ...], key: str, word: str) -> None:
    before, _, after = text.partition("|")
    before, after = before.replace("\x00", "|"), after.replace("\x00", "|")
    found = cursor(before + after, len(before))
    assert (found.above, found.key, found.word) == (above, key, word)


@pytest.mark.parametrize(
    ("text", "among", "never"),
    [
        ("|", {"rooms", "items", "variables", "title"}, {"hall"}),
        ("rooms:\n  hall:\n    |", {"name", "text", "exits", "choices", "enter"}, {"rooms", "phrases"}),
        ("rooms:\n  hall:\n    exits:\n      |", {"north", "up"}, {"name"}),
        ("rooms:\n  hall:\n    exits:\n      north: |", {"hall", "loft"}, {"cup", "tea"}),
        ("rooms:\n  hall:\n    exits: {north: l|}", {"loft"}, {"hall"}),
        ("rooms:\n  hall:\n    choices:\n      - |", {"label", "if", "goto", "otherwise"}, {"exits"}),
        ("scenes:\n  tea:\n    - goto: |", {"hall", "tea", "over"}, {"cup"}),
        ("scenes:\n  tea:\n    - call: |", {"tea"}, {"hall"}),
        ("scenes:\n  tea:\n    - storylet: |", {"moths"}, {"moth"}),
        ("scenes:\n  tea:\n    - if: |", {"nerve", "lit", "brave", "has", "not"}, {"sing", "name"}),
        ("scenes:\n  tea:\n    - do: mo|", {"move"}, {"nerve"}),
        ("scenes:\n  tea:\n    - if: ene.|", {"bond"}, {"level", "nerve"}),
        ("scenes:\n  tea:\n    - if: sonata.|", {"level"}, {"bond"}),
        ("scenes:\n  tea:\n    - text: It is {l|", {"lit"}, {"nerve"}),
        ("items: {cup: {at: |", {"hall", "ene"}, {"tea"}),
        ("items:\n  cup:\n    container: |", {"true", "false"}, {"hall"}),
        ("rooms:\n  hall:\n    choices:\n      - use: |", {"door"}, {"hall"}),
    ],
)
def test_what_may_be_written_there(text: str, among: set[str], never: set[str], names: Atlas) -> None:
    found = offered(names, text)
    assert among <= found
    assert never.isdisjoint(found)


def test_in_the_words_of_a_text_nothing_is_offered(names: Atlas) -> None:
    assert offered(names, "rooms:\n  hall:\n    name: Ha|") == set()
    assert offered(names, "scenes:\n  tea:\n    - text: It is {lit: br|") == set()
