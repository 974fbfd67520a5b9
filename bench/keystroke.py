"""How soon an editor hears of a keystroke: the form of the largest bundled file, and the whole world after it.

    python bench/keystroke.py

Prints medians of ten; the goal is that the form is told within 100 ms. Run by hand; no test.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

from pianist_quest.editing.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable

WORLD = Path(__file__).parents[1] / "worlds" / "pianist_quest"


def median(do: Callable[[], object]) -> float:
    """Return how long something takes, in milliseconds."""
    times = []
    for _ in range(10):
        start = time.perf_counter()
        do()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def main() -> None:
    """Measure."""
    project = Project(WORLD)
    file = str(max(WORLD.rglob("*.yaml"), key=lambda path: path.stat().st_size))
    text = Path(file).read_text("utf-8")
    project.texts[file] = f"{text}\n# x"
    print(f"{Path(file).name}, {len(text):,} characters")
    print(f"its form: {median(lambda: project.glance(file)):.0f} ms")
    print(f"the whole world: {median(project.check):.0f} ms, in a thread, when nobody has typed for 300 ms")


if __name__ == "__main__":
    main()
