"""The game as a model: how it begins, what can be done, what comes of it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from pianist_quest.story import english
from pianist_quest.story import story as s

from . import replies
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
from .view import author_things, contents, holds, is_open, is_shut, is_there, options, scope, ways

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .turn import Action

_FREE: Final = (Look, Inventory, Examine)
"""What takes no time."""


def begin(story: s.Story, seed: int) -> Turn:
    """Return the first turn of a run. All its chance comes from the seed, any whole number from 0 up."""
    machine = Machine(story, State(tuple(slot.start for slot in story.slots), 0, 0, -1, (), -1, seed))
    machine.run(story.start)
    return _finish(machine, timed=False)


def resume(story: s.Story, state: State, pc: int) -> Turn:
    """Return what comes of running a script (its position in the code) in a state where the player is free."""
    machine = Machine(story, state)
    machine.run(pc)
    return _finish(machine, timed=False)


def step(story: s.Story, state: State, action: Action) -> Turn:
    """Return what comes of an action; raise ImpossibleActionError where it cannot be done, changing nothing."""
    if state.ending >= 0:
        raise ImpossibleActionError("the story is over")
    if state.at >= 0 and not isinstance(action, Choose):
        raise ImpossibleActionError("a choice is waiting")
    machine = Machine(story, state)
    return _finish(machine, timed=perform(machine, state, action, _start))


def actions(story: s.Story, state: State) -> tuple[Action, ...]:
    """Return all that can be done, in a fixed order: choices, exits, things, people, verbs, then the rest."""
    chosen = tuple(
        Choose(index)
        for index, option in enumerate(options(story, state))
        if not option.fallback and is_open(option, state)
    )
    if state.ending >= 0 or state.at >= 0:
        return chosen
    return (*chosen, *_moves(story, state), *_verbs(story, state), Look(), Inventory(), Wait())


def _moves(story: s.Story, state: State) -> Iterator[Action]:
    for way in ways(story, state):
        yield Go(way.word)
    carried = contents(story, state, s.PLAYER)
    for thing in scope(story, state):
        yield Examine(thing.key)
        if isinstance(thing, s.Item):
            if thing in carried:
                yield Drop(thing.key)
            elif _can_take(story, state, thing):
                yield Take(thing.key)
        elif isinstance(thing, s.Character):
            yield Talk(thing.key)
            for index, topic in enumerate(thing.topics):
                if is_open(topic, state):
                    yield Ask(thing.key, index)


def _verbs(story: s.Story, state: State) -> Iterator[Action]:
    """What the world's verbs would do more about than say that nothing comes of it."""
    for verb in story.verbs.values():
        seen: set[Do] = set()
        for phrase in verb.phrases:
            for filling in product(*(candidates(story, state, hole.kind) for hole in phrase.holes)):
                names = tuple((hole.name, thing.key) for hole, thing in zip(phrase.holes, filling, strict=True))
                action = Do(verb.key, names)
                if action not in seen and _offers(story, state, verb, action):
                    seen.add(action)
                    yield action


def candidates(story: s.Story, state: State, kind: str) -> tuple[s.Thing, ...]:
    """Return the things of a kind that can be named where the player is."""
    here = (story.things[state.place],) if state.place else ()
    if kind == "room":
        return here
    if kind == "thing":
        return (*scope(story, state), *here)
    if kind in ("item", "character"):
        return tuple(thing for thing in scope(story, state) if thing.kind == kind)
    return tuple(thing for thing in author_things(story) if thing.kind == kind)


def _offers(story: s.Story, state: State, verb: s.Verb, action: Do) -> bool:
    """Whether a verb has more to say than its last word; without a thing, the world's own verbs are always offered."""
    if not action.things and not verb.quiet:
        return True
    asked = story.by_key[action.things[0][1]] if action.things else state.place
    if verb.key in story.things[asked].actions:
        return True
    values = list(state.values)
    for name, key in action.things:
        values[verb.holes[name]] = story.by_key[key]
    return any(rule(values, state.place, state.visited) for rule, _ in verb.rules)


# Doing


