"""Walkthroughs: typed lines after `> `, and every other line must be said in reply, in order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pianist_quest.terminal.render import page, surroundings
from pianist_quest.terminal.session import Session
from pianist_quest.terminal.wrap import plain_text

if TYPE_CHECKING:
    from pianist_quest.story.story import Story
    from pianist_quest.terminal.session import Answer

WIDE = 10_000
"""A width at which no line is wrapped."""


@dataclass
class Player:
    """A play through typed lines; `reply` is what is left of what the last one came to, in one line."""

    session: Session
    reply: str = ""

    def type(self, line: str) -> None:
        """Type a line."""
        self.hear(self.session.type(line))

    def hear(self, answer: Answer) -> None:
        """Take an answer as the reply."""
        lines = [plain_text(line) for line in page(answer.events, WIDE)]
        if answer.around:
            lines += [plain_text(one) for one in surroundings(self.session.story, self.session.now.state, WIDE)]
        self.reply = _flowed("\n".join([*answer.said, *lines]))

    def expect(self, wanted: str, typed: str) -> None:
        """Find a text in what is left of the reply, and drop all up to its end."""
        _, found, rest = self.reply.partition(_flowed(wanted))
        assert found, f"after `> {typed}`: {wanted!r} is not said; left is {self.reply!r}"
        self.reply = rest


def _flowed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def follow(story: Story, text: str) -> Player:
    """Play a walkthrough and return the player at its end; raise AssertionError where it does not fit."""
    seed = re.search(r"^\[seed (\d+)\]$", text, re.MULTILINE)
    ending = re.search(r"^\[ending (\w+)\]$", text, re.MULTILINE)
    player = Player(Session.new(story, int(seed[1]) if seed else 1))
    player.hear(player.session.again())
    typed = ""
    for line in (line.strip() for line in text.splitlines()):
        if line.startswith("> "):
            typed = line[2:]
            player.type(typed)
        elif line and not line.startswith(("$ ", "#", "[seed", "[ending")):
            player.expect(line, typed)
    state = player.session.now.state
    if ending:
        reached = story.endings[state.ending].key if state.ending >= 0 else "no ending"
        assert reached == ending[1], f"the walkthrough ends at {reached}, not {ending[1]}"
    return player
