"""Text that appears letter by letter, for those who like that; any key shows the rest at once."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from prompt_toolkit.input import Input

    Parts = Sequence[tuple[str, str]]
    """Styles and texts, as prompt_toolkit writes them."""


def typed_out(
    parts: Parts, write: Callable[[Parts], None], source: Input, speed: int, pause: Callable[[float], None] = time.sleep
) -> None:
    """Write parts at a speed in letters a second, until a key comes from the source: that key means nothing else."""
    with source.raw_mode():
        for index, (style, text) in enumerate(parts):
            for at, letter in enumerate(text, 1):
                write([(style, letter)])
                if source.read_keys():
                    write([(style, text[at:]), *parts[index + 1 :]])
                    return
                if not letter.isspace():
                    pause(1 / speed)
