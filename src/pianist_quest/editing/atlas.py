"""Where the names of a world are declared and used, and what each is."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.diagnostics.source import Span
from pianist_quest.worldfile import markup, model, tree
from pianist_quest.worldfile.nodes import Mapping, parse

from .telling import about

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pianist_quest.diagnostics.source import Source
    from pianist_quest.worldfile.model import World
    from pianist_quest.worldfile.nodes import Scalar

SECTIONS: Final = (
    ("room", "rooms"), ("item", "items"), ("character", "characters"), ("scene", "scenes"), ("storylet", "storylets"),
    ("variable", "variables"), ("formula", "formulas"), ("kind", "kinds"), ("verb", "verbs"), ("rule", "rules"),
    ("ending", "endings"), ("mark", "marks"),
)  # fmt: skip
"""The sorts of names, and the section of a world that declares each."""
_USE: Final = re.compile(r"(?<![\w$])use:[ \t]+([a-z]\w*)")
_PASSED: Final = ("at", "direction", "library", "renamed")


@dataclass(frozen=True, slots=True)
class Entry:
    """A name: its sort, where it is declared, what there is to say about it (Markdown); properties have a kind."""

    name: str
    sort: str
    span: Span
    about: str


@dataclass(slots=True)
class Atlas:
    """The names of a world by themselves; properties with a dot before them, tags a #, templates an @, tunes a ~."""

    entries: dict[str, Entry] = field(default_factory=dict)
    uses: dict[str, list[Span]] = field(default_factory=dict)
    properties: dict[str, set[str]] = field(default_factory=dict)
    """By kind or thing, the properties that it has beside those of the language."""
    kinds: dict[str, str] = field(default_factory=dict)
    """The kind of each thing."""
    made: set[str] = field(default_factory=set)
    """Names that a template puts together somewhere, so that not all their uses can be found."""
    _by_file: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)

    def of(self, *sorts: str) -> Iterator[Entry]:
        """Yield the names of some sorts."""
        return (entry for entry in self.entries.values() if entry.sort in sorts)

    def at(self, path: str, offset: int) -> tuple[str, int, int] | None:
        """Return the name that stands at a character of a file, and from where to where."""
        marks = self._by_file.get(path, [])
        index = bisect_right(marks, (offset, len(path) + 10**9, "")) - 1
        for start, end, name in marks[max(0, index - 3) : index + 1]:
            if start <= offset <= end:
                return name, start, end
        return None

    def finish(self) -> Atlas:
        """Make it ready to be asked; return it."""
        self.uses = {name: found for name, found in self.uses.items() if name in self.entries}
        spans = [(name, span) for name, found in self.uses.items() for span in found]
        for name, span in [*spans, *((entry.name, entry.span) for entry in self.entries.values())]:
            self._by_file.setdefault(span.source.path, []).append((span.start, span.end, name))
        for marks in self._by_file.values():
            marks.sort()
        return self


def atlas(world: World, sources: Iterable[Source] = ()) -> Atlas:
    """Return the names of a world, which need not be right, and those of the templates in its files."""
    found = Atlas()
    for source in sources:
        _note_templates(source, found)
    for sort, section in SECTIONS:
        for ref, one in getattr(world, section):
            found.entries.setdefault(ref.name, Entry(ref.name, sort, _name_in(ref), about(sort, one)))
    for ref, one in world.things:
        for name, thing in one:
            found.entries.setdefault(name.name, Entry(name.name, ref.name, _name_in(name), about("thing", thing)))
    _declare_properties(world, found)
    _declare_tags(world, found)
    for ref, music in world.music:
        key, said = f"~{ref.name}", f"**tune**\n\n{music.title}"
        found.entries.setdefault(key, Entry(key, "tune", _name_in(ref), said))
    _Uses(found).look(world)
    return found.finish()


def _note_templates(source: Source, found: Atlas) -> None:
    """Take note of the templates that a file declares and uses; a world that is read has none any more."""
    if "templates:" in source.text:
        root = parse(source, Problems())
        section = root.get("templates") if isinstance(root, Mapping) else None
        for key, _ in section.pairs if isinstance(section, Mapping) else ():
            name, bracket, given = key.value.partition("(")
            said = f"**template**\n\ntakes {given.rstrip(')')}" if bracket else "**template**"
            span = Span(source, key.start, key.start + len(name))
            found.entries.setdefault(f"@{name}", Entry(f"@{name}", "template", span, said))
    for use in _USE.finditer(source.text):
        found.uses.setdefault(f"@{use[1]}", []).append(Span(source, *use.span(1)))


