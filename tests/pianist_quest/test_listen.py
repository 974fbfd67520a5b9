"""LISTEN is the verb of the game: every room and everybody answers it with something that is heard nowhere else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pianist_quest.engine import begin, step
from pianist_quest.engine.turn import Do, Told
from pianist_quest.engine.view import scope
from pianist_quest.story.story import Character, Room
from scenario import words
from soak.plays import play, story_of
from support import lines_uncounted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pianist_quest.engine import State
    from pianist_quest.story.story import Story, Thing

    Answers = dict[str, set[str]]

WORLD = Path(__file__).parents[2] / "worlds" / "pianist_quest"
CHANGES_WITH_THE_CALENDAR = """
    bazaar ene_room tunel_gate kitchen lane piano_room rehearsal_room roof workshop yard
    canteen courtyard gurvich_studio vault clinic spring bandstand
    mother father ene selbi jeren merdan halyl maral rejep cary gurvich vasseur sobol librarian senda
    flat maids_room rue quai foyer cubicles bench green_room wings paris_court
    colette noe seo_ha ferri mamadou ellery
"""
CHANGES_WITH_WHAT_WAS_DONE = """
    maral_classroom recording_cupboard great_hall tuners_den_room library room_32 guest_studio
    riga_courtyard riga_hall
    nury
"""
CHANGES_TOO_LATE_FOR_PLAYS_BY_CHANCE = """
    stage studio hospital_hall grand_stair
    odile kessel
"""
IS_HEARD_ONCE = """
    toy_ground airport audition_room
    riga_man krumina maurin
"""
ELSEWHERE = """
    wasp two_bows practice_lesson bow_lesson roof_story night_june toy_playing toy_midnight curtain_one
    act2_opening first_walk one_chord four_hands_play partnerless d940_opening d940_largo too_much_practice night_ladder
    blank_whole blank_piece riga_question riga_review curtain_two
    overtaken programme second_roof hand_breaks hand_nury october_recital choose_passage prelude_closing door_chosen
    door_reserve door_tape go_or_stay who_stays who_stayed spring_walk broken_off
    act4_opening choose_piano the_rehearsal page_turning hospital_night shift_change staircase lost_with_orchestra
    k511_opening k466_entry beethoven4_alone rach2_bells
    the_telephone piano_outdoors the_doors door_begin_again door_branch door_four_hands door_lullaby door_one_hand
    door_two_strings door_whisper on_to_eleven on_by_two on_to_the_house on_to_six on_by_night the_cold_room epilogue
"""
"""The scenes with a choice that are not where the player's room is, or not at its hour."""
DAYS = {day: 1 if day < 7 else 2 if day < 16 else 3 if day < 24 else 4 for day in range(1, 33)}
"""The days, and the act of each."""
PLAYS = 12
ROOMS_APART = 5
"""Of so many rooms, people are brought to one on a day; to the next of them on the next day."""


@pytest.fixture(scope="module")
def story() -> Story:
    return story_of(WORLD)


def answerers(story: Story) -> list[Thing]:
    """All rooms and characters."""
    return [thing for thing in story.things if isinstance(thing, Room | Character)]


def heard(story: Story, state: State, *named: Thing) -> str:
    """What LISTEN says in a room, or of somebody there: the first that is told."""
    turn = step(story, state, Do("listen", tuple(("thing", thing.key) for thing in named)))
    return next((words(event.runs) for event in turn.events if isinstance(event, Told)), "")


def set_to(story: Story, state: State, **values: int) -> State:
    """The state with some variables set, and `at` for whoever is there."""
    numbers = {slot.name: number for number, slot in enumerate(story.slots)}
    changed = list(state.values)
    for name, value in values.items():
        changed[numbers[name]] = value
    return replace(state, values=tuple(changed))


@pytest.fixture(scope="module")
@lines_uncounted()
def by_calendar(story: Story) -> Answers:
    """What is heard of each on every day, of people in a few rooms a day; who says nothing is never there then."""
    found: Answers = defaultdict(set)
    start = replace(begin(story, 1).state, at=-1, stack=(), visited=0)
    for day, act in DAYS.items():
        today = set_to(story, start, day=day, act=act)
        for room in answerers(story):
            if isinstance(room, Room):
                here = replace(today, place=room.number, visited=1 << room.number)
                found[room.key].add(heard(story, here))
                if (room.number + day) % ROOMS_APART == 0:
                    for who, state in people(story, here):
                        found[who.key] |= {heard(story, state, who)} - {""}
    return found


def people(story: Story, here: State) -> Iterator[tuple[Character, State]]:
    """Everybody, and the state with them brought here; who never moves only where they are."""
    for who in answerers(story):
        if isinstance(who, Character):
            state = set_to(story, here, **{f"{who.key}.at": here.place}) if who.slot >= 0 else here
            if who in scope(story, state):
                yield who, state


