"""What a world does instead of, before and after what the player does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.story import story as s

from .doing import FREE, start
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
    Wait,
)
from .view import exits, holds, open_topics, scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .machine import Machine
    from .state import State
    from .turn import Action

_VERBS: Final[dict[type[Action], str]] = {
    Look: "look", Inventory: "inventory", Wait: "wait", Examine: "examine", Take: "take", Drop: "drop", Talk: "talk",
    Ask: "ask", Go: "go",
}  # fmt: skip

_WITH_THING: Final = (Examine, Take, Drop, Talk, Ask)


def perform(machine: Machine, state: State, action: Action) -> bool:
    """Do an action, or what the world does instead; return whether it takes time.

    A hook before the action that asks the player something, leads elsewhere or ends the story keeps the
    action from being done.
    """
    if isinstance(action, Choose):
        return start(machine, state, action)
    owners = _owners(machine.story, state, action)
    if not owners:
        return start(machine, state, action)
    _check(machine.story, state, action)
    done = _done(action)
    for hook in _fitting(owners, "instead", done):
        if holds(hook.open, state):
            machine.run(hook.pc)
            return not _is_free(machine.story, action)
    _run(machine, _fitting(owners, "before", done))
    if machine.at >= 0 or machine.ending >= 0 or machine.arrived:
        return not _is_free(machine.story, action)
    try:
        timed = start(machine, machine.state(), action)
    except ImpossibleActionError:
        if machine.state() == state and not machine.events:
            raise
        # The hooks before it have made it so.
        return not _is_free(machine.story, action)
    if timed or not isinstance(action, Go | Take):  # these two take time unless they were refused
        _run(machine, _fitting(owners, "after", done))
    return timed


def _is_free(story: s.Story, action: Action) -> bool:
    """Whether an action takes no time."""
    if isinstance(action, Do):
        return action.verb in story.verbs and story.verbs[action.verb].free
    return isinstance(action, FREE)


def _run(machine: Machine, hooks: Iterator[s.Hook]) -> None:
    for hook in hooks:
        if machine.at < 0 and machine.ending < 0 and holds(hook.open, machine):
            machine.run(hook.pc)


def _owners(story: s.Story, state: State, action: Action) -> list[s.Hooks]:
    """The hooks of what is named, then of the room, then of the world, where there are any."""
    of_things = [story.things[story.by_key[key]].hooks for key in named(action) if key in story.by_key]
    every = (*of_things, story.things[state.place].hooks, story.hooks)
    return [hooks for hooks in every if hooks is not s.NO_HOOKS and hooks.any]


def named(action: Action) -> tuple[str, ...]:
    """Return the keys of the things in an action."""
    if isinstance(action, Do):
        return tuple(key for _, key in action.things)
    return (action.thing,) if isinstance(action, _WITH_THING) else ()


def _done(action: Action) -> frozenset[s.Does]:
    """What is done, as hooks can name it: the verb alone, and with each thing or exit."""
    verb = action.verb if isinstance(action, Do) else _VERBS[type(action)]
    objects = (action.word,) if isinstance(action, Go) else named(action)
    return frozenset({(verb, ""), *((verb, one) for one in objects)})


def _fitting(owners: Sequence[s.Hooks], when: str, done: frozenset[s.Does]) -> Iterator[s.Hook]:
    for hooks in owners:
        yield from (hook for hook in getattr(hooks, when) if hook.fits(done))


def _check(story: s.Story, state: State, action: Action) -> None:
    """Raise ImpossibleActionError for what nobody can say: no hook is for that.

    What is named is not there, or what is to be taken is carried already, or to be dropped and is not.
    """
    if isinstance(action, Go) and action.word not in {one.word for one in exits(story, state)}:
        raise ImpossibleActionError(f"there is no way {action.word}")
    if not isinstance(action, _WITH_THING):
        return
    thing = next((one for one in scope(story, state) if one.key == action.thing), None)
    if thing is None:
        raise ImpossibleActionError(f"{action.thing} is not here")
    carried = thing.number in story.space.contents(state.values, s.PLAYER)
    if isinstance(action, Take if carried else Drop):
        raise ImpossibleActionError(f"{action.thing} is {'' if carried else 'not '}carried")
    if isinstance(action, Ask) and isinstance(thing, s.Character) and action.topic not in open_topics(thing, state):
        raise ImpossibleActionError(f"{action.thing} cannot be asked that now")
