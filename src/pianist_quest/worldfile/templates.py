"""Node to node: expands `use:`. Runs before anything else looks at what the nodes mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from pianist_quest.diagnostics.codes import Code
from pianist_quest.diagnostics.diagnostic import did_you_mean

from .nodes import MAX_DEPTH, Gap, Mapping, Node, Scalar, Sequence, complain
from .places import Spliced

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pianist_quest.diagnostics.diagnostic import Problems
    from pianist_quest.diagnostics.source import Span

AnyNode = TypeVar("AnyNode", bound=Node)

MAX_EXPANDED: Final = 300_000
"""How many values all templates of a world may make together."""
MAX_NESTING: Final = 20
"""How deep templates may use templates."""
MAX_LENGTH: Final = 200_000
"""The longest text a template may put together, in characters."""
_TEXT_COST: Final = 50
"""How many characters of text count as one value."""
SIGNATURE: Final = re.compile(r"\s*([a-z][a-z0-9_]*)\s*(?:\(\s*(.*?)\s*\)\s*)?")
_PARAMETER = re.compile(r"[a-z][a-z0-9_]*")
_HOLE = re.compile(r"\$(?:(\$)|([a-z][a-z0-9_]*))")
_WORDS_FOR_VERBS: Final = ("actions", "verbs")


@dataclass(frozen=True, slots=True)
class Template:
    """A piece of YAML with parameters."""

    name: Scalar
    parameters: tuple[str, ...]
    body: Node
    defaults: dict[str, Scalar]
    """What stands for a parameter that is not given."""


Templates = dict[str, Template]


def define(key: Scalar, body: Node, templates: Templates, problems: Problems) -> None:
    """Add the template that a key such as `reading(label, skill)` and its value declare."""
    match = SIGNATURE.fullmatch(key.value)
    if not match:
        hint = "write `name(first, second):`, in lower-case letters, digits and _"
        complain(problems, Code.BAD_TEMPLATE, key, f"`{key.value}` is no template's name", hint=hint)
        return
    parts = [part.partition("=") for part in (match[2] or "").split(",") if part.strip()]
    parameters = tuple(name.strip() for name, _, _ in parts)
    bad = [name for name in parameters if not _PARAMETER.fullmatch(name) or parameters.count(name) > 1]
    if bad:
        message = f"`{bad[0]}` cannot be a parameter here"
        hint = "each parameter is a name of its own, in lower-case letters, digits and _"
        complain(problems, Code.BAD_TEMPLATE, key, message, hint=hint)
    elif match[1] in templates:
        first = ((templates[match[1]].name.span, "the first is here"),)
        complain(problems, Code.DUPLICATE_NAME, key, f"the template `{match[1]}` is declared twice", others=first)
    else:
        given = {name.strip(): _default(key, value.strip()) for name, sign, value in parts if sign}
        templates[match[1]] = Template(key, parameters, body, given)


def _default(key: Scalar, value: str) -> Scalar:
    """A parameter's default, as though it were written where the template is declared."""
    made = Spliced(key, value, [(0, key, max(0, key.value.find(value)))])
    made.style = ""
    return made


