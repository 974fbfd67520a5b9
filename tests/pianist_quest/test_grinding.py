"""Over the eight hours of Act II nothing is gained by doing the same thing over.

A model of an hour of practice is held to the scenes by random plans, and searched.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations, product
from random import Random
from typing import TYPE_CHECKING

import pytest

from pianist_quest.engine.view import offers
from scenario import Scenario, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PIECES = {"prelude": "Rachmaninoff, Prelude", "etude": "Chopin, Étude"}
METHODS = {
    "through": "Through", "slow": "Slow", "links": "Links", "bow": "Bow", "tape": "Listen back",
    "backwards": "Backwards", "cold": "Cold", "away": "Away", "someone": "For someone", "force": "Force",
    "rest": "Rest",
}  # fmt: skip
LISTENERS = 5
"""How many people listen at school."""
HOURS = 8
READY = """
- do: [slow_known = true, links_known = true, bow_known = true, tape_known = true, backwards_known = true]
- do: [cold_known = true, away_known = true, someone_known = true, force_known = true, nerve = 2]
- do: [act = 2, day = 7, prelude.offered = true, etude.offered = true]
"""

Hour = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Desk:
    """What practice has come to: fingers, roots and voice of each piece, and what the next hour depends on."""

    marks: tuple[tuple[int, int, int], ...] = ((0, 0, 0),) * len(PIECES)
    begun: frozenset[str] = frozenset()
    rested: frozenset[str] = frozenset()
    last: Hour = ("", "")
    fresh: bool = False
    hands: int = 10
    heard: int = 0
    """How many have listened."""

    def of(self, piece: str) -> tuple[int, int, int]:
        """The marks of a piece."""
        return self.marks[list(PIECES).index(piece)]

    def up(self, piece: str, *gains: int) -> Desk:
        """The desk with a piece's marks raised; they stop at 4."""
        raised = tuple(min(4, mark + gain) for mark, gain in zip(self.of(piece), gains, strict=True))
        marks = dict(zip(PIECES, self.marks, strict=True)) | {piece: raised}
        return replace(self, marks=tuple((f, r, v) for f, r, v in marks.values()))

    def up_lowest(self, piece: str) -> Desk:
        """The desk with a piece's lowest mark raised: of equals, f before r before v."""
        lowest = self.of(piece).index(min(self.of(piece)))
        return self.up(piece, *(int(place == lowest) for place in range(3)))

    def lent(self) -> tuple[int, ...]:
        """What mastered pieces have lent to tech, mind and tone, each twice at most."""
        return tuple(min(2, sum(marks[aspect] == 4 for marks in self.marks)) for aspect in range(3))

    def worth(self) -> int:
        """All that was gained: the marks, and what was lent to the skills."""
        return sum(map(sum, self.marks)) + sum(self.lent())


def possible(desk: Desk, hour: Hour) -> bool:
    """Whether the choice is there."""
    return {"force": desk.hands > 2, "someone": desk.heard < LISTENERS}.get(hour[1], True)


def after(desk: Desk, hour: Hour) -> Desk:
    """The desk after an hour."""
    piece, method = hour
    if method == "rest":
        return replace(desk, hands=min(10, desk.hands + 2), fresh=True, last=("", "rest"))
    new = desk if desk.last == hour else _worked(desk, hour)
    if piece in desk.begun and desk.last[0] != piece and piece not in desk.rested:
        new = replace(new, rested=desk.rested | {piece}).up_lowest(piece)
    if desk.fresh:
        new = new.up_lowest(piece)
    return replace(new, begun=desk.begun | {piece}, last=hour, fresh=False)


def _worked(desk: Desk, hour: Hour) -> Desk:
    """The desk after what a method gives by itself."""
    piece, method = hour
    f, r, v = desk.of(piece)
    gains = {
        "through": (f < 2, 0, 0), "slow": (1, 0, 0), "links": (f < 3, r < 3, 0), "bow": (0, 0, 1),
        "backwards": (0, 1, 0), "cold": (0, 1 + (desk.last[0] not in ("", piece)), 0), "away": (0, r < v, r >= v),
        "force": (2, 0, 0),
    }  # fmt: skip
    new = desk.up(piece, *gains[method]) if method in gains else desk.up_lowest(piece)
    hands = {"away": 1, "force": -2}.get(method, 0)
    return replace(new, hands=min(10, new.hands + hands), heard=new.heard + (method == "someone"))


# The model and the scenes


def pick(play: Scenario, start: str) -> None:
    """Take the first open choice whose label begins so."""
    labels = [words(one.label) for one in offers(play.story, play.state) if one.open]
    play.choose(next(label for label in labels if label.startswith(start)))


def practise(play: Scenario, hour: Hour) -> None:
    """Practise for an hour, and go on to the next day."""
    for start in ("Practise", PIECES[hour[0]], METHODS[hour[1]]):
        pick(play, start)
    if hour[1] == "someone" and play.state.at >= 0:
        pick(play, "")
    pick(play, "Tomorrow")


@pytest.mark.parametrize("seed", range(20))
def test_the_model_says_what_the_scenes_do(life: Callable[..., Scenario], seed: int) -> None:
    play, desk, chance = Scenario(life(READY).story), Desk(), Random(seed)  # noqa: S311 - not for secrets
    start = [play.value(name) for name in ("tech", "mind", "tone")]
    for _ in range(HOURS):
        hour = chance.choice([one for one in ALL if possible(desk, one)])
        desk = after(desk, hour)
        practise(play, hour)
        assert desk.marks == tuple(tuple(play.value(f"{piece}.{one}") for one in "frv") for piece in PIECES)
        assert (desk.hands, 2 + desk.heard) == (play.value("hands"), play.value("nerve"))
        lent = zip(("tech", "mind", "tone"), start, desk.lent(), strict=True)
        assert all(play.value(name) == before + more for name, before, more in lent)


# The search

ALL: list[Hour] = list(product(PIECES, METHODS))


def plan(hours: Sequence[Hour]) -> Desk:
    """The desk after a plan; what cannot be done is rested through."""
    desk = Desk()
    for hour in hours:
        desk = after(desk, hour if possible(desk, hour) else (hour[0], "rest"))
    return desk


def varied(width: int = 300) -> int:
    """The best that comes of plans which do no piece twice by the same method; the most promising are followed."""
    plans: list[tuple[Desk, frozenset[Hour]]] = [(Desk(), frozenset())]
    for _ in range(HOURS):
        longer = {
            (after(desk, hour), used | {hour})
            for desk, used in plans
            for hour in ALL
            if hour not in used and possible(desk, hour)
        }
        plans = sorted(longer, key=lambda one: (-one[0].worth(), sorted(one[1])))[:width]
    return plans[0][0].worth()


def test_the_same_over_and_over_gives_no_more_than_its_first_hour() -> None:
    assert all(plan([hour] * HOURS).worth() <= 2 for hour in ALL)
    assert varied() >= 16


@pytest.mark.usefixtures("uncounted")
def test_two_things_in_turn_give_less_than_a_varied_plan() -> None:
    pairs = permutations(ALL, 2)
    assert max(plan(pair * (HOURS // 2)).worth() for pair in pairs) < varied()
