"""The world as its author wrote it: frozen, complete in shape, its names not yet resolved."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, TypeVar

from .frozen import frozen

if TYPE_CHECKING:
    from .markup import Markup
    from .nodes import Node, Scalar
    from .tree import Assignment, Call, Tree
    from .tune import Tune


@frozen
class Ref:
    """A name, and where it is written."""

    name: str
    at: Scalar


@frozen
class Expression:
    """A condition or value."""

    tree: Tree
    at: Scalar


@frozen
class Effect:
    """An assignment or a call that changes something."""

    tree: Assignment | Call
    at: Scalar


@frozen
class Prose:
    """A text with inline forms."""

    parts: Markup
    at: Scalar


@frozen
class Guard:
    """Conditions that must all hold; the negated ones must not."""

    conditions: tuple[tuple[Expression, bool], ...] = ()


NO_GUARD: Final = Guard()


# Scripts


@frozen
class Say:
    """A text is shown."""

    text: Prose


@frozen
class Do:
    """Effects, in order."""

    effects: tuple[Effect, ...]


@frozen
class Guarded:
    """A step: `then` where the guard holds (with `once`, only the first time), else `other`."""

    guard: Guard
    once: bool
    then: Script
    other: Script
    at: Node


class PickBy(Enum):
    """How one of several steps whose guards hold is picked."""

    ORDER = "first"
    CONDITIONS = "best"  # the one with most conditions; among equals, the least recently done
    REST = "rotate"  # the least recently done


@frozen
class Pick:
    """One of several steps whose guards hold."""

    by: PickBy
    steps: tuple[Guarded, ...]
    at: Node


@frozen
class Chance:
    """One of several steps whose guards hold, by weight."""

    branches: tuple[tuple[int, Guarded], ...]
    at: Node


@frozen
class Choice:
    """One choice; a fallback may have no label."""

    label: Prose | None
    guard: Guard
    otherwise: Prose | None
    times: int
    """How often it can be taken; 0 is without limit."""
    fallback: bool
    body: Script
    at: Node
    each: tuple[str, str, Scalar] | None = None
    """A name, a kind, and where that is said: there is such a choice for each thing of the kind."""


@frozen
class Choices:
    """The player chooses; the branches join behind."""

    choices: tuple[Choice, ...]
    at: Node


@frozen
class Target:
    """Where play goes: a name, and where values are given to a scene, the whole call."""

    ref: Ref
    call: Expression | None = None


@frozen
class Goto:
    """Play goes on at a room, scene, mark or ending."""

    target: Target


@frozen
class Invoke:
    """A scene is played, then play comes back here."""

    target: Target


@frozen
class Deal:
    """A storylet with a tag is drawn and played, then play comes back here."""

    tag: Ref


@frozen
class Each:
    """A script done for each thing of a kind in turn, which `name` stands for in it."""

    name: str
    kind: str
    script: Script
    at: Scalar


@frozen
class Return:
    """Back to the caller."""


@frozen
class Mark:
    """A place with a name, to jump to and to ask `seen` about."""

    name: Ref


@frozen
class Play:
    """Music is played."""

    music: Ref


Statement = Say | Do | Guarded | Pick | Chance | Choices | Goto | Invoke | Deal | Each | Return | Mark | Play
Script = tuple[Statement, ...]


# Values


@frozen
class NumberSpec:
    """A number between bounds."""

    start: int
    low: int
    high: int


@frozen
class FlagSpec:
    """True or false."""

    start: bool


@frozen
class TextSpec:
    """A text, which play cannot change."""

    value: str


@frozen
class EnumSpec:
    """One of a few named values."""

    values: tuple[str, ...]
    start: int


@frozen
class ThingSpec:
    """A thing of a kind, or nothing."""

    kind: Ref
    start: Ref | None


Spec = NumberSpec | FlagSpec | TextSpec | EnumSpec | ThingSpec


@frozen
class Variable:
    """A variable or property: what it holds, and its label in the player's status, if it has one."""

    spec: Spec
    label: str
    at: Node


# What a world declares


@frozen
class Exit:
    """A way out of a room: a direction word, where it leads, when, and the refusal otherwise."""

    direction: Ref
    to: Ref
    guard: Guard = NO_GUARD
    otherwise: Script = ()
    text: Script = ()
    door: Ref | None = None


@frozen
class Command:
    """What a player may do, as a hook names it: a verb, and perhaps the exit or thing it is done with."""

    verb: str
    with_: str
    at: Scalar


@frozen
class Hook:
    """A step that is done instead of, before or after what the player does; without `on`, whatever that is."""

    on: tuple[Command, ...]
    exempt: tuple[Command, ...]
    step: Guarded


@frozen
class Hooks:
    """The hooks of a thing, a room or the world."""

    instead: tuple[Hook, ...] = ()
    before: tuple[Hook, ...] = ()
    after: tuple[Hook, ...] = ()


NO_HOOKS: Final = Hooks()


@frozen
class Thing:
    """What every room, item, character and thing of an author's kind has."""

    name: str
    aka: tuple[str, ...]
    values: tuple[tuple[Ref, Variable], ...]
    actions: tuple[tuple[Ref, Script], ...]
    at: Node
    hooks: Hooks = NO_HOOKS


@frozen
class Hint:
    """What HINT says in a room, from so many turns after the player has come there; once agreed to, where it asks."""

    after: int
    ask: Prose | None
    step: Guarded


@frozen
class Room:
    """A place."""

    thing: Thing
    text: Script
    again: Script
    exits: tuple[Exit, ...]
    choices: tuple[Choice, ...]
    enter: Script
    leave: Script
    known: bool
    dark: Expression | None = None
    dark_text: Script = ()
    hints: tuple[Hint, ...] = ()


