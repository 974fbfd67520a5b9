"""Doing the actions of a command one after another, as long as nothing comes between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.engine.engine import step
from pianist_quest.engine.replies import reply
from pianist_quest.engine.turn import Do, Go, ImpossibleActionError, Replied, Take, Wait
from pianist_quest.records import replace

from .answers import no_choice
from .moment import Answer, Moment, around
from .render import shows
from .scene import Scene

if TYPE_CHECKING:
    from pianist_quest.engine.turn import Action, Event, Turn

_REFUSED: Final = (Go, Take)
"""What takes no time only where it was refused."""
_WAITED: Final = (Replied(reply("waited")),)


def play(before: Moment, actions: tuple[Action, ...]) -> tuple[Moment, Answer]:
    """Return the moment after actions, the same one where nothing moved, and what there is to show."""
    now, refused = before, False
    for index, action in enumerate(actions):
        if now is not before and not now.scene.accepts(action):
            break
        if refused and isinstance(action, Do):  # the thing it is done with was to be taken first
            break
        try:
            turn = step(now.scene.story, now.state, action)
        except ImpossibleActionError:
            if now is before:
                said = no_choice(before.scene) if before.state.at >= 0 else "That cannot be done now."
                return before, Answer(said=(said,), stopped=True)
            break
        refused = not turn.timed and isinstance(action, _REFUSED)
        shown = now.shown if index else ()
        events = _events(now.scene, shown, turn, actions[index : index + 2])
        done = (*now.done, action) if index else (action,)
        scene = now.scene if turn.state == now.state else Scene(now.scene.story, turn.state)
        now = Moment(scene, (*shown, *events), now.turn + turn.timed, done)
        if isinstance(action, Wait) and turn.events != _WAITED:
            break
    return _moved(before, now, refused=refused)


def _events(scene: Scene, shown: tuple[Event, ...], turn: Turn, actions: tuple[Action, ...]) -> tuple[Event, ...]:
    """Return what is to be shown of a turn: not that one waits on, nor once more that a thing is taken first."""
    action, after = actions[0], actions[1:]
    if isinstance(action, Wait) and shown[-1:] == _WAITED and turn.events[:1] == _WAITED:
        return turn.events[1:]
    if isinstance(action, Take) and any(isinstance(one, Do) for one in after):
        taken = Replied(reply("taken", scene.thing(action.thing).name))
        return tuple(event for event in turn.events if event != taken)
    return turn.events


def _moved(before: Moment, now: Moment, *, refused: bool) -> tuple[Moment, Answer]:
    """Return where play is after actions, and what there is to show: one word at least."""
    moved = now.turn != before.turn or (now.scene is not before.scene and now.state != before.state)
    beside = around(before, now, now.shown)
    seen = shows(now.shown) or (beside and (now.scene.labels or now.scene.closed or now.scene.ways))
    answer = Answer(
        now.shown,
        () if seen else ("Done.",),
        moved=moved,
        around=beside,
        stopped=refused or not now.scene.free,
    )
    if before.state.at >= 0 and now is not before and isinstance(now.done[0], Do):
        now = replace(now, shown=before.shown)  # what was done aside is not what is come back to
    return now if moved else before, answer
