"""What a player reads, as styled lines: events, choices, ways out, the status line."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.source import one_line
from pianist_quest.engine.text import render
from pianist_quest.engine.turn import Earned, Ended, Gauge, Halted, Heading, Replied, Sounded, Told
from pianist_quest.engine.view import offers, statistics, status, ways
from pianist_quest.story.english import the

from .labels import plain
from .wrap import Line, Piece, Style, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pianist_quest.engine.state import State
    from pianist_quest.engine.turn import Event, Offered, Runs
    from pianist_quest.story.story import Story

    Drawn = Callable[[str, int], Sequence[Line]]
    """The picture of music by its key, for a width."""

_OVER: Final = "The story is over. You can undo, restart, load or quit."
_LOST: Final = "You have lost. You can undo the last turn, restart, load or quit."
_CLOSED: Final = Style.QUIET | Style.REFUSAL
_BAR: Final = 10  # cells of a meter
_PLAIN_TEXT: Final = (Heading, Replied)
_LETTER: Final = re.compile("[^ \n\t\r\u00ad]").search
"""What is no white space, or left out; a control character is told by its number."""


def page(events: Iterable[Event], width: int, drawn: Drawn | None = None) -> list[Line]:
    """Return events as lines, with an empty line between paragraphs; `drawn` gives the pictures of music."""
    lines: list[Line] = []
    below_heading = False
    for event in events:
        for block in _blocks(event, width):
            if lines and not below_heading:
                lines.append(())
            lines += block
            below_heading = isinstance(event, Heading)
        if drawn and isinstance(event, Sounded):
            lines += drawn(event.key, width)
    return lines


def shows(events: Iterable[Event]) -> bool:
    """Whether events have anything to show: a letter at least that `wrap` does not leave out."""
    return any(_has_letters(event) for event in events)


def _has_letters(event: Event) -> bool:
    if isinstance(event, Told):
        return any(_LETTER(run.text) for run in event.runs)
    return not isinstance(event, _PLAIN_TEXT) or _LETTER(event.text) is not None


def surroundings(story: Story, state: State, width: int, *, heard: bool = False) -> list[Line]:
    """Return the choices and the ways out; `heard` by those to whom a screen reader reads them."""
    return [*choices(offers(story, state), width, heard=heard), *exits(story, state, width)]


def choices(offered: tuple[Offered, ...], width: int, *, heard: bool = False) -> list[Line]:
    """Return the choices, the open ones numbered, the others with a dash and the reason they are not."""
    lines: list[Line] = []
    number = 0
    for offer in offered:
        number += offer.open
        mark = f"{number}." if offer.open else "Not open:" if heard else "-"
        why = plain(offer.reason)
        reason = (Piece(f": {why}" if heard else f" [{why}]", _CLOSED),) if why else ()
        label = styled(offer.label, Style.CHOICE if offer.open else _CLOSED)
        margin = (f"{mark} ", "") if heard else (f"{mark:>4} ", "     ")
        lines += wrap((*label, *reason), width, *margin)
    return [(), *lines] if lines else []


def exits(story: Story, state: State, width: int) -> list[Line]:
    """Return the line of the ways out, with the names of the rooms the player has been in."""
    names = []
    for way in ways(story, state):
        room = story.things[story.by_key[way.room]].name
        names.append(f"{way.word} ({the(room)})" if way.known else way.word)
    return [(), *wrap((Piece(f"Exits: {', '.join(names)}", Style.QUIET),), width)] if names else []


def said(paragraphs: Iterable[str], width: int, style: Style = Style.PLAIN) -> list[Line]:
    """Return the game's own words."""
    lines: list[Line] = []
    for paragraph in paragraphs:
        lines += wrap((Piece(paragraph, style),), width)
    return lines


def status_line(story: Story, state: State, *, bars: bool) -> str:
    """Return the status line; meters as bars, or in words for those who hear it."""
    parts = [_gauge(part, bars=bars) if isinstance(part, Gauge) else plain(part) for part in status(story, state)]
    return one_line(" | ".join(part for part in parts if part))


def about_lines(story: Story, state: State) -> Iterator[str]:
    """Yield what ABOUT tells: the title, what the story is, what may be hard to read in it, whose work it is."""
    yield f"{story.title} by {story.author}" if story.author else story.title
    for text in (story.about, story.content_note, story.credits):
        told = plain(render(story, state, text))
        if told:
            yield told


