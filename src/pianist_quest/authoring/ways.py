"""The ways that a search has found, as lines a player types; where chance has a part, with a seed that gives it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.engine import begin, step
from pianist_quest.engine.turn import Ask, Choose, ImpossibleActionError
from pianist_quest.terminal.command import Act, understand
from pianist_quest.terminal.scene import Scene

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pianist_quest.engine.state import State
    from pianist_quest.engine.turn import Action
    from pianist_quest.explore.search import Graph
    from pianist_quest.story.story import Story

_MOST_SEEDS: Final = 3_000
"""How many seeds are tried for a way that takes luck."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way as it is typed: the commands, and the seed; a seed of None where none was found that gives the luck."""

    commands: tuple[str, ...]
    seed: int | None
    luck: bool = False
    least: bool = True
    """Whether it is known to be a shortest one."""


def typed(story: Story, graph: Graph, number: int, claim: Callable[[State], bool], start: State | None = None) -> Way:
    """Return the way to a state as it is typed, played through to see that the claim holds at its end."""
    actions = [action for action, _ in graph.way(number)]
    luck = graph.takes_luck(number)
    seeds = (start.seed,) if start is not None else range(1, _MOST_SEEDS if luck else 2)
    for seed in seeds:
        states = _played(story, actions, start or begin(story, seed).state)
        if states is not None and claim(states[-1]):
            return Way(_commands(story, actions, states), seed, luck)
    return Way(tuple(_told(action) for action in actions), None, luck)


def replayed(story: Story, seed: int, actions: Sequence[Action]) -> Way | None:
    """Return a way as it is typed that was played with a seed; None where it cannot be played so."""
    states = _played(story, actions, begin(story, seed).state)
    return Way(_commands(story, actions, states), seed, luck=True, least=False) if states else None


def _played(story: Story, actions: Sequence[Action], start: State) -> list[State] | None:
    """Play actions; return the state before each and the last, or None where one cannot be done."""
    states = [start]
    for action in actions:
        try:
            states.append(step(story, states[-1], action).state)
        except ImpossibleActionError:
            return None
    return states


def _commands(story: Story, actions: Sequence[Action], states: Sequence[State]) -> tuple[str, ...]:
    return tuple(command(Scene(story, state), action) for action, state in zip(actions, states, strict=False))


def command(scene: Scene, action: Action) -> str:
    """Return a line that does an action here: its words where they mean nothing else, for choices their number."""
    if isinstance(action, Choose):
        numbers = [index for index, _ in scene.labels]
        return str(numbers.index(action.index) + 1) if action.index in numbers else _told(action)
    phrase = scene.phrase(action)
    meant = understand(scene, phrase)
    if isinstance(meant, Act) and meant.actions[-1:] == (action,):
        return phrase
    return next((line for line in _others(scene, action, phrase) if _means(scene, line, action)), phrase)


def _means(scene: Scene, line: str, action: Action) -> bool:
    meant = understand(scene, line)
    return isinstance(meant, Act) and meant.actions == (action,)


def _others(scene: Scene, action: Action, phrase: str) -> list[str]:
    """Other wordings: other names of the first thing in it; for a topic that is no question, whom it is asked."""
    key = getattr(action, "thing", None) or next(iter(getattr(action, "things", ())), ("", ""))[-1]
    if not key:
        return []
    thing = scene.thing(key)
    spoken = scene.spoken(key)
    if isinstance(action, Ask):
        return [f"ask {name} about {phrase}" for name in (spoken, thing.name, *thing.aka)]
    return [phrase.replace(spoken, name, 1) for name in (thing.name, *thing.aka)]


def _told(action: Action) -> str:
    return f"({action})"
