"""Walkthroughs: a world's tests, as text files of what is typed and what must be said.

A line that begins with `> ` is typed; every other line must be found in the reply, in order, white space
counting as one space. `[seed 7]` sets the run (1 where it is not said), `[ending first_prize]` must hold at
the end, a line that begins with `#` is a remark.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.diagnostic import nearest
from pianist_quest.engine.turn import Earned
from pianist_quest.saves.codec import decode, encode
from pianist_quest.terminal.render import marks_lines, page, surroundings
from pianist_quest.terminal.session import Session
from pianist_quest.terminal.wrap import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pianist_quest.saves.document import Document
    from pianist_quest.story.story import Story
    from pianist_quest.terminal.command import Meta
    from pianist_quest.terminal.session import Answer

WIDTH: Final = 78
"""The width, in cells, at which replies are shown and written."""
_SETTING: Final = re.compile(r"\[(\w+) (\w+)\]")


@dataclass(slots=True)
class Step:
    """A typed line (empty at the beginning) and what must be said; lines of the file count from 1."""

    line: int
    typed: str
    wanted: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Walkthrough:
    """A file read: its steps, its seed, and the ending it must reach (empty: any or none)."""

    steps: list[Step]
    seed: int = 1
    ending: str = ""
    ending_line: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where a play and its walkthrough part: the line, the step, what was wanted and said."""

    line: int
    typed: str
    wanted: str
    said: tuple[str, ...]

    def text(self, path: str) -> str:
        """Return the difference in context, as `check` shows its findings."""
        near = nearest(self.wanted, [line for line in self.said if line.strip()])
        lines = [f"{path}:{self.line}: this is not said", f"  wanted: {self.wanted}"]
        lines.append(f"  after:  > {self.typed}" if self.typed else "  at the beginning")
        lines += [f"  {'~' if line == near else '|'} {line}".rstrip() for line in self.said or ("(nothing more)",)]
        return "\n".join(lines)


def read(text: str) -> Walkthrough:
    """Return a file's walkthrough; every text is one."""
    found = Walkthrough([Step(0, "")])
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        setting = _SETTING.fullmatch(stripped)
        if setting and setting[1] == "seed" and setting[2].isdigit():
            found.seed = int(setting[2])
        elif setting and setting[1] == "ending":
            found.ending, found.ending_line = setting[2], number
        elif stripped.startswith("> "):
            found.steps.append(Step(number, stripped[2:].strip()))
        elif stripped and not stripped.startswith("#"):
            found.steps[-1].wanted.append((number, stripped))
    return found


class Player:
    """A play through typed lines. SAVE and LOAD keep games in memory."""

    def __init__(self, story: Story, seed: int) -> None:
        self.story = story
        self.session = Session.new(story, seed)
        self.kept: dict[str, Document] = {}
        self.earned: set[str] = set()

    def begin(self) -> list[str]:
        """Return what is shown at the beginning."""
        return self._lines(self.session.again())

    def type(self, line: str) -> list[str]:
        """Return the lines that a typed line comes to."""
        answer = self.session.type(line)
        lines = self._lines(answer)
        return [*lines, *self._asked(answer.request)] if answer.request else lines

    @property
    def ending(self) -> str:
        """The key of the ending reached, or an empty text."""
        ending = self.session.now.state.ending
        return self.story.endings[ending].key if ending >= 0 else ""

    def _lines(self, answer: Answer) -> list[str]:
        self.earned |= {event.key for event in answer.events if isinstance(event, Earned)}
        lines = [plain_text(line) for line in page(answer.events, WIDTH)]
        if answer.around:
            lines += [plain_text(one) for one in surroundings(self.story, self.session.now.state, WIDTH)]
        return [*answer.said, *lines]

    def _asked(self, request: Meta) -> list[str]:
        now = self.session.now
        if request.word == "save":
            self.kept[request.name] = encode(self.story, self.session.saved(), saved="", summary="")
            return ["Saved."]
        if request.word == "load" and request.name in self.kept:
            return self._lines(self.session.restore(decode(self.story, self.kept[request.name])))
        if request.word == "marks":
            return list(marks_lines(self.story, now.state, frozenset(self.earned)))
        return []


def differences(story: Story, walkthrough: Walkthrough) -> Iterator[tuple[Step, Difference]]:
    """Play a walkthrough and yield, for each step that does not fit, the first line that is not said."""
    player = Player(story, walkthrough.seed)
    for step in walkthrough.steps:
        said = player.type(step.typed) if step.typed else player.begin()
        missing = _missing(step, said)
        if missing:
            yield step, Difference(missing[0], step.typed, missing[1], tuple(said))
    if walkthrough.ending and player.ending != walkthrough.ending:
        last = walkthrough.steps[-1]
        reached = f"the play ends at {player.ending}" if player.ending else "the play comes to no ending"
        wanted = f"[ending {walkthrough.ending}]"
        yield Step(0, last.typed), Difference(walkthrough.ending_line, last.typed, wanted, (reached,))


def first_difference(story: Story, text: str) -> Difference | None:
    """Return where a play parts from the walkthrough in a text, or None where it fits."""
    return next((difference for _, difference in differences(story, read(text))), None)


def _missing(step: Step, said: list[str]) -> tuple[int, str] | None:
    rest = _flowed("\n".join(said))
    for number, wanted in step.wanted:
        _, found, rest = rest.partition(_flowed(wanted))
        if not found:
            return number, wanted
    return None


def _flowed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def updated(story: Story, text: str) -> str:
    """Return the text with the replies of all steps that do not fit put as they are now."""
    walkthrough = read(text)
    lines = text.splitlines()
    replaced: dict[int, list[str]] = {}
    for step, difference in differences(story, walkthrough):
        if step.line == 0 and step.typed:
            continue  # the ending: what the walkthrough is for is not for us to change
        said = [line for line in difference.said if line.strip()]
        numbers = [number for number, _ in step.wanted]
        replaced.update({number: [] for number in numbers})
        replaced[numbers[0]] = said
    new = [made for number, line in enumerate(lines, start=1) for made in replaced.get(number, [line])]
    return "\n".join(new) + "\n"


def changes(old: str, new: str, path: str) -> str:
    """Return what an update changes, as a unified diff; empty where it changes nothing."""
    return "".join(difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), path, path, n=1))
