"""What the game says to a line that cannot be done or is not whole: each answer says what would work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.engine.hooks import named as keys_of
from pianist_quest.engine.turn import Ask, Choose, Do, Drop, Examine, Go, Take, Talk
from pianist_quest.story.english import capital
from pianist_quest.story.story import Hole

from .forms import can, form
from .grammar import GIVING, SHORT_WAYS, layings
from .meaning import Reply
from .topics import subject
from .words import EXACT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pianist_quest.engine.turn import Action

    from .grammar import Pattern
    from .names import Named
    from .scene import Scene
    from .words import Words

_MOST: Final = 12  # names in one sentence
_MOST_GUESSES: Final = 3
_FEW: Final = 5  # names behind a refusal
_KINDS: Final[dict[str, type[Examine | Take | Drop | Talk]]] = {
    "examine": Examine, "take": Take, "drop": Drop, "talk to": Talk
}  # fmt: skip
_TO: Final = ("talk", "speak")
"""Verbs that take `to`, even where nobody typed it."""
_NOBODY: Final = "Nobody here can be asked about that"
_OVER: Final = "The story is over. You can undo, restart, load or quit."


def no_choice(scene: Scene) -> str:
    """Return the answer to a number or line that is none of the choices."""
    count = len(scene.labels)
    if scene.state.ending >= 0:
        return _OVER
    if not count:
        people = f" {possibilities(scene, 'talk to')}" if _usable(scene, "talk to") else ""
        return f"Nothing is numbered here. {ways_out(scene)}{people}"
    number = "Type 1" if count == 1 else f"Type its number, 1 to {count}"
    if scene.free:
        return f"{number}, or words of the choice." if count > 1 else "Type 1 for the one choice there is."
    return f"A choice is waiting. {number}, or words of the choice."


def no_way(scene: Scene, typed: Words) -> str:
    """Return the answer to a way out that is not there, or nothing where no way was typed."""
    known = SHORT_WAYS.keys() | SHORT_WAYS.values()
    meant = typed[-1] if typed and typed[-1] in known and len(typed) <= 2 else ""
    return f"You cannot go {SHORT_WAYS.get(meant, meant)}. {ways_out(scene)}" if meant else ""


def ways_out(scene: Scene) -> str:
    """Return a sentence with the ways out."""
    ways = [way.word for way in scene.ways]
    return f"You can go: {', '.join(ways)}." if ways else "There is no way out just now."


def ways_told(scene: Scene) -> str:
    """Return the same with where the ways lead, as far as that is known, and which are not open."""
    ways = [
        f"{way.word}{f' to {scene.the(way.room)}' if way.known else ''}{'' if way.open else ' (not open)'}"
        for way in scene.ways
    ]
    return f"Exits: {', '.join(ways)}." if ways else "There is no way out just now."


def either(names: Iterable[str]) -> str:
    """Return names as a question lists them."""
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


def which(scene: Scene, acts: Iterable[Action]) -> Reply:
    """Return the question which of several actions is meant."""
    acts = tuple(acts)
    guesses = tuple(scene.phrase(act) for act in acts)
    names = _one_name_each(scene, acts)
    if names:
        return Reply(f"Which do you mean, {either(names[:_MOST])}?", guesses)
    return did_you_mean(guesses, "Do you mean")


def _one_name_each(scene: Scene, acts: tuple[Action, ...]) -> list[str]:
    """Return the names in which actions of one sort differ, or nothing where they differ in more."""
    if any(isinstance(act, Ask | Choose | Go) for act in acts) or len({_frame(act) for act in acts}) > 1:
        return []
    columns = list(zip(*(keys_of(act) for act in acts), strict=True))
    different = [column for column in columns if len(set(column)) == len(acts)]
    return [scene.the(key) for key in different[0]] if len(different) == 1 else []


def _frame(act: Action) -> tuple[object, ...]:
    return (type(act), act.verb, tuple(name for name, _ in act.things)) if isinstance(act, Do) else (type(act),)


def did_you_mean(guesses: tuple[str, ...], start: str = "Did you mean") -> Reply:
    """Return the question whether one of a few lines is meant."""
    guesses = guesses[:_MOST_GUESSES]
    quoted = [_quoted(guess) for guess in guesses]
    return Reply(f"{start} {either(quoted)}?", guesses)


def _quoted(line: str) -> str:
    """Return a line in quotation marks; those in it are single ones then."""
    return line if line[:1] == line[-1:] == '"' else '"{}"'.format(line.replace('"', "'"))


def not_possible(scene: Scene, action: Action) -> str:
    """Return the answer to something that cannot be done now."""
    if isinstance(action, Drop):
        return f"You are not carrying {scene.the(action.thing)}."
    if isinstance(action, Take) and scene.can(Drop(action.thing)):
        return f"You already have {scene.the(action.thing)}."
    verb = next((verb for verb, kind in _KINDS.items() if isinstance(action, kind)), "go")
    few = len(_usable(scene, verb)) <= _FEW if verb in _KINDS else True
    return f"You cannot {scene.told(action)}. {possibilities(scene, verb) if few else ''}".rstrip()


def possibilities(scene: Scene, verb: str, person: str = "") -> str:
    """Return a sentence with the things a built-in verb can be used on now, or with a person's topics."""
    if verb == "go":
        return ways_out(scene)
    if verb.startswith("ask"):
        return topics_told([one for one in scene.named("topic") if person in ("", one.key)])
    names = _usable(scene, verb)
    return can(verb, names[:_MOST]) if names else f"There is {_lacking(verb)} here to {verb}."


