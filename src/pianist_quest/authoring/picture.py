"""The network of a world as a picture, an SVG."""

from __future__ import annotations

import subprocess
from collections import deque
from html import escape
from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.source import one_line

from .graphing import as_dot, titled
from .network import ANYWHERE, ENDING, ROOM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .network import Edge, Network, Node

_WIDE, _HIGH, _GAP_X, _GAP_Y, _MARGIN = 170, 62, 70, 46, 24
"""The size of a box and the space between boxes, in pixels."""
_LETTERS: Final = 26
"""How many letters fit a line of a box."""


def as_svg(found: Network, dot: str | None) -> str:
    """Return a picture: by the program `dot` where its path is given, else laid out in columns by how far off."""
    if dot is not None:
        text = "\n".join(as_dot(found))
        made = subprocess.run(  # noqa: S603 - a program that the caller found
            [dot, "-Tsvg"], input=text, capture_output=True, text=True, check=False, timeout=60, encoding="utf-8"
        )
        if made.returncode == 0:
            return made.stdout
    return "\n".join(_drawn(found))


# The picture without Graphviz


def _columns(found: Network) -> list[list[str]]:
    """Return the nodes in columns: how many ways they are from the start; what nothing drawn leads to comes last."""
    ahead: dict[str, list[str]] = {}
    for edge in found.edges:
        ahead.setdefault(edge.start, []).append(edge.end)
    far: dict[str, int] = {}
    for begin in (found.start, ANYWHERE, *found.nodes):
        if begin in far or begin not in found.nodes or (far and begin not in ahead):
            continue
        far[begin] = 0
        waiting = deque([begin])
        while waiting:
            one = waiting.popleft()
            for other in ahead.get(one, ()):
                if other not in far and other in found.nodes:
                    far[other] = far[one] + 1
                    waiting.append(other)
    last = max(far.values(), default=-1) + 1
    far |= {one: last for one in found.nodes if one not in far}
    columns: list[list[str]] = [[] for _ in range(max(far.values(), default=-1) + 1)]
    for key, column in far.items():
        columns[column].append(key)
    return columns


def _drawn(found: Network) -> Iterator[str]:
    columns = _columns(found)
    places = {
        key: (_MARGIN + x * (_WIDE + _GAP_X), _MARGIN + y * (_HIGH + _GAP_Y))
        for x, column in enumerate(columns)
        for y, key in enumerate(column)
    }
    wide = 2 * _MARGIN + len(columns) * (_WIDE + _GAP_X) - _GAP_X
    high = 2 * _MARGIN + max(map(len, columns), default=1) * (_HIGH + _GAP_Y) - _GAP_Y
    yield f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"'
    yield ' font-family="sans-serif" font-size="12">'
    yield f"<title>{escape(one_line(found.title))}</title>"
    yield '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    yield '<path d="M0 0 8 4 0 8z" fill="#555"/></marker></defs>'
    yield f'<rect width="{wide}" height="{high}" fill="#fff"/>'
    for edge in found.edges:
        yield _curve(edge, places[edge.start], places[edge.end])
    for key, node in found.nodes.items():
        yield from _box(node, *places[key], lost=key in found.lost)
    yield "</svg>"


def _curve(edge: Edge, start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return a way: ahead it runs from right to left sides in their upper thirds, back in the lower ones."""
    ahead, beside = end[0] > start[0], end[0] == start[0]
    third = _HIGH // 3 if ahead else 2 * _HIGH // 3
    x, y = start[0] + _WIDE * (ahead or beside), start[1] + third
    u, v = end[0] + _WIDE * (not ahead), end[1] + (_HIGH // 3 if beside else third)
    pull = _GAP_X * 2 // 3
    bend = f"{x + (pull if ahead or beside else -pull)} {y} {u + (-pull if ahead else pull)} {v}"
    dashed = ' stroke-dasharray="5 4"' if edge.barred else ""
    line = f'<path d="M{x} {y}C{bend} {u} {v}" fill="none" stroke="#888"{dashed} marker-end="url(#tip)"/>'
    if not edge.word:
        return line
    # Ways ahead part at their start and ways back meet at their end: there their words would stand on each other.
    at, height = (u - 10, v) if ahead else (x - 4, y) if not beside else (x + 4, y)
    anchor = "start" if beside else "end"
    word = escape(one_line(edge.word))
    return f'{line}<text x="{at}" y="{height - 3}" text-anchor="{anchor}" font-size="10" fill="#555">{word}</text>'


def _box(node: Node, x: int, y: int, *, lost: bool) -> Iterator[str]:
    colour = "#c00" if lost else "#333"
    round_, fill = {ROOM: (3, "#f6f3ea"), ENDING: (30, "#e4efe4")}.get(node.sort, (14, "#eef1f7"))
    yield f"<g><title>{escape(one_line(titled(node)))}</title>"
    yield f'<rect x="{x}" y="{y}" width="{_WIDE}" height="{_HIGH}" rx="{round_}" fill="{fill}" stroke="{colour}"/>'
    lines = [node.name, ", ".join(node.people), ", ".join(node.things)]
    weights = (' font-weight="bold"', ' fill="#7a4a00"', ' fill="#1e6b1e"')
    for number, (line, style) in enumerate(zip(lines, weights, strict=True)):
        if line:
            cut = one_line(line if len(line) <= _LETTERS else f"{line[: _LETTERS - 1]}\N{HORIZONTAL ELLIPSIS}")
            fill_ = f' fill="{colour}"' if number == 0 else ""
            yield f'<text x="{x + 8}" y="{y + 18 + 17 * number}"{style}{fill_}>{escape(cut)}</text>'
    yield "</g>"
