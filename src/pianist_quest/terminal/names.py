"""Names that typed words can fill a hole with: of things, people, topics, ways out and rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.records import record
from pianist_quest.story.english import the
from pianist_quest.story.story import Room

from . import topics
from .grammar import SHORT_WAYS
from .words import end_fit, name_fit, words

if TYPE_CHECKING:
    from pianist_quest.story.story import Thing

    from .words import Words

_ARTICLES: Final = ("the ", "a ", "an ", "some ")


@record
class Named:
    """Something a hole can take: its key (with `topic`, the person's), its names as words and as they are written.

    A `place` is named by its whole name or the end of it: a coal cellar is no coal.
    """

    key: str
    names: tuple[Words, ...]
    spelt: tuple[str, ...]
    topic: int = -1
    place: bool = False

    @property
    def spoken(self) -> str:
        """The name that stands for it."""
        return self.spelt[0]

    @property
    def label(self) -> str:
        """The last of its names: of a topic, the whole label."""
        return self.spelt[-1]

    def begins(self, typed: Words) -> bool:
        """Whether one of its names begins with typed words."""
        return any(name[: len(typed)] == typed for name in self.names)

    def fit(self, typed: Words) -> int:
        """Return how well typed words fit it."""
        if self.topic >= 0:
            return topics.fit(typed, self.names)
        return end_fit(typed, self.names) if self.place else name_fit(typed, self.names)


def thing_named(thing: Thing) -> Named:
    """Return the names of a thing."""
    spelt = tuple(typed_name(name) for name in (thing.name, *thing.aka))
    return Named(thing.key, tuple(words(name) for name in spelt), spelt, place=isinstance(thing, Room))


def typed_name(name: str) -> str:
    """Return a name as it is typed: an article at its beginning is a small "the"."""
    return the(name) if name.casefold().startswith(_ARTICLES) else name


def way_named(word: str) -> Named:
    """Return the names of a way out: its word, and the short forms of it."""
    short = [other for other, way in SHORT_WAYS.items() if way == word]
    return Named(word, (words(word), ("".join(words(word)),), *((other,) for other in short)), (word,))
