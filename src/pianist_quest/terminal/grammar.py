"""The built-in verbs with the words players use for them, and how words are laid on a phrase."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pianist_quest.records import record
from pianist_quest.story.story import Hole
from pianist_quest.story.ways import SHORT as COMPASS

from .words import EXACT, NONE, Words, word_fit, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pianist_quest.story.story import Phrase, Story

Parts = tuple[str | Hole, ...]


@record
class Pattern:
    """A form of a verb: its words and holes, and how a player would write it in full."""

    verb: str
    parts: Parts
    own: bool = False
    """Whether the verb is the world's own."""

    @cached_property
    def holes(self) -> tuple[Hole, ...]:
        """The holes, in order."""
        return tuple(part for part in self.parts if isinstance(part, Hole))

    def takes(self, count: int) -> bool:
        """Whether so many words can be laid on it: one on each word, at least one in each hole."""
        return count >= len(self.parts) if self.holes else count == len(self.parts)


SHORT_WAYS: Final = COMPASS | {
    "upstairs": "up", "downstairs": "down", "inside": "in", "outside": "out", "exit": "out", "leave": "out",
    "enter": "in",
}  # fmt: skip
"""Other words for ways out."""
GIVING: Final = frozenset({
    "drop", "give", "eat", "show", "drink", "wear", "offer", "feed", "hand", "put", "insert", "place", "present",
})  # fmt: skip
"""Verbs of what is carried: they prefer it to what merely is there."""

# A verb, the kinds of its holes, and its phrases, with a `*` for each hole. The first phrase is the one that
# completions and questions use. Kinds: seen (anything in reach), person, topic, way (an exit), known (a room
# the player has been in).
_TABLE: Final = """
look: look, l, look around, look about, look here, look room
inventory: inventory, i, inv, take inventory, check inventory, what am i carrying, what do i have
wait: wait, z, wait here, pass time, stay here, do nothing
examine (seen): examine *, x *, look at *, l at *, look *, inspect *, study *, look in *, look into *,
  look inside *, look under *, look behind *, look beneath *, look below *, look underneath *, look through *,
  look on *, look over *, look closely at *, x under *, x behind *, read *,
  check *, search *, watch *, describe *, observe *, view *
take (seen): take *, get *, pick up *, pick * up, pick *, grab *, take up *, fetch *, collect *, carry *,
  hold *, seize *
take from (seen seen): take * from *, take * out of *, take * off *, get * from *, get * out of *, get * off *,
  pick up * from *, pick * up from *, remove * from *
drop (seen): drop *, put down *, put * down, lay down *, set down *, set * down, leave *, discard *, let go of *
talk to (person): talk to *, talk with *, talk *, speak to *, speak with *, speak *, chat with *, chat to *,
  greet *, say hello to *, hello *, address *, ask *, t *
ask (person topic): ask * about *, tell * about *, ask * *, talk to * about *, talk with * about *, speak to * about *,
  speak with * about *, question * about *, ask * for *
ask about (topic): ask about *, talk about *, ask for *
go (way): go *, *, walk *, run *, head *, move *, climb *, step *, go to *, go through *, go into *,
  go towards *, walk to *, walk through *, enter *, leave *, leave by *, exit *
up: climb stairs, climb stair, climb staircase, climb steps, climb ladder, climb up stairs, climb up ladder,
  climb up steps, go up stairs, go up ladder, go up steps
go to (known): go to *, goto *, go *, go back to *, walk to *, return to *, run to *, head to *, head for *,
  enter *, go into *, travel to *
"""

_METAS: Final = {
    "save": "save", "load": "load restore", "saves": "saves", "marks": "marks achievements",
    "undo": "undo", "redo": "redo", "history": "history", "choices": "choices roads", "bookmark": "bookmark",
    "map": "map m", "possible": "? possible", "music": "music", "notes": "notes", "curves": "curves",
    "table": "table tables", "days": "days calendar year", "ways": "exits ways",
    "oops": "oops", "restart": "restart",
    "transcript": "transcript script log", "status": "status stats", "score": "score",
    "help": "help h commands verbs", "hint": "hint hints", "about": "about credits info",
    "quit": "quit q exit", "again": "again g",
}  # fmt: skip

