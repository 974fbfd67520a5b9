"""What the game says to words that mean nothing here: each answer says what would work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.hooks import named as keys_of
from pianist_quest.engine.turn import Ask
from pianist_quest.engine.view import is_dark, is_there, offers
from pianist_quest.records import replace
from pianist_quest.story.english import capital, the
from pianist_quest.story.story import Hole, Located, Room

from .answers import did_you_mean, no_topic, ways_out
from .forms import is_question
from .grammar import BUILT_IN, layings
from .labels import plain
from .meaning import Reply
from .readings import best
from .words import EXACT, PRONOUNS, correction, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pianist_quest.engine.turn import Action

    from .grammar import Pattern
    from .names import Named
    from .scene import Scene
    from .words import Words

_FEW: Final = 5
"""The most verbs that are told of a thing."""
_GOING: Final = {pattern.parts[:1] for pattern in BUILT_IN if pattern.verb in ("go", "go to")}
"""How lines begin that go somewhere."""
_SELVES: Final = (("me",), ("myself",), ("self",), ("yourself",))
_PLACING: Final = frozenset(
    re.findall(
        r"\w+",
        """about above across around at behind below beneath beside by for from in inside into near off on onto out over
        through to toward towards under underneath up down with without""",
    )
)
"""Words that say where, or with what: no part of a thing's name."""


def oneself(typed: Words) -> str:
    """Return the answer to a look at oneself; empty where a line is none."""
    looking = (pattern.parts for pattern in BUILT_IN if pattern.verb == "examine")
    seen = (hole for parts in looking for fit, (hole,) in layings(parts, typed) if fit == EXACT)
    return "You are as you were." if any(hole in _SELVES for hole in seen) else ""


def begun(scene: Scene, typed: Words) -> str:
    """Return the sentence that only the beginning of a line is understood; empty where not even that is."""
    for size in range(len(typed) - 1, 0, -1):
        found = best(scene, typed[:size])
        if found and found[0].fit == EXACT:
            return f'I understand "{" ".join(typed[:size])}", but not the rest.'
    return ""


# A thing that is not here


def not_here(scene: Scene, typed: Words) -> str:
    """Return which thing in a line is not here or of no use for it; empty where the line names none."""
    best: tuple[int, int] = (-1, 0)
    said = ""
    for pattern in scene.patterns:
        if not pattern.holes or isinstance(pattern.parts[0], Hole):
            continue
        literal = sum(isinstance(part, str) for part in pattern.parts)
        for fit, holes in layings(pattern.parts, typed):
            fits = [any(scene.fitting(hole.kind, one)) for hole, one in zip(pattern.holes, holes, strict=True)]
            if pattern.verb == "take from" and all(fits):
                return f"{capital(the(' '.join(holes[0])))} is not there."
            if fit == EXACT and not all(fits) and (sum(fits), literal) > best:
                best = (sum(fits), literal)
                wrong = fits.index(False)
                said = _wrong(scene, pattern, wrong, holes)
    return said


def _wrong(scene: Scene, pattern: Pattern, wrong: int, holes: tuple[Words, ...]) -> str:
    """Return what is wrong with what is in one of the holes of a phrase."""
    typed = holes[wrong]
    if pattern.holes[wrong].kind == "topic":
        people = [one.key for _, one in scene.fitting("person", holes[0])] if wrong else []
        return no_topic(scene, people[0] if len(people) == 1 else "")
    name = " ".join(typed)
    if pattern.verb in ("go", "go to"):
        return f'You know no way to "{name}". {_elsewhere(scene, typed)}{ways_out(scene)}'
    found = _meant(scene, typed)
    if found:
        return _useless(scene, pattern, found)
    # A noun that is here, with words that do not belong to it: what is wrong is these.
    noun = _noun(typed)
    return "" if noun != typed and _meant(scene, noun) else absent(scene, typed)


def _elsewhere(scene: Scene, typed: Words) -> str:
    """Return the sentence that there is such a way from a room the player knows; empty where there is none."""
    visited = (room for room in scene.rooms if scene.state.visited >> room.number & 1)
    for room in visited:
        there = replace(scene.state, place=room.number)
        ways = any(words(way.word) == typed and is_there(way, there) for way in room.exits)
        if ways or any(_goes_to(words(plain(one.label)), typed) for one in offers(scene.story, there) if one.open):
            return f"From {the(room.name)} there is one. "
    return ""


