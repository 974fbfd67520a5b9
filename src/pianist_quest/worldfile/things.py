"""The shapes of things: rooms, items, characters, and those of an author's kinds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.diagnostics.codes import Code

from . import model
from .leaves import EXPRESSION, GUARD_FIELDS, PROSE, REF, SPEC_KEYS, VARIABLE, YES, guard_of, ref_at
from .nodes import Mapping, Node, Scalar, complain
from .scripts import CHOICES, SCRIPT, STEP_FIELDS, guarded_of, plain_step
from .shape import (
    NEARLY_FLAGS,
    SYNONYMS,
    Decoder,
    Entries,
    Field,
    Flag,
    ListOf,
    OneOf,
    Record,
    Text,
    Whole,
    mismatch,
    number_like,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from pianist_quest.diagnostics.diagnostic import Problems

_COMMAND: Final = re.compile(r"([a-z][a-z0-9_]*)(?:\s+([^\W_][\w'-]*))?")
WORD: Final = re.compile(r"[^\W_][\w'-]*")
"""A word that a player types."""


def _extra(fields: dict[str, Field[Any]]) -> Callable[[Scalar, Node, dict[str, Any], Problems], bool]:
    """What takes a thing's unknown keys as properties, where they can be some."""

    def take(key: Scalar, node: Node, values: dict[str, Any], problems: Problems) -> bool:
        if isinstance(node, Mapping):
            keys = {name.value for name, _ in node.pairs}
            if not keys or not keys <= SPEC_KEYS:
                return False
        elif not isinstance(node, Scalar):
            return False
        if SYNONYMS.get(key.value, "") in fields or " " in key.value:
            return False
        name, value = ref_at(key, problems, "a property's name"), VARIABLE.decode(node, problems)
        if name is not None and value is not None:
            values.setdefault("values", []).append((name, value))
        else:
            problems.lost.add(key.value)
        return True

    return take


def named(section: tuple[tuple[Scalar, Any], ...] | None, problems: Problems) -> tuple[tuple[model.Ref, Any], ...]:
    """Return a section with its names as references."""
    return tuple([(ref, value) for key, value in section or () if (ref := ref_at(key, problems)) is not None])


def _thing(values: dict[str, Any], node: Mapping, problems: Problems) -> model.Thing:
    actions = named(values["actions"], problems)
    given = tuple(values.get("values", ()))
    return model.Thing(values["name"] or "", values["aka"] or (), given, actions, node, hooks_of(values))


def hooks_of(values: dict[str, Any]) -> model.Hooks:
    """Return the hooks among decoded keys."""
    instead, before, after = values.get("instead"), values.get("before"), values.get("after")
    if not (instead or before or after):
        return model.NO_HOOKS
    return model.Hooks(instead or (), before or (), after or ())


def _command(node: Node, problems: Problems) -> model.Command | None:
    match = _COMMAND.fullmatch(node.value.strip()) if isinstance(node, Scalar) else None
    if match is None or not isinstance(node, Scalar):
        mismatch(node, "a verb, or a verb and an exit or thing", problems, "write `take`, `go north` or `take lamp`")
        return None
    return model.Command(match[1], match[2] or "", node)


def _hook(values: dict[str, Any], node: Mapping, _: Problems) -> model.Hook:
    return model.Hook(values["on"] or (), values["except"] or (), guarded_of(values, node))


def _is_word(key: Scalar, problems: Problems) -> bool:
    if WORD.fullmatch(key.value):
        return True
    hint = "an exit is one word, such as north, up or kitchen"
    complain(problems, Code.BAD_NAME, key, f"`{key.value}` is not one word", hint=hint)
    return False


def _exits(section: tuple[tuple[Scalar, Any], ...] | None, problems: Problems) -> tuple[model.Exit, ...]:
    found = []
    for key, one in section or ():
        if not _is_word(key, problems):
            continue
        to, guard, otherwise, text, door = one
        found.append(model.Exit(model.Ref(key.value.lower(), key), to, guard, otherwise, text, door))
    return tuple(found)


def _exit(values: dict[str, Any], node: Mapping, problems: Problems) -> tuple[Any, ...]:
    if values["otherwise"] and not values["if"]:
        complain(
            problems, Code.BAD_RULE, node, "`otherwise` needs an `if`: it is what is said where that does not hold"
        )
    return values["to"], guard_of(values), values["otherwise"], values["text"], values["door"]


def _short_exit(node: Node, problems: Problems) -> tuple[Any, ...] | None:
    to = REF.decode(node, problems)
    return None if to is None else (to, model.NO_GUARD, (), (), None)


def _room(values: dict[str, Any], node: Mapping, problems: Problems) -> model.Room:
    return model.Room(
        thing=_thing(values, node, problems), text=values["text"], again=values["again"],
        exits=_exits(values["exits"], problems), choices=values["choices"] or (), enter=values["enter"],
        leave=values["leave"], known=bool(values["known"]), dark=values["dark"], dark_text=values["dark_text"],
        hints=values["hints"] or (),
    )  # fmt: skip


