"""The competition: the worked final of `docs/competition.md`, reckoned again; votes, places, prizes; every passage."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from pianist_quest.engine.turn import Choose
from pianist_quest.engine.view import offers
from scenario import Scenario, words
from soak import strategies
from soak.contest import (
    DIFFICULTY,
    Passage,
    Played,
    Reading,
    fit,
    goes_through,
    outcome,
    passages,
    placed,
    points,
    rivals,
    sums,
    tastes,
    tier,
    total,
    voting,
    warmth,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    Life = Callable[..., Scenario]

OUTCOMES = ("unplayed", "sang", "held", "frayed", "fell", "caught", "leapt", "again")
PLACES = ("unplaced", "sixth", "fifth", "fourth", "third", "second", "first")
PIANOS = ("even", "dark", "bright")
CONCERTOS = {
    "k466": ("k466_entry", "k466_cadenza", "k466_romance", "k466_major"),
    "beethoven4": ("beethoven4_alone", "beethoven4_cadenza", "beethoven4_andante", "beethoven4_rondo"),
    "rach2": ("rach2_bells", "rach2_march", "rach2_adagio", "rach2_tune"),
}
SAY = {re.sub(r"[*]", "", one.say): (passage, one) for passage in passages().values() for one in passage.readings}
WORKED = """
- do: [tech = 6, tone = 7, mind = 6, nerve = 9, k466.f = 3, k466.r = 3, k466.v = 3, recused = {recused}]
- do: [concerto = k466, paris_piano = dark, through2 = true, rivals_drawn = true]
- do: [rival_seoha.mark = {seoha}, rival_ferri.mark = 284, rival_third.mark = 268, rival_fourth.mark = 251]
- do: [rival_fifth.mark = 243, rival_instead.mark = 229, seoha_total = {seoha}]
- do: [jury_delcourt.heard = 9, jury_vasseur.heard = 10, jury_sazonov.heard = 8, jury_ellery.heard = 8]
- do: [jury_nakagawa.heard = 9, jury_cordero.heard = 7, jury_krumina.heard = 7]
- call: final_passages
- call: judge_final
"""


def state_with(play: Scenario, **values: int) -> None:
    """Put numbers into a play; `__` stands for the dot of a property."""
    names = [slot.name for slot in play.story.slots]
    held = list(play.state.values)
    for name, value in values.items():
        held[names.index(name.replace("__", "."))] = value
    play.state = replace(play.state, values=tuple(held))


def came(play: Scenario) -> str:
    """What came of the last passage."""
    return OUTCOMES[play.value("outcome")]


def heard(play: Scenario) -> dict[str, int]:
    """The jurors' sums."""
    return {juror: play.value(f"{juror}.heard") for juror in tastes()}


# The worked final


def worked(life: Life, *, recused: str = "false", seoha: int = 302) -> Scenario:
    """The final of the documentation, with the draw of luck that it has."""
    play = life(WORKED.format(recused=recused, seoha=seoha))
    for seed in range(40):
        play = Scenario(play.story, seed=seed, saved=play.saved)
        play.choose("You heard all that from the stairs. Answer it. (in hand)")
        play.choose("Your own, from the pencil sheet. (within reach)")
        if any("sweat" in line for line in play.said):
            break
    play.choose("In one breath, all eight bars. (within reach)")
    return play.choose("Sunlight, and no reason given. (in hand)")


def test_the_worked_final(life: Life) -> None:
    play = worked(life)
    assert play.value("points") == 9
    assert list(heard(play).values()) == [9, 10, 10, 9, 8, 9, 11]
    assert (play.value("my_total"), play.value("house")) == (271, 4)
    assert PLACES[play.value("place")] == "third"
    assert not play.value("audience_prize")


def test_the_worked_final_without_vasseur(life: Life) -> None:
    play = worked(life, recused="true")
    assert (play.value("my_total"), PLACES[play.value("place")]) == (266, "fourth")


def test_the_worked_final_by_the_model() -> None:
    semi = dict(zip(tastes(), (9, 10, 8, 8, 9, 7, 7), strict=True))
    final = sums(
        [
            Played("telling", "structure", "sang"),
            Played("daring", "risk", "held"),
            Played("daring", "line", "held"),
            Played("plain", "colour", "sang"),
        ]
    )
    assert list(final.values()) == [9, 10, 10, 9, 8, 9, 11]
    assert (total(semi, final), total(semi, final, recused=True)) == (271, 266)


