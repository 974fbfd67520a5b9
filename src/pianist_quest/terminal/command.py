"""A typed line to what it means: something to do, a word about the game, or an answer that costs no turn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.turn import Ask, Choose, Do, Drop, Examine, Go, Inventory, Look, Take, Talk, Wait

from .answers import no_choice, no_way, not_possible, unfinished, unknown, what_is_meant
from .grammar import METAS, WITH_NAME, Pattern, layings
from .walk import way_to
from .words import EXACT, PART, Words, correction, label_fit, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pianist_quest.engine.turn import Action

    from .scene import Named, Scene

_LONGEST: Final = 24  # words in a line; more are no command
_NUMBER: Final = re.compile(r"(?:choose|choice|option|number|c)?\s*#?\s*(\d{1,9})\s*[.)]?", re.IGNORECASE)
_THINGS: Final[dict[str, Callable[[str], Action]]] = {
    "examine": Examine,
    "take": Take,
    "drop": Drop,
    "talk to": Talk,
    "go": Go,
}
_BARE: Final[dict[str, Action]] = {"look": Look(), "inventory": Inventory(), "wait": Wait()}


@dataclass(frozen=True, slots=True)
class Act:
    """Things to do, one after another; more than one only on a walk."""

    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Meta:
    """A word about the game, with the name it was given or nothing."""

    word: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; `guesses` are the lines that the player may have meant."""

    text: str
    guesses: tuple[str, ...] = ()


