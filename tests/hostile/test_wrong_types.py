"""Every key of every record, holding what it should not: walked from the shapes themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from hostile_checks import ends_well
from pianist_quest.worldfile import scripts
from pianist_quest.worldfile.format import WORLD
from pianist_quest.worldfile.shape import Entries, ListOf, Named, OneOf, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pianist_quest.worldfile.shape import Shape

Wrap: TypeAlias = "Callable[[object], object]"
SAMPLES: dict[str, object] = {
    "format": 1, "at": 0, "title": "T", "start": "hall", "name": "N", "to": "hall", "phrases": ["sing"], "meter": "1",
    "of": 5, "abc": "K:C\nC",
}  # fmt: skip
WRONG: tuple[object, ...] = (
    None, True, False, 0, 5, -1, 1.5, 10**20, "", " ", "a text", "{", "}", "*", "\\", "hall", "Hall", "nobody",
    "a b: c",
    "x += 1", "1 +", "seen(x)", [], [[]], [None], [5], ["hall"], ["hall", "hall"], [{}], {}, {"": None}, {"x": None},
    {"x": 5}, {"x": []}, {"x": {}}, {"start": {}}, {"one_of": []}, {"one_of": ["a", "a"]}, {"kind": 5}, {"use": "t"},
    {"use": []}, {"a b": {"c d": "e"}}, {"then": {"then": {}}}, {"choices": [[]]}, {"label": {}, "name": []},
)  # fmt: skip


def keys(shape: Shape[Any], wrap: Wrap, seen: frozenset[str]) -> Iterator[tuple[str, Wrap]]:
    """Yield each key of each record, and what puts a value there in a whole world."""
    if isinstance(shape, Record):
        yield from keys_of_record(shape, wrap, seen)
    for one, put in inner(shape, wrap):
        if not isinstance(one, Named):
            yield from keys(one, put, seen)
        elif one.name not in seen:
            yield from keys(one.shape(), put, seen | {one.name})


def keys_of_record(shape: Record[Any], wrap: Wrap, seen: frozenset[str]) -> Iterator[tuple[str, Wrap]]:
    required = {name: SAMPLES[name] for name, one in shape.fields.items() if one.required}
    for name, one in shape.fields.items():

        def put(value: object, name: str = name) -> object:
            return wrap({**required, name: value})

        yield f"{shape.what}: {name}", put
        yield from keys(one.shape, put, seen)
    if shape.take is not None:
        yield f"{shape.what}: a key of its own", lambda value: wrap({**required, "own": value})


def inner(shape: Shape[Any], wrap: Wrap) -> Iterator[tuple[Shape[Any], Wrap]]:
    """Yield the shapes that a shape is made of, other than by keys."""
    match shape:
        case Entries():
            yield shape.value, lambda value: wrap({"x": value})
        case ListOf():
            yield shape.item, lambda value: wrap([value])
        case OneOf():
            yield from ((one, wrap) for one in shape.by_node.values() if one is not None)
        case Named():
            yield shape, wrap
        case scripts._ChoiceShape():
            yield scripts._CHOICE, wrap
        case scripts._Steps():
            yield shape.steps, wrap


def places() -> dict[str, Wrap]:
    """Each key once, at the first place where the walk meets it."""
    found: dict[str, Wrap] = {}
    for name, wrap in keys(WORLD, lambda value: value, frozenset()):
        found.setdefault(name, wrap)
    return found


PLACES = places()


@pytest.mark.parametrize("place", PLACES)
def test_a_wrong_value_ends_in_a_diagnostic_or_a_world(place: str, tmp_path: Path) -> None:
    file = tmp_path / "world.yaml"
    for value in WRONG:
        world = PLACES[place](value)
        assert isinstance(world, dict)
        whole = {"rooms": {"hall": {"name": "Hall"}}, "templates": {"t": "x"}, **world}
        file.write_text(json.dumps(whole), encoding="utf-8")
        ends_well(file)


def test_the_walk_meets_every_record() -> None:
    records = {place.partition(":")[0] for place in PLACES}
    assert records == {
        "a world", "a variable", "a kind", "a room", "an exit", "an item", "a character", "a verb", "a rule",
        "an ending", "a storylet", "a hook", "a move", "a score", "a rank",
        "a meter", "a step", "a choice", "a branch", "a mark", "a hint", "promises", "music",
    }  # fmt: skip
    assert len(PLACES) > 120
