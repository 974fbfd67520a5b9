"""What variables and properties hold, and where: in a slot, or as a value that never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.codes import Code as Finding
from pianist_quest.worldfile import model, tree
from pianist_quest.worldfile.nodes import Gap, Node, Scalar, complain

from .names import Storage, Symbol
from .story import NOTHING, Slot, SlotKind
from .types import ANY_THING, BUILT_IN_KINDS, FLAG, NUMBER, TEXT, Type, thing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .names import Names

BUILT_IN_FLAGS: Final = (
    "container",
    "surface",
    "transparent",
    "door",
    "openable",
    "lockable",
    "wearable",
    "fixed",
    "plural",
)
ITEM_PROPERTIES: Final = (*BUILT_IN_FLAGS, "open", "locked", "worn", "key", "weight")
"""The properties that every item has; `open`, `locked` and `worn` change, the others say what it is."""


class Changes:
    """What play can change: the names of properties that effects assign, and of things that they move."""

    def __init__(self, effects: Iterable[model.Effect]) -> None:
        self.properties: set[str] = set()
        self.moved: set[str] = set()
        self.moves_any = False
        for effect in effects:
            if isinstance(effect.tree, tree.Assignment):
                if isinstance(effect.tree.target, tree.Property):
                    self.properties.add(effect.tree.target.name)
            elif effect.tree.arguments:
                both = effect.tree.function == "swap"
                for moved in effect.tree.arguments if both else effect.tree.arguments[:1]:
                    self._note(moved)

    def _note(self, moved: tree.Tree) -> None:
        if isinstance(moved, tree.Name):
            self.moved.add(moved.name)
        else:
            self.moves_any = True

    def moves(self, name: str, things: frozenset[str]) -> bool:
        """Whether an effect can move a thing: by its name, or through something that may hold it."""
        return self.moves_any or name in self.moved or not self.moved <= things


def declare_score(score: model.Score, names: Names) -> None:
    """Declare the variable `score`, from 0 to the greatest."""
    at = Gap(score.at)
    variable = model.Variable(model.NumberSpec(0, 0, score.of), "Score", score.at)
    declare_variable(model.Ref("score", at), variable, names)


def declare_variable(ref: model.Ref, variable: model.Variable, names: Names) -> None:
    """Declare a variable of the world's; a text is a constant."""
    if isinstance(variable.spec, model.TextSpec):
        names.declare(Symbol("constant", ref, TEXT, text=variable.spec.value))
        return
    kind, slot = _slot(ref.name, variable, names)
    names.declare(Symbol("variable", ref, kind, names.slot(slot)))


def spec_type(spec: model.Spec) -> Type:
    """Return the type of what a variable or property holds."""
    match spec:
        case model.NumberSpec():
            return NUMBER
        case model.FlagSpec():
            return FLAG
        case model.EnumSpec(values=values):
            return Type("enum", values)
        case model.ThingSpec(kind=kind):
            return thing(kind.name)
    return TEXT


def _slot(name: str, variable: model.Variable, names: Names) -> tuple[Type, Slot]:
    """Return the type and slot for what is no text."""
    spec = variable.spec
    match spec:
        case model.NumberSpec():
            return NUMBER, Slot(name, SlotKind.NUMBER, spec.start, spec.low, spec.high, label=variable.label)
        case model.FlagSpec():
            return FLAG, Slot(name, SlotKind.FLAG, int(spec.start), 0, 1, label=variable.label)
        case model.EnumSpec():
            last = len(spec.values) - 1
            slot = Slot(name, SlotKind.ENUM, spec.start, 0, last, spec.values, variable.label)
            return Type("enum", spec.values), slot
    assert isinstance(spec, model.ThingSpec)  # noqa: S101 - texts have no slot
    start = resolve(spec.start, spec.kind.name, names) if spec.start else NOTHING
    _check_kind(spec.kind, names)
    return thing(spec.kind.name), Slot(name, SlotKind.THING, start, names=(spec.kind.name,), label=variable.label)


def _check_kind(kind: model.Ref, names: Names) -> None:
    known = (*BUILT_IN_KINDS, ANY_THING, *names.kinds)
    if kind.name not in known:
        names.unknown(kind.name, kind.at, None, known, "kind")


def resolve(ref: model.Ref, kind: str, names: Names, also: tuple[str, ...] = ()) -> int:
    """Return the number of the thing of a kind that a name stands for; NOTHING after reporting that it does not.

    `also` are kinds that are meant as well; only the report speaks of them.
    """
    symbol = names.symbols.get(ref.name)
    if symbol is None:
        known = names.of_kind(kinds=(kind, *also)) if kind != ANY_THING else names.of_kind("thing")
        names.unknown(ref.name, ref.at, None, known, " or ".join([", ".join(also), kind] if also else [kind]))
        return NOTHING
    if symbol.what != "thing" or kind not in (ANY_THING, symbol.type.kind):
        message = f"`{ref.name}` is {symbol}, and {thing(kind)} is needed"
        others = ((symbol.ref.at.span, "it is declared here"),)
        complain(names.problems, Finding.WRONG_KIND, ref.at, message, others=others)
        return NOTHING
    return symbol.number


