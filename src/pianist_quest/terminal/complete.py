"""What could be typed now: for the tab key, and for HELP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.engine.turn import Do, Go
from pianist_quest.story.story import Hole

from .answers import possibilities
from .command import Act, understand
from .grammar import BUILT_IN
from .walk import way_to
from .words import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .scene import Scene

_VERBS: Final = ("go", "examine", "take", "drop", "talk to", "ask")


def completions(scene: Scene, line: str) -> tuple[str, ...]:
    """Return the lines that begin like this one and do something now; other words for a verb are kept."""
    typed, found = fold(line.lstrip()), dict[str, None]()
    for phrase in (*_phrases(scene), *_other_words(scene, typed)):
        if (fold(phrase).startswith(typed) or _goes_on(line, phrase)) and phrase not in found and _works(scene, phrase):
            found[phrase] = None
    return tuple(found)


def hints(scene: Scene) -> tuple[str, ...]:
    """Return sentences that say what a player can do now."""
    count = len(scene.labels)
    said = [f"Choices: type {f'a number, 1 to {count}' if count > 1 else 1}, or words of the choice."] if count else []
    if scene.free:
        known = [possibilities(scene, verb) for verb in _VERBS]
        said += [sentence for sentence in known if sentence.startswith("You can")]
        own = [scene.phrase(action) for action in scene.possible if isinstance(action, Do)]
        said.append(f"You can also: {', '.join([*own, 'look', 'inventory', 'wait'])}.")
    return tuple(said)


def _phrases(scene: Scene) -> Iterator[str]:
    for action in scene.possible:
        yield scene.phrase(action)
        if isinstance(action, Go):
            yield action.word
    if scene.free:
        for room in scene.named("known"):
            if way_to(scene.story, scene.state, scene.story.by_key[room.key]):
                yield f"go to {room.spoken}"


def _other_words(scene: Scene, typed: str) -> Iterator[str]:
    """Yield phrases with the verb that was typed, where it is another word for a built-in one."""
    for pattern in BUILT_IN if scene.free else ():
        verb = " ".join(part for part in pattern.parts[:-1] if isinstance(part, str))
        last = pattern.parts[-1]
        if verb and isinstance(last, Hole) and len(pattern.holes) == 1 and typed.startswith(f"{verb} "):
            yield from (f"{verb} {named.spoken}" for named in scene.named(last.kind))


def _goes_on(line: str, phrase: str) -> bool:
    """Whether a phrase goes on like a line, articles left aside."""
    typed, known = words(line), words(phrase)
    if not typed or line[-1:].isspace() or len(known) < len(typed):
        return False
    *whole, last = typed
    return list(known[: len(whole)]) == whole and known[len(whole)].startswith(last)


def _works(scene: Scene, phrase: str) -> bool:
    command = understand(scene, phrase)
    return isinstance(command, Act) and all(action in scene.possible for action in command.actions[:1])
