"""`pianist-quest diff`: two versions of a world, and which plays and saved games of the old one still go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest import bundled
from pianist_quest.diagnostics.source import printable
from pianist_quest.opening import needed, right_world, world_path, written_world

from .arguments import add_saves

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from pianist_quest.story.story import Story


def add(diff: argparse.ArgumentParser) -> None:
    """Add what can be said about a comparison."""
    diff.epilog = "Exit code: 0 where nothing differs, 1 otherwise. + added, - removed, > renamed, ~ changed."
    diff.add_argument("old", metavar="OLD", help="a world as it was")
    diff.add_argument("new", metavar="NEW", help="and as it is now")
    add_saves(diff, "whose saved games to look at, those of a world called as NEW's folder is")
    diff.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare two versions of a world."""
    from pianist_quest.authoring.comparing import changes, told

    old, new = world_path(options.old), world_path(options.new)
    before, after = needed(right_world(old)), needed(written_world(new))
    lines = [*told(changes(before, after.world)), *_broken(old, after.story, options.saves)]
    print(printable("\n".join(lines) or "nothing differs"))
    return 1 if lines else 0


def _broken(old: Path, story: Story, saves: str | None) -> list[str]:
    from pianist_quest.authoring.comparing import broken_saves, broken_walkthroughs
    from pianist_quest.authoring.testing import walkthrough_files
    from pianist_quest.saves.store import Store

    texts = [(file.name, file.read_text("utf-8")) for file in walkthrough_files(old)]
    plays = [f"  {line}" for line in broken_walkthroughs(story, texts)]
    games = [f"  {line}" for line in broken_saves(story, Store(bundled.saves_folder(saves)))]
    return [
        *(["", "walkthroughs that play otherwise now:", *plays] if plays else []),
        *(["", "saved games that lose something:", *games] if games else []),
    ]
