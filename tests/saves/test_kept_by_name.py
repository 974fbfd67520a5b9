"""A saved game in a world that has changed since: what still has its name is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.engine.engine import begin, step
from pianist_quest.engine.turn import Choose, Go, Heading, Replied, Run, Take, Told
from pianist_quest.saves.codec import decode
from saves.day import DREAM, GET_UP, PRACTISE, TALK, WORLD, changed, day, document, played
from scenario import story_of
from support import check_text

if TYPE_CHECKING:
    from pathlib import Path

    from pianist_quest.story.story import Story

__all__ = ["day"]


def test_what_still_exists_is_kept(day: Story, tmp_path: Path) -> None:
    saved = document(day, played(day, GET_UP, PRACTISE, Take("lamp"), Go("north")))
    story = changed(tmp_path, ("variables:\n", "variables:\n  extra: 5\n"), ("yard: {name: Yard", "yard: {name: Court"))
    found = decode(story, saved)
    again = document(story, found.state)
    assert again["values"] == {"extra": 5, **saved["values"]}
    assert (again["place"], again["visited"], found.lost) == ("yard", ["hall", "yard"], ())


def test_what_is_gone_is_told(day: Story, tmp_path: Path) -> None:
    saved = document(day, played(day, GET_UP, PRACTISE))
    story = changed(
        tmp_path,
        ("hands: {start: 2, min: 0, max: 10}", "hands: {start: 2, min: 0, max: 2}"),
        ("[tech, tone], start: tone", "[touch, tone], start: tone"),
        ("lean = tech", "lean = touch"),
        ("  asleep: true\n", ""),
        (", asleep = false", ""),
        ("lamp: {name: lamp", "torch: {name: torch"),
        ("{A|B|C}", "Still."),
    )
    found = decode(story, saved)
    assert document(story, found.state)["values"]["hands"] == 2
    assert found.lost == (
        '"hands" can no longer be 3; it is 2.',
        '"lean" can no longer be tech; it is as at the start.',
        '"asleep" no longer exists.',
        "The lamp no longer exists.",
        "Of what you had seen or done, 2 parts are gone.",
    )


def test_a_variable_of_another_sort_starts_afresh(day: Story, tmp_path: Path) -> None:
    saved = document(day, played(day, GET_UP))
    story = changed(tmp_path, ("asleep: true", "asleep: 1"), ("asleep = false", "asleep = 0"))
    assert decode(story, saved).lost == ('"asleep" can no longer be true; it is as at the start.',)


NO_YARD = (
    ("  yard: {name: Yard, exits: {south: hall}}\n", ""),
    ("exits: {north: yard}", ""),
    ("at: yard", "at: hall"),
)


def test_a_room_that_is_gone_leads_to_one_the_player_has_been_in(day: Story, tmp_path: Path) -> None:
    saved = document(day, played(day, GET_UP, PRACTISE, Go("north")))
    story = changed(tmp_path, *NO_YARD)
    found = decode(story, saved)
    assert (story.things[found.state.place].key, found.state.at, found.state.values[1]) == ("hall", -1, 3)
    assert found.shown[0] == Heading("Hall")
    assert found.lost == ("The room you were in is gone; you are in Hall.",)


def test_the_likeliest_room_is_the_one_that_others_lead_to(tmp_path: Path) -> None:
    text = """
rooms:
  hall: {name: Hall, exits: {north: mid}}
  mid: {name: The mid, exits: {south: hall, up: loft, east: shed}, enter: You come back.}
  loft: {name: Loft, exits: {down: mid}}
  shed: {name: Shed, exits: {west: mid}}
