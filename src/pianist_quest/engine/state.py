"""The state of a run: one small, immutable, hashable value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence


@record
class State:
    """Everything that play depends on; two equal states have the same future.

    `values` has a number for each of the story's slots. `place` is the player's room (0 before there is
    one), `visited` has a bit for each room's number. `at` is the code position of the offer that waits for a
    choice, or -1 where the player is free; `stack` holds where open calls come back to, innermost last.
    `ending` is the ending reached, or -1.
    """

    values: Sequence[int]
    place: int
    visited: int
    at: int
    stack: tuple[int, ...]
    ending: int
    seed: int
