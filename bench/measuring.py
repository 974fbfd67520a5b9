"""Times taken in turns, ours and the peer's, so that what else the machine does falls on both."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import metadata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Row:
    """A figure: what, beside what, the goal, and of the runs each ratio (ours to the peer's, or the other way).

    Without a goal (an empty text) it is there to be compared with, and `met`.
    """

    what: str
    beside: str
    goal: str
    ratios: tuple[float, ...]
    met: bool
    detail: str = ""

    @property
    def ratio(self) -> float:
        """The median."""
        return statistics.median(self.ratios)


def row(
    what: str, beside: str, bound: float | None, ratios: list[float], detail: str = "", *, least: bool = False
) -> Row:
    """Return a figure whose ratio is to be at most a bound, or with `least` at least; None for no goal."""
    if bound is None:
        return Row(what, beside, "", tuple(ratios), met=True, detail=detail)
    middle = statistics.median(ratios)
    goal = f"{bound:g} or {'more' if least else 'less'}"
    return Row(what, beside, goal, tuple(ratios), middle >= bound if least else middle <= bound, detail)


def seconds(do: Callable[[], object]) -> float:
    """Return how long something takes."""
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def in_turns(ours: Callable[[], float], theirs: Callable[[], float], times: int) -> list[tuple[float, float]]:
    """Return pairs of figures, taken by turns."""
    return [(ours(), theirs()) for _ in range(times)]


def child(code: str, *arguments: str) -> dict[str, float]:
    """Return what a Python program of its own prints as JSON: figures that must not depend on this process."""
    command = [sys.executable, "-c", code, *arguments]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True, timeout=240).stdout))


def table(rows: list[Row]) -> str:
    """Return figures as a table, what misses its goal first."""
    lines = [machine(), "", f"{'':<5}{'what':<44}{'beside':<42}{'goal':<14}{'median':>8}  spread"]
    for one in sorted(rows, key=lambda one: (one.met, not one.goal)):
        spread = f"{min(one.ratios):.2f} to {max(one.ratios):.2f}"
        mark = "MISS" if not one.met else "ok" if one.goal else ""
        lines.append(f"{mark:<5}{one.what:<44}{one.beside:<42}{one.goal:<14}{one.ratio:>8.2f}  {spread}  {one.detail}")
    return "\n".join(lines)


def machine() -> str:
    """Return what the figures were taken on."""
    packages = []
    for name in ("PyYAML", "prompt_toolkit", "adventurelib", "textworld"):
        with suppress(metadata.PackageNotFoundError):
            packages.append(f"{name} {metadata.version(name)}")
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{python}, {', '.join(packages)}; {platform.platform()}, {os.cpu_count()} cores{load}"


def as_json(rows: list[Row]) -> str:
    """Return figures for other programs."""
    return json.dumps([asdict(one) | {"median": one.ratio} for one in rows], indent=2)
