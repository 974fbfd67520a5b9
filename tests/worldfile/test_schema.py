"""The shapes describe themselves as JSON Schema."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from pianist_quest.worldfile.format import SECTIONS, WORLD

if TYPE_CHECKING:
    from collections.abc import Iterator


def described() -> tuple[dict[str, Any], dict[str, Any]]:
    definitions: dict[str, Any] = {}
    return WORLD.schema(definitions), definitions


def parts(schema: object) -> Iterator[dict[str, Any]]:
    """Yield all schemas within a schema."""
    if isinstance(schema, dict):
        yield schema
        for one in schema.values():
            yield from parts(one)
    elif isinstance(schema, list):
        for one in schema:
            yield from parts(one)


def test_the_schema_is_plain_data() -> None:
    whole = described()
    assert json.loads(json.dumps(whole)) == list(whole)


def test_every_section_is_described() -> None:
    schema, _ = described()
    assert set(SECTIONS) <= set(schema["properties"])
    assert schema["required"] == ["format", "title", "start"]


def test_every_reference_has_its_definition() -> None:
    schema, definitions = described()
    referred = {one["$ref"].removeprefix("#/$defs/") for one in parts([schema, definitions]) if "$ref" in one}
    assert referred == set(definitions)
    assert {"script", "choice"} <= referred


def test_every_pattern_is_a_regular_expression() -> None:
    for one in parts(list(described())):
        if isinstance(one.get("pattern"), str):
            re.compile(one["pattern"])


@pytest.mark.parametrize("name", ["script", "choice", "branch", "guarded step"])
def test_scripts_contain_scripts(name: str) -> None:
    assert any("$ref" in one for one in parts(described()[1][name]))
