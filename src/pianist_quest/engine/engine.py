"""The game as a model: how it begins, what can be done, what comes of it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from pianist_quest.records import replace
from pianist_quest.story import english
from pianist_quest.story import story as s
from pianist_quest.story.values import begun, working

from .doing import can_take, candidates, start
from .hooks import perform
from .machine import MAX_STEPS, Machine
from .movement import move_all
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
    Replied,
    Take,
    Talk,
    Turn,
    Wait,
)
from .view import contents, holds, is_open, options, scope, ways

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .turn import Action, Event


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


def step(story: s.Story, state: State, action: Action) -> Turn:
    """Return what comes of an action; raise ImpossibleActionError where it cannot be done, changing nothing."""
    machine = Machine(story, state)
    timed = act(machine, state, action)
    return Turn(machine.state(), tuple(machine.events), timed)


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
    chosen = tuple(
        Choose(index)
        for index, option in enumerate(options(story, state))
        if not option.fallback and is_open(option, state)
    )
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
    for way in ways(story, state):
        yield Go(way.word)
    carried = contents(story, state, s.PLAYER)
    for thing in scope(story, state):
        yield Examine(thing.key)
        if isinstance(thing, s.Item):
            if thing in carried:
                yield Drop(thing.key)
            elif can_take(story, state, thing):
                yield Take(thing.key)
        elif isinstance(thing, s.Character):
            if answers_taking(thing):
                yield Take(thing.key)
            yield Talk(thing.key)
            for index, topic in enumerate(thing.topics):
                if is_open(topic, state):
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


# The end of a turn


def _turn(machine: Machine) -> Turn:
    finish(machine, timed=False)
    return Turn(machine.state(), tuple(machine.events), timed=False)


def finish(machine: Machine, *, timed: bool) -> None:
    """Do what comes at the end of a turn: rules, characters' moves, marks."""
    if timed and machine.story.turns >= 0:
        machine.values[machine.story.turns] += 1
    _rules(machine, timed=timed)
    for award in machine.story.awards:
        if award.when is not None and not machine.values[award.slot] and holds(award.when, machine):
            machine.earn(award)
    _tell_score(machine)
    if machine.at < 0:
        for slot in machine.story.locals:
            machine.values[slot] = s.NOTHING


def _tell_score(machine: Machine) -> None:
    """Say how the score has changed in this turn."""
    slot = machine.story.score
    change = machine.values[slot] - machine.before.values[slot] if slot >= 0 else 0
    if change:
        way, points = "up" if change > 0 else "down", english.plural(change, "point")
        machine.events.append(Replied(f"Your score has gone {way} by {english.cardinal(abs(change))} {points}."))


def _rules(machine: Machine, *, timed: bool) -> None:
    """Do the rules, while the player is free: each turn's first, then those that have become true."""
    for index, rule in enumerate(machine.story.rules):
        if timed and rule.each_turn and _free(machine):
            machine.run(rule.pc)
            if machine.at >= 0:
                _put_off(machine, machine.story.rules[index + 1 :])
    if timed and _free(machine):
        move_all(machine)
    again = True
    while again and _free(machine):
        again = False
        for rule in machine.story.rules:
            if rule.when is not None and _free(machine) and _became_true(machine, rule):
                machine.run(rule.pc)
                again = machine.steps < MAX_STEPS
                if machine.steps == MAX_STEPS:
                    machine.halt(rule.pc)


def _put_off(machine: Machine, rules: tuple[s.Rule, ...]) -> None:
    """Let a turn's further rules be done when what the player is being asked has come to its end."""
    machine.stack[:0] = [rule.pc for rule in reversed(rules) if rule.each_turn]


def _free(machine: Machine) -> bool:
    return machine.at < 0 and machine.ending < 0 and machine.steps <= MAX_STEPS


def _became_true(machine: Machine, rule: s.Rule) -> bool:
    assert rule.when is not None  # noqa: S101 - asked of `when` rules only
    now = int(bool(rule.when(machine.values, machine.place, machine.visited)))
    was, machine.values[rule.was] = machine.values[rule.was], now
    return bool(now and not was)
