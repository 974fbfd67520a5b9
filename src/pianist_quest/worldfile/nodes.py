"""YAML text to nodes that know their place. The only module that imports yaml.

Read from PyYAML's event stream, C parser or pure one, with an explicit stack: depth, number of nodes and
expansion of aliases are bounded before anything is built, so a hostile file costs no more than its size.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NoReturn

import yaml

from pianist_quest.diagnostics.codes import Code
from pianist_quest.diagnostics.source import Span

from .pure import PureLoader

if TYPE_CHECKING:
    from collections.abc import Callable

    from pianist_quest.diagnostics.diagnostic import Problems
    from pianist_quest.diagnostics.source import Source

MAX_DEPTH: Final = 100
"""How deep lists and mappings may nest."""
MAX_NODES: Final = 1_000_000
"""How many values one file may hold."""
MAX_ALIASED: Final = 50_000
"""How many values may come into being by aliases in one file."""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]+")

_PROPERTIES = re.compile("(?:[&!][^ \t\r\n\x85\u2028\u2029]*|#[^\r\n]*|[ \t\r\n\x85\u2028\u2029])*")


class Node:
    """A value in a file: where it stands, and the use of a template that it came from, if any."""

    __slots__ = ("end", "source", "start", "via")

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.via: Span | None = None

    @property
    def span(self) -> Span:
        """The place of the whole value."""
        return Span(self.source, self.start, max(self.end, self.start))


class Scalar(Node):
    """A text as written; `style` is YAML's own sign for it: plain is empty, else one of `'`, `"`, `|`, `>`."""

    __slots__ = ("style", "value")

    def __init__(self, source: Source, start: int, end: int, value: str, style: str) -> None:
        self.source = source  # set here, not above: there are many
        self.start = start
        self.end = end
        self.via = None
        self.value = value
        self.style = style

    def part(self, start: int, end: int) -> Span:
        """The place in the file of characters `start` to `end` of the value, whatever its quoting."""
        from .places import part_of  # noqa: PLC0415 - needed only when something is wrong

        return part_of(self, start, end)


class Gap(Scalar):
    """What could not be made. That has been told, so nothing more is said of it."""

    __slots__ = ()

    def __init__(self, like: Node) -> None:
        super().__init__(like.source, like.start, like.end, "-", '"')


class Sequence(Node):
    """A list."""

    __slots__ = ("items",)

    def __init__(self, source: Source, start: int, end: int) -> None:
        super().__init__(source, start, end)
        self.items: list[Node] = []


class Mapping(Node):
    """Keys, which are texts, and their values, in the order written."""

    __slots__ = ("pairs",)

    def __init__(self, source: Source, start: int, end: int) -> None:
        super().__init__(source, start, end)
        self.pairs: list[tuple[Scalar, Node]] = []

    def get(self, key: str) -> Node | None:
        """Return the value of a key, or None."""
        return next((value for name, value in self.pairs if name.value == key), None)


class Merged(Mapping):
    """A mapping put together from those of several files."""

    __slots__ = ()


def complain(  # noqa: PLR0913 - each is a part of a finding
    problems: Problems,
    code: Code,
    node: Node,
    message: str,
    *,
    part: tuple[int, int] | None = None,
    note: str = "",
    hint: str = "",
    others: tuple[tuple[Span, str], ...] = (),
) -> None:
    """Add a finding at a node, or at a part of a scalar's value; what a template made also shows its use."""
    if isinstance(node, Gap):
        return
    span = node.part(*part) if part is not None and isinstance(node, Scalar) else node.span
    if node.via is not None:
        others = (*others, (node.via, "the template is used here"))
    problems.add(code, message, span, note=note, hint=hint, others=others)