def _hint(values: dict[str, Any], node: Mapping, problems: Problems) -> model.Hint | None:
    step = guarded_of({**values, "ask": None}, node)
    if not step.then:
        place = node.pairs[0][0] if node.pairs else node
        complain(problems, Code.EMPTY_SCRIPT, place, "this hint says nothing", hint="write `text: ...`")
        return None
    return model.Hint(values["after"], values["ask"], step)


def _plain_hint(node: Node, problems: Problems) -> model.Hint | None:
    step = plain_step(node, problems)
    return None if step is None else model.Hint(0, None, step)


def _item(values: dict[str, Any], node: Mapping, problems: Problems) -> model.Item:
    fixed, refusal = values["fixed"] or (False, ())
    return model.Item(
        thing=_thing(values, node, problems), text=values["text"], here=values["here"], places=values["at"] or (),
        traits=_traits(values, node, problems), fixed=fixed or bool(values["door"]), refusal=refusal,
        listed=values["listed"],
    )  # fmt: skip


def _traits(values: dict[str, Any], node: Mapping, problems: Problems) -> model.Traits:
    flags = {name: bool(values[name]) for name in ("container", "surface", "transparent", "door", "worn", "plural")}
    if flags["container"] and flags["surface"]:
        message = "an item is a container or a surface, not both"
        hint = "make the surface an item of its own, inside or on top"
        complain(problems, Code.BAD_VALUE, node, message, hint=hint)
    return model.Traits(
        **flags, wearable=bool(values["wearable"] or flags["worn"]), open=values["open"], locked=values["locked"],
        key=values["key"], light=values["light"], weight=values["weight"] if values["weight"] is not None else 1,
    )  # fmt: skip


def _fixed(node: Node, problems: Problems) -> tuple[bool, model.Script] | None:
    if isinstance(node, Scalar) and node.value in ("true", "false") and not node.style:
        return node.value == "true", ()
    if isinstance(node, Scalar) and not node.style and (number_like(node) or node.value.lower() in NEARLY_FLAGS):
        mismatch(node, "`true`, or what is said when it cannot be taken", problems, "flags are `true` and `false`")
        return None
    script = SCRIPT.decode(node, problems)
    return None if script is None else (True, script)


def _character(values: dict[str, Any], node: Mapping, problems: Problems) -> model.Character:
    return model.Character(
        thing=_thing(values, node, problems), text=values["text"], here=values["here"], places=values["at"] or (),
        listed=values["listed"], talk=values["talk"], topics=values["topics"] or (),
        silent=values["silent"], moves=values["moves"] or (), arrives=values["arrives"], leaves=values["leaves"],
    )  # fmt: skip


def _move(values: dict[str, Any], node: Mapping, problems: Problems) -> model.Move | None:
    ways = [name for name in ("follow", "wander", "to") if values[name]]
    if len(ways) != 1:
        message = "a move needs one of `follow`, `wander` and `to`"
        hint = "`follow: true`, `wander: [hall, yard]` or `to: hall`"
        complain(problems, Code.BAD_RULE, node.pairs[0][0] if node.pairs else node, message, hint=hint)
        return None
    wander = values["wander"] or ()
    return model.Move(guard_of(values), bool(values["follow"]), wander, values["to"], values["every"], node)


