"""Mistakes that newcomers made, and what they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support import HEADER, check_text, codes

if TYPE_CHECKING:
    from pathlib import Path

ROOM = "rooms:\n  hall:\n    name: Hall\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ROOM + '    text: "Sorry," you say.\n', "quotes around a text are YAML's own"),
        (ROOM + "scenes:\n  a:\n    - 'Sorry,' she says.\n", "quotes around a text are YAML's own"),
        ("rooms:\n  hall\n    name: Hall\n", "write `hall: ...`"),
        ("rooms:\n  hall:\n    name: Hall\n     text: Long.\n", "indent it like its neighbours"),
        (ROOM + "    text: Mother says: no.\n", "a text with `: ` in it must be put in quotes"),
        (ROOM + "    choices: [{label: Go: now}]\n", "a text that holds `: ` or"),
        ("rooms:\n  hall:\n", "indented by two more spaces"),
        (ROOM + "scenes: {a: {do: [move(lamp, hall), n = 1]}}\n", "YAML parts a list in brackets at every comma"),
        (ROOM + "variables: {n: 0}\nscenes: {a: {do: n++}}\n", "write `n += 1`"),
        (ROOM + "variables: {n: 0}\nscenes: {a: {do: n --}}\n", "write `n -= 1`"),
        (ROOM + "variables: {met: no}\nscenes: {a: {if: met, text: x}}\n", "YAML's flags are `true` and `false`"),
        (ROOM + "variables: {met: no}\nscenes: {a: {do: met = true}}\n", "declare it as a number, a flag"),
        (ROOM + 'items: {lamp: {name: L}}\nscenes: {a: {if: has("lamp"), text: x}}\n', "write `lamp` without quotes"),
        (
            ROOM + "kinds: {loaf: {}}\nloafs: {rye: {name: R}}\nscenes: {a: {if: has(rye), text: x}}\n",
            "only items can be",
        ),
    ],
)
def test_the_hint_says_what_to_do(text: str, told: str, tmp_path: Path) -> None:
    assert any(told in found.hint for found in check_text(tmp_path, HEADER + text))


@pytest.mark.parametrize(
    "text",
    ["rules: {r: {when: x = 2, text: y}}\n", "scenes: {a: {if: x = 2, text: y, else: z}}\n"],
)
def test_one_mistake_is_told_once(text: str, tmp_path: Path) -> None:
    assert codes(check_text(tmp_path, HEADER + ROOM + "variables: {x: 1}\n" + text)) == ["expression-syntax"]


def test_a_place_in_a_phrase_must_not_hide_a_thing(tmp_path: Path) -> None:
    text = "items: {oven: {name: oven}}\nverbs: {bake: {phrases: 'bake in {oven:item}'}}\n"
    assert codes(check_text(tmp_path, HEADER + ROOM + text)) == ["bad-phrase"]


def test_n_and_north_are_one_exit(tmp_path: Path) -> None:
    text = "rooms: {hall: {name: H, exits: {n: hall, north: hall}}}\n"
    assert codes(check_text(tmp_path, HEADER + text)) == ["duplicate-key"]
