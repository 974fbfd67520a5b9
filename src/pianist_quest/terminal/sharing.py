"""Two programs, one world: what the second one says and asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.saves.document import SaveError
from pianist_quest.saves.names import AUTOSAVE, MOST_AUTOSAVES, numbered

from .slots import local

if TYPE_CHECKING:
    from pianist_quest.saves.owner import Holding, Owner
    from pianist_quest.saves.store import Store
    from pianist_quest.story.story import Story

    from .desk import Desk

_ALONE = "play"
_LEAVE = "leave"


def shared(desk: Desk, story: Story, owner: Owner) -> tuple[int, Holding | None] | None:
    """Say that another program plays this world, and ask what to do.

    Return the number of the autosave to write with the hold on it (None: save nothing by itself); or None for leaving.
    """
    told = f'"{story.title}" is already being played{_who(owner)}. That game saves itself as "{AUTOSAVE}".'
    if not desk.screen.typed:
        desk.screen.warn(f"{told} This one does not save itself; save NAME still works.")
        return 1, None
    desk.say(told)
    number, holding = _free(desk.store, story.key)
    second = numbered(AUTOSAVE, number)
    other = [(second, f'Play, and save this game by itself as "{second}"')] if holding else []
    alone = (_ALONE, "Play without saving by itself (save NAME still works)")
    picked = desk.chosen([alone, *other, (_LEAVE, "Leave")])
    if holding and picked == second:
        return number, holding
    if holding:
        holding.release()
    return (1, None) if picked == _ALONE else None


def _who(owner: Owner) -> str:
    if not owner.process:
        return " in another program"
    return f" in another program (process {owner.process} on {owner.host}, since {local(owner.since)})"


def _free(store: Store, world: str) -> tuple[int, Holding | None]:
    """Return the first autosave that no program has, held; nothing held where all are taken or cannot be."""
    for number in range(2, MOST_AUTOSAVES + 1):
        try:
            return number, store.hold(world, numbered(AUTOSAVE, number))
        except SaveError:
            continue
    return 1, None
