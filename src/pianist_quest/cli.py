"""The command line: arguments, exit codes, printing.

Exit codes: 0 fine, 1 findings (or a game that cannot be played or saved), 2 wrong usage.
"""

# What a command needs is imported when it runs: `--version` and `explain` should not wait for a compiler.
# ruff: noqa: PLC0415

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from . import __version__, bundled, saves_cli
from .diagnostics.diagnostic import Problems, did_you_mean
from .opening import DEFAULT_WORLD, UsageError, colour, complain, playable, shows_boxes, story_of, world_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager
    from typing import TextIO

    from .engine.state import State
    from .explore.search import Graph
    from .story.story import Story
    from .terminal.desk import Desk, Screen, View
    from .terminal.wrap import Style

MOST_SEED: Final = 2**63 - 1

_EXAMPLES: Final = """\
examples:
  pianist-quest                                 the title page
  pianist-quest play first_steps                a world that comes with the program
  pianist-quest play my_world --seed 1          a world of your own, with chance repeatable
  pianist-quest play --plain < commands.txt     play from a file, as plain text
  pianist-quest check my_world                  what is wrong with a world
  pianist-quest test my_world                   whether a world still plays as its walkthroughs say
  pianist-quest explore my_world                which endings can be reached, and where a player is stuck
  pianist-quest explain unknown-name            more about a message
  pianist-quest saves list                      the saved games, the newest first
  pianist-quest doctor                          whether all is well with this machine, for a bug report
"""


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (see {self.prog} --help)")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return its exit code."""
    _stop_in_order()
    try:
        options = _parser().parse_args(sys.argv[1:] if arguments is None else arguments)
        code: int = options.run(options)
        sys.stdout.flush()
    except UsageError as error:
        return complain(str(error), 2)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has enough of it; Python would complain again when it closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return complain(f"{error.filename or 'a file'}: {error.strerror or error}", 1)
    return code


def _stop_in_order() -> None:
    """Let signals to stop unwind the program, so that terminals are put back and files closed."""
    _fill_gaps()
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
    _on_stop(_stop)


