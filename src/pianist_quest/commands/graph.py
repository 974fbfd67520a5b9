"""`pianist-quest graph`: what leads to what in a world."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from pianist_quest.diagnostics.diagnostic import did_you_mean
from pianist_quest.diagnostics.source import printable
from pianist_quest.opening import UsageError, needed, right_world, world_path

from .arguments import positive

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from pianist_quest.authoring.network import Network


def add(graph: argparse.ArgumentParser) -> None:
    """Add what can be said about a graph."""
    graph.epilog = "Ways that need something are dashed, or say (if); what nothing leads to is red, or says so."
    graph.add_argument("world", metavar="WORLD", help="a name or a path")
    formats = ("text", "mermaid", "dot", "svg")
    graph.add_argument("--format", choices=formats, default="text", help="what it is written as (text)")
    graph.add_argument("--rooms", action="store_true", help="rooms and endings only")
    graph.add_argument("--focus", metavar="NAME", help="only what is near a room, scene or ending")
    graph.add_argument("--depth", type=positive, default=2, metavar="N", help="how near, in ways (2; with --focus)")
    graph.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the graph of a world."""
    from pianist_quest.authoring.network import ANYWHERE, network

    world = needed(right_world(world_path(options.world)))
    found = network(world)
    if options.rooms:
        found = found.places()
    if options.focus is not None:
        if options.focus not in found.nodes:
            near = did_you_mean(options.focus, found.nodes.keys() - {ANYWHERE})
            hint = near or "graph without --focus lists them all"
            raise UsageError(f"the world has no room, scene or ending `{options.focus}`; {hint}")
        found = found.near(options.focus, options.depth)
    for line in _written(found, options.format):
        print(printable(line))
    return 0


def _written(found: Network, form: str) -> Iterable[str]:
    from pianist_quest.authoring.graphing import as_dot, as_mermaid, as_text

    if form == "svg":
        from pianist_quest.authoring.picture import as_svg

        return [as_svg(found, shutil.which("dot"))]
    return {"text": as_text, "mermaid": as_mermaid, "dot": as_dot}[form](found)
