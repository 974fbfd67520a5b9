"""The parsers take any text: they read it, or they say at which of its characters they cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pianist_quest.worldfile.expression import SyntaxMistakeError, parse_effect, parse_expression
from pianist_quest.worldfile.markup import Alternatives, Condition, Value, _Reader, parse_markup
from pianist_quest.worldfile.nodes import Mapping, Scalar, Sequence
from pianist_quest.worldfile.tree import Tree
from support import codes, nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pianist_quest.worldfile.nodes import Node

EXPRESSIONS = st.lists(
    st.sampled_from(
        [*"()+-*%<>=.,!&|?'\"0a \n", "//", "==", "+=", "//=", "<=", " and ", " or ", " not ", " in ", " if ",
            " else ", "true",
         "min", "roll", "12", "1_0", "9" * 13, "é", "٣", "x.y", "'a'", '"b"', "True", "None", "\u202e",
         "\N{NO-BREAK SPACE}"]
    ),
    max_size=25,
).map("".join)  # fmt: skip
MARKUP = st.lists(
    st.sampled_from([*"{}|*\\:&!~ a\n", "**", "{x", "{1 > 0:", "\\{", "\\\n", "\n\n", "*b*", "{a|b}", "é", "\t",
                    "'", "😀", "$"]),
    max_size=40,
).map("".join)  # fmt: skip


@pytest.mark.parametrize("parse", [parse_expression, parse_effect, parse_markup])
@given(text=st.one_of(EXPRESSIONS, MARKUP, st.text()))
@settings(max_examples=400)
def test_a_parser_raises_nothing_but_a_mistake_within_the_text(parse: Callable[[str], object], text: str) -> None:
    found, mistake = attempt(parse, text)
    for part in trees(found):
        assert 0 <= part.start < part.end <= len(text)
    if mistake is not None:
        assert 0 <= mistake.start <= len(text)
        assert mistake.start <= mistake.end <= len(text) + 1
        assert mistake.message


@given(
    text=st.lists(st.sampled_from(["{x}", "{x: a | b}", "{ y :\n}", "{if}", "{x:|", "*", "}", "a ", "\\{"])).map(
        "".join
    )
)
def test_a_simple_form_is_read_as_any_other_is(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Reader, "simple", lambda _: None)
        found, mistake = attempt(parse_markup, text)
    soon, other = attempt(parse_markup, text)
    assert soon == found
    assert (other and vars(other)) == (mistake and vars(mistake))


def attempt(parse: Callable[[str], object], text: str) -> tuple[object, SyntaxMistakeError | None]:
    """Return what a parser makes of a text, and what it says where it cannot."""
    try:
        return parse(text), None
    except SyntaxMistakeError as mistake:
        return None, mistake


def trees(found: object) -> Iterator[Tree]:
    """Yield all parts of expressions in what a parser returns."""
    if isinstance(found, Tree):
        yield found
        for name in type(found).__slots__:
            yield from trees(getattr(found, name))
    elif isinstance(found, tuple):
        for one in found:
            yield from trees(one)
    elif isinstance(found, Value | Condition):
        yield from trees(found.tree)
    if isinstance(found, Condition):
        yield from trees((found.yes, found.no))
    elif isinstance(found, Alternatives):
        yield from trees(found.options)


@pytest.mark.parametrize(
    ("text", "message", "part"),
    [
        ("", "an expression is missing here", ""),
        ("1 +", "an expression is missing here", ""),
        ("(1", "this parenthesis is not closed", "("),
        ("f(1", "`,` is missing between the parts, or `)` after the last", ""),
        ("f(", "this parenthesis is not closed", "("),
        ("1 2", "`2` cannot stand here", "2"),
        ("a.", "a property's name is missing after the dot", "."),
        ("1.5", "numbers are whole", "1.5"),
        ("1234567890123", "a number has at most 12 digits", "1234567890123"),
        ("x in a", "`(` is missing after `in`: write `x in (a, b)`", "a"),
        ("a if b", "`else` is missing after `if`: write `a if condition else b`", ""),
        ("'a", "these quotes are not closed", "'a"),
        ("a $ b", "`$` has no meaning in an expression", "$"),
        ("True", "`True` is Python's word", "True"),
    ],
)
def test_what_an_expression_lacks_is_said(text: str, message: str, part: str) -> None:
    with pytest.raises(SyntaxMistakeError) as caught:
        parse_expression(text)
    assert caught.value.message == message
    assert text[caught.value.start : caught.value.end] == part


@pytest.mark.parametrize(
    ("text", "hint"),
    [("a && b", "write `and`"), ("a || b", "write `or`"), ("!a", "write `not`"), ("a / b",
      "whole numbers are divided with `//`"),
     ("a = b", "compare with `==`"), ("a => b", "write `>=`"), ("a =< b", "write `<=`"), ("a ? b : c",
      "write `a if condition else b`"),
     ("None", "write `nothing`"), ("False", "write `false`"), ("2 ^ 3", "there are no powers: multiply")],
)  # fmt: skip
def test_other_languages_words_are_explained(text: str, hint: str) -> None:
    with pytest.raises(SyntaxMistakeError) as caught:
        parse_expression(text)
    assert caught.value.hint == hint


# YAML, by the parser in C and the one in Python

PIECES = st.sampled_from(
    ["a", "key", "é", "漢", "😀", ":", ": ", "- ", "-", "\n", "\n  ", "\n    ", "\n\n", " ", "  ", "\t", "'", '"',
    "|", "|\n  ",
     ">\n  ", ">-\n  ", "|2\n   ", "[", "]", "{", "}", ", ", ",", " # c", "#", "&x ", "*x", "!t ", "\\n", "\\",
     "\\\n", "''", "%",
     "@", "`", "<<: ", "---\n", "...\n", "\r\n", "\r", "\u2028", "\x85", "1", "~", "\N{NO-BREAK SPACE}", "?",
     "\ufeff"]
)  # fmt: skip


def plain(node: Node | None) -> Any:  # noqa: ANN401 - whatever the node holds
    """A node as values that can be compared, places included."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        return node.value, node.style, node.start, node.end
    if isinstance(node, Mapping):
        return node.start, node.end, [(plain(key), plain(value)) for key, value in node.pairs]
    assert isinstance(node, Sequence)
    return node.start, node.end, [plain(item) for item in node.items]


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=1500)
@pytest.mark.usefixtures("uncounted")
def test_both_parsers_of_yaml_read_the_same(text: str) -> None:
    fast, told = nodes(text)
    slow, told_too = nodes(text, pure=True)
    assert plain(fast) == plain(slow)
    assert bool(codes(told)) == bool(codes(told_too))


