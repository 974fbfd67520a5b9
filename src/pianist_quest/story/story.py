"""The world resolved: an immutable, executable story. Things, slots and code positions are numbers.

The state of a run (`engine.state.State`) holds one whole number for each of the story's slots. All scripts
lie in one list of instructions; a position in it is written `pc`, and -1 stands for "no script".
"""

from __future__ import annotations

from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.records import field, record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pianist_quest.worldfile.tune import Tune

    from .space import Space

NOTHING: Final = 0
"""The number of no thing; as a place: nowhere."""
PLAYER: Final = 1
"""The number of the player, who is a place for what is carried."""
LEAVE_IT: Final = "Leave it there."
"""The choice that ends a conversation."""


# Values


class SlotKind(Enum):
    """What the whole number in a slot stands for."""

    NUMBER = "number"
    FLAG = "flag"  # 0 or 1
    ENUM = "enum"  # a position in `names`
    THING = "thing"  # a thing's number
    PLACE = "place"  # where a thing is: a thing's number, NOTHING or PLAYER
    COUNT = "count"  # how often something was done, shown or drawn


@record(sealed=False)
class Slot:
    """A place in the state: its name in saves, what it holds, its bounds, how it starts."""

    name: str
    kind: SlotKind
    start: int
    low: int = 0
    high: int = 10**9
    names: tuple[str, ...] = ()
    label: str = ""
    former: str = ""
    """What it would be called if no name in its script were another than it was, where that is another name."""


class Code:
    """A condition, value or list of effects: Python made from a checked tree, compiled when first called.

    Called with the values (a list), the place, the visited rooms (a bit for each) and the source of chance.
    """

    __slots__ = ("_run", "env", "source", "statement")

    def __init__(self, source: str, env: dict[str, Any], *, statement: bool = False) -> None:
        self.source, self.env, self.statement = source, env, statement
        self._run: Callable[..., Any] | None = None

    def __getstate__(self) -> tuple[str, dict[str, Any], bool]:
        """Return what it is made from; it is compiled anew where it was copied or kept."""
        return self.source, self.env, self.statement

    def __setstate__(self, state: tuple[str, dict[str, Any], bool]) -> None:
        """Be what was kept."""
        self.source, self.env, self.statement = state
        self._run = None

    def __call__(self, v: Sequence[int], p: int, n: int, r: Callable[..., int] | None = None) -> Any:  # noqa: ANN401 - its type is the expression's, checked when the story was made
        """Return the value; effects change `v` and return nothing."""
        run = self._run
        if run is None:
            run = self.function
        return run(v, p, n, r)

    @property
    def function(self) -> Callable[..., Any]:
        """The compiled function itself; it takes all four arguments."""
        if self._run is None:
            self._run = self._compile()
        return self._run

    def _compile(self) -> Callable[..., Any]:
        body = f"\n  {self.source}" if self.statement else f" return {self.source}"
        text = f"def run(v, p, n, r):{body}"
        space = dict[str, Any]()
        # The text is ours: it is made from a tree that was checked, and holds no character of the author's.
        exec(compile(text, "<story>", "exec"), self.env, space)  # noqa: S102 - see above
        return space["run"]  # type: ignore[no-any-return] # exec's space is untyped


class Tool(Enum):
    """What a function that compiled expressions call does with the values of a state."""

    WORDS = "words"  # nothing: it makes words
    GET = "get"  # reads a property of a thing: (v, thing)
    PUT = "put"  # changes a property of a thing: (v, thing, value)
    MOVE = "move"  # moves a thing: (v, thing, place)
    SWAP = "swap"  # swaps two things: (v, thing, thing)
    WHERE = "where"  # reads where things are: (v, p, thing), or (v, p, holder, thing)
    SIGHT = "sight"  # reads what can be seen: (v, p, n)
    CONTENTS = "contents"  # reads what is in a place, for words: (v, place)
    CODES = "codes"  # asks other conditions: (v, p, n)


@record
class Touches:
    """What a function depends on: the slots of a property by thing (-1: it never changes), or other code."""

    tool: Tool
    slots: dict[int, tuple[int, int | str]] = field(default_factory=dict)
    """By thing: its slot, and the value where that is -1."""
    codes: Sequence[Code] = ()


# Texts


