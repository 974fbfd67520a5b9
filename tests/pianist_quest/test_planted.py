"""Forty slips in a copy of the whole world: each is found where it is, and nothing else is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.story.compile import compile_world
from pianist_quest.worldfile.load import load_world
from support import underlined

WORLD = Path(__file__).parents[2] / "worlds" / "pianist_quest"

ERRORS = [  # file, what stands there, what is put there, the finding, what it underlines
    ("act1/yard.yaml", "call: yard_now", "call: yard_nwo", "unknown-name", "yard_nwo"),
    ("act1/yard.yaml", "north: piano_room", "north: piano_rom", "unknown-name", "piano_rom"),
    ("act1/yard.yaml", "goto: toy_ground", "goto: toy_grond", "unknown-name", "toy_grond"),
    ("act1/yard.yaml", "if: day == 4\n", "if: day = 4\n", "expression-syntax", "="),
    ("act1/yard.yaml", "- label: Go in to the piano", "- lable: Go in to the piano", "unknown-key", "lable"),
    ("act1/yard.yaml", "known: true", "known: yes please", "wrong-type", "yes please"),
    ("act1/kitchen.yaml", "unless: has(bread)", "unless: has(bred)", "unknown-name", "bred"),
    ("act1/kitchen.yaml", "if: here(ene) or here(mother)", "if: hear(ene) or here(mother)", "unknown-function", "hear"),
    ("act1/kitchen.yaml", "do: [hands -= 2,", "do: [hnads -= 2,", "unknown-name", "hnads"),
    ("act1/kitchen.yaml", '"move(bread, player)"', '"move(bread)"', "wrong-arguments", "move(bread)"),
    ("act1/kitchen.yaml", "{has(bread): five | six}", "{has(bread: five | six}", "text-syntax", None),
    ("act1/kitchen.yaml", "once: true\n        call: bake", "once: 1.5\n        call: bake", "wrong-type", "1.5"),
    ("pieces/01_k545.yaml", "level: 1", "level: easy", "type-mismatch", "easy"),
    ("pieces/01_k545.yaml", "    f: 1\n", "    f: 1\n    f: 2\n", "duplicate-key", "f"),
    ("systems/verbs.yaml", "if: at(workshop) and thing", "if: at(workshp) and thing", "unknown-name", "workshp"),
    ("systems/verbs.yaml", "call: play_idly", "call: play_ildy", "unknown-name", "play_ildy"),
    ("systems/verbs.yaml", "at_school(): at(room_32)", "at_school(): at(room_23)", "unknown-name", "room_23"),
    ("systems/variables.yaml", "tech:  {start: 2, min: 0", "tech:  {start: 12, min: 0", "out-of-bounds", "12"),
    ("systems/variables.yaml", "mind:  {start: 1, min: 0", "mind:  {start: 1, mni: 0", "unknown-key", "mni"),
    ("marks.yaml", "when: door_said", "when: door_siad", "unknown-name", "door_siad"),
    ("marks.yaml", "when: outcome == caught", "when: outcome == cuaght", "unknown-name", "cuaght"),
    ("marks.yaml", "name: A due,", "nmae: A due,", "unknown-key", "nmae"),
    ("act5/doors.yaml", "goto: door_whisper", "goto: dor_whisper", "unknown-name", "dor_whisper"),
    ("act5/doors.yaml", "rejep.bond >= 3", "rejep.bund >= 3", "unknown-property", "bund"),
    ("act5/doors.yaml", "if: door_open_on()\n", "if: door_open_on(1)\n", "wrong-arguments", "door_open_on(1)"),
]

PLANTED = """
variables:
  planted_idle: 0
  planted_fixed: false
  planted_used: {start: 0, min: 0, max: 5}
rooms:
  planted_room:
    name: The planted room
    text: "{planted_fixed: It is dark.}"
    exits: {donw: planted_cellar}
    choices:
      - {label: Sit., if: planted_used > 5, text: Hm.}
      - {label: Stand., if: planted_used >= 0, do: [planted_idle += 1, planted_used += 1]}
      - {label: Leave., text: goto yard}
  planted_cellar:
    name: The planted cellar   # allow: same-name
    text: "A room   with a a slip , and one more -- of many, and long enough to be told in two places."
    exits: {up: planted_room, north: yard}
items:
  planted_cup: {name: cup of planting, at: planted_cellar}
  planted_mug: {name: cup of planting, at: planted_cellar}
  planted_lost: {name: lost thing of planting}
scenes:
  planted_scene: A scene that nobody plays.
  planted_round:
    - if: planted_used > 2
      goto: planted_round
    - text: "A room   with a a slip , and one more -- of many, and long enough to be told in two places."
endings:
  planted_end: {name: Planted}
marks:
  planted_mark: {name: Planted, text: Nobody earns it.}
"""
WARNINGS = [
    ("always-so", "planted_used >= 0"),
    ("may-not-stop", None),
    ("never-read", "planted_idle"),
    ("never-set", "planted_fixed"),
    ("never-so", "planted_used > 5"),
    ("odd-exit", "donw"),
    ("same-name", "planted_mug"),
    *[("slip-of-prose", part) for part in ("   ", " ", " -- ") * 2],
    ("step-as-text", "goto yard"),
    ("unreached", "planted_end"),
    ("unreached", "planted_lost"),
    ("unreached", "planted_mark"),
    ("unreached", "planted_scene"),
    ("unused-allow", "same-name"),
    ("no-way-back", "yard"),
    ("no-last-words", "planted_end"),
    ("told-twice", None),
]


def copied(folder: Path) -> Path:
    return Path(shutil.copytree(WORLD, folder / "pianist_quest", ignore=shutil.ignore_patterns("walkthroughs")))


def found(world: Path, *, advised: bool = False) -> list[tuple[str, str, str]]:
    """Return what `check` finds: the file, the code, what is underlined."""
    problems = Problems(advised=advised)
    loaded = load_world(world, problems)
    if loaded is not None:
        compile_world(loaded, problems)
    return [
        (Path(one.label.span.source.path).relative_to(world).as_posix(), one.code.value, underlined(one))
        for one in problems
    ]


@pytest.mark.usefixtures("uncounted")
def test_every_planted_error_is_found_where_it_is_and_nothing_else(tmp_path: Path) -> None:
    world = copied(tmp_path)
    for name, before, after, _, _ in ERRORS:
        text = (world / name).read_text("utf-8")
        assert before in text, f"{name} has no {before!r} any more: plant it elsewhere"
        (world / name).write_text(text.replace(before, after, 1), "utf-8")
    said = found(world)
    for name, _, _, code, part in ERRORS:
        match = next((one for one in said if one[:2] == (name, code) and part in (None, one[2])), None)
        assert match, f"{name}: no {code} at {part}"
        said.remove(match)
    assert said == [], said


@pytest.mark.usefixtures("uncounted")
def test_every_planted_slip_is_found_and_nothing_else(tmp_path: Path) -> None:
    world = copied(tmp_path)
    before = set(found(world, advised=True))
    (world / "planted.yaml").write_text(PLANTED, "utf-8")
    said = [one[1:] for one in found(world, advised=True) if one not in before]
    for code, part in WARNINGS:
        match = next((one for one in said if one[0] == code and part in (None, one[1])), None)
        assert match, f"no {code} at {part}: {said}"
        said.remove(match)
    assert said == [], said
