"""What comes of each action, without the rules and hooks around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.story import english
from pianist_quest.story import story as s

from . import replies
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
    Wait,
)
from .view import author_things, contents, holds, is_open, is_shut, is_there, options, scope

if TYPE_CHECKING:
    from .machine import Machine
    from .state import State
    from .turn import Action

FREE: Final = (Look, Inventory, Examine)
"""What takes no time."""


def start(machine: Machine, state: State, action: Action) -> bool:
    """Begin an action; return whether it takes time."""
    match action:
        case Choose(index):
            return _choose(machine, state, index)
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
    return not isinstance(action, FREE)


def _choose(machine: Machine, state: State, index: int) -> bool:
    offered = options(machine.story, state)
    if not 0 <= index < len(offered) or offered[index].fallback or not is_open(offered[index], state):
        raise ImpossibleActionError(f"choice {index} is not open")
    machine.run(machine.take(offered[index]))
    return not offered[index].free


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


def can_take(story: s.Story, state: State, item: s.Item) -> bool:
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
    if not can_take(story, state, item):
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
    return english.an(item.name, plural=item.number in story.plurals) + (f" ({'; '.join(notes)})" if notes else "")


def _ask(machine: Machine, state: State, someone: s.Character, topic: int) -> None:
    if not 0 <= topic < len(someone.topics) or not is_open(someone.topics[topic], state):
        raise ImpossibleActionError(f"{someone.key} cannot be asked that")
    machine.run(machine.take(someone.topics[topic]))


def _do(machine: Machine, state: State, action: Do) -> bool:
    """A verb of the world's: what the thing or the room answers, else the first rule that holds, else the rest."""
    story = machine.story
    verb = story.verbs.get(action.verb)
    if verb is None or not can_be_typed(story, state, verb, action):
        raise ImpossibleActionError(f"{action.verb} cannot be done like that")
    numbers = [(verb.holes[name], story.by_key[key]) for name, key in action.things]
    machine.bind(numbers)
    asked = story.things[numbers[0][1] if numbers else state.place]
    pc = asked.actions.get(verb.key, -1)
    if pc < 0:
        held = (at for rule, at in verb.rules if rule(machine.values, state.place, state.visited))
        pc = next(held, verb.otherwise)
    machine.run(pc)
    refused = verb.refuses and pc == verb.otherwise
    return not (verb.free or refused)


def can_be_typed(story: s.Story, state: State, verb: s.Verb, action: Do) -> bool:
    """Whether a verb of the world's has a phrase for what it is done with, all of it things that can be named here."""
    return any(_fits(story, state, one, action) for one in verb.phrases)


def _fits(story: s.Story, state: State, phrase: s.Phrase, action: Do) -> bool:
    holes = phrase.holes
    if tuple(hole.name for hole in holes) != tuple(name for name, _ in action.things):
        return False
    pairs = zip(holes, action.things, strict=True)
    return all(any(thing.key == key for thing in candidates(story, state, hole.kind)) for hole, (_, key) in pairs)


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
