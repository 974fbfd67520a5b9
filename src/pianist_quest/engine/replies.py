"""The engine's own words."""

from __future__ import annotations

import re
from typing import Final

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
_ARTICLES: Final = ("the ", "a ", "an ", "some ", "your ", "his ", "her ", "their ", "my ", "our ")
_VOWEL_SOUND: Final = re.compile(
    r"(?!uni(?!n|m)|use|usu|uti|eu|ew|one\b|once)[aeiou]|hour|honest|heir|honou?r", re.IGNORECASE
)
"""How words begin that are said with a vowel: `an hour`, but `a uniform`."""


def the(name: str) -> str:
    """Return a name with the definite article, unless it has an article or is a name of its own."""
    lower = name.lower()
    if lower.startswith(_ARTICLES):
        return f"the {name.split(' ', 1)[1]}" if lower.startswith(("a ", "an ", "some ", "the ")) else name
    return name if name[:1].isupper() else f"the {name}"


def an(name: str) -> str:
    """Return a name with the indefinite article, unless it has an article or is a name of its own."""
    if name[:1].isupper() or name.lower().startswith(_ARTICLES):
        return name
    return f"an {name}" if _VOWEL_SOUND.match(name) else f"a {name}"


def listing(names: list[str]) -> str:
    """Return names as English lists them: `a`, `a and b`, `a, b and c`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def reply(key: str, name: str = "") -> str:
    """Return one of the engine's texts, about the thing with this name."""
    full = the(name) if name else ""
    return TEXTS[key].format(the=full, The=full[:1].upper() + full[1:])
