"""Python's collector of cycles, paused while a world is read: what is built is kept, and looking it over is in vain.

It looks at all young objects again and again, and at all old ones each time they have grown by a quarter; of the time
that a large world takes to read that would be more than half.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def collector_paused() -> Iterator[None]:
    """Do something without the collector; afterwards it is as it was before."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
