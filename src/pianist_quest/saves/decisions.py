"""What a player has done, as texts in a saved game: a line for each turn, `go north`, `take lamp; choose 2`.

With the seed they give the run again: so undo goes on after quitting, and a run can be followed into a changed world.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.engine.turn import Ask, Choose, Do, Drop, Examine, Go, Inventory, Look, Take, Talk, Wait

from .document import damaged

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pianist_quest.engine.turn import Action

MOST: Final = 100_000
"""How many turns a saved game can tell."""
_BARE: Final[dict[str, Action]] = {"look": Look(), "inventory": Inventory(), "wait": Wait()}
_ON_THING: Final[dict[str, Callable[[str], Action]]] = {
    "examine": Examine, "take": Take, "drop": Drop, "talk": Talk, "go": Go,
}  # fmt: skip


def written(actions: Sequence[Action]) -> str:
    """Return what was done in one turn as a line."""
    return "; ".join(map(_written, actions))


def read(line: str) -> tuple[Action, ...]:
    """Return what a line says was done; raises SaveError where it says nothing that can be."""
    return tuple(_read(part) for part in line.split("; "))


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


def _read(text: str) -> Action:
    kind, _, rest = text.partition(" ")
    if kind in _BARE and not rest:
        return _BARE[kind]
    if kind in _ON_THING and rest:
        return _ON_THING[kind](rest)
    if kind == "choose" and _is_number(rest):
        return Choose(int(rest))
    if kind == "ask":
        thing, _, topic = rest.rpartition(" ")
        if thing and _is_number(topic):
            return Ask(thing, int(topic))
    if kind == "do" and rest:
        verb, *things = rest.split(" ")
        pairs = [one.partition("=") for one in things]
        return Do(verb, tuple((hole, key) for hole, _, key in pairs))
    raise damaged(f'"{text[:40]}" is nothing that can be done')


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
