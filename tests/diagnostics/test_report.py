"""How findings are told."""

from __future__ import annotations

import json

import pytest
from wcwidth import wcswidth

from pianist_quest.diagnostics.codes import Code
from pianist_quest.diagnostics.diagnostic import (
    MAX_FINDINGS,
    Problems,
    Severity,
    TooManyProblemsError,
    did_you_mean,
    nearest,
)
from pianist_quest.diagnostics.report import json_report, summary, text_report
from pianist_quest.diagnostics.source import Source, Span, printable


def one(
    text: str, part: str, *, after: str = "", message: str = "a message", note: str = "", hint: str = ""
) -> Problems:
    """One finding at a part of a text that follows a beginning."""
    problems = Problems()
    start = text.index(part, len(after))
    source = Source("file.yaml", text)
    problems.add(Code.UNKNOWN_NAME, message, Span(source, start, start + len(part)), note=note, hint=hint)
    return problems


def test_a_finding_is_a_sentence_a_place_and_an_underline() -> None:
    assert text_report(one("a: 1\nb: two\n", "two", note="here", hint="write 2")) == (
        "error[unknown-name]: a message\n"
        " --> file.yaml:2:4\n"
        "  |\n"
        "2 | b: two\n"
        "  |    ^^^ here\n"
        "  = help: write 2\n"
        "\n"
        "1 error\n"
    )


def test_a_second_place_is_underlined_otherwise() -> None:
    source = Source("file.yaml", "\n" * 9 + "a\na")
    problems = Problems()
    problems.add(Code.DUPLICATE_KEY, "twice", Span(source, 11, 12), others=((Span(source, 9, 10), "the first"),))
    assert text_report(problems).splitlines()[1:-2] == [
        "  --> file.yaml:11:1",
        "   |",
        "11 | a",
        "   | ^",
        "  ::: file.yaml:10:1",
        "   |",
        "10 | a",
        "   | - the first",
    ]


@pytest.mark.parametrize(
    "before",
    ["", "abc", "\u00e9", "e\u0301", "\u6f22\u5b57", "\U0001f469\u200d\U0001f469\u200d\U0001f467", "\t", "a\tb",
     "\x07", "\u202e", "\xa0", "\u200b"],
)  # fmt: skip
@pytest.mark.parametrize("part", ["x", "xyz", "\u6f22", "e\u0301", "\x1b[2J", "a\tb"])
def test_the_underline_stands_below_its_characters(before: str, part: str) -> None:
    shown, under = text_report(one(f"{before}{part}z", part, after=before)).splitlines()[3:5]
    line, carets = shown.removeprefix("1 | "), under.removeprefix("  | ")
    flat_before, flat_part = (printable(text.replace("\t", " ")) for text in (before, part))
    assert line == f"{flat_before}{flat_part}z".rstrip()
    assert len(carets) - len(carets.lstrip(" ")) == max(0, wcswidth(flat_before))
    assert carets.count("^") == max(1, wcswidth(flat_part))


def test_a_part_of_several_lines_is_underlined_on_its_first() -> None:
    assert text_report(one("ab\ncd", "b\nc")).splitlines()[3:5] == ["1 | ab", "  |  ^"]


def test_a_place_at_the_end_has_one_caret() -> None:
    source = Source("f", "ab")
    problems = Problems()
    problems.add(Code.YAML_SYNTAX, "m", Span(source, 2, 2))
    assert text_report(problems).splitlines()[4] == "  |   ^"


def test_of_a_long_line_a_part_is_shown() -> None:
    shown, under = text_report(one("x" * 5000 + "HERE" + "y" * 5000, "HERE")).splitlines()[3:5]
    assert len(shown) < 200
    assert shown[under.index("^") : under.index("^") + 4] == "HERE"
    assert shown.startswith("1 | \u2026")
    assert shown.endswith("\u2026")
    assert text_report(one("HERE" + "y" * 5000, "HERE")).splitlines()[3].startswith("1 | HERE")


def test_a_long_message_is_shortened_and_stays_on_its_line() -> None:
    text = text_report(one("a", "a", message="m" * 5000, hint="two\nlines"))
    assert max(map(len, text.splitlines())) < 500
    assert "= help: two<0a>lines\n" in text


def test_a_file_without_text_has_a_path_only() -> None:
    problems = Problems()
    problems.add(Code.NO_WORLD_FILE, "none", Span(Source("no\x1bwhere", ""), 0, 0), hint="look")
    assert text_report(problems) == "error[no-world-file]: none\n --> no<1b>where\n  = help: look\n\n1 error\n"


def test_colours_change_nothing_but_colours() -> None:
    problems = one("abc", "b", note="n", hint="h")
    coloured = text_report(problems, colour=True)
    assert "\x1b[1;31m" in coloured
    for code in ("\x1b[1m", "\x1b[1;31m", "\x1b[1;34m", "\x1b[0m"):
        coloured = coloured.replace(code, "")
    assert coloured == text_report(problems)


def test_a_warning_has_a_colour_of_its_own() -> None:
    problems = Problems()
    problems.add(Code.MAY_NOT_STOP, "m", Span(Source("f", "a"), 0, 1))
    assert "\x1b[1;33mwarning[may-not-stop]" in text_report(problems, colour=True)
    assert problems.errors == 0
    assert Code.MAY_NOT_STOP.severity is Severity.WARNING


