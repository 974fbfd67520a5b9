"""The shape of every world file: its header and its sections."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.diagnostics.codes import Code
from pianist_quest.diagnostics.diagnostic import did_you_mean

from . import model
from .leaves import (
    EXPRESSION,
    GUARD_FIELDS,
    PROPERTY,
    PROSE,
    REF,
    SPEC_KEYS,
    VARIABLE,
    YES,
    guard_of,
    ref_at,
)
from .nodes import Gap, Mapping, Node, Scalar, complain
from .scripts import CHOICES, GUARDED, SCRIPT, STEP_FIELDS, guarded_of
from .shape import SYNONYMS, Decoder, Entries, Field, Flag, ListOf, OneOf, Record, Shape, Text, Whole, mismatch
from .templates import SIGNATURE

if TYPE_CHECKING:
    from collections.abc import Callable

    from pianist_quest.diagnostics.diagnostic import Problems

FORMAT: Final = 1
"""The version of the language."""
_COMMAND: Final = re.compile(r"([a-z][a-z0-9_]*)(?:\s+([^\W_][\w'-]*))?")
_WORD: Final = re.compile(r"[^\W_][\w'-]*")
_HOLE: Final = re.compile(r"\{\s*([a-z][a-z0-9_]*)\s*(?::\s*([a-z][a-z0-9_]*)\s*)?\}")


# Things


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


def _named(section: tuple[tuple[Scalar, Any], ...] | None, problems: Problems) -> tuple[tuple[model.Ref, Any], ...]:
    refs = ((ref_at(key, problems), value) for key, value in section or ())
    return tuple((ref, value) for ref, value in refs if ref is not None)


def _thing(values: dict[str, Any], node: Mapping, problems: Problems) -> model.Thing:
    actions = _named(values["actions"], problems)
    given = tuple(values.get("values", ()))
    return model.Thing(values["name"] or "", values["aka"] or (), given, actions, node, _hooks_of(values))


def _hooks_of(values: dict[str, Any]) -> model.Hooks:
    return model.Hooks(*(values.get(name) or () for name in ("instead", "before", "after")))


def _command(node: Node, problems: Problems) -> model.Command | None:
    match = _COMMAND.fullmatch(node.value.strip()) if isinstance(node, Scalar) else None
    if match is None or not isinstance(node, Scalar):
        mismatch(node, "a verb, or a verb and an exit or thing", problems, "write `take`, `go north` or `take lamp`")
        return None
    return model.Command(match[1], match[2] or "", node)


def _hook(values: dict[str, Any], node: Mapping, _: Problems) -> model.Hook:
    return model.Hook(values["on"] or (), values["except"] or (), guarded_of(values, node))


def _is_word(key: Scalar, problems: Problems) -> bool:
    if _WORD.fullmatch(key.value):
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
    return None if to is None else (to, model.Guard(), (), (), None)


def _room(values: dict[str, Any], node: Mapping, problems: Problems) -> model.Room:
    return model.Room(
        thing=_thing(values, node, problems), text=values["text"], again=values["again"],
        exits=_exits(values["exits"], problems), choices=values["choices"] or (), enter=values["enter"],
        leave=values["leave"], known=bool(values["known"]), dark=values["dark"], dark_text=values["dark_text"],
    )  # fmt: skip


def _item(values: dict[str, Any], node: Mapping, problems: Problems) -> model.Item:
    fixed, refusal = values["fixed"] or (False, ())
    return model.Item(
        thing=_thing(values, node, problems), text=values["text"], here=values["here"], places=values["at"] or (),
        traits=_traits(values, node, problems), fixed=fixed or bool(values["door"]), refusal=refusal,
        listed=values["listed"],
    )  # fmt: skip


def _traits(values: dict[str, Any], node: Mapping, problems: Problems) -> model.Traits:
    flags = {name: bool(values[name]) for name in ("container", "surface", "transparent", "door", "worn")}
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
_THING: Final[dict[str, Field[Any]]] = {
    "name": Field(Text(), required=True, about="what the player reads"),
    "aka": Field(ListOf(Text(), single=True), (), about="further names a player can type"),
    "actions": Field(Entries(SCRIPT, "verbs and scripts", ref_at), (), about="what a verb of the world's does here"),
}
_SEEN: Final[dict[str, Field[Any]]] = {
    **_THING,
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
_ROOM_FIELDS: Final[dict[str, Field[Any]]] = {
    **_THING,
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
}
_ITEM_FIELDS: Final[dict[str, Field[Any]]] = {
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
_CHARACTER_FIELDS: Final[dict[str, Field[Any]]] = {
    **_SEEN,
    "moves": Field(ListOf(_MOVE), (), about="how they move by themselves: the first that holds, each turn"),
    "arrives": Field(SCRIPT, (), about="said when they come to where the player is"),
    "leaves": Field(SCRIPT, (), about="said when they go from where the player is"),
    "talk": Field(SCRIPT, (), about="said first when they are spoken to"),
    "topics": Field(CHOICES, (), about="what they can be asked"),
    "silent": Field(SCRIPT, (), about="said when there is no topic left"),
}
_THINGS: Final = Entries(Record("a thing", _THING, _thing, _extra(_THING), lenient=True), "names and things", ref_at)


# Kinds, verbs, rules and the rest


def _take_property(key: Scalar, node: Node, values: dict[str, Any], problems: Problems) -> bool:
    name, value = ref_at(key, problems, "a property's name"), PROPERTY.decode(node, problems)
    if name is not None and value is not None:
        values.setdefault("values", []).append((name, value))
    return True


def _kind(values: dict[str, Any], node: Mapping, _: Problems) -> model.Kind:
    plural = values["plural"].name if values["plural"] else ""
    return model.Kind(plural, tuple(values.get("values", ())), node)


def _phrase(node: Node, problems: Problems) -> model.Phrase | None:
    if not isinstance(node, Scalar):
        mismatch(node, "a phrase", problems, "a phrase with a brace in it must be put in quotes")
        return None
    parts: list[str | tuple[str, str]] = []
    for piece in re.findall(r"\{[^}]*\}?|[^\s{}]+|\}", node.value):
        hole = _HOLE.fullmatch(piece)
        if hole:
            parts.append((hole[1], hole[2] or hole[1]))
        elif _WORD.fullmatch(piece):
            parts.append(piece.lower())
        else:
            where = node.value.index(piece)
            hint = 'a phrase is words and places for things: "hang {item} on {hook:item}"'
            part = (where, where + len(piece))
            complain(problems, Code.BAD_PHRASE, node, f"`{piece}` cannot stand in a phrase", part=part, hint=hint)
            return None
    if not parts or not isinstance(parts[0], str):
        complain(problems, Code.BAD_PHRASE, node, "a phrase begins with a word", hint="begin with the verb")
        return None
    return model.Phrase(tuple(parts), node)


def _verb(values: dict[str, Any], node: Mapping, _: Problems) -> model.Verb:
    free = bool(values["free"])
    return model.Verb(values["phrases"] or (), values["rules"] or (), values["otherwise"], free, node)


def _rule(values: dict[str, Any], node: Mapping, problems: Problems) -> model.Rule | None:
    if values["when"] is None and node.get("when") is not None:
        return None  # what is wrong with it has been told
    if bool(values["each_turn"]) == (values["when"] is not None):
        hint = "`each_turn: true` is done every turn; `when: ...` when it becomes true"
        message = "a rule needs `each_turn` or `when`, one of the two"
        complain(problems, Code.BAD_RULE, node.pairs[0][0] if node.pairs else node, message, hint=hint)
        return None
    return model.Rule(bool(values["each_turn"]), values["when"], guarded_of(values, node))


def _ending(values: dict[str, Any], _: Mapping, __: Problems) -> model.Ending:
    return model.Ending(values["name"] or "", values["rank"] or 0, values["text"])


def _meter(values: dict[str, Any], _: Mapping, __: Problems) -> model.Meter:
    return model.Meter(values["meter"], values["of"], values["label"] or "")


_KIND: Final = Record("a kind", {"plural": Field(REF, about="its section's name")}, _kind, _take_property)
_VERB: Final = Record(
    "a verb",
    {
        "phrases": Field(
            ListOf(Decoder(_phrase, {"type": "string"}), single=True), (), about="the forms a player types"
        ),
        "rules": Field(ListOf(GUARDED), (), about="steps, the first that holds is done"),
        "otherwise": Field(SCRIPT, (), about="what is said where no rule holds"),
        "free": Field(YES, about="it takes no time"),
    },
    _verb,
    lenient=True,
)
_RULE: Final = Record(
    "a rule",
    {
        "each_turn": Field(YES, about="it is done each turn"),
        "when": Field(EXPRESSION, about="it is done when this becomes true"),
        **STEP_FIELDS,
    },
    _rule,
)
_ENDING: Final = Record(
    "an ending",
    {
        "name": Field(Text(), required=True, about="what the player reads"),
        "rank": Field(Whole(1, 1000), about="1 is the highest"),
        "text": Field(SCRIPT, (), about="how the story ends"),
    },
    _ending,
    lenient=True,
)


def _score(values: dict[str, Any], node: Mapping, _: Problems) -> model.Score:
    ranks = sorted(values["ranks"] or (), reverse=True)
    return model.Score(values["of"], tuple(ranks), node)


_RANK: Final = Record(
    "a rank",
    {
        "at": Field(Whole(0), required=True, about="how many points it takes"),
        "name": Field(Text(), required=True, about="what the player is called"),
    },
    lambda values, _, __: (values["at"], values["name"]),
)
_SCORE: Final = Record(
    "a score",
    {
        "of": Field(Whole(1, 1_000_000), required=True, about="the greatest score"),
        "ranks": Field(ListOf(_RANK), (), about="what scores are called"),
    },
    _score,
)
_STATUS: Final = OneOf[Any](
    "a text or a meter",
    scalar=PROSE,
    record=Record(
        "a meter",
        {
            "meter": Field(EXPRESSION, required=True, about="the number it shows"),
            "of": Field(Whole(1, 1000), required=True, about="its greatest value"),
            "label": Field(Text(), about="its name"),
        },
        _meter,
    ),
)


Parameters = tuple[tuple[str, str], ...]


def signature(key: Scalar, problems: Problems, what: str) -> tuple[model.Ref, Parameters] | None:
    """Return the name and parameters that a key such as `margin(piece, ok:flag)` declares."""
    match = SIGNATURE.fullmatch(key.value)
    parts = [part.strip() for part in (match[2] or "").split(",") if part.strip()] if match else []
    pairs = [re.fullmatch(r"([a-z][a-z0-9_]*)(?:\s*:\s*([a-z][a-z0-9_]*))?", part) for part in parts]
    names = [pair[1] for pair in pairs if pair]
    if not match or None in pairs or len(set(names)) < len(names):
        hint = "write `margin(piece, skill, sure:flag)`, each parameter once, in lower-case letters"
        complain(problems, Code.BAD_NAME, key, f"`{key.value}` is no {what}'s name", hint=hint)
        return None
    return model.Ref(match[1], key), tuple((pair[1], pair[2] or "") for pair in pairs if pair)


def _signed(
    section: tuple[tuple[Scalar, Any], ...] | None,
    problems: Problems,
    what: str,
    make: Callable[[Parameters, Any], Any],
) -> tuple[tuple[model.Ref, Any], ...]:
    found = ((signature(key, problems, what), value) for key, value in section or ())
    return tuple((signed[0], make(signed[1], value)) for signed, value in found if signed)


def _storylet(values: dict[str, Any], node: Mapping, problems: Problems) -> model.Storylet | None:
    if not values["tags"]:
        complain(problems, Code.MISSING_KEY, node.pairs[0][0] if node.pairs else node, "a storylet needs `tags`")
        return None
    return model.Storylet(values["tags"], values["priority"], values["weight"], guarded_of(values, node))


_STORYLET: Final = Record(
    "a storylet",
    {
        "tags": Field(ListOf(REF, single=True), (), about="the names it is drawn by"),
        "priority": Field(Whole(-1000, 1000), 0, about="only those of the highest are drawn from"),
        "weight": Field(Whole(1, 1_000_000), 1, about="how likely it is among those"),
        **STEP_FIELDS,
    },
    _storylet,
)


SECTIONS: Final[dict[str, Shape[Any]]] = {
    "variables": Entries(VARIABLE, "names and values", ref_at),
    "kinds": Entries(_KIND, "names and properties", ref_at),
    "rooms": Entries(
        Record("a room", _ROOM_FIELDS, _room, _extra(_ROOM_FIELDS), lenient=True), "names and rooms", ref_at
    ),
    "items": Entries(
        Record("an item", _ITEM_FIELDS, _item, _extra(_ITEM_FIELDS), lenient=True), "names and items", ref_at
    ),
    "characters": Entries(
        Record("a character", _CHARACTER_FIELDS, _character, _extra(_CHARACTER_FIELDS), lenient=True),
        "names and characters",
        ref_at,
    ),
    "scenes": Entries(SCRIPT, "names and scripts"),
    "storylets": Entries(_STORYLET, "names and storylets", ref_at),
    "formulas": Entries(EXPRESSION, "names and expressions"),
    "verbs": Entries(_VERB, "names and verbs", ref_at),
    "rules": Entries(_RULE, "names and rules", ref_at),
    "endings": Entries(_ENDING, "names and endings", ref_at),
}
HEADER: Final[dict[str, Field[Any]]] = {
    "format": Field(Whole(), required=True, about="write `format: 1`"),
    "title": Field(Text(), required=True, about="write `title: ...`, the name of the world"),
    "author": Field(Text(), about="who wrote it"),
    "language": Field(Text(), about="the language it is written in, such as `en`"),
    "about": Field(PROSE, about="a sentence for the title page"),
    "start": Field(REF, required=True, about="write `start: ...`, a room or a scene"),
    "status": Field(ListOf(_STATUS), (), about="what the status line shows"),
    "score": Field(_SCORE, about="the greatest score, and the ranks it earns"),
    "carry": Field(Whole(1, 1_000_000_000), about="how much can be carried: the sum of the weights"),
}
TEMPLATES: Final = "templates"
FIELDS_OF: Final = {"room": _ROOM_FIELDS, "item": _ITEM_FIELDS, "character": _CHARACTER_FIELDS}
"""The keys that a thing of each built-in kind has; a thing of an author's kind has `THING_FIELDS`."""
THING_FIELDS: Final = _THING


