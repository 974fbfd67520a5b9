"""`pianist-quest music`: the tunes of a world, listed, shown, heard, or written as sound to a file."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pianist_quest.opening import UsageError, complain, needed, playable, shows_boxes, world_path

if TYPE_CHECKING:
    import argparse

    from pianist_quest.story.story import Music, Story


def add(music: argparse.ArgumentParser) -> None:
    """Add what can be said about music."""
    music.add_argument("world", metavar="WORLD", help="a name or a path")
    music.add_argument("name", nargs="?", metavar="NAME", help="a tune: it is shown as notes, words and keys")
    music.add_argument("--wav", metavar="FILE", help="write it to a file as sound")
    music.add_argument("--sound", action="store_true", help="play it (needs the extra `sound`)")
    music.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List tunes, or show one."""
    story = needed(playable(world_path(options.world)))
    if options.name is None and not options.wav and not options.sound:
        _list(story)
        return 0
    music = _chosen(story, options.name)
    if options.wav:
        from pianist_quest.sound.wav import write_wav

        seconds = write_wav(music.tune, Path(options.wav))
        print(f"{options.wav}: {music.title or music.key}, {seconds:.1f} seconds")
    else:
        _show(music)
    return _play(music) if options.sound else 0


def _list(story: Story) -> None:
    """Print the names of all tunes, what they are called, and how long each lasts."""
    if not story.music:
        print("There is no music in this world.")
    width = max(map(len, story.music), default=0)
    for key, one in story.music.items():
        last = max(strike.start + strike.seconds for strike in one.tune.strikes())
        print(f"{key:<{width}}  {last:4.1f} s  {one.title or one.words}")


def _chosen(story: Story, name: str | None) -> Music:
    """Return a tune by its name; without one, the only one there is."""
    from pianist_quest.diagnostics.diagnostic import did_you_mean

    if name is None and len(story.music) == 1:
        return next(iter(story.music.values()))
    if name not in story.music:
        known = f"its music: {', '.join(story.music) or 'none'}"
        said = f"there is no music `{name}`" if name else "which music?"
        raise UsageError(f"{said}; {did_you_mean(name or '', story.music) or known}")
    return story.music[name]


def _show(music: Music) -> None:
    """Print a tune as it is shown in a game."""
    from pianist_quest.engine.turn import Sounded
    from pianist_quest.terminal.performance import picture
    from pianist_quest.terminal.render import page
    from pianist_quest.terminal.typeset import WIDEST
    from pianist_quest.terminal.wrap import plain_text

    width = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)
    lines = [
        *page([Sounded(music.key, music.title, music.words)], width),
        *picture(music.tune, width, boxes=shows_boxes(sys.stdout.encoding)),
    ]
    for line in lines:
        print(plain_text(line).rstrip())


def _play(music: Music) -> int:
    from pianist_quest.sound.player import Player, SilentError

    try:
        player = Player()
    except SilentError as error:
        return complain(f"nothing can be heard: {error}", 1)
    player.play(music.tune)
    player.wait()
    return 0
