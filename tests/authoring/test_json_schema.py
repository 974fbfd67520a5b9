"""The JSON Schema of world files: it takes every world that is right, and refuses what has the wrong form."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

import diagnostic_pages as pages
from pianist_quest.authoring.schema import world_schema
from pianist_quest.cli import main
from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.diagnostics.source import Source
from pianist_quest.worldfile.nodes import Mapping, Scalar, Sequence, parse
from pianist_quest.worldfile.shape import core_value, is_null

if TYPE_CHECKING:
    from pianist_quest.worldfile.nodes import Node

ROOT = Path(__file__).parents[2]
FORM = ("wrong-type", "missing-key", "bad-number")
"""Findings about the form of a file alone. What is a key is not: rooms and items may have keys of their own."""


@cache
def validator() -> Draft202012Validator:
    schema = world_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def data(node: Node | None) -> Any:  # noqa: ANN401 - whatever is in a file
    """Return what a file holds, by YAML 1.2's core schema."""
    if isinstance(node, Mapping):
        return {key.value: data(value) for key, value in node.pairs}
    if isinstance(node, Sequence):
        return [data(one) for one in node.items]
    if node is None or is_null(node):
        return None
    assert isinstance(node, Scalar)
    return core_value(node)


def mistakes(text: str) -> list[str]:
    node = parse(Source("w.yaml", text), Problems())
    return [f"{list(one.absolute_path)}: {one.message}"[:200] for one in validator().iter_errors(data(node))]


@pytest.mark.parametrize(
    "file", [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "worlds").rglob("*.yaml"))]
)
@pytest.mark.usefixtures("uncounted")
def test_every_file_of_a_bundled_world_is_valid(file: str) -> None:
    assert mistakes((ROOT / file).read_text("utf-8")) == []


@pytest.mark.parametrize("page", FORM)
def test_what_check_says_of_the_form_the_schema_refuses(page: str) -> None:
    for example in pages.read(pages.FOLDER / f"{page}.md").examples():
        assert mistakes(example.decode()), example.decode()


HALL = "rooms:\n  hall:\n    name: Hall\n"


@pytest.mark.parametrize(
    "text",
    [
        "rooms: [hall]",
        "rooms: {hall: {nmae: Hall}}",
        "rooms: {hall: {text: No name.}}",
        f"{HALL}    known: yes please",
        f"{HALL}    choices: [{{lable: Go, once: true}}]",
        f"{HALL}    exits: [north]",
        f"{HALL}    exits: {{north: {{too: hall}}}}",
        "items: {cup: {name: cup, weight: heavy}}",
        "characters: {ene: {name: Ene, topics: 3}}",
        "endings: {home: {rank: 1}}",
        "endings: {home: {name: Home, rank: first}}",
        "marks: {found: {text: Found.}}",
        "scenes: {tea: [{chance: 3}]}",
        "scenes: {tea: [{choices: {a: b}}]}",
        "storylets: {rain: {weight: none, tags: sky, text: Rain.}}",
        "rules: {dusk: {each_turn: often, text: Dark.}}",
        "verbs: {sing: {phrases: {a: b}}}",
        "title: Alone",
        "format: 1",
    ],
)
def test_what_has_the_wrong_form_is_refused(text: str) -> None:
    assert mistakes(text)


def test_a_template_may_stand_for_anything() -> None:
    assert mistakes("templates: {door(name): {name: $name}}\nrooms: {hall: {use: door, name: Hall, colour: red}}") == []


def test_things_of_an_authors_kind_have_sections_of_their_own() -> None:
    assert mistakes("kinds: {piece: {level: number}}\npieces: {k545: {name: Sonata, level: 1}}") == []
    assert mistakes("pieces: [k545]")


def test_keys_are_described() -> None:
    schema = world_schema()
    assert schema["properties"]["title"]["description"]
    described = json.dumps(schema).count('"description"')
    assert described > 80


def test_the_schema_is_printed_or_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == world_schema()
    assert main(["schema", str(tmp_path / "world.schema.json")]) == 0
    assert json.loads((tmp_path / "world.schema.json").read_text("utf-8")) == world_schema()
