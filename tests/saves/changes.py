"""Changes that an author might make to a world between two versions of it, made by chance."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from random import Random

    Files = dict[str, str]
    Trees = dict[str, Any]


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""As the reader of worlds: the parser in Python does not take all that the one in C takes."""


def files(world: Path) -> Files:
    """Return the files of a world by their names in its folder."""
    if world.is_file():
        return {"world.yaml": world.read_text(encoding="utf-8")}
    found = sorted(world.rglob("*.yaml"))
    return {str(one.relative_to(world)): one.read_text(encoding="utf-8") for one in found}


def put(found: Files, folder: Path) -> None:
    """Write the files of a world into an empty folder."""
    for name, text in found.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def changed(found: Files, chance: Random) -> tuple[str, Files]:
    """Return a world with one change, and what kind of change it is. It may be no world any more."""
    kind = chance.choice(list(KINDS))
    return kind, KINDS[kind](found, chance)


def _renamed(section: str, *, told: bool = False) -> Callable[[Files, Random], Files]:
    """Give something of a section another name, and tell saved games so or not."""

    def change(found: Files, chance: Random) -> Files:
        old = _drawn(found, section, chance)
        if not old:
            return found
        word = re.compile(rf"\b{re.escape(old)}\b")
        later = {name: word.sub(f"{old}_anew", text) for name, text in found.items()}
        return {**later, "world.yaml": f"{later['world.yaml']}\nrenamed: {{{old}: {old}_anew}}\n"} if told else later

    return change


def _removed(section: str) -> Callable[[Files, Random], Files]:
    """Take something of a section out, with the steps, choices and rules that name it."""

    def change(found: Files, chance: Random) -> Files:
        key, trees = _drawn(found, section, chance), _trees(found)
        word = re.compile(rf"\b{re.escape(key)}\b")
        for tree in trees.values():
            tree.get(section, {}).pop(key, None)
            _prune(tree, word)
        return _texts(trees)

    return change


def _prune(part: Any, word: re.Pattern[str]) -> None:  # noqa: ANN401 - any tree
    """Take out the smallest members of lists, and the exits and rules, that have a word."""
    if isinstance(part, dict):
        for key, value in list(part.items()):
            _prune(value, word)
            if key in ("exits", "rules", "topics") and isinstance(value, dict):
                part[key] = {name: one for name, one in value.items() if not word.search(str(one))}
    elif isinstance(part, list):
        for value in part:
            _prune(value, word)
        part[:] = [one for one in part if not (word.search(str(one)) and not _has_lists(one))]


def _has_lists(part: Any) -> bool:  # noqa: ANN401 - any tree
    values = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return any(isinstance(one, list) or _has_lists(one) for one in values)


def _choice_dropped(found: Files, chance: Random) -> Files:
    trees = _trees(found)
    lists = [one for tree in trees.values() for one in _choices(tree) if len(one) > 1]
    if lists:
        members = chance.choice(lists)
        del members[chance.randrange(len(members))]
    return _texts(trees)


def _choice_reworded(found: Files, chance: Random) -> Files:
    trees = _trees(found)
    labelled = [
        one
        for tree in trees.values()
        for choices in _choices(tree)
        for one in choices
        if isinstance(one, dict) and "label" in one
    ]
    if labelled:
        one = chance.choice(labelled)
        one["label"] = chance.choice((f"{one['label']}, slowly", f"Now: {one['label']}", "Something else"))
    return _texts(trees)


def _choices(part: Any) -> Iterator[list[Any]]:  # noqa: ANN401 - any tree
    values = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in values:
        if key == "choices" and isinstance(value, list):
            yield value
        yield from _choices(value)


def _type_changed(found: Files, chance: Random) -> Files:
    """Make a flag of a number, a number of a flag, a name of a list another, or a range narrow."""
    trees = _trees(found)
    pairs = [(tree["variables"], key) for tree in trees.values() for key in tree.get("variables") or {}]
    if not pairs:
        return found
    variables, key = chance.choice(pairs)
    value = variables[key]
    if isinstance(value, dict) and "one_of" in value:
        old = chance.choice(value["one_of"])
        return {name: re.sub(rf"\b{re.escape(old)}\b", f"{old}_anew", text) for name, text in _texts(trees).items()}
    start = value.get("start", 0) if isinstance(value, dict) else value
    if type(start) is int:
        variables[key] = chance.choice(({"start": 0, "min": 0, "max": 1}, {"start": start, "max": start + 1}, False))
    elif isinstance(start, bool):
        variables[key] = chance.choice((not start, int(start)))
    return _texts(trees)


def _drawn(found: Files, section: str, chance: Random) -> str:
    keys = [key for tree in _trees(found).values() for key in tree.get(section) or {}]
    return chance.choice(keys) if keys else ""


def _trees(found: Files) -> Trees:
    return {name: yaml.load(text, LOADER) or {} for name, text in found.items()}  # noqa: S506 - a safe one


def _texts(trees: Trees) -> Files:
    return {
        name: yaml.safe_dump(tree, sort_keys=False, allow_unicode=True, width=10_000) for name, tree in trees.items()
    }


KINDS: dict[str, Callable[[Files, Random], Files]] = {
    "a room has another name": _renamed("rooms"),
    "a room has another name, and it is told": _renamed("rooms", told=True),
    "a scene has another name": _renamed("scenes"),
    "an item has another name, and it is told": _renamed("items", told=True),
    "a variable has another name": _renamed("variables"),
    "a room is gone": _removed("rooms"),
    "an item is gone": _removed("items"),
    "a scene is gone": _removed("scenes"),
    "a variable is gone": _removed("variables"),
    "a variable is of another type": _type_changed,
    "a choice is gone": _choice_dropped,
    "a choice has other words": _choice_reworded,
}
"""The kinds of changes."""
