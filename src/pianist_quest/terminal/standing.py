"""Where a game stands, for a screen that shows it beside the story: what can be picked, the place, what is here."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.turn import Examine, Talk
from pianist_quest.engine.view import contents, offers, scope
from pianist_quest.records import record
from pianist_quest.story.english import capital, the
from pianist_quest.story.story import PLAYER, Character

from .labels import plain
from .render import exits, status_line, styled
from .survey import survey
from .wrap import Piece, Style

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pianist_quest.story.story import Thing

    from .menu import Options
    from .scene import Scene
    from .session import Session
    from .survey import Known
    from .wrap import Line

_LATELY: Final = 200
"""The moments that the small map is made of: those long ago are told by MAP."""
_MOST: Final = 9
"""The most lines of a section; of more the rest is counted."""
_AFTER: Final = (
    ("undo", "Undo the last turn"),
    ("restart", "Restart"),
    ("load", "Load a saved game"),
    ("quit", "Quit"),
)
"""What can be picked when the story is over."""


@record
class Offer:
    """Something to pick: what is shown, the line that picks it (none: it is closed), its number, why it is closed."""

    label: Line
    line: str
    number: int = 0
    reason: str = ""


@record
class Entry:
    """A line of a section, and what a click on it types."""

    text: Line
    line: str = ""


@record
class Section:
    """A part of the panel."""

    title: str
    entries: tuple[Entry, ...]


@record
class Standing:
    """All that is shown beside the story."""

    offers: tuple[Offer, ...] = ()
    exits: str = ""
    sections: tuple[Section, ...] = ()
    around: Callable[[], Known] | None = None
    """What is known of the rooms, for a map: worked out when it is first asked for."""


def listed(options: Options) -> Standing:
    """Return options of a menu as what can be picked."""
    found = enumerate(options, 1)
    return Standing(
        tuple(
            Offer((Piece(label),), str(number) if word.isdecimal() else word, number) for number, (word, label) in found
        )
    )


def standing(session: Session, *, bars: bool = True) -> Standing:
    """Return where a game stands, its meters as bars or in words."""
    scene, lately = session.now.scene, session.moments[-_LATELY:]
    story, state = scene.story, scene.state
    ways = exits(story, state, 10_000)
    return Standing(
        offered(scene),
        "".join(piece.text for line in ways for piece in line),
        tuple(one for one in _sections(scene, bars=bars) if one.entries),
        cache(lambda: survey(story, lately)),
    )


def offered(scene: Scene) -> tuple[Offer, ...]:
    """Return what can be picked in a game."""
    if scene.state.ending >= 0:
        return tuple(Offer((Piece(label),), word) for word, label in _AFTER)
    found: list[Offer] = []
    number = 0
    for offer in offers(scene.story, scene.state):
        number += offer.open
        style = Style.CHOICE if offer.open else Style.QUIET | Style.REFUSAL
        label, reason = tuple(styled(offer.label, style)), plain(offer.reason)
        found.append(Offer(label, str(number) if offer.open else "", number if offer.open else 0, reason))
    return tuple(found)


def _sections(scene: Scene, *, bars: bool) -> Iterator[Section]:
    place = scene.story.things[scene.state.place].name if scene.state.place else scene.story.title
    status = status_line(scene.story, scene.state, bars=bars).split(" | ")
    yield Section(place, tuple(Entry((Piece(one),)) for one in status if one))
    yield Section("Exits", tuple(_ways(scene)))
    carried = contents(scene.story, scene.state, PLAYER)
    seen = [thing for thing in scope(scene.story, scene.state) if thing not in carried]
    people = [thing for thing in seen if isinstance(thing, Character)]
    yield Section("People", _few(scene, people, Style.PERSON))
    yield Section("Things", _few(scene, [thing for thing in seen if thing not in people], Style.THING))
    yield Section("You carry", _few(scene, carried, Style.THING))


def _ways(scene: Scene) -> Iterator[Entry]:
    for way in scene.ways:
        goal = f" to {the(scene.thing(way.room).name)}" if way.known else ""
        yield Entry((Piece(f"{way.word}{goal}{'' if way.open else ' (not open)'}"),), f"go {way.word}")


def _few(scene: Scene, things: Sequence[Thing], style: Style) -> tuple[Entry, ...]:
    shown = things if len(things) <= _MOST else things[: _MOST - 1]
    entries = [Entry((Piece(capital(scene.the(one.key)), style),), _touched(scene, one)) for one in shown]
    more = len(things) - len(shown)
    return (*entries, *([Entry((Piece(f"and {more} more", Style.QUIET),))] if more else []))


def _touched(scene: Scene, thing: Thing) -> str:
    """Return what a click on a thing types: to talk to somebody, to look closely at something."""
    for action in (Talk(thing.key), Examine(thing.key)):
        if scene.can(action):
            return scene.phrase(action)
    return ""
