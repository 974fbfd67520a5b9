"""People who are named but not here: who is meant, and where they were met last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.engine.view import is_dark
from pianist_quest.story.english import capital, the
from pianist_quest.story.story import Character, Hole

from .grammar import layings
from .meaning import Reply
from .of_story import once
from .words import EXACT, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pianist_quest.story.story import Story

    from .moment import Moment
    from .scene import Scene
    from .words import Words

_PLACES: Final = ("topic", "way")
"""Holes in which a person's name means no person."""


def called(story: Story, typed: Words) -> str:
    """Return the key of the character whose own name some words are, word for word; empty where they are nobody's.

    What else somebody is called counts where it is a name as well: SMITH may be no more than what he is.
    """
    return _names(story).get(typed, "")


@once
def _names(story: Story) -> dict[Words, str]:
    """Whose names those of a story's people are."""
    people = [one for one in story.things if isinstance(one, Character)]
    others = {words(name): one.key for one in reversed(people) for name in one.aka if name[:1].isupper()}
    return others | {words(one.name): one.key for one in reversed(people)}


def away(scene: Scene, typed: Words) -> Reply | None:
    """Return the answer to a line about somebody who is not here; None where it is about nobody, or about one here."""
    if not typed or is_dark(scene.story, scene.state):
        return None
    here = {one.key for one in scene.named("person")}
    for pattern in scene.patterns:
        if not pattern.holes or isinstance(pattern.parts[0], Hole):
            continue
        for fit, said in layings(pattern.parts, typed) if pattern.parts[0] == typed[0] else ():
            for hole, name in zip(pattern.holes, said, strict=True):
                key = called(scene.story, name) if fit == EXACT and hole.kind not in _PLACES else ""
                fits = (one for one, _ in scene.fitting(hole.kind, name) if one == EXACT or hole.kind == "known")
                if key and key not in here and not any(fits):
                    return Reply(f"{capital(scene.the(key))} is not here.", absent=key)
    return None


def last_met(story: Story, moments: Sequence[Moment], key: str) -> str:
    """Return the sentence that says where somebody was met last; empty where that is not known, or is here."""
    from .survey import survey  # noqa: PLC0415 - not needed to begin

    known = survey(story, moments)
    name = story.things[story.by_key[key]].name
    rooms = [place.name for number, place in known.places.items() if name in place.people and number != known.here]
    return f" Where you last met: {the(rooms[0])}." if rooms else ""