def where(story: Story, state: State) -> str:
    """Return where play stands in a few words: the ending, the place, and what the status line begins with."""
    ending = f"The end: {story.endings[state.ending].name}" if state.ending >= 0 else ""
    place = story.things[state.place].name if state.place else ""
    chapter = status_line(story, state, bars=False).partition(" | ")[0]
    return ", ".join(part for part in (ending, place, chapter) if part)


def statistics_lines(story: Story, state: State) -> Iterator[str]:
    """Yield what STATUS tells: a line for each value, and one for all the values of a thing."""
    for group, values in groupby(statistics(story, state), key=lambda one: one[0]):
        said = [f"{label}: {value}" for _, label, value in values]
        if group:
            yield f"{group} - {', '.join(said)}"
        else:
            yield from said


def marks_lines(story: Story, state: State, earned: frozenset[str]) -> Iterator[str]:
    """Yield what MARKS tells: those earned with what they are for, then the names of those to be earned yet."""
    if not story.awards:
        yield "There are no marks to earn in this world."
        return
    had = [award for award in story.awards if award.key in earned]
    open_ = [award for award in story.awards if award.key not in earned]
    yield f"Marks: {len(had)} of {len(story.awards)}."
    for award in had:
        yield f"  {award.name}. {plain(render(story, state, award.text))}".rstrip()
    if open_:
        hidden = sum(award.hidden for award in open_)
        more = [f"{hidden} hidden"] if hidden else []
        yield f"To be earned: {', '.join([award.name for award in open_ if not award.hidden] + more)}."


def heard(events: Iterable[Event]) -> Iterator[Event]:
    """Yield events as a screen reader had best read them: an ending without its asterisks."""
    for event in events:
        if isinstance(event, Ended):
            ranked = f", ending {event.rank}" if event.rank else ""
            yield Replied(f"The end: {event.name}{ranked}.")
            yield Replied(_LOST if event.lost else _OVER)
        else:
            yield event


def _blocks(event: Event, width: int) -> Iterator[list[Line]]:
    match event:
        case Heading(text):
            yield wrap((Piece(text, Style.HEADING),), width)
        case Told(runs):
            for paragraph in _paragraphs(styled(runs)):
                yield wrap(paragraph, width)
        case Replied(text):
            yield wrap((Piece(text),), width)
        case Earned(_, name, text):
            yield wrap((Piece("Mark: "), Piece(name, Style.EMPHASIS), Piece(". "), *styled(text)), width)
        case Ended(_, name, rank, lost):
            ranked = f" (ending {rank})" if rank else ""
            yield wrap((Piece(f"*** {name} ***", Style.HEADING), Piece(ranked, Style.QUIET)), width)
            yield said([_LOST if lost else _OVER], width)
        case Sounded(_, title, words):
            music = [Piece(title, Style.EMPHASIS), Piece(": ")] if title else []
            yield wrap((Piece("Music: "), *music, Piece(f"{words}.")), width)
        case Halted(script):
            yield said([f"[The {script} ran on too long and was stopped: a mistake in this world.]"], width)


def styled(runs: Runs, style: Style = Style.PLAIN) -> list[Piece]:
    """Return runs as pieces, in a style besides their own."""
    found = []
    for run in runs:
        emphasis = Style.EMPHASIS if run.emphasis else Style.PLAIN
        strong = Style.STRONG if run.strong else Style.PLAIN
        found.append(Piece(run.text, style | emphasis | strong))
    return found


def _paragraphs(pieces: list[Piece]) -> Iterator[list[Piece]]:
    paragraph: list[Piece] = []
    for piece in pieces:
        first, *others = piece.text.split("\n\n")
        paragraph.append(Piece(first, piece.style))
        for text in others:
            yield paragraph
            paragraph = [Piece(text, piece.style)]
    yield paragraph


def _gauge(gauge: Gauge, *, bars: bool) -> str:
    if not bars or gauge.of <= 0:
        return f"{gauge.label} {gauge.value} of {gauge.of}".strip()
    filled = min(_BAR, max(0, gauge.value * _BAR // gauge.of))
    return f"{gauge.label} {'▮' * filled}{'▯' * (_BAR - filled)} {gauge.value}/{gauge.of}".strip()