@frozen
class Traits:
    """What an item is good for; `open` and `locked` are None where it cannot be opened or locked."""

    container: bool = False
    surface: bool = False
    transparent: bool = False
    door: bool = False
    wearable: bool = False
    plural: bool = False
    worn: bool = False
    open: bool | None = None
    locked: bool | None = None
    key: Ref | None = None
    light: Expression | None = None
    weight: int = 1

    @property
    def openable(self) -> bool:
        """Whether it can be opened and shut."""
        return self.door or self.open is not None or self.lockable

    @property
    def lockable(self) -> bool:
        """Whether it can be locked."""
        return self.locked is not None or self.key is not None

    @property
    def starts_open(self) -> bool:
        """Whether it is open at first; a container that cannot be shut always is."""
        return bool(self.open) if self.openable else self.container


@frozen
class Item:
    """Something that lies about; `fixed` things cannot be taken, `refusal` says so in the author's words."""

    thing: Thing
    text: Script
    here: Script
    places: tuple[Ref, ...]
    traits: Traits
    fixed: bool
    refusal: Script
    listed: bool | None


@frozen
class Move:
    """A way in which a character moves: after the player, among rooms, or to one; on average every so many turns."""

    guard: Guard
    follow: bool
    wander: tuple[Ref, ...]
    to: Ref | None
    every: int
    at: Node


@frozen
class Character:
    """Somebody."""

    thing: Thing
    text: Script
    here: Script
    places: tuple[Ref, ...]
    listed: bool | None
    talk: Script
    topics: tuple[Choice, ...]
    silent: Script
    moves: tuple[Move, ...] = ()
    arrives: Script = ()
    leaves: Script = ()


@frozen
class Kind:
    """An author's kind of thing, or properties added to a built-in kind."""

    plural: str
    properties: tuple[tuple[Ref, Variable], ...]
    at: Node


@frozen
class Phrase:
    """A verb's phrase: words, and (name, kind) where a thing is to be named."""

    parts: tuple[str | tuple[str, str], ...]
    at: Scalar


@frozen
class Verb:
    """A verb of the author's, or what the author adds to a built-in one."""

    phrases: tuple[Phrase, ...]
    rules: tuple[Guarded, ...]
    otherwise: Script
    free: bool
    at: Node
    quiet: bool = False
    """Whether it is offered only where something answers it."""
    refuses: bool = False
    """Whether its last word takes no time."""
    aside: bool = False
    """Whether it can be done while choices wait."""


@frozen
class Scene:
    """A script with a name; each parameter's name, and its kind: `number`, `flag` or a kind of things."""

    parameters: tuple[tuple[str, str], ...]
    script: Script


@frozen
class Storylet:
    """A script that is drawn by its tags: among those whose guard holds, those of the highest priority, by weight."""

    tags: tuple[Ref, ...]
    priority: int
    weight: int
    step: Guarded


@frozen
class Rule:
    """Something that happens by itself at the end of turns."""

    each_turn: bool
    when: Expression | None
    step: Guarded


@frozen
class Ending:
    """A way the story can end; `lost` says that it is no success."""

    name: str
    rank: int
    text: Script
    lost: bool = False


@frozen
class Award:
    """A mark that a player earns and keeps across runs: by a condition, or by passing it in a script."""

    name: str
    text: Prose | None
    when: Expression | None
    hidden: bool
    at: Node


@frozen
class Music:
    """A tune that can be played, and what it is called."""

    title: str
    tune: Tune


@frozen
class Promises:
    """What the explorer is to prove: what always holds, and what sometimes can."""

    always: tuple[tuple[Ref, Expression], ...]
    sometimes: tuple[tuple[Ref, Expression], ...]


@frozen
class Formula:
    """A named expression with parameters."""

    parameters: tuple[tuple[str, str], ...]
    """Each parameter's name, and its kind: `number`, `flag` or a kind of things (to be resolved)."""
    body: Expression


@frozen
class Meter:
    """A part of the status line that shows a number against its greatest value."""

    value: Expression
    of: int
    label: str


@frozen
class Score:
    """The greatest score, and the ranks it earns: how many points each takes, and its name."""

    of: int
    ranks: tuple[tuple[int, str], ...]
    at: Node
    announce: bool = True


@frozen
class Header:
    """What `world.yaml` says of the world as a whole."""

    title: str
    author: str
    language: str
    about: Prose | None
    start: Ref
    status: tuple[Prose | Meter, ...]
    score: Score | None = None
    promises: Promises = Promises((), ())
    carry: int = 0
    """How much the player can carry, by weight; 0 is without limit."""
    hints: bool = False
    """Whether HINT looks for the way on."""
    renamed: tuple[tuple[Ref, Ref], ...] = ()
    """Names that saved games may have, and what they are now."""
    content_note: Prose | None = None
    credits: Prose | None = None


T = TypeVar("T")
Section = tuple[tuple[Ref, T], ...]


@frozen
class World:
    """A whole world; each section's entries in the order read, names with the place of their declaration."""

    key: str
    fingerprint: str
    header: Header
    variables: Section[Variable] = ()
    kinds: Section[Kind] = ()
    rooms: Section[Room] = ()
    items: Section[Item] = ()
    characters: Section[Character] = ()
    things: tuple[tuple[Ref, Section[Thing]], ...] = ()
    scenes: Section[Scene] = ()
    storylets: Section[Storylet] = ()
    formulas: Section[Formula] = ()
    verbs: Section[Verb] = ()
    rules: Section[Rule] = ()
    endings: Section[Ending] = ()
    marks: Section[Award] = ()
    music: Section[Music] = ()
    hooks: Hooks = NO_HOOKS
    library: Section[Verb] = ()
    """The verbs that every world has, unless it has its own of that name."""
