"""Games played by chance, for balance: how often each ending, what the values come to."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.engine import actions, begin, step
from pianist_quest.engine.turn import Choose, Earned, Go, Inventory, Look
from pianist_quest.engine.view import is_open, options, statistics
from pianist_quest.explore.sharded import story_at

from .walkthrough import Player, read
from .ways import Way

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    from pianist_quest.engine.state import State
    from pianist_quest.engine.turn import Action, Turn
    from pianist_quest.story.story import Story

MOST_TURNS: Final = 3_000
"""How many turns a game goes on."""
_EAGER: Final = 4
"""How much more likely a choice is than another action, so that games come to an end."""


@dataclass(slots=True)
class Seen:
    """What games by chance have come to: rooms, marks, choices (by their scripts), and the first way to each ending."""

    rooms: set[int] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    choices: set[int] = field(default_factory=set)
    ways: dict[int, tuple[int, tuple[Action, ...]]] = field(default_factory=dict)
    """By ending: the seed, and the actions."""
    told: dict[int, Way] = field(default_factory=dict)
    """By ending: a way that a walkthrough knows."""
    touch: Callable[[State], None] | None = None
    """Told of each state of a walkthrough."""

    def note(self, story: Story, state: State) -> None:
        """Note what a state shows: the room, the choices that are open."""
        self.rooms.add(state.place)
        self.choices |= {one.target for one in options(story, state) if is_open(one, state)}


@dataclass(frozen=True, slots=True)
class Played:
    """What came of one game: its ending (empty: none), its turns, and what STATUS would tell."""

    ending: str
    turns: int
    values: tuple[tuple[str, str], ...]


def moves(story: Story, seed: int) -> Iterator[tuple[Action | None, Turn]]:
    """Yield the turns of a game played by chance, each with the action that led to it (None for the first)."""
    chance, turn = Random(seed), begin(story, seed)  # noqa: S311 - nothing secret
    yield None, turn
    for _ in range(MOST_TURNS):
        action = _picked(actions(story, turn.state), chance) if turn.state.ending < 0 else None
        if action is None:
            return
        turn = step(story, turn.state, action)
        yield action, turn


def play(story: Story, seed: int) -> Played:
    """Play one game by chance: the same seed gives the same game."""
    turns = -1
    for _, turn in moves(story, seed):
        state, turns = turn.state, turns + 1
    return Played(story.endings[state.ending].key if state.ending >= 0 else "", turns, _values(story, state))


def look_around(story: Story, seconds: float, found: Seen) -> None:
    """Play games by chance for so long; add what they came to."""
    seed, ends = 0, time.monotonic() + seconds
    while time.monotonic() < ends:
        seed += 1
        _wander(story, seed, found, ends)


def retraced(story: Story, texts: Sequence[str], wanted: Collection[str], seconds: float, found: Seen) -> None:
    """Type what walkthroughs type, for so long, those first that come to a wanted ending; add what they came to."""
    ends = time.monotonic() + seconds
    walks = sorted(map(read, texts), key=lambda one: one.ending not in wanted)
    for walk in walks:
        player = Player(story, walk.seed)
        commands = [step.typed for step in walk.steps if step.typed]
        for command in commands:
            if time.monotonic() >= ends:
                return
            player.type(command)
            found.note(story, player.session.now.state)
            if found.touch is not None:
                found.touch(player.session.now.state)
        found.marks |= player.earned
        ending = player.session.now.state.ending
        if ending >= 0:
            found.told.setdefault(ending, Way(tuple(commands), walk.seed, luck=True, least=False))


def _wander(story: Story, seed: int, found: Seen, ends: float) -> None:
    done: list[Action] = []
    for action, turn in moves(story, seed):
        done += [action] if action is not None else []
        found.note(story, turn.state)
        found.marks |= {event.key for event in turn.events if isinstance(event, Earned)}
        if turn.state.ending >= 0:
            found.ways.setdefault(turn.state.ending, (seed, tuple(done)))
        if time.monotonic() >= ends:
            return


def _picked(possible: Sequence[Action], chance: Random) -> Action | None:
    worth = [one for one in possible if not isinstance(one, Look | Inventory)]
    weights = [_EAGER if isinstance(one, Choose | Go) else 1 for one in worth]
    return chance.choices(worth, weights)[0] if worth else None


def _values(story: Story, state: State) -> tuple[tuple[str, str], ...]:
    return tuple((f"{group} {label}".strip(), value) for group, label, value in statistics(story, state))


def balance(path: Path, plays: int, jobs: int = 1, executor: Executor | None = None) -> Iterator[str]:
    """Play games of the world at a path, with the seeds from 1; yield how they went.

    With more than one job, or an executor of another library (`Client.get_executor()` of dask.distributed, say), the
    games are played by other processes, each of which reads the world once; the path must lead to it there.
    """
    seeds = range(1, plays + 1)
    if executor is None and jobs == 1:
        games = [play(story_at(str(path)), seed) for seed in seeds]
    else:
        with executor or ProcessPoolExecutor(jobs) as pool:
            games = list(pool.map(partial(_played, str(path)), seeds))
    yield from summary(games)


def _played(path: str, seed: int) -> Played:
    return play(story_at(path), seed)


def summary(games: Sequence[Played]) -> Iterator[str]:
    """Yield how often each ending was reached, the turns taken, and the spread of each value."""
    yield f"{len(games)} games played by chance"
    for ending, count in Counter(one.ending for one in games).most_common():
        yield f"  {ending or '(no ending)'}: {count} ({100 * count / len(games):.1f} %)"
    yield f"  turns: {_spread([one.turns for one in games])}"
    for name in dict(games[0].values) if games else ():
        found = [dict(one.values).get(name, "") for one in games]
        numbers = [int(one.split()[0]) for one in found if one.split()[:1] and one.split()[0].lstrip("-").isdigit()]
        if len(numbers) == len(found):
            yield f"  {name}: {_spread(numbers)}"
        else:
            often = ", ".join(f"{value} {count}" for value, count in Counter(found).most_common(4))
            yield f"  {name}: {often}"


def _spread(numbers: Sequence[int]) -> str:
    """The least, the quartiles and the greatest."""
    ordered = sorted(numbers)
    at = [ordered[round(part * (len(ordered) - 1) / 4)] for part in range(5)]
    return f"least {at[0]}, quarter {at[1]}, half {at[2]}, three quarters {at[3]}, most {at[4]}"
