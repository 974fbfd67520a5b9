"""What a player can do, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .state import State


# Actions. Things and verbs are named by their keys in the world.


@dataclass(frozen=True, slots=True)
class Choose:
    """Take a choice, by its position among all that are written there, from 0."""

    index: int


@dataclass(frozen=True, slots=True)
class Go:
    """Leave by an exit."""

    word: str


@dataclass(frozen=True, slots=True)
class Look:
    """Read the room again."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """See what is carried."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Let a turn pass."""


@dataclass(frozen=True, slots=True)
class Examine:
    """Look at an item or character."""

    thing: str


@dataclass(frozen=True, slots=True)
class Take:
    """Pick an item up."""

    thing: str


@dataclass(frozen=True, slots=True)
class Drop:
    """Put an item down."""

    thing: str


@dataclass(frozen=True, slots=True)
class Talk:
    """Speak to a character, who offers topics."""

    thing: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask a character about a topic, by its position among their topics, from 0."""

    thing: str
    topic: int


@dataclass(frozen=True, slots=True)
class Do:
    """Do what a verb of the world's says; `things` fill the phrase's holes, by the holes' names."""

    verb: str
    things: tuple[tuple[str, str], ...] = ()


Action = Choose | Go | Look | Inventory | Wait | Examine | Take | Drop | Talk | Ask | Do


# Events


@dataclass(frozen=True, slots=True)
class Run:
    """A run of characters in one style. A blank line in it parts paragraphs, a line end breaks a line."""

    text: str
    emphasis: bool = False
    strong: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of the room that is described next."""

    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """A text of the world's."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Replied:
    """A text of the engine's own."""

    text: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The story is over; rank 0 is unranked, `lost` that it is no success."""

    key: str
    name: str
    rank: int
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Earned:
    """A mark was earned: its key and name, and what it is for."""

    key: str
    name: str
    text: Runs


@dataclass(frozen=True, slots=True)
class Sounded:
    """Music was played: its key, what it is called, and what it is in words."""

    key: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Halted:
    """A script ran on too long and was stopped: a mistake in the world that `check` could only suspect."""

    script: str


Event = Heading | Told | Replied | Earned | Ended | Sounded | Halted


@dataclass(frozen=True, slots=True)
class Turn:
    """The state after an action, what happened, and whether time passed."""

    state: State
    events: tuple[Event, ...]
    timed: bool


class ImpossibleActionError(ValueError):
    """An action that cannot be done in this state."""


# What a player sees besides the events


@dataclass(frozen=True, slots=True)
class Offered:
    """A choice as it stands now: `index` is what `Choose` takes; where it is not open, `reason` says why."""

    index: int
    label: Runs
    open: bool
    reason: Runs = ()


@dataclass(frozen=True, slots=True)
class Way:
    """An exit as it stands now: where it leads, whether the player knows that room, whether it is open."""

    word: str
    room: str
    known: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Gauge:
    """A meter of the status line."""

    label: str
    value: int
    of: int
