"""Names that typed words can fill a hole with: of things, people, topics, ways out and rooms."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from pianist_quest.records import record, replace
from pianist_quest.story.english import the
from pianist_quest.story.story import Room

from . import topics
from .grammar import SHORT_WAYS
from .of_story import once
from .words import end_fit, name_fit, words

if TYPE_CHECKING:
    from pianist_quest.story.story import Story, Thing

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

    @cached_property
    def words(self) -> frozenset[str]:
        """All words of its names."""
        return frozenset(word for name in self.names for word in name)

    def begins(self, typed: Words) -> bool:
        """Whether one of its names begins with typed words."""
        return any(name[: len(typed)] == typed for name in self.names)

    def fit(self, typed: Words) -> int:
        """Return how well typed words fit it."""
        if self.topic >= 0:
            return topics.fit(typed, self.names)
        return end_fit(typed, self.names) if self.place else name_fit(typed, self.names, self.words)

    def called(self, typed: Words) -> int:
        """Return how well typed words fit it by any words of its names."""
        return name_fit(typed, self.names, self.words)


def thing_named(story: Story, thing: Thing) -> Named:
    """Return the names of a thing."""
    kept = _kept(story)
    found = kept.get(thing.number)
    if found is None:
        spelt = tuple(typed_name(name) for name in (thing.name, *thing.aka))
        names = tuple(words(name) for name in spelt)
        found = kept[thing.number] = Named(thing.key, names, spelt, place=isinstance(thing, Room))
    return found


def room_named(story: Story, room: Room) -> Named:
    """Return the names of a room that the player knows: any words of them will do."""
    kept = _kept(story)
    found = kept.get(-room.number)
    if found is None:
        found = kept[-room.number] = replace(thing_named(story, room), place=False)
    return found


@once
def _kept(_story: Story) -> dict[int, Named]:
    """The names of a story's things that have been asked for, by number; below 0, those of known rooms."""
    return {}


def typed_name(name: str) -> str:
    """Return a name as it is typed: an article at its beginning is a small "the"."""
    return the(name) if name.casefold().startswith(_ARTICLES) else name


@lru_cache(maxsize=256)
def way_named(word: str) -> Named:
    """Return the names of a way out: its word, and the short forms of it."""
    short = [other for other, way in SHORT_WAYS.items() if way == word]
    return Named(word, (words(word), ("".join(words(word)),), *((other,) for other in short)), (word,))
