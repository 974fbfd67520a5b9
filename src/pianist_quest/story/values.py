"""The values of a story's slots: a tuple, or in a large story what has changed since its beginning.

A turn copies them, changes the copy and keeps it. With a hundred thousand rooms there are as many slots, of which a
turn changes a few and a whole game some hundred: there only what is not as it began is copied, compared and kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MANY: Final = 4_096
"""A story with more slots than this keeps what has changed. A tuple of as many is copied in 10 us."""


class Values:
    """The values of a state in a large story: those it began with, and those that are others. It never changes."""

    __slots__ = ("begun", "changed")

    def __init__(self, begun: tuple[int, ...], changed: dict[int, int]) -> None:
        self.begun, self.changed = begun, changed

    def __getitem__(self, slot: Any) -> Any:  # noqa: ANN401 - as a tuple's
        if isinstance(slot, slice):
            return tuple(self)[slot]
        found = self.changed.get(slot)
        return self.begun[slot] if found is None else found

    def __len__(self) -> int:
        return len(self.begun)

    def __iter__(self) -> Iterator[int]:
        values = list(self.begun)
        for slot, value in self.changed.items():
            values[slot] = value
        return iter(values)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Values):
            return NotImplemented
        return self.changed == other.changed and (self.begun is other.begun or self.begun == other.begun)

    def __hash__(self) -> int:
        return hash(frozenset(self.changed.items()))

    def __repr__(self) -> str:
        return f"Values({len(self.begun)} slots, {self.changed})"


class Working(dict[int, int]):
    """A copy of such values that can be changed: what is not in it is as it began."""

    __slots__ = ("begun",)

    def __init__(self, values: Values) -> None:
        super().__init__(values.changed)
        self.begun = values.begun

    def __missing__(self, slot: int) -> int:
        return self.begun[slot]

    def __iter__(self) -> Iterator[int]:
        return iter(Values(self.begun, self))

    @property
    def changed(self) -> dict[int, int]:
        """What may be others than it began with."""
        return self


def begun(values: tuple[int, ...]) -> Sequence[int]:
    """Return the values that a story begins with, as its states keep them."""
    found: Any = Values(values, {}) if len(values) > MANY else values
    return found  # type: ignore[no-any-return] # both can be asked as a sequence can


def as_begun(values: tuple[int, ...], begun: tuple[int, ...]) -> Sequence[int]:
    """Return values that are known otherwise, as the states of a story keep them that began with others."""
    return _settled(begun, enumerate(values)) if len(values) > MANY else values


def working(values: Sequence[int]) -> list[int]:
    """Return a copy that can be changed, to be asked and changed as a list is, by number."""
    found: Any = Working(values) if isinstance(values, Values) else list(values)
    return found  # type: ignore[no-any-return] # as above


def settled(values: list[int] | Working) -> Sequence[int]:
    """Return what has been made of such a copy, never to be changed again."""
    return _settled(values.begun, values.items()) if isinstance(values, Working) else tuple(values)


def _settled(begun: tuple[int, ...], values: Iterable[tuple[int, int]]) -> Sequence[int]:
    found: Any = Values(begun, {slot: value for slot, value in values if value != begun[slot]})
    return found  # type: ignore[no-any-return] # as above


def never_changes(values: Sequence[int]) -> bool:
    """Whether values are a state's, and not a copy that can be changed."""
    return isinstance(values, tuple | Values)