def test_a_cadenza_of_ones_own_is_remembered(life: Life) -> None:
    play = worked(life)
    assert (play.value("own_cadenza"), play.value("self")) == (1, 1)


# The rounds, played by chance and reckoned again

ROUNDS = """
- do: [recused = false, seo_ha.bond = 0, hands = 10]
- choices: [Go]
- call: round_one_passages
- choices: [Next]
- call: semi_passages
- choices: [Next]
- call: final_passages
- choices: [Next]
- call: judge_final
"""


def one_passage(play: Scenario, chance: Random, luck: set[int]) -> Played:
    """Play the passage that waits, by chance, and hold it to the model for one of these draws of luck."""
    labels = {one.index: words(one.label) for one in offers(play.story, play.state)}
    index = chance.choice(list(labels))
    passage, reading = SAY[re.sub(r" \([a-z ]+\)$", "", labels[index])]
    expected = {outcome(margin(play, passage, reading) + one) for one in luck}
    before = play.value("house")
    play.do(Choose(index))
    if came(play) == "fell":
        assert "fell" in expected
        play.choose(chance.choice(play.choices))
        assert came(play) in ("leapt", "again")
    else:
        assert came(play) in expected or (came(play) == "caught" and "fell" in expected)
    assert play.value("house") - before == warmth(reading.tag, came(play))
    return Played(reading.sort, reading.tag, came(play))


def margin(play: Scenario, passage: Passage, reading: Reading) -> int:
    """How far a reading is above its difficulty, by the numbers of a play."""
    tired = int(passage.force and play.value("hands") <= 4)
    state = tier(play.value("nerve")) - play.value("pressure") + play.value("calm") - tired
    have = play.value(reading.skill) + 2 * play.value(f"{passage.piece}.{reading.aspect}") + state
    return have + fit(PIANOS[play.value("piano")], reading.skill) - DIFFICULTY[reading.sort][0]


def any_life(play: Scenario, chance: Random) -> None:
    """Numbers by chance."""
    state_with(
        play,
        **{name: chance.randint(2, 10) for name in ("tech", "tone", "mind", "nerve", "hands")},
        **{
            f"{piece}__{aspect}": chance.randint(0, 4)
            for piece in {passage.piece for passage in passages().values()}
            for aspect in "frv"
        },
        recused=chance.randint(0, 1),
        seo_ha__bond=chance.randint(0, 5),
        paris_piano=chance.randint(0, 2),
        prog_classic=chance.randint(0, 2),
        prog_study=chance.randint(0, 2),
        prog_sonata=chance.randint(0, 2),
    )


