"""The game as a model: how it begins, what can be done, what comes of it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from pianist_quest.records import replace
from pianist_quest.story import story as s
from pianist_quest.story.values import begun, working

from .closing import finish
from .doing import can_be_typed, can_take, candidates, start
from .hooks import perform
from .machine import Machine
from .state import State
from .turn import (
    Ask,
    Choose,
    Do,
    Drop,
    Examine,
    Go,
    ImpossibleActionError,
    Inventory,
    Look,
    Take,
    Talk,
    Turn,
    Wait,
)
from .view import exits, open_choices, open_topics, scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .turn import Action, Event

__all__ = [
    "act",
    "actions",
    "answers_taking",
    "asides",
    "begin",
    "blank",
    "can",
    "finish",
    "glance",
    "put",
    "resume",
    "step",
]


def _do_aside(machine: Machine, state: State, action: Action) -> None:
    """Do something while a choice waits, which goes on waiting; what would lead away from it cannot be done."""
    verb = machine.story.verbs.get(action.verb) if isinstance(action, Do) else None
    if verb is None or not verb.aside:
        raise ImpossibleActionError("a choice is waiting")
    machine.stack.clear()  # what waits is not gone on with when the verb's script has come to its end
    start(machine, state, action)
    if machine.at >= 0 or machine.ending >= 0 or machine.arrived:
        raise ImpossibleActionError(f"{verb.key} would lead away from the choice")
    for slot in verb.holes.values():
        machine.values[slot] = s.NOTHING
    machine.at, machine.stack = state.at, list(state.stack)


def glance(story: s.Story, state: State, action: Action) -> tuple[Event, ...]:
    """Return what would be shown of an action while a choice waits, which changes nothing.

    Nothing is shown where it would do more than show something: change the story, ask, lead elsewhere.
    """
    machine = Machine(story, replace(state, at=-1, stack=()))
    try:
        perform(machine, machine.state(), action)
    except ImpossibleActionError:
        return ()
    after = machine.state()
    if after.at >= 0 or after.ending >= 0 or machine.arrived or after.place != state.place:
        return ()
    pairs = enumerate(zip(story.slots, state.values, after.values, strict=True))
    changed = (at for at, (slot, old, new) in pairs if old != new and slot.kind is not s.SlotKind.COUNT)
    return () if any(at not in story.locals for at in changed) else tuple(machine.events)


def begin(story: s.Story, seed: int) -> Turn:
    """Return the first turn of a run. All its chance comes from the seed, any whole number from 0 up."""
    machine = Machine(story, blank(story, seed))
    machine.run(story.start)
    return _turn(machine)


def blank(story: s.Story, seed: int) -> State:
    """Return the state before anything has happened."""
    return State(begun(tuple(slot.start for slot in story.slots)), 0, 0, -1, (), -1, seed)


def resume(story: s.Story, state: State, pc: int) -> Turn:
    """Return what comes of running a script (its position in the code) in a state where the player is free."""
    machine = Machine(story, state)
    machine.run(pc)
    return _turn(machine)


def put(story: s.Story, state: State, room: int) -> Turn:
    """Return what comes of the player being put into a room (its number), whatever waited before."""
    machine = Machine(story, replace(state, at=-1, stack=(), ending=-1))
    machine.run(machine.enter(room))
    return _turn(machine)


def _turn(machine: Machine) -> Turn:
    finish(machine, timed=False)
    return Turn(machine.state(), tuple(machine.events), timed=False)


def step(story: s.Story, state: State, action: Action) -> Turn:
    """Return what comes of an action; raise ImpossibleActionError where it cannot be done, changing nothing."""
    machine = Machine(story, state)
    timed = act(machine, state, action)
    return Turn(machine.after(state), tuple(machine.events), timed)


def act(machine: Machine, state: State, action: Action) -> bool:
    """Do an action in a state, by a machine made for it; return whether time passed.

    Raises ImpossibleActionError where it cannot be done.
    """
    if state.ending >= 0:
        raise ImpossibleActionError("the story is over")
    if state.at >= 0 and not isinstance(action, Choose):
        _do_aside(machine, state, action)
        return False
    timed = perform(machine, state, action)
    finish(machine, timed=timed)
    return timed


def actions(story: s.Story, state: State) -> tuple[Action, ...]:
    """Return all that can be done, in a fixed order: choices, exits, things, people, verbs, then the rest."""
    chosen = tuple(Choose(index) for index, _ in open_choices(story, state))
    if state.ending >= 0:
        return chosen
    if state.at >= 0:
        return (*chosen, *asides(story, state))
    return (*chosen, *_moves(story, state), *_verbs(story, state), Look(), Inventory(), Wait())


def asides(story: s.Story, state: State) -> tuple[Action, ...]:
    """Return what can be done while a choice waits, besides choosing."""
    verbs = [verb for verb in story.verbs.values() if verb.aside]
    return tuple(action for action in _verbs(story, state, verbs) if _comes_back(story, state, action))


def _comes_back(story: s.Story, state: State, action: Action) -> bool:
    """Whether something done aside leaves the choice waiting."""
    try:
        act(Machine(story, state), state, action)
    except ImpossibleActionError:
        return False
    return True


def _moves(story: s.Story, state: State) -> Iterator[Action]:
    for one in exits(story, state):
        yield Go(one.word)
    for thing in scope(story, state):
        yield from _moves_with(story, state, thing)


def _moves_with(story: s.Story, state: State, thing: s.Located) -> Iterator[Action]:
    """What can be done with something in reach, or with somebody, by the engine's own verbs."""
    yield Examine(thing.key)
    if isinstance(thing, s.Item):
        if thing.number in story.space.contents(state.values, s.PLAYER):
            yield Drop(thing.key)
        elif can_take(story, state, thing):
            yield Take(thing.key)
    elif isinstance(thing, s.Character):
        if answers_taking(thing):
            yield Take(thing.key)
        yield Talk(thing.key)
        for index in open_topics(thing, state):
            yield Ask(thing.key, index)


