"""What a line asks for besides what it says: to take a thing first, to leave a conversation, to wait many turns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.engine.engine import glance, step
from pianist_quest.engine.turn import Choose, Do, Examine, Take, Told, Wait
from pianist_quest.records import replace

from .counting import count
from .grammar import BUILT_IN
from .labels import plain
from .meaning import Act, Meta, Reply
from .scene import Scene
from .words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from pianist_quest.engine.turn import Action, Event

    from .meaning import Command
    from .words import Words

_MOST: Final = 100  # turns to wait
_HELD: Final = frozenset({"put_in", "put_on", "wear", "give", "show"})
"""The library's verbs of what is in the hand."""


_ASKING: Final = {pattern.parts[:1] for pattern in BUILT_IN if pattern.verb in ("ask", "ask about", "talk to")}
"""How lines begin that ask somebody something."""


def waiting(typed: Words) -> Act | None:
    """Return the waits that `wait 10`, `z three`, `wait for 3 turns` ask for, or None where a line does not."""
    if typed[:1] not in (("wait",), ("z",)) or len(typed) < 2:
        return None
    turns = count(" ".join(typed[2:] if typed[1] == "for" and len(typed) > 2 else typed[1:]))
    return Act((Wait(),) * min(turns, _MOST)) if turns else None


def with_taking(scene: Scene, action: Action, named: tuple[str, ...]) -> Act:
    """Return the command for an action, which takes its thing first where all it lacks is to have it."""
    if isinstance(action, Do) and action.verb in _HELD and action.things:
        key = action.things[0][1]
        if scene.can(Take(key)) and _is_missed(scene, action, key):
            return Act((Take(key), action), named, (f"(first taking {scene.the(key)})",))
    return Act((action,), named)


def _is_missed(scene: Scene, action: Do, key: str) -> bool:
    """Whether all that comes of an action is that the player does not have its thing."""
    events = step(scene.story, scene.state, action).events
    said = [plain(event.runs) if isinstance(event, Told) else "" for event in events]
    return said == [f"You do not have {scene.the(key)}."]


def leaving(scene: Scene, line: str, understand: Callable[[Scene, str], Command]) -> Act | Reply | None:
    """Return the command of a line that leaves a conversation and then does something; None where it does not.

    What is asked of somebody but not understood is answered as it would be outside.
    """
    if scene.left is None:
        return None
    leave, after = scene.left
    command = understand(after, line)
    if isinstance(command, Reply) and (command.absent or words(line)[:1] in _ASKING):
        return command
    if not isinstance(command, Act) or isinstance(command.actions[0], Choose):
        return None
    return replace(command, actions=(leave, *command.actions))


def glanced(scene: Scene, line: str, understand: Callable[[Scene, str], Command]) -> Meta | None:
    """Return the command of a line that only looks at something while a choice waits; None where it does more."""
    return Meta("glance", line) if seen_by(scene, line, understand) else None


def seen_by(scene: Scene, line: str, understand: Callable[[Scene, str], Command]) -> tuple[Event, ...]:
    """Return what a line shows while a choice waits: of examining, and of the world's verbs that take no time.

    Nothing, where that would change anything.
    """
    if scene.free or scene.state.ending >= 0 or not scene.state.place:
        return ()
    command = understand(Scene(scene.story, replace(scene.state, at=-1, stack=())), line)
    action = command.actions[0] if isinstance(command, Act) and len(command.actions) == 1 else None
    looks = isinstance(action, Examine) or (isinstance(action, Do) and scene.story.verbs[action.verb].free)
    return glance(scene.story, scene.state, action) if looks and action else ()
