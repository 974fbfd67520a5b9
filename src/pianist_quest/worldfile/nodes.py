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
    from collections.abc import Callable, Iterable

    from pianist_quest.diagnostics.diagnostic import Problems
    from pianist_quest.diagnostics.source import Source

MAX_DEPTH: Final = 100
"""How deep lists and mappings may nest."""
MAX_NODES: Final = 1_000_000
"""How many values one file may hold."""
MAX_ALIASED: Final = 50_000
"""How many values may come into being by aliases in one file."""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]+")
_SURELY_PRINTABLE: Final = bytes(
    one for one in range(256) if one in b"\t\n\r" or (one >= 0x20 and one not in b"\x7f\xc2\xed\xef")
)
"""The bytes of UTF-8 that are no part of such a character."""

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
        self.source = source  # as above
        self.start = start
        self.end = end
        self.via = None
        self.items: list[Node] = []


class Mapping(Node):
    """Keys, which are texts, and their values, in the order written."""

    __slots__ = ("pairs",)

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source  # as above
        self.start = start
        self.end = end
        self.via = None
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
    for bad in _unprintable(text):
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


def _unprintable(text: str) -> Iterable[re.Match[str]]:
    """Return where control characters stand; that there are none is seen sooner in bytes."""
    suspicious = text.encode(errors="surrogatepass").translate(None, _SURELY_PRINTABLE)
    return _UNPRINTABLE.finditer(text) if suspicious else ()


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


class _GaveUpError(Exception):
    """What is wrong has been told; nothing of the file can be used."""


class _Composer:
    """Builds nodes from events, with a stack of its own instead of recursion."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source = source
        self.problems = problems
        self.roots: list[Any] = []
        self.add: Callable[[Any], None] = self.roots.append
        """Adds to what is open: an item to a list, a pair to a mapping."""
        self.in_mapping = False
        self.key: Scalar | None = None
        """The key that waits for its value."""
        self.open: list[tuple[Sequence | Mapping, Callable[[Any], None], bool, str, int]] = []
        """What is open; what stands around it: how to add to that, whether that is a mapping; its anchor; the count."""
        self.heights: list[int] = []  # how high each open collection is so far
        self.merges = False
        """Whether there are merge keys, which have been refused."""
        self.anchors: dict[str, tuple[Node | None, int, int]] = {}  # node (None while open), values, height
        self.words: dict[str, str] = {}  # each key once: most are the same few, and looked up again and again
        self.documents = 0
        self.count = 0
        self.aliased = 0

    def compose(self, loader: yaml.SafeLoader | yaml.CSafeLoader) -> Node | None:
        """Return the root. Most events are scalars, of which all that is usual is done here and not in a method."""
        does = self.methods()
        source, words = self.source, self.words
        next_event: Callable[[], Any] = loader.get_event  # the marks of PyYAML's events have no types
        scalar_event: Any = yaml.ScalarEvent
        while (event := next_event()) is not None:
            if type(event) is not scalar_event:
                does[type(event)](event)
                continue
            value, style = event.value, event.style or ""
            node = Scalar(source, event.start_mark.index, event.end_mark.index, value, style)
            self.count += 1
            if event.anchor or event.tag or style == '"' or self.count > MAX_NODES:
                self.unusual(event, node)
            if not self.in_mapping:
                self.add(node)
            elif self.key is not None:
                self.add((self.key, node))
                self.key = None
            else:
                node.value = words.setdefault(node.value, node.value)
                self.key = node
                if node.value == "<<" and not style:
                    self.refuse_merge(node)
        return self.roots[0] if self.roots else None

    def methods(self) -> dict[type, Callable[[Any], None]]:
        """Return what is done with each sort of event but scalars."""
        ends: Callable[[Any], None] = lambda _: None  # noqa: E731 - what says no more than where something ends
        return {
            yaml.SequenceStartEvent: self.begin,
            yaml.MappingStartEvent: self.begin,
            yaml.SequenceEndEvent: self.close,
            yaml.MappingEndEvent: self.close,
            yaml.AliasEvent: self.alias,
            yaml.DocumentStartEvent: self.document,
            yaml.DocumentEndEvent: ends,
            yaml.StreamStartEvent: ends,
            yaml.StreamEndEvent: ends,
        }

    def document(self, event: yaml.DocumentStartEvent) -> None:
        self.documents += 1
        if self.documents > 1:
            self.fail(
                Code.SECOND_DOCUMENT,
                "a second document begins here",
                event,
                "a world file is one document: put what follows `---` into a file of its own",
            )

    def unusual(self, event: Any, node: Scalar) -> None:  # noqa: ANN401 - as above
        """See to what few scalars have: an anchor, a tag, double quotes; and to the one that is too many."""
        if event.anchor or event.tag:
            self.refuse_tag(event)
            node.start = min(node.end, self.after_properties(node.start))
        if self.count > MAX_NODES:
            self.too_many(event)
        if event.anchor:
            self.anchors[event.anchor] = (node, 1, 0)
        if node.style == '"' and _UNPRINTABLE.search(node.value):
            self.refuse_control(node)

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

    def begin(self, event: Any) -> None:  # noqa: ANN401 - as above
        """Open a list or mapping."""
        self.refuse_tag(event)
        if len(self.open) >= MAX_DEPTH:
            self.too_deep(event)
        self.count += 1
        if self.count > MAX_NODES:
            self.too_many(event)
        start, is_mapping = event.start_mark.index, type(event) is yaml.MappingStartEvent
        if event.anchor or event.tag:
            start = self.after_properties(start)
        node = (Mapping if is_mapping else Sequence)(self.source, start, event.end_mark.index)
        self.place(node)
        self.open.append((node, self.add, self.in_mapping, event.anchor or "", self.count - 1))
        self.heights.append(1)
        self.add = node.pairs.append if isinstance(node, Mapping) else node.items.append
        self.in_mapping = is_mapping
        if event.anchor:
            self.anchors[event.anchor] = (None, 0, 0)

    def close(self, event: Any) -> None:  # noqa: ANN401 - as above
        """Close a list or mapping."""
        node, self.add, self.in_mapping, anchor, before = self.open.pop()
        node.end = event.end_mark.index
        if self.merges and isinstance(node, Mapping):
            node.pairs = [(key, value) for key, value in node.pairs if key.value != "<<" or key.style]
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

    def place(self, node: Node) -> None:
        """Add what is no scalar of its own to what is open."""
        if not self.in_mapping:
            self.add(node)
        elif self.key is not None:
            self.add((self.key, node))
            self.key = None
        elif isinstance(node, Scalar):
            self.key = node
            if node.value == "<<" and not node.style:
                self.refuse_merge(node)
        else:
            span = Span(node.source, node.start, max(node.end, node.start + 1))
            hint = "a text that begins with { or [ must be put in quotes"
            self.problems.add(Code.BAD_KEY, "a key must be a plain text", span, hint=hint)
            raise _GaveUpError

    def refuse_merge(self, key: Scalar) -> None:
        """Report a merge key; it is left out of its mapping when that is closed."""
        hint = "write the keys out, or make a template and `use:` it"
        message = "merge keys (`<<`) are not part of the language"
        self.problems.add(Code.MERGE_REFUSED, message, key.span, hint=hint)
        self.merges = True

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
