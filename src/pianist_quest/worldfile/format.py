"""The shape of every world file: its header and its sections."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.diagnostics.codes import Code
from pianist_quest.diagnostics.diagnostic import did_you_mean

from . import model
from .leaves import (
    EXPRESSION,
    PROPERTY,
    PROSE,
    REF,
    TUNE,
    VARIABLE,
    YES,
    ref_at,
)
from .nodes import Gap, Mapping, Node, Scalar, complain
from .scripts import GUARDED, SCRIPT, STEP_FIELDS, guarded_of
from .shape import SYNONYMS, Decoder, Entries, Field, Flag, ListOf, OneOf, Record, Shape, Text, Whole, mismatch
from .templates import SIGNATURE
from .things import CHARACTERS, HOOK_FIELDS, ITEMS, ROOMS, THINGS, WORD, hooks_of, named

if TYPE_CHECKING:
    from collections.abc import Callable

    from pianist_quest.diagnostics.diagnostic import Problems

FORMAT: Final = 1
"""The version of the language."""
_HOLE: Final = re.compile(r"\{\s*([a-z][a-z0-9_]*)\s*(?::\s*([a-z][a-z0-9_]*)\s*)?\}")


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
        elif WORD.fullmatch(piece):
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
    aside = bool(values["aside"])
    return model.Verb(values["phrases"] or (), values["rules"] or (), values["otherwise"], free, node, aside=aside)


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
    return model.Ending(values["name"] or "", values["rank"] or 0, values["text"], bool(values["lost"]))


def _award(values: dict[str, Any], node: Mapping, _: Problems) -> model.Award:
    return model.Award(values["name"] or "", values["text"], values["when"], bool(values["hidden"]), node)


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
        "aside": Field(YES, about="it can be done while choices wait as well"),
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
        "lost": Field(YES, about="it is no success: the player has lost"),
        "text": Field(SCRIPT, (), about="how the story ends"),
    },
    _ending,
    lenient=True,
)


_MARK: Final = Record(
    "a mark",
    {
        "name": Field(Text(), required=True, about="what the player reads"),
        "text": Field(PROSE, about="what it is for, shown when it is earned"),
        "when": Field(EXPRESSION, about="it is earned when this is true; else by a step `mark: name`"),
        "hidden": Field(YES, about="it is not listed before it is earned"),
    },
    _award,
    lenient=True,
)


def _music(values: dict[str, Any], _: Mapping, __: Problems) -> model.Music:
    return model.Music(values["title"] or values["abc"].title, values["abc"])


def _bare_music(node: Node, problems: Problems) -> model.Music | None:
    tune = TUNE.decode(node, problems)
    return None if tune is None else model.Music(tune.title, tune)


def _score(values: dict[str, Any], node: Mapping, _: Problems) -> model.Score:
    ranks = sorted(values["ranks"] or (), reverse=True)
    return model.Score(values["of"], tuple(ranks), node, announce=values["announce"] is not False)


_RANK: Final = Record(
    "a rank",
    {
        "at": Field(Whole(0), required=True, about="how many points it takes"),
        "name": Field(Text(), required=True, about="what the player is called"),
    },
    lambda values, _, __: (values["at"], values["name"]),
)
_MUSIC: Final = OneOf[model.Music](
    "a tune in ABC notation, or keys and values",
    scalar=Decoder(_bare_music, {"type": "string"}),
    record=Record(
        "music",
        {
            "title": Field(Text(), about="what it is called; else what its line `T:` says"),
            "abc": Field(TUNE, required=True, about="the tune in ABC notation, as a block after `|`"),
        },
        _music,
    ),
)


_SCORE: Final = Record(
    "a score",
    {
        "of": Field(Whole(1, 1_000_000), required=True, about="the greatest score"),
        "ranks": Field(ListOf(_RANK), (), about="what scores are called"),
        "announce": Field(Flag(), about="false, and a change of the score is not told"),
    },
    _score,
)


def _promises(values: dict[str, Any], _: Mapping, problems: Problems) -> model.Promises:
    return model.Promises(named(values["always"], problems), named(values["sometimes"], problems))


_PROMISES: Final = Record(
    "promises",
    {
        "always": Field(Entries(EXPRESSION, "names and expressions", ref_at), (), about="what always holds"),
        "sometimes": Field(Entries(EXPRESSION, "names and expressions", ref_at), (), about="what sometimes holds"),
    },
    _promises,
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
    "rooms": ROOMS,
    "items": ITEMS,
    "characters": CHARACTERS,
    "scenes": Entries(SCRIPT, "names and scripts"),
    "storylets": Entries(_STORYLET, "names and storylets", ref_at),
    "formulas": Entries(EXPRESSION, "names and expressions"),
    "verbs": Entries(_VERB, "names and verbs", ref_at),
    "rules": Entries(_RULE, "names and rules", ref_at),
    "endings": Entries(_ENDING, "names and endings", ref_at),
    "marks": Entries(_MARK, "names and marks", ref_at),
    "music": Entries(_MUSIC, "names and tunes", ref_at),
}
HEADER: Final[dict[str, Field[Any]]] = {
    "format": Field(Whole(), required=True, about="write `format: 1`"),
    "title": Field(Text(), required=True, about="write `title: ...`, the name of the world"),
    "author": Field(Text(), about="who wrote it"),
    "language": Field(Text(), about="the language it is written in, such as `en`"),
    "about": Field(PROSE, about="a sentence for the title page"),
    "content_note": Field(PROSE, about="what somebody may not want to read unprepared"),
    "credits": Field(PROSE, about="whose work it is, and whom it thanks"),
    "start": Field(REF, required=True, about="write `start: ...`, a room or a scene"),
    "status": Field(ListOf(_STATUS), (), about="what the status line shows"),
    "score": Field(_SCORE, about="the greatest score, and the ranks it earns"),
    "hints": Field(YES, about="HINT looks for the way on, where a room has no hints of its own"),
    "promises": Field(_PROMISES, about="what `explore` is to prove"),
    "renamed": Field(
        Entries(REF, "old names and new ones", ref_at), (), about="what older saved games know by another name"
    ),
    "carry": Field(Whole(1, 1_000_000_000), about="how much can be carried: the sum of the weights"),
}
TEMPLATES: Final = "templates"


def _take_things(key: Scalar, node: Node, values: dict[str, Any], problems: Problems) -> bool:
    """An unknown section holds a kind's things, unless its name is nearly that of a known one."""
    known = (*HEADER, *SECTIONS, TEMPLATES)
    kinds = values.get("kinds") or ()
    plurals = {kind.plural or f"{name.value}s" for name, kind in kinds}
    if key.value not in plurals and (SYNONYMS.get(key.value) in known or did_you_mean(key.value, known)):
        return False
    if not isinstance(node, Mapping):
        return False
    things = THINGS.decode(node, problems)
    values.setdefault("things", []).append((key, named(things, problems)))
    return True


def _world(values: dict[str, Any], node: Mapping, problems: Problems) -> model.World | None:
    if values["format"] not in (FORMAT, None):
        place = node.get("format") or node
        message = f"this world is in format {values['format']}; this program reads format {FORMAT}"
        complain(problems, Code.FORMAT_VERSION, place, message, hint=f"write `format: {FORMAT}`")
    header = model.Header(
        values["title"] or "", values["author"] or "", values["language"] or "en", values["about"],
        values["start"] or model.Ref("start", Gap(node)), values["status"] or (), values["score"],
        values["promises"] or model.Promises((), ()), values["carry"] or 0, bool(values["hints"]),
        named(values["renamed"], problems), values["content_note"], values["credits"],
    )  # fmt: skip
    signed = {
        "formulas": _signed(values["formulas"], problems, "formula", model.Formula),
        "scenes": _signed(values["scenes"], problems, "scene", model.Scene),
    }
    things = tuple((model.Ref(key.value, key), section) for key, section in values.get("things", ()))
    sections = {name: named(values[name], problems) for name in SECTIONS if name not in signed}
    hooks = hooks_of(values)
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
