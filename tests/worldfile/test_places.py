"""A mistake is underlined exactly, however the text it stands in is quoted."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.worldfile.nodes import Mapping, Scalar
from pianist_quest.worldfile.templates import Expander, Templates, define
from support import HALL, HEADER, check_text, codes, nodes, underlined

if TYPE_CHECKING:
    from pathlib import Path

    from hypothesis.strategies import DrawFn

MARK = "n\u00f6body"
WORDS = st.sampled_from(
    ["a", "the", "yard", "caf\u00e9", "cafe\u0301", "\u6f22\u5b57", "\U0001f469\u200d\U0001f469\u200d\U0001f467",
     "\u0633\u0644", ",", "x:y", "...", "a#b"]
)  # fmt: skip
QUOTED_WORDS = st.one_of(
    WORDS, st.sampled_from(["'", "it's", '"', "\\", "{", "[", "- ", "# ", ": ", "&", "*", "|", "\t"])
)


@st.composite
def values(draw: DrawFn, words: st.SearchStrategy[str] = QUOTED_WORDS) -> list[str]:
    """Words, one of them the marked one; it has a word on each side."""
    before = draw(st.lists(words, min_size=1, max_size=6))
    after = draw(st.lists(words, min_size=1, max_size=6))
    return ["x", *before, MARK, *after, "x"]


@st.composite
def plain(draw: DrawFn) -> tuple[str, int, int]:
    """Words without quotes, on one line or several."""
    raw = ""
    for word in draw(values(WORDS)):
        gap = draw(st.sampled_from([" ", "  ", "\n      ", "\n\n        "])) if raw else ""
        raw += gap + word
    return raw, raw.index(MARK), len(MARK)


@st.composite
def single(draw: DrawFn) -> tuple[str, int, int]:
    """Words in single quotes."""
    raw = ""
    for word in draw(values()):
        gap = draw(st.sampled_from([" ", "\t", "   ", " \n      ", "\n\n    "])) if raw else ""
        raw += gap + word.replace("'", "''")
    return f"'{raw}'", raw.index(MARK) + 1, len(MARK)


@st.composite
def double(draw: DrawFn) -> tuple[str, int, int]:
    """Words in double quotes, any character escaped in any way, any line broken."""
    raw, start, length = '"', 0, 0
    for word in draw(values()):
        if len(raw) > 1:
            raw += draw(
                st.sampled_from([" ", "\\n", "\n    ", "\n\n      ", " \\\n     ", "\\t", "\\x20", "\\\n  \\  "])
            )
        here = len(raw)
        raw += "".join(draw(escaped(char)) for char in word)
        if word == MARK:
            start, length = here, len(raw) - here
    return raw + '"', start, length


def escaped(char: str) -> st.SearchStrategy[str]:
    """The ways in which a character can be written in double quotes."""
    ways = [f"\\U{ord(char):08x}"]
    if ord(char) < 0x10000:
        ways.append(f"\\u{ord(char):04X}")
    if ord(char) < 0x100:
        ways.append(f"\\x{ord(char):02x}")
    return st.sampled_from([char if char not in '"\\\t' else f"\\{char}", *ways])


@st.composite
def block(draw: DrawFn) -> tuple[str, int, int]:
    """Words in a block, literal or folded, with or without an indicator, deeper lines and blank ones."""
    head = draw(st.sampled_from(["|", ">"]))
    indent = draw(st.integers(3, 6))
    head += draw(st.sampled_from(["", "-", "+", str(indent - 2), f"{indent - 2}-"])) + draw(
        st.sampled_from(["", " # a note"])
    )
    words = draw(values())
    lines = [" " * indent + words[0]]
    for word in words[1:]:
        if draw(st.booleans()):
            lines[-1] += " " + word
        else:
            lines += [""] * draw(st.integers(0, 2))
            lines.append(" " * (indent + draw(st.sampled_from([0, 0, 2]))) + word)
    raw = head + "\n" + "\n".join(lines) + "\n"
    return raw, raw.index(MARK), len(MARK)


TEXTS = st.one_of(plain(), single(), double(), block())
PROPERTIES = st.sampled_from(["", "&nobody ", "&a\n    "])
BREAKS = st.sampled_from(["\n", "\r\n", "\r"])


@given(TEXTS, PROPERTIES, BREAKS, st.booleans())
def test_a_part_of_a_value_is_found_in_the_file(text: tuple[str, int, int], prop: str, end: str, pure: bool) -> None:  # noqa: FBT001 - drawn
    raw, start, length = text
    head = f"before: \u6f22\nscenes:\n  a: {prop}"
    whole = f"{head}{raw}\nafter: x\n".replace("\n", end)
    expected = len((head + raw[:start]).replace("\n", end))
    root, problems = nodes(whole, pure=pure)
    assert codes(problems) == []
    assert isinstance(root, Mapping)
    scenes = root.get("scenes")
    assert isinstance(scenes, Mapping)
    scalar = scenes.get("a")
    assert isinstance(scalar, Scalar)
    where = scalar.value.index(MARK)
    span = scalar.part(where, where + len(MARK))
    assert (span.start, span.end) == (expected, expected + length)
    assert scalar.part(where, where).start == expected
    past = scalar.part(len(scalar.value), len(scalar.value) + 1)
    assert scalar.start <= past.start <= len(whole)


def found_in(folder: Path, text: str) -> Problems:
    return check_text(folder, HEADER + HALL + text)


@pytest.mark.parametrize(
    "script",
    [
        "It is {nobody}.",
        "'It''s {nobody}.'",
        r'"\"\u6f22\" {nobody}\n."',
        "|\n    漢字 and 👩\u200d👩\u200d👧\n\n      deeper {nobody}.\n",
        ">-\n    one\n    two\n\n\n    three {nobody}\n",
        "{if: nobody, text: x}",
        "{if: 'not  nobody', text: x}",
        '{if: "(nobody)", text: x}',
        "{do: hall.x = 1 + nobody}",
        "{choices: ['It is {nobody}']}",
        '{choices: [{"a {nobody}": x}]}',
        "{goto: nobody}",
        "{call: nobody}",
        "{then: [{then: [{else: x, if: nobody}]}]}",
        "{if: &x nobody, text: x}",
        "{first: [{unless: [1 > 0, 'nobody > 1'], text: x}]}",
        "'{1 > 0: a | {2 > 1: b | {nobody}}}'",
        "'{&a|b {~c|{nobody}}}'",
    ],
)  # fmt: skip
def test_an_unknown_name_is_underlined_wherever_it_stands(script: str, tmp_path: Path) -> None:
    found = [one for one in found_in(tmp_path, f"scenes:\n  a: {script}\n") if one.code.value == "unknown-name"]
    assert [underlined(one) for one in found] == ["nobody"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is {week + }.", " "),
        ("It is {1 + 1", "{"),
        ("It is }", "}"),
        (r"'C:\music'", "\\"),
        (r'"C:\\music"', r"\\"),
        (r'"it is {\"a\" + 1}"', r"\"a\""),
        (r'"it is {1 + \"a\"}"', r"\"a\""),
        ("'{''a'' + 1}'", "''a''"),
        ("{if: 1 < hall, text: x}", "hall"),
        ("{if: hall.name, text: x}", "name"),
        ("{if: 'frob(1, (2))', text: x}", "frob"),
        ("{if: 'min(1)', text: x}", "min(1)"),
        ("{do: hall.x = (1 + 2}", "("),
        ("{do: 1 + 1}", "1 + 1"),
        ("{if: 1 && 2, text: x}", "&&"),
        ('{if: "\\u0022a\\u0022 > 1", text: x}', "\\u0022a\\u0022"),
    ],
)
def test_a_mistake_is_underlined_exactly(text: str, expected: str, tmp_path: Path) -> None:
    first, *_ = found_in(tmp_path, f"scenes:\n  a: {text}\n")
    assert underlined(first) == expected


TEMPLATE = """templates:
  t(p, q):
    label: "a $p {nobody_here} $q"
    text: "{$p > 0: $q | x}"
