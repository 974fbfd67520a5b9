"""What scripts come to where a few slots are kept, worked out once for all that they cannot touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .partial import Outcome
from .touched import Touched

if TYPE_CHECKING:
    from .partial import Known, Partial, Standing

_Key = tuple[int, int, "Known", tuple[int, ...]]


class Outcomes:
    """Remembers what scripts come to, by what of the kept slots each can read or change before it is over.

    What the attempt before has found, which kept less, holds for every script that what is kept since cannot touch.
    """

    def __init__(self, partial: Partial, earlier: Outcomes | None) -> None:
        self.partial, self.earlier = partial, earlier
        self.touched: Touched = earlier.touched if earlier else Touched(partial.relevance)
        self._before = [self.touched.before(slot) for slot in partial.kept]
        self._touching: dict[tuple[int, tuple[int, ...]], tuple[int, ...]] = {}
        self._found: dict[_Key, Outcome] = {}

    def run(self, pc: int, place: int, known: Known, stack: tuple[int, ...] = ()) -> Outcome:
        """Return all that a script can come to, and what called it, as `Partial.run` does."""
        which = self._touches(pc, stack)
        held = tuple(known[one] for one in which)
        key, remembered = (pc, place, held, stack), self._lent(which)
        found = remembered.get(key)
        if found is None:
            only = _filled(self.partial.nothing, which, held)
            found = remembered[key] = _cut(self.partial.run(pc, place, only, stack), which)
        ends = {one._replace(known=_filled(known, which, one.known)) for one in found.ends}
        return Outcome(ends, found.doubts)

    def _touches(self, pc: int, stack: tuple[int, ...]) -> tuple[int, ...]:
        """The numbers of the kept slots that a script, and what called it, can read or change."""
        found = self._touching.get((pc, stack))
        if found is None:
            starts, passing = (pc, *stack), self.partial.passing
            numbered = enumerate(self._before)
            touched = [one for one, before in numbered if one in passing or any(before[at] for at in starts)]
            found = self._touching[pc, stack] = tuple(touched)
        return found

    def _lent(self, which: tuple[int, ...]) -> dict[_Key, Outcome]:
        """Where it is kept what scripts come to that touch some slots: by the first attempt that kept all of these."""
        last, one = which[-1] if which else -1, self
        while one.earlier is not None and len(one.earlier.partial.kept) > last:
            one = one.earlier
        return one._found  # noqa: SLF001 - of its own kind


def _cut(found: Outcome, which: tuple[int, ...]) -> Outcome:
    """Keep of an outcome only the slots that its script can touch."""
    ends: set[Standing] = {one._replace(known=tuple(one.known[each] for each in which)) for one in found.ends}
    return Outcome(ends, found.doubts)


def _filled(known: Known, which: tuple[int, ...], values: Known) -> Known:
    """Return what is known with some of it replaced."""
    if not which:
        return known
    full = list(known)
    for number, value in zip(which, values, strict=True):
        full[number] = value
    return tuple(full)
