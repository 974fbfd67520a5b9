"""The readings of a line: what it can mean here, and how well each meaning fits."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.turn import Ask, Choose, Do, Drop, Examine, Go, Inventory, Look, Take, Talk, Wait
from pianist_quest.records import record

from .grammar import GIVING, Pattern, layings
from .people import called
from .words import EXACT, PART, Words, label_fit, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pianist_quest.engine.turn import Action

    from .names import Named
    from .scene import Scene

LONGEST: Final = 24
"""The most words of a command; more are none."""
_THINGS: Final[dict[str, Callable[[str], Action]]] = {
    "examine": Examine,
    "take": Take,
    "drop": Drop,
    "talk to": Talk,
    "go": Go,
}
_ABOUT_PEOPLE: Final = ("topic", "way", "known", "room")
"""Holes whose names may have a person's name in them: Ene's room is found by ENE."""
_BARE: Final[dict[str, Action]] = {"look": Look(), "inventory": Inventory(), "wait": Wait()}


@record
class Walk:
    """A walk to a room the player knows."""

    room: str


@record
class Reading:
    """A reading of a line: how well it fits, its weight among those that fit as well, and what it means.

    `carried` says that it is about something carried, where that is what such a verb is most often about.
    """

    fit: int
    weight: int
    act: Action | Walk
    carried: bool = False


def best(scene: Scene, typed: Words) -> list[Reading]:
    """Return the readings of a line that fit best; they differ in what they mean."""
    if not 0 < len(typed) <= LONGEST:
        return []
    known = scene.read.get(typed)
    if known is None:
        known = scene.read[typed] = _best(scene, typed)
    return list(known)


def _best(scene: Scene, typed: Words) -> list[Reading]:
    labels = list(_labels(scene, typed))
    phrases = _top([*labels, *_phrases(scene, typed)])
    # What would only be refused gives way to a choice whose words it is.
    chosen = [one for one in labels if one.fit >= PART and isinstance(one.act, Choose)]
    refused = chosen and not any(isinstance(one.act, Walk) or one.act in scene.possible for one in phrases)
    return _top(chosen) if refused else phrases


def _top(found: list[Reading]) -> list[Reading]:
    """Return the readings that fit best, one for each meaning."""
    top = max(((one.fit, one.weight) for one in found), default=None)
    return list({one.act: one for one in found if (one.fit, one.weight) == top}.values())


def is_exact(scene: Scene, typed: Words) -> bool:
    """Whether a line is, word for word, something that can be meant here."""
    found = best(scene, typed)
    return bool(found) and found[0].fit == EXACT


def _labels(scene: Scene, typed: Words) -> Iterator[Reading]:
    for index, label in scene.labels:
        fit = label_fit(typed, words(label))
        if fit:
            # A label word for word is what was meant; some of its words may as well be a verb's.
            yield Reading(fit, 3 if fit == EXACT else 0, Choose(index))
    if scene.free and len(typed) > 1:
        for one in scene.named("topic"):
            if typed == one.names[0]:
                yield Reading(EXACT, 3, Ask(one.key, one.topic))


def _phrases(scene: Scene, typed: Words) -> Iterator[Reading]:
    for pattern in scene.grammar.begun_by(typed):
        for fit, holes in layings(pattern.parts, typed):
            kinds = [hole.kind for hole in pattern.holes]
            fillings = [list(_fitting(scene, kind, words)) for kind, words in zip(kinds, holes, strict=True)]
            for filling in product(*fillings):
                named = [one for _, one in filling]
                act = _act(scene, pattern, named)
                if act:
                    lowest = min([fit, *(one for one, _ in filling)])
                    carried = pattern.parts[0] in GIVING and bool(named) and named[0].key in scene.carried
                    yield Reading(lowest, 2 if pattern.own else 1, act, carried)


def _fitting(scene: Scene, kind: str, typed: Words) -> Iterator[tuple[int, Named]]:
    """Yield what typed words can mean in a hole; a person's name is no part of a thing's name."""
    whose = called(scene.story, typed) if kind not in _ABOUT_PEOPLE else ""
    for fit, one in scene.fitting(kind, typed):
        if fit == EXACT or not whose or one.key == whose:
            yield fit, one


def _act(scene: Scene, pattern: Pattern, named: list[Named]) -> Action | Walk | None:
    """Return what a filled phrase means, or None where its parts do not belong together."""
    if pattern.own:
        return Do(pattern.verb, tuple((hole.name, one.key) for hole, one in zip(pattern.holes, named, strict=True)))
    if pattern.verb in ("ask", "ask about"):
        topic = named[-1]
        return Ask(topic.key, topic.topic) if named[0].key == topic.key else None
    if pattern.verb == "take from":
        return Take(named[0].key) if scene.is_in(named[0].key, named[1].key) else None
    if pattern.verb == "go to":
        return Walk(named[0].key)
    if pattern.verb == "up":
        return Go("up") if scene.accepts(Go("up")) else None
    return _THINGS[pattern.verb](named[0].key) if named else _BARE[pattern.verb]