def _start(machine: Machine, state: State, action: Action) -> bool:
    """Begin an action; return whether it takes time."""
    match action:
        case Choose(index):
            _choose(machine, state, index)
        case Go(word):
            return _go(machine, state, word)
        case Do():
            return _do(machine, state, action)
        case Look():
            machine.run(_room(machine, state).look)
        case Inventory():
            _inventory(machine, state)
        case Wait():
            machine.events.append(Replied(replies.reply("waited")))
        case Examine(key):
            machine.run(_present(machine, state, key).text)
        case Take(key):
            return _take(machine, state, key)
        case Drop(key):
            _drop(machine, state, key)
        case Talk(key):
            machine.run(_someone(machine, state, key).talk)
        case Ask(key, topic):
            _ask(machine, state, _someone(machine, state, key), topic)
    return not isinstance(action, _FREE)


def _choose(machine: Machine, state: State, index: int) -> None:
    offered = options(machine.story, state)
    if not 0 <= index < len(offered) or offered[index].fallback or not is_open(offered[index], state):
        raise ImpossibleActionError(f"choice {index} is not open")
    _take_option(machine, offered[index])


def _take_option(machine: Machine, option: s.Option) -> None:
    if option.slot >= 0:
        machine.values[option.slot] += 1
    machine.run(option.target)


def _room(machine: Machine, state: State) -> s.Room:
    room = machine.story.things[state.place]
    if not isinstance(room, s.Room):
        raise ImpossibleActionError("the player is in no room")
    return room


def _go(machine: Machine, state: State, word: str) -> bool:
    for way in _room(machine, state).exits:
        if way.word == word and is_there(way, state):
            return _try(machine, state, way)
    raise ImpossibleActionError(f"there is no way {word}")


def _try(machine: Machine, state: State, way: s.Exit) -> bool:
    if not holds(way.open, state):
        machine.run(way.refusal)
        return False
    if is_shut(machine.story, way, state):
        machine.reply("shut", way.door)
        return False
    machine.run(way.way)
    return True


def _can_take(story: s.Story, state: State, item: s.Item) -> bool:
    """Whether an item can be picked up: it is not fixed, not in the hand already, and nothing is between."""
    if item.refusal >= 0 or item.slot < 0 or state.values[item.slot] == s.PLAYER:
        return False
    return story.space.reachable(state.values, state.place, item.number)


def _load(story: s.Story, state: State, place: int) -> int:
    """The weight of all that is in a place, and in what is there."""
    held = story.space.contents(state.values, place)
    return sum(story.weights.get(number, 0) + _load(story, state, number) for number in held)


def _present(machine: Machine, state: State, key: str) -> s.Located:
    for thing in scope(machine.story, state):
        if thing.key == key:
            return thing
    raise ImpossibleActionError(f"{key} is not here")


def _someone(machine: Machine, state: State, key: str) -> s.Character:
    thing = _present(machine, state, key)
    if not isinstance(thing, s.Character):
        raise ImpossibleActionError(f"{key} is nobody to talk to")
    return thing


def _take(machine: Machine, state: State, key: str) -> bool:
    story, item = machine.story, _present(machine, state, key)
    if not isinstance(item, s.Item) or (item.slot >= 0 and state.values[item.slot] == s.PLAYER):
        raise ImpossibleActionError(f"{key} cannot be taken")
    if item.refusal >= 0:
        machine.run(item.refusal)
        return False
    carried = story.space.outermost(state.values, state.place, item.number) == s.PLAYER
    if not _can_take(story, state, item):
        machine.reply("out_of_reach", item.number)
    elif not carried and 0 < story.carry < _load(story, state, s.PLAYER) + _weight(story, state, item):
        machine.reply("too_much", item.number)
    else:
        machine.values[item.slot] = s.PLAYER
        machine.reply("taken", item.number)
        return True
    return False


def _weight(story: s.Story, state: State, item: s.Item) -> int:
    return story.weights.get(item.number, 0) + _load(story, state, item.number)


