"""`pianist-quest doctor`: what a bug report should tell of a machine, and what of it will not work.

Nothing personal is in it: no name, no host, no text of a game; the home folder is written `~`.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from pianist_quest import __version__, bundled, kept
from pianist_quest.diagnostics.source import printable
from pianist_quest.opening import DEFAULT_WORLD, shows_boxes

from .arguments import add_saves

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

_LEAST_PYTHON: Final = (3, 11)
_NARROW: Final = 40  # cells
_ROOM: Final = 10 * 2**20
"""How many bytes free saving needs to be safe."""
_LETTERS: Final = "\u00e9\u00fd\u0148\u2019\u2026"
"""Letters that the texts of the worlds have."""


def add(doctor: argparse.ArgumentParser) -> None:
    """Add what can be said about an examination."""
    add_saves(doctor)
    doctor.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Report."""
    findings = examined(options.saves, os.environ, sys.stdin, sys.stdout)
    print(printable(report(findings)))
    return 1 if any(one.problem for one in findings) else 0


@dataclass(frozen=True, slots=True)
class Finding:
    """A line of the report; `problem` says what will not work and what to do, or nothing."""

    name: str
    value: str
    problem: str = ""


def examined(saves: str | None, environment: Mapping[str, str], source: TextIO, target: TextIO) -> list[Finding]:
    """Return what there is to report of this machine."""
    return [
        Finding("Pianist Quest", __version__),
        _python(),
        Finding("System", f"{platform.system()} {platform.release()} {platform.machine()}"),
        *_libraries(),
        *_terminal(environment, source, target),
        _colours(environment, target),
        *_letters(environment, target),
        *_folders(saves),
    ]


def report(findings: list[Finding]) -> str:
    """Return findings as text: a line for each, then the problems."""
    lines = [f"{one.name}: {one.value}" for one in findings]
    problems = [one.problem for one in findings if one.problem]
    if not problems:
        return "\n".join([*lines, "", "Everything the game needs is there."])
    many = "One thing" if len(problems) == 1 else f"{len(problems)} things"
    return "\n".join([*lines, "", f"{many} will not work:", *(f"- {problem}" for problem in problems)])


def _python() -> Finding:
    version = platform.python_version()
    problem = f"Python {version} is too old. Install Python 3.11 or newer and the game with it."
    old = sys.version_info[:2] < _LEAST_PYTHON
    return Finding("Python", f"{platform.python_implementation()} {version}", problem if old else "")


def _libraries() -> Iterator[Finding]:
    """Yield the libraries that the game needs, as its package says, with their versions."""
    for name in ("PyYAML", "prompt_toolkit", "wcwidth", "platformdirs", "filelock"):
        try:
            yield Finding(name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Finding(name, "missing", f"{name} is missing. Install the game once more: pip install .")


def _terminal(environment: Mapping[str, str], source: TextIO, target: TextIO) -> Iterator[Finding]:
    kind = environment.get("TERM", "")
    inside = [name for name, sign in (("tmux", "TMUX"), ("screen", "STY"), ("ssh", "SSH_TTY")) if environment.get(sign)]
    program = environment.get("TERM_PROGRAM", "")
    parts = [kind or "no TERM", *([program] if program else []), *(f"in {name}" for name in inside)]
    yield Finding("Terminal", ", ".join(parts))
    both = source.isatty() and target.isatty()
    reader = environment.get("PIANIST_QUEST_READER", "") not in ("", "0")
    screen = (
        "for screen readers"
        if reader
        else "plain"
        if _is_dumb(environment) or not both
        else "with editing and completion"
    )
    yield Finding("Screen", f"{screen} (input {_tty(source)}, output {_tty(target)})")
    size = shutil.get_terminal_size()
    known = f"{size.columns} by {size.lines}" if target.isatty() else "unknown"
    wrong = f"The terminal is {size.columns} cells wide. Make it {_NARROW} or wider: lines break in the midst of words."
    yield Finding("Size", known, wrong if target.isatty() and size.columns < _NARROW else "")


def _is_dumb(environment: Mapping[str, str]) -> bool:
    return environment.get("TERM", "") in ("", "dumb") and os.name == "posix"


def _tty(stream: TextIO) -> str:
    return "a terminal" if stream.isatty() else "no terminal"


def _colours(environment: Mapping[str, str], target: TextIO) -> Finding:
    if environment.get("NO_COLOR"):
        return Finding("Colours", "none (NO_COLOR is set)")
    if not target.isatty() or environment.get("TERM", "") in ("", "dumb"):
        return Finding("Colours", "none")
    many = environment.get("COLORTERM", "") in ("truecolor", "24bit")
    return Finding("Colours", "16 million" if many else "256" if "256" in environment["TERM"] else "16 or fewer")


def _letters(environment: Mapping[str, str], target: TextIO) -> Iterator[Finding]:
    encoding = target.encoding or "unknown"
    problem = ""
    try:
        _LETTERS.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        problem = f"{encoding} lacks letters of the story; they are shown as ?. Set LANG=C.UTF-8 or PYTHONUTF8=1."
    yield Finding("Encoding", encoding, problem)
    boxes = target.isatty() and not _is_dumb(environment) and shows_boxes(target.encoding)
    yield Finding("Maps", "in box characters" if boxes else "in ASCII")
    names = [name for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)]
    yield Finding("Locale", ", ".join(f"{name}={environment[name]}" for name in names) or "none set")


def _folders(saves: str | None) -> Iterator[Finding]:
    worlds = bundled.worlds()
    missing = "The worlds are missing. Install the game once more: pip install ."
    yield Finding("Worlds", ", ".join(worlds) or "none", "" if DEFAULT_WORLD in worlds else missing)
    folder = bundled.saves_folder(saves)
    shown = _homely(folder)
    problem = _unwritable(folder)
    todo = "Choose another: --saves DIR or PIANIST_QUEST_SAVES=DIR."
    told = f"Games cannot be saved in {shown}: {problem}. {todo}" if problem else ""
    yield Finding("Saved games", f"{shown} ({problem or 'can be written'})", told)
    yield Finding("Compiled worlds", _kept())


def _kept() -> str:
    """Tell where compiled worlds are kept; that nothing can be written there is no problem, games start later then."""
    folder = kept.folder()
    return f"{_homely(folder)} ({_unwritable(folder) or 'can be written'})" if folder else "not kept"


def _unwritable(folder: Path) -> str:
    """Return why files cannot be made in a folder, or nothing. A folder that is not there is not made either."""
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"x")
        free = shutil.disk_usage(place).free
    except OSError as error:
        return error.strerror or type(error).__name__
    return "" if free > _ROOM else f"only {free // 2**20} MiB are free"


def _homely(folder: Path) -> str:
    """Return a folder's name without the name of whoever's it is."""
    try:
        return str(Path("~") / folder.resolve().relative_to(Path.home().resolve()))
    except (ValueError, RuntimeError, OSError):
        return str(folder)
