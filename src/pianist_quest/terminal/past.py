"""The way back beyond a loaded game: what was done before is done again, from the beginning."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.engine import begin
from pianist_quest.records import replace
from pianist_quest.saves.decisions import read
from pianist_quest.saves.document import SaveError

from .moment import Moment
from .playing import play
from .scene import Scene

if TYPE_CHECKING:
    from pianist_quest.story.story import Story

_PATIENCE: Final = 10.0
"""How long it may take, in seconds."""


def recalled(story: Story, loaded: Moment) -> list[Moment]:
    """Return the moments up to one that was loaded, with it; none where what was done leads elsewhere now."""
    turn = begin(story, loaded.state.seed)
    found = [Moment(Scene(story, turn.state), turn.events, 0, begun=())]
    until = time.monotonic() + _PATIENCE
    try:
        for line in loaded.begun or ():
            now, _ = play(found[-1], read(line))
            if now is found[-1] or time.monotonic() > until:
                return []
            found.append(now)
    except SaveError:
        return []
    if found[-1].state != loaded.state:
        return []
    return [*found[:-1], replace(found[-1], shown=loaded.shown)]  # as it was shown when it was saved
