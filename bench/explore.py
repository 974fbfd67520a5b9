"""How fast the explorer looks at states, beside the floor and beside inkjs.

    python bench/explore.py [--ink FOLDER]

Three figures from one run on one core:

- the explorer's steps a second on a story of knots with choices and counters;
- the floor: the same states' values copied, made into keys and stored, with nothing worked out in between;
- inkjs (`npm install inkjs` in FOLDER; node) choosing at random in a story of the same shape, choices a second.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.explore.relevance import Relevance
from pianist_quest.explore.search import Limits, Search
from pianist_quest.story.compile import compile_world
from pianist_quest.worldfile.load import load_world

KNOTS, CHOICES, COUNTERS, HIGH = 60, 4, 4, 5
SECONDS = 8.0


def ways(knot: int) -> list[tuple[int, int]]:
    """Where the choices of a knot lead, and the counter each turns up."""
    return [((knot * 7 + one * 13 + 1) % KNOTS, (knot + one) % COUNTERS) for one in range(CHOICES)]


def world() -> str:
    """Our story of that shape. A choice shows a text, turns a counter up to its bound, and goes on."""
    lines = ["format: 1", "title: Bench", "start: k0", "rooms: {hall: {name: Hall}}", "variables:"]
    lines += [f"  c{one}: {{start: 0, min: 0, max: {HIGH}}}" for one in range(COUNTERS)]
    lines.append("scenes:")
    for knot in range(KNOTS):
        lines += [f"  k{knot}:", f"    - You are at {knot}.", "    - choices:"]
        for one, (to, counter) in enumerate(ways(knot)):
            text = f"text: On to {to}."
            lines.append(f"      - {{label: Choice {one}, do: c{counter} += 1, {text}, goto: k{to}}}")
    # All counters are asked for, so that none can be left out.
    asked = " and ".join(f"c{one} == {HIGH}" for one in range(COUNTERS))
    lines += [f"      - {{label: End, if: {asked}, goto: end}}", "endings: {end: {name: End}}", ""]
    return "\n".join(lines)


def ink() -> str:
    """The same story in ink."""
    lines = [f"VAR c{one} = 0" for one in range(COUNTERS)] + ["-> k0"]
    for knot in range(KNOTS):
        lines += [f"=== k{knot}", f"You are at {knot}."]
        for one, (to, counter) in enumerate(ways(knot)):
            lines += [
                f"+ Choice {one}",
                f"  ~ c{counter} = MIN(c{counter} + 1, {HIGH})",
                f"  On to {to}.",
                f"  -> k{to}",
            ]
    return "\n".join(lines) + "\n"


def promela() -> str:
    """The same story for spin: a knot is a label, a choice a step."""
    lines = [f"byte c{one} = 0;" for one in range(COUNTERS)] + ["active proctype story() {"]
    for knot in range(KNOTS):
        lines += [f"k{knot}:", "  if"]
        for to, counter in ways(knot):
            lines.append(f"  :: c{counter} = (c{counter} < {HIGH} -> c{counter} + 1 : c{counter}); goto k{to}")
        asked = " && ".join(f"c{one} == {HIGH}" for one in range(COUNTERS))
        lines += [f"  :: ({asked}) -> goto over"] if knot == KNOTS - 1 else []
        lines.append("  fi;")
    return "\n".join([*lines, "over: skip", "}", ""])


NODE = """
const { Compiler } = require(process.argv[2] + '/node_modules/inkjs/dist/ink-full.js');
const story = new Compiler(require('fs').readFileSync(process.argv[3], 'utf8')).Compile();
let seed = 1, count = 0;
const next = (n) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % n; };
const start = process.hrtime.bigint();
let spent = 0;
while (spent < SECONDS) {
  for (let i = 0; i < 200; i++) {
    while (story.canContinue) story.Continue();
    story.ChooseChoiceIndex(next(story.currentChoices.length));
    count++;
  }
  spent = Number(process.hrtime.bigint() - start) / 1e9;
}
console.log(count / spent);
"""


def explored() -> tuple[float, float, list[tuple[int, ...]]]:
    """Return steps and states a second, and the values of the states looked at."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.yaml"
        file.write_text(world(), encoding="utf-8")
        problems = Problems()
        loaded = load_world(file, problems)
        story = compile_world(loaded, problems) if loaded else None
    assert story is not None
    search = Search(Relevance(story, (), cover=True))
    seen: list[tuple[int, ...]] = []
    search.watchers.append(lambda _, state: seen.append(state.values))
    graph = search.run(Limits(states=10**9, seconds=SECONDS, memory=2**34))
    return len(graph.sources) / graph.seconds, graph.expanded / graph.seconds, seen


def floor(seen: list[tuple[int, ...]], steps_per_state: float) -> float:
    """Return how many steps a second copying, hashing and storing alone would allow."""
    stored: dict[tuple[object, ...], int] = {}
    times = max(1, round(steps_per_state))
    started = time.perf_counter()
    for number, values in enumerate(seen):
        for again in range(times):
            copied = list(values)
            stored.setdefault((number % KNOTS, -1, tuple(copied)), again)
    return len(seen) * times / (time.perf_counter() - started)


def inkjs(folder: Path) -> float:
    """Return the choices a second of inkjs."""
    with tempfile.TemporaryDirectory() as place:
        source, script = Path(place) / "story.ink", Path(place) / "bench.js"
        source.write_text(ink(), encoding="utf-8")
        script.write_text(NODE.replace("SECONDS", str(SECONDS)), encoding="utf-8")
        command = ["node", str(script), str(folder.resolve()), str(source)]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def spin() -> float:
    """Return the steps a second of spin, which makes a program in C of the story; raises OSError where it is not."""
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "story.pml").write_text(promela(), encoding="utf-8")
        for command in (["spin", "-a", "story.pml"], ["gcc", "-O2", "-DSAFETY", "-o", "pan", "pan.c"]):
            subprocess.run(command, check=True, capture_output=True, cwd=place)
        taken = []
        for _ in range(5):
            begun = time.perf_counter()
            run = subprocess.run(["./pan", "-m1000000", "-w18"], check=True, capture_output=True, text=True, cwd=place)
            taken.append(time.perf_counter() - begun)
    steps = next(line for line in run.stdout.splitlines() if " transitions " in line)
    return int(steps.split()[0]) / min(taken)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--ink", type=Path, metavar="FOLDER", help="where inkjs is installed")
    options = parser.parse_args()
    steps, states, seen = explored()
    lowest = floor(seen, steps / states)
    print(f"explorer: {steps:,.0f} steps a second ({states:,.0f} states)")
    print(f"floor:    {lowest:,.0f} steps a second; the explorer costs {lowest / steps:.1f} times as much")
    if options.ink:
        choices = inkjs(options.ink)
        print(f"inkjs:    {choices:,.0f} choices a second; the explorer does {steps / choices:.1f} times as many")
    return 0


if __name__ == "__main__":
    sys.exit(main())
