"""The music a player has heard: MUSIC lists it, and plays it again by its number or by words of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.engine.turn import Sounded

from .counting import count
from .moment import Answer
from .past import recalled
from .words import words

if TYPE_CHECKING:
    from .moment import Moment
    from .session import Session


def music(session: Session, name: str) -> Answer:
    """List the music that was played up to now, or play one of it again. That takes no time."""
    if not session.story.music:
        return Answer(said=("There is no music in this world.",), stopped=True)
    found = heard(session)
    if not found:
        return Answer(said=("You have heard no music yet.",), stopped=True)
    if not name:
        listed = (f"{number}. {_name(one)}." for number, one in enumerate(found, start=1))
        return Answer(said=("Music that you have heard:", *listed, "MUSIC and a number plays one again."))
    number = count(name)
    typed = set(words(name)) - {"the"}
    named = [one for one in found if typed and typed <= set(words(_name(one)))]
    if 0 < number <= len(found) and (name.isdecimal() or not named):
        named = [found[number - 1]]
    if not named:
        said = f'You have heard no music called "{name}". MUSIC lists what you have heard.'
        return Answer(said=(said,), stopped=True)
    return Answer(events=(named[0],))


def heard(session: Session) -> list[Sounded]:
    """Return what was played, each once, the first first; what is no longer in the world is left out."""
    events = (event for moment in _moments(session) for event in moment.shown if isinstance(event, Sounded))
    return list({event.key: event for event in events if event.key in session.story.music}.values())


def _moments(session: Session) -> list[Moment]:
    """Return all moments, and first those before the game that was loaded last, if that was not at the beginning."""
    first = session.moments[session.begun_at]
    before = recalled(session.story, first)[:-1] if first.begun and session.begun_at else []
    return [*before, *session.all_moments()]


def _name(one: Sounded) -> str:
    return one.title or one.words
