"""A world's text as one page for proof-reading: all variants of all texts, with names and conditions."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.diagnostics.source import one_line, printable
from pianist_quest.story.music import in_words
from pianist_quest.worldfile import markup, model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pianist_quest.worldfile.model import World

_TAGS: Final = {markup.Toggle.EMPHASIS: "em", markup.Toggle.STRONG: "strong"}
_STYLE: Final = """
body{max-width:46em;margin:2em auto;padding:0 1em;font:17px/1.5 Georgia,serif;color:#222;background:#fffdf8}
h2{border-bottom:1px solid #ccc;margin-top:2.5em}h3{margin:2em 0 .3em}
code,.note{font:13px/1.4 ui-monospace,monospace;color:#777}.note{margin:.2em 0}
div.if{border-left:2px solid #d9d2c0;padding-left:1em;margin:.4em 0}
.choice{font-weight:bold;margin:.8em 0 .2em}p{margin:.4em 0}
.v{background:#f2ecdc;border-radius:3px;padding:0 .15em}.c{color:#8a6d1f;font:13px ui-monospace,monospace}
nav a{margin-right:1em}@media print{body{background:#fff}}
"""
_PICKED: Final = {
    model.PickBy.ORDER: "the first that holds",
    model.PickBy.CONDITIONS: "the one with most conditions",
    model.PickBy.REST: "in turn",
}

_FOLLOWING: Final = {
    markup.Mode.STOPPING: "one after another",
    markup.Mode.CYCLING: "round and round",
    markup.Mode.ONCE: "each once",
    markup.Mode.SHUFFLED: "one by chance",
}


def as_html(world: World) -> str:
    """Return the page: valid HTML with everything escaped, no script and nothing loaded from elsewhere."""
    found = list(sections(world))
    nav = "".join(f'<a href="#{name}">{escape(name)}</a>' for name, _ in found)
    body = "\n".join(
        f'<h2 id="{name}">{escape(name)}</h2>\n' + "\n".join(line for one in entries for line in one)
        for name, entries in found
    )
    title = _text(world.header.title)
    about = f"<p>{_prose(world.header.about)}</p>" if world.header.about else ""
    head = f'<meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>'
    return (
        f'<!DOCTYPE html>\n<html lang="{_text(world.header.language)}"><head>{head}</head><body>\n'
        f"<h1>{title}</h1>\n{about}<nav>{nav}</nav>\n{body}\n</body></html>"
    )


def sections(world: World) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the sections that have entries; an entry is its lines of HTML, the first with its name."""
    found: dict[str, list[list[str]]] = {
        "rooms": [_room(ref, room) for ref, room in world.rooms],
        "scenes": [_entry(ref, "", _script(scene.script)) for ref, scene in world.scenes],
        "storylets": [_storylet(ref, one) for ref, one in world.storylets],
        "characters": [_character(ref, one) for ref, one in world.characters],
        "items": [_item(ref, one) for ref, one in world.items],
        "verbs": [_verb(ref, one) for ref, one in world.verbs],
        "rules": [_entry(ref, "", [*_when(one.when), *_statement(one.step)]) for ref, one in world.rules],
        "endings": [_entry(ref, one.name, _script(one.text)) for ref, one in world.endings],
        "marks": [_entry(ref, one.name, [*_when(one.when), *_paragraph(one.text)]) for ref, one in world.marks],
        "music": [_entry(ref, one.title, [_note(in_words(one.tune))]) for ref, one in world.music],
    }
    return ((name, entries) for name, entries in found.items() if entries)


def _entry(ref: model.Ref, name: str, lines: Iterable[str]) -> list[str]:
    line = ref.at.source.line_and_column(ref.at.start)[0]
    where = escape(f"{printable(ref.at.source.path).rpartition('/')[2]}:{line}")
    shown = f"{_text(name)} " if name else ""
    return [f'<h3 id="{escape(ref.name)}">{shown}<code>{escape(ref.name)}, {where}</code></h3>', *lines]


def _room(ref: model.Ref, room: model.Room) -> list[str]:
    exits = []
    for way in room.exits:
        exits += [f'<p class="note">{_text(way.direction.name)} to {_link(way.to.name)}{_guarded(way.guard)}</p>']
        exits += _under("otherwise", way.otherwise) + _under("on the way", way.text)
    parts = [("", room.text), ("again", room.again), ("on entering", room.enter), ("on leaving", room.leave)]
    told = [line for label, script in (*parts, ("dark", room.dark_text)) for line in _under(label, script)]
    return _entry(
        ref, room.thing.name, [*told, *_choices(room.choices), *exits, *_hints(room.hints), *_thing(room.thing)]
    )


def _hints(hints: tuple[model.Hint, ...]) -> list[str]:
    return [
        line for hint in hints for line in ('<p class="note">hint</p>', *_paragraph(hint.ask), *_statement(hint.step))
    ]


def _character(ref: model.Ref, one: model.Character) -> list[str]:
    parts = [("looked at", one.text), ("here", one.here), ("talked to", one.talk), ("nothing to say", one.silent)]
    told = [line for label, script in parts for line in _under(label, script)]
    walks = [*_under("arrives", one.arrives), *_under("leaves", one.leaves)]
    return _entry(ref, one.thing.name, [*_at(one.places), *told, *_choices(one.topics), *walks, *_thing(one.thing)])


def _item(ref: model.Ref, one: model.Item) -> list[str]:
    parts = [("looked at", one.text), ("here", one.here), ("cannot be taken", one.refusal)]
    told = [line for label, script in parts for line in _under(label, script)]
    return _entry(ref, one.thing.name, [*_at(one.places), *told, *_thing(one.thing)])


def _at(places: tuple[model.Ref, ...]) -> list[str]:
    return [f'<p class="note">at {", ".join(_link(place.name) for place in places)}</p>'] if places else []


def _thing(thing: model.Thing) -> list[str]:
    """What verbs do to a thing, and its hooks."""
    lines = [line for verb, script in thing.actions for line in _under(verb.name, script)]
    hooks = (("instead", thing.hooks.instead), ("before", thing.hooks.before), ("after", thing.hooks.after))
    for when, found in hooks:
        for hook in found:
            verbs = ", ".join(command.verb for command in hook.on) or "anything"
            lines += [f'<p class="note">{when} {_text(verbs)}</p>', *_statement(hook.step)]
    return lines


def _verb(ref: model.Ref, one: model.Verb) -> list[str]:
    rules = [line for rule in one.rules for line in _statement(rule)]
    return _entry(ref, "", [*rules, *_under("otherwise", one.otherwise)])


def _storylet(ref: model.Ref, one: model.Storylet) -> list[str]:
    tags = ", ".join(tag.name for tag in one.tags)
    return _entry(ref, "", [f'<p class="note">{_text(tags)}</p>', *_statement(one.step)])


# Scripts


def _under(label: str, script: model.Script) -> list[str]:
    lines = _script(script)
    return [f'<p class="note">{escape(label)}</p>', *lines] if label and lines else lines


def _script(script: model.Script) -> list[str]:
    return [line for statement in script for line in _statement(statement)]


def _statement(one: Any) -> list[str]:  # noqa: ANN401 - any statement
    match one:
        case model.Say():
            return _paragraph(one.text)
        case model.Guarded():
            return _guarded_step(one)
        case model.Pick():
            return _among(_PICKED[one.by], one.steps)
        case model.Chance():
            return _among("by chance", tuple(step for _, step in one.branches))
        case model.Choices():
            return _choices(one.choices)
        case model.Each():
            return [_note(f"for each {one.kind}"), *_box(_script(one.script))]
    return _short(one)


def _short(one: Any) -> list[str]:  # noqa: ANN401 - any other statement
    match one:
        case model.Do():
            return [_note("; ".join(effect.at.value for effect in one.effects))]
        case model.Goto() | model.Invoke():
            word = "go to" if isinstance(one, model.Goto) else "play"
            return [f'<p class="note">{word} {_link(one.target.ref.name)}</p>']
        case model.Deal():
            return [_note(f"a storylet of {one.tag.name}")]
        case model.Play():
            return [f'<p class="note">music: {_link(one.music.name)}</p>']
    return []


def _guarded_step(one: model.Guarded) -> list[str]:
    if not one.guard.conditions and not one.once and not one.other:
        return _script(one.then)
    once = "once" if one.once else ""
    lines = [f'<p class="note">{once}{_guarded(one.guard)}</p>', *_box(_script(one.then))]
    return [*lines, _note("else"), *_box(_script(one.other))] if one.other else lines


def _box(lines: list[str]) -> list[str]:
    return ['<div class="if">', *lines, "</div>"]


def _note(text: str) -> str:
    return f'<p class="note">{_text(text)}</p>'


def _among(label: str, steps: tuple[model.Guarded, ...]) -> list[str]:
    return [_note(label), *(line for step in steps for line in _box(_statement(step)))]


def _choices(choices: tuple[model.Choice, ...]) -> list[str]:
    lines: list[str] = []
    for choice in choices:
        label = _prose(choice.label) if choice.label else "(otherwise)"
        times = f" {choice.times} times" if choice.times > 1 else " once" if choice.times else ""
        note = f"{times}{_guarded(choice.guard)}"
        note = f" <code>{note}</code>" if note else ""
        lines += [f'<p class="choice">{label}{note}</p>', '<div class="if">']
        if choice.otherwise:
            lines.append(f'<p class="note">not open: {_prose(choice.otherwise)}</p>')
        lines += [*_script(choice.body), "</div>"]
    return lines


# Words


def _when(condition: model.Expression | None) -> list[str]:
    return [f'<p class="note">when {escape(one_line(condition.at.value))}</p>'] if condition else []


def _guarded(guard: model.Guard) -> str:
    said = [
        f" {'unless' if negated else 'if'} {' and '.join(escape(one_line(one.at.value)) for one, _ in found)}"
        for negated, found in groupby(guard.conditions, key=lambda pair: pair[1])
    ]
    return "".join(said)


def _paragraph(prose: model.Prose | None) -> list[str]:
    return [f"<p>{part}</p>" for part in _prose(prose).split("\n\n") if part.strip()] if prose else []


def _prose(prose: model.Prose) -> str:
    return _parts(prose.parts, prose.at.value)


def _part(part: markup.Part, whole: str) -> str:
    match part:
        case str():
            return escape(printable(part))
        case markup.Toggle():
            return ""  # its tag is written beside the others
        case markup.Value(tree):
            return f'<span class="c">{escape(whole[tree.start : tree.end])}</span>'
        case markup.Condition():
            asked = f'<span class="c">{escape(whole[part.tree.start : part.tree.end])}?</span>'
            return f'<span class="v">{asked} {_parts(part.yes, whole)} <b>|</b> {_parts(part.no, whole)}</span>'
        case markup.Alternatives():
            options = " <b>|</b> ".join(_parts(option, whole) for option in part.options)
            return f'<span class="v"><span class="c">{_FOLLOWING[part.mode]}</span> {options}</span>'


def _parts(parts: markup.Markup, whole: str) -> str:
    found, open_ = [], list[markup.Toggle]()
    for part in parts:
        if not isinstance(part, markup.Toggle):
            found.append(_part(part, whole))
        elif part in open_:
            open_.remove(part)
            found.append(f"</{_TAGS[part]}>")
        else:
            open_.append(part)
            found.append(f"<{_TAGS[part]}>")
    return "".join(found)


def _text(text: str) -> str:
    return escape(one_line(text))


def _link(name: str) -> str:
    return f'<a href="#{escape(name)}">{escape(name)}</a>'
