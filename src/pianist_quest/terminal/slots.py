"""Saved games as a player recognises them, and the way back to one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pianist_quest.diagnostics.source import one_line
from pianist_quest.saves.codec import decode
from pianist_quest.saves.document import SaveError

from .wrap import Piece, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pianist_quest.saves.codec import Saved
    from pianist_quest.saves.store import Slot
    from pianist_quest.story.story import Story

    from .desk import Desk
    from .wrap import Line


def slot_line(slot: Slot) -> str:
    """Return a saved game as a line of the list: its name, and what it is."""
    return one_line(f"{slot.name}: {slot.problem or about(slot)}")


def listing(slots: Iterable[Slot], width: int) -> list[Line]:
    """Return the list of saved games."""
    lines = wrap((Piece("Saved games, the newest first:"),), width)
    for slot in slots:
        lines += wrap((Piece(slot_line(slot)),), width, "  ", "      ")
    return lines


def about(slot: Slot) -> str:
    """Return what a saved game is: where it stands, its turn, how long it was played, when it was saved."""
    played = f"played {duration(slot.played)}" if slot.played else ""
    when = f"saved {local(slot.saved)}" if slot.saved else ""
    parts = ", ".join(part for part in (f"turn {slot.turn}", played, when) if part)
    return f"{slot.summary}; {parts}" if slot.summary else parts


def duration(seconds: int) -> str:
    """Return a time played in hours and minutes; one shorter than a minute in seconds."""
    hours, minutes = divmod(seconds // 60, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else f"{seconds} s"


def local(saved: str) -> str:
    """Return when a game was saved, in the time of this place; a text that tells no time as it is."""
    try:
        when = datetime.fromisoformat(saved)
        return (when.astimezone() if when.tzinfo else when).strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        return saved


def find(desk: Desk, story: Story, name: str) -> Saved | None:
    """Return a saved game; where it cannot be read, say so and offer the generation before."""
    try:
        return decode(story, desk.store.load(story.key, name))
    except SaveError as error:
        desk.say(str(error))
    try:
        saved = decode(story, desk.store.load_previous(story.key, name))
    except SaveError:
        return None
    return saved if desk.agreed(f"The one before it, of turn {saved.turn}, is whole. Load it?") else None
