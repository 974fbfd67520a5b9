"""A saved game followed again from its beginning, in a world that has changed: as far as its decisions can be taken."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final

from pianist_quest.engine import begin, step
from pianist_quest.engine.turn import Ask, Choose, Do, ImpossibleActionError
from pianist_quest.records import record, replace

from .decisions import BETWEEN, LONGEST, choosable, first_words, parts, words_of, written
from .document import SaveError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pianist_quest.engine import Action, Event, State
    from pianist_quest.story.story import Story

    from .losses import Losses

MOST_STEPS: Final = 50_000
"""How many actions are followed."""
FEW: Final = 10
"""How many turns may be lost, at most, by following a game that its names would keep after a fashion."""
SHARE: Final = 10
"""And they are no more than one of so many."""
_PATIENCE: Final = 5.0
"""How long it may take, in seconds: for worlds whose turns are slow."""
_CHOSEN: Final = re.compile(r"^choose \d+ (?=.)")
_ASKED: Final = re.compile(r"^ask (\S+) \d+ (?=.)")
_HOLE: Final = re.compile(r"(?<= )\w+=")
_ALIKE: Final = 0.6
"""From what likeness on, of 1, the words of a choice in the same place are the same choice in other words."""


@record
class Followed:
    """How far the decisions could be taken: where that led, and the decisions as they are in this world.

    `count` of them were followed; `stopped` is the one after, empty where all were; `cut` says that only the time was
    up.
    """

    state: State
    shown: tuple[Event, ...]
    turn: int = 0
    decisions: tuple[str, ...] = ()
    count: int = 0
    stopped: str = ""
    cut: bool = False


def followed_instead(story: Story, seed: int, decisions: Sequence[str], lost: Losses) -> Followed | None:
    """Return a game followed from its beginning, where it cannot go on as its names keep it and that keeps more."""
    if not decisions or not (lost.adrift or (lost.torn and len(decisions) <= MOST_STEPS)):
        return None
    again = followed(story, seed, decisions)
    return again if keeps_more(again, len(decisions), lost) else None


def keeps_more(again: Followed, many: int, lost: Losses) -> bool:
    """Whether following the decisions keeps more of a game than its names do.

    Where the player is nowhere, any turn is more. Else the names keep the whole of it, though in a state that the story
    may not know how to go on from: a few turns that can be played again are less than that, many are not.
    """
    return again.count > 0 if lost.adrift else many - again.count <= min(FEW, many // SHARE)


def told(decisions: Sequence[str], again: Followed, lost: Losses) -> tuple[str, ...]:
    """Return what happened to a game that was followed, as its player is told."""
    many, back = len(decisions), len(decisions) - again.count
    begun = "The world has changed since this game was saved, and the game cannot go on as it stood."
    yours = f"Your {many} decisions were" if many > 1 else "Your one decision was"
    if not back:
        return f"{begun} {yours} taken again from the beginning, and this is where they lead now.", *lost.vanished
    end = "no more are taken, for that would last too long" if again.cut else "the next one can no longer be taken"
    turns = "1 turn" if back == 1 else f"{back} turns"
    followed = f"{yours} taken again from the beginning, as far as the {_nth(again.count)}"
    return f"{begun} {followed}: {end} ({in_words(again.stopped)}). That is {turns} back.", *lost.vanished


def in_words(line: str) -> str:
    """Return a decision as a player would say it."""
    said = _CHOSEN.sub("", line.replace(BETWEEN, ", "))
    said = _HOLE.sub("", _ASKED.sub(r"ask \1 about ", said.removeprefix("do ")))
    return said.replace("_", " ")[:LONGEST]


def _nth(number: int) -> str:
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def followed(story: Story, seed: int, decisions: Sequence[str]) -> Followed:
    """Take the decisions of a game one after another, as far as they can be taken."""
    first = begin(story, seed)
    now = before = Followed(first.state, first.events)
    lines: list[str] = []
    steps, until = 0, time.monotonic() + _PATIENCE
    for line in decisions:
        steps += line.count(BETWEEN) + 1
        if steps > MOST_STEPS or time.monotonic() > until:
            return replace(now, decisions=tuple(lines), stopped=line, cut=True)
        after = _after(story, now, line)
        if after is None:
            if now.state.ending >= 0:  # an end that comes before the decisions have come to theirs is none of this game
                now = before
                lines.pop()
            return replace(now, decisions=tuple(lines), stopped=line)
        now, before = after, now
        lines += now.decisions
    return replace(now, decisions=tuple(lines))


def _after(story: Story, now: Followed, line: str) -> Followed | None:
    """Return where a line leads, with its decision as it is here; None where not all of it can be done."""
    state, turn = now.state, now.turn
    events: list[Event] = []
    done: list[Action] = []
    try:
        for action, words in parts(line):
            found = _found(story, state, action, words)
            if found is None:
                return None
            went = step(story, state, found)
            done.append(found)
            state, turn = went.state, turn + went.timed
            events += went.events
    except (ImpossibleActionError, SaveError):
        return None
    if state == now.state and turn == now.turn:  # nothing came of it, so that there is nothing to take back
        return replace(now, decisions=(), count=now.count + 1)
    aside = now.state.at >= 0 and isinstance(done[0], Do)  # what is come back to is the choice that waits
    line = written(done, first_words(story, now.state, done))
    return Followed(state, now.shown if aside else tuple(events), turn, (line,), now.count + 1)


def _found(story: Story, state: State, action: Action, words: str) -> Action | None:
    """Return an action as it is in this world: a choice or topic by its words, where they are told."""
    if not words or not isinstance(action, Choose | Ask):
        return action
    labels = [words_of(story, state, option) for option in choosable(story, state, action)]
    number = action.index if isinstance(action, Choose) else action.topic
    if number >= len(labels) or labels[number] != words:
        number = _elsewhere(labels, number, words)
    if number < 0:
        return None
    return Choose(number) if isinstance(action, Choose) else replace(action, topic=number)


def _elsewhere(labels: list[str], number: int, words: str) -> int:
    """Return the number of the choice that has these words now, else of one in its place with nearly these; or -1."""
    if labels.count(words) == 1:
        return labels.index(words)
    from difflib import SequenceMatcher  # noqa: PLC0415 - seldom needed

    near = number < len(labels) and SequenceMatcher(None, labels[number], words).ratio() >= _ALIKE
    return number if near else -1