class Expander:
    """Copies nodes, with what templates make put in the place of each `use:`."""

    def __init__(self, templates: Templates, problems: Problems) -> None:
        self.templates, self.problems = templates, problems
        self.unknown: set[Scalar] = set()
        self.made = 0
        self.depth = 0

    def expand(self, node: Node) -> Node:
        """Return a file's root with every use of a template expanded."""
        return self._copy(node, _Frame({}, None, ()))

    def _copy(self, node: Node, frame: _Frame, *, plain: bool = False) -> Node:
        if isinstance(node, Scalar):
            return self._scalar(node, frame)
        if self.depth >= MAX_DEPTH:
            return self._too_deep(node, frame)
        self.depth += 1
        try:
            return self._collection(node, frame, plain=plain)
        finally:
            self.depth -= 1

    def _too_deep(self, node: Node, frame: _Frame) -> Node:
        message = f"templates make lists and mappings that nest more than {MAX_DEPTH} deep"
        others = () if frame.via is None else ((frame.via, "the template is used here"),)
        self.problems.add(Code.TOO_DEEP, message, node.span, others=others)
        return Gap(node)

    def _collection(self, node: Node, frame: _Frame, *, plain: bool) -> Node:
        if isinstance(node, Sequence):
            made = Sequence(node.source, node.start, node.end)
            made.items = list(self._items(node, frame))
            return frame.mark(made)
        assert isinstance(node, Mapping)  # noqa: S101 - scalars have been dealt with
        named = node.get("use")
        if isinstance(named, Scalar) and not plain:
            return self._use(node, named, frame)
        mapping = Mapping(node.source, node.start, node.end)
        for key, value in node.pairs:
            new_key = self._scalar(key, frame)
            inner = self._copy(value, frame, plain=key.value in _WORDS_FOR_VERBS)
            mapping.pairs.append((new_key if isinstance(new_key, Scalar) else key, inner))
        return frame.mark(mapping)

    def _items(self, node: Sequence, frame: _Frame) -> Iterable[Node]:
        for item in node.items:
            made = self._copy(item, frame)
            used = isinstance(item, Mapping) and isinstance(item.get("use"), Scalar)
            if used and isinstance(made, Sequence):
                yield from made.items
            else:
                yield made

    def _scalar(self, node: Scalar, frame: _Frame) -> Node:
        if frame.template is None or "$" not in node.value:
            return node if frame.template is None else frame.mark(_copied(node))
        whole = _HOLE.fullmatch(node.value.strip())
        if whole and whole[2] in frame.arguments:
            return self._given(frame.arguments[whole[2]], frame)
        return frame.mark(self._spliced(node, frame))

    def _given(self, argument: Node, frame: _Frame) -> Node:
        """An argument in its place; it counts anew each time, though it is not copied."""
        if self.made > MAX_EXPANDED:
            return Gap(argument)
        size, height = _extent(argument)
        if self.depth + height > MAX_DEPTH:
            return self._too_deep(argument, frame)
        self.made += size
        return argument

    def _spliced(self, node: Scalar, frame: _Frame) -> Scalar:
        pieces: list[tuple[int, Scalar, int]] = []
        value, position = "", 0
        for hole in _HOLE.finditer(node.value):
            pieces.append((len(value), node, position))
            value += node.value[position : hole.start()]
            position = hole.end()
            if hole[1]:
                value += "$"
                continue
            argument = frame.arguments.get(hole[2])
            if isinstance(argument, Scalar):
                pieces.append((len(value), argument, 0))
                value += argument.value
            else:
                self._bad_hole(node, hole, argument, frame)
            if len(value) > MAX_LENGTH or self.made > MAX_EXPANDED:
                return self._too_long(node, frame)
        self.made += len(value) // _TEXT_COST
        pieces.append((len(value), node, position))
        return Spliced(node, value + node.value[position:], pieces)

    def _too_long(self, node: Scalar, frame: _Frame) -> Scalar:
        message = f"templates make a text of more than {MAX_LENGTH:,} characters, or too much text"
        others = () if frame.via is None else ((frame.via, "the template is used here"),)
        self.problems.add(Code.TEMPLATE_CYCLE, message, node.span, others=others)
        return Gap(node)

    def _bad_hole(self, node: Scalar, hole: re.Match[str], argument: Node | None, frame: _Frame) -> None:
        assert frame.template is not None  # noqa: S101 - there are holes in templates only
        if argument is not None:
            message = f"`{hole[0]}` stands inside a text, and what is given for it is no text"
            complain(self.problems, Code.TEMPLATE_ARGUMENTS, argument, message, hint="write a text here")
        elif hole[2] not in frame.template.parameters:
            message = f"the template has no parameter `{hole[2]}`"
            note = did_you_mean(hole[2], frame.template.parameters)
            hint = "" if note else "write `$$` for a dollar sign"
            complain(self.problems, Code.BAD_TEMPLATE, node, message, part=hole.span(), note=note, hint=hint)

    def _use(self, node: Mapping, named: Scalar, frame: _Frame) -> Node:
        template = self.templates.get(named.value)
        if template is None:
            if named in self.unknown:  # told already: a template that has it is used again
                return Gap(node)
            self.unknown.add(named)
            note = did_you_mean(named.value, self.templates)
            hint = "" if note else "templates are declared under `templates:`"
            message = f"there is no template `{named.value}`"
            complain(self.problems, Code.UNKNOWN_TEMPLATE, named, message, note=note, hint=hint)
            return Gap(node)
        if named.value in frame.open or len(frame.open) >= MAX_NESTING or self.made > MAX_EXPANDED:
            self._endless(named, template, frame)
            return Gap(node)
        arguments = self._arguments(node, template, frame)
        via = frame.via or named.span
        made = self._copy(template.body, _Frame(arguments, template, (*frame.open, named.value), via))
        self.made += _extent(made)[0]
        return made

    def _endless(self, named: Scalar, template: Template, frame: _Frame) -> None:
        others = ((template.name.span, "it is declared here"),)
        if named.value in frame.open:
            message = f"the template `{named.value}` uses itself"
        else:
            message = f"templates nest more than {MAX_NESTING} deep or make more than {MAX_EXPANDED:,} values"
        complain(self.problems, Code.TEMPLATE_CYCLE, named, message, others=others)

    def _arguments(self, node: Mapping, template: Template, frame: _Frame) -> dict[str, Node]:
        found: dict[str, Node] = {}
        declared = ((template.name.span, "it is declared here"),)
        for key, value in node.pairs:
            if key.value == "use":
                continue
            if key.value in template.parameters and key.value not in found:
                found[key.value] = self._copy(value, frame)
            else:
                message = f"the template `{_plain(template)}` has no parameter `{key.value}`"
                if key.value in found:
                    message = f"the parameter `{key.value}` is given twice"
                note = "" if key.value in found else did_you_mean(key.value, template.parameters)
                complain(self.problems, Code.TEMPLATE_ARGUMENTS, key, message, note=note, others=declared)
        for name in template.parameters:
            if name not in found and name in template.defaults:
                found[name] = template.defaults[name]
            elif name not in found:
                message = f"the template `{_plain(template)}` needs `{name}`"
                place = node.get("use") or node
                complain(self.problems, Code.TEMPLATE_ARGUMENTS, place, message, others=declared)
                found[name] = Gap(node)
        return found


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is being expanded: the arguments, the template, the names of those open, where the first was used."""

    arguments: dict[str, Node]
    template: Template | None
    open: tuple[str, ...]
    via: Span | None = None

    def mark(self, node: AnyNode) -> AnyNode:
        """Return the node, which now knows the use it came from."""
        if self.via is not None:
            node.via = self.via
        return node


def _copied(node: Scalar) -> Scalar:
    return Scalar(node.source, node.start, node.end, node.value, node.style)


def _plain(template: Template) -> str:
    return template.name.value.partition("(")[0].strip()


def _extent(node: Node) -> tuple[int, int]:
    """How many values a node holds, itself included, and how high its lists and mappings nest."""
    size, height = 0, 0
    level = [node]
    while level:
        size += len(level)
        inner: list[Node] = []
        for one in level:
            if isinstance(one, Sequence):
                inner += one.items
            elif isinstance(one, Mapping):
                inner += [value for _, value in one.pairs]
                size += len(one.pairs)
        height += any(not isinstance(one, Scalar) for one in level)
        level = inner
    return size, height
