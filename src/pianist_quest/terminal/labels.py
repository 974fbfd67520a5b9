"""The labels of choices, as lines of plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.engine.text import fixed, render

from .of_story import once

if TYPE_CHECKING:
    from pianist_quest.engine.state import State
    from pianist_quest.engine.turn import Runs
    from pianist_quest.story.story import Option, Story


def label(story: Story, state: State, option: Option) -> str:
    """Return the label of a choice as it reads in a state."""
    return _always(story, option) or plain(render(story, state, option.label))


def _always(story: Story, option: Option) -> str:
    """Return the label of a choice that always reads the same; nothing where it does not."""
    kept = _kept(story)
    found = kept.get(id(option))  # the story has the choice as long as there is a story
    if found is None:
        found = kept[id(option)] = plain(fixed(option.label))
    return found


@once
def _kept(_story: Story) -> dict[int, str]:
    """The labels that have been asked for, by the identities of their choices."""
    return {}


def plain(runs: Runs) -> str:
    """Return runs as one line without styles."""
    return " ".join("".join(run.text for run in runs).split())