def _fill_gaps() -> None:
    """Open what was closed when the program began, or else the first file it opens would stand in its place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - a device, to the end


def _on_stop(handler: Callable[[int, object], None]) -> None:
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), handler)


def _stop(number: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + number)


# Arguments


def _parser() -> argparse.ArgumentParser:
    raw = argparse.RawDescriptionHelpFormatter
    about = "A text adventure about a young pianist, and the engine it runs on."
    parser = _Parser(prog="pianist-quest", description=about, epilog=_EXAMPLES, formatter_class=raw)
    parser.add_argument("--version", action="version", version=f"pianist-quest {__version__}")
    parser.set_defaults(run=_title, seed=None, saves=None, plain=False, reader=False, theme=None)
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=_Parser)
    _add_play(commands.add_parser("play", help="play a world"))
    check = commands.add_parser("check", help="say what is wrong with worlds")
    check.add_argument("worlds", nargs="+", metavar="WORLD")
    check.add_argument("--format", choices=("text", "json"), default="text")
    check.set_defaults(run=_check)
    _add_test(commands.add_parser("test", help="play the walkthroughs of worlds"))
    _add_explore(commands.add_parser("explore", help="prove what can happen in a world"))
    explain = commands.add_parser("explain", help="say more about a message")
    explain.add_argument("code", metavar="CODE")
    explain.set_defaults(run=_explain)
    doctor = commands.add_parser("doctor", help="what a bug report should tell, and what will not work")
    doctor.add_argument("--saves", metavar="DIR", help="where games are saved")
    doctor.set_defaults(run=_doctor)
    saves_cli.add(commands.add_parser("saves", help="list, show, export, import, verify, delete saved games"), _Parser)
    return parser


def _add_play(play: argparse.ArgumentParser) -> None:
    play.add_argument("world", nargs="?", default=DEFAULT_WORLD, metavar="WORLD", help="a name or a path")
    play.add_argument("--seed", type=_seed, metavar="N", help="where chance comes from, 0 to 2**63-1")
    play.add_argument("--saves", metavar="DIR", help="where games are saved")
    play.add_argument("--plain", action="store_true", help="plain text on stdin and stdout")
    play.add_argument("--reader", action="store_true", help="for screen readers: plain text, nothing drawn")
    themes = ("dark", "light", "high-contrast", "none")
    play.add_argument("--theme", choices=themes, help="colours for places, people, things, choices, refusals")
    play.add_argument("--resume", metavar="SLOT", help="go on from a saved game")
    play.add_argument("--transcript", metavar="FILE", help="write the game to the end of a file")
    play.set_defaults(run=_play)


def _add_test(test: argparse.ArgumentParser) -> None:
    test.add_argument("worlds", nargs="+", metavar="WORLD")
    test.add_argument("--update", action="store_true", help="show and write what is said now")
    test.add_argument("--junit", metavar="FILE", help="write the results as JUnit XML")
    test.set_defaults(run=_test)


def _add_explore(explore: argparse.ArgumentParser) -> None:
    explore.add_argument("world", metavar="WORLD")
    explore.add_argument("--seconds", type=_positive, default=60, metavar="N", help="how long at most (60)")
    explore.add_argument("--states", type=_positive, default=2_000_000, metavar="N", help="how many states at most")
    explore.add_argument("--memory", type=_positive, default=2048, metavar="MIB", help="how much memory at most (2048)")
    explore.add_argument("--no-reduce", action="store_true", help="keep all that matters anywhere, everywhere")
    explore.add_argument("--plays", type=_positive, metavar="N", help="play N games by chance instead, for balance")
    explore.add_argument("--jobs", type=_positive, default=1, metavar="N", help="by so many processes")
    explore.add_argument("--to", metavar="GOAL", help="only the shortest way to an ending, a room or an expression")
    explore.add_argument("--from", dest="slot", metavar="SLOT", help="from a saved game on")
    explore.add_argument("--saves", metavar="DIR", help="where games are saved (with --from)")
    explore.add_argument("--dot", action="store_true", help="the states of a small world as a graph for Graphviz")
    explore.add_argument("--json", action="store_true", help="the result as JSON")
    explore.add_argument("--write-walkthroughs", action="store_true", help="save the shortest ways as walkthroughs")
    explore.set_defaults(run=_explore)


def _positive(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 12 and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1")
    return int(text)


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= MOST_SEED):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 0 to 2**63-1")
    return int(text)


# Playing


def _desk(options: argparse.Namespace) -> Desk:
    from datetime import UTC, datetime

    from .saves.store import Store
    from .terminal.desk import Desk
    from .terminal.plain import PlainScreen, TranscriptFile, wanted

    reader = options.reader or os.environ.get("PIANIST_QUEST_READER", "") not in ("", "0")
    plain = options.plain or reader or wanted()

    screen: Screen
    if plain:
        screen = PlainScreen()
    else:
        from .terminal.app import AppScreen

        screen = app = AppScreen(styles=_theme(options.theme))
        _on_stop(lambda number, _: app.stop(128 + number))
    return Desk(
        screen=screen,
        store=Store(bundled.saves_folder(options.saves)),
        clock=lambda: datetime.now(UTC).isoformat(timespec="seconds"),
        autosave=not plain or sys.stdin.isatty() or options.saves is not None,
        open_transcript=TranscriptFile,
        view=lambda: _view(plain=plain),
        reader=reader,
    )


def _theme(name: str | None) -> dict[Style, str] | None:
    """Return the styles of a theme, None where none is named."""
    if name is None:
        return None
    from .terminal.themes import THEMES

    return THEMES[name]


def _view(*, plain: bool) -> View:
    """Return what a map may look like on standard output as it is now."""
    from .terminal.desk import View

    if not sys.stdout.isatty():
        return View()
    return View(shutil.get_terminal_size().lines, boxes=not plain and shows_boxes(sys.stdout.encoding))


def _fresh_seed() -> int:
    import secrets

    return secrets.randbelow(MOST_SEED + 1)


def _title(options: argparse.Namespace) -> int:
    from .terminal.title import Shelf, Title

    story = playable(world_path(DEFAULT_WORLD))
    if isinstance(story, str):
        print(story, file=sys.stderr)
        return 1
    known = bundled.worlds()
    shelf = Shelf(tuple(known), lambda name: playable(known[name]))
    Title(_desk(options), shelf, story, _fresh_seed).run()
    return 0


def _play(options: argparse.Namespace) -> int:
    from .terminal.loop import Play
    from .terminal.session import Session
    from .terminal.slots import find

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


# The other commands


def _check(options: argparse.Namespace) -> int:
    from .diagnostics.report import json_report, summary, text_report

    problems = Problems()
    for path in [world_path(name) for name in options.worlds]:
        story_of(path, problems)
    if options.format == "json":
        print(json_report(problems))
    else:
        print(text_report(problems, colour=colour(sys.stdout.isatty())) or summary(problems))
    return 1 if problems.errors else 0


def _test(options: argparse.Namespace) -> int:
    from .authoring.testing import junit, results
    from .diagnostics.source import printable

    played = []
    for name in options.worlds:
        path = world_path(name)
        for one in results(name, path, playable(path), update=options.update):
            print(printable("\n".join((*one.changes, one.said))))
            played.append(one)
    bad = sum(not one.fits for one in played)
    many = "1 walkthrough" if len(played) == 1 else f"{len(played)} walkthroughs"
    print(f"{many}, {'all fit' if not bad else f'{bad} did not fit'}")
    if options.junit:
        Path(options.junit).write_text(junit(played), encoding="utf-8")
    return 1 if bad else 0


def _explore(options: argparse.Namespace) -> int:
    from .authoring.exploring import (
        MOST_DRAWN,
        Task,
        as_dot,
        as_json,
        explore,
        told,
        told_way,
        walkthroughs,
        way_as_json,
        way_to,
    )
    from .authoring.plays import balance
    from .authoring.testing import walkthrough_texts
    from .diagnostics.source import printable, printable_json
    from .explore.search import Limits

    _agree(options)
    path = world_path(options.world)
    story = playable(path, options.to)
    if isinstance(story, str):
        print(story, file=sys.stderr)
        return 1
    if options.plays:
        print("\n".join(printable(line) for line in balance(path, options.plays, options.jobs)))
        return 0
    limits = Limits(options.states, options.seconds, options.memory * 2**20)
    start = _saved_state(story, options.slot, options.saves) if options.slot else None
    known = tuple(walkthrough_texts(path))
    task = Task(limits, not options.no_reduce, _progress(sys.stderr), start, known, str(path))
    if options.dot:
        drawn = as_dot(story, task)
        if drawn is None:
            return complain(f"the world is too large to be drawn: it has more than {MOST_DRAWN:,} states", 3)
        print(printable(drawn))
        return 0
    if options.to:
        claim = way_to(story, task)
        print(
            printable_json(way_as_json(claim))
            if options.json
            else "\n".join(printable(line) for line in told_way(claim))
        )
        return {"proved": 0, "broken": 1}.get(claim.answer.value, 3)
    with _workers(options.jobs) as task.executor:
        report = explore(story, task)
    print(printable_json(as_json(report)) if options.json else "\n".join(printable(line) for line in told(report)))
    if options.write_walkthroughs:
        folder = (path if path.is_dir() else path.parent) / "walkthroughs"
        folder.mkdir(exist_ok=True)
        for name, text in walkthroughs(report):
            (folder / name).write_text(text, encoding="utf-8")
            print(printable(f"{folder / name}: written"), file=sys.stderr)
    return 1 if report.broken else 3 if report.open else 0


def _workers(jobs: int) -> AbstractContextManager[Executor | None]:
    """Return processes that share in a search; none where there is to be one job only."""
    if jobs == 1:
        return nullcontext()
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(jobs)


def _agree(options: argparse.Namespace) -> None:
    """Refuse options that have nothing to do with each other."""
    kinds = [name for name in ("plays", "to", "dot") if getattr(options, name) not in (None, False)]
    extra = ["write_walkthroughs"] if kinds and options.write_walkthroughs else []
    extra += ["json"] if options.json and kinds in (["plays"], ["dot"]) else []
    clash = [*kinds, *extra]
    if len(clash) > 1:
        named = " and ".join(f"--{one.replace('_', '-')}" for one in clash[:2])
        raise UsageError(f"{named} cannot be used together")
    if "" in (options.to, options.slot):
        raise UsageError("a goal or a slot cannot be empty")


def _saved_state(story: Story, slot: str, folder: str | None) -> State:
    from .saves.codec import decode
    from .saves.document import SaveError
    from .saves.store import Store

    try:
        return decode(story, Store(bundled.saves_folder(folder)).load(story.key, slot)).state
    except SaveError as error:
        raise UsageError(str(error)) from None


def _progress(stream: TextIO) -> Callable[[Graph, int], None] | None:
    """Return what shows how far a search is, on a terminal only."""
    if not stream.isatty():
        return None

    def show(graph: Graph, depth: int) -> None:
        found, looked = len(graph.actions), graph.expanded
        speed = int(looked / graph.seconds) if graph.seconds else 0
        line = f"{found:,} states, depth {depth}, {found - looked:,} to look at, {speed:,} a second"
        stream.write(f"\r{line:<78}"[:79])
        stream.flush()

    return show


def _doctor(options: argparse.Namespace) -> int:
    from .diagnostics.source import printable
    from .doctor import examined, report

    findings = examined(options.saves, os.environ, sys.stdin, sys.stdout)
    print(printable(report(findings)))
    return 1 if any(one.problem for one in findings) else 0


def _explain(options: argparse.Namespace) -> int:
    from .diagnostics.codes import Code

    known = [code.value for code in Code]
    if options.code not in known:
        hint = did_you_mean(options.code, known) or "`pianist-quest check` shows the codes in brackets"
        raise UsageError(f"there is no code `{options.code}`; {hint}")
    page = bundled.page(options.code)
    print(page.rstrip("\n") if page else f"There is no page about {options.code} yet.")
    return 0 if page else 1
