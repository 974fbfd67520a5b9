"""What the explorer shows of small worlds: endings, stuck players, what is never reached, promises."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from explore.agreement import playable
from explore.puzzles import puzzle
from pianist_quest.authoring.exploring import Report, Task, as_dot, explore
from pianist_quest.authoring.reporting import as_json, told, walkthroughs
from pianist_quest.authoring.walkthrough import first_difference
from pianist_quest.engine import begin, step
from pianist_quest.engine.turn import Take
from pianist_quest.explore.search import Guided, Limits
from pianist_quest.explore.verdict import Answer
from scenario import story_of

if TYPE_CHECKING:
    from pathlib import Path

HOUSE = """
rooms:
  hall: {name: Hall, exits: {out: yard, down: well}}
  yard: {name: Yard, exits: {in: hall}, choices: [{label: Go home, if: has(key), otherwise: locked, goto: home}]}
  well: {name: Well, text: Deep.}
  attic: {name: Attic}
items: {key: {name: key, at: hall}, hat: {name: hat, at: yard}}
endings: {home: {name: Home}, lost: {name: Lost, lost: true}}
scenes: {never: [{text: "No.", goto: lost}]}
"""


def report(folder: Path, text: str, *, states: int = 50_000, reduce: bool = True) -> Report:
    return explore(story_of(folder, text), Task(Limits(states=states, seconds=5), reduce=reduce))


def test_an_ending_is_reached_by_a_shortest_way_and_another_never(tmp_path: Path) -> None:
    found = report(tmp_path, HOUSE)
    assert found.complete
    assert {one.name: one.answer for one in found.endings} == {"home": Answer.PROVED, "lost": Answer.BROKEN}
    way = found.endings[0].way
    assert way is not None
    assert way.commands == ("take key", "go out", "1")


def test_a_topic_that_is_no_question_is_typed_with_whom_it_is_asked(tmp_path: Path) -> None:
    text = """
rooms: {hall: {name: Hall}}
characters: {ene: {name: Ene, at: hall, topics: [{label: Two, goto: home}]}}
endings: {home: {name: Home}}
"""
    way = report(tmp_path, text).endings[0].way
    assert way is not None
    assert (way.commands, way.seed) == (("ask Ene about Two",), 1)


CLIFF = """
rooms:
  hall: {name: Hall, exits: {out: yard}, choices: [{label: Leap, do: wild = true, goto: yard}]}
  yard:
    name: Yard
    enter: [{if: wild, goto: lost}]
    choices: [{label: Count, do: n += 1}, {label: Go home, if: n == 2, goto: home}]
variables: {wild: false, n: {start: 0, min: 0, max: 3}}
endings: {home: {name: Home}, lost: {name: Lost, lost: true}}
"""


def test_where_a_game_can_end_on_the_way_in_what_follows_is_told_apart(tmp_path: Path) -> None:
    found = report(tmp_path, CLIFF)
    assert {one.name: one.answer for one in found.endings} == {"home": Answer.PROVED, "lost": Answer.PROVED}


def test_a_well_without_a_way_up_is_where_players_are_stuck(tmp_path: Path) -> None:
    found = report(tmp_path, HOUSE)
    assert found.stuck > 0
    assert found.stuck_way is not None
    assert found.stuck_way.commands == ("go down",)
    assert found.broken


def test_what_is_never_reached_is_named(tmp_path: Path) -> None:
    found = report(tmp_path, HOUSE + "marks: {two: {name: Two, when: visited(attic)}}\n")
    assert found.covered
    assert (found.unreached.rooms, found.unreached.scenes) == (("attic",), ("never",))
    assert found.unreached.marks == ("two",)


def test_choices_and_topics_that_never_open_are_named(tmp_path: Path) -> None:
    world = """