@pytest.mark.parametrize("seed", range(6))
def test_marks_and_place_are_what_the_model_says(life: Life, seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - not for secrets
    play = life(ROUNDS, seed=seed)
    any_life(play, chance)
    recused = bool(play.value("recused"))
    play.choose("Go")
    rounds = []
    for count, luck in ((3, 1), (4, 2), (4, 2)):
        rounds.append(sums([one_passage(play, chance, {-1, 0, 1} if n == luck else {0}) for n in range(count)]))
        assert heard(play) == rounds[-1]
        play.choose("Next")
    one, semi, final = rounds
    assert heard(play) == final
    assert bool(play.value("through1")) == goes_through(one, 5, recused=recused)
    assert bool(play.value("through2")) == goes_through(semi, 8, recused=recused)
    assert play.value("my_total") == total(semi, final, recused=recused)
    others = {name: play.value(f"{name}.mark") for name in rivals()}
    friend = play.value("seo_ha.bond") >= 3
    place, shared = placed(play.value("my_total"), others, with_seoha=friend)
    if play.value("through2"):
        assert (7 - play.value("place"), bool(play.value("shared_first"))) == (place, shared)
        ranks = sorted([play.value("my_rank"), *(play.value(f"{name}.rank") for name in rivals())][:6])
        assert ranks == ([1, 1, 3, 4, 5, 6] if shared else [1, 2, 3, 4, 5, 6])
    else:
        assert (play.value("place"), play.value("shared_first")) == (0, 0)
        assert sorted(play.value(f"{name}.rank") for name in rivals()) == [1, 2, 3, 4, 5, 6]


# The others


def test_the_others_marks_are_drawn_once_and_near_what_is_usual(life: Life) -> None:
    story = life("- call: draw_rivals\n- choices: [Again]\n- call: draw_rivals").story
    drawn = set()
    for seed in range(30):
        play = Scenario(story, seed=seed)
        before = {name: play.value(f"{name}.mark") for name in rivals()}
        play.choose("Again")
        assert before == {name: play.value(f"{name}.mark") for name in rivals()}
        assert all(abs(mark - rivals()[name]) <= 5 for name, mark in before.items())
        assert (play.value("seoha_total"), play.value("ferri_total")) == (before["rival_seoha"], before["rival_ferri"])
        drawn.add(before["rival_seoha"] - rivals()["rival_seoha"])
    assert len(drawn) >= 7


def test_nobody_of_the_others_can_be_even_with_another() -> None:
    marks = sorted(rivals().values())
    assert all(higher - lower > 10 for lower, higher in pairwise(marks))


@pytest.mark.parametrize(("bond", "more"), [(2, 0), (3, 10), (5, 10)])
def test_a_friend_plays_better(life: Life, bond: int, more: int) -> None:
    play = life(f"- do: seo_ha.bond = {bond}\n- call: draw_rivals\n- choices: [Judge]\n- call: judge_final")
    before = play.value("seoha_total")
    play.choose("Judge")
    assert play.value("seoha_total") == play.value("rival_seoha.mark") == before + more


JUDGED = """
- do: [seo_ha.bond = {bond}, through2 = true, my_total = {mine}, rivals_drawn = true, seoha_total = {seoha}]
- do: [rival_seoha.mark = {seoha}, rival_ferri.mark = {ferri}, rival_third.mark = 270, rival_fourth.mark = 255]
- do: [rival_fifth.mark = 240, rival_instead.mark = 225, audience_prize = false]
- call: judge_final
"""


@pytest.mark.parametrize(
    ("mine", "place"),
    [(301, "first"), (300, "first"), (299, "second"), (286, "second"), (280, "third"), (260, "fourth"), (250, "fifth"),
     (0, "sixth")],
)  # fmt: skip
def test_a_mark_has_a_place(life: Life, mine: int, place: str) -> None:
    play = life(JUDGED.format(bond=2, mine=mine, seoha=300, ferri=285))
    assert (PLACES[play.value("place")], play.value("shared_first")) == (place, 0)


@pytest.mark.parametrize(
    ("bond", "mine", "seoha", "ferri", "shared"),
    [
        (3, 308, 290, 285, 1),  # eight more than her 300
        (3, 292, 290, 285, 1),  # eight less
        (3, 309, 290, 285, 0),
        (3, 291, 290, 285, 0),
        (2, 302, 300, 285, 0),  # near, but no friend
        (3, 303, 288, 301, 1),  # Ferri is between the two
        (3, 303, 290, 304, 0),  # and here above both
    ],
)
def test_the_first_prize_is_shared(life: Life, bond: int, mine: int, seoha: int, ferri: int, shared: int) -> None:
    play = life(JUDGED.format(bond=bond, mine=mine, seoha=seoha, ferri=ferri))
    assert play.value("shared_first") == shared
    if shared:
        assert [play.value(name) for name in ("my_rank", "rival_seoha.rank", "rival_ferri.rank")] == [1, 1, 3]
        assert PLACES[play.value("place")] == "first"


def test_it_is_judged_once(life: Life) -> None:
    play = life(JUDGED.format(bond=3, mine=300, seoha=290, ferri=285) + "- call: judge_final")
    assert play.value("seoha_total") == 300


# The house


@pytest.mark.parametrize(("before", "prize"), [(7, 0), (8, 1)])
def test_the_audience_has_its_prize(life: Life, before: int, prize: int) -> None:
    strong = "- do: [tech = 10, tone = 10, mind = 10, nerve = 10, k466.f = 4, k466.r = 4, k466.v = 4]"
    play = life(f"{strong}\n- do: [house = {before}, concerto = k466, through2 = true]\n- call: final_passages")
    for _ in range(4):
        play.do(Choose(0))
    assert (play.value("house"), play.value("audience_prize")) == (before + 4, prize)


def test_who_never_falls_comes_to_eleven_at_most() -> None:
    readings = {(one.sort, one.tag) for passage in passages().values() for one in passage.readings}
    assert max(warmth(tag, came) for _, tag in readings for came in ("sang", "held", "frayed")) == 1
    assert 3 + 4 + 4 < 12


# Votes


@pytest.mark.parametrize(("asked", "votes"), [(5, 7), (6, 4), (7, 3), (8, 0)])
def test_the_model_votes_as_the_jury_does(life: Life, asked: int, votes: int) -> None:
    given = dict(zip(tastes(), (7, 5, 7, 6, 5, 7, 5), strict=True))
    play = life("- do: recused = false\n- choices: [Vote]\n- call: jury_votes")
    state_with(play, yes_at=asked, **{f"{juror}__heard": number for juror, number in given.items()})
    play.choose("Vote")
    assert (play.value("yes_votes"), bool(play.value("goes_through"))) == (votes, goes_through(given, asked))


def test_the_president_decides_where_six_vote() -> None:
    assert "jury_vasseur" not in voting(recused=True)
    given = dict.fromkeys(tastes(), 0) | dict.fromkeys(("jury_ellery", "jury_cordero", "jury_delcourt"), 5)
    assert goes_through(given, 5, recused=True)
    assert not goes_through({**given, "jury_delcourt": 0, "jury_krumina": 5}, 5, recused=True)
    assert not goes_through(given, 5)


# Programmes


def announced(play: Scenario, count: int) -> list[str]:
    """The passages that are played, by always taking the first choice."""
    found = []
    for _ in range(count):
        found.append(SAY[re.sub(r" \([a-z ]+\)$", "", play.choices[0])][0].name)
        play.do(Choose(0))
        if came(play) == "fell":
            play.do(Choose(0))
    return found


@pytest.mark.parametrize(
    ("chosen", "played"),
    [
        ("prog_classic = rondo, prog_study = bells", ["k511_opening", "k511_return", "campanella_bells"]),
        ("prog_classic = scenes, prog_study = wind", ["kinderszenen_1", "kinderszenen_12", "etude_opening"]),
        ("k511.f = 1, campanella.v = 1", ["k511_opening", "k511_return", "campanella_bells"]),
        ("k511.f = 0", ["kinderszenen_1", "kinderszenen_12", "etude_opening"]),
    ],
)
def test_the_first_round(life: Life, chosen: str, played: list[str]) -> None:
    assert announced(life(f"- do: [{chosen}]\n- call: round_one_passages"), 3) == played


@pytest.mark.parametrize(
    ("chosen", "played"),
    [
        ("prog_sonata = sonata", ["op110_opening", "op110_chords", "op110_fugue"]),
        ("prog_sonata = ballade", ["ballade4_canon", "ballade4_chords", "ballade4_coda"]),
        ("op110.r = 1", ["op110_opening", "op110_chords", "op110_fugue"]),
    ],
)
def test_the_semi_final(life: Life, chosen: str, played: list[str]) -> None:
    play = life(f"- do: [{chosen}]\n- call: semi_passages")
    assert play.value("yes_at") == 8
    assert announced(play, 4) == ["cathedrale_bar7", *played]


@pytest.mark.parametrize("concerto", CONCERTOS)
def test_the_final(life: Life, concerto: str) -> None:
    play = life(f"- do: [concerto = {concerto}, through2 = true]\n- call: final_passages")
    assert play.value("pressure") == 2
    assert announced(play, 4) == list(CONCERTOS[concerto])


def test_a_concerto_that_was_never_chosen_is_mozarts(life: Life) -> None:
    assert announced(life("- call: final_passages"), 4) == list(CONCERTOS["k466"])


def test_october_begins_with_mozart_and_ends_with_rachmaninoff(life: Life) -> None:
    begun = "- do: [october.begun = true, cathedrale.begun = true, etude.begun = true, ballade4.begun = true]"
    worked = "- do: [october.f = 1, cathedrale.f = 1, etude.f = 1, ballade4.f = 1]"
    play = life(f"{begun}\n{worked}\n- call: recital_passages\n- call: nomination_passage")
    assert announced(play, 1) == ["k545_scales"]
    assert len(play.choices) == 2
    play.do(Choose(next(one.index for one in offers(play.story, play.state) if "October" in words(one.label))))
    assert announced(play, 1) == ["october_end"]
    play.do(Choose(next(one.index for one in offers(play.story, play.state) if "Étude" in words(one.label))))
    assert announced(play, 2) == ["etude_opening", "prelude_closing"]
    assert len(play.choices) == 1  # the Ballade; the Étude has been heard
    play.do(Choose(offers(play.story, play.state)[0].index))
    assert announced(play, 1) == ["ballade4_canon"]


def test_october_is_open_to_who_has_begun_nothing(life: Life) -> None:
    play = life("- call: recital_passages\n- call: nomination_passage")
    assert announced(play, 5) == [
        "k545_scales",
        "kinderszenen_1",
        "prelude_return",
        "prelude_closing",
        "prelude_return",
    ]


@pytest.mark.parametrize(("injured", "last"), [("false", "intermezzo_opening"), ("true", "nocturne_thumb")])
def test_the_hospital(life: Life, injured: str, last: str) -> None:
    play = life(f"- do: injured = {injured}\n- call: hospital_passages")
    assert announced(play, 3) == ["kinderszenen_12", "october_end", last]


@pytest.mark.parametrize(("partner", "second"), [("jeren", "d940_largo"), ("nothing", "kinderszenen_12")])
def test_who_stays(life: Life, partner: str, second: str) -> None:
    play = life(f"- do: partner = {partner}\n- call: stay_passages")
    assert announced(play, 3) == ["intermezzo_opening", second, "october_end"]


# Luck


@pytest.mark.parametrize("shield", ["calm = true", "odile.bond = 2", "pack_fork = true", "calm = false"])
def test_a_bad_draw_can_be_cancelled(life: Life, shield: str) -> None:
    story = life(f"- do: {shield}\n- choices: [Draw]\n- call: draw_luck").story
    for source in range(1, 6):  # stool, heat, child, sun, lift
        drawn = []
        for seed in range(20):
            play = Scenario(story, seed=seed)
            state_with(play, luck_source=source)
            drawn.append(play.choose("Draw"))
        assert {play.value("luck") for play in drawn} == ({-1, 0, 1} if shield == "calm = false" else {0, 1})
        assert len({play.said[0] for play in drawn}) == 3


# Every reading of every passage

ONE_BY_ONE = """
- mark: again
- choices: [Ready]
- do: hands = 10
- call: clear_sums
- do: [house = 0, points = 0, luck = 0]
- storylet: passage
- goto: again
"""


@pytest.mark.parametrize("name", sorted(passages()))
@pytest.mark.usefixtures("uncounted")
def test_what_every_reading_does(life: Life, name: str) -> None:
    passage = passages()[name]
    play = life(f"- do: next_up = {name}_bars\n{ONE_BY_ONE}")
    bands = {"sang": "in hand", "held": "within reach", "frayed": "a stretch", "fell": "a leap"}
    told = set()
    for index, reading in enumerate(passage.readings):
        for spare in (2, 1, 0, -1, -3, -4):
            need = DIFFICULTY[reading.sort][0] + spare
            aspect = max(0, min(4, (need - 5) // 2))
            values = {f"{passage.piece}__{one}": 0 for one in "frv"}
            values[f"{passage.piece}__{reading.aspect}"] = aspect
            state_with(play, nerve=2, hands=10, **{reading.skill: need - 2 * aspect}, **values)
            play.choose("Ready")
            assert play.choices[index].endswith(f"({bands[outcome(spare)]})")
            play.do(Choose(index))
            told.add(play.said[0])
            if came(play) == "fell":
                play.do(Choose(1))
            result = came(play)
            if result != "caught":
                assert result == (outcome(spare) if spare > -4 else "again")
            assert play.value("points") == points(reading.sort, result)
            assert play.value("house") == warmth(reading.tag, result)
            assert heard(play) == sums([Played(reading.sort, reading.tag, result)])
    assert len(told) >= 12  # no two alike; some are told in two ways


@pytest.mark.parametrize("style", strategies.STYLES)
@pytest.mark.usefixtures("uncounted")
def test_a_player_of_each_style_gets_somewhere(style: str) -> None:
    fate = strategies.live(style, seed=1, turns=300)
    assert not fate.final
    assert len(fate.values) == len(strategies.SHOWN)


def test_no_two_outcomes_are_alike() -> None:
    folder = Path(__file__).parents[2] / "worlds" / "pianist_quest" / "pieces"
    found = []
    for path in sorted(folder.glob("*.yaml")):
        text = path.read_text("utf-8")
        found += re.findall(r"(?:sings|holds|frays|breaks): \|\n((?: {12}.*\n)+)", text)
    sentences = [one.strip() for text in found for one in re.split(r"(?<=[.!?])\s+", " ".join(text.split()))]
    long = [one for one in sentences if len(one.split()) > 6]
    assert len(long) == len(set(long))
    assert len(found) == 12 * len(passages())
