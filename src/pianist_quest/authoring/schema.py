"""The JSON Schema of a world file (draft 2020-12), made from the shapes that decode it, for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pianist_quest.worldfile.format import HEADER, TEMPLATES, WORLD

if TYPE_CHECKING:
    from pianist_quest.worldfile.shape import Schema

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
_USE: Final = {"type": "string", "description": "the template that is put here"}
_USED: Final = {"required": ["use"]}


def world_schema() -> dict[str, Any]:
    """Return the schema of one file of a world; the header is in one file only, and so is nowhere required alone."""
    definitions: dict[str, Schema] = {}
    whole = WORLD.schema(definitions)
    needed = [name for name, one in HEADER.items() if one.required]
    properties = whole["properties"] | {
        TEMPLATES: {"type": "object", "description": "what is written once and used in many places"}
    }
    things = {"type": ["object", "null"], "description": "the things of a kind, under its plural"}
    return {
        "$schema": DRAFT,
        "title": "A file of a world of Pianist Quest",
        "type": ["object", "null"],
        "properties": {name: _with_templates(one) for name, one in properties.items()},
        "additionalProperties": things,
        "dependentRequired": {name: [other for other in needed if other != name] for name in needed},
        "$defs": {name: _with_templates(one) for name, one in definitions.items()},
    }


def _with_templates(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a schema in which each object may be what a template makes: then its keys are the template's values."""
    if isinstance(schema, list):
        return [_with_templates(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: _with_templates(one) for name, one in schema.items()}
    properties = made.get("properties")
    if made.get("type") != "object" or not isinstance(properties, dict):
        return made
    then: Schema = {}
    if made.pop("additionalProperties", True) is False:
        then["propertyNames"] = {"enum": list(properties)}
    if "required" in made:
        then["required"] = made.pop("required")
    return {**made, "properties": properties | {"use": _USE}, "if": {"not": _USED}, "then": then} if then else made
