"""Numbers of turns, as players write them."""

from __future__ import annotations

import re
from typing import Final

from pianist_quest.story.english import cardinal

_NUMBERS: Final = {cardinal(number): number for number in range(1, 100)}
_COUNT: Final = re.compile(r"(?:the )?(?:last )?(\d{1,6}|[a-z-]+?)(?: (?:turn|move|step|time)s?)?")


def count(text: str) -> int:
    """Return the number in `3`, `three turns`, `the last two moves`; 1 for nothing, 0 where there is none."""
    if not text:
        return 1
    found = _COUNT.fullmatch(text.casefold())
    if found is None:
        return 0
    return int(found[1]) if found[1].isdigit() else _NUMBERS.get(found[1], 0)