METAS: Final = {word: meta for meta, known in _METAS.items() for word in known.split()}
"""Words about the game rather than in it, with what each stands for."""
WITH_NAME: Final = frozenset({
    "save", "load", "transcript", "undo", "redo", "oops", "history", "choices", "bookmark", "music", "curves",
    "table", "days", "notes", "help",
})  # fmt: skip
"""The metas that something can follow: a name, a number of turns, a word."""


def unused(story: Story) -> set[str]:
    """Return the words about the game that nothing comes of in a story."""
    hints = story.hints or "hint" in story.verbs
    return {
        *(() if story.music else ("music", "notes")),
        *(() if story.statistics else ("curves", "table", "days")),
        *(() if hints else ("hint",)),
    }


def _read(table: str) -> Iterator[Pattern]:
    for line in table.replace("\n  ", " ").strip().splitlines():
        head, _, phrases = line.partition(": ")
        verb, _, kinds = head.partition(" (")
        for phrase in phrases.split(", "):
            left = iter(kinds.rstrip(")").split())
            yield Pattern(verb, tuple(Hole(verb, next(left)) if one == "*" else one for one in phrase.split()))


BUILT_IN: Final = tuple(_read(_TABLE))
"""Every phrase of every built-in verb."""


def own_pattern(verb: str, phrase: Phrase) -> Pattern:
    """Return the pattern of a phrase of the world's."""
    parts: list[str | Hole] = []
    for part in phrase.parts:
        parts += [part] if isinstance(part, Hole) else words(part)
    return Pattern(verb, tuple(parts), own=True)


class Grammar:
    """The phrases that can be typed in a state, in their order, and those of them that a line can be."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self._heads = sorted({head for one in self.patterns for head in one.parts[:1] if isinstance(head, str)})
        self._begun: dict[tuple[str, int], tuple[Pattern, ...]] = {}

    def begun_by(self, typed: Words) -> tuple[Pattern, ...]:
        """Return the phrases that can be so many words, and whose first word, if they begin with one, the first fits.

        They are kept by how many and the first: of those there are no more than beginnings of the phrases' words.
        """
        key = (typed[0], len(typed))
        found = self._begun.get(key)
        if found is None:
            key = (typed[0] if self._is_begun(typed[0]) else "", len(typed))
            found = self._begun.get(key)
        if found is None:
            some = (one for one in self.patterns if one.takes(len(typed)))
            found = self._begun[key] = tuple(one for one in some if _fits(key[0], one))
        return found

    def _is_begun(self, word: str) -> bool:
        """Whether a phrase begins with a word, or with one that begins with it."""
        at = bisect_left(self._heads, word)
        return at < len(self._heads) and self._heads[at].startswith(word)


def _fits(word: str, pattern: Pattern) -> bool:
    """Whether a phrase can begin with a word."""
    head = pattern.parts[0]
    return isinstance(head, Hole) or word_fit(word, head) > NONE


def layings(parts: Parts, typed: Words) -> list[tuple[int, tuple[Words, ...]]]:
    """Return each way to lay typed words on a phrase: how well its words fit, and the words in its holes."""
    fit = EXACT
    for at, part in enumerate(parts):
        if isinstance(part, Hole):
            return _filled(parts[at + 1 :], typed[at:], fit)
        fit = min(fit, word_fit(typed[at], part)) if at < len(typed) else NONE
        if not fit:
            return []
    return [(fit, ())] if len(typed) == len(parts) else []


def _filled(rest: Parts, typed: Words, fit: int) -> list[tuple[int, tuple[Words, ...]]]:
    """Return the same behind words that fit so well, from a hole on; `rest` is what follows it."""
    if not rest:
        return [(fit, (typed,))] if typed else []
    return [
        (min(fit, other), (typed[:size], *holes))
        for size in range(1, len(typed) - len(rest) + 1)
        for other, holes in layings(rest, typed[size:])
    ]
