"""How much of a second play of Pianist Quest was already read in the first. Run by hand; no test.

    python tests/soak/second_play.py --plays 20
    python tests/soak/second_play.py --walkthroughs route_gurvich four_hands
    python tests/soak/second_play.py --plays 20 --texts 60

Two plays at a time are compared: of all that the second tells (outcomes, rooms, scenes; not what can be chosen, nor
the names of rooms), the share of the sentences, and of the words in them, that the first had told as well. A sentence
has `--shortest` words at least, and counts once, however often it is read in a play; with `--every` as often as it is
read. `--plays N` are plays by the players of `strategies.py`, of `--styles` in turn, each compared with each; of all
those pairs, those are told of by themselves whose lean, partner, door and programme are different. `--walkthroughs`
takes these from the world's folder instead, each with each. `--texts N` tells how many words of which files are in more
than 70 % of the plays, and names the N longest sentences of them.
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from pianist_quest.authoring.sharing import sentences, typed
from pianist_quest.authoring.walkthrough import read
from pianist_quest.engine import begin, step
from pianist_quest.engine.view import slot_text
from pianist_quest.terminal.session import Session
from soak.plays import WORLD
from soak.strategies import STYLES, Player, story

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pianist_quest.engine import State

AXES = ("lean", "partner", "onward", "prog_classic", "prog_study", "prog_sonata", "concerto")
"""What one chooses in a play; two plays with another lean, partner and door and mostly another programme are unlike."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What somebody has read, and what they had chosen."""

    name: str
    sentences: Counter[str]
    chosen: tuple[str, ...]


def by_style(style: str, seed: int, shortest: int, turns: int = 8000) -> Reading:
    """Play once as the players of `strategies.py` do."""
    here = story(WORLD)
    slots = {slot.name: number for number, slot in enumerate(here.slots)}
    player = Player(here, style, Random(f"{style} {seed}"), slots)  # noqa: S311 - not for secrets
    told = [begin(here, seed)]
    for _ in range(turns):
        state = told[-1].state
        action = player.acts(state) if state.ending < 0 else None
        if action is None:
            break
        told.append(step(here, state, action))
    return Reading(
        f"{style} {seed}", Counter(sentences((turn.events for turn in told), shortest)), chosen(told[-1].state)
    )


def by_walkthrough(name: str, shortest: int) -> Reading:
    """Type what a walkthrough types."""
    walk = read((WORLD / "walkthroughs" / f"{name}.txt").read_text("utf-8"))
    session = Session.new(story(WORLD), walk.seed)
    read_so_far = Counter(sentences(typed(session, walk), shortest))
    return Reading(name, read_so_far, chosen(session.now.state))


def chosen(state: State) -> tuple[str, ...]:
    """What was chosen in a play that has come to its end."""
    here = story(WORLD)
    slots = {slot.name: number for number, slot in enumerate(here.slots)}
    return tuple(str(slot_text(here, slots[name], state.values[slots[name]])) for name in AXES)


def once(reading: Reading) -> Reading:
    """The same with each sentence read once."""
    return Reading(reading.name, Counter(dict.fromkeys(reading.sentences, 1)), reading.chosen)


def shared(first: Reading, second: Reading) -> tuple[float, float]:
    """The shares of the sentences and of the words of the second that the first had."""
    number = sum(second.sentences.values())
    length = sum(len(one.split()) * count for one, count in second.sentences.items())
    again = {one: count for one, count in second.sentences.items() if one in first.sentences}
    again_length = sum(len(one.split()) * count for one, count in again.items())
    return sum(again.values()) / max(1, number), again_length / max(1, length)


def unlike(first: Reading, second: Reading) -> bool:
    """Whether lean, partner, door and most of the programme are others."""
    differ = [one != other for one, other in zip(first.chosen, second.chosen, strict=True)]
    return all(differ[:3]) and sum(differ[3:]) >= 2


def mean(pairs: Sequence[tuple[float, float]]) -> str:
    """The two shares on average."""
    if not pairs:
        return "none"
    number, length = (100 * sum(column) / len(pairs) for column in zip(*pairs, strict=True))
    return f"{len(pairs)} pairs, {number:.0f} % of the sentences, {length:.0f} % of the words"


def files_of(texts: Iterable[str]) -> dict[str, str]:
    """The file in which each sentence begins, as far as it stands there as it is told."""
    files = {
        path.relative_to(WORLD).as_posix(): re.sub(r"[*\s]+", " ", path.read_text("utf-8"))
        for path in sorted(WORLD.rglob("*.yaml"))
    }
    return {
        text: next((name for name, all_of_it in files.items() if " ".join(text.split()[:5]) in all_of_it), "?")
        for text in texts
    }


def common(readings: Sequence[Reading], number: int) -> list[str]:
    """The sentences that most plays have, those first that have most words."""
    plays = Counter[str]()
    length = Counter[str]()
    for reading in readings:
        plays.update(reading.sentences.keys())
        length.update({one: len(one.split()) * count for one, count in reading.sentences.items()})
    total = sum(length.values())
    often = [one for one, count in plays.items() if count > len(readings) * 0.7]
    files = files_of(often)
    by_file = Counter[str]()
    for one in often:
        by_file[files[one]] += length[one]
    lines = [f"  in more than 70 % of the plays, by file, of {total // len(readings)} words in a play:"]
    lines += [f"    {name:32} {count // len(readings):5}" for name, count in by_file.most_common(30)]
    longest = sorted(often, key=lambda one: -length[one])[:number]
    return lines + [f"    {length[one] // len(readings):4} {files[one]}: {one[:100]}" for one in longest]


def report(pairs: Sequence[tuple[Reading, Reading]], *, each: bool) -> list[str]:
    """What is told of pairs of plays."""
    found = [(first, second, shared(first, second)) for first, second in pairs]
    lines = []
    if each:
        lines += [
            f"  {second.name} after {first.name}: {100 * number:.0f} % of sentences, {100 * length:.0f} % of words"
            for first, second, (number, length) in found
        ]
    lines.append("all: " + mean([share for _, _, share in found]))
    others = [share for first, second, share in found if unlike(first, second)]
    lines.append("with another lean, partner, door and programme: " + mean(others))
    return lines


def main() -> int:
    """Play, compare, and tell; return the exit code."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--plays", type=int, default=20, help="how many players there are; each reads after each other")
    parser.add_argument("--styles", nargs="+", choices=STYLES, default=["sensible", "loyal", "careless"])
    parser.add_argument("--seed", type=int, default=1, help="of the first player; each has the next")
    parser.add_argument("--shortest", type=int, default=4, help="the fewest words of a sentence that counts")
    parser.add_argument("--every", action="store_true", help="count a sentence as often as it is read")
    parser.add_argument("--texts", type=int, default=0, help="how many sentences to name that most plays have")
    parser.add_argument("--walkthroughs", nargs="+", metavar="NAME", help="these instead")
    options = parser.parse_args()
    if options.walkthroughs:
        readings = [by_walkthrough(name, options.shortest) for name in options.walkthroughs]
    else:
        readings = [
            by_style(options.styles[number % len(options.styles)], options.seed + number, options.shortest)
            for number in range(options.plays)
        ]
    if not options.every:
        readings = [once(one) for one in readings]
    print("\n".join(report(list(permutations(readings, 2)), each=bool(options.walkthroughs))))
    if options.texts:
        print("\n".join(common(readings, options.texts)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
