"""A play of a small world, for tests that read as prose. It can be saved and loaded after every turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.diagnostics.report import text_report
from pianist_quest.engine import actions, begin, step
from pianist_quest.engine.turn import (
    Ask,
    Choose,
    Do,
    Drop,
    Earned,
    Ended,
    Examine,
    Go,
    Halted,
    Heading,
    Look,
    Sounded,
    Take,
    Talk,
    Told,
    Wait,
)
from pianist_quest.engine.view import offers, status
from pianist_quest.saves.codec import Saved, decode, encode
from pianist_quest.saves.document import seal, unseal
from support import check

if TYPE_CHECKING:
    from pathlib import Path

    from pianist_quest.engine import Action, Event, State, Turn
    from pianist_quest.engine.turn import Runs
    from pianist_quest.story.story import Story

ROOM = """
format: 1
title: A test
start: hall
"""


def story_of(folder: Path, text: str) -> Story:
    """Return the story of a world without mistakes; `format`, `title` and `start: hall` are added if missing."""
    file = folder / "test_world.yaml"
    file.write_text(text if "format:" in text else ROOM + text, encoding="utf-8")
    problems, story = check(file)
    assert story is not None, text_report(problems)
    return story


def words(runs: Runs) -> str:
    """Return a text without its styles."""
    return "".join(run.text for run in runs)


def said(event: Event) -> str:
    """Return an event in words."""
    match event:
        case Told(runs):
            return words(runs)
        case Heading(text):
            return f"== {text} =="
        case Ended(_, name):
            return f"** {name} **"
        case Earned(_, name, text):
            return f"++ {name}: {words(text)} ++"
        case Sounded(_, title, words_):
            return f"~~ {title}: {words_} ~~"
        case Halted(script):
            return f"!! {script} !!"
    return event.text


class Scenario:
    """One play. Every method that does something returns the play, so that they can be chained."""

    def __init__(self, story: Story, *, seed: int = 1, saved: bool = False) -> None:
        self.story, self.saved = story, saved
        self.turn = begin(story, seed)
        self.state = self._after(self.turn)

    def _after(self, turn: Turn) -> State:
        """The state of a turn, as it came or as it was saved."""
        nowhere = turn.state.place == 0 and turn.state.at < 0 and turn.state.ending < 0
        if not self.saved or nowhere:  # a script that halted before there was a room: loaded, the story begins again
            return turn.state
        document = encode(self.story, Saved(turn.state, 1, turn.events), saved="now", summary="")
        loaded = decode(self.story, unseal(seal(document)))
        assert (loaded.state, loaded.shown, loaded.lost) == (turn.state, turn.events, ())
        return loaded.state

    def do(self, action: Action) -> Scenario:
        """Do something."""
        self.turn = step(self.story, self.state, action)
        self.state = self._after(self.turn)
        return self

    def choose(self, *labels: str) -> Scenario:
        """Take the open choices with these labels, one after another."""
        for label in labels:
            found = [one.index for one in offers(self.story, self.state) if one.open and words(one.label) == label]
            assert found, f"no open choice {label!r} among {self.choices}"
            self.do(Choose(found[0]))
        return self

    def go(self, *ways: str) -> Scenario:
        """Leave by these exits."""
        for way in ways:
            self.do(Go(way))
        return self

    def look(self) -> Scenario:
        """Look around."""
        return self.do(Look())

    def wait(self, turns: int = 1) -> Scenario:
        """Let time pass."""
        for _ in range(turns):
            self.do(Wait())
        return self

    def take(self, thing: str) -> Scenario:
        """Take an item."""
        return self.do(Take(thing))

    def drop(self, thing: str) -> Scenario:
        """Drop an item."""
        return self.do(Drop(thing))

    def examine(self, thing: str) -> Scenario:
        """Look closely."""
        return self.do(Examine(thing))

    def talk(self, thing: str) -> Scenario:
        """Speak to somebody."""
        return self.do(Talk(thing))

    def ask(self, thing: str, topic: int) -> Scenario:
        """Ask somebody about one of their topics."""
        return self.do(Ask(thing, topic))

    def verb(self, verb: str, **things: str) -> Scenario:
        """Do what a verb of the world's says."""
        return self.do(Do(verb, tuple(things.items())))

    @property
    def said(self) -> list[str]:
        """What the last turn said."""
        return [said(event) for event in self.turn.events]

    @property
    def choices(self) -> list[str]:
        """The choices on show; those not open with their reason in brackets."""
        return [
            words(one.label) if one.open else f"{words(one.label)} [{words(one.reason)}]"
            for one in offers(self.story, self.state)
        ]

    @property
    def actions(self) -> tuple[Action, ...]:
        """All that can be done."""
        return actions(self.story, self.state)

    @property
    def status(self) -> list[object]:
        """The status line."""
        return [words(part) if isinstance(part, tuple) else part for part in status(self.story, self.state)]

    def value(self, name: str) -> int:
        """What a variable or property holds."""
        names = [slot.name for slot in self.story.slots]
        return self.state.values[names.index(name)]

    @property
    def place(self) -> str:
        """The room the player is in."""
        return self.story.things[self.state.place].key
