"""What the commands about saved games share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pianist_quest import bundled
from pianist_quest.opening import playable

if TYPE_CHECKING:
    import argparse

    from pianist_quest.saves.store import Store
    from pianist_quest.story.story import Story

UNCHECKED: Final = "its world is not at hand, so only the file was checked"


def say(*lines: str) -> None:
    """Write lines that steer nothing."""
    from pianist_quest.diagnostics.source import one_line

    for line in lines:
        print(one_line(line))


def store_of(options: argparse.Namespace) -> Store:
    """Return the saved games that the arguments name."""
    from pianist_quest.saves.store import Store

    return Store(bundled.saves_folder(options.saves))


def story_at_hand(world: str, name: str | None = None) -> Story | None:
    """Return the story of a world that comes with the program or that was named, where it can be played."""
    path = Path(name) if name and Path(name).exists() else bundled.worlds().get(world)
    found = playable(path) if path else None
    return found if found and not isinstance(found, str) and found.key == world else None


def version(changed: bool, lost: tuple[str, ...]) -> str:  # noqa: FBT001 - as they were found
    """Return which version of its world a saved game is of."""
    if lost:
        return f"of another version of the world; loading it loses something: {' '.join(lost)}"
    return "of another version of the world; loading it loses nothing" if changed else "of this version of the world"
