"""Proof without going through all states: from everywhere a player can stand, an ending (or a goal) can be reached.

Of each state only the room, the choice that waits and a few slots are kept, whatever the rest holds. All that can
follow is found so, and perhaps more; and a standing is good from which one action that can surely be done leads to
good standings only, however what is not known turns out. If every standing found is good, nobody is ever stuck. If
not, the slot is kept as well that most stood in the way, where it is of use, and all is done again (modal transition
systems, Larsen and Thomsen, 1988; refinement by counterexamples, Clarke and others, 2000; only where it is needed,
Henzinger and others, 2002). The proof is never wrong; it may not be found.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .attempt import Attempt
from .possible import Aim, Stage
from .reads import Facts, Reader
from .refinement import Refinement

if TYPE_CHECKING:
    from collections.abc import Callable

    from pianist_quest.engine.state import State
    from pianist_quest.story import story as s

    from .attempt import Found
    from .partial import Standing

__all__ = ["Aim", "Proof", "Prover", "asks_for_an_end"]


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof has come to: whether it holds, the slots that were kept, how many standings there are."""

    holds: bool
    kept: tuple[str, ...]
    standings: int
    seconds: float
    doubtful: tuple[Standing, ...] = ()
    """Standings for which it was not found, a few of them."""


def asks_for_an_end(story: s.Story, code: s.Code) -> bool:
    """Whether a condition holds where the story has ended and nowhere else: that it can is that nobody is stuck."""
    reader, over = Reader(story), story.over
    if over < 0:
        return False
    before, after = (reader.worth(code, Facts(None, {over: span})) for span in ((0, 0), (1, len(story.endings))))
    return before.surely is False and after.surely is True


class Prover:
    """Tries to prove things of one story; what a script comes to is worked out once for all of them."""

    def __init__(self, story: s.Story) -> None:
        self.story = story
        self._made: dict[tuple[int, ...], Attempt] = {}

    def prove(
        self,
        seconds: float,
        aim: Aim | None = None,
        start: State | None = None,
        told: Callable[[tuple[str, ...], int, int], None] | None = None,
    ) -> Proof:
        """Try to prove that from everywhere an ending can be reached, or something else that is aimed at.

        `told` is called after each attempt with the slots kept, and how many standings there are, and doubtful ones.
        """
        began, kept, stages = time.monotonic(), list[int](), list[Stage]()
        while True:
            attempt = self._attempt(kept, aim, began + seconds, stages)
            try:
                found = attempt.search(start)
                names = tuple(self.story.slots[slot].name for slot in kept)
                bad = [one for one in found.moves if one not in found.good and attempt.counts(one)] if found else []
                spent = time.monotonic() - began
                if found and told:
                    told(names, len(found.moves), len(bad))
                proof = Proof(holds=False, kept=names, standings=len(attempt.moves), seconds=spent)
                if found is None or spent > seconds or not bad:
                    return replace(proof, holds=found is not None and spent <= seconds)
                more, idle = self._more(attempt, found, bad, first=not stages)
                if not more:
                    return replace(proof, doubtful=tuple(bad[:20]))
            finally:
                attempt.rest()
            kept = [*kept, *more]
            stages.append(Stage(attempt, idle))

    @staticmethod
    def _more(
        attempt: Attempt, found: Found, bad: list[Standing], *, first: bool
    ) -> tuple[list[int], frozenset[Standing]]:
        """Return the slots to be kept as well, none where none would help, and the standings where they need not be."""
        refinement = Refinement(attempt, found)
        usual = refinement.usual() if first else []
        wanted = None if usual else refinement.wanted(bad)
        return (usual, frozenset()) if wanted is None else ([wanted.slot], wanted.idle)

    def _attempt(self, kept: list[int], aim: Aim | None, until: float, stages: list[Stage]) -> Attempt:
        """Return a new attempt, which begins with what the one has found that kept most of the same."""
        like = (self._made.get(tuple(kept[:size])) for size in range(len(kept), -1, -1))
        attempt = Attempt(self.story, kept, aim, until, stages, next((one for one in like if one is not None), None))
        self._made.setdefault(tuple(kept), attempt)
        return attempt