class Style(Enum):
    """Where a style begins or ends."""

    EMPHASIS = "emphasis"
    STRONG = "strong"


class Mode(Enum):
    """How alternatives follow one another."""

    STOPPING = "stopping"
    CYCLING = "cycling"
    ONCE = "once"
    SHUFFLED = "shuffled"


@record
class Value:
    """A value to be shown; `kind` says how, `names` are an enumeration's."""

    code: Code
    kind: str
    names: tuple[str, ...] = ()


@record(sealed=False)
class If:
    """One of two texts."""

    code: Code
    yes: Text
    no: Text


@record
class Alternatives:
    """One of several texts, by how often (`slot`) they were shown; `slot` is also the site of a draw."""

    mode: Mode
    options: tuple[Text, ...]
    slot: int


Text = tuple["str | Style | Value | If | Alternatives", ...]


# Instructions


@record(sealed=False)
class Say:
    """A text is shown."""

    text: Text


@record(sealed=False)
class Do:
    """Effects."""

    code: Code


@record(sealed=False)
class Unless:
    """A jump where a condition does not hold."""

    code: Code
    target: int


@record(sealed=False)
class Jump:
    """A jump."""

    target: int


@record(sealed=False)
class Count:
    """A slot goes up by one: a mark passed, a scene begun, a step done once; `stamp` (or -1) takes the turn, from 1."""

    slot: int
    stamp: int = -1


@record
class Earn:
    """A mark of the world's is earned, by its number; it is told the first time."""

    award: int


@record(sealed=False)
class Brief:
    """A jump where the player comes back to a room and has asked for names only."""

    target: int


@record(sealed=False)
class Option:
    """A choice; `slot` counts how often it was taken where it can be taken `times` times, else -1.

    Where `open` does not hold it cannot be taken; where `there` holds it is then shown with `otherwise`.
    """

    label: Text
    open: Code | None
    there: Code | None
    otherwise: Text | None
    slot: int
    times: int
    fallback: bool
    target: int
    free: bool = False
    """Whether it takes no time."""

    @property
    def always(self) -> bool:
        """Whether it can be taken at any time, and as often as one likes."""
        return self.open is None and self.slot < 0


@record(sealed=False)
class Offer:
    """The player chooses; where nothing is open and there is no fallback, the script goes on at `join`."""

    options: tuple[Option, ...]
    join: int


@record
class Draw:
    """A jump to one of several places that are open, by chance and weight; to `join` where none is."""

    slot: int
    weights: tuple[int, ...]
    targets: tuple[int, ...]
    opens: tuple[Code | None, ...]
    join: int


@record
class Candidate:
    """One of several steps: `last` is the slot that keeps when it was last picked, by the pick's own clock."""

    open: Code | None
    conditions: int
    last: int
    target: int


@record
class Pick:
    """A jump to one of those that are open: with most conditions (where `specific`), then the least recently picked."""

    specific: bool
    clock: int
    candidates: tuple[Candidate, ...]
    join: int


@record
class Deal:
    """A call of a storylet with a tag, drawn by chance among the open ones of the highest priority."""

    tag: str
    slot: int


@record(sealed=False)
class Call:
    """A script is run, then this one goes on."""

    target: int


@record(sealed=False)
class Return:
    """Back to the caller, or to the room."""


RETURN: Final = Return()


@record(sealed=False)
class Enter:
    """The player leaves where they are and arrives in a room; open calls are dropped."""

    room: int


@record(sealed=False)
class Arrive:
    """The player is now in a room."""

    room: int


@record(sealed=False)
class InDark:
    """A jump where the player can see nothing of the room."""

    target: int


@record(sealed=False)
class Title:
    """A room's name is shown."""

    room: int


@record(sealed=False)
class Contents:
    """What is to be seen in a room is told."""

    room: int


@record
class Play:
    """Music is played, by its key."""

    music: str


@record
class End:
    """The story ends."""

    ending: int


@record(sealed=False)
class Reply:
    """The engine's own words, by their name in `engine.replies`, about a thing."""

    key: str
    thing: int = NOTHING


Instruction = (
    Say | Do | Unless | Jump | Count | Earn | Brief | Offer | Draw | Pick | Deal | Call | Return | Enter | Arrive
    | InDark | Title | Contents | Play | End | Reply
)  # fmt: skip


