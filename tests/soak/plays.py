"""Random plays of a world through the engine, for the scripts of this folder."""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.diagnostics.report import text_report
from pianist_quest.engine import Action, actions, begin, step
from pianist_quest.engine.turn import Choose, Do, Drop, Examine, Go, Inventory, Look, Wait
from pianist_quest.story.compile import compile_world
from pianist_quest.worldfile.load import load_world

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterator

    from pianist_quest.engine import State, Turn
    from pianist_quest.story.story import Story

WORLD = Path(__file__).parents[2] / "worlds" / "pianist_quest"
SAMPLE = 3
"""How many of the other actions are drawn, no two with the same verb, to stand beside choices and exits."""
CHOICES_COUNT = 2
"""How often a choice stands in the draw, since it is choices that bring a story to its end."""


@dataclass(frozen=True, slots=True)
class Move:
    """What was done, nothing at first; what came of it; and whether anything can be done next."""

    action: Action | None
    turn: Turn
    alive: bool


def story_of(world: Path) -> Story:
    """Return the story of a world, or exit with what is wrong with it."""
    problems = Problems()
    found = load_world(world, problems)
    story = compile_world(found, problems) if found else None
    if story is None:
        sys.exit(text_report(problems))
    return story


def play(story: Story, seed: int, turns: int, *, attentive: bool = False) -> Iterator[Move]:
    """Play by chance: choices and exits, and a few of all other actions, until the story ends or for so many turns.

    Who is `attentive` does nothing else twice in the same room.
    """
    chance = Random(seed)  # noqa: S311 - not for secrets
    done: set[tuple[int, Action]] = set()
    action: Action | None = None
    turn = begin(story, seed)
    for _ in range(turns):
        possible = [] if turn.state.ending >= 0 else list(actions(story, turn.state))
        alive = any(_leads_on(one) for one in possible)
        yield Move(action, turn, alive)
        if not alive:
            return
        place = turn.state.place
        action = _drawn([one for one in possible if (place, one) not in done], chance)
        if attentive and not isinstance(action, Choose | Go):
            done.add((place, action))
        turn = step(story, turn.state, action)
    yield Move(action, turn, alive=True)


def _drawn(possible: list[Action], chance: Random) -> Action:
    """One of what can be done, by chance."""
    choices = [one for one in possible if isinstance(one, Choose)]
    exits = [one for one in possible if isinstance(one, Go)]
    others = defaultdict[str, list[Action]](list)
    for one in possible:
        if not isinstance(one, Choose | Go):
            others[one.verb if isinstance(one, Do) else type(one).__name__].append(one)
    sample = chance.sample(list(others.values()), min(SAMPLE, len(others)))
    return chance.choice(choices * CHOICES_COUNT + exits + [chance.choice(same) for same in sample])


def _leads_on(action: Action) -> bool:
    """Whether an action can take a player out of where they stand; looking, waiting and listening cannot."""
    if isinstance(action, Do):
        return bool(action.things)
    return not isinstance(action, Look | Inventory | Wait | Examine | Drop)


def in_words(action: Action | None) -> str:
    """Return an action as one writes it."""
    return "begin" if action is None else repr(action).partition(".")[2] or repr(action)


def add_games(parser: ArgumentParser) -> None:
    """Add the options of games: of which world, how many, from which seed on."""
    parser.add_argument("--world", type=Path, default=WORLD)
    parser.add_argument("--plays", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1, help="of the first game; each has the next")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--turns", type=int, default=3000, help="when to give a game up")


def value(story: Story, state: State, name: str) -> int:
    """Return what a variable or property holds."""
    return state.values[[slot.name for slot in story.slots].index(name)]
