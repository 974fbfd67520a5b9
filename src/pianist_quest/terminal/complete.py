"""What could be typed now, for the tab key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.engine.hooks import named as keys_of
from pianist_quest.engine.turn import Ask, Do, Drop, Examine, Go, Inventory, Look, Take, Talk, Wait
from pianist_quest.records import replace
from pianist_quest.story.story import Hole

from .command import understand
from .meaning import Act
from .names import Named
from .topics import subject, takes_about
from .walk import way_to
from .words import PART, fold, is_article, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pianist_quest.engine.turn import Action

    from .grammar import Pattern
    from .scene import Scene

_VERBS: dict[type[Action], tuple[str, ...]] = {
    Look: ("look",), Inventory: ("inventory",), Wait: ("wait",), Examine: ("examine",), Take: ("take",),
    Drop: ("drop",), Talk: ("talk to",), Ask: ("ask", "ask about"), Go: ("go",),
}  # fmt: skip


def completions(scene: Scene, line: str) -> tuple[str, ...]:
    """Return the lines that begin like this one and do something now; the player's words for things are kept."""
    typed = fold(line.lstrip())
    labels = [label for _, label in scene.labels if fold(label).startswith(typed)]
    found = dict.fromkeys([*labels, *(_phrases(scene, line) if scene.state.ending < 0 else ())])
    return tuple(_one_each(scene, found))


def _one_each(scene: Scene, phrases: Iterable[str]) -> Iterator[str]:
    """Yield the first of the phrases that do the same, where that can be done."""
    done = set[tuple[object, ...]]()
    for phrase in phrases:
        command = understand(scene, phrase)
        if isinstance(command, Act) and all(scene.can(action) for action in command.actions[:1]):
            does = (command.actions, command.named)
            if does not in done:
                yield phrase
            done.add(does)


def _phrases(scene: Scene, line: str) -> Iterator[str]:
    tokens = [token for token in line.split() if not is_article(token)]
    whole = line[-1:].isspace()
    every = len(tokens) > (0 if whole else 1)
    found = list(_begun(scene, tokens, every=every, whole=whole))
    # A verb's other words, such as X, are gone on with where they stand there in full.
    meant = not found and not every and any(pattern.parts[:1] == (fold(line.strip()),) for pattern in scene.patterns)
    yield from _begun(scene, tokens, every=True, whole=whole) if meant else found


def _begun(scene: Scene, tokens: list[str], *, every: bool, whole: bool) -> Iterator[str]:
    """Yield the phrases that begin with some words, in the usual words or in every way."""
    for parts in _forms(scene, every=every):
        phrase = _going_on(parts, tokens, whole=whole)
        if phrase is not None:
            yield " ".join(phrase)


# What can be said


def _forms(scene: Scene, *, every: bool) -> Iterator[tuple[str | Named, ...]]:
    """Yield all that can be said now, in the usual words or in every way, its things still as things."""
    for action in scene.possible:
        patterns = [pattern for pattern in scene.patterns if _says(pattern, action)]
        if isinstance(action, Ask):
            label = scene.topic(action.thing, action.topic)
            if not subject(label):
                whole = scene.phrase(action)
                yield (Named(action.thing, (words(whole),), (whole,)),)
                continue
            about = takes_about(label)  # ASK HER ABOUT THE WAR, but ASK HER WHY
            patterns.sort(key=lambda one: ("about" in one.parts) is not about)
        for pattern in patterns:
            if every or pattern is patterns[0] or isinstance(pattern.parts[0], Hole):
                yield _filled(pattern, list(_things(scene, pattern, action)))
    for room in scene.named("known") if scene.free else ():
        if way_to(scene.story, scene.state, scene.story.by_key[room.key]):
            patterns = [pattern for pattern in scene.patterns if pattern.verb == "go to" and not pattern.own]
            yield from (_filled(pattern, [room]) for pattern in (patterns if every else patterns[:1]))


def _says(pattern: Pattern, action: Action) -> bool:
    if isinstance(action, Do):
        names = {hole.name for hole in pattern.holes}
        return pattern.own and pattern.verb == action.verb and names == {name for name, _ in action.things}
    return not pattern.own and pattern.verb in _VERBS.get(type(action), ())


def _things(scene: Scene, pattern: Pattern, action: Action) -> Iterator[Named]:
    """Yield what fills the holes of a phrase for an action, in order."""
    keys = dict(action.things) if isinstance(action, Do) else {}
    for hole in pattern.holes:
        wanted = action.word if isinstance(action, Go) else keys.get(hole.name) or keys_of(action)[0]
        topic = action.topic if isinstance(action, Ask) and hole.kind == "topic" else -1
        named = next(one for one in scene.named(hole.kind) if (one.key, one.topic) == (wanted, topic))
        usual = named.spoken if topic >= 0 or isinstance(action, Go) else scene.spoken(wanted)
        yield replace(named, spelt=(usual, *named.spelt))


def _filled(pattern: Pattern, things: list[Named]) -> tuple[str | Named, ...]:
    left = iter(things)
    return tuple(next(left) if isinstance(part, Hole) else part for part in pattern.parts)


# How a line goes on


def _going_on(parts: tuple[str | Named, ...], typed: list[str], *, whole: bool) -> list[str] | None:
    """Return typed words with the rest of what they begin to say; None where they begin something else.

    `whole` says that the last word is typed in full.
    """
    if not typed:
        return [part if isinstance(part, str) else part.spoken for part in parts]
    if not parts:
        return None
    for size in range(len(typed) if not isinstance(parts[0], str) else 1, 0, -1):
        full = whole or size < len(typed)
        shown = _spelling(parts[0], typed[:size], full=full)
        rest = _going_on(parts[1:], typed[size:], whole=whole) if shown else None
        if rest is not None:
            return [shown, *rest]
    return None


def _spelling(part: str | Named, typed: list[str], *, full: bool) -> str:
    """Return how a part is written that typed words name, or begin to name; empty where they do not."""
    said = " ".join(typed)
    if isinstance(part, str):
        same, begun = fold(said) == part, part.startswith(fold(said)) and not full
        return said if same else part if begun else ""
    if full:
        return said if part.fit(words(said)) >= PART else ""
    *before, last = words(said) or ("",)
    starts = [name for name in part.spelt if _starts(words(name), tuple(before), last)]
    inside = [name for name in part.spelt if not before and any(word.startswith(last) for word in words(name))]
    return next(iter([*starts, *inside]), "")


def _starts(name: tuple[str, ...], before: tuple[str, ...], last: str) -> bool:
    size = len(before)
    return len(name) > size and name[:size] == before and name[size].startswith(last)
