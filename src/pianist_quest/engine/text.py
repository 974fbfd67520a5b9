"""Texts to runs of characters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.story.story import Alternatives, If, Mode, Style, Value

from .turn import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pianist_quest.story.story import Story, Text

    from .state import State
    from .turn import Runs

_STYLES: Final = {Style.EMPHASIS: 1, Style.STRONG: 2}


def render(story: Story, state: State, text: Text) -> Runs:
    """Return a text as it reads in a state that stays as it is: a label, a name, a part of the status."""
    if len(text) == 1 and isinstance(text[0], str):
        return (Run(text[0]),)
    return Writer(story, state.values, state.place, state.visited, None).write(text)


def fixed(text: Text) -> Runs:
    """Return a text as it always reads; nothing where that depends, or where it shows nothing."""
    if len(text) == 1 and isinstance(text[0], str):
        return (Run(text[0]),)
    pieces: list[tuple[str, int]] = []
    style = 0
    for part in text:
        if isinstance(part, str):
            pieces.append((part, style))
        elif isinstance(part, Style):
            style ^= _STYLES[part]
        else:
            return ()
    return _joined(pieces)


class Writer:
    """Writes texts from the values of a turn; `choose` counts and draws alternatives where that is allowed."""

    def __init__(
        self,
        story: Story,
        values: Sequence[int],
        place: int,
        visited: int,
        choose: Callable[[Alternatives], int] | None,
    ) -> None:
        self.story, self.values, self.place, self.visited, self.choose = story, values, place, visited, choose

    def write(self, text: Text) -> Runs:
        """Return the runs, neighbours in the same style joined, without white space at the ends."""
        if len(text) == 1 and isinstance(text[0], str):
            return (Run(text[0]),)
        pieces: list[tuple[str, int]] = []
        self._flat(text, pieces, 0)
        return _joined(pieces)

    def _flat(self, text: Text, pieces: list[tuple[str, int]], style: int) -> None:
        for part in text:
            if isinstance(part, str):
                pieces.append((part, style))
            elif isinstance(part, If):
                held = part.code(self.values, self.place, self.visited)
                self._flat(part.yes if held else part.no, pieces, style)
            elif isinstance(part, Value):
                pieces.append((self.value(part), style))
            elif isinstance(part, Style):
                style ^= _STYLES[part]
            else:
                index = self.choose(part) if self.choose else 0
                if index < len(part.options):
                    self._flat(part.options[index], pieces, style)

    def value(self, part: Value) -> str:
        """Return a value in words."""
        found: int = part.code(self.values, self.place, self.visited)
        if part.kind == "thing":
            return self.story.things[found].name
        if part.kind == "enum":
            return part.names[found]
        if part.kind == "flag":
            return "yes" if found else "no"
        return str(found)


def alternative(part: Alternatives, count: int, draw: Callable[[], int]) -> int:
    """Return which of the alternatives is shown when they were shown `count` times before."""
    size = len(part.options)
    if part.mode is Mode.CYCLING:
        return count % size
    if part.mode is Mode.STOPPING:
        return min(count, size - 1)
    return draw() if part.mode is Mode.SHUFFLED else count


def _joined(pieces: list[tuple[str, int]]) -> Runs:
    runs: list[tuple[str, int]] = []
    after_space = True
    for text, style in pieces:
        # A form that shows nothing leaves a space on both sides; one is enough.
        kept = text.lstrip(" ") if after_space and text[:1] == " " else text
        if kept:
            after_space = kept[-1] in " \n"
            if runs and runs[-1][1] == style:
                runs[-1] = (runs[-1][0] + kept, style)
            else:
                runs.append((kept, style))
    if runs:
        runs[0] = (runs[0][0].lstrip(), runs[0][1])
        runs[-1] = (runs[-1][0].rstrip(), runs[-1][1])
    return tuple([Run(text, bool(style & 1), bool(style & 2)) for text, style in runs if text])
