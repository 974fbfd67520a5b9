"""`pianist-quest play`, and the title page, which `pianist-quest` alone opens."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from pianist_quest import bundled
from pianist_quest.opening import DEFAULT_WORLD, complain, playable, shows_boxes, world_path
from pianist_quest.signals import on_stop

from .arguments import add_saves

if TYPE_CHECKING:
    from pianist_quest.terminal.desk import Desk, Screen, View
    from pianist_quest.terminal.settings import Settings
    from pianist_quest.terminal.wrap import Style

MOST_SEED: Final = 2**63 - 1
THEMES: Final = ("dark", "light", "high-contrast", "none")


def add(play: argparse.ArgumentParser) -> None:
    """Add what can be said about a game to play."""
    play.add_argument("world", nargs="?", default=DEFAULT_WORLD, metavar="WORLD", help="a name or a path")
    play.add_argument("--seed", type=_seed, metavar="N", help="where chance comes from, 0 to 2**63-1")
    add_desk(play)
    play.add_argument("--resume", metavar="SLOT", help="go on from a saved game")
    play.add_argument("--transcript", metavar="FILE", help="write the game to the end of a file")
    play.set_defaults(run=run)


def add_desk(parser: argparse.ArgumentParser) -> None:
    """Add what can be said about what a game is played with; what is not said is left open."""
    add_saves(parser)
    one = partial(parser.add_argument, default=argparse.SUPPRESS)
    one("--plain", action="store_true", help="plain text on stdin and stdout")
    one("--reader", action="store_true", help="for screen readers: plain text, nothing drawn")
    one("--theme", choices=THEMES, help="colours for places, people, things, choices, refusals")


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= MOST_SEED):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 0 to 2**63-1")
    return int(text)


def _desk(options: argparse.Namespace) -> Desk:
    from datetime import UTC, datetime

    from pianist_quest.saves.store import Store
    from pianist_quest.terminal.desk import Desk
    from pianist_quest.terminal.plain import PlainScreen, TranscriptFile, wanted

    chosen = _settings(options)
    reader = chosen.screen == "reader"
    plain = reader or chosen.screen == "plain" or wanted()

    screen: Screen
    if plain:
        screen = PlainScreen()
    else:
        from pianist_quest.terminal.app import AppScreen

        screen = app = AppScreen(styles=_theme(chosen.theme))
        on_stop(lambda number, _: app.stop(128 + number))
    return Desk(
        screen=screen,
        store=Store(bundled.saves_folder(options.saves)),
        clock=lambda: datetime.now(UTC).isoformat(timespec="seconds"),
        autosave=not plain or sys.stdin.isatty() or options.saves is not None,
        open_transcript=TranscriptFile,
        view=lambda: _view(plain=plain),
        reader=reader,
    )


def _settings(options: argparse.Namespace) -> Settings:
    """Return the player's settings, where the command line says nothing else; say what is wrong with them."""
    from dataclasses import replace

    from pianist_quest.settings_file import settings

    found, problems = settings()
    for one in problems:
        complain(one, 1)
    hears = options.reader or os.environ.get("PIANIST_QUEST_READER", "") not in ("", "0")
    said = {"theme": options.theme, "screen": "reader" if hears else "plain" if options.plain else None}
    return replace(found, **{name: value for name, value in said.items() if value is not None})


def _theme(name: str) -> dict[Style, str] | None:
    """Return the styles of a theme, None where colours are left to the terminal."""
    if name == "terminal":
        return None
    from pianist_quest.terminal.themes import THEMES

    return THEMES[name]


def _view(*, plain: bool) -> View:
    """Return what a map may look like on standard output as it is now."""
    from pianist_quest.terminal.desk import View

    if not sys.stdout.isatty():
        return View()
    return View(shutil.get_terminal_size().lines, boxes=not plain and shows_boxes(sys.stdout.encoding))


def _fresh_seed() -> int:
    import secrets

    return secrets.randbelow(MOST_SEED + 1)


def title(options: argparse.Namespace) -> int:
    """Open the title page."""
    from pianist_quest.terminal.title import Shelf, Title

    story = playable(world_path(DEFAULT_WORLD))
    if isinstance(story, str):
        print(story, file=sys.stderr)
        return 1
    known = bundled.worlds()
    shelf = Shelf(tuple(known), lambda name: playable(known[name]))
    Title(_desk(options), shelf, story, _fresh_seed).run()
    return 0


def run(options: argparse.Namespace) -> int:
    """Play a world."""
    from pianist_quest.terminal.loop import Play
    from pianist_quest.terminal.session import Session
    from pianist_quest.terminal.slots import find

    story = playable(world_path(options.world))
    if isinstance(story, str):
        print(story, file=sys.stderr)
        return 1
    desk = _desk(options)
    lost: tuple[str, ...] = ()
    if options.resume is None:
        play = Play(desk, Session.new(story, _fresh_seed() if options.seed is None else options.seed))
    else:
        saved = find(desk, story, options.resume)
        if saved is None:
            return 1
        play = Play(desk, Session.resumed(story, saved), slot=options.resume, played=saved.played)
        lost = saved.lost
    if options.transcript:
        play.write_to(options.transcript)
    play.run(*lost)
    return 0
