"""What a player can do, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.records import record

if TYPE_CHECKING:
    from .state import State


# Actions. Things and verbs are named by their keys in the world.


@record
class Choose:
    """Take a choice, by its position among all that are written there, from 0."""

    index: int


@record
class Go:
    """Leave by an exit."""

    word: str


@record
class Look:
    """Read the room again."""


@record
class Inventory:
    """See what is carried."""


@record
class Wait:
    """Let a turn pass."""


@record
class Examine:
    """Look at an item or character."""

    thing: str


@record
class Take:
    """Pick an item up."""

    thing: str


@record
class Drop:
    """Put an item down."""

    thing: str


@record
class Talk:
    """Speak to a character, who offers topics."""

    thing: str


@record
class Ask:
    """Ask a character about a topic, by its position among their topics, from 0."""

    thing: str
    topic: int


@record
class Do:
    """Do what a verb of the world's says; `things` fill the phrase's holes, by the holes' names."""

    verb: str
    things: tuple[tuple[str, str], ...] = ()


Action = Choose | Go | Look | Inventory | Wait | Examine | Take | Drop | Talk | Ask | Do


# Events


@record
class Run:
    """A run of characters in one style. A blank line in it parts paragraphs, a line end breaks a line."""

    text: str
    emphasis: bool = False
    strong: bool = False


Runs = tuple[Run, ...]


@record
class Heading:
    """The name of the room that is described next."""

    text: str


@record
class Told:
    """A text of the world's."""

    runs: Runs


@record
class Replied:
    """A text of the engine's own."""

    text: str


@record
class Ended:
    """The story is over; rank 0 is unranked, `lost` that it is no success."""

    key: str
    name: str
    rank: int
    lost: bool = False


@record
class Earned:
    """A mark was earned: its key and name, and what it is for."""

    key: str
    name: str
    text: Runs


@record
class Sounded:
    """Music was played: its key, what it is called, and what it is in words."""

    key: str
    title: str
    words: str


@record
class Halted:
    """A script ran on too long and was stopped: a mistake in the world that `check` could only suspect."""

    script: str


Event = Heading | Told | Replied | Earned | Ended | Sounded | Halted


@record
class Turn:
    """The state after an action, what happened, and whether time passed."""

    state: State
    events: tuple[Event, ...]
    timed: bool


class ImpossibleActionError(ValueError):
    """An action that cannot be done in this state."""


# What a player sees besides the events


@record
class Offered:
    """A choice as it stands now: `index` is what `Choose` takes; where it is not open, `reason` says why."""

    index: int
    label: Runs
    open: bool
    reason: Runs = ()


@record
class Way:
    """An exit as it stands now: where it leads, whether the player knows that room, whether it is open."""

    word: str
    room: str
    known: bool
    open: bool


@record
class Gauge:
    """A meter of the status line."""

    label: str
    value: int
    of: int
