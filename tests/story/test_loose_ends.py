"""What is right and leads to nothing: decided conditions, unused variables, dead ends; and comments that allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.story.bounds import decision, joined
from pianist_quest.story.compile import compile_world
from pianist_quest.worldfile.load import load_world
from support import HEADER, underlined

if TYPE_CHECKING:
    from pathlib import Path

    from pianist_quest.diagnostics.diagnostic import Diagnostic

HALL = """
variables:
  nerve: {start: 3, min: 0, max: 10, label: Nerve}
  week: {start: 1, label: Week}
kinds: {piece: {level: {start: 1, min: 1, max: 5}}}
pieces: {k545: {name: Sonata}}
rooms:
  hall:
    name: Hall
    choices:
      - {label: Go on., do: [nerve -= 1, week += 1, k545.level += 1]}
      - label: Play.
        if: %s
        do: nerve += 1
"""


def found(folder: Path, text: str, *, advised: bool = False) -> list[Diagnostic]:
    """Return what `check` finds in a world."""
    problems = Problems(advised=advised)
    file = folder / "world.yaml"
    file.write_text(HEADER + text, encoding="utf-8")
    world = load_world(file, problems)
    assert world is not None
    compile_world(world, problems)
    return list(problems)


def said(folder: Path, text: str, *, advised: bool = False) -> list[tuple[str, str]]:
    """Return the codes of what is found, and what is underlined."""
    return [(one.code.value, underlined(one)) for one in found(folder, text, advised=advised)]


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("nerve >= 0", "always-so"),
        ("nerve > 10", "never-so"),
        ("nerve == 11", "never-so"),
        ("nerve != -1", "always-so"),
        ("nerve + 2 > 12", "never-so"),
        ("-nerve > 0", "never-so"),
        ("nerve * 2 <= 20", "always-so"),
        ("12 < nerve", "never-so"),
        ("k545.level < 6", "always-so"),
        ("k545.level + nerve > 15", "never-so"),
    ],
)
def test_what_bounds_decide_is_no_condition(condition: str, code: str, tmp_path: Path) -> None:
    assert said(tmp_path, HALL % condition) == [(code, condition)]


def test_of_several_conditions_the_decided_one_is_underlined(tmp_path: Path) -> None:
    assert said(tmp_path, HALL % "week > 2 and nerve < 11") == [("always-so", "nerve < 11")]
    assert said(tmp_path, HALL % "0 < nerve < 11") == [("always-so", "nerve < 11")]


@pytest.mark.parametrize(
    "condition", ["nerve > 9", "nerve == 0", "week >= 0", "nerve > week", "nerve - 3 < 0", "1 < 2", "nerve // 20 > 1"]
)
def test_what_depends_on_play_is_left_alone(condition: str, tmp_path: Path) -> None:
    assert said(tmp_path, HALL % condition) == []


def test_what_a_template_makes_is_left_alone(tmp_path: Path) -> None:
    text = """
variables: {nerve: {start: 3, min: 0, max: 10}}
templates:
  need(least):
    if: nerve >= $least
    text: Ready.
rooms:
  hall:
    name: Hall
    choices: [{label: Try., do: nerve -= 1}]
    enter: [{use: need, least: 0}, {use: need, least: 5}]
"""
    assert said(tmp_path, text) == []


def test_variables_that_nothing_asks_for_or_changes(tmp_path: Path) -> None:
    text = """
variables: {asked: 1, changed: 1, both: 1, shown: {start: 1, label: Shown}, idle: 1, only_itself: 1}
rooms:
  hall:
    name: Hall
    text: "{asked}, {both}"
    choices: [{label: Go on., do: [changed = 2, both = 2, shown += 1, only_itself += 1]}]
"""
    assert said(tmp_path, text) == [
        ("never-set", "asked"),
        ("never-read", "changed"),
        ("never-read", "idle"),
        ("never-read", "only_itself"),
    ]


ROOMS = """
rooms:
  hall: {name: Hall, exits: {down: cellar}}
  cellar:
    name: Cellar
    text: The door has fallen shut.
%s
"""


@pytest.mark.parametrize(
    ("rest", "dead"),
    [
        ("", True),
        ("    choices: [{label: Knock., text: Nobody comes.}]", True),
        ("    choices: [{label: Knock., once: true, goto: hall}]", True),
        ("    choices: [{label: Knock., goto: hall}]", False),
        ("    exits: {up: hall}", False),
        ("    enter: {goto: end}\nendings: {end: {name: The end, text: Dark.}}", False),
        ("rules: {rescue: {when: at(cellar), goto: hall}}", False),
        ("verbs: {shout: {phrases: [shout], goto: hall}}", False),
    ],
)
def test_a_room_that_nothing_leads_out_of(rest: str, dead: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a column
    codes = [code for code, _ in said(tmp_path, ROOMS % rest)]
    assert ("dead-end" in codes) is dead


def test_advice_is_told_to_those_who_ask(tmp_path: Path) -> None:
    text = """
