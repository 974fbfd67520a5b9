"""The rules of a passage, of the jury and of the places, reckoned beside the world's own, from the same files.

`tests/pianist_quest/test_competition.py` holds the world to them; `strategies.py` uses them for who plans.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

WORLD = Path(__file__).parents[2] / "worlds" / "pianist_quest"
DIFFICULTY = {"plain": (8, 2), "telling": (11, 3), "daring": (14, 4)}
"""What each sort of reading asks for, and what it gives where it sings."""

# What the world's files say


@dataclass(frozen=True, slots=True)
class Reading:
    """One way of playing a passage."""

    sort: str
    skill: str
    aspect: str
    tag: str
    say: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage and its readings."""

    name: str
    piece: str
    force: bool
    readings: tuple[Reading, ...]


def _file(path: Path) -> dict[str, Any]:
    return yaml.safe_load(path.read_text("utf-8")) or {}


@cache
def passages() -> dict[str, Passage]:
    """Every passage of the world by the name of its scene."""
    found = {}
    for path in sorted((WORLD / "pieces").glob("*.yaml")):
        file = _file(path)
        for name, script in file.get("scenes", {}).items():
            step = script[0] if isinstance(script, list) else script
            if isinstance(step, dict) and step.get("use") == "passage":
                about = file["passages"][step["at"]]
                readings = tuple(
                    Reading(one["use"], one["by"], one["of"], one["tag"], one["say"]) for one in step["readings"]
                )
                found[name] = Passage(name, about["piece"], bool(about.get("force")), readings)
    return found


@cache
def tastes() -> dict[str, dict[str, int]]:
    """What each juror likes (1) and dislikes (-1), by tag."""
    jurors = _file(WORLD / "systems" / "jury.yaml")["jurors"]
    return {name: {tag: value for tag, value in one.items() if tag != "name"} for name, one in jurors.items()}


@cache
def rivals() -> dict[str, int]:
    """What each rival's mark is about."""
    return {name: one["usual"] for name, one in _file(WORLD / "systems" / "competition.yaml")["rivals"].items()}


# The rules: a passage, the jury, the places


def tier(nerve: int) -> int:
    """What nerve is worth."""
    return sum(nerve >= step for step in (3, 6, 9))


def fit(piano: str, skill: str) -> int:
    """What a piano does for a skill."""
    return {("bright", "tech"): 1, ("dark", "tech"): -1, ("dark", "tone"): 1, ("bright", "tone"): -1}.get(
        (piano, skill), 0
    )


def outcome(margin: int) -> str:
    """What comes of a passage with this margin, luck included."""
    return "sang" if margin >= 2 else "held" if margin >= 0 else "frayed" if margin >= -3 else "fell"


def points(sort: str, came: str) -> int:
    """What an outcome is worth to everybody."""
    return {"sang": DIFFICULTY[sort][1], "held": 2, "frayed": 1, "caught": 1, "again": 1}.get(came, 0)


def warmth(tag: str, came: str) -> int:
    """What an outcome is worth to the house."""
    return {"sang": 1, "held": int(tag in ("line", "risk")), "caught": 1, "again": 2}.get(came, 0)


def opinion(juror: str, tag: str, came: str) -> int:
    """What a juror adds, or takes off, for a tag."""
    taste = tastes()[juror].get(tag, 0)
    return taste if taste < 0 or came in ("sang", "held") else 0


@dataclass(frozen=True, slots=True)
class Played:
    """A passage that has been played."""

    sort: str
    tag: str
    came: str

    def heard(self, juror: str) -> int:
        """What it is to a juror."""
        return points(self.sort, self.came) + opinion(juror, self.tag, self.came)


def sums(played: Iterable[Played]) -> dict[str, int]:
    """The jurors' sums of a round."""
    return {juror: sum(one.heard(juror) for one in played) for juror in tastes()}


def voting(*, recused: bool) -> list[str]:
    """Who votes."""
    return [juror for juror in tastes() if not (recused and juror == "jury_vasseur")]


def goes_through(heard: dict[str, int], asked: int, *, recused: bool = False) -> bool:
    """Whether a majority of those who vote say yes; where they are even, the president decides."""
    votes = [heard[juror] >= asked for juror in voting(recused=recused)]
    return 2 * sum(votes) > len(votes) or (2 * sum(votes) == len(votes) and heard["jury_delcourt"] >= asked)


def total(semi: dict[str, int], final: dict[str, int], *, recused: bool = False) -> int:
    """The mark after the final."""
    voters = voting(recused=recused)
    return 10 * sum(2 * final[juror] + semi[juror] for juror in voters) // len(voters)


def placed(mark: int, others: dict[str, int], *, with_seoha: bool) -> tuple[int, bool]:
    """The place of a mark among the others' of the final, and whether the first prize is shared."""
    others = {name: other for name, other in others.items() if name != "rival_instead"}
    place = 1 + sum(other > mark for other in others.values())
    seoha = others["rival_seoha"]
    ahead = sum(other > seoha for other in (*others.values(), mark))
    if with_seoha and abs(mark - seoha) <= 8 and (place == 1 or ahead == 0):
        return 1, True
    return place, False
