"""Text that appears letter by letter, for those who like that; any key shows the rest at once, and is not lost."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from prompt_toolkit.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from prompt_toolkit.input import Input
    from prompt_toolkit.key_binding.key_processor import KeyPress

    Parts = Sequence[tuple[str, str]]
    """Styles and texts, as prompt_toolkit writes them."""

_ONLY_ON: Final = (" ", Keys.ControlM, Keys.Escape)
"""Keys that by themselves ask for the rest of the text, and for nothing else."""


def typed_out(
    parts: Parts, write: Callable[[Parts], None], source: Input, speed: int, pause: Callable[[float], None] = time.sleep
) -> list[KeyPress]:
    """Write parts at a speed in letters a second, until keys come from the source; return these for the next line."""
    with source.raw_mode():
        for index, (style, text) in enumerate(parts):
            for at, letter in enumerate(text, 1):
                write([(style, letter)])
                keys = source.read_keys()
                if keys:
                    write([(style, text[at:]), *parts[index + 1 :]])
                    return [] if len(keys) == 1 and keys[0].key in _ONLY_ON else keys
                if not letter.isspace():
                    pause(1 / speed)
    return []