def _declare_properties(world: World, found: Atlas) -> None:
    kinds = {kind.plural or f"{ref.name}s": ref.name for ref, kind in world.kinds}
    for ref, kind in world.kinds:
        for name, variable in kind.properties:
            key = f".{name.name}"
            found.entries.setdefault(key, Entry(key, ref.name, _name_in(name), about("variable", variable)))
            found.properties.setdefault(ref.name, set()).add(name.name)
    every = [(ref, sort, one.thing) for sort, section in SECTIONS[:3] for ref, one in getattr(world, section)]
    every += [(name, kinds.get(ref.name, ref.name), thing) for ref, section in world.things for name, thing in section]
    for ref, sort, thing in every:
        found.kinds[ref.name] = sort
        for name, variable in thing.values:
            key = f".{name.name}"
            found.entries.setdefault(key, Entry(key, sort, _name_in(name), about("variable", variable)))
            found.properties.setdefault(ref.name, set()).add(name.name)


def _declare_tags(world: World, found: Atlas) -> None:
    for _, storylet in world.storylets:
        for tag in storylet.tags:
            key = f"#{tag.name}"
            found.entries.setdefault(key, Entry(key, "tag", _name_in(tag), "**tag** of storylets"))


class _Uses:
    """Looks a world over for uses of names."""

    def __init__(self, found: Atlas) -> None:
        self.found = found
        self.declared = {(one.span.source.path, one.span.start) for one in found.entries.values()}

    def look(self, part: Any) -> None:  # noqa: ANN401 - any part of a world
        """Note the uses in a part of a world."""
        if isinstance(part, tuple):
            for one in part:
                self.look(one)
        elif type(part).__module__ == model.__name__ and not self.named(part) and not isinstance(part, model.PickBy):
            for name in type(part).__slots__:
                if name not in _PASSED:
                    self.look(getattr(part, name))

    def named(self, part: Any) -> bool:  # noqa: ANN401 - any part of a world
        """Note the uses in a part that has names of its own; return whether it is one."""
        match part:
            case model.Ref():
                self.note(part.name, _name_in(part))
            case model.Play(music):
                self.note(f"~{music.name}", _name_in(music))
            case model.Deal(tag):
                self.note(f"#{tag.name}", _name_in(tag))
            case model.Command(verb, _, at):
                self.note(verb, _word_in(at, verb))
            case model.Expression() | model.Effect():
                self.tree(part.tree, part.at)
            case model.Prose():
                self.prose(part.parts, part.at)
            case model.Thing():
                self.thing(part)
            case model.Storylet():
                for tag in part.tags:
                    self.note(f"#{tag.name}", _name_in(tag))
                self.look(part.step)
            case _:
                return False
        return True

    def thing(self, thing: model.Thing) -> None:
        """Note what stands in a thing: its properties are no names by themselves."""
        for name, variable in thing.values:
            self.note(f".{name.name}", _name_in(name))
            self.look(variable)
        self.look(thing.actions)
        self.look(thing.hooks)

    def prose(self, parts: Any, at: Scalar) -> None:  # noqa: ANN401 - parts of a text
        """Note the uses in a text."""
        for part in parts:
            match part:
                case markup.Value():
                    self.tree(part.tree, at)
                case markup.Condition():
                    self.tree(part.tree, at)
                    self.prose(part.yes, at)
                    self.prose(part.no, at)
                case markup.Alternatives():
                    for option in part.options:
                        self.prose(option, at)

    def tree(self, part: Any, at: Scalar) -> None:  # noqa: ANN401 - parts of an expression
        """Note the uses in an expression."""
        match part:
            case tuple():
                for one in part:
                    self.tree(one, at)
            case tree.Name():
                self.note(part.name, at.part(part.start, part.end))
            case tree.Property():
                self.tree(part.thing, at)
                self.note(f".{part.name}", at.part(part.end - len(part.name), part.end))
            case tree.Call():
                self.note(part.function, at.part(part.start, part.name_end))
                self.tree(part.arguments, at)
            case tree.Tree():
                for name in type(part).__slots__:
                    self.tree(getattr(part, name), at)

    def note(self, name: str, span: Span) -> None:
        """Note a use of a name, if it is one that is declared."""
        if name not in self.found.entries or (span.source.path, span.start) in self.declared:
            return
        if span.source.text[span.start : span.end].strip("'\"") == name.lstrip(".#@~"):
            self.found.uses.setdefault(name, []).append(span)
        else:
            self.found.made.add(name)


def _name_in(ref: model.Ref) -> Span:
    return _word_in(ref.at, ref.name)


def _word_in(at: Scalar, word: str) -> Span:
    """Return where a word stands in a scalar: `margin` in `margin(piece)`."""
    start = at.source.text.find(word, at.start, max(at.end, at.start))
    return Span(at.source, start, start + len(word)) if start >= 0 else at.span
