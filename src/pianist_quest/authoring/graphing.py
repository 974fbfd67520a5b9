"""The network of a world as text, Mermaid and DOT."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.source import one_line

from .network import ENDING, OTHER, ROOM, STORYLET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .network import Edge, Network, Node

_SHAPES: Final = {ROOM: ("[", "]"), ENDING: ("([", "])"), OTHER: ("{{", "}}")}
_DOT_SHAPES: Final = {ROOM: "box", ENDING: "doubleoctagon", OTHER: "hexagon", STORYLET: "note"}


def as_text(found: Network) -> Iterator[str]:
    """Yield a line for each node, and one for each way from it."""
    for key, node in found.nodes.items():
        lost = "" if key not in found.lost else "  (nothing leads here)"
        yield f"{node.sort} {key}{f': {node.name}' if node.name != key else ''}{_with(node)}{lost}"
        for edge in _from(found, key):
            word = f"{edge.word} " if edge.word else ""
            notes = [note for note, holds in (("if", edge.barred), ("and back", edge.back)) if holds]
            said = f" ({', '.join(notes)})" if notes else ""
            yield f"  {word}-> {edge.end}{said}"


def as_mermaid(found: Network) -> Iterator[str]:
    """Yield a flow chart for Mermaid: dashed ways need something, red nodes are never come to."""
    yield "flowchart LR"
    for key, node in found.nodes.items():
        left, right = _SHAPES.get(node.sort, ("(", ")"))
        lost = "" if key not in found.lost else ":::lost"
        yield f'  n_{key}{left}"{_mermaid(titled(node))}"{right}{lost}'
    for edge in found.edges:
        arrow = "-.->" if edge.barred else "-->"
        word = f'|"{_mermaid(edge.word)}"|' if edge.word else ""
        yield f"  n_{edge.start} {arrow}{word} n_{edge.end}"
    yield "  classDef lost stroke:#c00,color:#c00"


def as_dot(found: Network) -> Iterator[str]:
    """Yield a graph for Graphviz: dashed ways need something, red nodes are never come to."""
    yield "digraph world {"
    yield "  graph [rankdir=LR];"
    yield '  node [fontname="sans-serif", shape=ellipse];'
    yield '  edge [fontname="sans-serif", fontsize=10];'
    for key, node in found.nodes.items():
        shape = f", shape={_DOT_SHAPES[node.sort]}" if node.sort in _DOT_SHAPES else ""
        red = "" if key not in found.lost else ", color=red, fontcolor=red"
        yield f"  n_{key} [label={_quoted(titled(node))}{shape}{red}];"
    for edge in found.edges:
        marks = [f"label={_quoted(edge.word)}"] if edge.word else []
        marks += ["style=dashed"] if edge.barred else []
        marks += ["arrowhead=empty"] if edge.back else []
        styled = f" [{', '.join(marks)}]" if marks else ""
        yield f"  n_{edge.start} -> n_{edge.end}{styled};"
    yield "}"


# Labels


def _from(found: Network, key: str) -> list[Edge]:
    return [edge for edge in found.edges if edge.start == key]


def _with(node: Node) -> str:
    people = f"  [{', '.join(node.people)}]" if node.people else ""
    things = f"  ({', '.join(node.things)})" if node.things else ""
    return people + things


def titled(node: Node) -> str:
    """Return a node's name, with who and what is there at first."""
    return f"{node.name}{_with(node)}"


def _mermaid(text: str) -> str:
    return one_line(text).replace("#", "#35;").replace('"', "#quot;")


def _quoted(text: str) -> str:
    return json.dumps(one_line(text), ensure_ascii=False)