rooms: {hall: {name: Hall, choices: [{label: Sit, text: Sat.}, {label: Fly, if: wings, text: Flown.}]}}
characters: {ene: {name: Ene, at: hall, topics: [{label: Ask, text: Yes.}, {label: Ask again, if: wings, text: No.}]}}
variables: {wings: false}
scenes: {a: [{choices: [{label: In vain, text: "."}]}]}
"""
    found = report(tmp_path, world).unreached
    assert (found.choices, found.topics) == (("room hall: Fly", "scene a: In vain"), ("character ene: Ask again",))


PROMISES = """
rooms:
  hall:
    name: Hall
    choices: [{label: Up, do: n += 1}, {label: End, if: n > 1, goto: end}, {label: Jump, goto: pit}]
  pit: {name: Pit, text: A pit.}
variables: {n: {start: 0, min: 0, max: 3}}
endings: {end: {name: End}}
promises:
  always: {small: n < 4, two: n < 2, can_end: can(ended()), can_sit: can(n >= 0)}
  sometimes: {ends: ending(end), three: n == 3, nine: n > 3}
"""


def test_promises_are_proved_or_broken_with_a_way(tmp_path: Path) -> None:
    found = {one.name: one for one in report(tmp_path, PROMISES).promises}
    assert {name: one.answer.value for name, one in found.items()} == {
        "small": "proved", "two": "broken", "can_end": "broken", "can_sit": "proved", "ends": "proved",
        "three": "proved", "nine": "broken",
    }  # fmt: skip
    ways = {name: one.way.commands if one.way else None for name, one in found.items()}
    assert ways["two"] == ("1", "1")
    assert ways["can_end"] == ("2",)
    assert ways["ends"] == ("1", "1", "2")


@pytest.mark.usefixtures("uncounted")
def test_a_search_that_was_stopped_says_so_first_and_leaves_questions_open(tmp_path: Path) -> None:
    world = """
variables: {n: 0, m: 0}
rooms:
  hall:
    name: Hall
    choices: [{label: Up, do: n += 1}, {label: On, do: m = n - m}, {label: End, if: n - m == 9999, goto: end}]
endings: {end: {name: End}}
"""
    found = report(tmp_path, world, states=200)
    lines = list(told(found))
    assert lines[0].startswith("stopped at 200 states: ")
    assert lines[0].endswith("2 questions open")
    assert "ending end: open" in lines
    assert (found.broken, found.open) == (False, 2)


def test_where_chance_has_a_part_a_seed_is_found(tmp_path: Path) -> None:
    world = """
rooms: {hall: {name: Hall, choices: [{label: Roll, do: "n = roll(1, 6)"}, {label: Go, if: n == 6, goto: end}]}}
variables: {n: 0}
endings: {end: {name: End}}
"""
    found = report(tmp_path, world)
    way = found.endings[0].way
    assert way is not None
    assert (way.commands, way.luck) == (("1", "2"), True)
    ((name, text),) = walkthroughs(found)
    assert name == "shortest_end.txt"
    assert first_difference(story_of(tmp_path, world), text) is None


def test_turns_that_are_only_asked_as_ages_do_not_go_on_for_ever(tmp_path: Path) -> None:
    world = """
rooms: {hall: {name: Hall, choices: [{label: Mark, mark: here}, {label: End, if: since(here) == 3, goto: end}]}}
endings: {end: {name: End}}
"""
    found = report(tmp_path, world)
    assert found.complete
    assert found.endings[0].way is not None
    assert found.endings[0].way.commands == ("1", "wait", "wait", "2")


def test_turns_that_are_compared_are_counted_also_beside_ages(tmp_path: Path) -> None:
    world = """
rooms:
  hall:
    name: Hall
    choices:
      - {label: Mark, mark: here}
      - {label: Late, if: turns() >= 3, goto: late}
      - {label: End, if: since(here) == 3 and turns() > 5, goto: end}