scenes:
  a:
    choices:
    - use: t
      p: %s
      q: %s
"""


@pytest.mark.parametrize("p", ["3", "'nobody_there'", '"nobody_\\u0074here"'])
@pytest.mark.parametrize("q", ["x", "'it''s {nobody_else}'", ">\n        {nobody_else}"])
def test_a_template_shows_its_own_mistakes_and_those_of_its_arguments(p: str, q: str, tmp_path: Path) -> None:
    found = list(found_in(tmp_path, TEMPLATE % (p, q)))
    assert {underlined(one) for one in found} == {
        "nobody_here",
        *(["nobody_there"] if "'" in p else ["nobody_\\u0074here"] if "u" in p else []),
        *(["nobody_else"] if "else" in q else []),
    }
    own = next(one for one in found if underlined(one) == "nobody_here")
    (use,) = own.others
    assert use.text == "the template is used here"
    assert use.span.source.text[use.span.start : use.span.end] == "t"


@given(
    before=st.text("ab $\u6f22", max_size=8), inside=st.text("ab \u6f22", max_size=8), after=st.text("ab $", max_size=8)
)
def test_a_text_that_a_template_makes_knows_where_its_parts_are(before: str, inside: str, after: str) -> None:
    body = f"{before.replace('$', '$$')} $p {MARK} $q {after.replace('$', '$$')}"
    argument = f"{inside}{MARK.upper()}{inside}"
    root, problems = nodes(f"t: '{body}'\nuse: {{use: t, p: '{argument}', q: '{argument}'}}\n")
    assert isinstance(root, Mapping)
    templates: Templates = {}
    key, text = root.pairs[0]
    name = Scalar(key.source, key.start, key.end, "t(p, q)", "")
    define(name, text, templates, problems)
    made = Expander(templates, Problems()).expand(root.pairs[1][1])
    assert isinstance(made, Scalar)
    assert made.value == f"{before} {argument} {MARK} {argument} {after}"
    for mark in (MARK, MARK.upper()):
        where = made.value.index(mark)
        span = made.part(where, where + len(mark))
        assert span.source.text[span.start : span.end] == mark


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("|\n    \n   \n", ""),
        ("|+\n\n\n", "\n\n"),
        ("|", ""),
        ("''", ""),
        ("''''", "'"),
        ('"\\\n  a\\\n\n  b"', "a\nb"),
        ('"a\\\n"', "a"),
        ("|2\n     deep\n  b\n", "   deep\nb\n"),
        (">2\n     deep\n  b\n", "   deep\nb\n"),
        ("'a\u2028b'", "a\u2028b"),
        ("'a\n\u2029b'", "a\u2029b"),
        ('"\\N\\_\\L\\P\\/\\0"', "\x85\xa0\u2028\u2029/ "),
    ],
)
def test_each_character_of_an_odd_value_has_its_place(raw: str, value: str) -> None:
    root, _ = nodes(f"a: {raw}")
    assert isinstance(root, Mapping)
    scalar = root.pairs[0][1]
    assert isinstance(scalar, Scalar)
    assert scalar.value == value
    spans = [scalar.part(place, place + 1) for place in range(len(value))]
    assert all(one.end <= other.start for one, other in pairwise(spans))
    for span, char in zip(spans, value, strict=True):
        if char.isalpha():
            assert span.source.text[span.start : span.end] == char


def test_a_place_is_found_beside_a_control_character_too() -> None:
    root, problems = nodes("a: |\n  one\x07\x07two {nobody}\n")
    assert codes(problems) == ["control-character"]
    assert isinstance(root, Mapping)
    scalar = root.pairs[0][1]
    assert isinstance(scalar, Scalar)
    where = scalar.value.index("nobody")
    span = scalar.part(where, where + 6)
    assert span.source.text[span.start : span.end] == "nobody"


def test_what_cannot_be_retraced_is_looked_for() -> None:
    root, _ = nodes("a: one {nobody}\n")
    assert isinstance(root, Mapping)
    text = root.pairs[0][1]
    other = Scalar(text.source, text.start, text.end, "{nobody}?", "")
    span = other.part(1, 7)
    assert span.source.text[span.start : span.end] == "nobody"
    assert other.part(8, 9).start == text.end
