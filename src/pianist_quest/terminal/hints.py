"""What can be done now, for HELP: a line for each verb, with what it can be used on where that is not much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.engine.turn import Do
from pianist_quest.story.story import Hole

from .answers import possibilities
from .forms import can

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .scene import Scene

_VERBS: Final = ("go", "examine", "take", "drop", "talk to", "ask")
_MOST: Final = 6  # things of a verb that are named; more are not


def hints(scene: Scene) -> tuple[str, ...]:
    """Return sentences that say what a player can do now."""
    count = len(scene.labels)
    said = [f"Choices: type {f'a number, 1 to {count}' if count > 1 else 1}, or words of the choice."] if count else []
    if scene.free:
        known = [possibilities(scene, verb) for verb in _VERBS]
        said += [sentence for sentence in known if sentence.startswith("You can")]
        own = list(_own(scene))
        lists = (one.partition(": ") for one in own if ": " in one)
        said += [can(verb, [names]) for verb, _, names in lists]
        said.append(
            f"You can also: {', '.join([*(one for one in own if ': ' not in one), 'look', 'inventory', 'wait'])}."
        )
    return tuple(said)


def _own(scene: Scene) -> Iterator[str]:
    """Yield the phrases of the world's verbs; those that can be used on a few things, with all of these."""
    groups: dict[tuple[str | Hole, ...], list[dict[str, str]]] = {}
    lists: dict[str, list[str]] = {}
    for action in scene.possible:
        if isinstance(action, Do):
            things = dict(action.things)
            groups.setdefault(scene.form(action.verb, things), []).append(things)
    for parts, fillings in groups.items():
        *start, last = parts
        if isinstance(last, Hole) and not any(isinstance(part, Hole) for part in start):
            names = (scene.the(things[last.name]) for things in fillings)
            lists.setdefault(" ".join(map(str, start)), []).extend(names)
        else:
            yield " ".join(_names(scene, part, fillings) if isinstance(part, Hole) else part for part in parts)
    for verb, listed in lists.items():
        said = _few(listed, ", ")
        yield f"{verb}: {said}" if ", " in said else f"{verb} {said}"


def _names(scene: Scene, hole: Hole, fillings: list[dict[str, str]]) -> str:
    return _few([scene.the(things[hole.name]) for things in fillings], " / ")


def _few(names: list[str], joint: str) -> str:
    """Return names joined, each once; three dots for more than a few."""
    names = list(dict.fromkeys(names))
    return joint.join(names) if len(names) <= _MOST else "..."