endings: {end: {name: End}, late: {name: Late}}
"""
    found = report(tmp_path, world)
    assert found.complete
    ways = {one.name: one.way.commands for one in found.endings if one.way}
    assert ways["late"][-1] == "2"
    assert len(ways["late"]) == 4
    assert len(ways["end"]) == 7


def test_from_a_state_the_ways_begin_there(tmp_path: Path) -> None:
    story = story_of(tmp_path, HOUSE)
    state = step(story, begin(story, 1).state, Take("key")).state
    found = explore(story, Task(Limits(seconds=5), start=state))
    assert found.endings[0].way is not None
    assert found.endings[0].way.commands == ("go out", "1")


def test_a_world_too_large_is_not_drawn(tmp_path: Path) -> None:
    story = story_of(tmp_path, HOUSE)
    assert as_dot(story, Task(Limits(states=3))) is None
    drawn = as_dot(story, Task(Limits()))
    assert drawn is not None
    assert drawn.startswith("digraph {")


def test_counters_are_kept_only_as_far_as_they_are_compared(tmp_path: Path) -> None:
    world = """
variables: {n: 0}
rooms: {hall: {name: Hall, choices: [{label: Up, do: n += 1}, {label: End, if: n > 2, goto: end}]}}
endings: {end: {name: End}}
"""
    found = report(tmp_path, world)
    assert found.complete
    assert found.states < 10


def test_the_least_recently_done_is_an_order_and_no_clock(tmp_path: Path) -> None:
    world = """
rooms:
  hall:
    name: Hall
    choices:
      - {label: Next, then: [{rotate: [{do: n = 1}, {do: n = 2}, {do: n = 3}]}]}
      - {label: End, if: n == 3, goto: end}
variables: {n: 0}
endings: {end: {name: End}}
"""
    found = report(tmp_path, world)
    assert found.complete
    assert found.endings[0].way is not None
    assert found.endings[0].way.commands == ("1", "1", "1", "2")


@pytest.mark.parametrize("reduce", [True, False])
def test_a_puzzle_with_keys_in_boxes_is_proved(tmp_path: Path, reduce: bool) -> None:  # noqa: FBT001 - a parameter
    found = report(tmp_path, puzzle(1, 4, 4, 1), reduce=reduce)
    assert found.complete
    assert found.endings[0].answer is Answer.PROVED
    assert found.stuck == 0


@pytest.mark.usefixtures("uncounted")
def test_a_guided_search_finds_what_is_far_in_a_large_space() -> None:
    story = playable(puzzle(0, 6, 8, 3))
    assert story is not None
    search, _ = Task(Limits(states=40_000, seconds=60)).run(story, Guided, 1, cover=False)
    assert search.graph.endings


def test_the_report_as_text_and_as_json_say_the_same(tmp_path: Path) -> None:
    found = report(tmp_path, HOUSE)
    lines = list(told(found))
    assert lines[0].startswith("complete: ")
    assert "ending home: reached in 3" in lines
    assert "  > take key / go out / 1" in lines
    assert "ending lost: never reached" in lines
    assert "rooms never reached: 1" in lines
    document = json.loads(as_json(found))
    assert document["endings"]["home"] == {
        "reachable": True, "shortest": 3, "commands": ["take key", "go out", "1"], "seed": 1
    }  # fmt: skip
    assert document["endings"]["lost"]["reachable"] is False
    assert document["stuck"]["commands"] == ["go down"]
    assert document["unreached"]["rooms"] == ["attic"]


def test_a_script_that_runs_on_is_named(tmp_path: Path) -> None:
    world = """
variables: {n: 0}
rooms: {hall: {name: Hall, choices: [{label: Spin, call: spin}]}}
scenes: {spin: [{mark: round}, {do: n = 1 - n}, {if: n < 2, goto: round}, {goto: end}]}
endings: {end: {name: End, text: "Never."}}
"""
    found = report(tmp_path, world)
    assert found.halted == ("scene spin",)
    assert "runs on for ever: scene spin" in list(told(found))
