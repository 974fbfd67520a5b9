"""What must not grow unseen: modules before the first prompt, calls a turn, bytes a save. Counted, never timed.

Each bound is about half as much again as what was counted when it was set. Who passes one looks first at what the
message says, and moves the bound only with a reason in the commit.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pianist_quest.engine.engine import actions, begin, step
from pianist_quest.saves.codec import encode
from pianist_quest.saves.document import seal
from pianist_quest.terminal.session import Session
from support import bundled, calls

WORLDS = Path(__file__).parents[1] / "worlds"
MODULES, KEPT_MODULES, LINES, STEPS, BYTES = 400, 250, 3_300, 500, 1_200
"""How many modules, and with a world that was kept; calls of twelve typed lines; calls of an engine's step, on average;
bytes of a small save."""
SCRIPT = ("look", "n", "play the note", "s", "up", "take hammer", "inventory", "down", "talk to tuner", "1", "2", "n")


def imported(cache: str) -> set[str]:
    """Return the modules that a game imports before its first prompt, with a folder for compiled worlds."""
    code = (
        "import sys; from pianist_quest.cli import main; main(['play', 'first_steps', '--plain', '--seed', '1']);"
        "print(*sys.modules, file=sys.stderr)"
    )
    alone = {name: value for name, value in os.environ.items() if not name.startswith("COV")}  # no counting of lines
    command, kept = [sys.executable, "-c", code], {"PIANIST_QUEST_CACHE": cache}
    done = subprocess.run(command, input="", capture_output=True, text=True, check=True, env={**alone, **kept})
    return set(done.stderr.split())


NEVER = {"prompt_toolkit", "filelock", "tomllib", "tomlkit", "argcomplete", "pianist_quest.explore.search"}
"""What no game imports before its first prompt, and what none does whose world was kept."""
SELDOM = {"yaml", "dataclasses", "inspect", "wcwidth", "pianist_quest.worldfile.model", "pianist_quest.story.compile"}


def test_few_modules_are_imported_before_the_first_prompt() -> None:
    names = imported("off")
    assert len(names) <= MODULES, "look at `python -X importtime -m pianist_quest play first_steps --plain`"
    assert NEVER.isdisjoint(names), "import it where it is needed"


def test_fewer_are_where_the_world_was_kept(tmp_path: Path) -> None:
    first, second = imported(str(tmp_path)), imported(str(tmp_path))
    assert first >= SELDOM - {"wcwidth"}
    assert len(second) <= KEPT_MODULES, "look at `python -X importtime -m pianist_quest play first_steps --plain`"
    assert (NEVER | SELDOM).isdisjoint(second), "import it where it is needed; see docs/performance.md"


@pytest.mark.usefixtures("uncounted")
def test_few_calls_are_made_for_a_typed_line() -> None:
    session = Session.new(bundled(WORLDS / "first_steps"), 1)
    for line in SCRIPT:  # what is worked out once is not counted
        session.type(line)
    session = Session.new(bundled(WORLDS / "first_steps"), 1)
    count = calls(lambda: [session.type(line) for line in SCRIPT])
    assert count <= LINES, f"{count} calls: profile Session.type with cProfile, sorted by ncalls"


@pytest.mark.usefixtures("uncounted")
def test_few_calls_are_made_for_a_step() -> None:
    story = bundled(WORLDS / "night_market")
    turn = begin(story, 1)
    steps = 0

    def play() -> None:
        nonlocal turn, steps
        for _ in range(200):
            possible = tuple(actions(story, turn.state))
            if not possible:
                return
            turn = step(story, turn.state, possible[steps % len(possible)])
            steps += 1

    count = calls(play)
    assert steps > 20
    assert count <= STEPS * steps, f"{count / steps:.0f} calls a step: profile engine.step with cProfile"


def test_a_save_of_a_small_world_is_small() -> None:
    session = Session.new(bundled(WORLDS / "first_steps"), 1)
    for line in SCRIPT:
        session.type(line)
    data = seal(encode(session.story, session.saved(), saved="2026-01-01T00:00:00+00:00", summary=session.summary))
    assert len(data) <= BYTES, "look at what `saves export` writes: what is told twice?"
