"""The first pass over a world: every name, kind, property and slot, before any script is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pianist_quest.diagnostics.codes import Code as Finding
from pianist_quest.diagnostics.diagnostic import did_you_mean
from pianist_quest.worldfile import model, tree
from pianist_quest.worldfile.format import FIELDS_OF, THING_FIELDS
from pianist_quest.worldfile.nodes import Gap, Node, Scalar, complain

from .names import Label, Names, Storage, Symbol
from .space import Nest
from .story import NOTHING, PLAYER, Slot, SlotKind
from .types import ANY_THING, BUILT_IN_KINDS, FLAG, NUMBER, TEXT, UNKNOWN, Type, thing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pianist_quest.diagnostics.diagnostic import Problems


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


def _effects_and_marks(world: model.World) -> tuple[list[model.Effect], list[model.Mark]]:
    """All effects and marks in a world's scripts; the marks in the order of the files."""
    effects: list[model.Effect] = []
    marks: list[model.Mark] = []
    ahead: list[Any] = [world]
    while ahead:
        one = ahead.pop()
        if isinstance(one, tuple):
            ahead.extend(one)
        elif isinstance(one, model.Effect):
            effects.append(one)
        elif isinstance(one, model.Mark):
            marks.append(one)
        elif type(one).__module__ == model.__name__ and not isinstance(one, model.Prose | model.Ref | model.PickBy):
            ahead.extend(getattr(one, name) for name in type(one).__slots__ if name not in ("at", "library"))
    return effects, sorted(marks, key=lambda mark: (mark.name.at.source.path, mark.name.at.start))


def declare(world: model.World, problems: Problems) -> Names:
    """Return the symbol table of a world; what is wrong with names has been reported."""
    names = Names(problems)
    _kinds(world, names)
    every = tuple(_things(world, names))
    for number, (ref, kind, common, _) in enumerate(every, start=PLAYER + 1):
        names.declare(Symbol("thing", ref, thing(kind), number))
        names.kind_of[number] = kind
        names.thing_names.append(common.name)
        if kind == "room":
            names.rooms[number] = Label(f"room {ref.name}")
    effects, marks = _effects_and_marks(world)
    _scripts(world, marks, names)
    if world.header.score is not None:
        _score(world.header.score, names)
    for ref, variable in world.variables:
        _variable(ref, variable, names)
    changes = Changes(effects)
    for number, (ref, kind, common, one) in enumerate(every, start=PLAYER + 1):
        names.properties[number] = _properties(ref, kind, common, names, changes)
        if isinstance(one, model.Item):
            names.properties[number].update(_traits(ref, one, names))
    _locate(every, names, changes)
    return names


def _scripts(world: model.World, marks: list[model.Mark], names: Names) -> None:
    """Declare what scripts are called, and the marks in them."""
    for ref, scene in world.scenes:
        _scene(ref, scene, names)
    for ref, _ in world.endings:
        names.declare(Symbol("ending", ref, label=Label(f"ending {ref.name}")))
    for _, storylet in world.storylets:
        for tag in storylet.tags:
            names.storylets.setdefault(tag.name, [])
    for ref, _ in world.formulas:
        names.declare(Symbol("formula", ref, UNKNOWN))
    for mark in marks:
        names.declare(Symbol("mark", mark.name, label=Label(f"mark {mark.name.name}")))


def _scene(ref: model.Ref, scene: model.Scene, names: Names) -> None:
    types = tuple(parameter_type(names, ref, name, kind) for name, kind in scene.parameters)
    slots = tuple(
        names.slot(parameter_slot(ref.name, name, kind))
        for (name, _), kind in zip(scene.parameters, types, strict=True)
    )
    names.declare(Symbol("scene", ref, label=Label(f"scene {ref.name}"), parameters=types, slots=slots))


def parameter_type(names: Names, ref: model.Ref, name: str, kind: str) -> Type:
    """Return the type of a formula's or scene's parameter."""
    known = (*BUILT_IN_KINDS, ANY_THING, *names.kinds)
    if kind in known or (not kind and name in known):
        return thing(kind or name)
    if kind in ("", "number"):
        return NUMBER
    if kind != "flag":
        names.unknown(kind, ref.at, None, (*known, "flag", "number"), "kind")
        return UNKNOWN
    return FLAG


