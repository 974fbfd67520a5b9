"""Which scripts can be run where, and which slots nothing but scripts changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.story import story as s

if TYPE_CHECKING:
    from collections.abc import Iterator


def scripts_of(thing: s.Thing) -> Iterator[int]:
    """The scripts that can be run where a thing is, as far as no choice or exit leads there."""
    yield from thing.actions.values()
    yield from (hook.pc for hook in thing.hooks.all)
    if isinstance(thing, s.Located):
        yield thing.text
    if isinstance(thing, s.Item):
        yield thing.refusal
    if isinstance(thing, s.Character):
        yield from (thing.talk, thing.arrives, thing.leaves, *(one.target for one in thing.topics))


def of_room(story: s.Story, room: s.Room) -> Iterator[int]:
    """The scripts of a room and of what never leaves it."""
    found = [*scripts_of(room), room.look, *(one.target for one in room.choices), *(way.refusal for way in room.exits)]
    for number in story.space.fixtures.get(room.number, ()):
        found += scripts_of(story.things[number])
    yield from (pc for pc in found if pc >= 0)


def everywhere(story: s.Story) -> Iterator[int]:
    """The scripts that can be run in any room: of what moves, of what is in or on something, verbs', hooks', rules'."""
    found: list[int] = []
    for thing in story.things:
        if isinstance(thing, s.Room):
            found += [hook.pc for hook in thing.hooks.after]  # they are run where the player has come to
        elif thing.number > s.PLAYER and not _stays(story, thing):
            found += scripts_of(thing)
    found += [hook.pc for hook in story.hooks.all]
    yield from (pc for pc in found if pc >= 0)


def _stays(story: s.Story, thing: s.Thing) -> bool:
    """Whether a thing is always directly in one room."""
    rooms = (one.number for one in story.things if isinstance(one, s.Room))
    return any(thing.number in story.space.fixtures.get(room, ()) for room in rooms)


def asides(story: s.Story) -> Iterator[int]:
    """The scripts of verbs that can be used while a choice waits."""
    for verb in story.verbs.values():
        if verb.aside:
            yield from (pc for _, pc in verb.rules)
            if verb.otherwise >= 0:
                yield verb.otherwise
            yield from (thing.actions[verb.key] for thing in story.things if verb.key in thing.actions)


def late(story: s.Story) -> Iterator[tuple[s.Code | None, int]]:
    """What can be run at the end of turns: when, and the scripts of rules and of characters that come and go."""
    yield from ((rule.when, rule.pc) for rule in story.rules)
    for number in story.movers:
        one = story.things[number]
        assert isinstance(one, s.Character)  # noqa: S101 - only characters move
        yield from ((None, pc) for pc in (one.arrives, one.leaves) if pc >= 0)


def keepable(story: s.Story) -> frozenset[int]:
    """The slots that nothing changes but scripts, in ways that are followed."""
    kinds = (s.SlotKind.NUMBER, s.SlotKind.FLAG, s.SlotKind.ENUM, s.SlotKind.THING)
    found = {slot for slot, one in enumerate(story.slots) if one.kind in kinds}
    counts = {one.slot for one in story.code if isinstance(one, s.Count)}
    topics, choices = set[int](), set[int]()
    for thing in story.things:
        topics |= {one.slot for one in thing.topics} if isinstance(thing, s.Character) else set()
        choices |= {one.slot for one in thing.choices} if isinstance(thing, s.Room) else set()
    for offer in story.code:
        choices |= {one.slot for one in offer.options} if isinstance(offer, s.Offer) else set()
    found |= counts | (choices - topics)
    found -= {one.stamp for one in story.code if isinstance(one, s.Count)}
    found -= {slot for verb in story.verbs.values() for slot in verb.holes.values()}
    found -= {*story.worn.values(), *(one.was for one in story.rules), *(one.slot for one in story.awards)}
    return frozenset(found - {story.turns, story.over, story.score, -1})
