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
    from collections.abc import Callable, Iterable, Iterator

    from pianist_quest.engine.turn import Action

    from .names import Named
    from .scene import Scene

LONGEST: Final = 24
"""The most words of a command; more are none."""


@record
class Walk:
    """A walk to a room the player knows."""

    room: str


_THINGS: Final[dict[str, Callable[[str], Action | Walk]]] = {
    "examine": Examine,
    "take": Take,
    "drop": Drop,
    "talk to": Talk,
    "go": Go,
    "go to": Walk,
}
_ABOUT_PEOPLE: Final = ("topic", "way", "known", "room")
"""Holes whose names may have a person's name in them: Ene's room is found by ENE."""
_BARE: Final[dict[str, Action]] = {"look": Look(), "inventory": Inventory(), "wait": Wait()}


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
    labels = _labels(scene, typed)
    phrases = _top([*labels, *_phrases(scene, typed)])
    # What would only be refused gives way to a choice whose words it is.
    chosen = [one for one in labels if one.fit >= PART and isinstance(one.act, Choose)]
    refused = chosen and not any(isinstance(one.act, Walk) or scene.can(one.act) for one in phrases)
    return _top(chosen) if refused else phrases


def _top(found: list[Reading]) -> list[Reading]:
    """Return the readings that fit best, one for each meaning."""
    if len(found) < 2:
        return found
    top = max((one.fit, one.weight) for one in found)
    return list({one.act: one for one in found if (one.fit, one.weight) == top}.values())


def is_exact(scene: Scene, typed: Words) -> bool:
    """Whether a line is, word for word, something that can be meant here."""
    found = best(scene, typed)
    return bool(found) and found[0].fit == EXACT


def _labels(scene: Scene, typed: Words) -> list[Reading]:
    found = []
    for index, label in scene.labels:
        fit = label_fit(typed, words(label))
        if fit:
            # A label word for word is what was meant; some of its words may as well be a verb's.
            found.append(Reading(fit, 3 if fit == EXACT else 0, Choose(index)))
    if len(typed) > 1 and scene.free:
        topics = (one for one in scene.named("topic") if typed == one.names[0])
        found += (Reading(EXACT, 3, Ask(one.key, one.topic)) for one in topics)
    return found


def _phrases(scene: Scene, typed: Words) -> Iterator[Reading]:
    for pattern in scene.grammar.begun_by(typed):
        for fit, holes in layings(pattern.parts, typed):
            for lowest, named in _fillings(scene, pattern, fit, holes):
                act = _act(scene, pattern, named)
                if act:
                    carried = pattern.parts[0] in GIVING and bool(named) and named[0].key in scene.carried
                    yield Reading(lowest, 2 if pattern.own else 1, act, carried)


def _fillings(
    scene: Scene, pattern: Pattern, fit: int, holes: tuple[Words, ...]
) -> Iterable[tuple[int, tuple[Named, ...]]]:
    """Return what the words in the holes of a phrase can mean, with how well all of it fits."""
    if not holes:
        return ((fit, ()),)
    if len(holes) == 1:
        return [(min(fit, one), (named,)) for one, named in _fitting(scene, pattern.holes[0].kind, holes[0])]
    each = (_fitting(scene, hole.kind, said) for hole, said in zip(pattern.holes, holes, strict=True))
    return [(min(fit, *(one for one, _ in found)), tuple(one for _, one in found)) for found in product(*each)]


def _fitting(scene: Scene, kind: str, typed: Words) -> list[tuple[int, Named]]:
    """Return what typed words can mean in a hole; a person's name is no part of a thing's name."""
    found = scene.fitting(kind, typed)
    whose = called(scene.story, typed) if found and kind not in _ABOUT_PEOPLE else ""
    return [(fit, one) for fit, one in found if fit == EXACT or one.key == whose] if whose else found


def _act(scene: Scene, pattern: Pattern, named: tuple[Named, ...]) -> Action | Walk | None:
    """Return what a filled phrase means, or None where its parts do not belong together."""
    if pattern.own:
        return Do(pattern.verb, tuple((hole.name, one.key) for hole, one in zip(pattern.holes, named, strict=True)))
    thing = _THINGS.get(pattern.verb)
    if thing:
        return thing(named[0].key)
    if pattern.verb in _BARE:
        return _BARE[pattern.verb]
    if pattern.verb in ("ask", "ask about"):
        topic = named[-1]
        return Ask(topic.key, topic.topic) if named[0].key == topic.key else None
    if pattern.verb == "take from":
        return Take(named[0].key) if scene.is_in(named[0].key, named[1].key) else None
    return Go("up") if scene.accepts(Go("up")) else None
