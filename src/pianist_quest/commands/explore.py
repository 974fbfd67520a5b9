"""`pianist-quest explore`: what can happen in a world."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

from pianist_quest import bundled
from pianist_quest.diagnostics.source import printable, printable_json
from pianist_quest.opening import UsageError, complain, needed, playable, world_path

from .arguments import add_saves, positive

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import TextIO

    from pianist_quest.authoring.exploring import Report, Task
    from pianist_quest.engine.state import State
    from pianist_quest.explore.search import Graph
    from pianist_quest.story.story import Story


def add(explore: argparse.ArgumentParser) -> None:
    """Add what can be said about a search."""
    explore.add_argument("world", metavar="WORLD", help="a name or a path")
    explore.add_argument("--seconds", type=positive, default=60, metavar="N", help="how long to search at most (60)")
    explore.add_argument("--states", type=positive, default=2_000_000, metavar="N", help="how many states at most")
    explore.add_argument("--memory", type=positive, default=2048, metavar="MIB", help="how much memory at most (2048)")
    explore.add_argument("--no-reduce", action="store_true", help="keep all that matters anywhere, everywhere")
    explore.add_argument("--plays", type=positive, metavar="N", help="play N games by chance instead, for balance")
    explore.add_argument("--jobs", type=positive, default=1, metavar="N", help="by so many processes")
    explore.add_argument("--to", metavar="GOAL", help="only the shortest way to an ending, a room or an expression")
    explore.add_argument("--from", dest="slot", metavar="SLOT", help="from a saved game on")
    add_saves(explore, "where games are saved (with --from)")
    explore.add_argument("--dot", action="store_true", help="the states of a small world as a graph for Graphviz")
    explore.add_argument("--json", action="store_true", help="the result as JSON")
    explore.add_argument("--write-walkthroughs", action="store_true", help="save the shortest ways as walkthroughs")
    explore.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Explore a world."""
    _agree(options)
    path = world_path(options.world)
    story = needed(playable(path, options.to))
    if options.plays:
        return _balance(path, options)
    task = _task(path, story, options)
    if options.dot:
        return _draw(story, task)
    if options.to:
        return _find(story, task, options)
    with _workers(options.jobs) as task.executor:
        return _prove(path, story, task, options)


def _task(path: Path, story: Story, options: argparse.Namespace) -> Task:
    from pianist_quest.authoring.exploring import Task
    from pianist_quest.authoring.testing import walkthrough_texts
    from pianist_quest.explore.search import Limits

    limits = Limits(options.states, options.seconds, options.memory * 2**20)
    start = _saved_state(story, options.slot, options.saves) if options.slot else None
    known = tuple(walkthrough_texts(path))
    return Task(limits, not options.no_reduce, _progress(sys.stderr), start, known, str(path))


def _balance(path: Path, options: argparse.Namespace) -> int:
    from pianist_quest.authoring.plays import balance

    _print(balance(path, options.plays, options.jobs))
    return 0


def _draw(story: Story, task: Task) -> int:
    from pianist_quest.authoring.exploring import MOST_DRAWN, as_dot

    drawn = as_dot(story, task)
    if drawn is None:
        return complain(f"the world is too large to be drawn: it has more than {MOST_DRAWN:,} states", 3)
    _print([drawn])
    return 0


def _find(story: Story, task: Task, options: argparse.Namespace) -> int:
    from pianist_quest.authoring.exploring import way_to
    from pianist_quest.authoring.reporting import told_way, way_as_json

    claim = way_to(story, task)
    _print([printable_json(way_as_json(claim))] if options.json else told_way(claim))
    return {"proved": 0, "broken": 1}.get(claim.answer.value, 3)


def _prove(path: Path, story: Story, task: Task, options: argparse.Namespace) -> int:
    from pianist_quest.authoring.exploring import explore
    from pianist_quest.authoring.reporting import as_json, told

    report = explore(story, task)
    _print([printable_json(as_json(report))] if options.json else told(report))
    if options.write_walkthroughs:
        _write(path, report)
    return 1 if report.broken else 3 if report.open else 0


def _write(path: Path, report: Report) -> None:
    from pianist_quest.authoring.reporting import walkthroughs

    folder = (path if path.is_dir() else path.parent) / "walkthroughs"
    folder.mkdir(exist_ok=True)
    for name, text in walkthroughs(report):
        (folder / name).write_text(text, encoding="utf-8")
        print(printable(f"{folder / name}: written"), file=sys.stderr)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(printable(line))


def _workers(jobs: int) -> AbstractContextManager[Executor | None]:
    """Return processes that share in a search; none where there is to be one job only."""
    if jobs == 1:
        return nullcontext()
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(jobs)


def _agree(options: argparse.Namespace) -> None:
    """Refuse options that have nothing to do with each other."""
    kinds = [name for name in ("plays", "to", "dot") if getattr(options, name) not in (None, False)]
    extra = ["write_walkthroughs"] if kinds and options.write_walkthroughs else []
    extra += ["json"] if options.json and kinds in (["plays"], ["dot"]) else []
    clash = [*kinds, *extra]
    if len(clash) > 1:
        named = " and ".join(f"--{one.replace('_', '-')}" for one in clash[:2])
        raise UsageError(f"{named} cannot be used together")
    if "" in (options.to, options.slot):
        raise UsageError("a goal or a slot cannot be empty")


def _saved_state(story: Story, slot: str, folder: str | None) -> State:
    from pianist_quest.saves.codec import decode
    from pianist_quest.saves.document import SaveError
    from pianist_quest.saves.store import Store

    try:
        return decode(story, Store(bundled.saves_folder(folder)).load(story.key, slot)).state
    except SaveError as error:
        raise UsageError(str(error)) from None


def _progress(stream: TextIO) -> Callable[[Graph, int], None] | None:
    """Return what shows how far a search is, on a terminal only."""
    if not stream.isatty():
        return None

    def show(graph: Graph, depth: int) -> None:
        found, looked = len(graph.actions), graph.expanded
        speed = int(looked / graph.seconds) if graph.seconds else 0
        line = f"{found:,} states, depth {depth}, {found - looked:,} to look at, {speed:,} a second"
        stream.write(f"\r{line:<78}"[:79])
        stream.flush()

    return show
