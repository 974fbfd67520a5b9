"""Prose with inline forms: text to a tree.

A value `{x}`, a condition `{x: a | b}`, alternatives `{a|b}`, `{&a|b}`, `{!a|b}`, `{~a|b}`, Markdown's
`*emphasis*` and `**strong**`, and backslash escapes. Blank lines divide paragraphs, a single line end is a
space, a backslash at a line's end breaks the line.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, Final

from .expression import SyntaxMistakeError, parse_expression, parse_name
from .frozen import frozen

if TYPE_CHECKING:
    from .tree import Tree

MAX_NESTING: Final = 12
"""How deep inline forms may nest."""
MAX_EMPHASIS: Final = 2_000
"""How far apart the signs of one emphasis may stand, in characters."""
MAX_LENGTH: Final = 200_000
"""The longest text, in characters."""
PARAGRAPH: Final = "\n\n"
"""Stands for the end of a paragraph in literal text."""
_SPECIAL = re.compile(r"[{}|*\\]")
_UNSTOPPED = re.compile(r"[{}*\\]")
_SIMPLE = re.compile(r"\{\s*([^\W\d]\w*)\s*(?::([^{}|*\\]*)(\|[^{}|*\\]*)?)?\}")
_HEAD_END = re.compile(r"[:|}{\\]|\Z")
_BLANKS: Final = " \t"
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


class Mode(Enum):
    """How alternatives follow one another, by the sign that opens them."""

    STOPPING = ""
    CYCLING = "&"
    ONCE = "!"
    SHUFFLED = "~"


class Toggle(Enum):
    """Where a style begins or ends."""

    EMPHASIS = "*"
    STRONG = "**"


@frozen
class Value:
    """`{expression}`, with the expression's tree; its offsets count in the whole text."""

    tree: Tree


@frozen
class Condition:
    """`{expression: yes | no}`."""

    tree: Tree
    yes: Markup
    no: Markup


@frozen
class Alternatives:
    """`{first|second}` and its relatives; `start` is the opening brace's offset."""

    mode: Mode
    options: tuple[Markup, ...]
    start: int


Part = str | Toggle | Value | Condition | Alternatives
Markup = tuple[Part, ...]


def parse_markup(text: str) -> Markup:
    """Return the parts of a text; raise SyntaxMistakeError with offsets in the text."""
    if not _SPECIAL.search(text):
        flowed = _flow(text).strip()
        return (flowed,) if flowed else ()
    if len(text) > MAX_LENGTH:
        raise SyntaxMistakeError(f"a text has at most {MAX_LENGTH:,} characters", 0, 1)
    reader = _Reader(text)
    parts = reader.sequence(stops="")
    if reader.position < len(text):
        at = reader.position
        hint = "write `\\}` for the sign itself"
        raise SyntaxMistakeError("this brace was never opened", at, at + 1, hint)
    return _trimmed(parts)


def _flow(text: str) -> str:
    """Return a text with its lines joined to paragraphs."""
    if "\n" not in text:
        return text
    first, *between, last = text.split("\n")
    found, apart = [first.rstrip(_BLANKS)], " "
    for line in between:
        inner = line.strip(_BLANKS)
        if inner:
            found += (apart, inner)
        apart = " " if inner else PARAGRAPH
    return "".join((*found, apart, last.lstrip(_BLANKS)))


