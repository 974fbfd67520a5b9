"""Keeping a game: by itself after every turn, before it ends or begins again, and where the player says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.saves.codec import encode
from pianist_quest.saves.document import SaveError, UnreadableError
from pianist_quest.saves.names import (
    AUTOSAVE,
    BEFORE_CHANGE,
    BEFORE_END,
    BEFORE_RESTART,
    EARLIER,
    PREVIOUS,
    is_own,
    numbered,
    tidy,
)
from pianist_quest.saves.owner import BusyError

from .earnings import Earnings
from .render import where
from .sharing import shared
from .slots import about
from .stopwatch import Stopwatch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pianist_quest.saves.codec import Saved
    from pianist_quest.saves.document import Document
    from pianist_quest.saves.owner import Holding
    from pianist_quest.saves.store import Store

    from .desk import Desk
    from .session import Session


class Keeper:
    """Keeps one game. `slot` is the one it was loaded from, `played` how long it had been played then, in seconds."""

    def __init__(self, desk: Desk, session: Session, slot: str = "", played: int = 0) -> None:
        self.desk, self.session = desk, session
        self._store, self._world = desk.store, session.story.key
        self._saving = desk.autosave
        self._slot = tidy(slot)
        self._old = self._slot if session.changed and is_own(self._slot) else ""
        self._earnings = Earnings(desk.store, self._world)
        self._number = 1
        self._fresh = True
        self._holding: Holding | None = None
        self._failing = False
        self._kept = session.now.turn if slot else 0
        self._restarts = session.restarts
        self._aside: dict[str, dict[str, object]] = {}
        self._watch = Stopwatch(desk.watch, played)

    # By itself

    def open(self) -> bool:
        """Take the autosave, or what the player wants where another program has it; return False for leaving."""
        if self._saving:
            try:
                self._holding = self._store.hold(self._world, AUTOSAVE)
            except BusyError as error:
                return self._share(error)
            except SaveError as error:
                self.desk.say(self._failed(error))
            self._fresh = self._slot != AUTOSAVE
        return True

    def close(self) -> str:
        """Give the autosave free; return what there is to say when leaving. What failed is tried for the last time."""
        if self._failing and len(self.session.moments) > 1:
            self._keep_game()
        if self._holding:
            self._holding.release()
            self._holding = None
        earned = self._earnings.last()
        if self._failing:
            return f"Your game is not saved{self._since}. {earned}".rstrip()
        return f"{'Your game is saved.' if self._saving and not self._fresh else ''} {earned}".strip()

    def keep(self) -> str:
        """Save what came of a line; return what there is to say about that."""
        self._put_aside()
        return " ".join(one for one in (self._earnings.write(), self._keep_game()) if one)

    def earn(self, marks: Iterable[str], endings: Iterable[str]) -> str:
        """Keep what is earned beyond this game; return what there is to say about that."""
        return self._earnings.add(marks, endings) if self.desk.autosave else ""

    def _keep_game(self) -> str:
        if not self._saving:
            return ""
        old = self._old
        try:
            self._write()
        except SaveError as error:
            return self._failed(error)
        was, self._failing = self._failing, False
        again = "Saving works again: your game is saved. " if was else ""
        kept = f'The game as it was saved before is kept as "{numbered(BEFORE_CHANGE, self._number)}".' if old else ""
        return f"{again}{kept}".strip()

    def _share(self, error: BusyError) -> bool:
        choice = shared(self.desk, self.session.story, error.owner)
        if choice is None:
            return False
        self._number, self._holding = choice
        self._saving = self._holding is not None
        self._fresh = self._slot != self._autosave
        return True

    def _write(self) -> None:
        if self._holding is None:
            self._holding = self._store.hold(self._world, self._autosave)
        if self._old:
            keep_old(self._store, self._world, self._old, self._number)
            self._old = ""
        if self._fresh:
            keep_autosave(self._store, self._world, self._number)
            self._fresh = False
        for name in tuple(self._aside):
            self._store.save(self._world, numbered(name, self._number), self._aside[name])
            del self._aside[name]
        self._holding.save(self._document())
        self._kept = self.session.now.turn

    def _put_aside(self) -> None:
        """Remember the turn before an end or a new beginning, to be saved for itself."""
        session = self.session
        if session.restarts != self._restarts:
            self._restarts, self._slot = session.restarts, ""
            back = len(session.moments) - session.begun_at
            if back < len(session.moments) and session.moments[-back - 1].turn:
                self._aside[BEFORE_RESTART] = self._document(back, session.games - 1)
        if session.now.state.ending >= 0 and session.now.done:
            self._aside[BEFORE_END] = self._document(1)
        self._watch.seconds(session.games)

    def _failed(self, error: SaveError) -> str:
        """Return the problem with what is not saved, the first time only."""
        before, self._failing = self._failing, True
        return "" if before else f"{error} What you do{self._since} is not saved; saving is tried again at every turn."

    @property
    def _since(self) -> str:
        return f" after turn {self._kept}" if self._kept else ""

    @property
    def _autosave(self) -> str:
        return numbered(AUTOSAVE, self._number)

    def _document(self, back: int = 0, games: int = 0) -> dict[str, object]:
        session = self.session
        saved = session.saved(self._watch.seconds(games or session.games), back=back)
        return encode(session.story, saved, saved=self.desk.clock(), summary=where(session.story, saved.state))

    # Where the player says so

    def save(self, name: str) -> str:
        """Save to a slot, after a question where that would overwrite something; return what to say."""
        name = tidy(name)
        if is_own(name):
            return f'"{name}" is written by the game itself. Choose another name.'
        try:
            if not self._free(name):
                return "Not saved."
            self._store.save(self._world, name, self._document())
        except SaveError as error:
            return str(error)
        self._slot = name
        return f'Saved as "{name}".'

    def loaded(self, name: str, saved: Saved) -> None:
        """Take note that a saved game has been loaded."""
        self._slot = tidy(name)
        if saved.lost and is_own(name):
            self._old = self._slot
        self._watch.begin(saved.played)

    def _free(self, name: str) -> bool:
        """Whether a slot can be written: it is new, or this game's last one, or the player agrees."""
        if name == self._slot or not self._store.has(self._world, name):
            return True
        slot = self._store.slot(self._world, name)
        return self.desk.agreed(f'Overwrite "{name}" ({slot.problem or about(slot)})?')


def keep_autosave(store: Store, world: str, number: int = 1) -> None:
    """Put the autosave of the game before aside, so that another game does not take its place; and those before it."""
    names = [numbered(name, number) for name in (AUTOSAVE, PREVIOUS, *EARLIER)]
    there = next((at for at, name in enumerate(names) if not store.has(world, name)), len(names) - 1)
    for at in reversed(range(there)):  # the earliest first, so that each is kept twice and never not at all
        document = _whole(store, world, names[at])
        if document is not None:
            store.save(world, names[at + 1], document)


def keep_old(store: Store, world: str, name: str, number: int = 1) -> None:
    """Put a slot of the game's own aside as it was saved in another version of the world: the game will write it."""
    document = _whole(store, world, name)
    if document is not None:
        store.save(world, numbered(BEFORE_CHANGE, number), document)


def _whole(store: Store, world: str, name: str) -> Document | None:
    """Return what is in a slot, or where that is damaged the generation before; None where neither is whole.

    Raises UnreadableError where one cannot be read for the moment: it may be whole, and must not be written over.
    """
    for load in (store.load, store.load_previous):
        try:
            return load(world, name)
        except UnreadableError:
            raise
        except SaveError:
            continue
    return None