rooms:
  hall:
    name: Hall
    text: The the lid is open , and it smells of cedar -- and of nothing else at all.
    exits: {down: cellar}
  cellar:
    name: Cellar
    text: The the lid is open , and it smells of cedar -- and of nothing else at all.
    exits: {east: yard}
    choices: [{label: End it., goto: over}]
  yard: {name: Yard, exits: {west: cellar, up: hall}}
endings: {over: {name: Over}}
"""
    assert found(tmp_path, text) == []
    codes = [code for code, _ in said(tmp_path, text, advised=True)]
    assert sorted(set(codes)) == ["no-last-words", "no-way-back", "slip-of-prose", "told-twice"]
    assert codes.count("slip-of-prose") == 6


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("He says that that is that.", []),
        ("No, no no.", []),
        ("{lit: , lit}. Wait ... well.", []),
        ("It was was so.", ["was was"]),
        ("One  two.", ["  "]),
        ("One, ,two,,", [",,"]),
        ('A \N{LEFT DOUBLE QUOTATION MARK}word\N{RIGHT DOUBLE QUOTATION MARK} and "word".', ['"']),
    ],
)
def test_slips_of_prose(text: str, slip: list[str], tmp_path: Path) -> None:
    world = f"""
variables: {{lit: false}}
rooms:
  hall:
    name: Hall
    choices: [{{label: Light it., do: lit = true}}, {{label: "{{lit}}", text: x}}]
    text: |
      {text}
"""
    assert [part for code, part in said(tmp_path, world, advised=True) if code == "slip-of-prose"] == slip


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "   # allow: odd-exit"),
        ("    # allow: odd-exit\n", ""),
        ("    # allow: same-name, odd-exit\n", ""),
        ("    # why it is so\n    # allow: odd-exit\n", ""),
        ("    #allow:odd-exit\n", ""),
    ],
)
def test_a_comment_allows_what_is_on_its_line_or_begins_below_it(before: str, after: str, tmp_path: Path) -> None:
    text = f"""
rooms:
  hall:
    name: Hall
{before}    exits: {{donw: cellar}}{after}
  cellar: {{name: Cellar, exits: {{up: hall}}}}
"""
    assert "odd-exit" not in [code for code, _ in said(tmp_path, text)]


def test_a_comment_above_an_entry_holds_for_all_of_it_and_nothing_else(tmp_path: Path) -> None:
    text = """
rooms:
  # allow: odd-exit
  hall:
    name: Hall
    exits:
      donw: cellar
      pu: cellar
  cellar:
    name: Cellar
    exits: {donw: hall}
"""
    assert said(tmp_path, text) == [("odd-exit", "donw")]


def test_a_comment_that_allows_nothing_is_told(tmp_path: Path) -> None:
    text = """
rooms:
  hall: {name: Hall}   # allow: odd-exit, told-twice, unknown-name, odd-exti
"""
    assert said(tmp_path, text) == [
        ("unused-allow", "odd-exit"),
        ("unused-allow", "unknown-name"),
        ("unused-allow", "odd-exti"),
    ]
    assert ("unused-allow", "told-twice") in said(tmp_path, text, advised=True)


def test_a_list_that_stands_right_below_its_key(tmp_path: Path) -> None:
    text = """
variables: {nerve: {start: 3, min: 0, max: 10}}
rooms:
  hall:
    name: Hall
    choices:
    - label: Go on.
      do: nerve += 1
    # allow: never-so
    - label: Play.
      if: nerve > 10
      do: nerve -= 1
    - label: Play again.
      if: nerve > 11
      do: nerve -= 1
"""
    assert said(tmp_path, text) == [("never-so", "nerve > 11")]


def test_what_is_decided_is_so_for_every_pair_within_the_bounds() -> None:
    ends = [(low, high) for low in range(-3, 4) for high in range(low, 4)]
    ops = {"<": int.__lt__, "<=": int.__le__, ">": int.__gt__, ">=": int.__ge__, "==": int.__eq__, "!=": int.__ne__}
    for op, compare in ops.items():
        for left in ends:
            for right in ends:
                pairs = {
                    bool(compare(a, b)) for a in range(left[0], left[1] + 1) for b in range(right[0], right[1] + 1)
                }
                assert decision(op, left, right) is (pairs.pop() if len(pairs) == 1 else None)


def test_a_sum_lies_within_its_bounds() -> None:
    assert joined("+", (1, 2), (10, 20)) == (11, 22)
    assert joined("-", (1, 2), (10, 20)) == (-19, -8)
    assert joined("*", (-2, 3), (-5, 4)) == (-15, 12)
    assert joined("+", None, (1, 2)) is None