class _Reader:
    """Walks the text once; `sequence` calls itself for what stands in braces."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0
        self.depth = 0
        self.styles: list[Toggle] = []

    def sequence(self, stops: str) -> list[Part]:
        """Read parts up to one of `stops` outside inner braces, or a closing brace, or the end."""
        parts: list[Part] = []
        literal: list[str] = []
        outer, self.styles = self.styles, []
        text, special = self.text, (_SPECIAL if stops else _UNSTOPPED)
        while True:
            match = special.search(text, self.position)
            end = match.start() if match else len(text)
            if end > self.position:
                literal.append(text[self.position : end])
                self.position = end
            if match is None or (char := match[0]) in stops or char == "}":
                break
            if char == "\\":
                literal.append(self.escape())
            elif char == "{":
                self.put(parts, literal)
                parts.append(self.braces())
            elif toggle := self.toggle():
                self.put(parts, literal)
                parts.append(toggle)
            else:
                literal.append(char)
                self.position += 1
        self.put(parts, literal)
        self.styles = outer
        return parts

    def put(self, parts: list[Part], literal: list[str]) -> None:
        if literal:
            parts.append(_flow("".join(literal)).replace("\r", "\n"))
            literal.clear()

    def escape(self) -> str:
        """A backslash and what it escapes; at a line's end a line break (held as a carriage return)."""
        following = self.text[self.position + 1 : self.position + 2]
        if following == "\n":
            self.position += 2
            while self.text[self.position : self.position + 1] in (" ", "\t"):
                self.position += 1
            return "\r"
        if not following or following.isalnum():
            hint = "write `\\\\` for the sign itself"
            raise SyntaxMistakeError("a backslash must escape something", self.position, self.position + 1, hint)
        self.position += 2
        return "\N{NO-BREAK SPACE}" if following == " " else following

    def toggle(self) -> Toggle | None:
        """The style sign at the reader, or None where its stars are plain text."""
        text, start = self.text, self.position
        sign = Toggle.STRONG if text.startswith("**", start) else Toggle.EMPHASIS
        end = start + len(sign.value)
        if sign in self.styles:
            if self.styles[-1] is not sign or text[start - 1].isspace():
                return None
            self.styles.pop()
        else:
            if not self.closes(sign, end):
                return None
            self.styles.append(sign)
        self.position = end
        return sign

    def closes(self, sign: Toggle, start: int) -> bool:
        """Whether a style opened before `start` is closed in the same paragraph and at the same depth."""
        if not self.text[start : start + 1].strip():
            return False
        depth, position = 0, start
        limit = min(len(self.text), start + MAX_EMPHASIS)
        while position < limit:
            char = self.text[position]
            if char == "\n" and _BLANK_LINE.match(self.text, position):
                return False
            depth += (char == "{") - (char == "}")
            if depth < 0 or (depth == 0 and self.depth and char == "|"):
                return False
            if depth == 0 and self.text.startswith(sign.value, position) and position > start:
                return not self.text[position - 1].isspace()
            position += 2 if char == "\\" else 1
        return False

    def simple(self) -> Value | Condition | None:
        """The form at the reader where it is what most are: a name, and perhaps a plain text or two; else None."""
        match = _SIMPLE.match(self.text, self.position)
        if match is None or self.depth >= MAX_NESTING:
            return None
        name = parse_name(self.text, *match.span(1))
        if name is None:
            return None
        self.position = match.end()
        if match[2] is None:
            return Value(name)
        return Condition(name, _plain(match[2]), _plain(match[3][1:]) if match[3] else ())

    def braces(self) -> Part:
        found = self.simple()
        return self.form() if found is None else found

    def form(self) -> Part:
        opened = self.position
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise SyntaxMistakeError(f"braces nest more than {MAX_NESTING} deep", opened, opened + 1)
        self.position += 1
        found = self.inside(opened)
        if self.text[self.position : self.position + 1] != "}":
            raise self.not_closed(opened)
        self.position += 1
        self.depth -= 1
        return found

    def not_closed(self, opened: int) -> SyntaxMistakeError:
        hint = "close it with }, or write `\\{` for the sign itself"
        return SyntaxMistakeError("this brace is not closed", opened, opened + 1, hint)

    def inside(self, opened: int) -> Part:
        sign = self.text[self.position : self.position + 1]
        if sign and sign in "&!~":
            self.position += 1
            return Alternatives(Mode(sign), self.options(), opened)
        end = self.head_end()
        if self.text[end : end + 1] == "|":
            return Alternatives(Mode.STOPPING, self.options(), opened)
        if end == len(self.text):
            raise self.not_closed(opened)
        head = self.expression(self.position, end, opened)
        self.position = end
        if self.text[end : end + 1] != ":":
            return Value(head)
        self.position += 1
        options = self.options()
        if len(options) > 2:
            hint = "`{condition: yes | no}` has two; nest another form inside the second for more"
            raise SyntaxMistakeError("a condition has no third alternative", opened, opened + 1, hint)
        return Condition(head, options[0], options[1] if len(options) == 2 else ())

    def head_end(self) -> int:
        """Where the head of a form ends: at `:`, `|`, `}` or an inner `{`."""
        match = _HEAD_END.search(self.text, self.position)
        end = match.start() if match else len(self.text)
        if self.text[end : end + 1] in ("{", "\\"):
            pipe = self.text.find("|", end)
            return pipe if pipe >= 0 else end
        return end

    def expression(self, start: int, end: int, opened: int) -> Tree:
        try:
            return parse_expression(self.text, start, end)
        except SyntaxMistakeError as mistake:
            if not self.text[start:end].strip():
                raise SyntaxMistakeError("these braces are empty", opened, end + 1) from None
            hint = mistake.hint or "write `\\{` if a brace is meant as a sign"
            if "|" in self.text[end:] and self.text[end : end + 1] == ":":
                hint = "before a colon stands a condition; where alternatives are meant, write the colon as `\\:`"
            raise SyntaxMistakeError(mistake.message, mistake.start, mistake.end, hint) from None

    def options(self) -> tuple[Markup, ...]:
        found = [_trimmed(self.sequence("|"))]
        while self.text[self.position : self.position + 1] == "|":
            self.position += 1
            found.append(_trimmed(self.sequence("|")))
        return tuple(found)


def _plain(text: str) -> Markup:
    """The parts of a text without any signs, which stands in braces."""
    flowed = _flow(text).replace("\r", "\n").strip(" \t\n")
    return (flowed,) if flowed else ()


def _trimmed(parts: list[Part]) -> Markup:
    """The parts without the white space at both ends."""
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip(" \t\n")
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip(" \t\n")
    return tuple(filter(None, parts))