Command = Act | Meta | Reply


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk to a room the player has been in."""

    room: str


@dataclass(frozen=True, slots=True)
class _Match:
    """A reading of a line: how well it fits, its weight among those that fit as well, and what it means."""

    fit: int
    weight: int
    act: Action | _Walk


def understand(scene: Scene, line: str) -> Command:
    """Return what a line means here. Never raises, whatever was typed."""
    number = _NUMBER.fullmatch(line.strip())
    if number:
        return _numbered(scene, int(number[1]))
    typed = words(line)
    if len(typed) > _LONGEST:
        return Reply("That is too much at once. Try a few words.")
    best = _best(scene, typed) if typed else []
    if best and best[0].fit == EXACT:
        return _settle(scene, best)
    meta = _meta(scene, line)
    if meta:
        return meta
    return _settle(scene, best) if best else _fallback(scene, line, typed)


def _numbered(scene: Scene, number: int) -> Command:
    if 1 <= number <= len(scene.labels):
        return Act((Choose(scene.labels[number - 1][0]),))
    return Reply(no_choice(scene))


def _fallback(scene: Scene, line: str, typed: Words) -> Command:
    """Return the answer to a line that means nothing here."""
    short = _short_meta(line)
    if short:
        return short
    for label, reason in scene.closed:
        if typed and label_fit(typed, words(label)):
            return Reply(f"That is not open to you: {reason}" if reason else "That is not open to you.")
    guess = _guess(scene, typed)
    if guess:
        return Reply(f'Did you mean "{guess}"?', (guess,))
    if not scene.free:
        return Reply(no_choice(scene))
    return Reply(no_way(scene, typed) or unfinished(scene, typed) or unknown(scene, typed))


# Words about the game


def _meta(scene: Scene, line: str) -> Meta | None:
    first, _, rest = line.strip().partition(" ")
    word = METAS.get(first.casefold())
    if word is None and not scene.free and words(line) in (("look",), ("l",)):
        return Meta("look")
    if word is None or (rest.strip() and word not in WITH_NAME):
        return None
    return Meta(word, rest.strip())


def _short_meta(line: str) -> Meta | None:
    first, _, rest = line.strip().casefold().partition(" ")
    found = {meta for word, meta in METAS.items() if len(first) >= 3 and word.startswith(first)}
    return Meta(found.pop()) if len(found) == 1 and not rest else None


# Readings


def _best(scene: Scene, typed: Words) -> list[_Match]:
    """Return the readings of a line that fit best; they differ in what they mean."""
    found = [*_labels(scene, typed), *(_phrases(scene, typed) if scene.free else ())]
    top = max(((match.fit, match.weight) for match in found), default=None)
    best = {match.act: match for match in found if (match.fit, match.weight) == top}
    return list(best.values())


def _labels(scene: Scene, typed: Words) -> Iterator[_Match]:
    for index, label in scene.labels:
        fit = label_fit(typed, words(label))
        if fit:
            # A label word for word is what was meant; some of its words may as well be a verb's.
            yield _Match(fit, 3 if fit == EXACT else 0, Choose(index))


def _phrases(scene: Scene, typed: Words) -> Iterator[_Match]:
    for pattern in scene.patterns:
        for fit, holes in layings(pattern.parts, typed):
            kinds = [hole.kind for hole in pattern.holes]
            fillings = [list(scene.fitting(kind, words)) for kind, words in zip(kinds, holes, strict=True)]
            for filling in product(*fillings):
                act = _act(pattern, [named for _, named in filling])
                if act:
                    lowest = min([fit, *(one for one, _ in filling)])
                    yield _Match(lowest, 2 if pattern.own else 1, act)


def _act(pattern: Pattern, named: list[Named]) -> Action | _Walk | None:
    """Return what a filled phrase means, or None where its parts do not belong together."""
    if pattern.own:
        return Do(pattern.verb, tuple((hole.name, one.key) for hole, one in zip(pattern.holes, named, strict=True)))
    if pattern.verb in ("ask", "ask about"):
        topic = named[-1]
        return Ask(topic.key, topic.topic) if named[0].key == topic.key else None
    if pattern.verb == "go to":
        return _Walk(named[0].key)
    return _THINGS[pattern.verb](named[0].key) if named else _BARE[pattern.verb]


def _settle(scene: Scene, best: list[_Match]) -> Command:
    """Return the one meaning of the readings that fit best, or ask which is meant."""
    fair = [match.act for match in best if isinstance(match.act, _Walk) or scene.accepts(match.act)]
    acts = fair or [match.act for match in best]
    if len(acts) > 1:
        guesses = tuple(_phrase(scene, act) for act in acts)
        return Reply(what_is_meant(guesses), guesses)
    act = acts[0]
    if isinstance(act, _Walk):
        return _walk(scene, act.room)
    return Act((act,)) if fair else Reply(not_possible(scene, act))


def _walk(scene: Scene, key: str) -> Command:
    room = scene.story.things[scene.story.by_key[key]]
    if room.number == scene.state.place:
        return Reply("You are already there.")
    steps = way_to(scene.story, scene.state, room.number)
    return Act(steps) if steps else Reply(f"You know no open way to {room.name} from here.")


def _phrase(scene: Scene, act: Action | _Walk) -> str:
    if isinstance(act, _Walk):
        return f"go to {scene.story.things[scene.story.by_key[act.room]].name}"
    return scene.phrase(act)


# Slips of the fingers


def _guess(scene: Scene, typed: Words) -> str:
    """Return the line that was probably meant, or an empty text."""
    known = _known_words(scene)
    meant = tuple(word if word in known else correction(word, known) or word for word in typed)
    if meant == typed:
        return ""
    best = [match for match in _best(scene, meant) if match.fit >= PART]
    if len(best) == 1:
        return _phrase(scene, best[0].act)
    return " ".join(meant) if best or (len(meant) == 1 and meant[0] in METAS) else ""


def _known_words(scene: Scene) -> set[str]:
    labels = [words(label) for _, label in scene.labels]
    found = {word for label in labels for word in label} | METAS.keys()
    for pattern in scene.patterns if scene.free else ():
        found |= {part for part in pattern.parts if isinstance(part, str)}
        for hole in pattern.holes:
            found |= {word for one in scene.named(hole.kind) for name in one.names for word in name}
    return found