def _lacking(verb: str) -> str:
    return "nobody" if verb == "talk to" else "nothing"


def topics_told(found: Sequence[Named]) -> str:
    """Return a sentence with topics: what can be asked about, then what else can be said or done."""
    asked = [one.spoken for one in found if subject(one.label)][:_MOST]
    others = [one.label.rstrip(".") for one in found if not subject(one.label)][:_MOST]
    about = f"You can ask about: {'; '.join(asked)}." if asked else ""
    more = f"You can {'also ' if asked else ''}say or do: {'; '.join(others)}." if others else ""
    return f"{about} {more}".strip() or "There is nothing to ask here."


def _usable(scene: Scene, verb: str) -> list[str]:
    return [scene.the(action.thing) for action in scene.possible if isinstance(action, _KINDS[verb])]


def no_topic(scene: Scene, person: str = "") -> str:
    """Return the answer to a topic that is none here, or none of a person's."""
    start = f"{capital(scene.the(person))} has nothing to say about that" if person else _NOBODY
    topics = [one for one in scene.named("topic") if person in ("", one.key)]
    return f"{start}. {possibilities(scene, 'ask', person)}" if 0 < len(topics) <= _FEW else f"{start}."


# A verb without its thing


def unfinished(scene: Scene, typed: Words) -> Reply | None:
    """Return the question for what a line that stops too early lacks, or None where it does not."""
    found = [
        (pattern, size, came)
        for pattern in scene.patterns
        for size in range(1, len(pattern.parts))
        for came in _filled(scene, pattern, size, typed)
        if came or pattern.verb != "take from"
    ]
    # The phrase that wants the fewest words more is the one that was begun; of several, one that can be done.
    least = min((_words_before_hole(pattern, size) for pattern, size, _ in found), default=0)
    begun = [one for one in found if _words_before_hole(one[0], one[1]) == least]
    if any(not pattern.own for pattern, _, _ in begun):  # "take" alone is the built-in verb, not "take (item) off"
        begun = [one for one in begun if not one[0].own or _next(scene, one[0], one[2])]
    begun.sort(key=lambda one: len(one[0].parts))
    asked = [_question(scene, pattern, size, came, typed) for pattern, size, came in begun]
    return next((question for question in asked if question.start), asked[0] if asked else None)


def _words_before_hole(pattern: Pattern, size: int) -> int:
    return next(at for at, part in enumerate(pattern.parts[size:]) if isinstance(part, Hole))


def _filled(scene: Scene, pattern: Pattern, size: int, typed: Words) -> Iterator[tuple[Named, ...]]:
    """Yield how typed words fill the first parts of a phrase, which has a hole behind them."""
    parts = pattern.parts[:size]
    if isinstance(parts[0], Hole) or not any(isinstance(part, Hole) for part in pattern.parts[size:]):
        return
    kinds = [part.kind for part in parts if isinstance(part, Hole)]
    for fit, holes in layings(parts, typed):
        found = [_likeliest(scene, pattern, kind, one) for kind, one in zip(kinds, holes, strict=True)]
        named = tuple(one for one in found if one)
        if fit == EXACT and len(named) == len(kinds):
            yield named


def _likeliest(scene: Scene, pattern: Pattern, kind: str, typed: Words) -> Named | None:
    """Return what typed words mean most likely: what fits best, and what is carried where the verb is of that sort."""
    giving = pattern.parts[0] in GIVING
    found = list(scene.fitting(kind, typed))
    return max(found, key=lambda one: (one[0], giving and one[1].key in scene.carried))[1] if found else None


def _question(scene: Scene, pattern: Pattern, size: int, came: tuple[Named, ...], typed: Words) -> Reply:
    if pattern.verb in ("go", "go to"):
        return Reply(f"Where to? {ways_out(scene)}", start="go")
    while isinstance(pattern.parts[size], str):
        typed, size = (*typed, str(pattern.parts[size])), size + 1
    hole = pattern.parts[size]
    asked = "whom" if isinstance(hole, Hole) and hole.kind in ("person", "character") else "what"
    start, so_far = " ".join(typed), _so_far(scene, pattern, size, came)
    if pattern.own:
        names = _next(scene, pattern, came)
        able = can(so_far, names[:_MOST]) if names else f"You can say: {form(pattern)}."
    else:
        able = "" if pattern.verb == "take from" else possibilities(scene, pattern.verb)
    if able.startswith("There is"):
        return Reply(able)
    asked = f"to {asked}" if so_far in _TO else asked
    asking = "" if able.startswith("You can type") else f"{capital(so_far)} {asked}? "
    return Reply(f"{asking}{able}".rstrip(), start=start)


def _so_far(scene: Scene, pattern: Pattern, size: int, came: tuple[Named, ...]) -> str:
    """Return the beginning of a phrase as it stands in a sentence."""
    names = iter([scene.the(one.key) if one.topic < 0 else one.spoken for one in came])
    said = " ".join(next(names) if isinstance(part, Hole) else part for part in pattern.parts[:size])
    return said if len(said) > 1 else pattern.verb


def _next(scene: Scene, pattern: Pattern, came: tuple[Named, ...]) -> list[str]:
    """Return the names that can follow the beginning of a phrase of the world's."""
    keys = tuple(one.key for one in came)
    names = dict[str, None]()
    for action in scene.possible:
        if isinstance(action, Do) and action.verb == pattern.verb and len(action.things) == len(pattern.holes):
            found = tuple(key for _, key in action.things)
            if found[: len(keys)] == keys:
                names[scene.the(found[len(keys)])] = None
    return list(names)
