"""`pianist-quest play`, and the title page, which `pianist-quest` alone opens."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from contextlib import closing, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Final

from pianist_quest import bundled
from pianist_quest.opening import (
    DEFAULT_WORLD,
    UsageError,
    complain,
    needed,
    playable,
    shows_boxes,
    world_path,
    written_world,
)
from pianist_quest.signals import on_stop

from .arguments import add_saves

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from pianist_quest.sound.midi import Keyboard
    from pianist_quest.story.compile import Written
    from pianist_quest.story.story import Story
    from pianist_quest.terminal.desk import Desk, View
    from pianist_quest.terminal.full.screen import FullScreen
    from pianist_quest.terminal.session import Session
    from pianist_quest.terminal.settings import Settings
    from pianist_quest.terminal.wrap import Style
    from pianist_quest.worldfile.tune import Tune

MOST_SEED: Final = 2**63 - 1
THEMES: Final = ("terminal", "dark", "light", "high-contrast", "none")


def add(play: argparse.ArgumentParser) -> None:
    """Add what can be said about a game to play."""
    play.add_argument("world", nargs="?", default=DEFAULT_WORLD, metavar="WORLD", help="a name or a path")
    play.add_argument("--seed", type=_seed, metavar="N", help="where chance comes from, 0 to 2**63-1")
    add_desk(play)
    play.add_argument("--resume", metavar="SLOT", help="go on from a saved game; autosave is the last turn")
    play.add_argument("--transcript", metavar="FILE", help="write the game to a file: .md, .html or text")
    play.add_argument("--author", action="store_true", help="for its author: /why, /vars, /set, /goto, /reload")
    play.add_argument("--from", dest="begin", metavar="NAME", help="begin in a room or with a scene (with --author)")
    about = "do an effect before, as often as you like (with --author)"
    play.add_argument("--set", action="append", default=[], metavar="EFFECT", help=about)
    about = "read the world again whenever one of its files is written (is --author as well)"
    play.add_argument("--watch", action="store_true", help=about)
    play.set_defaults(run=run)


def add_desk(parser: argparse.ArgumentParser) -> None:
    """Add what can be said about what a game is played with; what is not said is left open."""
    add_saves(parser)
    one = partial(parser.add_argument, default=argparse.SUPPRESS)
    one("--plain", action="store_true", help="plain text on stdin and stdout")
    one("--reader", action="store_true", help="for screen readers: plain text, nothing drawn")
    one(
        "--screen",
        action="store_true",
        help="begin on the full screen: panel, mouse, scrolling; F10 goes to lines and back",
    )
    one("--sound", action="store_true", help="music is heard, where the extra `sound` is installed")
    one("--midi", action="store_true", help="a MIDI keyboard strikes notes, where the extra `midi` is installed")
    one("--theme", choices=THEMES, help="colours for places, people, things, choices, refusals")


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= MOST_SEED):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 0 to 2**63-1")
    return int(text)


def _desk(options: argparse.Namespace) -> Desk:
    from datetime import UTC, datetime

    from pianist_quest.saves.store import Store
    from pianist_quest.terminal.desk import Desk
    from pianist_quest.terminal.plain import PlainScreen, wanted
    from pianist_quest.terminal.transcripts import transcript_file

    chosen = _settings(options)
    reader = chosen.screen == "reader"
    plain = reader or chosen.screen == "plain" or wanted()

    app = None if plain else _app(chosen)
    screen = app or PlainScreen()
    keyboard = _keyboard(screen.enter) if chosen.midi else None
    return Desk(
        screen=screen,
        store=Store(bundled.saves_folder(options.saves)),
        clock=lambda: datetime.now(UTC).isoformat(timespec="seconds"),
        autosave=options.saves is not None or not (options.author or (plain and not sys.stdin.isatty())),
        open_transcript=transcript_file,
        view=lambda: _view(plain=plain),
        reader=reader,
        board=app,
        close=partial(_close, app, keyboard),
        enter=screen.enter,
        pictures=chosen.pictures and not plain,
        sound=_sound() if chosen.sound else None,
    )


def _close(*used: FullScreen | Keyboard | None) -> None:
    """Give back what a game was played with."""
    for one in used:
        if one:
            one.close()


def _keyboard(enter: Callable[[str], object]) -> Keyboard | None:
    """Return the MIDI keyboard that strikes notes; where there is none, say so once."""
    from pianist_quest.sound.midi import Keyboard, NoKeyboardError

    try:
        return Keyboard(enter)
    except NoKeyboardError as error:
        complain(f"no MIDI keyboard is played on: {error}", 1)
        return None


def _sound() -> Callable[[Tune], object] | None:
    """Return what plays music; where nothing can, say so once."""
    from pianist_quest.sound.player import Player, SilentError

    try:
        return Player().play
    except SilentError as error:
        complain(f"music cannot be heard: {error}", 1)
        return None


def _app(chosen: Settings) -> FullScreen:
    """Return the screen of a terminal that can do all: lines and the full screen, begun as the player likes."""
    from pianist_quest.terminal.app import AppScreen
    from pianist_quest.terminal.full.screen import FullScreen

    line = AppScreen(styles=_theme(chosen.theme), settings=chosen)
    for wrong in line.strange_keys():
        complain(f"the setting keys: there is no key `{wrong}`", 1)
    boxes, drawn = shows_boxes(sys.stdout.encoding), chosen.screen == "full"
    screen = FullScreen(line, boxes=boxes, mouse=chosen.mouse, motion=chosen.motion, drawn=drawn)
    on_stop(lambda number, _: screen.stop(128 + number))
    return screen


def _settings(options: argparse.Namespace) -> Settings:
    """Return the player's settings, where the command line says nothing else; say what is wrong with them."""
    from pianist_quest.records import replace
    from pianist_quest.settings_file import settings

    found, problems = settings()
    for one in problems:
        complain(one, 1)
    hears = options.reader or os.environ.get("PIANIST_QUEST_READER", "") not in ("", "0")
    shown = "reader" if hears else "plain" if options.plain else None
    full = "full" if options.screen else None
    said = {
        "theme": options.theme,
        "screen": shown or full,
        "sound": options.sound or None,
        "midi": options.midi or None,
    }
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
    import shutil

    return View(shutil.get_terminal_size().lines, boxes=not plain and shows_boxes(sys.stdout.encoding))