def _drop(machine: Machine, state: State, key: str) -> None:
    item = _present(machine, state, key)
    if item not in contents(machine.story, state, s.PLAYER):
        raise ImpossibleActionError(f"{key} is not carried")
    if item.number in machine.story.worn:
        machine.values[machine.story.worn[item.number]] = 0
    machine.values[item.slot] = state.place
    machine.reply("dropped", item.number)


def _inventory(machine: Machine, state: State) -> None:
    story = machine.story
    carried = [_carried(story, state, item) for item in contents(story, state, s.PLAYER)]
    text = f"You are carrying {english.listing(carried)}." if carried else replies.reply("empty")
    machine.events.append(Replied(text))


def _carried(story: s.Story, state: State, item: s.Located) -> str:
    """An item of the inventory, with what is known of it."""
    worn = item.number in story.worn and state.values[story.worn[item.number]]
    shown = item.number in story.space.nests and story.space.shows(state.values, item.number)
    within = [_carried(story, state, one) for one in contents(story, state, item.number)] if shown else []
    notes = ["being worn"] if worn else []
    if within:
        where = "on" if story.space.nests[item.number].is_surface else "in"
        notes.append(f"{where} it {english.listing(within)}")
    return english.an(item.name) + (f" ({'; '.join(notes)})" if notes else "")


def _ask(machine: Machine, state: State, someone: s.Character, topic: int) -> None:
    if not 0 <= topic < len(someone.topics) or not is_open(someone.topics[topic], state):
        raise ImpossibleActionError(f"{someone.key} cannot be asked that")
    _take_option(machine, someone.topics[topic])


def _do(machine: Machine, state: State, action: Do) -> bool:
    """A verb of the world's: what the thing or the room answers, else the first rule that holds, else the rest."""
    story = machine.story
    verb = story.verbs.get(action.verb)
    phrase = next((one for one in verb.phrases if _fits(story, state, one, action)), None) if verb else None
    if verb is None or phrase is None:
        raise ImpossibleActionError(f"{action.verb} cannot be done like that")
    numbers = [(verb.holes[name], story.by_key[key]) for name, key in action.things]
    machine.bind(numbers)
    asked = story.things[numbers[0][1] if numbers else state.place]
    pc = asked.actions.get(verb.key, -1)
    if pc < 0:
        held = (at for rule, at in verb.rules if rule(machine.values, state.place, state.visited))
        pc = next(held, verb.otherwise)
    machine.run(pc)
    return not verb.free


def _fits(story: s.Story, state: State, phrase: s.Phrase, action: Do) -> bool:
    holes = phrase.holes
    if tuple(hole.name for hole in holes) != tuple(name for name, _ in action.things):
        return False
    pairs = zip(holes, action.things, strict=True)
    return all(any(thing.key == key for thing in candidates(story, state, hole.kind)) for hole, (_, key) in pairs)


# The end of a turn


def _finish(machine: Machine, *, timed: bool) -> Turn:
    if timed and machine.story.turns >= 0:
        machine.values[machine.story.turns] += 1
    _rules(machine, timed=timed)
    if machine.at < 0:
        for slot in machine.story.locals:
            machine.values[slot] = s.NOTHING
    return Turn(machine.state(), tuple(machine.events), timed)


def _rules(machine: Machine, *, timed: bool) -> None:
    """Do the rules, while the player is free: each turn's first, then those that have become true."""
    for rule in machine.story.rules:
        if timed and rule.each_turn and _free(machine):
            machine.run(rule.pc)
    if timed and _free(machine):
        move_all(machine)
    again = True
    while again and _free(machine):
        again = False
        for rule in machine.story.rules:
            if rule.when is not None and _free(machine) and _became_true(machine, rule):
                machine.run(rule.pc)
                again = machine.steps < MAX_STEPS


def _free(machine: Machine) -> bool:
    return machine.at < 0 and machine.ending < 0 and machine.steps <= MAX_STEPS


def _became_true(machine: Machine, rule: s.Rule) -> bool:
    assert rule.when is not None  # noqa: S101 - asked of `when` rules only
    now = int(bool(rule.when(machine.values, machine.place, machine.visited)))
    was, machine.values[rule.was] = machine.values[rule.was], now
    return bool(now and not was)