def parse(source: Source, problems: Problems, *, pure: bool = False) -> Node | None:
    """Return the file's one document as nodes, or None where there is none or it cannot be read.

    `pure` asks for PyYAML's parser in Python, which is also what is used where the C one is missing.
    """
    text = source.text
    for bad in _UNPRINTABLE.finditer(text):
        text = ""
        message = f"the file holds the control character U+{ord(bad[0][0]):04X}"
        hint = "delete it; a world file is plain text"
        problems.add(Code.CONTROL_CHARACTER, message, Span(source, *bad.span()), hint=hint)
    fast = None if pure else getattr(yaml, "CSafeLoader", None)
    loader = (fast or PureLoader)(text or _UNPRINTABLE.sub(_blank, source.text))
    try:
        return _Composer(source, problems).compose(loader)
    except _GaveUpError:
        return None
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the pure parser lets `chr` complain of an escape
        from .mistakes import explain  # noqa: PLC0415 - needed only when something is wrong

        explain(error, source, problems)
        return None
    finally:
        loader.dispose()


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


class _GaveUpError(Exception):
    """What is wrong has been told; nothing of the file can be used."""


class _Composer:
    """Builds nodes from events, with a stack of its own instead of recursion."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source = source
        self.problems = problems
        self.root: Node | None = None
        self.open: list[Sequence | Mapping] = []
        self.keys: list[Scalar | None] = []  # the key that waits for its value, for each open mapping
        self.anchors: dict[str, tuple[Node | None, int, int]] = {}  # node (None while open), values, height
        self.begun: list[tuple[str, int]] = []  # anchor and count at the start of each open collection
        self.heights: list[int] = []  # how high each open collection is so far
        self.words: dict[str, str] = {}  # each key once: most are the same few, and looked up again and again
        self.documents = 0
        self.count = 0
        self.aliased = 0

    def compose(self, loader: yaml.SafeLoader | yaml.CSafeLoader) -> Node | None:
        does: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self.scalar,
            yaml.SequenceStartEvent: self.begin,
            yaml.MappingStartEvent: self.begin,
            yaml.SequenceEndEvent: self.close,
            yaml.MappingEndEvent: self.close,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
        }
        next_event = loader.get_event
        while (event := next_event()) is not None:
            do = does.get(type(event))
            if do is not None:
                do(event)
        return self.root

    def document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self.fail(
                Code.SECOND_DOCUMENT,
                "a second document begins here",
                event,
                "a world file is one document: put what follows `---` into a file of its own",
            )

    def scalar(self, event: Any) -> None:  # noqa: ANN401 - the marks of PyYAML's events have no types
        value, style = event.value, event.style or ""
        node = Scalar(self.source, event.start_mark.index, event.end_mark.index, value, style)
        if event.anchor or event.tag:
            self.refuse_tag(event)
            node.start = min(node.end, self.after_properties(node.start))
        self.count += 1
        if self.count > MAX_NODES:
            self.too_many(event)
        if event.anchor:
            self.anchors[event.anchor] = (node, 1, 0)
        if style == '"' and _UNPRINTABLE.search(value):
            self.refuse_control(node)
        self.place(node)

    def after_properties(self, start: int) -> int:
        """Where a value itself begins, behind its anchor or tag."""
        match = _PROPERTIES.match(self.source.text, start)
        return match.end() if match else start

    def refuse_control(self, node: Scalar) -> None:
        """Report a character that no text may hold, though an escape can write it; it becomes a space."""
        bad = _UNPRINTABLE.search(node.value)
        if bad:
            message = f"this escape stands for the control character U+{ord(bad[0][0]):04X}"
            hint = "delete it; a world file is plain text"
            self.problems.add(Code.CONTROL_CHARACTER, message, node.part(*bad.span()), hint=hint)
        node.value = _UNPRINTABLE.sub(_blank, node.value)

    def begin(self, event: yaml.CollectionStartEvent) -> None:
        self.refuse_tag(event)
        if len(self.open) >= MAX_DEPTH:
            self.too_deep(event)
        self.counted(event)
        cls = Mapping if isinstance(event, yaml.MappingStartEvent) else Sequence
        start, end = _extent(event)
        node = cls(self.source, self.after_properties(start) if event.anchor or event.tag else start, end)
        self.place(node)
        self.open.append(node)
        self.keys.append(None)
        self.begun.append((event.anchor or "", self.count - 1))
        self.heights.append(1)
        if event.anchor:
            self.anchors[event.anchor] = (None, 0, 0)

    def close(self, event: yaml.CollectionEndEvent) -> None:
        node = self.open.pop()
        self.keys.pop()
        node.end = _extent(event)[1]
        anchor, before = self.begun.pop()
        height = self.heights.pop()
        self.grow(height)
        if anchor:
            self.anchors[anchor] = (node, self.count - before, height)

    def grow(self, height: int) -> None:
        """Note how high the collections in an open one are."""
        if self.heights and self.heights[-1] <= height:
            self.heights[-1] = height + 1

    def alias(self, event: yaml.AliasEvent) -> None:
        anchor = event.anchor or ""
        if anchor not in self.anchors:
            self.fail(
                Code.YAML_SYNTAX,
                f"nothing is anchored as `&{event.anchor}`",
                event,
                "a text that begins with * must be put in quotes",
            )
        node, size, height = self.anchors[anchor]
        if node is None:
            self.fail(Code.ALIAS_CYCLE, f"`*{event.anchor}` stands inside what it refers to", event, "remove it")
        self.aliased += size
        self.count += size
        if self.aliased > MAX_ALIASED:
            self.fail(
                Code.ALIAS_BOMB,
                f"aliases multiply this file to more than {MAX_ALIASED:,} values",
                event,
                "write a template and `use:` it instead",
            )
        if len(self.open) + height > MAX_DEPTH:
            self.too_deep(event)
        self.grow(height)
        self.place(node)

    def place(self, node: Node | None) -> None:
        assert node is not None  # noqa: S101 - `fail` does not return
        if not self.open:
            self.root = node
            return
        parent = self.open[-1]
        if type(parent) is Sequence:
            parent.items.append(node)
            return
        key = self.keys[-1]
        if key is None:
            self.keys[-1] = self.key(node)
            return
        if key.value != "<<" or key.style:  # a merge has been refused
            parent.pairs.append((key, node))  # type: ignore[union-attr] # it is a mapping
        self.keys[-1] = None

    def key(self, node: Node) -> Scalar:
        if not isinstance(node, Scalar):
            span = Span(node.source, node.start, max(node.end, node.start + 1))
            self.problems.add(
                Code.BAD_KEY,
                "a key must be a plain text",
                span,
                hint="a text that begins with { or [ must be put in quotes",
            )
            raise _GaveUpError
        if node.value == "<<" and not node.style:
            hint = "write the keys out, or make a template and `use:` it"
            self.problems.add(
                Code.MERGE_REFUSED, "merge keys (`<<`) are not part of the language", node.span, hint=hint
            )
        node.value = self.words.setdefault(node.value, node.value)
        return node

    def counted(self, event: yaml.NodeEvent) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            self.too_many(event)

    def too_many(self, event: yaml.NodeEvent) -> NoReturn:
        hint = "divide the world among several files"
        self.fail(Code.TOO_MANY_NODES, f"the file holds more than {MAX_NODES:,} values", event, hint)

    def too_deep(self, event: yaml.NodeEvent) -> NoReturn:
        message = f"lists and mappings nest more than {MAX_DEPTH} deep"
        hint = "move the inner part to a scene of its own and `goto` or `call` it"
        self.fail(Code.TOO_DEEP, message, event, hint)

    def refuse_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.tag:
            start, _ = _extent(event)
            tag = re.compile(r"\S*").match(self.source.text, start)
            end = tag.end() if tag else start + 1
            self.problems.add(
                Code.TAG_REFUSED,
                "tags are not part of the language",
                Span(self.source, start, end),
                hint="remove it; a text that begins with ! must be put in quotes",
            )

    def fail(self, code: Code, message: str, event: yaml.Event, hint: str) -> NoReturn:
        self.problems.add(code, message, Span(self.source, *_extent(event)), hint=hint)
        raise _GaveUpError


def _extent(event: yaml.Event) -> tuple[int, int]:
    """Where an event's text begins and ends, in characters."""
    start: Any = event.start_mark
    end: Any = event.end_mark
    return start.index, end.index