def _take_things(key: Scalar, node: Node, values: dict[str, Any], problems: Problems) -> bool:
    """An unknown section holds a kind's things, unless its name is nearly that of a known one."""
    known = (*HEADER, *SECTIONS, TEMPLATES)
    kinds = values.get("kinds") or ()
    plurals = {kind.plural or f"{name.value}s" for name, kind in kinds}
    if key.value not in plurals and (SYNONYMS.get(key.value) in known or did_you_mean(key.value, known)):
        return False
    if not isinstance(node, Mapping):
        return False
    things = _THINGS.decode(node, problems)
    values.setdefault("things", []).append((key, _named(things, problems)))
    return True


def _world(values: dict[str, Any], node: Mapping, problems: Problems) -> model.World | None:
    if values["format"] not in (FORMAT, None):
        place = node.get("format") or node
        message = f"this world is in format {values['format']}; this program reads format {FORMAT}"
        complain(problems, Code.FORMAT_VERSION, place, message, hint=f"write `format: {FORMAT}`")
    header = model.Header(
        values["title"] or "", values["author"] or "", values["language"] or "en", values["about"],
        values["start"] or model.Ref("start", Gap(node)), values["status"] or (), values["score"],
        values["carry"] or 0,
    )  # fmt: skip
    signed = {
        "formulas": _signed(values["formulas"], problems, "formula", model.Formula),
        "scenes": _signed(values["scenes"], problems, "scene", model.Scene),
    }
    things = tuple((model.Ref(key.value, key), section) for key, section in values.get("things", ()))
    sections = {name: _named(values[name], problems) for name in SECTIONS if name not in signed}
    hooks = _hooks_of(values)
    return model.World(key="", fingerprint="", header=header, things=things, hooks=hooks, **signed, **sections)


WORLD: Final[Record[model.World]] = Record(
    "a world",
    {
        **HEADER,
        **HOOK_FIELDS,
        **{name: Field(shape, (), about=f"the world's {name}") for name, shape in SECTIONS.items()},
    },
    _world,
    _take_things,
    lenient=True,
    elsewhere=(TEMPLATES,),
)
