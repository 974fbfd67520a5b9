"""What is done in another way for large worlds must come to the same as the plain way, which is written out here."""

from __future__ import annotations

import gc
import random
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.story import story as s
from pianist_quest.story.checks import Checks
from pianist_quest.story.declare import _effects_and_marks
from pianist_quest.story.flow import can_run_out, edges, loops
from pianist_quest.worldfile import model
from pianist_quest.worldfile.load import load_world
from pianist_quest.worldfile.pausing import collector_paused
from support import HEADER, bundled, check

if TYPE_CHECKING:
    from collections.abc import Iterator

WORLDS = Path(__file__).parents[2] / "worlds"
STEPS = (
    "{{if: a > 1, goto: s{0}}}", "{{call: s{0}}}", "{{goto: hall}}", "{{chance: [{{goto: s{0}}}, t]}}",
    "{{choices: [{{label: x, goto: s{0}}}, {{label: y, if: a > 1, goto: s{1}}}]}}",
)  # fmt: skip


def scenes(seed: int) -> str:
    """A world whose scenes lead anywhere."""
    chance = random.Random(seed)  # noqa: S311 - a test's worlds
    count = chance.randint(2, 8)
    lines = ["format: 1", "title: T", "start: s0", "rooms: {hall: {name: Hall}}", "variables: {a: 0}", "scenes:"]
    for one in range(count):
        steps = (chance.choice(STEPS).format(*chance.choices(range(count), k=2)) for _ in range(chance.randint(1, 4)))
        lines.append(f"  s{one}: [hm, {', '.join(steps)}]")
    return "\n".join(lines)


def reach(story: s.Story, start: int) -> set[int]:
    """The positions that can follow one."""
    found, ahead = set[int](), list(edges(story, start))
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += edges(story, one)
    return found


@pytest.mark.parametrize("seed", range(40))
def test_the_rings_are_those_positions_that_lead_to_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    stories: list[s.Story] = []
    monkeypatch.setattr(Checks, "check_flow", lambda _, story: stories.append(story))
    (tmp_path / "world.yaml").write_text(scenes(seed), encoding="utf-8")
    check(tmp_path)
    (story,) = stories
    after = [reach(story, pc) for pc in range(len(story.code))]
    rings = {tuple(two for two in sorted(ahead) if pc in after[two]) for pc, ahead in enumerate(after) if pc in ahead}
    assert {ring for ring, _ in loops(story)} == rings
    ends = can_run_out(story)
    assert all((pc in can_run_out(story, pc)) == (pc in ends) for pc in range(len(story.code)))


def everything(part: Any) -> Iterator[Any]:  # noqa: ANN401 - any part of the model
    """A part of a world, and all in it."""
    yield part
    parts = part if isinstance(part, tuple) else ()
    if type(part).__module__ == model.__name__ and hasattr(part, "__slots__"):
        parts = tuple(getattr(part, name) for name in part.__slots__ if name not in ("at", "library"))
    for one in parts:
        yield from everything(one)


@pytest.mark.parametrize("name", ["pianist_quest", "night_market", "first_steps"])
def test_all_effects_and_marks_of_a_world_are_found(name: str) -> None:
    world = load_world(WORLDS / name, Problems())
    assert world is not None
    found = list(everything(world))
    effects, marks = _effects_and_marks(world)
    assert {id(one) for one in effects} == {id(one) for one in found if isinstance(one, model.Effect)}
    assert {id(one) for one in marks} == {id(one) for one in found if isinstance(one, model.Mark)}


def test_what_lies_in_a_place_is_found_wherever_things_have_been_moved() -> None:
    story = bundled(WORLDS / "night_market")
    space, chance = story.space, random.Random(1)  # noqa: S311 - a test's states
    places = range(len(story.things))
    for _ in range(50):
        values = [slot.start for slot in story.slots]
        for number in space.movables:
            values[space.located[number][0]] = chance.choice(places)
        for place in places:
            moved = [one for one in space.movables if values[space.located[one][0]] == place]
            assert space.contents(values, place) == tuple(sorted((*space.fixtures.get(place, ()), *moved)))


def test_the_same_condition_is_compiled_once(tmp_path: Path) -> None:
    choices = ", ".join(f"{{label: C{one}, if: n > 3, text: x}}" for one in range(3))
    text = f"{HEADER}variables: {{n: 0}}\nrooms: {{hall: {{name: Hall, choices: [{choices}]}}}}\n"
    (tmp_path / "world.yaml").write_text(text, encoding="utf-8")
    story = check(tmp_path)[1]
    assert story is not None
    hall = next(one for one in story.things if isinstance(one, s.Room))
    assert len({id(one.open) for one in hall.choices}) == 1


def test_the_collector_is_afterwards_as_it_was() -> None:
    assert gc.isenabled()
    for _ in islice(iter(int, 1), 4):
        with collector_paused():
            assert not gc.isenabled()
        assert (gc.isenabled(), gc.get_freeze_count()) == (True, 0)
    gc.disable()
    try:
        with collector_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
