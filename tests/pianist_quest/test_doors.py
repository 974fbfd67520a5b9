"""Act V: which doors are open after which result, where each leads, and what is told of afterwards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pianist_quest.engine.engine import blank, resume
from pianist_quest.engine.turn import Choose, Earned
from pianist_quest.engine.view import offers
from scenario import Scenario, said, words
from support import bundled

if TYPE_CHECKING:
    from collections.abc import Callable

    from pianist_quest.story.story import Story

    Life = Callable[..., Scenario]
    Given = dict[str, int | str]

WORLD = Path(__file__).parents[2] / "worlds" / "pianist_quest"
RESULTS: dict[str, Given] = {
    "won": {"through1": 1, "through2": 1, "place": "first"},
    "shared": {"through2": 1, "place": "first", "shared_first": 1},
    "placed": {"through2": 1, "place": "fourth", "house": 8},
    "placed, and the house's": {"through2": 1, "place": "fourth", "audience_prize": 1},
    "eliminated": {},
    "went_home": {"withdrawn": 1},
    "stayed": {"door": "stay"},
}
WALKING_ON = {
    "won": "first_prize",
    "shared": "shared_step",
    "placed": "long_apprenticeship",
    "placed, and the house's": "houses_prize",
    "eliminated": "without_a_number",
    "went_home": "without_a_number",
}
LABELS: dict[str, str | tuple[str, ...]] = {
    "on": "Walk on",
    "apprentice": "Take Ruth Ellery's cold room",
    "four_hands": "Half a bench, with Jeren",
    "one_hand": "The left hand",
    "lullaby": ("Go home to Ene", "Ask Ene for the cradle song"),
    "whisper": "Maral's low hooks",
    "branch": "Riga, and the inside of pianos",
    "two_strings": "Halyl's bench",
    "begin_again": "Begin again, in Riga",
}
"""How the choice of each door begins."""
ASKS: dict[str, Given] = {
    "apprentice": {"ellery_hour": 1},
    "four_hands": {"jeren__bond": 4, "d940__v": 3},
    "one_hand": {"injured": 1, "nocturne__v": 3},
    "lullaby": {"ene__bond": 4},
    "whisper": {"maral__bond": 3, "helped_nury": 2},
    "branch": {"rejep__bond": 3, "forkkept": 1, "odile__bond": 2},
    "two_strings": {"self": 8, "halyl__bond": 4},
    "begin_again": {"begun_again": 1},
}
"""What it takes, where the result alone does not open it; two underscores stand for a full stop."""
LEADS_TO = {
    "apprentice": "long_apprenticeship",
    "four_hands": "four_hands",
    "one_hand": "one_hand",
    "lullaby": "lullaby",
    "whisper": "whisper_passed_on",
    "branch": "little_branch",
    "two_strings": "two_strings",
    "begin_again": "begin_again",
}
NOT_WITHOUT_PARIS = {"on", "apprentice", "branch", "begin_again"}
MOST_WORDS = 14


class After(Scenario):
    """A play that begins with what came after the jury, or after the second October."""

    def __init__(self, given: Given) -> None:
        self.story, self.saved = bundled(WORLD), False
        values = list(blank(self.story, 1).values)
        for name, value in given.items():
            number = [slot.name for slot in self.story.slots].index(name.replace("__", "."))
            values[number] = self.story.slots[number].names.index(value) if isinstance(value, str) else value
        room, scene = ("bandstand", "piano_outdoors") if "door" in given else ("grand_stair", "the_telephone")
        state = replace(blank(self.story, 1), values=tuple(values), place=self.story.by_key[room])
        self.turn = resume(self.story, state, _begins(self.story, f"scene {scene}"))
        self.state = self.turn.state
        self.told = self.said

    @property
    def said(self) -> list[str]:
        """What the last turn said, but for the marks that were earned in it."""
        return [said(event) for event in self.turn.events if not isinstance(event, Earned)]

    def first(self) -> None:
        """Take the first open choice."""
        self.do(Choose(next(one.index for one in offers(self.story, self.state) if one.open)))
        self.told += self.said

    def to_the_doors(self) -> After:
        """Go on until the doors are there to be chosen from."""
        while not any(self.opens(door) for door in ("on", "lullaby")):
            self.first()
        return self

    def opens(self, door: str) -> bool:
        """Whether a door is open."""
        return any(one.startswith(LABELS[door]) for one in self.choices)

    @property
    def doors(self) -> set[str]:
        """The doors that are open."""
        return {door for door in LABELS if self.opens(door)}

    def through(self, door: str, then: str = "-") -> str:
        """Go through a door, and on to the ending, by what begins so where it can be chosen; return its name."""
        self.choose(next(one for one in self.choices if one.startswith(LABELS[door])))
        self.told += self.said
        while self.state.ending < 0:
            wanted = next((one for one in self.choices if one.startswith(then)), "")
            if wanted:
                self.choose(wanted)
                self.told += self.said
            else:
                self.first()
        return self.story.endings[self.state.ending].key


def with_everything(result: str, **more: int) -> After:
    """Somebody with this result and all that any door asks for, and Paris only if they went."""
    asked = {name: value for one in ASKS.values() for name, value in one.items()}
    if result == "stayed":
        del asked["ellery_hour"]
    return After({**asked, **RESULTS[result], **more}).to_the_doors()


def _begins(story: Story, owner: str) -> int:
    return next(pc for pc, name in story.owners if name == owner)


# Which are open


@pytest.mark.parametrize("result", WALKING_ON)
def test_walking_on_is_open_to_everybody_who_went(result: str) -> None:
    play = After(RESULTS[result]).to_the_doors()
    assert "on" in play.doors
    assert play.through("on") == WALKING_ON[result]


@pytest.mark.parametrize("result", RESULTS)
def test_a_finalist_can_have_the_cold_room_if_ellery_heard_what_she_likes(result: str) -> None:
    given = RESULTS[result]
    assert "apprentice" not in After({**given, "jury_ellery__heard": 9}).to_the_doors().doors
    heard = After({**given, "jury_ellery__heard": 10}).to_the_doors()
    assert ("apprentice" in heard.doors) == ("through2" in given)


@pytest.mark.parametrize(
    ("chosen", "ending"),
    [("Give the sixth", "long_apprenticeship"), ("Ask the eight", "houses_prize"), ("Leave by", "without_a_number")],
)
def test_six_small_halls_lead_three_ways(chosen: str, ending: str) -> None:
    assert After(RESULTS["placed"]).to_the_doors().through("on", chosen) == ending


def test_nobody_in_six_small_halls_was_in_paris_where_the_house_was_cold() -> None:
    play = After({**RESULTS["placed"], "house": 7}).to_the_doors()
    play.choose(next(one for one in play.choices if one.startswith(LABELS["on"])))
    assert not any(one.startswith("Ask the eight") for one in play.choices)


@pytest.mark.parametrize("waltz", ["kept", "shared"])
def test_jerens_waltz_opens_four_hands_too(waltz: str) -> None:
    assert "four_hands" in After({"jeren__bond": 4, "waltz": waltz}).to_the_doors().doors
    assert "four_hands" not in After({"jeren__bond": 3, "waltz": waltz}).to_the_doors().doors


def test_who_stayed_has_the_lullaby() -> None:
    assert After(RESULTS["stayed"]).to_the_doors().doors == {"lullaby"}


@pytest.mark.parametrize("door", ASKS)
def test_a_door_asks_for_all_that_it_asks_for(door: str) -> None:
    assert After(ASKS[door]).to_the_doors().doors == {"on", door}
    for name, value in ASKS[door].items():
        assert isinstance(value, int)
        assert After({**ASKS[door], name: value - 1}).to_the_doors().doors == {"on"}, name


def test_the_second_roof_story_opens_the_lullaby_too() -> None:
    assert "lullaby" in After({"roof2": 1}).to_the_doors().doors


@pytest.mark.parametrize("result", RESULTS)
def test_with_everything_all_are_open_but_those_that_lead_by_way_of_paris(result: str) -> None:
    closed = NOT_WITHOUT_PARIS if result == "stayed" else set()
    assert with_everything(result).doors == set(LABELS) - closed


@pytest.mark.parametrize("result", RESULTS)
def test_every_open_door_has_sent_something_and_says_what_it_is_in_a_few_words(result: str) -> None:
    play = with_everything(result)
    assert len(play.said) == len(play.choices) + 1
    for label in play.choices:
        assert sum(any(sign.isalnum() for sign in word) for word in label.split()) <= MOST_WORDS, label


# Where they lead


@pytest.mark.parametrize("result", RESULTS)
@pytest.mark.parametrize("door", LEADS_TO)
def test_each_leads_to_its_ending_whatever_the_jury_said(door: str, result: str) -> None:
    if result != "stayed" or door not in NOT_WITHOUT_PARIS:
        assert with_everything(result).through(door) == LEADS_TO[door]


def test_the_world_has_twelve_endings() -> None:
    endings = {one.key for one in bundled(WORLD).endings}
    assert endings == {*WALKING_ON.values(), *LEADS_TO.values()}
    assert len(endings) == 12


# What is told


def told_after(result: str, door: str, **more: int) -> str:
    """All that is told of a result and a door, but for the ending."""
    play = with_everything(result, **more)
    play.through(door)
    return "\n".join(play.told[:-2])


@pytest.mark.parametrize("door", ["on", *LEADS_TO])
def test_no_two_results_are_told_alike(door: str) -> None:
    results = [one for one in RESULTS if one != "stayed" or door not in NOT_WITHOUT_PARIS]
    assert len({told_after(one, door) for one in results}) == len(results)


@pytest.mark.parametrize("result", RESULTS)
def test_nothing_has_fallen_down(result: str) -> None:
    told = told_after(result, "lullaby" if result == "stayed" else "on")
    assert told.count('"No," says Ene. "Nothing fell down."') == 1
    assert ("You are offered a watch" in told) == (result in ("won", "shared"))
    assert ("Maurin's newspaper" in told) == (result != "stayed")


def test_a_name_abroad_is_worth_one_more_hall() -> None:
    assert "the lavatory" not in told_after("won", "on", fame=4)
    assert "the lavatory" in told_after("won", "on", fame=5)


def test_the_wasp_is_left_out_or_looked_for() -> None:
    def last(own: int) -> str:
        play = After({**RESULTS["won"], "self": own}).to_the_doors()
        play.through("on")
        return play.told[-2]

    assert "the place for it" in last(7)
    assert "I should like a wasp" in last(3)


# To begin again


@pytest.mark.parametrize(("where", "counts"), [("final_round", 1), ("hospital", 1), ("recital", 0), ("round_one", 0)])
def test_to_have_begun_again_counts_in_the_final_and_at_the_night_piano(life: Life, where: str, counts: int) -> None:
    play = life(f"- do: [round_now = {where}, mind = 0, tone = 0, tech = 0]\n- call: k511_opening")
    play.do(Choose(next(one.index for one in offers(play.story, play.state) if "(a leap)" in words(one.label))))
    play.choose("Stop. Breathe. Begin the passage again. (a one; everyone will have heard)")
    assert (play.value("restarted"), play.value("begun_again")) == (1, counts)
