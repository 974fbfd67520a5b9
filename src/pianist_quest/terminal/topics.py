"""Topics of a conversation: what their labels are about, how they are typed, which of them typed words mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .words import EXACT, NONE, PART, all_begin, all_weak, words

if TYPE_CHECKING:
    from .words import Words

_ASKING: Final = ("ask", "tell")
_CLAUSES: Final = frozenset({
    "what", "why", "how", "who", "whom", "whose", "when", "where", "which", "whether", "if", "for", "to",
})  # fmt: skip
"""What follows ASK SOMEBODY without an ABOUT."""
_PEOPLE: Final = frozenset({"him", "her", "them"})
_ARTICLES: Final = ("the ", "a ", "an ", "his ", "her ", "their ", "your ")


def is_asked(label: str) -> bool:
    """Whether a topic is something to ask or tell, rather than to do: giving, say, or taking."""
    return _first(label) in _ASKING or bool(subject(label))


def subject(label: str) -> str:
    """Return what a topic is about: "the war" of "Ask about the war", "why" of "Ask why"; nothing of others."""
    head, found, rest = label.partition(" about ")
    if found and len(head.split()) <= 2:
        return rest
    rest = _asked(label)
    if _first(rest) in _CLAUSES:
        return rest
    return label[:1].lower() + label[1:] if label.casefold().startswith(_ARTICLES) else ""


def takes_about(label: str) -> bool:
    """Whether a topic is asked with an ABOUT: ASK HER ABOUT THE WAR, but ASK HER WHY."""
    return bool(subject(label)) and _first(subject(label)) not in _CLAUSES


def phrase(label: str, person: str) -> str:
    """Return a topic as it is typed: `ask Ene about the war`, `ask Ene why`; the label, where it is nothing to ask."""
    about = subject(label)
    if about:
        return f"ask {person} about {about}" if takes_about(label) else f"ask {person} {about}"
    rest = _asked(label)
    if _first(label) != "ask" or not rest or _first(rest) in _PEOPLE:
        return label
    return f"ask {person}{label[len('ask') : -len(rest)].rstrip()} {rest}"


def names(label: str) -> tuple[Words, ...]:
    """Return what a topic is called, as words: its label, what it is about, what follows the asking."""
    return tuple(dict.fromkeys(filter(None, (words(label), words(subject(label)), words(_asked(label))))))


def fit(typed: Words, called: tuple[Words, ...]) -> int:
    """Return how well typed words fit a topic: whole, or by words that say something, or by their beginnings."""
    if typed in called:
        return EXACT
    if all_weak(typed):
        return NONE
    return PART if all_begin(typed, called[0]) else NONE


def _first(text: str) -> str:
    """Return the first word of a text, small, without a sign behind it."""
    return text.partition(" ")[0].rstrip(",:;").casefold()


def _asked(label: str) -> str:
    """Return what follows the asking in a label, without whom: "why he left" of "Ask her why he left"."""
    if _first(label) not in _ASKING:
        return ""
    rest = label.partition(" ")[2]
    whom, _, more = rest.partition(" ")
    return more if whom in _PEOPLE and _first(more) in _CLAUSES else rest