@pytest.fixture(scope="module")
@lines_uncounted()
def in_play(story: Story) -> Answers:
    """What is heard of each in random plays, by somebody who listens wherever they come."""
    found: Answers = defaultdict(set)
    for seed in range(1, PLAYS + 1):
        for move in play(story, seed, 1000):
            state = move.turn.state
            if state.at < 0 and state.ending < 0:
                found[story.things[state.place].key].add(heard(story, state))
                for who in scope(story, state):
                    if isinstance(who, Character):
                        found[who.key].add(heard(story, state, who))
    return found


def test_the_tables_name_everything_that_can_be_listened_to(story: Story) -> None:
    tables = f"{CHANGES_WITH_THE_CALENDAR} {CHANGES_WITH_WHAT_WAS_DONE} {IS_HEARD_ONCE}".split()
    tables += CHANGES_TOO_LATE_FOR_PLAYS_BY_CHANCE.split()
    assert sorted(tables) == sorted(thing.key for thing in answerers(story))


@pytest.mark.usefixtures("uncounted")
def test_everything_answers_for_itself(story: Story, by_calendar: Answers, in_play: Answers) -> None:
    for thing in answerers(story):
        assert "listen" in thing.actions, thing.key
        assert by_calendar[thing.key], thing.key
        assert all(in_play[thing.key]), thing.key


def test_no_two_answer_alike(by_calendar: Answers, in_play: Answers) -> None:
    owner: dict[str, str] = {}
    for answers in (by_calendar, in_play):
        for name, texts in answers.items():
            assert {owner.setdefault(text, name) for text in texts} <= {name}


@pytest.mark.parametrize("name", CHANGES_WITH_THE_CALENDAR.split())
def test_what_changes_with_the_calendar(by_calendar: Answers, name: str) -> None:
    assert len(by_calendar[name]) > 1


@pytest.mark.parametrize("name", CHANGES_WITH_WHAT_WAS_DONE.split())
def test_what_changes_with_what_was_done(in_play: Answers, name: str) -> None:
    assert len(in_play[name]) > 1


@pytest.mark.parametrize("name", IS_HEARD_ONCE.split())
def test_what_is_heard_once_does_not_change(by_calendar: Answers, in_play: Answers, name: str) -> None:
    assert len(by_calendar[name] | in_play[name]) == 1


# While a choice waits


@pytest.fixture(scope="module")
@lines_uncounted()
def waiting(story: Story) -> dict[str, State]:
    """The scenes that were waiting for a choice in random plays, each as it did so last, apart from what called it."""
    found = {}
    for seed in range(1, PLAYS + 1):
        for move in play(story, seed, 1000):
            state = move.turn.state
            if state.at >= 0 and state.ending < 0 and state.place > 0:
                found[story.owner(state.at)] = replace(state, stack=())
    return found


def sounds(story: Story) -> tuple[str, ...]:
    """The sounds of scenes; the first is that the room answers."""
    return next(slot.names for slot in story.slots if slot.name == "sounds")


def sound_of(story: Story, state: State) -> str:
    """Which of the sounds is to be heard."""
    return sounds(story)[state.values[[slot.name for slot in story.slots].index("sounds")]]


def test_every_choice_can_be_listened_to(story: Story, waiting: dict[str, State]) -> None:
    assert all(heard(story, state) for state in waiting.values())


def test_a_scene_elsewhere_is_not_answered_by_the_room(story: Story, waiting: dict[str, State]) -> None:
    scenes = {f"scene {name}" for name in ELSEWHERE.split()} & set(waiting)
    assert len(scenes) > len(ELSEWHERE.split()) // 2
    assert {sound_of(story, waiting[scene]) for scene in scenes}.isdisjoint({"here"})
    for scene in scenes:
        assert heard(story, waiting[scene]) != heard(story, set_to(story, waiting[scene], sounds=0)), scene


def test_who_is_free_hears_the_room(story: Story) -> None:
    free = [move.turn.state for move in play(story, 1, 1000) if move.turn.state.at < 0 and move.turn.state.ending < 0]
    assert {sound_of(story, state) for state in free} == {"here"}


def test_every_scene_elsewhere_has_a_sound_of_its_own(
    story: Story, waiting: dict[str, State], by_calendar: Answers, in_play: Answers
) -> None:
    state = waiting["scene wasp"]
    said = [heard(story, set_to(story, state, sounds=number)) for number in range(1, len(sounds(story)))]
    assert len(set(said)) == len(said)
    assert set(said).isdisjoint(set[str]().union(*by_calendar.values(), *in_play.values()))


def test_nobody_from_the_gate_is_at_the_audition(story: Story, waiting: dict[str, State]) -> None:
    state = waiting["scene audition_table"]
    assert not [thing.key for thing in scope(story, state) if isinstance(thing, Character)]
    assert "forty children" not in heard(story, state)


def test_a_hint_is_not_of_another_place(story: Story, waiting: dict[str, State]) -> None:
    for name in ("roof_story", "audition_table", "first_walk", "october_recital", "hospital_night"):
        turn = step(story, waiting[f"scene {name}"], Do("hint"))
        told = " ".join(words(event.runs) for event in turn.events if isinstance(event, Told))
        assert told.startswith(("Behind each way", "There is nothing to work out", "Any of it will do")), name