_COMMANDS: Final = ListOf(Decoder(_command, {"type": "string"}), single=True)
_HOOKS: Final = ListOf(
    Record(
        "a hook",
        {
            "on": Field(_COMMANDS, (), about="the verbs it is for; without it, all"),
            "except": Field(_COMMANDS, (), about="the verbs it is not for"),
            **STEP_FIELDS,
        },
        _hook,
    )
)
HOOK_FIELDS: Final[dict[str, Field[Any]]] = {
    "instead": Field(_HOOKS, (), about="the first that holds takes the place of what the player does"),
    "before": Field(_HOOKS, (), about="done before what the player does"),
    "after": Field(_HOOKS, (), about="done after it"),
}
THING_FIELDS: Final[dict[str, Field[Any]]] = {
    "name": Field(Text(), required=True, about="what the player reads"),
    "aka": Field(ListOf(Text(), single=True), (), about="further names a player can type"),
    "actions": Field(Entries(SCRIPT, "verbs and scripts", ref_at), (), about="what a verb of the world's does here"),
}
_SEEN: Final[dict[str, Field[Any]]] = {
    **THING_FIELDS,
    **HOOK_FIELDS,
    "text": Field(SCRIPT, (), about="what looking closely shows"),
    "here": Field(SCRIPT, (), about="its line in the room's text"),
    "at": Field(ListOf(REF, single=True), (), about="where it is at first; a fixed item can be in several rooms"),
    "listed": Field(Flag(), about="whether the room's text mentions it"),
}
_EXIT: Final = OneOf(
    "a room, or keys and values",
    scalar=Decoder(_short_exit, {"type": "string"}),
    record=Record(
        "an exit",
        {
            "to": Field(REF, required=True, about="the room it leads to"),
            **GUARD_FIELDS,
            "otherwise": Field(SCRIPT, (), about="what is said where it is not open"),
            "text": Field(SCRIPT, (), about="what is said on the way"),
            "door": Field(REF, about="the door it leads through"),
        },
        _exit,
    ),
)
_HINT: Final = Record(
    "a hint",
    {
        **STEP_FIELDS,
        "after": Field(Whole(0, 1_000_000), 0, about="how many turns after the player has come here"),
        "ask": Field(PROSE, about="a question asked before it is given, of its cost for example"),
    },
    _hint,
)
_HINT_OR_TEXT: Final = OneOf[model.Hint](
    "a text or a hint", scalar=Decoder(_plain_hint, {"type": ["string", "number", "boolean"]}), record=_HINT
)
ROOM_FIELDS: Final[dict[str, Field[Any]]] = {
    **THING_FIELDS,
    **HOOK_FIELDS,
    "text": Field(SCRIPT, (), about="what the player sees"),
    "again": Field(SCRIPT, (), about="shown instead on coming back"),
    "exits": Field(Entries(_EXIT, "words and rooms", _is_word), (), about="the ways out"),
    "choices": Field(CHOICES, (), about="offered while the player is here"),
    "enter": Field(SCRIPT, (), about="a script on arriving"),
    "leave": Field(SCRIPT, (), about="a script on leaving"),
    "known": Field(Flag(), about="whether the player knows it before having been there"),
    "dark": Field(EXPRESSION, about="when it is dark; a light in reach helps"),
    "dark_text": Field(SCRIPT, (), about="shown in the dark instead of the text"),
    "hints": Field(ListOf(_HINT_OR_TEXT), (), about="what HINT says here, one after another"),
}
ITEM_FIELDS: Final[dict[str, Field[Any]]] = {
    **_SEEN,
    "fixed": Field(Decoder(_fixed, {}), about="true, or what is said when it cannot be taken"),
    "container": Field(YES, about="things can be put in it"),
    "surface": Field(YES, about="things can be put on it"),
    "transparent": Field(YES, about="what is in it is seen while it is shut"),
    "open": Field(Flag(), about="whether it is open at first; says that it can be opened and shut"),
    "locked": Field(Flag(), about="whether it is locked at first; says that it can be locked"),
    "key": Field(REF, about="the item that locks and unlocks it"),
    "door": Field(YES, about="it is a door: exits name it"),
    "wearable": Field(YES, about="it can be worn"),
    "worn": Field(YES, about="the player wears it at first"),
    "light": Field(EXPRESSION, about="true, or when it gives light"),
    "plural": Field(YES, about="its name is a plural: some matches"),
    "weight": Field(Whole(0, 1_000_000), about="how much of what can be carried it takes; 1 unless said"),
}
_MOVE: Final = Record(
    "a move",
    {
        **GUARD_FIELDS,
        "follow": Field(YES, about="to where the player is"),
        "wander": Field(ListOf(REF), (), about="from one of these rooms to the next, by their exits"),
        "to": Field(REF, about="to this room"),
        "every": Field(Whole(1, 1000), 1, about="once in so many turns, on average"),
    },
    _move,
)
CHARACTER_FIELDS: Final[dict[str, Field[Any]]] = {
    **_SEEN,
    "moves": Field(ListOf(_MOVE), (), about="how they move by themselves: the first that holds, each turn"),
    "arrives": Field(SCRIPT, (), about="said when they come to where the player is"),
    "leaves": Field(SCRIPT, (), about="said when they go from where the player is"),
    "talk": Field(SCRIPT, (), about="said first when they are spoken to"),
    "topics": Field(CHOICES, (), about="what they can be asked"),
    "silent": Field(SCRIPT, (), about="said when there is no topic left"),
}
THINGS: Final = Entries(
    Record("a thing", THING_FIELDS, _thing, _extra(THING_FIELDS), lenient=True), "names and things", ref_at
)

ROOMS: Final = Entries(
    Record("a room", ROOM_FIELDS, _room, _extra(ROOM_FIELDS), lenient=True), "names and rooms", ref_at
)
ITEMS: Final = Entries(
    Record("an item", ITEM_FIELDS, _item, _extra(ITEM_FIELDS), lenient=True), "names and items", ref_at
)
CHARACTERS: Final = Entries(
    Record("a character", CHARACTER_FIELDS, _character, _extra(CHARACTER_FIELDS), lenient=True),
    "names and characters",
    ref_at,
)
FIELDS_OF: Final = {"room": ROOM_FIELDS, "item": ITEM_FIELDS, "character": CHARACTER_FIELDS}
"""The keys that a thing of each built-in kind has; a thing of an author's kind has `THING_FIELDS`."""