# Things


Does = tuple[str, str]
"""A verb, and the exit's word or thing's key that it is done with, or nothing."""


@record
class Hook:
    """A script that is run instead of, before or after what a player does; an empty `on` is whatever that is."""

    on: frozenset[Does]
    exempt: frozenset[Does]
    open: Code | None
    pc: int

    def fits(self, done: frozenset[Does]) -> bool:
        """Whether it is for what is done."""
        return (not self.on or bool(self.on & done)) and not self.exempt & done


@record
class Hooks:
    """The hooks of a thing or of the whole story, in order."""

    instead: tuple[Hook, ...] = ()
    before: tuple[Hook, ...] = ()
    after: tuple[Hook, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is one."""
        return bool(self.instead or self.before or self.after)

    @property
    def all(self) -> tuple[Hook, ...]:
        """All of them."""
        return (*self.instead, *self.before, *self.after)


NO_HOOKS: Final = Hooks()


@record(kw_only=True, sealed=False)
class Thing:
    """Anything with a name; of an author's kind where it is no room, item or character."""

    number: int
    key: str
    name: str
    kind: str
    aka: tuple[str, ...] = ()
    actions: dict[str, int] = field(default_factory=dict)
    """A verb's name to the script that answers it here."""
    hooks: Hooks = NO_HOOKS


@record(sealed=False)
class Exit:
    """A way out, `word`: `way` is run where it is open; where it is not, but `there` holds, `refusal` (or -1)."""

    word: str
    room: int
    open: Code | None
    there: Code | None
    way: int
    refusal: int
    door: int


@record(kw_only=True, sealed=False)
class Room(Thing):
    """A place; `look` describes it, `leave` is run on the way out (or -1). A `known` one is named unseen."""

    exits: tuple[Exit, ...]
    choices: tuple[Option, ...]
    arrive: int
    look: int
    leave: int
    known: bool


@record(kw_only=True, sealed=False)
class Located(Thing):
    """A thing that is somewhere: in a slot's value, or (slot -1) always at `start`."""

    slot: int
    start: int
    listed: bool
    text: int
    here: int


@record(kw_only=True, sealed=False)
class Item(Located):
    """Something that lies about; `refusal` is run where it cannot be taken, else -1."""

    refusal: int


@record
class Move:
    """A way in which a character moves: after the player, to a room, or along exits among rooms.

    Where `every` is more than 1, chance lets it happen once in so many turns; `slot` is the site of the draws.
    """

    open: Code | None
    follow: bool
    rooms: tuple[int, ...]
    wander: bool
    every: int
    slot: int


@record(kw_only=True, sealed=False)
class Character(Located):
    """Somebody; `talk` opens a conversation, a topic's target asks it directly."""

    talk: int
    topics: tuple[Option, ...]
    moves: tuple[Move, ...]
    arrives: int
    leaves: int


# What happens


@record
class Hole:
    """A place in a phrase where a thing of a kind is named; `thing` takes rooms, items and characters."""

    name: str
    kind: str


@record
class Phrase:
    """A form of a verb: words, and holes to be filled."""

    parts: tuple[str | Hole, ...]

    @property
    def holes(self) -> tuple[Hole, ...]:
        """The holes, in order."""
        return tuple(part for part in self.parts if isinstance(part, Hole))


@record
class Verb:
    """A verb of the author's. `holes` maps the names in its phrases to the slots that hold what is named."""

    key: str
    phrases: tuple[Phrase, ...]
    holes: dict[str, int]
    rules: tuple[tuple[Code, int], ...]
    otherwise: int
    free: bool
    quiet: bool
    refuses: bool = False
    """Whether its last word takes no time."""
    aside: bool = False
    """Whether it can be done while choices wait."""

    @cached_property
    def forms(self) -> tuple[tuple[Hole, ...], ...]:
        """The different holes of its phrases."""
        return tuple(dict.fromkeys(phrase.holes for phrase in self.phrases))


@record
class Storylet:
    """A script that can be drawn."""

    open: Code | None
    priority: int
    weight: int
    pc: int


@record
class Rule:
    """What happens by itself: each turn, or when `when` has become true (`was` holds what it was)."""

    key: str
    each_turn: bool
    when: Code | None
    was: int
    pc: int


@record
class Ending:
    """A way to finish; rank 0 is unranked."""

    key: str
    name: str
    rank: int
    pc: int
    lost: bool = False


@record
class Award:
    """A mark that is kept across runs; `slot` counts how often it was earned in this one."""

    key: str
    name: str
    text: Text
    when: Code | None
    slot: int
    hidden: bool


@record
class Music:
    """A tune that can be played: its key, what it is called (or nothing), and what it is in words."""

    key: str
    title: str
    words: str
    tune: Tune


@record
class Promise:
    """What the explorer is to prove: that `code` always (or sometimes) holds, or `can` be made to hold."""

    key: str
    always: bool
    can: bool
    code: Code


@record
class Meter:
    """A part of the status line: a number as a bar out of `of`."""

    code: Code
    of: int
    label: str


@record
class Statistic:
    """A labelled value for STATUS: its group (a thing's name, or nothing), label, slot and greatest value."""

    group: str
    label: str
    slot: int


@record(kw_only=True)
class Story:
    """A whole world, ready to be played."""

    key: str
    title: str
    author: str
    about: Text
    content_note: Text
    credits: Text
    fingerprint: str
    code: tuple[Instruction, ...]
    sites: dict[int, str]
    """The positions a saved game can rest at (offers, and where calls come back to), with their names."""
    owners: tuple[tuple[int, str], ...]
    """Where each script begins, ascending, with its owner's name: `scene wasp`, `room yard`."""
    leaving: frozenset[int]
    """The positions at which play goes on, towards a room, after a script on the way out of another."""
    start: int
    slots: tuple[Slot, ...]
    turns: int
    """The slot that counts turns, or -1 where nothing asks."""
    things: tuple[Thing, ...]
    by_key: dict[str, int]
    known: int
    """The rooms that the player knows from the beginning, a bit for each."""
    movers: tuple[int, ...]
    """The characters that move by themselves."""
    hooks: Hooks
    space: Space
    carry: int
    """How much can be carried, by weight; 0 is without limit."""
    hints: bool
    """Whether HINT looks for the way on."""
    weights: dict[int, int]
    tools: dict[str, Touches]
    """What the functions that expressions call depend on, by name."""
    formulas: dict[str, str]
    """The Python of the formulas, by the names that expressions call them by."""
    plurals: frozenset[int]
    """Items whose names are plurals."""
    worn: dict[int, int]
    """The slots that say whether items are worn."""
    doors: dict[int, int]
    """The slots that say whether doors are open."""
    verbs: dict[str, Verb]
    locals: tuple[int, ...]
    """The slots of verbs' holes; they hold NOTHING between turns."""
    storylets: dict[str, tuple[Storylet, ...]]
    """By tag, in the order of declaration."""
    rules: tuple[Rule, ...]
    endings: tuple[Ending, ...]
    awards: tuple[Award, ...]
    music: dict[str, Music]
    """By key, in the order of declaration."""
    promises: tuple[Promise, ...]
    renamed: dict[str, str]
    """Names that saved games may have, and what they are now."""
    over: int
    """The slot that holds the number of the ending reached, from 1, or -1 where nothing asks."""
    score: int
    """The slot of the score, or -1 where there is none whose changes are told."""
    telling: int
    """The slot that holds how rooms are told on coming back: 0 as written, 1 in full, 2 by name only."""
    status: tuple[Text | Meter, ...]
    statistics: tuple[Statistic, ...]

    @cached_property
    def uncounted(self) -> tuple[int, ...]:
        """The slots that do not count."""
        return tuple(number for number, slot in enumerate(self.slots) if slot.kind is not SlotKind.COUNT)

    @cached_property
    def counted(self) -> tuple[int, ...]:
        """The slots that count."""
        return tuple(number for number, slot in enumerate(self.slots) if slot.kind is SlotKind.COUNT)

    @cached_property
    def operations(self) -> dict[int, Any]:
        """What the engine has made of the instructions that it has come to, by position."""
        return {}

    def owner(self, pc: int) -> str:
        """Return the name of the script that an instruction belongs to."""
        from bisect import bisect_right  # noqa: PLC0415 - for messages only

        return self.owners[bisect_right(self.owners, (pc, "\U0010ffff")) - 1][1]
