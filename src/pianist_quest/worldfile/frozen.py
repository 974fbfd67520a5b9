"""Data classes of which a world has very many: frozen to who reads and checks the code, and quickly made.

A dataclass that is frozen while it runs sets each of its fields by a call, which takes several times as long as all
else that is done to make one. That no field of these is set again is mypy's to see to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar, dataclass_transform

_Class = TypeVar("_Class", bound=type)


@dataclass_transform(frozen_default=True)
def frozen(cls: _Class) -> _Class:
    """Make a class what `dataclass(frozen=True, slots=True)` makes of it, but that its fields can be set."""
    made: Any = dataclass(slots=True, unsafe_hash=True)(cls)
    return made  # type: ignore[no-any-return] # the class anew
