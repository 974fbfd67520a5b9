"""What a player has done, as texts in a saved game: a line for each turn, `go north`, `take lamp; choose 2 Open it`.

With the seed they give the run again: so undo goes on after quitting, and a run can be followed into a changed world.
Choices and topics stand there by their numbers and, for a world in which those have moved, by their words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.source import one_line
from pianist_quest.engine.text import render
from pianist_quest.engine.turn import Ask, Choose, Do, Drop, Examine, Go, Inventory, Look, Take, Talk, Wait
from pianist_quest.engine.view import options
from pianist_quest.story.story import Character

from .document import damaged

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pianist_quest.engine.state import State
    from pianist_quest.engine.turn import Action
    from pianist_quest.story.story import Option, Story

MOST: Final = 100_000
"""How many turns a saved game can tell."""
LONGEST: Final = 60
"""The most characters of a choice's words."""
BETWEEN: Final = "; "
_BARE: Final[dict[str, Action]] = {"look": Look(), "inventory": Inventory(), "wait": Wait()}
_ON_THING: Final[dict[str, Callable[[str], Action]]] = {
    "examine": Examine, "take": Take, "drop": Drop, "talk": Talk, "go": Go,
}  # fmt: skip


def written(actions: Sequence[Action], words: str = "") -> str:
    """Return what was done in one turn as a line; `words` are those of the choice or topic taken first."""
    first = f"{_written(actions[0])} {words}".rstrip() if actions else ""
    return BETWEEN.join([first, *map(_written, actions[1:])])


def read(line: str) -> tuple[Action, ...]:
    """Return what a line says was done; raises SaveError where it says nothing that can be."""
    return tuple(action for action, _ in parts(line))


def parts(line: str) -> tuple[tuple[Action, str], ...]:
    """Return what a line says was done, each with the words of the choice or topic, empty where there are none."""
    return tuple(_read(part) for part in line.split(BETWEEN))


def choosable(story: Story, state: State, action: Action) -> tuple[Option, ...]:
    """Return the choices or topics that an action takes one of, by its number."""
    if isinstance(action, Choose):
        return options(story, state)
    thing = story.things[story.by_key.get(action.thing, 0)] if isinstance(action, Ask) else None
    return thing.topics if isinstance(thing, Character) else ()


def words_of(story: Story, state: State, option: Option) -> str:
    """Return the words of a choice as a line tells them: the first of them, with nothing that parts actions."""
    text = "".join(run.text for run in render(story, state, option.label))
    clean = one_line(text).replace(";", ",").encode("utf-8", "replace").decode()
    return " ".join(clean.split())[:LONGEST].rstrip()


def first_words(story: Story, state: State, actions: Sequence[Action]) -> str:
    """Return the words of the choice or topic that is taken first in a state, empty where none is."""
    if not actions or not isinstance(actions[0], Choose | Ask):
        return ""
    number = actions[0].index if isinstance(actions[0], Choose) else actions[0].topic
    found = choosable(story, state, actions[0])
    return words_of(story, state, found[number]) if number < len(found) else ""


def _written(action: Action) -> str:
    match action:
        case Choose(index):
            return f"choose {index}"
        case Go(word):
            return f"go {word}"
        case Ask(thing, topic):
            return f"ask {thing} {topic}"
        case Do(verb, things):
            return " ".join(["do", verb, *(f"{hole}={key}" for hole, key in things)])
        case Look() | Inventory() | Wait():
            return type(action).__name__.lower()
    return f"{type(action).__name__.lower()} {action.thing}"


def _read(text: str) -> tuple[Action, str]:
    kind, _, rest = text.partition(" ")
    if kind in _BARE and not rest:
        return _BARE[kind], ""
    if kind in _ON_THING and rest:
        return _ON_THING[kind](rest), ""
    if kind == "choose":
        number, _, words = rest.partition(" ")
        if _is_number(number):
            return Choose(int(number)), words
    if kind == "ask":
        thing, _, rest = rest.partition(" ")
        number, _, words = rest.partition(" ")
        if thing and _is_number(number):
            return Ask(thing, int(number)), words
    if kind == "do" and rest:
        verb, *things = rest.split(" ")
        pairs = [one.partition("=") for one in things]
        return Do(verb, tuple((hole, key) for hole, _, key in pairs)), ""
    raise damaged(f'"{text[:40]}" is nothing that can be done')


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
