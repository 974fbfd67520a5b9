"""Seven doors of Act V: each comes to its ending whatever is chosen behind it, and tells of what was done before."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.diagnostics.report import text_report
from pianist_quest.story.compile import compile_world
from pianist_quest.story.story import SlotKind
from pianist_quest.worldfile.load import load_world
from scenario import Scenario

if TYPE_CHECKING:
    from pianist_quest.story.story import Story
    from pianist_quest.worldfile.model import World

WORLD = Path(__file__).parents[2] / "worlds" / "pianist_quest"
ENDINGS = {
    "door_four_hands": "Four Hands",
    "door_one_hand": "One Hand",
    "door_lullaby": "The Lullaby",
    "door_whisper": "The Whisper Passed On",
    "door_branch": "Little Branch",
    "door_two_strings": "Two Strings",
    "door_begin_again": "Begin Again",
}
ONWARD = {"door_branch": "branch", "door_whisper": "whisper"}
RESULTS = ("won", "shared", "placed", "eliminated", "went_home", "stayed")
NEVER_STAYED = ("door_branch", "door_begin_again")
OPTIONS = range(3)
LABEL = 14
"""A choice has fewer words."""
COMES = [(door, result) for door in ENDINGS for result in RESULTS if result != "stayed" or door not in NEVER_STAYED]
DEPENDS = """
door_four_hands: result won shared placed eliminated stayed; waltz unheard kept shared; partner jeren merdan;
    seat low high; roof_told 0 1
door_one_hand: result won placed eliminated went_home stayed; hand_told senda mother; lean tech tone mind
door_lullaby: result won shared placed eliminated stayed; roof1 0 1; roof2 0 1; fork_met 0 1; pack_thermos 0 1;
    neighbour_won 0 1; jar_kept 0 1
door_whisper: result won placed eliminated stayed; lean tech tone mind; vault_answer shoe greeting waited;
    pencilled unwritten name bar branch arrow; gurvich_visited 0 1; hands 5 10
door_branch: result won placed eliminated; branch_heard 0 1; found_branch 0 1; hammer_done deep shallow left_alone
door_two_strings: result won placed eliminated stayed; concerto k466 beethoven4 rach2; fret_found 0 1; heard_out 0 1;
    own_cadenza 0 1; toy_way midnight held mozart tune
door_begin_again: result won shared placed; blank_told 0 1; audience_prize 0 1
"""

GIVEN: dict[str, dict[str, str | int]] = {
    "seat": {"partner": "jeren"},
    "pack_thermos": {"result": "eliminated"},
    "concerto": {"result": "won"},
}
"""Without which the thing is not spoken of."""


def read(world: Path) -> World:
    problems = Problems()
    found = load_world(world, problems)
    assert found is not None, text_report(problems)
    return found


@cache
def behind_the_doors() -> Story:
    """The whole world, which begins before the seven doors."""
    world = read(WORLD)
    with TemporaryDirectory() as folder:
        start = Path(folder) / "start.yaml"
        doors = "".join(f"    - {{label: {door}, goto: {door}}}\n" for door in ENDINGS)
        start.write_text(f"format: 1\ntitle: Doors\nstart: whispers\nscenes:\n  whispers:\n  - choices:\n{doors}")
        opening = read(start).scenes[0]
    problems = Problems()
    scenes = tuple(opening if one[0].name == "whispers" else one for one in world.scenes)
    story = compile_world(replace(world, scenes=scenes), problems)
    assert story is not None, text_report(problems)
    return story


def before(**values: str | int) -> Scenario:
    """Before the doors, with these values; a name stands for one of several, or for a thing."""
    play = Scenario(behind_the_doors())
    slots = {slot.name: (number, slot) for number, slot in enumerate(play.story.slots)}
    things = {thing.key: thing.number for thing in play.story.things}
    held = list(play.state.values)
    for name, value in values.items():
        number, slot = slots[name]
        named = things if slot.kind is SlotKind.THING else {one: place for place, one in enumerate(slot.names)}
        held[number] = named[value] if isinstance(value, str) else value
    play.state = replace(play.state, values=tuple(held))
    return play


def through(door: str, option: int = 0, **values: str | int) -> tuple[list[str], str, str]:
    """Go through a door: what was said before the choice, upon it, and at the end, after the epilogue."""
    play = before(onward=ONWARD.get(door, door.removeprefix("door_")), **values).choose(door)
    first = play.said
    while len(play.choices) == 1:
        first += play.choose(play.choices[0]).said
    assert len(play.choices) == len(OPTIONS)
    assert all(len(label.split()) < LABEL for label in play.choices)
    answer = " ".join(play.choose(play.choices[option]).said)
    while play.choices:
        play.choose(play.choices[0])
    return first, answer, " ".join(play.said)


def told(door: str, option: int = 0, **values: str | int) -> str:
    """All that the scene and the ending say, without the epilogue."""
    first, answer, last = through(door, option, **values)
    return " ".join([*first, answer, last])


def depends() -> list[tuple[str, str, list[str | int]]]:
    """For each door the things that its words depend on, with some of the values."""
    found = []
    for line in re.sub(r";\n +", "; ", DEPENDS).strip().splitlines():
        door, _, things = line.partition(": ")
        for thing in things.split("; "):
            name, *values = thing.split()
            found.append((door, name, [int(value) if value.isdigit() else value for value in values]))
    return found


@pytest.mark.parametrize(("door", "result"), COMES)
@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.usefixtures("uncounted")
def test_every_option_comes_to_the_ending(door: str, result: str, option: int) -> None:
    *_, last = through(door, option, result=result)
    assert last.endswith(f"** {ENDINGS[door]} **")


@pytest.mark.parametrize("door", ENDINGS)
def test_each_option_is_answered_at_once_and_remembered(door: str) -> None:
    answers, ends = zip(*(through(door, option, result="placed")[1:] for option in OPTIONS), strict=True)
    assert len(set(answers)) == len(OPTIONS)
    assert len(set(ends)) > 1


@pytest.mark.parametrize(("door", "name", "values"), depends())
def test_what_was_done_is_told(door: str, name: str, values: list[str | int]) -> None:
    given = {"result": "placed", **GIVEN.get(name, {})}
    texts = [told(door, 2, **given | {name: value}) for value in values]
    assert len(set(texts)) == len(values)


def test_each_door_depends_on_two_things_beside_the_result() -> None:
    names = [door for door, name, _ in depends() if name != "result"]
    assert all(names.count(door) >= 2 for door in ENDINGS)


@pytest.mark.parametrize(("door", "result"), COMES)
def test_a_door_is_about_three_hundred_words(door: str, result: str) -> None:
    for option in OPTIONS:
        assert 280 <= len(told(door, option, result=result).split()) <= 480


def test_what_was_done_behind_the_stairs_is_done_to_nury_too() -> None:
    texts = {lean: told("door_whisper", lean=lean) for lean in ("tech", "tone", "mind")}
    assert "She never plays a wrong note." in texts["tech"]
    assert "She made the doorman cry." in texts["tone"]
    assert "She practises in the dark." in texts["mind"]


def test_the_seat_is_remembered_at_the_pedal() -> None:
    low, high, turned = (through("door_four_hands", option)[2] for option in OPTIONS)
    assert "your shoe and her sock" in low
    assert "your sock and hers" in high
    assert "nothing to look at but socks" in turned
