"""What leads to what in a world, and how it is written and drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from pianist_quest.authoring.graphing import as_dot, as_mermaid, as_text
from pianist_quest.authoring.network import Edge, Network, network
from pianist_quest.authoring.picture import as_svg
from pianist_quest.cli import main
from pianist_quest.opening import right_world
from support import HEADER

if TYPE_CHECKING:
    from pathlib import Path

WORLD = """
variables: {lit: false}
rooms:
  hall:
    name: The "hall" & more
    exits: {north: loft, east: {to: garden, if: lit}, down: {to: cellar, door: hatch}}
    choices: [{label: Rest., if: lit, goto: rest}]
  loft: {name: Loft, exits: {south: hall}, enter: {storylet: moths}}
  garden: {name: Garden, exits: {west: hall}}
  cellar: {name: Cellar, exits: {up: hall}}
  island: {name: Island, text: Nobody., exits: {west: hall}}
scenes:
  rest: [{text: You rest., do: lit = true}, {goto: end}]
  dream: A dream.
storylets: {moth: {tags: moths, text: A moth.}}
items:
  box: {name: box, container: true, at: loft}
  coin: {name: coin, at: box}
  hatch: {name: hatch, door: true, open: false, at: [hall, cellar]}
characters: {ene: {name: Ene, at: loft}}
verbs: {leap: {phrases: [leap], rules: [{if: lit, goto: garden}]}}
endings: {end: {name: The end}}
"""


@pytest.fixture
def found(tmp_path: Path) -> Network:
    (tmp_path / "world.yaml").write_text(HEADER + WORLD, "utf-8")
    world = right_world(tmp_path / "world.yaml")
    assert not isinstance(world, str), world
    return network(world)


def test_ways_have_their_words_and_what_must_hold(found: Network) -> None:
    assert Edge("hall", "loft", "north") in found.edges
    assert Edge("hall", "garden", "east", barred=True) in found.edges
    assert Edge("hall", "cellar", "down", barred=True) in found.edges
    assert Edge("hall", "rest", barred=True) in found.edges
    assert Edge("loft", "moth", "moths", barred=True, back=True) in found.edges
    assert Edge("anywhere", "garden", barred=True) in found.edges


def test_people_and_things_are_where_they_are_at_first(found: Network) -> None:
    assert found.nodes["loft"].people == ["Ene"]
    assert found.nodes["loft"].things == ["box", "coin"]
    assert found.nodes["hall"].things == found.nodes["cellar"].things == ["hatch"]


def test_what_nothing_leads_to_is_known(found: Network) -> None:
    assert found.lost == {"island", "dream"}


def test_text(found: Network) -> None:
    lines = list(as_text(found))
    assert 'room hall: The "hall" & more  (hatch)' in lines
    assert "  east -> garden (if)" in lines
    assert "  moths -> moth (if, and back)" in lines
    assert "room island: Island  (nothing leads here)" in lines


def test_mermaid(found: Network) -> None:
    lines = [line.strip() for line in as_mermaid(found)]
    assert lines[0] == "flowchart LR"
    assert 'n_hall["The #quot;hall#quot; & more  (hatch)"]' in lines
    assert 'n_island["Island"]:::lost' in lines
    assert 'n_hall -.->|"east"| n_garden' in lines
    assert 'n_end(["The end"])' in lines  # `end` alone is a word of Mermaid's own


def test_dot(found: Network) -> None:
    lines = [line.strip() for line in as_dot(found)]
    assert 'n_hall [label="The \\"hall\\" & more  (hatch)", shape=box];' in lines
    assert 'n_hall -> n_garden [label="east", style=dashed];' in lines
    assert 'n_island [label="Island", shape=box, color=red, fontcolor=red];' in lines


def test_the_picture_has_each_node_in_a_place_of_its_own(found: Network) -> None:
    root = ET.fromstring(as_svg(found, None))  # noqa: S314 - made here
    space = "{http://www.w3.org/2000/svg}"
    boxes = [group.find(f"{space}rect") for group in root.iter(f"{space}g")]
    places = {(box.get("x"), box.get("y")) for box in boxes if box is not None}
    assert len(places) == len(found.nodes)
    assert len(list(root.iter(f"{space}path"))) == len(found.edges) + 1
    assert 'The "hall" & more' in {text.text for text in root.iter(f"{space}text")}


def test_a_part_is_what_is_near(found: Network) -> None:
    assert set(found.near("loft", 1).nodes) == {"loft", "hall", "moth"}
    assert "cellar" in found.near("loft", 2).nodes
    assert set(found.places().nodes) == {"hall", "loft", "garden", "cellar", "island", "end"}
    assert "end" not in found.places().lost


@pytest.mark.parametrize("form", ["text", "mermaid", "dot", "svg"])
@pytest.mark.parametrize("world", ["first_steps", "night_market"])
def test_the_command(world: str, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", world, "--format", form]) == 0
    assert capsys.readouterr().out


def test_a_focus_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "first_steps", "--focus", "hal"]) == 2
    assert "did you mean `hall`?" in capsys.readouterr().err


def test_a_world_that_is_wrong_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "world.yaml").write_text(HEADER + "rooms: {hall: {name: Hall, exits: {up: lot}}}", "utf-8")
    assert main(["graph", str(tmp_path)]) == 1
    assert "unknown-name" in capsys.readouterr().err
