"""A typed line to what it means: something to do, a word about the game, or an answer that costs no turn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pianist_quest.engine.hooks import named as keys_of
from pianist_quest.engine.turn import Ask, Choose
from pianist_quest.records import replace
from pianist_quest.story.english import the
from pianist_quest.story.story import LEAVE_IT

from .answers import (
    did_you_mean,
    either,
    no_choice,
    no_way,
    not_possible,
    unfinished,
    ways_out,
    which,
)
from .counting import count
from .grammar import BUILT_IN, METAS, WITH_NAME
from .implied import glanced, leaving, waiting, with_taking
from .many import several
from .meaning import Act, Command, Meta, Reply
from .missing import begun, first_strange, not_here, oneself, unknown
from .people import away
from .readings import LONGEST, Reading, Walk, best
from .slips import guessed, line_of, with_verb
from .topics import is_asked
from .walk import way_to
from .words import EXACT, Words, as_typed, label_fit, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from pianist_quest.engine.turn import Action

    from .scene import Scene

__all__ = ["Act", "Command", "Meta", "Reply", "understand"]

_NUMBER: Final = re.compile(r"(?:choose|choice|option|number|c)?\s*#?\s*(\d{1,9})\s*[.)]?", re.IGNORECASE)
_SEEING: Final = {
    tuple(str(part) for part in pattern.parts): pattern.verb
    for pattern in BUILT_IN
    if pattern.verb in ("look", "inventory")
}
"""The phrases that can be answered even while a choice waits."""

_PARTING: Final = {("bye",), ("goodbye",), ("good", "bye"), ("say", "goodbye"), ("leave", "conversation")}
"""What ends a conversation."""
_LEAVE_IT: Final = words(LEAVE_IT)
_SHORT_ANSWERS: Final[dict[Words, Words]] = {("y",): ("yes",), ("n",): ("no",)}
"""What is typed short for an answer, while a question waits that has it."""


def understand(scene: Scene, line: str) -> Command:
    """Return what a line means here. Never raises, whatever was typed."""
    known: dict[str, Command] = {}

    def one(part: str) -> Command:
        # Many phrases can lead to the same part of a line with lists in several places.
        if part not in known:
            known[part] = _understood(scene, part, one)
        return known[part]

    command = one(line)
    return replace(command, text=as_typed(command.text, line)) if isinstance(command, Reply) else command


def _understood(scene: Scene, line: str, one: Callable[[str], Command]) -> Command:
    """Return what a line means; `one` understands a part of it."""
    number = _NUMBER.fullmatch(line.strip())
    if number:
        return _numbered(scene, int(number[1]))
    typed = words(line)
    if typed in _PARTING and scene.left:
        return Act((scene.left[0],))
    if typed == _LEAVE_IT and scene.free:
        return Reply("You are in no conversation.")
    answer = _SHORT_ANSWERS.get(typed)
    if answer and not scene.free:
        typed = next((answer for _, label in scene.labels if words(label) == answer), typed)
    if len(typed) > LONGEST:
        return Reply("That is too much at once. Try a few words.")
    found = best(scene, typed)
    if found and found[0].fit == EXACT:
        return _settle(scene, found, typed)
    meta = _meta(scene, line)
    if meta and not (found and (_is_no_undoing(meta) or _is_no_asking(meta))):
        return meta
    if found:
        return _settle(scene, found, typed)
    more = waiting(typed) or several(scene, line, one) if scene.free else leaving(scene, line, understand)
    return more or glanced(scene, line, understand) or _fallback(scene, line, typed)


def _is_no_undoing(meta: Meta) -> bool:
    """Whether what looks like UNDO is something else that is undone, a knot say."""
    return meta.word == "undo" and bool(meta.name) and not count(meta.name)


def _is_no_asking(meta: Meta) -> bool:
    """Whether what looks like HELP is helping somebody."""
    return meta.word == "help" and bool(meta.name)


def is_number(line: str) -> bool:
    """Whether a line is a choice's number."""
    return _NUMBER.fullmatch(line.strip()) is not None


def _numbered(scene: Scene, number: int) -> Command:
    if 1 <= number <= len(scene.choices):
        return Act((Choose(scene.choices[number - 1][0]),))
    return Reply(no_choice(scene))


def _fallback(scene: Scene, line: str, typed: Words) -> Command:
    """Return the answer to a line that means nothing here."""
    short = _short_meta(line)
    if short:
        return short
    for label, reason in scene.closed:
        if typed and label_fit(typed, words(label)):
            return Reply(f"That is not open to you: {reason}" if reason else "That is not open to you.")
    answer = _answer(scene, typed)
    return replace(answer, strange=first_strange(scene, typed))