def _goes_to(label: Words, typed: Words) -> bool:
    """Whether a choice is to go where some words say: GO TO THE BAZAAR."""
    return label[:1] in _GOING and label[-len(typed) :] == typed


def _meant(scene: Scene, typed: Words) -> Named | None:
    """Return what is here that typed words name, a slip or two aside; in the dark, the room is not seen."""
    slips = tuple(correction(word, scene.words) or word for word in typed)
    nearly = scene.anything(slips)
    if nearly and not isinstance(scene.thing(nearly.key), Room | Located):
        nearly = None  # somebody who is not here is not brought up by a slip
    found = scene.anything(typed) or nearly
    unseen = found and isinstance(scene.thing(found.key), Room) and is_dark(scene.story, scene.state)
    return None if unseen else found


def _useless(scene: Scene, pattern: Pattern, found: Named) -> str:
    """Return the answer to something that is here, but that a verb is not for."""
    thing = scene.the(found.key)
    if pattern.own:
        return f"You cannot do that with {thing}."
    if pattern.verb != "examine":
        return f"You cannot {pattern.verb} {thing}."
    if found.key == scene.story.things[scene.state.place].key:
        return f"To look at {thing}, type look."
    return f"{capital(thing)} is nothing to look at."


def absent(scene: Scene, typed: Words) -> str:
    """Return the sentence that something is not here; a name of somebody's own is written as it should be."""
    spelt = [name for thing in scene.story.things for name in (thing.name, *thing.aka) if words(name) == typed]
    if typed in _SELVES and not spelt:
        return "You cannot do that to yourself."
    if is_dark(scene.story, scene.state):
        return "It is too dark to see that."
    typed = typed if spelt else _noun(typed)
    if typed in (("nothing",), ("nobody",)):
        return "There is nothing of that name here."
    name = spelt[0] if spelt else " ".join(typed)
    if the(name) == name and spelt:
        return f"{name} is not here."
    bare = the(name).removeprefix("the ")
    if len(typed) > 3:
        return f'There is no "{bare}" here.'
    return f"There {'are' if re.search('[^aius]s$', bare) else 'is'} no {bare} here."


def _noun(typed: Words) -> Words:
    """Return words without those before and behind them that say where: the noun alone."""
    start = next((at for at, word in enumerate(typed) if word not in _PLACING), 0)
    end = next((at for at in range(start + 1, len(typed)) if typed[at] in _PLACING), len(typed))
    return typed[start:end]


# Words that are not known


def unknown(scene: Scene, typed: Words) -> Reply:
    """Return the answer to a line no word of which helps: the nearest that can be done, where something is near."""
    strange = first_strange(scene, typed)
    said = f'I do not know the word "{strange}" here.' if strange else "I do not follow that here."
    near, named = _near(scene, typed)
    if near and strange == typed[0] and strange:
        # What verb was meant cannot be known: that something else would do is no guess.
        return Reply(f"{said} {_able(scene, near, named)}")
    if near:
        asked = did_you_mean(tuple(scene.phrase(one) for one in near))
        return Reply(f"{said} {asked.text}", asked.guesses)
    return Reply(f"{said} Type help for what you can do.")


def _able(scene: Scene, near: Sequence[Action], named: str) -> str:
    """Return the sentence with what can be done with a thing."""
    name = scene.the(named)
    phrases = [told.removesuffix(f" {name}") for told in map(scene.told, near) if told.endswith(f" {name}")]
    verbs = [one for one in phrases if not is_question(one)][:_FEW]
    return f"With {name} you can: {', '.join(verbs)}." if verbs else "Type help for what you can do."


def first_strange(scene: Scene, typed: Words) -> str:
    """Return the first of some words that nothing here has, or an empty text."""
    known = scene.words | set(PRONOUNS)
    return next((word for word in typed if word not in known), "")


def _near(scene: Scene, typed: Words) -> tuple[list[Action], str]:
    """Return what can be done with the thing that a line names, and its key."""
    for start in range(len(typed)):
        found = scene.anything(typed[start:])
        if found:
            acts = (one for one in scene.possible if not isinstance(one, Ask))
            near: list[Action] = [one for one in acts if keys_of(one) == (found.key,)]
            return near, found.key
    return [], ""
