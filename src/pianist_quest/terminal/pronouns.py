"""Words that stand for what was named before: it, them, her, him, there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pianist_quest.story.english import listing
from pianist_quest.story.story import LEAVE_IT, Character, Room

from .answers import either
from .command import understand
from .meaning import Act, Reply
from .words import PRONOUNS, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .meaning import Command
    from .scene import Scene

_PRONOUN: Final = re.compile(rf"\b({'|'.join(PRONOUNS)})\b", re.IGNORECASE)


def remembered(
    scene: Scene, memory: Mapping[str, tuple[str, ...]], groups: Iterable[tuple[str, ...]], keys: tuple[str, ...]
) -> Mapping[str, tuple[str, ...]]:
    """Return what each pronoun stands for after things with these keys were named: a group for each thing done.

    "It" is the first thing of a group: after `put coin in box`, the coin.
    """
    if not keys:
        return memory
    keys = tuple(dict.fromkeys(keys))
    rooms = tuple(key for key in keys if isinstance(scene.thing(key), Room))
    people = tuple(key for key in keys if isinstance(scene.thing(key), Character))
    things = tuple(key for key in keys if key not in (*rooms, *people))
    group = things if len(things) >= len(people) else people
    firsts = dict.fromkeys(next((key for key in one if key in things), "") for one in (*groups,) or (keys,))
    found = {"it": tuple(filter(None, firsts)), "her": people, "him": people, "them": group, "there": rooms}
    return {**memory, **{word: meant for word, meant in found.items() if meant}}


def without_pronouns(
    scene: Scene, memory: Mapping[str, tuple[str, ...]], line: str, begin: int = 0
) -> tuple[str, Command] | None:
    """Return a line with names in the place of its pronouns, and what it means; None where it has none.

    Those before `begin` stay: a name that was put in can hold such a word itself.
    """
    found = _PRONOUN.search(line, begin) if words(line) != words(LEAVE_IT) else None
    if found is None or not (scene.free or scene.left):
        return None
    word = found[1].casefold()
    meant = memory.get(word, ()) or _the_one_person(scene, word)
    if not meant and not scene.free:
        return None
    if not meant:
        return line, Reply(f'I do not know what "{word}" means here. Use its name.')
    names = [scene.spoken(key) for key in meant]
    names = [listing(names)] if word == "them" else names
    before, after = line[: found.start()], line[found.end() :]
    read = [_read(scene, memory, before + name, after) for name in names]
    able = [one for one in read if _is_possible(scene, one[1])] or read
    if len(able) == 1:
        return able[0]
    shown = [scene.the(key) for key, one in zip(meant, read, strict=True) if one in able]
    return line, Reply(f"Which do you mean, {either(shown)}?", tuple(one for one, _ in able))


def _the_one_person(scene: Scene, word: str) -> tuple[str, ...]:
    """Return whom `her` or `him` means though nobody was named: the only one here."""
    people = scene.named("person") if word in ("her", "him") and scene.free else ()
    return (people[0].key,) if len(people) == 1 else ()


def _read(scene: Scene, memory: Mapping[str, tuple[str, ...]], done: str, rest: str) -> tuple[str, Command]:
    line = done + rest
    return without_pronouns(scene, memory, line, len(done)) or (line, understand(scene, line))


def _is_possible(scene: Scene, command: Command) -> bool:
    return isinstance(command, Act) and scene.can(command.actions[0])