def test_nothing_found_is_nothing_said() -> None:
    assert text_report(Problems()) == ""
    assert summary(Problems()) == "no findings"
    assert json.loads(json_report(Problems())) == []


def test_errors_and_warnings_are_counted() -> None:
    problems = one("ab", "a")
    source = Source("f", "ab")
    for place in (0, 1):
        problems.add(Code.MAY_NOT_STOP, "m", Span(source, place, place + 1))
    assert summary(problems) == "1 error and 2 warnings"


def test_a_finding_is_kept_once_and_all_are_sorted_by_place() -> None:
    first, second = Source("a", "xyz"), Source("b", "xyz")
    problems = Problems()
    for source, start in ((second, 0), (first, 2), (first, 1), (first, 2)):
        problems.add(Code.BAD_NAME, "m", Span(source, start, start + 1))
    spans = [found.label.span for found in problems]
    assert [(span.source.path, span.start) for span in spans] == [("a", 1), ("a", 2), ("b", 0)]


def test_a_run_stops_at_too_many_errors() -> None:
    problems, source = Problems(), Source("f", "x" * 1000)
    for place in range(MAX_FINDINGS - 1):
        problems.add(Code.BAD_NAME, "m", Span(source, place, place + 1))
    with pytest.raises(TooManyProblemsError):
        problems.add(Code.BAD_NAME, "m", Span(source, 999, 1000))
    assert len(problems) == MAX_FINDINGS
    assert text_report(problems).endswith(f"\n\n{MAX_FINDINGS} errors; check stopped there\n")


def test_warnings_beyond_many_are_dropped_and_stop_nothing() -> None:
    problems, source = Problems(), Source("f", "x" * 1000)
    for place in range(1000):
        problems.add(Code.MAY_NOT_STOP, "m", Span(source, place, place + 1))
    assert len(problems) == MAX_FINDINGS
    assert text_report(problems).endswith(f"\n\n{MAX_FINDINGS} warnings; there are more\n")


def test_json_counts_from_one_and_escapes_nothing_away() -> None:
    (found,) = json.loads(json_report(one("a\n\u6f22\x07b", "\x07", note="n", hint="h")))
    assert found == {
        "code": "unknown-name",
        "severity": "error",
        "message": "a message",
        "hint": "h",
        "labels": [{"path": "file.yaml", "line": 2, "column": 2, "end_line": 2, "end_column": 3, "text": "n"}],
    }


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("ab\ncd", [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)]),
        ("a\r\nb", [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]),
        ("a\rb", [(1, 1), (1, 2), (2, 1), (2, 2)]),
        ("", [(1, 1)]),
    ],
)
def test_a_source_counts_lines_and_columns(text: str, places: list[tuple[int, int]]) -> None:
    source = Source("f", text)
    assert [source.line_and_column(offset) for offset in range(len(text) + 1)] == places
    assert [source.line(number)[1] for number in range(1, places[-1][0] + 1)] == text.splitlines() or not text


@pytest.mark.parametrize("char", ["a", "\n", "\u6f22", "\xa0", "\u3000", "\u0301"])
def test_what_writing_needs_is_printed(char: str) -> None:
    assert printable(f"x{char}") == f"x{char}"


@pytest.mark.parametrize(
    "text",
    ["\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0915\u094d\u200d\u0937", "\U0001f469\u200d\U0001f3a4",
     "\u2764\ufe0f\u200d\U0001f525", "1\ufe0f\u20e3", "\u00a9\ufe0f", "\u845b\U000e0100",
     "\u05e9\u05c1\u05b8\u05bd\u0591"],
)  # fmt: skip
def test_joiners_and_forms_stay_where_writing_needs_them(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("quit\u200d", "quit<200d>"),
        ("qu\u200cit", "qu<200c>it"),
        ("qu\xadit", "qu<ad>it"),
        ("quit\ufe0f", "quit<fe0f>"),
        ("\u2764\ufe0f\ufe0f", "\u2764\ufe0f<fe0f>"),
        ("\U0001f469\u200d\u200d", "\U0001f469\u200d<200d>"),
        ("\u3164", "<3164>"),
        ("e" + "\u0301" * 9, "e" + "\u0301" * 8 + "<301>"),
    ],
)
def test_what_hides_is_shown(text: str, shown: str) -> None:
    assert printable(text) == shown


@pytest.mark.parametrize("char", list("\0\x07\x1b\x7f\x9b\r\u202e\u2066\u2028\ud800\ue000\ufeff"))
def test_what_steers_a_terminal_is_not_printed(char: str) -> None:
    assert printable(f"x{char}") == f"x<{ord(char):02x}>"


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("kitchn", ["kitchen", "chicken"], "kitchen"),
        ("Kitchen", ["kitchen"], "kitchen"),
        ("abc", ["xyz"], None),
        ("abc", [], None),
        ("a" * 61, ["a" * 61], None),
        ("word_7x", [f"word_{i}" for i in range(1000)], "word_7"),
        ("xord_7", [f"word_{i}" for i in range(1000)], None),
    ],
)
def test_the_nearest_known_word_is_found(word: str, known: list[str], found: str | None) -> None:
    near = nearest(word, known)
    assert (near or "").rstrip("0123456789") == (found or "").rstrip("0123456789")
    assert did_you_mean(word, known) == (f"did you mean `{near}`?" if near else "")
