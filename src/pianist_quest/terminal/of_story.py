"""What is worked out of a story once: each turn asks for it, and a program plays one story at a time."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from pianist_quest.story.story import Story

_Found = TypeVar("_Found")


def once(make: Callable[[Story], _Found]) -> Callable[[Story], _Found]:
    """Keep what a function made of the story that it was asked for last."""
    last: Story | None = None
    found: _Found

    @wraps(make)
    def kept(story: Story) -> _Found:
        nonlocal last, found
        if story is not last:
            last = None  # until there is another
            found = make(story)
            last = story
        return found

    return kept
