"""The engine's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.story.english import capital, the

if TYPE_CHECKING:
    from pianist_quest.story.story import Story

TEXTS: Final = {
    "nothing_happens": "Nothing comes of it.",
    "unremarkable": "There is nothing more to see about {the}.",
    "fixed": "{The} will not be moved.",
    "silent": "{The} has nothing to say to you just now.",
    "taken": "You take {the}.",
    "dropped": "You put {the} down.",
    "waited": "You wait a little.",
    "empty": "You are carrying nothing.",
    "no_hint_yet": "There is no hint yet. Give it a little longer.",
    "no_hint_now": "There is no hint just now; there may be one when something has changed.",
    "no_hint_left": "You have had every hint there is for this place.",
    "too_much": "You cannot carry that as well.",
    "out_of_reach": "{The} {is_} out of reach.",
    "shut": "{The} {is_} shut.",
    "is_open": "{The} {is_} open.",
    "is_closed": "{The} {is_} closed.",
    "is_empty": "{The} {is_} empty.",
    "dark_title": "In the dark",
    "dark": "It is too dark to see anything.",
}
"""Replies by their name; `{the}` is the thing's name with its article."""


def reply(key: str, name: str = "", *, plural: bool = False) -> str:
    """Return one of the engine's texts, about the thing with this name."""
    full = the(name) if name else ""
    return TEXTS[key].format(the=full, The=capital(full), is_="are" if plural else "is")


def about(story: Story, key: str, number: int) -> str:
    """Return one of the engine's texts, about the thing with this number (0: about none)."""
    return reply(key, story.things[number].name if number else "", plural=number in story.plurals)
