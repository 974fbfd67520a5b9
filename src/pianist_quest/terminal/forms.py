"""The forms in which verbs can be typed, in words: for HELP and a verb, and for questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.story.english import an
from pianist_quest.story.story import Hole
from pianist_quest.story.ways import DIRECTIONS

from .grammar import SHORT_WAYS
from .words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .grammar import Pattern

_HOLES: Final = {
    "seen": "something", "item": "something", "thing": "something", "person": "somebody", "character": "somebody",
    "topic": "something", "way": "somewhere", "known": "somewhere", "room": "somewhere",
}  # fmt: skip
_ASKING: Final = frozenset({"who", "what", "where", "when", "why", "how", "which", "am", "is", "do"})
_MOST: Final = 12
"""The most forms of a verb that are told."""


def form(pattern: Pattern) -> str:
    """Return a phrase with words for what stands in its holes: `give something to somebody`."""
    return " ".join(_hole(part) if isinstance(part, Hole) else part for part in pattern.parts)


def _hole(hole: Hole) -> str:
    kind = hole.kind.replace("_", " ")
    return _HOLES.get(hole.kind, kind if kind.startswith(("some", "any")) else an(kind))


def can(verb: str, names: Sequence[str]) -> str:
    """Return the sentence that a verb can be used on some things; of one that asks, how it can be typed."""
    listed = ", ".join(names)
    return f'You can type "{verb}" with: {listed}.' if is_question(verb) else f"You can {verb}: {listed}."


def is_question(verb: str) -> bool:
    """Whether a verb begins as a question does: no YOU CAN stands before it."""
    return verb.split(" ", maxsplit=1)[0] in _ASKING


def verb_told(patterns: Iterable[Pattern], name: str) -> str:
    """Return the sentence with the forms of the verbs that a word can begin; empty where it begins none."""
    patterns = tuple(patterns)
    typed = words(name)
    meant = {(one.verb, one.own) for one in patterns if typed and _heads(one) == typed}
    meant = meant or {(one.verb, one.own) for one in patterns if typed and _heads(one)[: len(typed)] == typed}
    forms = dict.fromkeys(form(one) for one in patterns if (one.verb, one.own) in meant)
    # Those that begin as was asked stand first.
    listed = sorted(forms, key=lambda one: words(one)[: len(typed)] != typed)[:_MOST]
    return f"You can type: {'; '.join(listed)}." if listed else ""


def way_told(word: str) -> str:
    """Return the sentence with the forms of a direction; empty where a word is none."""
    way = SHORT_WAYS.get(word, word)
    forms = [way, *(short for short, one in SHORT_WAYS.items() if one == way), f"go {way}"]
    return f"You can type: {'; '.join(forms)}." if way in DIRECTIONS else ""


def _heads(pattern: Pattern) -> tuple[str, ...]:
    """Return the words with which a phrase begins."""
    size = next((at for at, part in enumerate(pattern.parts) if isinstance(part, Hole)), len(pattern.parts))
    return tuple(part for part in pattern.parts[:size] if isinstance(part, str))