def parameter_slot(scene: str, name: str, kind: Type) -> Slot:
    """Return the slot that holds a scene's parameter while it is played."""
    what = {"flag": SlotKind.FLAG, "thing": SlotKind.THING}.get(kind.base, SlotKind.NUMBER)
    high = 1 if what is SlotKind.FLAG else 10**9
    return Slot(f"scene {scene}/{name}", what, 0, -(10**9) if what is SlotKind.NUMBER else 0, high)


def _kinds(world: model.World, names: Names) -> None:
    for ref, kind in world.kinds:
        if ref.name == ANY_THING or ref.name in ("player", "nothing", "number", "flag", "text"):
            message = f"`{ref.name}` cannot be a kind of the author's"
            complain(names.problems, Finding.RESERVED_NAME, ref.at, message, hint="choose another name")
            continue
        names.kinds[ref.name] = {name.name: variable for name, variable in kind.properties}
        for name, _ in kind.properties:
            if name.name in FIELDS_OF.get(ref.name, THING_FIELDS):
                message = f"`{name.name}` is already a key of every {ref.name}"
                complain(names.problems, Finding.RESERVED_NAME, name.at, message, hint="choose another name")


BUILT_IN_FLAGS: Final = ("container", "surface", "transparent", "door", "openable", "lockable", "wearable", "fixed")
ITEM_PROPERTIES: Final = (*BUILT_IN_FLAGS, "open", "locked", "worn", "key", "weight")
"""The properties that every item has; `open`, `locked` and `worn` change, the others say what it is."""

Declared = tuple[model.Ref, str, model.Thing, "model.Room | model.Item | model.Character | None"]


def _things(world: model.World, names: Names) -> Iterator[Declared]:
    """All things, in the order of their numbers: rooms, items, characters, then those of the author's kinds."""
    sections: tuple[tuple[str, Any], ...] = (
        ("room", world.rooms),
        ("item", world.items),
        ("character", world.characters),
    )
    for kind, section in sections:
        for ref, one in section:
            yield ref, kind, one.thing, one
    plurals = {kind.plural or f"{ref.name}s": ref.name for ref, kind in world.kinds if ref.name not in BUILT_IN_KINDS}
    for section_ref, entries in world.things:
        if section_ref.name not in plurals:
            known = (*plurals, *_SECTIONS)
            message = f"a world has no section `{section_ref.name}`"
            note = did_you_mean(section_ref.name, known)
            hint = "the things of a kind stand under its plural; declare the kind under `kinds:`"
            complain(names.problems, Finding.UNKNOWN_KEY, section_ref.at, message, note=note, hint=hint)
            continue
        for ref, common in entries:
            yield ref, plurals[section_ref.name], common, None


_SECTIONS = (
    "variables",
    "kinds",
    "rooms",
    "items",
    "characters",
    "scenes",
    "verbs",
    "rules",
    "endings",
    "formulas",
)


def things_of(world: model.World, names: Names) -> tuple[Declared, ...]:
    """Return all things that have a number, in the order of their numbers."""
    quiet = Names(type(names.problems)())
    return tuple(_things(world, quiet))


# Variables and properties


def _score(score: model.Score, names: Names) -> None:
    """Declare the variable `score`, from 0 to the greatest."""
    at = Gap(score.at)
    variable = model.Variable(model.NumberSpec(0, 0, score.of), "Score", score.at)
    _variable(model.Ref("score", at), variable, names)


def _variable(ref: model.Ref, variable: model.Variable, names: Names) -> None:
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
    return thing(spec.kind.name), Slot(name, SlotKind.THING, start, label=variable.label)


def _check_kind(kind: model.Ref, names: Names) -> None:
    known = (*BUILT_IN_KINDS, ANY_THING, *names.kinds)
    if kind.name not in known:
        names.unknown(kind.name, kind.at, None, known, "kind")


