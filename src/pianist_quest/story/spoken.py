"""The verbs that a world has without its author's doing: of the score, of hints, of how rooms are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from . import english
from . import story as s
from .expressions import code

if TYPE_CHECKING:
    from pianist_quest.worldfile import model

    from .assemble import Assembler

Taken = dict[tuple[Any, ...], "model.Phrase"]
"""The phrases that verbs have, by their shape."""

_TELLING: Final = (
    ("brief", ("brief", "normal"), 0, "Rooms are told in full the first time, and briefly when you come back."),
    ("verbose", ("verbose", "long"), 1, "Rooms are told in full each time you come to them."),
    ("superbrief", ("superbrief", "short"), 2, "Rooms you come back to are only named."),
)


def spoken(world: model.World, out: Assembler, taken: Taken) -> tuple[s.Verb, ...]:
    """Return the verbs, those left out whose name the world has for a verb of its own."""
    own = {ref.name for ref, _ in world.verbs}
    found = []
    if world.header.score is not None and "score" not in own:
        found.append(_verb(out, taken, "score", ("score", "points"), _score(world.header.score, out)))
    if any(room.hints for _, room in world.rooms) and "hint" not in own:
        found.append(_verb(out, taken, "hint", ("hint", "hints"), ("There is no hint for this place.",)))
    for name, words, value, told in _TELLING:
        if name not in own:
            done = code(out.names, f"v[{out.names.telling}] = {value}", statement=True)
            found.append(_verb(out, taken, name, words, (told,), done))
    return tuple(verb for verb in found if verb.phrases)


def _verb(
    out: Assembler, taken: Taken, name: str, words: tuple[str, ...], told: s.Text, done: s.Code | None = None
) -> s.Verb:
    pc = out.begin(f"verb {name}")
    if done is not None:
        out.emit(s.Do(done))
    out.emit(s.Say(told))
    out.emit(s.RETURN)
    phrases = tuple(s.Phrase((word,)) for word in words if (word,) not in taken)
    return s.Verb(name, phrases, {}, (), pc, free=True, quiet=True)


def _score(score: model.Score, out: Assembler) -> s.Text:
    """Return what SCORE says: the points, and the rank they earn."""
    slot = out.names.symbols["score"].number
    rank: s.Text = ()
    for points, name in reversed(score.ranks):
        held = code(out.names, f"v[{slot}] >= {points}")
        rank = (s.If(held, (f", which makes you {english.an(name)}",), rank),)
    now = s.Value(code(out.names, f"v[{slot}]"), "number")
    return ("Your score is ", now, f" of {score.of}", *rank, ".")