"""
    story = story_of(tmp_path, text)
    state = begin(story, 1).state
    for word in ("north", "up", "down", "east"):
        state = step(story, state, Go(word)).state
    saved = document(story, state)
    found = decode(
        changed(tmp_path, (", east: shed", ""), ("  shed: {name: Shed, exits: {west: mid}}\n", ""), world=text), saved
    )
    assert found.shown == (Heading("The mid"),)
    assert found.lost == ("The room you were in is gone; you are in the mid.",)


def test_without_a_room_left_the_story_begins(day: Story, tmp_path: Path) -> None:
    saved = {**document(day, played(day, GET_UP, PRACTISE, Go("north"))), "visited": ["yard"]}
    found = decode(changed(tmp_path, *NO_YARD), saved)
    assert found.state.at >= 0
    assert found.lost == ("The room you were in is gone; the story begins again.",)
    room = decode(changed(tmp_path, *NO_YARD, ("start: morning", "start: hall")), saved)
    assert room.state.place == 2
    assert Heading("Hall") in room.shown


def test_a_scene_goes_on_though_its_room_is_gone(day: Story, tmp_path: Path) -> None:
    saved = {**document(day, played(day, GET_UP, TALK), (Replied("Well?"),)), "place": "yard"}
    found = decode(changed(tmp_path, *NO_YARD), saved)
    assert found.state.at >= 0
    assert found.shown == (Replied("Well?"),)


def test_rules_run_when_a_script_is_begun_again(day: Story, tmp_path: Path) -> None:
    saved = {**document(day, played(day)), "place": "yard", "at": None, "scene": None, "visited": []}
    rule = ("scenes:\n", "rules:\n  late: {when: hands > 2, text: It is late.}\nscenes:\n")
    story = changed(tmp_path, *NO_YARD, rule, ("start: morning", "start: hall"), ("start: 2, min", "start: 3, min"))
    saved["values"]["hands"] = 3
    assert Told((Run("It is late."),)) in decode(story, saved).shown


def test_a_thing_that_is_gone_is_one_line(day: Story) -> None:
    saved = {**document(day, played(day, GET_UP)), "visited": ["hall", "old_shed"]}
    saved["values"] |= {"old_shed.dust": 3, "old_shed.at": "hall", "lamp.oil": 2, "jeren.at": "hall"}
    assert decode(day, saved).lost == (
        "The old shed no longer exists.",
        'The lamp no longer has "oil".',
        "Jeren is where it was at the start.",
    )


def test_a_thing_cannot_be_where_it_could_never_be(tmp_path: Path) -> None:
    story = changed(tmp_path, ("do: hands -= 1", 'do: "move(jeren, hall)"'))
    saved = document(story, begin(story, 1).state)
    for place in ("player", "jeren", "lamp"):
        saved["values"]["jeren.at"] = place
        assert decode(story, saved).lost == ("Jeren is where it was at the start.",)
    saved["values"]["jeren.at"] = "hall"
    assert decode(story, saved).lost == ()


def test_a_place_in_a_scene_that_is_gone_begins_it_again(day: Story, tmp_path: Path) -> None:
    saved = document(day, played(day, GET_UP, TALK))
    story = changed(tmp_path, ('label: "Yes"', 'label: "Yes, please"'))
    found = decode(story, saved)
    assert found.state.at >= 0
    gone = {**saved, "at": "scene inner/elsewhere", "stack": ["nowhere"]}
    found = decode(day, gone)
    assert document(day, found.state)["at"] == saved["at"]
    assert found.lost == (
        "A scene that was to go on later is gone.",
        "The place in the scene inner where you were is gone; it begins again.",
    )


def test_a_scene_that_is_gone_leaves_the_player_in_the_room(day: Story) -> None:
    saved = {**document(day, played(day, GET_UP, TALK)), "at": "scene x/choices", "scene": "scene x"}
    found = decode(day, saved)
    assert (found.state.at, found.state.stack, day.things[found.state.place].key) == (-1, (), "hall")
    assert found.lost == ("The scene you were in no longer exists.",)


def test_a_scene_before_the_first_room_that_leads_nowhere_begins_the_story(day: Story, tmp_path: Path) -> None:
    story = changed(tmp_path, ("  inner:\n", "  short: Too short.\n  inner:\n"))
    found = decode(story, {**document(day, played(day)), "at": "gone", "scene": "scene short"})
    assert document(story, found.state)["scene"] == "scene morning"


def test_a_choice_that_has_closed_altogether_lets_the_script_go_on(day: Story, tmp_path: Path) -> None:
    saved = document(day, played(day, GET_UP, TALK))
    story = changed(
        tmp_path,
        ('{label: "Yes", text: Good.}', '{label: "Yes", if: hands > 9}'),
        ('{label: "No", do: hands -= 1}', '{label: "No", if: hands > 9}'),
    )
    at = [name for name in story.sites.values() if name.startswith("scene inner/")]
    found = decode(story, {**saved, "at": at[0], "stack": []})
    assert found.state.at == -1


def test_an_ending_that_is_gone_gives_the_room_back(day: Story) -> None:
    saved = {**document(day, played(day, GET_UP, DREAM, Choose(0))), "ending": "sky"}
    found = decode(day, saved)
    assert (found.state.ending, found.lost) == (-1, ('The ending "sky" no longer exists; the story goes on.',))


def test_rooms_once_visited_that_are_gone_are_named(day: Story) -> None:
    saved = {**document(day, played(day, GET_UP)), "visited": ["hall", "attic"]}
    assert decode(day, saved).lost == ("The attic no longer exists.",)


NEW = (
    WORLD.replace("hall: {", "hall: {")
    .replace("  hall:\n", "  parlour:\n")
    .replace("goto: hall}", "goto: parlour}")
    .replace("at: hall}", "at: parlour}")
    .replace("south: hall", "south: parlour")
    .replace("hands", "fingers")
    .replace("jeren", "merdan")
    .replace("evening", "dusk")
)


def test_what_has_another_name_now_is_found_by_it(day: Story, tmp_path: Path) -> None:
    renamed = "renamed: {hall: parlour, hands: fingers, jeren: merdan, evening: dusk}\n"
    later = story_of(tmp_path, NEW + renamed)
    before = document(day, played(day, GET_UP, PRACTISE, TALK))
    found = decode(later, before)
    assert found.lost == ()
    state = found.state
    assert later.things[state.place].key == "parlour"
    assert [state.values[number] for number, slot in enumerate(later.slots) if slot.name == "fingers"] == [3]
    assert later.owner(state.at) == day.owner(played(day, GET_UP, PRACTISE, TALK).at)


def test_an_old_name_that_is_still_there_or_a_new_one_that_is_not_is_an_error(tmp_path: Path) -> None:
    text = WORLD + "renamed: {yard: hall, cellar: vault}\n"
    messages = [one.message for one in check_text(tmp_path, text)]
    assert messages == ["`yard` is still the name of a room", "there is no name `vault`"]
