"""A search that does without any of the explorer's reductions: every state the engine can be in, one by one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pianist_quest.engine.engine import act, actions, blank, finish
from pianist_quest.engine.machine import Machine
from pianist_quest.engine.turn import ImpossibleActionError, Take
from pianist_quest.engine.view import scope
from pianist_quest.story.story import Item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pianist_quest.engine.state import State
    from pianist_quest.engine.turn import Action
    from pianist_quest.story.story import Story


class Fated(Machine):
    """A machine whose draws fall as they are told, then the first way; it notes how many ways there were."""

    def __init__(self, story: Story, state: State, draws: list[int]) -> None:
        super().__init__(story, state)
        self.draws, self.widths = draws, list[int]()

    def roll(self, slot: int, low: int, high: int) -> int:
        del slot
        self.widths.append(high - low + 1)
        at = len(self.widths) - 1
        return low + (self.draws[at] if at < len(self.draws) else 0)


@dataclass
class Found:
    """What a naive search finds; the states are numbered as they are found, breadth first."""

    states: dict[State, int] = field(default_factory=dict)
    depths: list[int] = field(default_factory=list)
    ahead: list[set[int]] = field(default_factory=list)
    too_many: bool = False

    def endings(self, story: Story) -> dict[str, int]:
        """The endings reached, each with the fewest actions that lead to it."""
        found: dict[str, int] = {}
        for state, number in self.states.items():
            if state.ending >= 0:
                found.setdefault(story.endings[state.ending].key, self.depths[number])
        return found

    def stuck(self) -> int | None:
        """How many actions lead to a state from which no ending can be reached; None where there is none."""
        good = {number for state, number in self.states.items() if state.ending >= 0}
        grown = True
        while grown:
            new = {one for one, ahead in enumerate(self.ahead) if one not in good and ahead & good}
            grown, good = bool(new), good | new
        return min((depth for one, depth in enumerate(self.depths) if one not in good), default=None)

    def rooms(self) -> set[int]:
        """The rooms that the player can be in."""
        return {state.place for state in self.states}


def search(story: Story, most: int) -> Found:
    """Search all states, up to a number of them."""
    found = Found()
    frontier = [_note(found, state, 0) for state in _outcomes(story, blank(story, 0), lambda one: _begin(one, story))]
    states = list(found.states)
    while frontier and not found.too_many:
        number = frontier.pop(0)
        state = states[number]
        for action in _actions(story, state):
            for after in _outcomes(story, state, lambda one, s=state, a=action: act(one, s, a)):  # type: ignore[misc]
                if after not in found.states:
                    states.append(after)
                    frontier.append(_note(found, after, found.depths[number] + 1))
                found.ahead[number].add(found.states[after])
        found.too_many = len(states) > most
    return found


def _actions(story: Story, state: State) -> Iterator[Action]:
    """What can be done; also taking what cannot be taken, or is carried already, which a hook may answer."""
    yield from actions(story, state)
    if state.at < 0 and state.ending < 0:
        for thing in scope(story, state):
            if isinstance(thing, Item) and _is_answered(story, state, Take(thing.key)):
                yield Take(thing.key)


def _is_answered(story: Story, state: State, action: Action) -> bool:
    try:
        act(Machine(story, state), state, action)
    except ImpossibleActionError:
        return False
    return True


def _begin(machine: Machine, story: Story) -> None:
    machine.run(story.start)
    finish(machine, timed=False)


def _note(found: Found, state: State, depth: int) -> int:
    number = found.states.setdefault(state, len(found.states))
    if number == len(found.depths):
        found.depths.append(depth)
        found.ahead.append(set())
    return number


def _outcomes(story: Story, state: State, play: Callable[[Fated], object]) -> Iterator[State]:
    waiting: list[list[int]] = [[]]
    while waiting:
        draws = waiting.pop(0)
        machine = Fated(story, state, draws)
        play(machine)
        yield machine.state()
        for at in range(len(draws), len(machine.widths)):
            fell = [*draws, *[0] * (at - len(draws))]
            waiting += [[*fell, other] for other in range(1, machine.widths[at])]