def properties_of(ref: model.Ref, kind: str, common: model.Thing, names: Names, changes: Changes) -> dict[str, Storage]:
    """Return where a thing's properties are kept: its kind's, then its own."""
    declared = names.kinds.get(kind, {})
    if not declared and not common.values:
        return {}
    given = dict[str, tuple[model.Ref, model.Variable]]()
    for name, variable in common.values:
        given[name.name] = (name, variable)
    found = {}
    for key, variable in declared.items():
        own = given.pop(key, None)
        found[key] = _storage(ref, key, _instance(variable, own, names) if own else variable, names, changes)
    for key, (_, variable) in given.items():
        found[key] = _storage(ref, key, variable, names, changes)
    return found


def _storage(ref: model.Ref, name: str, variable: model.Variable, names: Names, changes: Changes) -> Storage:
    if isinstance(variable.spec, model.TextSpec):
        return Storage(TEXT, -1, variable.spec.value)
    kind, slot = _slot(f"{ref.name}.{name}", variable, names)
    if name in changes.properties or slot.label:
        return Storage(kind, names.slot(slot), slot.start)
    return Storage(kind, -1, slot.start)


def _instance(declared: model.Variable, own: tuple[model.Ref, model.Variable], names: Names) -> model.Variable:
    """A kind's property with the value that one thing gives it."""
    given, spec = own[1].spec, declared.spec
    if not isinstance(own[1].at, Scalar):
        if type(given) is not type(spec):
            _misfit(own, spec, names)
            return declared
        return own[1] if own[1].label else model.Variable(given, declared.label, own[1].at)
    made: model.Spec | None = None
    match spec, given:
        case model.NumberSpec(), model.NumberSpec():
            if spec.low <= given.start <= spec.high:
                made = model.NumberSpec(given.start, spec.low, spec.high)
            else:
                message = f"{given.start} is outside the bounds {spec.low} to {spec.high}"
                complain(names.problems, Finding.OUT_OF_BOUNDS, own[1].at, message)
                return declared
        case (model.FlagSpec(), model.FlagSpec()) | (model.TextSpec(), model.TextSpec()):
            made = given
        case model.TextSpec(), _ if isinstance(own[1].at, Scalar):
            made = model.TextSpec(own[1].at.value)
        case model.EnumSpec(), model.TextSpec() if given.value in spec.values:
            made = model.EnumSpec(spec.values, spec.values.index(given.value))
        case model.ThingSpec(), model.TextSpec():
            made = model.ThingSpec(spec.kind, model.Ref(given.value, own[1].at))
    if made is None:
        _misfit(own, spec, names)
        return declared
    return model.Variable(made, declared.label, own[1].at)


def _misfit(own: tuple[model.Ref, model.Variable], spec: model.Spec, names: Names) -> None:
    wanted = {
        model.NumberSpec: "a number", model.FlagSpec: "a flag", model.TextSpec: "a text", model.ThingSpec: "a thing",
    }.get(type(spec), "")  # fmt: skip
    if isinstance(spec, model.EnumSpec):
        wanted = f"one of {', '.join(spec.values)}"
    at: Node = own[1].at
    complain(names.problems, Finding.TYPE_MISMATCH, at, f"the kind's property `{own[0].name}` holds {wanted}")


def traits_of(ref: model.Ref, one: model.Item, names: Names) -> dict[str, Storage]:
    """The built-in properties of an item; only what can change has a slot."""
    traits = one.traits
    changing = {
        "open": (traits.openable, traits.starts_open),
        "locked": (traits.lockable, bool(traits.locked)),
        "worn": (traits.wearable, traits.worn),
    }
    found = {}
    for name, (changes, start) in changing.items():
        slot = names.slot(Slot(f"{ref.name}.{name}", SlotKind.FLAG, int(start), 0, 1)) if changes else -1
        found[name] = Storage(FLAG, slot, int(start))
    for name in BUILT_IN_FLAGS:
        value = one.fixed if name == "fixed" else getattr(traits, name)
        found[name] = Storage(FLAG, -1, int(value))
    key = resolve(traits.key, "item", names) if traits.key else NOTHING
    return {**found, "key": Storage(thing("item"), -1, key), "weight": Storage(NUMBER, -1, traits.weight)}
