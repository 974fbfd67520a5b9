"""Python's collector of cycles, paused while a world is read: what is built is kept, and looking it over is in vain.

It looks at all young objects again and again, and at all old ones each time they have grown by a quarter; of the time
that a large world takes to read that would be more than half.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT: Final = 2
"""How often what was made is taken for old unseen: a game reads one world, and compiles it. Editors do so again."""
_times = iter(range(_KEPT))


@contextmanager
def collector_paused() -> Iterator[None]:
    """Do something without the collector; afterwards it is as it was before."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            if next(_times, None) is not None and not gc.get_freeze_count():
                gc.freeze()  # to its oldest generation by way of the frozen ones, where nobody else has put any
                gc.unfreeze()
            gc.enable()
