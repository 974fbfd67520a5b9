"""How much a world says, and how often it says the same again in one game. Run by hand; no test.

    python tests/soak/repetition.py --plays 200 --jobs 2

First the words by file, all variants counted, and for Pianist Quest what each part was meant to have. Then, from random
games, the share of what was told (by words, in texts of 8 words and more, without the engine's own replies) that the
player had been told before in the same game, by whether it came of choices and people, of ways, or of what was typed.
Nobody types the same thing twice in one room, unless they are `--forgetful`.
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from pianist_quest.engine.turn import Ask, Choose, Go, Talk, Told
from soak.plays import WORLD, add_games, play, story_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from pianist_quest.engine import Action

SHORTEST = 8
"""The fewest words of a text that is counted as repeated."""
BUDGET = {
    "prologue": 700,
    "act1": 6000,
    "act2": 8500,
    "act2 riga": 1800,
    "act3": 6000,
    "act4": 6000,
    "act4 without number": 2200,
    "performances": 7800,
    "practice": 3000,
    "whispers, marks, small replies": 1300,
    "act5 endings": 4700,
}
"""How many words each part of Pianist Quest was meant to have."""
PRACTICE = ("systems/practice", "systems/desk", "systems/listeners")
CODE = frozenset(
    {"if", "unless", "do", "when", "call", "goto", "use", "aka", "at", "tags", "weight", "to", "by", "of", "where"}
    | {"cancels", "dark", "known", "each", "mark", "on", "except", "start", "one_of", "kind", "kinds", "variables"}
    | {"formulas", "phrases", "moves", "name", "key", "format", "status"}
)
"""Keys below which nothing is told."""

story = cache(story_of)


# Words by file


def written(node: object, *, section: bool = False) -> Iterator[str]:
    """The texts in a part of a world file, as they are written there."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for one in node:
            yield from written(one)
    elif isinstance(node, dict):
        for key, value in node.items():
            if not section and " " in str(key):
                yield str(key)
            if key not in CODE:
                yield from written(value)


def count(text: str) -> int:
    """The words of a text with all its variants, without its conditions."""
    shown = re.sub(r"\{[^{}|:]*\}", " it ", re.sub(r"\{[^{}|:]*:\s", " ", text))
    words = re.findall(r"[^\s{}|*\\~&!]*\w[^\s{}|*\\]*", shown)
    return len(words) if len(words) > 1 else 0


def part(name: str, section: str) -> str:
    """The part of the budget that a section of a file is in."""
    if name.startswith("pieces/"):
        return "performances" if section == "scenes" else "practice"
    if name.startswith("act2/riga"):
        return "act2 riga"
    if name.startswith(PRACTICE):
        return "practice"
    if name.startswith("systems/performing"):
        return "performances"
    place = name.partition("/")[0].removesuffix(".yaml")
    return place if place in BUDGET else "whispers, marks, small replies"


def by_file(world: Path) -> list[str]:
    """The words of each file, and of each part of the budget beside what it was meant to have."""
    lines, parts = [], Counter[str]()
    for file in sorted(world.rglob("*.yaml")):
        name, words = file.relative_to(world).as_posix(), 0
        for section, node in (yaml.safe_load(file.read_text("utf-8")) or {}).items():
            if section not in CODE:
                found = sum(count(text) for text in written(node, section=section == "templates"))
                parts[part(name, section)] += found
                words += found
        lines.append(f"  {name:40} {words:6}")
    lines.append(f"  {'all':40} {sum(parts.values()):6}")
    if world.name == WORLD.name:
        lines += ["beside the budget:", *(f"  {name:40} {parts[name]:6} of {BUDGET[name]:6}" for name in BUDGET)]
    return lines


# What is told again


@dataclass(slots=True)
class Heard:
    """What was told in some games, in words, by what the player did for it; and how often each text came again."""

    told: Counter[str] = field(default_factory=Counter)
    again: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, other: Heard) -> None:
        """Take what another has heard."""
        self.told.update(other.told)
        self.again.update(other.again)


def length(text: str) -> int:
    """The words of a text."""
    return len(text.split())


def way(action: Action | None) -> str:
    """For what the player was told something."""
    match action:
        case None | Choose() | Ask() | Talk():
            return "choices and people"
        case Go():
            return "ways"
    return "what was typed"


def listen(world: Path, seed: int, turns: int, *, attentive: bool) -> Heard:
    """Play one game, and tell what was heard."""
    heard, before = Heard(), set[str]()
    for move in play(story(world), seed, turns, attentive=attentive):
        for event in move.turn.events:
            text = "".join(run.text for run in event.runs) if isinstance(event, Told) else ""
            if length(text) < SHORTEST:
                continue
            heard.told[way(move.action)] += length(text)
            if text in before:
                heard.again[way(move.action), text] += 1
            before.add(text)
    return heard


def _listen(job: tuple[Path, int, int, bool]) -> Heard:
    return listen(*job[:3], attentive=job[3])


def repeated(options: Namespace) -> list[str]:
    """The share of what was told again, and the texts that were told again most."""
    seeds = range(options.seed, options.seed + options.plays)
    jobs = [(options.world, seed, options.turns, not options.forgetful) for seed in seeds]
    heard = Heard()
    with ProcessPoolExecutor(options.jobs) as pool:
        for one in pool.map(_listen, jobs, chunksize=4):
            heard.add(one)
    again = Counter[str]()
    for (kind, text), times in heard.again.items():
        again[kind] += times * length(text)
    told = heard.told.total()
    lines = [f"told again, in {options.plays} plays of {told // options.plays} words:"]
    lines += [f"  {100 * again[kind] / heard.told[kind]:5.1f} % of {kind}, {heard.told[kind]}" for kind in heard.told]
    lines.append(f"  {100 * again.total() / max(1, told):5.1f} % of all")
    for kind in heard.told:
        most = Counter({text: times * length(text) for (one, text), times in heard.again.items() if one == kind})
        lines.append(f"most by words, of {kind} (times in a play, words):")
        for text, words in most.most_common(options.texts):
            times = words / length(text) / options.plays
            lines.append(f"  {times:5.2f} {length(text):3}  {' '.join(text[:90].split())}")
    return lines


def main() -> None:
    """Measure, and tell."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    add_games(parser)
    parser.add_argument("--forgetful", action="store_true", help="let players type the same thing again and again")
    parser.add_argument("--texts", type=int, default=15, help="how many of the repeated texts to show")
    options = parser.parse_args()
    sys.stdout.write("\n".join(["words by file:", *by_file(options.world), *repeated(options)]) + "\n")


if __name__ == "__main__":
    main()