def resolve(ref: model.Ref, kind: str, names: Names) -> int:
    """Return the number of the thing of a kind that a name stands for; NOTHING after reporting that it does not."""
    symbol = names.symbols.get(ref.name)
    if symbol is None:
        known = names.of_kind(kinds=(kind,)) if kind != ANY_THING else names.of_kind("thing")
        names.unknown(ref.name, ref.at, None, known, kind)
        return NOTHING
    if symbol.what != "thing" or kind not in (ANY_THING, symbol.type.kind):
        message = f"`{ref.name}` is {symbol}, and {thing(kind)} is needed"
        others = ((symbol.ref.at.span, "it is declared here"),)
        complain(names.problems, Finding.WRONG_KIND, ref.at, message, others=others)
        return NOTHING
    return symbol.number


def _properties(ref: model.Ref, kind: str, common: model.Thing, names: Names, changes: Changes) -> dict[str, Storage]:
    """Return where a thing's properties are kept: its kind's, then its own."""
    declared = names.kinds.get(kind, {})
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


# Places


def _locate(every: tuple[Declared, ...], names: Names, changes: Changes) -> None:
    """Put items and characters into their first places; those that can move get a slot for it."""
    things = frozenset(ref.name for ref, _, _, _ in every)
    doors = _doors(every, names)
    for number, (ref, _, _, one) in enumerate(every, start=PLAYER + 1):
        if not isinstance(one, model.Item | model.Character):
            continue
        places = doors.get(number) or tuple(_place(one, place, names) for place in one.places)
        start = places[0] if places else NOTHING
        free = not one.fixed if isinstance(one, model.Item) else bool(one.moves)
        moves = free or start == PLAYER or changes.moves(ref.name, things)
        if moves and len(places) > 1:
            message = "only what never moves can be in several rooms"
            hint = "make it `fixed`, or choose one"
            complain(names.problems, Finding.BAD_VALUE, one.places[1].at, message, hint=hint)
        slot = names.slot(Slot(f"{ref.name}.at", SlotKind.PLACE, start)) if moves else -1
        names.space.add(number, slot, start, () if moves else places)
        if isinstance(one, model.Character):
            names.space.people.add(number)
        elif one.traits.container or one.traits.surface:
            stored = names.properties[number]["open"]
            nest = Nest(one.traits.surface, one.traits.transparent, stored.slot, bool(stored.value))
            names.space.nests[number] = nest


def _doors(every: tuple[Declared, ...], names: Names) -> dict[int, tuple[int, ...]]:
    """The rooms on both sides of each door, as exits name it."""
    found: dict[int, dict[int, None]] = {}
    for number, (_, _, _, one) in enumerate(every, start=PLAYER + 1):
        for way in one.exits if isinstance(one, model.Room) else ():
            if way.door is None:
                continue
            door = resolve(way.door, "item", names)
            other = names.symbols.get(way.to.name)
            sides = found.setdefault(door, {})
            sides[number] = None
            if other is not None and other.type.kind == "room":
                sides[other.number] = None
    return {door: tuple(sides) for door, sides in found.items()}


def _place(one: model.Item | model.Character, place: model.Ref, names: Names) -> int:
    if place.name == "nothing":
        return NOTHING
    if place.name == "player" and isinstance(one, model.Item):
        return PLAYER
    symbol = names.symbols.get(place.name)
    holder = symbol.type.kind if symbol is not None and symbol.what == "thing" else "room"
    if isinstance(one, model.Character) or holder not in BUILT_IN_KINDS:
        holder = "room"
    elif holder == "item" and symbol is not None and not _can_hold(symbol.number, names):
        message = f"nothing can be put into `{place.name}`"
        hint = "write `container: true` or `surface: true` where it is declared"
        complain(names.problems, Finding.WRONG_KIND, place.at, message, hint=hint)
    return resolve(place, holder, names)


def _can_hold(number: int, names: Names) -> bool:
    return any(names.properties[number][name].value for name in ("container", "surface"))


def _traits(ref: model.Ref, one: model.Item, names: Names) -> dict[str, Storage]:
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
