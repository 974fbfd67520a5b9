"""All that is possible now, grouped, on one screen: the answer to `?`. HELP explains, this lists."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.turn import Do, Drop, Examine, Take, Talk
from pianist_quest.engine.view import offers, scope
from pianist_quest.story.story import Character, Hole

from .answers import ways_told
from .grammar import unused
from .render import choices
from .topics import subject
from .wrap import Piece, Style, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pianist_quest.engine.turn import Action

    from .scene import Scene
    from .wrap import Line

_VERBS: Final[tuple[tuple[type[Examine | Take | Drop | Talk], str], ...]] = (
    (Examine, "examine"), (Take, "take"), (Drop, "drop"), (Talk, "talk to"),
)  # fmt: skip
_MOST: Final = 8
"""The most things, or verbs, of one line; of more the rest is counted."""
_SHARED: Final = 3
"""The least things that share a verb before it is told of most."""
_ROLES: Final = {"People": Style.PERSON, "Things": Style.THING}
"""The groups whose lines begin with names, and what these are."""
_GAME: Final = (
    "save", "load", "saves", "undo", "redo", "history", "choices", "bookmark", "again", "oops", "restart", "status",
    "curves", "table", "days", "marks", "map", "exits", "music", "notes", "help", "hint", "verbose", "brief", "about",
    "transcript", "quit",
)  # fmt: skip


def possible_lines(scene: Scene, width: int, *, heard: bool = False) -> list[Line]:
    """Return the choices, ways, people, things with what can be done with them, and the words about the game."""
    offered = choices(offers(scene.story, scene.state), width, heard=heard)[1:]
    found = [(Piece("Choices", Style.HEADING),), *offered] if offered else []
    groups = {"Ways": _ways(scene), "People": _people(scene), "Things": _things(scene), "Besides": _bare(scene)}
    for name, lines in groups.items():
        found += _group(name, lines, width)
    return found + _group("About the game", [", ".join(_game(scene))], width)


def _game(scene: Scene) -> Iterator[str]:
    """Yield the words about the game, without those that are of no use in its world."""
    vain = unused(scene.story)
    vain |= set() if scene.free else {"verbose", "brief"}
    yield from (word for word in _GAME if word not in vain)


def _group(name: str, texts: Iterable[str], width: int) -> list[Line]:
    lines: list[Line] = []
    for text in texts:
        named, colon, rest = text.partition(":") if name in _ROLES else ("", "", text)
        lines += wrap((Piece(named, _ROLES.get(name, Style.PLAIN)), Piece(f"{colon}{rest}")), width, "  ", "    ")
    return [(Piece(name, Style.HEADING),), *lines] if lines else []


def _ways(scene: Scene) -> list[str]:
    """Return a line with the ways and where they lead, as far as that is known."""
    return [ways_told(scene).removeprefix("Exits: ").removesuffix(".")] if scene.ways else []


def _people(scene: Scene) -> Iterator[str]:
    """Yield a line for each person: what can be asked, what else can be done."""
    for key, verbs in _by_thing(scene).items():
        if isinstance(scene.thing(key), Character):
            found = [one for one in scene.named("topic") if one.key == key]
            about = [one.spoken for one in found if subject(one.label)]
            others = [one.label for one in found if not subject(one.label)]
            asked = [f"ask about {'; '.join(_few(about))}"] if about else []
            more = [f"say or do: {'; '.join(_few(others))}"] if others else []
            yield f"{scene.the(key)}: {'. '.join([', '.join(_few(verbs)), *asked, *more])}"


def _things(scene: Scene) -> Iterator[str]:
    """Yield what can be done with most things; then a line for the things that take the same verbs besides."""
    found = {key: verbs for key, verbs in _by_thing(scene).items() if not isinstance(scene.thing(key), Character)}
    times = Counter(verb for verbs in found.values() for verb in verbs)
    shared = [verb for verb, count in times.items() if count >= max(_SHARED, len(found) / 2)]
    if shared:
        yield f"most things: {', '.join(shared)}"
    groups: dict[tuple[str, ...], list[str]] = {}
    for key, verbs in found.items():
        own = tuple(verb for verb in verbs if verb not in shared)
        groups.setdefault(own, []).append(scene.the(key))
    for own, names in groups.items():
        yield f"{', '.join(_few(names))}{': ' if own else ''}{', '.join(_few(list(own)))}"


def _by_thing(scene: Scene) -> dict[str, list[str]]:
    """Return what can be done with each thing in reach, in words with a dash for what else is needed."""
    reach = {thing.key for thing in scope(scene.story, scene.state)}
    found: dict[str, list[str]] = {}
    for action in scene.possible:
        thing, verb = _verb(scene, action)
        if thing in reach and verb not in found.setdefault(thing, []):
            found[thing].append(verb)
    return found


def _verb(scene: Scene, action: Action) -> tuple[str, str]:
    """Return the thing an action is done with, and what is done; nothing where it is done with none."""
    match action:
        case Examine(thing) | Take(thing) | Drop(thing) | Talk(thing):
            return thing, next(verb for kind, verb in _VERBS if isinstance(action, kind))
        case Do(verb, things) if things:
            parts = scene.form(verb, dict(things))
            first = next(part.name for part in parts if isinstance(part, Hole))
            return dict(things)[first], _phrase(parts, first)
    return "", ""


def _phrase(parts: tuple[str | Hole, ...], first: str) -> str:
    """Return a verb's words, with a dash where the thing would stand in the middle or another one is needed."""
    words = [part if isinstance(part, str) else "" if part.name == first else "-" for part in parts]
    return " ".join(word for word in words if word)


def _bare(scene: Scene) -> list[str]:
    """Return a line with what is done with no thing, or with what is not in reach, which is not named."""
    reach = {thing.key for thing in scope(scene.story, scene.state)}
    words = []
    for action in scene.possible:
        if isinstance(action, Do):
            thing, verb = _verb(scene, action)
            words += [f"{verb} -" if thing else scene.phrase(action)] if thing not in reach else []
    words += ["look", "inventory", "wait"] if scene.free else []
    return [", ".join(dict.fromkeys(words))] if words else []


def _few(names: list[str]) -> list[str]:
    """Return names, of many the first and how many more there are."""
    return names if len(names) <= _MOST else [*names[: _MOST - 1], f"{len(names) - _MOST + 1} more"]