def _answer(scene: Scene, typed: Words) -> Reply:
    guess = guessed(scene, typed) if not oneself(typed) else ""
    if not scene.free and not guess:
        return Reply(no_choice(scene))
    absent = away(scene, with_verb(scene, typed))
    if guess or absent:
        return absent or did_you_mean((guess,))
    typed = with_verb(scene, typed)
    said = oneself(typed) or no_way(scene, typed)
    if said:
        return Reply(said)
    question = unfinished(scene, typed)
    if question:
        return question
    said = not_here(scene, typed) or begun(scene, typed)
    return Reply(said) if said else unknown(scene, typed)


# Words about the game


def _meta(scene: Scene, line: str) -> Meta | None:
    first, _, rest = line.strip().partition(" ")
    word = METAS.get(first.casefold())
    if word is None and not scene.free and words(line) in _SEEING:
        return Meta(_SEEING[words(line)])
    if word is None or (rest.strip() and word not in WITH_NAME):
        return None
    return Meta(word, rest.strip())


def _short_meta(line: str) -> Meta | None:
    first, _, rest = line.strip().casefold().partition(" ")
    found = {meta for word, meta in METAS.items() if len(first) >= 3 and word.startswith(first)}
    return Meta(found.pop()) if len(found) == 1 and not rest else None


# One of several readings


def _settle(scene: Scene, found: list[Reading], typed: Words) -> Command:
    """Return the one meaning of the readings that fit best, or ask which is meant."""
    if len(found) > 1:
        found = [one for one in found if not isinstance(one.act, Walk) or _is_near(scene, one.act)] or found
    if found[0].fit < EXACT and all(isinstance(one.act, Ask) for one in found):
        # What is asked for by some words is asked; what else would be done is done by its whole label only.
        asked = [
            one for one in found if isinstance(one.act, Ask) and is_asked(scene.topic(one.act.thing, one.act.topic))
        ]
        if not asked:
            return _ask(scene, [one.act for one in found])
        found = asked
    if len(found) > 1:
        found = _likely(scene, found)
        found = [one for one in found if _is_called(scene, one, typed)] or found
    if len(found) > 1:
        return _ask(scene, [one.act for one in found])
    act = found[0].act
    if isinstance(act, Walk):
        return _walk(scene, act.room, typed)
    named = keys_of(act)
    return with_taking(scene, act, named) if scene.accepts(act) else Reply(not_possible(scene, act), named=named)


def _likely(scene: Scene, found: list[Reading]) -> list[Reading]:
    """Return the readings that can be done, before those that are refused; what is carried before what is not."""
    able = [one for one in found if isinstance(one.act, Walk) or scene.can(one.act)]
    fair = able or [one for one in found if not isinstance(one.act, Walk) and scene.accepts(one.act)] or found
    return [one for one in fair if one.carried] or fair


def _is_called(scene: Scene, reading: Reading, typed: Words) -> bool:
    """Whether all things in a reading were called by their first names, rather than by others they have as well."""
    if isinstance(reading.act, Walk):
        return False
    names = [words(scene.thing(key).name) for key in keys_of(reading.act)]
    return all(any(typed[at : at + len(name)] == name for at in range(len(typed))) for name in names)


def _ask(scene: Scene, acts: list[Action | Walk]) -> Reply:
    real = [act for act in acts if not isinstance(act, Walk)]
    if len(real) == len(acts):
        return which(scene, real)
    guesses = tuple(line_of(scene, act) for act in acts)
    rooms = [scene.the(act.room) for act in acts if isinstance(act, Walk)]
    return did_you_mean(guesses, "Do you mean") if real else Reply(f"Which do you mean, {either(rooms)}?", guesses)


def _is_near(scene: Scene, walk: Walk) -> bool:
    """Whether a room can be come to from here."""
    return way_to(scene.story, scene.state, scene.thing(walk.room).number) is not None


def _walk(scene: Scene, key: str, typed: Words) -> Command:
    room = scene.thing(key)
    if room.number == scene.state.place:
        return Reply("You are already there.", named=(key,))
    steps = way_to(scene.story, scene.state, room.number)
    if steps:
        return Act(steps, (key,))
    if not scene.state.visited >> room.number & 1:  # what the player has not seen is not told by its name
        return Reply(f'You know no way to "{" ".join(typed[-1:])}". {ways_out(scene)}')
    return Reply(f"You know no open way to {the(room.name)} from here.", named=(key,))