def _fresh_seed() -> int:
    # Of a power of two nothing is favoured; `secrets` and `random` take long to import.
    return int.from_bytes(os.urandom(8)) & MOST_SEED


def title(options: argparse.Namespace) -> int:
    """Open the title page."""
    from pianist_quest.terminal.title import Shelf, Title

    story = needed(playable(world_path(DEFAULT_WORLD)))
    known = bundled.worlds()
    shelf = Shelf(tuple(known), lambda name: playable(known[name]))
    _stays()
    with closing(_desk(options)) as desk:
        Title(desk, shelf, story, _fresh_seed).run()
    return 0


def run(options: argparse.Namespace) -> int:
    """Play a world."""
    path = world_path(options.world)
    options.author |= options.watch
    if not options.author and (options.begin or options.set):
        raise UsageError("--from and --set are for a world's author: add --author")
    written = needed(written_world(path)) if options.author else None
    story = written.story if written else needed(playable(path))
    if not options.author:  # whose worlds are read again, and let go
        _stays()
    with closing(_desk(options)) as desk:
        found = _session(options, desk, story)
        if found is None:
            return 1
        session, played, told = found
        if written is not None:
            told += _author(session, written, path, options)
        with _watched(options, desk, path):
            return _run(options, desk, session, played, told)


def _stays() -> None:
    """Let Python's collector leave alone what is there, a story: to look a large one over takes it a second."""
    if not gc.get_freeze_count():
        gc.freeze()


def _watched(options: argparse.Namespace, desk: Desk, path: Path) -> AbstractContextManager[None]:
    """Let the world be read again when its files are written, where that is wanted."""
    if not options.watch:
        return nullcontext()
    from .watching import watched

    return watched(path, lambda: desk.enter("/reload"))


def _session(options: argparse.Namespace, desk: Desk, story: Story) -> tuple[Session, int, tuple[str, ...]] | None:
    """Return the game to play, for how long it was played, and what there is to say about it."""
    from pianist_quest.terminal.session import Session
    from pianist_quest.terminal.slots import find

    if options.resume is None:
        return Session.new(story, _fresh_seed() if options.seed is None else options.seed), 0, ()
    saved = find(desk, story, options.resume)
    return (Session.resumed(story, saved), saved.played, saved.told) if saved else None


def _author(session: Session, written: Written, path: Path, options: argparse.Namespace) -> tuple[str, ...]:
    """Let a world's author into a game, at a place and with values of their own; return what there is to say."""
    from pianist_quest.terminal.author import Author

    session.author = Author(written, lambda: written_world(path))
    lines = [*(f"/set {effect}" for effect in options.set), *([f"/goto {options.begin}"] if options.begin else [])]
    for line in lines:
        answer = session.type(line)
        if not answer.moved:
            raise UsageError(" ".join(answer.said))
    return ("You play as the author: /help tells what you can ask.",)


def _run(options: argparse.Namespace, desk: Desk, session: Session, played: int, told: tuple[str, ...]) -> int:
    """Play a game on a desk."""
    from pianist_quest.terminal.loop import Play

    play = Play(desk, session, slot=options.resume or "", played=played)
    if options.transcript:
        play.write_to(options.transcript)
    play.run(*told)
    return 0
