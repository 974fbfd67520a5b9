"""Documents that nobody should trust: refused, or a game that can be played."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pianist_quest.engine.engine import actions, step
from pianist_quest.engine.turn import Go, Heading
from pianist_quest.saves.codec import decode
from pianist_quest.saves.document import SaveError
from saves.day import GET_UP, TALK, day, document, played

if TYPE_CHECKING:
    from pianist_quest.story.story import Story

__all__ = ["day"]


def test_who_is_nowhere_in_a_conversation_is_set_down(day: Story) -> None:
    saved = {**document(day, played(day, GET_UP, TALK)), "place": None}
    found = decode(day, saved)
    assert found.lost == ("The saved game does not say where you were; you are in Hall.",)
    assert (day.things[found.state.place].key, found.state.at >= 0) == ("hall", True)
    found = decode(day, {**saved, "visited": []})
    assert found.lost == ("The saved game does not say where you were; the story begins again.",)
    assert document(day, found.state)["scene"] == "scene morning"


def test_who_is_nowhere_and_free_is_set_down(day: Story) -> None:
    saved = {**document(day, played(day, GET_UP)), "place": None, "visited": ["yard"]}
    found = decode(day, saved)
    assert (day.things[found.state.place].key, found.shown[0]) == ("yard", Heading("Yard"))


def test_before_the_first_room_nobody_is_anywhere(day: Story) -> None:
    found = decode(day, document(day, played(day)))
    assert (found.state, found.lost) == (played(day), ())


@given(st.data())
def test_no_edit_leaves_the_player_nowhere(day: Story, data: st.DataObject) -> None:
    sites = [None, *day.sites.values()]
    edits = {
        "place": data.draw(st.sampled_from([None, "hall", "attic"])),
        "at": data.draw(st.sampled_from(sites)),
        "stack": data.draw(st.lists(st.sampled_from(sites[1:]), max_size=3)),
        "visited": data.draw(st.lists(st.sampled_from(["hall", "yard", "attic"]), max_size=2)),
    }
    state = decode(day, {**document(day, played(day, GET_UP, TALK)), **edits}).state
    for _ in range(12):
        assert state.place or state.at >= 0 or state.ending >= 0
        possible = actions(day, state)
        if not possible:
            return
        state = step(day, state, data.draw(st.sampled_from(possible))).state


WRONG: list[Any] = [None, True, -1, 2**64, 1.5, "x\ud800", [], [1], {}, {"a": []}, [["a", "b", "c"]], [{"b": 1}]]
KEYS = [
    "world",
    "title",
    "place",
    "visited",
    "at",
    "scene",
    "stack",
    "ending",
    "values",
    "counts",
    "shown",
    "turn",
    "seed",
]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("wrong", WRONG)
def test_a_part_of_another_type_is_damage(day: Story, key: str, wrong: object) -> None:
    saved = {**document(day, played(day, GET_UP, TALK)), key: wrong}
    try:
        found = decode(day, saved)
    except SaveError:
        return
    assert actions(day, found.state)


@pytest.mark.parametrize(
    "event",
    [
        {"told": "text"},
        {"told": [[]]},
        {"told": [["a", "b", "c"]]},
        {"sung": "text"},
        {"heading": 1},
        {"ended": ["a", "b"]},
        {"ended": ["a", "b", True]},
        {"heading": "a", "replied": "b"},
        "text",
    ],
)
def test_an_event_that_is_none_is_damage(day: Story, event: object) -> None:
    with pytest.raises(SaveError, match="damaged"):
        decode(day, {**document(day, played(day)), "shown": [event]})


@pytest.mark.parametrize("key", ["values", "counts"])
@pytest.mark.parametrize("wrong", [1.5, [], {}, "x", -5, 10**30])
def test_no_value_is_an_accident(day: Story, key: str, wrong: object) -> None:
    saved = document(day, played(day, GET_UP, Go("north")))
    for name in (*saved["values"], *saved["counts"]):
        try:
            found = decode(day, {**saved, key: {**saved[key], name: wrong}})
        except SaveError:
            continue
        assert actions(day, found.state)


def test_a_lamp_cannot_be_in_a_lamp(day: Story) -> None:
    saved = document(day, played(day, GET_UP))
    saved["values"]["lamp.at"] = "lamp"
    assert decode(day, saved).lost == ("The lamp is where it was at the start.",)


def test_a_stack_without_end_is_cut(day: Story) -> None:
    saved = document(day, played(day, GET_UP, TALK))
    assert len(decode(day, {**saved, "stack": saved["stack"] * 5000}).state.stack) == 200
