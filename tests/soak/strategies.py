"""How careless, sensible and planning players fare in Pianist Quest. Run by hand; no test.

    python tests/soak/strategies.py --plays 200 --jobs 2

Everybody plays the world itself, through the engine, and goes to Paris if they may. Who is careless sees to practice
and lessons every other day, and chooses by chance, though no reading that is a leap. Who is sensible has every hour of
practice and every lesson, and takes the reading that the label says is nearest to hand. Who plans has one programme in
mind from the start and practises nothing else, comes early, and knows what readings are worth and what the jury likes.
What else these do in a day is chance. Who is loyal goes round the rooms, hears everybody out, and of several choices
takes one that names somebody, by taste, and the rather the more often they have lately done so: at the doors as well.
Who is stubborn practises by Force where they can, with the left hand where the right may not, reaches for what is a
stretch or further, and begins again where they fall. Nobody looks at anything but what the screen shows, and who plans
at the pencil in the scores.

The shares that come to Paris, to the semi-final, to the final and to the first prize are told, beside those that the
story was planned with, and the marks of the final at 1, 3, 5, 7 and 9 tenths. `--rivals 10` gives every rival ten more
than the files do.
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter, defaultdict, deque
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from pianist_quest.engine import Action, actions, begin, step
from pianist_quest.engine.turn import Choose, Do, Go, Talk
from pianist_quest.engine.view import offers
from scenario import words
from soak.contest import DIFFICULTY, WORLD, opinion, passages, placed, rivals, tastes
from soak.plays import story_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from pianist_quest.engine import State
    from pianist_quest.story.story import Story

STYLES = ("careless", "sensible", "planning", "loyal", "stubborn")
PLANNED = {"careless": (29, 3), "sensible": (76, 21), "planning": (100, 96)}
"""Of a hundred, how many were to reach the final and the first prize."""
PEOPLE = {
    "Ene": "Ene|cradle", "Mother": "Mother|Eje", "Father": "Father|Kaka", "Selbi": "Selbi", "Halyl": "Halyl",
    "Maral": "Maral|Nury", "Rejep": "Rejep|tuner", "Jeren": "Jeren|waltz", "Merdan": "Merdan",
    "Çary": "Çary|doorman", "Gurvich": "Gurvich", "Senda": "Senda", "Seo-ha": "Seo-ha|ajar|beside her|two of you",
    "Odile": "Odile|the lamp for her", "Colette": "Colette", "Noé": "Noé", "Kessel": "Kessel",
    "Ellery": "Ellery|juror on the bin", "Krūmiņa": "Krūmiņa",
}  # fmt: skip
"""How the label of a choice names somebody."""
BANDS = {"in hand": "sang", "within reach": "held", "a stretch": "frayed", "a leap": "fell"}
PRACTICE = {1, 2, 3, 5, *range(7, 15), *range(16, 24), 25, 27, 30}
LESSONS = {*range(8, 14), 16, 17}
PIANOS = ("piano_room", "room_32", "cubicles", "flat", "maids_room")
TEACHERS = ("maral_classroom", "gurvich_studio", "guest_studio", "tuners_den_room", "workshop")
BEST_TEACHERS = ("guest_studio", "guest_studio", "gurvich_studio")
CLOSING = ("yard", "courtyard", "canteen", "room_32", "piano_room", "flat", "maids_room")
ENDS_DAY = re.compile(r"Close the day|Wait for the evening|Take off your sandals|Set out for")
TAKES_TIME = re.compile(rf"Practise|lesson|{ENDS_DAY.pattern}|today's hour|your hour")
IN_MIND = {
    "Concerto in D minor": "k466", "Ballade": "ballade4", "cathédrale": "cathedrale", "Étude in A minor": "etude",
    "Foreign Lands": "kinderszenen", "Scenes from Childhood": "kinderszenen",
}  # fmt: skip
"""What the programme of who plans is called, on the desk and on the form."""
PARIS = 24
"""The first day there; who stays never sees it."""
ROAM, VISITS, PATIENCE = 25, 45, 60
"""How many turns of a day are chance, or on visits; how many are spent on an errand before it is given up."""

story = cache(story_of)


@cache
def ways() -> dict[str, list[tuple[str, str]]]:
    """Where the exits of each room lead, as the files have it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(WORLD.rglob("*.yaml")):
        for name, room in ((yaml.safe_load(path.read_text("utf-8")) or {}).get("rooms") or {}).items():
            exits: dict[str, Any] = room.get("exits") or {}
            found[name] = [(word, one["to"] if isinstance(one, dict) else one) for word, one in exits.items()]
    return found


