"""The first pass over a world: every name, kind, property and slot, before any script is read."""

from __future__ import annotations

from enum import Enum
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.diagnostics.codes import Code as Finding
from pianist_quest.diagnostics.diagnostic import did_you_mean
from pianist_quest.worldfile import model
from pianist_quest.worldfile.nodes import complain
from pianist_quest.worldfile.things import FIELDS_OF, THING_FIELDS

from .names import Label, Names, Symbol
from .placing import locate
from .properties import Changes, declare_score, declare_variable, properties_of, traits_of
from .story import PLAYER, Slot, SlotKind
from .types import ANY_THING, BUILT_IN_KINDS, FLAG, NUMBER, UNKNOWN, Type, thing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pianist_quest.diagnostics.diagnostic import Problems


_PLAIN: Final = frozenset({
    "str", "int", "bool", "bool | None", "tuple[str, ...]", "tuple[tuple[str, str], ...]", "PickBy", "Ref",
    "Ref | None", "tuple[Ref, ...]", "Node", "Scalar", "Prose", "Prose | None", "Expression", "Expression | None",
    "Guard", "Target", "Traits", "Tune",
})  # fmt: skip
"""Types of fields in which there is no script."""


class _Parts(dict[type, "Callable[[Any], tuple[Any, ...]] | None"]):
    """What gets from one of a class of the model that in which there can be scripts; None for any other class."""

    def __missing__(self, kind: type) -> Callable[[Any], tuple[Any, ...]] | None:
        ours = kind.__module__ == model.__name__ and not issubclass(kind, Enum)
        types = kind.__annotations__ if ours else {}
        names = [name for name in types if name not in ("at", "library") and types[name] not in _PLAIN]
        one_of = (lambda one: (getattr(one, names[0]),)) if names else None
        self[kind] = found = attrgetter(*names) if len(names) > 1 else one_of
        return found


_PARTS: Final = _Parts()


def _effects_and_marks(world: model.World) -> tuple[list[model.Effect], list[model.Mark]]:
    """All effects and marks in a world's scripts; the marks in the order of the files."""
    effects: list[model.Effect] = []
    marks: list[model.Mark] = []
    ahead: list[Any] = [world]
    while ahead:
        one = ahead.pop()
        kind: Any = type(one)
        if kind is tuple:
            ahead += one
        elif kind is model.Effect:
            effects.append(one)
        elif kind is model.Mark:
            marks.append(one)
        elif (parts := _PARTS[kind]) is not None:
            ahead += filter(None, parts(one))
    return effects, sorted(marks, key=lambda mark: (mark.name.at.source.path, mark.name.at.start))


def declare(world: model.World, problems: Problems) -> Names:
    """Return the symbol table of a world; what is wrong with names has been reported."""
    names = Names(problems)
    _kinds(world, names)
    every = names.every = tuple(_things(world, names))
    nowhere = Label("")
    for number, (ref, kind, common, one) in enumerate(every, start=PLAYER + 1):
        names.declare(Symbol("thing", ref, thing(kind), number, label=nowhere))
        names.kind_of[number] = kind
        names.thing_names.append(common.name)
        if isinstance(one, model.Item) and one.traits.plural:
            names.plurals.add(number)
        if kind == "room":
            names.rooms[number] = Label(f"room {ref.name}")
    effects, marks = _effects_and_marks(world)
    _scripts(world, marks, names)
    if world.header.score is not None:
        declare_score(world.header.score, names)
    for ref, variable in world.variables:
        declare_variable(ref, variable, names)
    changes = names.changes = Changes(effects)
    for number, (ref, kind, common, one) in enumerate(every, start=PLAYER + 1):
        names.properties[number] = properties_of(ref, kind, common, names, changes)
        if isinstance(one, model.Item):
            names.properties[number].update(traits_of(ref, one, names))
    locate(every, names, changes)
    return names


def _scripts(world: model.World, marks: list[model.Mark], names: Names) -> None:
    """Declare what scripts are called, and the marks in them."""
    for ref, scene in world.scenes:
        _scene(ref, scene, names)
    for number, (ref, _) in enumerate(world.endings):
        names.declare(Symbol("ending", ref, number=number, label=Label(f"ending {ref.name}")))
    for number, (ref, _) in enumerate(world.marks):
        label = Label(f"mark {ref.name}")
        names.counted(label)
        names.declare(Symbol("award", ref, number=number, label=label))
    for ref, storylet in world.storylets:
        names.declare(Symbol("storylet", ref, label=Label(f"storylet {ref.name}")))
        for tag in storylet.tags:
            names.storylets.setdefault(tag.name, [])
    for ref, _ in world.formulas:
        names.declare(Symbol("formula", ref, UNKNOWN))
    names.music = {ref.name: one.title for ref, one in world.music}
    awards = {ref.name for ref, _ in world.marks}
    for mark in (one for one in marks if one.name.name not in awards):
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
    "marks",
    "music",
    "storylets",
    "formulas",
)
