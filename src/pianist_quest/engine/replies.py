"""The engine's own words."""

from __future__ import annotations

from typing import Final

from pianist_quest.story.english import capital, the

TEXTS: Final = {
    "nothing_happens": "Nothing comes of it.",
    "unremarkable": "There is nothing more to see about {the}.",
    "fixed": "{The} will not be moved.",
    "silent": "{The} has nothing to say to you just now.",
    "taken": "You take {the}.",
    "dropped": "You put {the} down.",
    "waited": "You wait a little.",
    "empty": "You are carrying nothing.",
}
"""Replies by their name; `{the}` is the thing's name with its article."""


def reply(key: str, name: str = "") -> str:
    """Return one of the engine's texts, about the thing with this name."""
    full = the(name) if name else ""
    return TEXTS[key].format(the=full, The=capital(full))
