"""The world's names: what each stands for, and the slots of the state."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.diagnostics.codes import Code as Finding
from pianist_quest.diagnostics.diagnostic import did_you_mean
from pianist_quest.worldfile.frozen import frozen
from pianist_quest.worldfile.nodes import Scalar, complain

from .space import Space
from .story import Code, Slot, SlotKind
from .tools import div, mod
from .types import NUMBER, Type

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pianist_quest.diagnostics.diagnostic import Problems
    from pianist_quest.worldfile import model

    from .declare import Declared
    from .properties import Changes
    from .story import Touches

RESERVED: Final = frozenset({"and", "or", "not", "in", "if", "else", "true", "false", "nothing", "player", "thing"})
"""Words of the language that nothing can be called."""
FUNCTIONS: Final = (
    "has", "here", "inside", "reachable", "dark", "at", "where", "place", "visited", "seen", "count", "since",
    "storylet", "turns", "ending", "ended", "min", "max", "abs", "roll", "words", "ordinal", "plural", "cap",
    "a", "the", "list",
)  # fmt: skip
EFFECTS: Final = ("move", "remove", "swap")
_WORD: Final = re.compile(r"[^\W\d]\w*")
CAN: Final = "can"
"""What asks in a promise whether something can still come about."""


@dataclass(slots=True)
class Label:
    """A position in the code that may not be known yet.

    Where an expression asks, `counter` counts how often it is passed and `stamp` keeps the turn (from 1) of
    the last time.
    """

    name: str
    pc: int = -1
    counter: int = -1
    stamp: int = -1


@frozen
class Symbol:
    """What a name stands for."""

    what: str  # variable, constant, thing, scene, storylet, ending, formula, mark, award
    ref: model.Ref
    type: Type = NUMBER
    number: int = 0  # a variable's slot, a thing's number
    text: str = ""  # a constant's value
    label: Label = field(default_factory=lambda: Label(""))
    parameters: tuple[Type, ...] = ()
    slots: tuple[int, ...] = ()  # where a scene finds its parameters

    def __str__(self) -> str:
        kind = self.type.kind if self.what == "thing" else self.what
        return f"an {kind}" if kind[:1] in "aeiou" else f"a {kind}"


@frozen
class Storage:
    """Where a property of one thing is kept: in a slot, or (slot -1) as a value that never changes."""

    type: Type
    slot: int
    value: int | str


class Names:
    """The symbol table and the slots. `env` is what compiled expressions can reach."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.symbols: dict[str, Symbol] = {}
        self.slots: list[Slot] = []
        self.turns = -1
        self.telling = self.slot(Slot("telling()", SlotKind.COUNT, 0))
        self.over = -1
        self.kinds: dict[str, dict[str, model.Variable]] = {}
        self.properties: dict[int, dict[str, Storage]] = {}
        self.tables: dict[tuple[str, str], dict[int, Storage]] = {}
        """Where a property of all things of a kind is kept, as far as it has been asked."""
        self.space = Space()
        self.kind_of: dict[int, str] = {}
        self._numbers: dict[str, tuple[int, list[int]]] = {}
        """The things of a kind, and how many there were of all when that was looked for."""
        self.every: tuple[Declared, ...] = ()
        """All things with a number, in the order of their numbers."""
        self.changes: Changes
        """What play can change; known when all effects have been read."""
        self.thing_names: list[str] = ["nothing", "you"]
        self.plurals: set[int] = set()
        """The items whose names are plurals."""
        self.rooms: dict[int, Label] = {}
        """Where the arrival in each room begins."""
        self.env: dict[str, Any] = {
            "__builtins__": {},
            "min": min,
            "max": max,
            "abs": abs,
            "div": div,
            "mod": mod,
        }
        self.codes: dict[tuple[str, bool], Code] = {}
        """What has been made of those, by its Python and whether that is a statement."""
        self.tools: dict[str, Touches] = {}
        """What the functions among those depend on."""
        self.formulas: dict[str, str] = {}
        """The Python of each formula, by its name among those."""
        self.used_properties: set[str] = set()
        self.asked: set[str] = set()
        """The variables that an expression asks for."""
        self.changed: set[str] = set()
        """The variables that an effect changes."""
        self.music: dict[str, str] = {}
        """The music there is, by name: what it is called."""
        self.storylets: dict[str, list[Code]] = {}
        """The conditions of the storylets with each tag; filled when they are compiled."""
        self._sites: dict[str, dict[str, int]] = {}
        """How many places in each script have the same name but for their numbers."""
        self._owner, self._places = "", self._sites.setdefault("", {})
        self.former: dict[str, str] = {}
        """What names were before, by what they are now."""

    def declare(self, symbol: Symbol) -> None:
        """Add a name; one that is reserved or taken is reported."""
        ref = symbol.ref
        if ref.name in RESERVED or (symbol.what == "formula" and ref.name in (*FUNCTIONS, *EFFECTS)):
            message = f"`{ref.name}` is a {'word' if ref.name in RESERVED else 'function'} of the language"
            complain(self.problems, Finding.RESERVED_NAME, ref.at, message, hint="choose another name")
        first = self.symbols.setdefault(ref.name, symbol)
        if first is not symbol:
            message = f"`{ref.name}` is declared twice, as {first} and as {symbol}"
            others = ((first.ref.at.span, "the first is here"),)
            complain(self.problems, Finding.DUPLICATE_NAME, ref.at, message, others=others)

    def unknown(self, name: str, at: Scalar, part: tuple[int, int] | None, known: Iterable[str], what: str) -> None:
        """Report a name that nothing declares."""
        if name in self.problems.lost:
            return
        note = did_you_mean(name, known)
        complain(self.problems, Finding.UNKNOWN_NAME, at, f"there is no {what} `{name}`", part=part, note=note)

    def of_kind(self, *whats: str, kinds: tuple[str, ...] = ()) -> list[str]:
        """Return the names that stand for these sorts of things, for suggestions."""
        return [
            name
            for name, symbol in self.symbols.items()
            if symbol.what in whats or (symbol.what == "thing" and symbol.type.kind in kinds)
        ]

    def numbers(self, kind: str) -> list[int]:
        """Return the numbers of the things of a kind, which are asked for again and again."""
        count, known = self._numbers.get(kind, (-1, []))
        if count != len(self.kind_of):
            known = [number for number, one in self.kind_of.items() if one == kind]
            self._numbers[kind] = len(self.kind_of), known
        return known

    def slot(self, slot: Slot) -> int:
        """Add a slot and return its number."""
        self.slots.append(slot)
        return len(self.slots) - 1

    def counter(self, owner: str, what: str, text: str = "") -> int:
        """Add a slot that counts something in a script; it keeps its name while its text stays."""
        name = self.site(owner, what, text)
        before = _WORD.sub(lambda word: self.former.get(word[0], word[0]), text) if self.former else text
        former = f"{owner}/{_place(what, before)}" if before != text else ""
        return self.slot(Slot(name, SlotKind.COUNT, 0, former=former))

    def site(self, owner: str, what: str, text: str = "") -> str:
        """Return a name for a place in a script that outlives changes elsewhere."""
        place = _place(what, text) if text else what
        if owner != self._owner:
            self._owner, self._places = owner, self._sites.setdefault(owner, {})
        number = self._places[place] = self._places.get(place, 0) + 1
        return f"{owner}/{place}" if number == 1 else f"{owner}/{place}.{number}"

    def turn_counter(self) -> int:
        """Return the slot that counts turns, which exists from now on."""
        if self.turns < 0:
            self.turns = self.slot(Slot("turns()", SlotKind.COUNT, 0))
        return self.turns

    def ending_slot(self) -> int:
        """Return the slot that holds the ending reached, which exists from now on."""
        if self.over < 0:
            self.over = self.slot(Slot("ending()", SlotKind.COUNT, 0))
        return self.over

    def counted(self, label: Label) -> int:
        """Return the slot that counts how often a label is passed, which exists from now on."""
        if label.counter < 0:
            label.counter = self.slot(Slot(f"{label.name}/passed", SlotKind.COUNT, 0))
        return label.counter

    def stamped(self, label: Label) -> int:
        """Return the slot that keeps the turn of the last time a label was passed, which exists from now on."""
        self.turn_counter()
        self.counted(label)
        if label.stamp < 0:
            label.stamp = self.slot(Slot(f"{label.name}/turn", SlotKind.COUNT, 0))
        return label.stamp

    def tool(self, make: Any, touches: Touches) -> str:  # noqa: ANN401 - any function
        """Put a function where expressions can reach it, and return its name there; `touches` is what it depends on."""
        name = f"t{len(self.env)}"
        self.env[name] = make
        self.tools[name] = touches
        return name


def _place(what: str, text: str) -> str:
    return f"{what}:{hashlib.sha256(text.encode()).hexdigest()[:8]}"
