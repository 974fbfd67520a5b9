"""`pianist-quest saves replay`: a saved game written down from its beginning, as it was played."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pianist_quest.diagnostics.source import one_line, printable
from pianist_quest.opening import UsageError, world_key

from .saved import store_of, story_at_hand

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from pianist_quest.terminal.moment import Moment
    from pianist_quest.terminal.plain import TranscriptFile
    from pianist_quest.terminal.session import Session
    from pianist_quest.terminal.wrap import Line


def replay(options: argparse.Namespace) -> int:
    """Print or write the transcript of a saved game."""
    from pianist_quest.saves.codec import decode
    from pianist_quest.terminal.session import Session

    world = world_key(options.world)
    story = story_at_hand(world, options.world)
    if story is None:
        raise UsageError(f"the world {options.world} is not at hand, or cannot be played: give its folder")
    saved = decode(story, store_of(options).load(world, options.slot))
    session = Session.resumed(story, saved)
    moments = session.all_moments()
    if moments[0].begun != ():
        text = "it was not told how the game began, or the world has changed since: only its last turn can be shown"
        print(f"pianist-quest: {text}", file=sys.stderr)
    if options.file:
        from pianist_quest.terminal.transcripts import transcript_file

        _write(transcript_file(options.file, story.title), session, moments)
        return 0
    for line in _lines(session, moments):
        print(printable(line))
    return 0


def _lines(session: Session, moments: list[Moment]) -> Iterator[str]:
    from pianist_quest.terminal.typeset import WIDEST
    from pianist_quest.terminal.wrap import plain_text

    for index, moment in enumerate(moments):
        if index:
            yield f"\n> {_typed(moments[index - 1], moment)}"
        yield from (plain_text(line).rstrip() for line in _shown(session, moments, index, WIDEST))


def _write(file: TranscriptFile, session: Session, moments: list[Moment]) -> None:
    from pianist_quest.terminal.typeset import WIDEST

    for index, moment in enumerate(moments):
        if index:
            file.typed(_typed(moments[index - 1], moment))
        lines = _shown(session, moments, index, WIDEST)
        file.shown(lambda width, index=index: _shown(session, moments, index, width), lines)  # type: ignore[misc]


def _typed(before: Moment, moment: Moment) -> str:
    """Return what was done, as it is typed; a loaded game says it in its decisions."""
    from pianist_quest.saves.decisions import read

    done = moment.done or (read(moment.begun[-1]) if moment.begun else ())
    return one_line(". ".join(before.scene.phrase(action).rstrip(".") for action in done))


def _shown(session: Session, moments: list[Moment], index: int, width: int) -> list[Line]:
    from pianist_quest.terminal.moment import around
    from pianist_quest.terminal.render import page, surroundings

    moment = moments[index]
    lines = page(moment.shown, width)
    if index == 0 or around(moments[index - 1], moment, moment.shown):
        lines += surroundings(session.story, moment.state, width)
    return lines
