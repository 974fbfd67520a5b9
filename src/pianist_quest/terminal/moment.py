"""The moments of a game, and what comes of typed lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.engine.engine import begin
from pianist_quest.engine.turn import Heading, Replied
from pianist_quest.records import field, record

from .scene import Scene

if TYPE_CHECKING:
    from pianist_quest.engine.state import State
    from pianist_quest.engine.turn import Action, Event
    from pianist_quest.saves.codec import Saved
    from pianist_quest.story.story import Story

    from .meaning import Meta


@record
class Moment:
    """A point in a game that undo can come back to: the state, what was shown on reaching it, its turn."""

    scene: Scene
    shown: tuple[Event, ...]
    turn: int
    done: tuple[Action, ...] = ()
    """What was done to come to it; nothing at a beginning, or where a saved game was loaded."""
    begun: tuple[str, ...] | None = None
    """There, what had been done before, as saved games tell it; None where that is not known."""

    @property
    def state(self) -> State:
        """The state."""
        return self.scene.state


@record
class Answer:
    """What a line comes to: events and words to show, whether play moved on, and what is asked of others.

    `around` says that the choices and ways out are to be shown as well, `stopped` that what else stands on the
    same line is not to be done: something was refused, a choice waits, the story is over.
    """

    events: tuple[Event, ...] = ()
    said: tuple[str, ...] = ()
    moved: bool = False
    around: bool = False
    request: Meta | None = None
    stopped: bool = field(default=False, compare=False)

    def then(self, other: Answer) -> Answer:
        """Return this answer and the one to the next command on the same line."""
        shown = bool(self.events or self.request)
        below = (Replied("\n".join(other.said)),) if shown and other.said else ()
        return Answer(
            (*self.events, *below, *other.events),
            self.said if shown else (*self.said, *other.said),
            moved=self.moved or other.moved,
            around=self.around or other.around,
            request=self.request or other.request,
            stopped=other.stopped,
        )


def around(before: Moment, now: Moment, events: tuple[Event, ...]) -> bool:
    """Whether the choices and ways are to be shown: a room is described, a script waits, or they changed."""
    if any(isinstance(event, Heading) for event in events) or now.state.at >= 0:
        return True
    old, new = before.scene, now.scene
    if old is new:
        return False
    return old.labels != new.labels or old.closed != new.closed or old.ways != new.ways


def since_room(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Return what was shown since the last room was come to: those left on the way are behind."""
    return events[max((at for at, event in enumerate(events) if isinstance(event, Heading)), default=0) :]


def beginning(story: Story, seed: int) -> Moment:
    """Return the first moment of a new game."""
    turn = begin(story, seed)
    return Moment(Scene(story, turn.state), turn.events, 0, begun=())


def loaded(story: Story, saved: Saved) -> Moment:
    """Return the first moment of a saved game."""
    return Moment(Scene(story, saved.state), saved.shown, saved.turn, begun=saved.decisions)
