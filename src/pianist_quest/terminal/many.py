"""Several things named in one command: `take lamp and coin`, `drop all but the lamp`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.hooks import named as keys_of
from pianist_quest.engine.turn import Choose, Do, Drop, Examine, Take
from pianist_quest.records import record, replace

from .grammar import layings
from .meaning import Act, Reply
from .missing import absent
from .readings import LONGEST
from .words import Words, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pianist_quest.engine.turn import Action

    from .grammar import Pattern
    from .meaning import Command
    from .names import Named
    from .scene import Scene

_KINDS: Final = {"take": Take, "drop": Drop, "examine": Examine}
_ALL: Final = ("all", "everything")
_BUT: Final = ("but", "except", "without")
_NOISE: Final = ("of", "for", "from")
_COMMA: Final = re.compile(r"\s*,\s*(?:and\s)?", re.IGNORECASE)
_SIGNS: Final = frozenset({"and", *_ALL})


def several(scene: Scene, line: str, one: Callable[[str], Command]) -> Command | None:
    """Return what a line that names several things means, or None where it does not; `one` understands a part."""
    typed = words(_COMMA.sub(" and ", line))
    first: Command | None = None
    for pattern, holes, index in _lists(scene, typed):
        found = _all(scene, pattern, holes, index) if holes[index][0] in _ALL else None
        found = found or _List(scene, pattern, holes, index).understood(one)
        if isinstance(found, Act):
            return found
        first = first or found
    return first


def _lists(scene: Scene, typed: Words) -> Iterator[tuple[Pattern, tuple[Words, ...], int]]:
    """Yield the phrases that fit a line, with the words in each hole, and which hole has a list."""
    if _SIGNS.isdisjoint(typed) or len(typed) > 2 * LONGEST:
        return
    for pattern in scene.patterns:
        if isinstance(pattern.parts[0], str) and pattern.verb not in ("go", "go to"):
            for _, holes in layings(pattern.parts, typed):
                for index, hole in enumerate(holes):
                    if not _SIGNS.isdisjoint(hole):
                        yield pattern, holes, index


# All


def _all(scene: Scene, pattern: Pattern, holes: tuple[Words, ...], index: int) -> Command | None:
    """Return the command for all that can be done with a verb now; `all` is in one of its holes."""
    for at, hole in enumerate(pattern.holes):
        if at != index and not any(scene.fitting(hole.kind, holes[at])):
            return Reply(absent(scene, holes[at]))
    sort, left = _parted([word for word in holes[index][1:] if word not in _NOISE])
    kind = pattern.holes[index].kind
    names = {one.key: one for one in scene.named(kind)}
    does = {act: keys_of(act)[index] for act in scene.possible if _does(scene, pattern, holes, index, act)}
    # A verb can have phrases with other kinds of things in the same hole.
    found = {act: names[key] for act, key in does.items() if key in names}
    for name in left:
        if not any(one.called(name) for one in found.values()):
            return Reply(f"There is no {' '.join(name)} to leave out.")
    kept = [act for act, one in found.items() if _is_of(sort, one) and not any(one.called(name) for name in left)]
    verb = pattern.verb if not pattern.own else str(pattern.parts[0])
    return _act(kept) if kept else Reply(f"There is nothing here to {verb}.")


def _does(scene: Scene, pattern: Pattern, holes: tuple[Words, ...], index: int, act: Action) -> bool:
    """Whether an action is one that a phrase means, whatever is in one of its holes."""
    if not pattern.own:
        return isinstance(act, _KINDS.get(pattern.verb, ()))
    if not isinstance(act, Do) or act.verb != pattern.verb or len(act.things) != len(holes):
        return False
    others = [at for at in range(len(holes)) if at != index]
    fits = ((act.things[at][1], scene.fitting(pattern.holes[at].kind, holes[at])) for at in others)
    return all(any(one.key == key for _, one in fitting) for key, fitting in fits)


def _parted(typed: list[str]) -> tuple[Words, list[Words]]:
    """Return the sort of things that is meant by `all ... but ...`, and what is left out."""
    at = next((index for index, word in enumerate(typed) if word in _BUT), len(typed))
    return tuple(typed[:at]), list(_segments(tuple(typed[at + 1 :])))


def _is_of(sort: Words, thing: Named) -> bool:
    singular = tuple(word.removesuffix("s") for word in sort)
    return not sort or bool(thing.called(sort) or thing.called(singular))


# Each


@record
class _List:
    """A phrase with a list of names in one of its holes."""

    scene: Scene
    pattern: Pattern
    holes: tuple[Words, ...]
    index: int

    def line(self, names: list[Words]) -> str:
        """Return the line with these names in the place of the list."""
        listed = " and ".join(" ".join(name) for name in names)
        filled = iter([listed if at == self.index else " ".join(hole) for at, hole in enumerate(self.holes)])
        return " ".join(part if isinstance(part, str) else next(filled) for part in self.pattern.parts)

    def understood(self, one: Callable[[str], Command]) -> Command | None:
        """Return the command for each of the names, one after another."""
        names = list(_names(self.scene, self.pattern.holes[self.index].kind, self.holes[self.index]))
        if len(names) < 2:
            return None
        actions: list[Action] = []
        said: list[str] = []
        for at, name in enumerate(names):
            found = one(self.line([name]))
            if isinstance(found, Reply) and found.named and not found.guesses:
                said.append(found.text)
            elif isinstance(found, Reply):
                return self._asked(found, one, names, at)
            elif not isinstance(found, Act) or isinstance(found.actions[0], Choose):
                return None
            else:
                actions += [act for act in found.actions if act not in actions]
                said += found.said
        if not actions:
            return Reply("\n".join(said)) if said else None
        return replace(_act(actions), said=tuple(said))

    def _asked(self, found: Reply, one: Callable[[str], Command], names: list[Words], at: int) -> Reply:
        """Return the question about one name of a list, so that its answer does the whole list."""
        whole = []
        for guess in found.guesses:
            meant = one(guess)
            key = meant.named[self.index] if isinstance(meant, Act) and len(meant.named) > self.index else ""
            name = words(self.scene.spoken(key)) if key else ()
            whole.append(self.line([*names[:at], name, *names[at + 1 :]]) if name else guess)
        text = found.text if len(whole) > 1 or not whole else f'Did you mean "{whole[0]}"?'
        return replace(found, text=text, guesses=tuple(whole))


def _names(scene: Scene, kind: str, typed: Words) -> Iterator[Words]:
    """Yield the names in a list; one of them may have an "and" of its own."""
    parts = list(_segments(typed))
    while parts:
        size = next(size for size in range(len(parts), 0, -1) if size == 1 or _is_name(scene, kind, parts[:size]))
        yield _joined(parts[:size])
        parts = parts[size:]


def _is_name(scene: Scene, kind: str, parts: list[Words]) -> bool:
    return any(_joined(parts) in one.names for one in scene.named(kind))


def _joined(parts: list[Words]) -> Words:
    return tuple(" and ".join(" ".join(part) for part in parts).split())


def _segments(typed: Words) -> Iterator[Words]:
    """Yield the words between one "and" and the next."""
    for part in f" {' '.join(typed)} ".split(" and "):
        if part.strip():
            yield tuple(part.split())


def _act(actions: Sequence[Action]) -> Act:
    return Act(tuple(actions), tuple(key for act in actions for key in keys_of(act)))
