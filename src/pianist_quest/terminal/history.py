"""The turns of a game as a player looks back on them: HISTORY, UNDO TO, BOOKMARK. Turns count from the beginning, 0."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.engine.turn import Earned, Ended, Heading, Replied, Sounded, Told
from pianist_quest.story.english import cardinal, plural

from .counting import count
from .labels import plain
from .moment import Answer
from .render import where
from .words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .moment import Moment
    from .session import Session

_LISTED: Final = 10
"""How many turns HISTORY lists."""
_WORDS: Final = 8
"""How many words are told of what came of a turn."""
_LONGEST: Final = 40
"""The most characters of a bookmark."""
_KEPT: Final = "Bookmarks last until you leave the game; SAVE keeps a game for good."


def history(session: Session, name: str) -> Answer:
    """List the last turns, or so many of them."""
    wanted = count(name) if name else _LISTED
    if not wanted:
        return Answer(said=("Type history, or history and how many turns: history 30.",), stopped=True)
    moments = session.moments if wanted < len(session.moments) else session.all_moments()
    first = max(len(moments) - wanted, 0)
    lines = [_entry(session, moments, index) for index in range(first, len(moments))]
    told = "UNDO TO and a number, a bookmark or a word from the list goes back there."
    apart = " In brackets is the turn as STATUS counts it, where that is another."
    differ = any(_turn(session, moments, index) for index in range(first, len(moments)))
    return Answer(said=(*lines, f"{told}{apart if differ else ''}"))


def bookmark(session: Session, name: str) -> Answer:
    """Give the moment that is now a name, or list the names there are."""
    name = " ".join(name.split())
    if not name:
        listed = [f"{mark}: turn {number}." for mark, number in session.bookmarks.items()]
        return Answer(
            said=(*listed, "Type bookmark and a name to mark this turn; UNDO TO and the name comes back to it.")
        )
    if len(name) > _LONGEST or name.isdecimal() or not words(name):
        said = f"A bookmark is a word or a few, {_LONGEST} characters at most, and no number."
        return Answer(said=(said,), stopped=True)
    first = not session.bookmarks
    session.bookmarks[name.casefold()] = session.number(session.moments, len(session.moments) - 1)
    return Answer(said=(f"Marked: UNDO TO {name.upper()} comes back to this turn.{f' {_KEPT}' if first else ''}",))


def undo_to(session: Session, name: str) -> Answer:
    """Go back to a turn, by its number, bookmark or words of it."""
    moments = session.all_moments()
    index = _found(session, moments, name)
    if index is None:
        if _marked(session, name) == session.number(moments, len(moments) - 1):
            return Answer(said=("You are at that turn now: nothing was done since it was marked.",), stopped=True)
        latest = session.number(moments, len(moments) - 1)
        said = f'No turn before this one is called "{name}". Turns go up to {latest}; HISTORY lists them.'
        return Answer(said=(said if name else "Undo to which turn? HISTORY lists them.",), stopped=True)
    told = _entry(session, moments, index)
    back = session.back(len(moments) - 1 - index)
    return session.again(f"Undone, back to {told} (REDO {back} comes back from there.)")


def redo(session: Session, name: str) -> Answer:
    """Do again what was undone: a turn, or so many."""
    turns = count(name)
    if not turns:
        return Answer(said=("Type redo, or redo and how many turns: redo 3.",), stopped=True)
    done = session.forward(turns)
    if not done:
        said = "There is nothing to do again: what is undone can be done again until play goes on."
        return Answer(said=(said,), stopped=True)
    again = "Done again." if done == 1 else f"Done again: {cardinal(done)} {plural(done, 'turn')}."
    return session.again(again if done == turns else f"{again} There are no more.")


def _found(session: Session, moments: Sequence[Moment], name: str) -> int | None:
    """Return the position of the moment that is meant; of several, the last before now."""
    number = _marked(session, name)
    if number is None and name.isdecimal() and len(name) < 8:
        number = int(name)
    if number is not None:
        index = number - session.number(moments, 0)
        return index if 0 <= index < len(moments) - 1 else None
    typed = set(words(name)) - {"the"}
    named = any(not word.isdecimal() for word in typed)
    for index in reversed(range(len(moments) - 1)) if named else ():
        if typed <= set(words(f"{_done(moments, index)} {_came(moments[index])} {_where(moments[index])}")):
            return index
    return None


def _marked(session: Session, name: str) -> int | None:
    """Return the number of a bookmark's moment, by its name or words of it; of several, of the latest."""
    typed = set(words(name))
    fits = [number for mark, number in session.bookmarks.items() if typed and typed <= set(words(mark))]
    return session.bookmarks.get(name.casefold(), max(fits, default=None))


def _entry(session: Session, moments: Sequence[Moment], index: int) -> str:
    """Return a moment as a line of the list."""
    number = session.number(moments, index)
    marks = "".join(f" [{mark}]" for mark, marked in session.bookmarks.items() if marked == number)
    turn = _turn(session, moments, index)
    return f"{number}.{turn}{marks} {_done(moments, index)}: {_came(moments[index]) or 'done.'}"


def _turn(session: Session, moments: Sequence[Moment], index: int) -> str:
    """Return the turn of a moment in brackets, where it is not the moment's number."""
    turn = moments[index].turn
    return "" if turn == session.number(moments, index) else f" (turn {turn})"


def _done(moments: Sequence[Moment], index: int) -> str:
    """Return what was done to come to a moment, as it would be typed."""
    moment = moments[index]
    if not moment.done or not index:
        return "the beginning" if moment.begun == () else "a saved game"
    return ", ".join(moments[index - 1].scene.phrase(action).rstrip(".") for action in moment.done)


def _came(moment: Moment) -> str:
    """Return the first words of what was shown."""
    start = f"{moment.shown[0].text}. " if moment.shown and isinstance(moment.shown[0], Heading) else ""
    rest = " ".join(_texts(moment)).removeprefix(start).split()
    more = " ..." if len(rest) > _WORDS else ""
    return f"{start}{' '.join(rest[:_WORDS])}{more}".strip()


def _texts(moment: Moment) -> Iterator[str]:
    for event in moment.shown:
        match event:
            case Heading(text):
                yield f"{text}."
            case Replied(text):
                yield text
            case Told(runs):
                yield plain(runs)
            case Earned(_, name) | Ended(_, name) | Sounded(_, name):
                yield f"{name}."


def _where(moment: Moment) -> str:
    return where(moment.scene.story, moment.state)