def way_to(room: str, goals: Sequence[str], closed: set[tuple[str, str]]) -> str:
    """The exit to take for the nearest of some rooms, or nothing."""
    ahead, known = deque([(room, "")]), {room}
    while ahead:
        here, first = ahead.popleft()
        if here in goals and first:
            return first
        for word, to in ways().get(here, []):
            if to not in known and (here, word) not in closed:
                known.add(to)
                ahead.append((to, first or word))
    return ""


@dataclass(slots=True)
class Player:
    """Somebody who plays in a style."""

    here: Story
    style: str
    chance: Random
    slots: dict[str, int]
    day: int = 0
    act: int = 0
    turns: int = 0
    errand: dict[str, int] = field(default_factory=Counter)
    closed: set[tuple[str, str]] = field(default_factory=set)
    done: set[tuple[int, Action]] = field(default_factory=set)
    teacher: str = ""
    piece: str = ""
    last: str = ""
    bound_for: str = ""
    left_by: tuple[str, str] = ("", "")
    seen: set[tuple[int, str]] = field(default_factory=set)
    fond: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)

    def value(self, state: State, name: str) -> int:
        """What a variable holds."""
        return state.values[self.slots[name]]

    def acts(self, state: State) -> Action | None:
        """What they do now, or nothing where nothing can be done."""
        possible = list(actions(self.here, state))
        open_ = {one.index: words(one.label) for one in offers(self.here, state) if one.open}
        stay = {index for index, label in open_.items() if label.startswith("Stay. ")}
        possible = [one for one in possible if not (isinstance(one, Choose) and one.index in stay)]
        if not possible:
            return None
        if self.style == "careless" and state.at >= 0:
            wild = [one for one in possible if isinstance(one, Choose) and open_[one.index].endswith("(a leap)")]
            tame = [one for one in possible if one not in wild]
            return self._by_chance(state, tame if any(isinstance(one, Choose) for one in tame) else possible)
        if state.at >= 0 and open_:
            return Choose(self._chosen({index: label for index, label in open_.items() if index not in stay}, state))
        return self._errand(state, possible, open_)

    def _by_chance(self, state: State, possible: list[Action]) -> Action:
        """A choice, an exit, or something else not done before in this place."""
        others = defaultdict[str, list[Action]](list)
        for one in possible:
            if not isinstance(one, Choose | Go) and (state.place, one) not in self.done:
                others[one.verb if isinstance(one, Do) else type(one).__name__].append(one)
        sample = self.chance.sample(list(others.values()), min(3, len(others)))
        leading = [one for one in possible if isinstance(one, Choose | Go)]
        action = self.chance.choice(leading * 2 + [self.chance.choice(same) for same in sample] or possible)
        self.done.add((state.place, action))
        return action

    # What is chosen

    def _chosen(self, labels: dict[int, str], state: State) -> int:
        """A choice of a script's."""
        bands = {index: BANDS[found[1]] for index, label in labels.items() if (found := _BAND.search(label))}
        if bands and self.style == "stubborn":
            order = ("frayed", "fell", "held", "sang")
            return min(bands, key=lambda index: order.index(bands[index]) + self.chance.random() * 1.5)
        if bands:
            return max(bands, key=lambda index: self._worth(labels[index], bands[index]) + self.chance.random() / 9)
        names = {label.partition(":")[0] for label in labels.values()}
        if "Not now." in names or "Another piece." in names:
            return self._planned(labels, state) if self.style == "planning" else self._hour(labels)
        good = [index for index, label in labels.items() if not re.search(r"costs nerve|Not yet|Not now", label)]
        if self.style == "loyal":
            return self._fondly({index: labels[index] for index in good} or labels)
        liked = [index for index in good if self._likes(labels[index], state)]
        return self.chance.choice(liked or good or list(labels))

    def _fondly(self, labels: dict[int, str]) -> int:
        """The choice that names somebody, the rather the better they are liked; nothing more than twice."""
        labels = {index: label for index, label in labels.items() if self.taken[label] < 2} or labels
        named = {index: name for index, label in labels.items() if (name := _named(label))}
        if named:
            for name in sorted(set(named.values()) - set(self.fond)):
                self.fond[name] = self.chance.choice((1, 3, 9))  # whom one takes to is a matter of taste
            index = self.chance.choices(list(named), [self.fond[name] for name in named.values()])[0]
            self.fond[named[index]] += 1
        else:
            warm = [index for index, label in labels.items() if re.search(r"\b(her|him|them)\b", label)]
            cold = [index for index, label in labels.items() if re.match(r"Leave|Tell|Let", label)]
            index = self.chance.choice([one for one in warm or labels if one not in cold] or list(labels))
        self.taken[labels[index]] += 1
        return index

    def _worth(self, label: str, came: str) -> float:
        if self.style in ("sensible", "loyal"):  # the label is all that there is to go by
            return ("fell", "frayed", "held", "sang").index(came)
        for passage in passages().values():
            for one in passage.readings:
                if label.startswith(re.sub(r"[*]", "", one.say)):
                    prize = {"sang": DIFFICULTY[one.sort][1], "held": 2, "frayed": 1}.get(came, 0)
                    return prize + sum(opinion(juror, one.tag, came) for juror in tastes()) / len(tastes())
        return ("fell", "frayed", "held", "sang").index(came)

    def _likes(self, label: str, state: State) -> bool:
        if label.startswith(("The first: dark", "The second: bright")):
            return ("dark" in label) == (self.value(state, "tone") > self.value(state, "tech"))
        if self.style == "sensible":
            return False
        if self.style == "stubborn":
            return bool(re.search(r"egin (it|the passage) again|Begin again|the left|Scriabin", label))
        return "Calm" in label or any(name in label for name in IN_MIND)

    def _hour(self, labels: dict[int, str]) -> int:
        """A piece, or a way to practise it."""
        if self.style == "stubborn":
            hard = [index for index, label in labels.items() if re.match(r"Force|Scriabin", label)]
            if hard and self.chance.random() < 0.9:
                return self.chance.choice(hard)
        good = {
            index: label
            for index, label in labels.items()
            if not re.match(r"Force|Rest|Through|Another piece|Not now", label) and "nothing new" not in label
        }
        return self.chance.choice(list(good or labels))

    def _planned(self, labels: dict[int, str], state: State) -> int:
        """A piece of the programme, the concerto every other time; and roots and voice before fingers."""
        mine = {index: piece for index, label in labels.items() for name, piece in IN_MIND.items() if name in label}
        if "Not now." in labels.values():
            wanting = {
                index: piece for index, piece in mine.items() if piece != self.last and self._lacks(piece, state)
            }
            index = next((index for index, piece in wanting.items() if piece == "k466"), None)
            index = self.chance.choice(list(wanting or mine or labels)) if index is None else index
            self.piece = mine.get(index, "")
            return index
        lacking = self._lacks(self.piece, state) if self.piece else "rv"
        best = {"r": ("Cold", "Backwards", "Links"), "v": ("Bow", "Away", "Listen back")}
        wanted = ("For someone", *(best[lacking[0]] if lacking else ("Slow", "Links", "Listen back")))
        self.last = self.piece
        for name in wanted:
            for index, label in labels.items():
                if label.startswith(name) and "nothing new" not in label:
                    return index
        return self._hour(labels)

    def _lacks(self, piece: str, state: State) -> str:
        """Which of roots and voice are not full, the lower first."""
        marks = {aspect: self.value(state, f"{piece}.{aspect}") for aspect in "rv"}
        return "".join(sorted((aspect for aspect in "rv" if marks[aspect] < 4), key=marks.__getitem__))

    # What is done of oneself

    def _errand(self, state: State, possible: list[Action], labels: dict[int, str]) -> Action:
        """Practice, a lesson, something by chance, and home."""
        if self.value(state, "day") != self.day:
            self.day, self.turns, self.teacher = self.value(state, "day"), 0, ""
            self.errand = Counter()
            self.closed = set()
            if self.value(state, "act") != self.act:  # who has been out of sight for an act counts for less
                self.act = self.value(state, "act")
                self.fond = Counter({name: (count + 1) // 2 for name, count in self.fond.items()})
            if self.style == "careless":
                self.errand = Counter({one: PATIENCE for one in ("practise", "lesson") if self.chance.random() < 0.5})
        self.turns += 1
        if self._wants("practise", self.day in PRACTICE and not self.value(state, "practised")):
            return self._go(state, possible, labels, PIANOS, "Practise")
        if self._wants("lesson", self.day in LESSONS and not self.value(state, "lesson_had")):
            if not self.teacher or self.errand["lesson"] % 15 == 0:
                self.teacher = self.chance.choice(BEST_TEACHERS if self.style == "planning" else TEACHERS)
            return self._go(state, possible, labels, (self.teacher,), "lesson")
        if self.style == "loyal" and self._wants("visit", self.errand["visit"] < VISITS):
            return self._visit(state, possible, labels)
        if self._wants("roam", self.errand["roam"] < ROAM):
            calm = [one for one in possible if not (isinstance(one, Choose) and TAKES_TIME.search(labels[one.index]))]
            return self._by_chance(state, calm or possible)
        if self._wants("close", needed=True):
            return self._go(state, possible, labels, CLOSING, ENDS_DAY.pattern)
        return self._by_chance(state, possible)

    def _visit(self, state: State, possible: list[Action], labels: dict[int, str]) -> Action:
        """What there is to do with somebody here, else talk, else on to some other room."""
        free = {one.index: labels[one.index] for one in possible if isinstance(one, Choose)}
        free = {
            index: label for index, label in free.items() if not re.search(f"{TAKES_TIME.pattern}|Go on when", label)
        }
        if any(_named(label) for label in free.values()):
            return Choose(self._fondly(free))
        talks = [
            one for one in possible if isinstance(one, Talk) and (self.day * 1000 + state.place, one) not in self.done
        ]
        if talks:
            action: Action = self.chance.choice(talks)
            self.done.add((self.day * 1000 + state.place, action))
            return action
        if free and self.chance.random() < 0.5:
            return Choose(self.chance.choice(list(free)))
        room = self.here.things[state.place].key
        if self.left_by[0] == room:
            self.closed.add(self.left_by)
        self.left_by = ("", "")
        self.seen.add((self.day, room))
        if not self.bound_for or self.bound_for == room:
            near = [one for one in ways() if one != room and way_to(room, (one,), self.closed)]
            fresh = [one for one in near if (self.day, one) not in self.seen]
            self.bound_for = self.chance.choice(fresh or near or [room])
        word = way_to(room, (self.bound_for,), self.closed)
        if word and Go(word) in possible:
            self.left_by = (room, word)
            return Go(word)
        self.bound_for = ""
        if word:
            self.closed.add((room, word))
        leading = [one for one in possible if isinstance(one, Go)]
        return self.chance.choice(leading or possible)

    def _wants(self, errand: str, needed: bool) -> bool:  # noqa: FBT001 - read as prose above
        if needed and self.errand[errand] < PATIENCE:
            self.errand[errand] += 1
            return True
        return False

    def _go(
        self, state: State, possible: list[Action], labels: dict[int, str], goals: Sequence[str], wanted: str
    ) -> Action:
        """Take the choice that is wanted, or go where it may be had."""
        for one in possible:
            if isinstance(one, Choose) and re.search(wanted, labels[one.index]):
                return one
        room = self.here.things[state.place].key
        word = way_to(room, [goal for goal in goals if goal != room], self.closed)
        if word and Go(word) in possible and self.chance.random() < 0.9:
            return Go(word)
        if word:
            self.closed.add((room, word))
        calm = [one for one in possible if not (isinstance(one, Choose) and TAKES_TIME.search(labels[one.index]))]
        return self._by_chance(state, calm or possible)


def _named(label: str) -> str:
    """Whom a label names, or nothing."""
    return next((name for name, sign in PEOPLE.items() if re.search(sign, label)), "")


_BAND = re.compile(r"\((in hand|within reach|a stretch|a leap)\)$")


# What is told


@dataclass(frozen=True, slots=True)
class Fate:
    """How far somebody came."""

    ending: str
    paris: bool
    semi: bool
    final: bool
    mark: int
    place: int
    shared: bool
    audience: bool
    seoha: bool
    values: tuple[int, ...]


SHOWN = ("tech", "tone", "mind", "nerve", "house", "october_sum")


def live(style: str, seed: int, turns: int, harder: int = 0) -> Fate:
    """Play once."""
    here = story(WORLD)
    slots = {slot.name: number for number, slot in enumerate(here.slots)}
    player = Player(here, style, Random(f"{style} {seed}"), slots)  # noqa: S311 - not for secrets
    state = begin(here, seed).state
    for _ in range(turns):
        action = player.acts(state) if state.ending < 0 else None
        if action is None:
            break
        state = step(here, state, action).state
    ending = here.endings[state.ending].key if state.ending >= 0 else f"in {here.things[state.place].key}"
    seoha = player.value(state, "seo_ha.bond") >= 3
    semi, final = (bool(player.value(state, name)) for name in ("through1", "through2"))
    mark = player.value(state, "my_total")
    chance = Random(seed)  # noqa: S311 - not for secrets
    others = {name: usual + harder + chance.randint(-5, 5) for name, usual in rivals().items()}
    others["rival_seoha"] += 10 if seoha else 0
    place, shared = placed(mark, others, with_seoha=seoha) if final else (0, False)
    values = tuple(player.value(state, name) for name in SHOWN)
    to_paris, audience = player.value(state, "day") >= PARIS, bool(player.value(state, "audience_prize"))
    return Fate(ending, to_paris, semi, final, mark, place, shared, audience, seoha, values)


def _live(job: tuple[str, int, int, int]) -> Fate:
    return live(*job)


def lives(style: str, options: Namespace) -> list[Fate]:
    """Play as often as is asked for."""
    jobs = [(style, seed, options.turns, options.rivals) for seed in range(1, options.plays + 1)]
    if options.jobs == 1:
        return [_live(job) for job in jobs]
    with ProcessPoolExecutor(options.jobs) as pool:
        return list(pool.map(_live, jobs, chunksize=4))


def report(style: str, fates: Sequence[Fate]) -> list[str]:
    """What is told of a style."""

    def share(found: Sequence[bool]) -> str:
        return f"{100 * sum(found) / max(1, len(found)):3.0f} %"

    final, first = PLANNED.get(style, ("-", "-"))
    there = [one for one in fates if one.paris]
    marks = sorted(one.mark for one in fates if one.final) or [0]
    means = (f"{name} {sum(values) / len(fates):.1f}" for name, values in zip(SHOWN, _columns(fates), strict=True))
    reached = (
        f"{style}: to Paris {share([one.paris for one in fates])}; of those, semi-final "
        f"{share([one.semi for one in there])}, final {share([one.final for one in there])} (planned {final}), "
        f"first {share([one.place == 1 for one in there])} (planned {first}), "
        f"shared {share([one.shared for one in there])}, audience prize {share([one.audience for one in there])}, "
        f"Seo-ha a friend {share([one.seoha for one in there])}"
    )
    endings = Counter(one.ending for one in fates).most_common()
    return [
        reached,
        "  marks of the final: " + " ".join(str(marks[len(marks) * tenth // 10]) for tenth in (1, 3, 5, 7, 9)),
        "  on average: " + ", ".join(means),
        "  endings: " + ", ".join(f"{name} {count}" for name, count in endings),
    ]


def _columns(fates: Sequence[Fate]) -> list[tuple[int, ...]]:
    return list(zip(*(one.values for one in fates), strict=True))


def main() -> int:
    """Play, and tell; return the exit code."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--plays", type=int, default=100, help="of each style")
    parser.add_argument("--styles", nargs="+", choices=STYLES, default=list(STYLES))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--turns", type=int, default=8000, help="when to give a game up")
    parser.add_argument("--rivals", type=int, default=0, help="what every rival has more than in the files")
    options = parser.parse_args()
    story(WORLD)
    for style in options.styles:
        print("\n".join(report(style, lives(style, options))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
