"""Worlds as the command line names them, and how it says what is wrong."""

# What a command needs is imported when it runs: `--version` and `explain` should not wait for a compiler.
# ruff: noqa: PLC0415

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from . import bundled
from .diagnostics.diagnostic import Problems, did_you_mean

if TYPE_CHECKING:
    from .story.compile import Written
    from .story.story import Story
    from .worldfile.model import World

_Found = TypeVar("_Found")
DEFAULT_WORLD: Final = "pianist_quest"


class UsageError(Exception):
    """A wrong argument; the message is one line."""


class WrongWorldError(Exception):
    """A world that cannot be played; the message is the report of what is wrong with it."""


def needed(found: _Found | str) -> _Found:
    """Return what was found in a world; raises WrongWorldError where that is the report of what is wrong with it."""
    if isinstance(found, str):
        raise WrongWorldError(found)
    return found


def complain(message: str, code: int) -> int:
    """Say on standard error what is wrong, in one line; return the exit code."""
    from .diagnostics.source import one_line

    print(f"pianist-quest: {one_line(message)}", file=sys.stderr)
    return code


def world_path(name: str) -> Path:
    """Return the file or folder of a world; raises UsageError where there is none."""
    path, known = Path(name), bundled.worlds()
    if os.sep not in name and name in known and not path.exists():
        return known[name]
    if path.exists():
        return path
    hint = did_you_mean(name, known) or f"worlds: {', '.join(known)}"
    raise UsageError(f"there is no world `{name}`; {hint}")


def story_of(path: Path, problems: Problems, goal: str | None = None) -> Story | None:
    """Return the story of a world, with a goal to look for in it; None where problems were found."""
    found = _written(path, problems, goal)
    return found.story if found else None


def _written(path: Path, problems: Problems, goal: str | None = None) -> Written | None:
    from .story.compile import compile_written
    from .worldfile.goals import with_goal
    from .worldfile.load import load_world

    world = load_world(path, problems)
    if world and goal:
        world = with_goal(world, goal, problems)
    return compile_written(world, problems) if world else None


def written_world(path: Path) -> Written | str:
    """Return a story with what it was made from, or the report of what is wrong with it."""
    problems = Problems()
    return _written(path, problems) or _reported(problems)


def right_world(path: Path) -> World | str:
    """Return a world as written, or the report of what is wrong with it."""
    found = written_world(path)
    return found if isinstance(found, str) else found.world


def playable(path: Path, goal: str | None = None) -> Story | str:
    """Return the story of a world, or the report of what is wrong with it (or with a goal to look for in it)."""
    from .kept import kept_story

    problems = Problems()
    story = story_of(path, problems, goal) if goal else kept_story(path, lambda: story_of(path, problems))
    what = "This cannot be looked for." if goal else "This world cannot be played."
    return story or f"{_reported(problems)}{what}"


def _reported(problems: Problems) -> str:
    """Return problems as they are told on standard error."""
    from .diagnostics.report import text_report

    return text_report(problems, colour=colour(sys.stderr.isatty()))


def colour(terminal: bool) -> bool:  # noqa: FBT001 - its one argument
    """Whether to write in colour."""
    forced = os.environ.get("FORCE_COLOR", "") not in ("", "0")
    return (terminal or forced) and not os.environ.get("NO_COLOR")


def shows_boxes(encoding: str | None) -> bool:
    """Whether an encoding has the characters that maps are drawn with."""
    try:
        "\u250c\u2550\u2573\u2198\u25af".encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def world_key(name: str) -> str:
    """Return the key of a world's saved games: that of a world that is there, or else the name of their folder."""
    known = bundled.worlds()
    if not Path(name).exists():
        return known[name].stem if name in known else Path(name).name.removesuffix(".yaml")
    from .worldfile.files import world_key as key

    return key(Path(name))
