"""A run to a document and back: by name, never by number, so that a save outlives changes to its world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.engine.state import State
from pianist_quest.records import record
from pianist_quest.story.bits import bits
from pianist_quest.story.story import SlotKind
from pianist_quest.story.values import Values

from .decisions import MOST
from .document import FORMAT, Document, SaveError
from .fields import MOST as MOST_WHOLE
from .fields import Fields, from_events
from .losses import Losses
from .renaming import renamed
from .replay import followed_instead, told
from .standing import go_on, placed, room_of, visited
from .values import thing_word, values, word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pianist_quest.engine.turn import Event
    from pianist_quest.story.story import Story


@record
class Saved:
    """A run as it was saved: its state, the turn's number, what was shown last, and what is gone since."""

    state: State
    turn: int
    shown: tuple[Event, ...]
    lost: tuple[str, ...] = ()
    decisions: tuple[str, ...] | None = None
    """What was done since the beginning, a line for each turn; None where that is not known."""
    played: int = 0
    """How long it was played, in seconds."""

    @property
    def told(self) -> tuple[str, ...]:
        """What is gone, in one paragraph, if anything is."""
        return (" ".join(self.lost),) if self.lost else ()


def encode(story: Story, run: Saved, *, saved: str, summary: str) -> Document:
    """Return the document of a run; `saved` is the time, `summary` says to a player where it stands."""
    state, decisions = run.state, run.decisions
    said, counts = _spoken(story, state)
    return {
        "format": FORMAT,
        "world": story.key,
        "title": story.title,
        "fingerprint": story.fingerprint,
        "saved": saved,
        "summary": summary,
        "turn": min(run.turn, MOST_WHOLE),
        "played": min(run.played, MOST_WHOLE),
        "seed": state.seed,
        "place": thing_word(story, state.place),
        "visited": [story.things[number].key for number in bits(state.visited)],
        "at": story.sites[state.at] if state.at >= 0 else None,
        "scene": story.owner(state.at) if state.at >= 0 else None,
        "stack": [story.sites[pc] for pc in state.stack],
        "ending": story.endings[state.ending].key if state.ending >= 0 else None,
        "values": said,
        "counts": counts,
        "shown": from_events(run.shown),
        "decisions": None if decisions is None or len(decisions) > MOST else list(decisions),
    }


def _spoken(story: Story, state: State) -> tuple[Document, Document]:
    """Return what the slots hold, by their names: those that always stand in a document, and those that may not.

    The second are those that count, and those that are set only while a script runs: they stand there where they hold
    more than nothing. In a large story (see `story.values`) those that have not changed are not even looked at.
    """
    slots, values = story.slots, state.values
    numbers: Iterable[int] = story.counted
    if isinstance(values, Values):
        numbers = [number for number in sorted(values.changed) if slots[number].kind is SlotKind.COUNT]
    passing = [number for number in story.locals if values[number] == slots[number].start]
    said = {slots[number].name: word(story, slots[number], values[number]) for number in story.uncounted}
    for number in passing:
        said.pop(slots[number].name, None)
    numbers = (*numbers, *passing)
    return said, {slots[number].name: values[number] for number in numbers if values[number]}


def decode(story: Story, document: Document) -> Saved:
    """Return the run in a document, fitted to the world as it is now.

    It is kept by name. Where it cannot go on as it stood, its decisions are followed from the beginning, if that keeps
    more (`replay.keeps_more`). Raises SaveError where it is a run of another world or a part of it is no such part.
    """
    fields = Fields(renamed(document, story.renamed))
    if fields.text("world") != story.key:
        raise SaveError(
            f'This is a saved game of "{fields.text("title")}", and the world played is "{story.title}"',
            todo=f"Start the world {fields.text('world')} to load it.",
        )
    lost = Losses()
    kept = _by_name(story, fields, lost)
    again = followed_instead(story, kept.state.seed, kept.decisions or (), lost)
    if again is None:
        return kept
    return Saved(
        again.state, again.turn, again.shown, told(kept.decisions or (), again, lost), again.decisions, kept.played
    )


def _by_name(story: Story, fields: Fields, lost: Losses) -> Saved:
    """Return a run of which all is kept that still has its name."""
    found, place = values(story, fields, lost), room_of(story, fields, lost)
    # The player has been where the player is, whatever the file says.
    been = visited(story, fields, lost) | (1 << place if place else 0)
    state, begin = placed(story, fields, State(found, place, been, -1, (), -1, fields.whole("seed")), lost)
    shown, turn = fields.events("shown"), fields.whole("turn")
    if begin >= 0:
        state, shown = go_on(story, state, begin)
    played = fields.whole("played") if "played" in fields.document else 0  # format 1 did not tell it
    return Saved(state, turn, shown, lost.told, _decisions(fields), played)


def _decisions(fields: Fields) -> tuple[str, ...] | None:
    return tuple(fields.texts("decisions")[:MOST]) if fields.document.get("decisions") is not None else None
