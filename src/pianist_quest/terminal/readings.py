"""The readings of a line: what it can mean here, and how well each meaning fits."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.turn import Ask, Choose, Do, Drop, Examine, Go, Inventory, Look, Take, Talk, Wait
from pianist_quest.records import record

from .grammar import GIVING, Pattern, layings
from .words import EXACT, Words, label_fit, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pianist_quest.engine.turn import Action

    from .scene import Named, Scene

LONGEST: Final = 24
"""The most words of a command; more are none."""
_THINGS: Final[dict[str, Callable[[str], Action]]] = {
    "examine": Examine,
    "take": Take,
    "drop": Drop,
    "talk to": Talk,
    "go": Go,
}
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
    found = [*_labels(scene, typed), *_phrases(scene, typed)]
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


def _phrases(scene: Scene, typed: Words) -> Iterator[Reading]:
    for pattern in scene.grammar.begun_by(typed):
        for fit, holes in layings(pattern.parts, typed):
            kinds = [hole.kind for hole in pattern.holes]
            fillings = [list(scene.fitting(kind, words)) for kind, words in zip(kinds, holes, strict=True)]
            for filling in product(*fillings):
                named = [one for _, one in filling]
                act = _act(scene, pattern, named)
                if act:
                    lowest = min([fit, *(one for one, _ in filling)])
                    carried = pattern.parts[0] in GIVING and bool(named) and named[0].key in scene.carried
                    yield Reading(lowest, 2 if pattern.own else 1, act, carried)


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