def answers_taking(thing: s.Thing) -> bool:
    """Return whether a character says something to being taken, though that cannot be done."""
    done = frozenset({("take", ""), ("take", thing.key)})
    return any(hook.on & done for hook in thing.hooks.instead)


def _verbs(story: s.Story, state: State, verbs: Iterable[s.Verb] | None = None) -> Iterator[Action]:
    """What the world's verbs (or some of them) would do more about than say that nothing comes of it."""
    named: dict[str, tuple[s.Thing, ...]] = {}
    values = working(state.values)
    for verb in story.verbs.values() if verbs is None else verbs:
        for holes in verb.forms:
            for hole in holes:
                if hole.kind not in named:
                    named[hole.kind] = candidates(story, state, hole.kind)
            for slot in verb.holes.values():
                values[slot] = s.NOTHING
            for things in product(*(named[hole.kind] for hole in holes)):
                for hole, thing in zip(holes, things, strict=True):
                    values[verb.holes[hole.name]] = thing.number
                if _offers(story, state, verb, things, values):
                    yield Do(verb.key, tuple((hole.name, thing.key) for hole, thing in zip(holes, things, strict=True)))
        for slot in verb.holes.values():
            values[slot] = state.values[slot]


def _offers(story: s.Story, state: State, verb: s.Verb, things: tuple[s.Thing, ...], values: list[int]) -> bool:
    """Whether a verb has more to say than its last word; without a thing, the world's own verbs are always offered."""
    if not things and not verb.quiet:
        return True
    asked = things[0] if things else story.things[state.place]
    if verb.key in asked.actions:
        return True
    return any(rule(values, state.place, state.visited) for rule, _ in verb.rules)


def can(story: s.Story, state: State, action: Action) -> bool:
    """Return whether an action is one of those that can be done, without listing them."""
    if isinstance(action, Choose):
        return any(index == action.index for index, _ in open_choices(story, state))
    if state.ending >= 0:
        return False
    if isinstance(action, Do):
        return _is_verb(story, state, action) and (state.at < 0 or _comes_back(story, state, action))
    if state.at >= 0:
        return False
    if isinstance(action, Go):
        return any(one.word == action.word for one in exits(story, state))
    return isinstance(action, Look | Inventory | Wait) or _is_move(story, state, action)


def _is_move(story: s.Story, state: State, action: Examine | Take | Drop | Talk | Ask) -> bool:
    """Whether something can be done with a thing or somebody, by one of the engine's own verbs."""
    thing = next((one for one in scope(story, state) if one.key == action.thing), None)
    return thing is not None and action in _moves_with(story, state, thing)


def _is_verb(story: s.Story, state: State, action: Do) -> bool:
    """Whether a verb of the world's, done like that, is one of those with something to say."""
    verb = story.verbs.get(action.verb)
    if verb is None or (state.at >= 0 and not verb.aside) or not can_be_typed(story, state, verb, action):
        return False
    things = tuple(story.things[story.by_key[key]] for _, key in action.things)
    values = working(state.values)
    for slot in verb.holes.values():
        values[slot] = s.NOTHING
    for (name, _), thing in zip(action.things, things, strict=True):
        values[verb.holes[name]] = thing.number
    return _offers(story, state, verb, things, values)
