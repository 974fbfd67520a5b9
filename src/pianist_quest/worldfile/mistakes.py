"""PyYAML's complaints, told to an author."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.codes import Code
from pianist_quest.diagnostics.source import Span

if TYPE_CHECKING:
    import yaml

    from pianist_quest.diagnostics.diagnostic import Problems
    from pianist_quest.diagnostics.source import Source

_TOO_HIGH: Final = re.compile(r"\\U(?!0010|000)[0-9A-Fa-f]{8}")

_AFTER_QUOTES: Final = re.compile(
    r"""\s*(?:- )*(?:[^\s"'#][^"'#:]*:\s+)?(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*[^\s#:,}\]]"""
)
_KEY: Final = re.compile(r"\s*(?:- )*[\w-]+:(?:\s|$)")
_KEY_ALONE: Final = re.compile(r"\s*(?:- )*([a-z_]+(?:(?= )|:(?=\S)|\s*$))(?!\s*:(?:\s|$))[^:]*$")
_OPENS: Final = re.compile(r"(?::|[|>][+-]?\d?|[\[{,])\s*(?:#.*)?$|^\s*#")

# What the parser says (a part of it), what we say, and what to do.
_TOLD = (
    (
        "mapping values are not allowed",
        "a colon stands where none can",
        "a text with `: ` in it must be put in quotes, or written as a block after `|`",
    ),
    (
        "cannot start any token",
        "a text cannot begin with this character",
        "put the text in quotes, or write it as a block after `|`",
    ),
    (
        "found unknown escape character",
        "this is no escape in double quotes",
        "use single quotes, or a block after `|`, where a backslash is only a backslash",
    ),
    (
        "found unexpected end of stream",
        "the file ends inside quotes",
        "close the quotes; inside single quotes an apostrophe is written twice: ''",
    ),
    (
        "could not find expected ':'",
        "a key needs a colon after it",
        "write `key: value`; a text of several lines must be a block after `|`, indented",
    ),
    (
        "expected <block end>",
        "this line does not fit the lines above it",
        "check that it is indented exactly like its neighbours, and that quotes above it are closed",
    ),
    (
        "did not find expected key",
        "this line does not fit the lines above it",
        "check that it is indented exactly like its neighbours, and that quotes above it are closed",
    ),
    (
        "did not find expected '-' indicator",
        "this line does not fit the list above it",
        "check its indentation; each item of a list begins with `- `",
    ),
    (
        "expected ',' or",
        "a comma or the closing bracket is missing",
        "close the bracket; a text that holds `: ` or [ or { or , inside one must be put in quotes",
    ),
    ("found undefined alias", "nothing has this anchor", "a text that begins with * must be put in quotes"),
    (
        "expected alphabetic or numeric character",
        "a text cannot begin with this character",
        "put the text in quotes, or write it as a block after `|`",
    ),
)


def explain(error: yaml.YAMLError | ValueError | OverflowError, source: Source, problems: Problems) -> None:
    """Add the finding that a parser's exception stands for."""
    if isinstance(error, ValueError | OverflowError):
        escape = _TOO_HIGH.search(source.text)
        span = Span(source, *(escape.span() if escape else (0, 0)))
        hint = "the highest is \\U0010FFFF"
        problems.add(Code.YAML_SYNTAX, "this escape stands for no character", span, hint=hint)
        return
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    where = min(getattr(mark, "index", 0), len(source.text))
    said = str(getattr(error, "problem", None) or error)
    span = _visible(source, where)
    if source.text[span.start : span.end] == "\t":
        problems.add(
            Code.TAB_INDENT, "a tab indents this line", span, hint="indent with spaces: YAML takes no tabs there"
        )
        return
    key = _without_colon(source, span) if "mapping values are not allowed" in said else None
    if key is not None:
        word = source.text[key.start : key.end].strip(": ")
        message = f"`{word}` looks like a key without its colon, or without the space behind it"
        problems.add(Code.YAML_SYNTAX, message, key, hint=f"write `{word}: ...`")
        return
    message, hint = _by_lines(source, span) or next(
        (told[1:] for told in _TOLD if told[0] in said),
        (f"this is not YAML: {said}", "look at the line above it too: a quote or bracket may be open"),
    )
    others = []
    context = getattr(error, "context_mark", None)
    if context is not None and mark is not None and context.index < mark.index:
        others.append((_visible(source, context.index), "what it belongs to begins here"))
    problems.add(Code.YAML_SYNTAX, message, span, hint=hint, others=others)


def _without_colon(source: Source, span: Span) -> Span | None:
    """The key of the line above a colon that cannot stand where it does, if that key has no colon of its own."""
    number = source.line_and_column(span.start)[0]
    here = source.line(number)[1]
    for one in range(number - 1, max(0, number - 4), -1):
        start, line = source.line(one)
        match = _KEY_ALONE.match(line)
        if match and _indent(line) <= _indent(here):
            return Span(source, start + match.start(1), start + match.end(1))
        if line.strip():
            return None
    return None


def _by_lines(source: Source, span: Span) -> tuple[str, str] | None:
    """What is wrong where the line itself or the one above it tells more than the parser."""
    number, column = source.line_and_column(span.start)
    line = source.line(number)[1]
    if _AFTER_QUOTES.match(line):
        message = "the text goes on after its closing quotation mark"
        hint = (
            "quotes around a text are YAML's own: write it as a block after `|`; in single quotes an apostrophe is ''"
        )
        return message, hint
    above = next((text for one in range(number - 1, 0, -1) if (text := source.line(one)[1]).strip()), "")
    deeper = _indent(line) > _indent(above)
    if (
        deeper
        and _KEY.match(line)
        and column <= _indent(line) + line.lstrip().find(":") + 1
        and not _OPENS.search(above)
    ):
        message = "this line is indented as though it belonged to the one above it"
        return message, "indent it like its neighbours; or, if it does belong there, end the line above with a colon"
    return None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _visible(source: Source, where: int) -> Span:
    """A place one character wide; at a line's or the file's end, the last character before it."""
    text = source.text
    while where > 0 and (where >= len(text) or text[where] in "\r\n"):
        where -= 1
    return Span(source, where, where + 1)