@st.composite
def documents(draw: st.DrawFn, depth: int = 3) -> str:
    """A well-formed document between braces."""
    word = st.sampled_from(
        ["a", "b c", "é", "'it''s'", '"x\\ty"', "&k z", "1", "true", "~", "a?b", "x:y", '"漢\\\n  字"']
    )
    if depth == 0 or draw(st.booleans()):
        return draw(word)
    inner = draw(st.lists(documents(depth - 1), max_size=4))
    gap = draw(st.sampled_from([", ", ",\n  ", ",\t", " ,  # c\n "]))
    if draw(st.booleans()):
        return f"[{gap.join(inner)}]"
    return "{" + gap.join(f"k{i}: {one}" for i, one in enumerate(inner)) + "}"


@given(documents())
def test_both_parsers_of_yaml_read_the_same_document(text: str) -> None:
    fast, told = nodes(f"x: {text}\n")
    slow, _ = nodes(f"x: {text}\n", pure=True)
    assert codes(told) == []
    assert fast is not None
    assert plain(fast) == plain(slow)


@pytest.mark.parametrize(
    "text",
    ["%FOO\n---\na", "a: |x\n b", "a: |0\n b", "a: |\n\tb", "a: >\n  b\n\tc", "a: |1-+\n b", "[a:]", "[a:,b]",
    "a: b\n\tc", "a: b: c",
     '"\\ud800"', '"\\q"', "&a &b c", "!a !b c", "? [", "---\n---"],
)  # fmt: skip
def test_both_parsers_of_yaml_refuse_the_same(text: str) -> None:
    assert codes(nodes(text)[1])
    assert codes(nodes(text, pure=True)[1])


@pytest.mark.parametrize(
    "text",
    ["a: b\t# c\n", "a:\tb", "[a,\tb\t]", "a: b? c\nd: {e: f? g, h: i?}", "a: |# c\n  b\n", "a: |+2\n   b\n\n",
    "a b\n  c\n\n  d: e",
     "a\u2028b", "a: |\t \n  b", "%YAML 1.1\n---\na: b", "a\n...\n", "- a\n-\n  - b\n  -\tc", 'a: "b\tc\\\n  d"',
     "\r\n# a\r\nb: c"],
)  # fmt: skip
def test_both_parsers_of_yaml_agree_on_tabs_marks_and_comments(text: str) -> None:
    assert plain(nodes(text)[0]) == plain(nodes(text, pure=True)[0])


@pytest.mark.parametrize("escape", ["U00110000", "UFFFFFFFF"])
@pytest.mark.parametrize("pure", [False, True])
def test_an_escape_beyond_unicode_is_shown(pure: bool, escape: str) -> None:  # noqa: FBT001 - a column
    (found,) = nodes(f'a: "b\\{escape}"', pure=pure)[1]
    assert found.code.value == "yaml-syntax"
    if pure:
        assert found.label.span.start == 5
