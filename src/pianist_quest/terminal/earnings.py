"""Keeping what is earned beyond a game: marks and endings. What cannot be written is tried again at every turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.saves.document import SaveError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pianist_quest.saves.store import Store


class Earnings:
    """The marks and endings of a world that are still to be written."""

    def __init__(self, store: Store, world: str) -> None:
        self._store, self._world = store, world
        self._marks = frozenset[str]()
        self._endings = frozenset[str]()
        self._failed = False

    def add(self, marks: Iterable[str], endings: Iterable[str]) -> str:
        """Keep marks and endings; return what there is to say about that."""
        self._marks |= frozenset(marks)
        self._endings |= frozenset(endings)
        return self.write()

    def write(self) -> str:
        """Write what is not written yet; return what there is to say about that, a problem the first time only."""
        if not (self._marks or self._endings):
            return ""
        try:
            self._store.earn(self._world, self._marks, self._endings)
        except SaveError as error:
            before, self._failed = self._failed, True
            return "" if before else f"{error} It is tried again at every turn."
        was, self._failed = self._failed, False
        self._marks = self._endings = frozenset()
        return "What you have earned is kept now." if was else ""

    def last(self) -> str:
        """Write what is not written yet, for the last time; return what there is to say when leaving."""
        self.write()
        return "What you have earned could not be kept." if self._failed else ""
