"""Compares the explorer with the naive search, and plays what it reports."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pianist_quest.authoring.ways import typed
from pianist_quest.diagnostics.codes import Code
from pianist_quest.explore.proof import Prover
from pianist_quest.explore.relevance import Relevance
from pianist_quest.explore.search import Limits, Search
from pianist_quest.explore.verdict import ending_states, stuck
from pianist_quest.terminal.session import Session
from support import check

if TYPE_CHECKING:
    from explore.naive import Found
    from pianist_quest.explore.search import Graph
    from pianist_quest.story.story import Story

MANNERS = ((True, True), (False, True), (True, False), (False, False))
"""With choices covered or not, with the reduction by place or without."""


def playable(text: str) -> Story | None:
    """Return the story of a world's text; none where it has mistakes, or might run on for ever (that takes long)."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "w.yaml"
        file.write_text(text, encoding="utf-8")
        problems, story = check(file)
        return None if any(one.code is Code.MAY_NOT_STOP for one in problems) else story


def explored(story: Story, *, cover: bool = True, reduce: bool = True) -> tuple[Search, Graph]:
    """Search a story to its end."""
    found = Search(Relevance(story, (), cover=cover), reduce=reduce)
    return found, found.run(Limits(states=50_000, seconds=60))


def disagreement(story: Story, naive: Found) -> str:
    """Return in what the explorer and the naive search differ; empty where they agree."""
    for cover, reduce in MANNERS:
        found, graph = explored(story, cover=cover, reduce=reduce)
        mine = {story.endings[one].key: len(graph.way(number)) for one, number in ending_states(graph).items()}
        lost = stuck(graph)
        shown = (graph.complete, mine, found.rooms, len(graph.way(lost[0])) if lost else None)
        wanted = (True, naive.endings(story), naive.rooms(), naive.stuck())
        if shown != wanted:
            return f"cover {cover}, reduce {reduce}: {shown} and not {wanted}"
        for one, number in ending_states(graph).items():
            problem = replayed(story, graph, number, one)
            if problem:
                return problem
    return ""


def false_proof(story: Story, naive: Found) -> str:
    """Return what is wrong with the proof that nobody is stuck; empty where it is right, or was not found."""
    proof = Prover(story).prove(10)
    return (
        f"a proof with {proof.kept}, but stuck in {naive.stuck()}" if proof.holds and naive.stuck() is not None else ""
    )


def replayed(story: Story, graph: Graph, number: int, ending: int) -> str:
    """Type the way to an ending as the explorer tells it; return what is wrong with it."""
    way = typed(story, graph, number, lambda state: state.ending == ending)
    if way.seed is None:
        return f"no seed for {graph.way(number)}"
    session = Session.new(story, way.seed)
    for line in way.commands:
        session.type(line)
    return "" if session.now.state.ending == ending else f"{way.commands} does not lead to it"
