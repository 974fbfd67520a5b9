"""What the game says to a line it cannot follow: each answer says what would work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.engine.turn import Do, Drop, Examine, Go, Take, Talk
from pianist_quest.story.story import Hole

from .grammar import SHORT_WAYS, opening
from .words import definite, listed

if TYPE_CHECKING:
    from pianist_quest.engine.turn import Action

    from .grammar import Pattern
    from .scene import Scene
    from .words import Words

_MOST: Final = 12  # names in one sentence
_KINDS: Final[dict[str, type[Examine | Take | Drop | Talk]]] = {
    "examine": Examine, "take": Take, "drop": Drop, "talk to": Talk
}  # fmt: skip


def no_choice(scene: Scene) -> str:
    """Return the answer to a number or line that is none of the choices."""
    count = len(scene.labels)
    if scene.state.ending >= 0:
        return "The story is over. You can undo, restart, load or quit."
    if not count:
        return "There is no choice with a number here."
    return "Type 1 for the one choice there is." if count == 1 else f"Type the number of a choice, 1 to {count}."


def no_way(scene: Scene, typed: Words) -> str:
    """Return the answer to a way out that is not there, or nothing where no way was typed."""
    known = SHORT_WAYS.keys() | SHORT_WAYS.values()
    meant = typed[-1] if typed and typed[-1] in known and len(typed) <= 2 else ""
    return f"You cannot go {SHORT_WAYS.get(meant, meant)}. {ways_out(scene)}" if meant else ""


def ways_out(scene: Scene) -> str:
    """Return a sentence with the ways out."""
    words = [way.word for way in scene.ways]
    return f"You can go: {', '.join(words)}." if words else "There is no way out just now."


def what_is_meant(phrases: tuple[str, ...]) -> str:
    """Return the question which of several readings is meant."""
    quoted = [f'"{phrase}"' for phrase in phrases[:_MOST]]
    return f"Do you mean {listed(quoted, 'or')}?"


def not_possible(scene: Scene, action: Action) -> str:
    """Return the answer to something that cannot be done now."""
    if isinstance(action, Drop):
        return f"You are not carrying {_the(scene, action.thing)}."
    if isinstance(action, Take) and Drop(action.thing) in scene.possible:
        return f"You already have {_the(scene, action.thing)}."
    return f"You cannot {scene.phrase(action)}. {possibilities(scene, _verb(action))}".strip()


def unfinished(scene: Scene, typed: Words) -> str:
    """Return the answer to a verb whose thing is missing or not here, or nothing where no verb was typed."""
    came = [(opening(pattern, typed), pattern) for pattern in scene.patterns if pattern.holes]
    most = max(count for count, _ in came)
    if not typed or not most:
        return ""
    pattern = next(pattern for count, pattern in came if count == most)
    if pattern.own:
        return _own(scene, pattern)
    if "about" in typed:
        return f"That is nothing to ask about here. {possibilities(scene, 'ask')}"
    verb = "go" if pattern.verb == "go to" else pattern.verb
    rest = " ".join(typed[most:])
    if verb == "go":
        start = f'You know no way to "{rest}".' if rest else "Where to?"
        return f"{start} {ways_out(scene)}"
    start = f'You see no "{rest}" here.' if rest else f"What do you want to {verb}?"
    return f"{start} {possibilities(scene, verb)}"


def possibilities(scene: Scene, verb: str) -> str:
    """Return a sentence with the things that a built-in verb can be used on now."""
    if verb == "go":
        return ways_out(scene)
    if verb.startswith("ask"):
        topics = [f"{one.spoken}" for one in scene.named("topic")]
        return f"You can ask about: {'; '.join(topics[:_MOST])}." if topics else "There is nothing to ask here."
    kind = _KINDS.get(verb)
    if kind is None:
        return ""
    names = [_the(scene, action.thing) for action in scene.possible if isinstance(action, kind)]
    return f"You can {verb}: {', '.join(names[:_MOST])}." if names else f"There is nothing here to {verb}."


def unknown(scene: Scene, typed: Words) -> str:
    """Return the answer to a line no word of which helps."""
    first = {part for pattern in scene.patterns for part in pattern.parts if isinstance(part, str)}
    strange = [word for word in typed if word not in first]
    said = f'I do not know the word "{strange[0]}" here.' if strange else "I do not follow that here."
    return f"{said} Type help for what you can do."


def _own(scene: Scene, pattern: Pattern) -> str:
    """Return how a verb of the world's can be used."""
    phrases = [scene.phrase(one) for one in scene.possible if isinstance(one, Do) and one.verb == pattern.verb]
    if phrases:
        return f"You can: {', '.join(phrases[:_MOST])}."
    forms = [_form(one) for one in scene.patterns if one.own and one.verb == pattern.verb]
    return f"You can say: {', '.join(forms)}."


def _form(pattern: Pattern) -> str:
    return " ".join(f"({part.kind})" if isinstance(part, Hole) else part for part in pattern.parts)


def _the(scene: Scene, key: str) -> str:
    return definite(scene.story.things[scene.story.by_key[key]].name)


def _verb(action: Action) -> str:
    kinds: dict[type, str] = {kind: verb for verb, kind in _KINDS.items()}
    return "go" if isinstance(action, Go) else kinds.get(type(action), "")
