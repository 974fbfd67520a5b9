"""Properties that are worked out when they are first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

_Found = TypeVar("_Found")

if TYPE_CHECKING:
    lazily = cached_property
else:

    class lazily(cached_property, Generic[_Found]):  # noqa: N801 - as the one it is of
        """What `cached_property` is, without its lock: Python before 3.12 takes longer for that than many a value."""

        def __get__(self, instance: Any, owner: type | None = None) -> Any:  # noqa: ANN401 - any property
            """Return the value, and keep it in the place of this."""
            found = instance.__dict__[self.attrname] = self.func(instance)
            return found
