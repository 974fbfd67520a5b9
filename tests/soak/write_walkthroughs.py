"""Write the walkthroughs of Pianist Quest that go on through Paris to an ending. Run by hand; no test.

    python tests/soak/write_walkthroughs.py --only shared_step

Somebody with a goal plays the world through the engine, seed by seed, until it is reached: a programme, how the rounds
are read, what is chosen where it is asked, and who is called on. Nothing is done by the way. What was done is then
typed into a session, and what was typed and a few lines of what was said are written into `walkthroughs/`. Of the
replies only such lines are kept as will hardly be edited: rooms, months, acts, methods, places.

When a world's texts or numbers have changed, so that a file no longer fits, run this again for that file.
"""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from pianist_quest.authoring.walkthrough import Player as Typist
from pianist_quest.authoring.walkthrough import first_difference
from pianist_quest.authoring.ways import command
from pianist_quest.engine import Action, actions, begin, step
from pianist_quest.engine.turn import Ask, Choose, Go
from pianist_quest.engine.view import offers, slot_text
from pianist_quest.terminal.scene import Scene
from pianist_quest.terminal.session import Session
from scenario import words
from soak.contest import WORLD, warmth
from soak.strategies import BANDS, BEST_TEACHERS, CLOSING, ENDS_DAY, LESSONS, PIANOS, PRACTICE, Player, story, way_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pianist_quest.engine import State
    from pianist_quest.story.story import Story

FOLDER = WORLD / "walkthroughs"
EVERY = 10
"""After how many lines something must be said again."""
PATIENCE = 10
"""How many turns are spent on an errand before it is given up."""
ALONE, MOST_LESSONS = {8, 9, 16}, 3
"""The days on which nobody is in the guest studio; how often Gurvich teaches."""
ONWARD = "Go on when|Go on to|Hand in|Choose what to|Go through the|Wait for the folder|Sit down at it"
"""What is done before a day is closed: it leads on, and the day cannot be closed there."""
_BAND = re.compile(r"\((in hand|within reach|a stretch|a leap)\)$")
_ORDER = ("fell", "frayed", "held", "sang")

# The goals

Visit = tuple[int, str, str]
"""A day, a room, and what is chosen there: something in its label, or in the words in which it is typed."""
CHILDHOOD: tuple[Visit, ...] = (
    (2, "piano_room", "lesson"), (2, "roof", "(?i)hear one of her tapes"), (4, "toy_ground", "Go up to the keyboard"),
)  # fmt: skip
EARLY: tuple[Visit, ...] = tuple((day, "green_room", "Be early") for day in (26, 28, 31))
SEO_HA: tuple[Visit, ...] = (
    (26, "green_room", "See to Seo-ha, at the basin"),
    (27, "cubicles", "Knock at the door"),
    (29, "quai", "Sit down on the bench"),
)
WITHOUT_NUMBER: tuple[Visit, ...] = (
    (28, "foyer", "Go up to the gallery"),
    (29, "paris_court", "Go across to the juror"),
)
TO_SEO_HA = ("Hold out Ene's gloves", "Find her two", "Don't push it", "Ask for nothing")
FORM = {
    "rondo": ("Rondo in A minor", "k511"), "scenes": ("Scenes from Childhood|Foreign Lands", "kinderszenen"),
    "bells": ("campanella", "campanella"), "wind": ("Étude in A minor", "etude"),
    "sonata": ("Sonata in A-flat", "op110"), "ballade": ("Ballade", "ballade4"),
    "cathedral": ("cathédrale", "cathedrale"), "left": ("Nocturne for the left hand", "nocturne"),
    "duet": ("Fantasie for four hands", "d940"),
    "k466": ("Mozart in D minor|Concerto in D minor", "k466"),
    "beethoven4": ("Beethoven, the Fourth|Beethoven, Concerto", "beethoven4"),
    "rach2": ("Rachmaninoff, the Second|Rachmaninoff, Concerto", "rach2"),
}  # fmt: skip
"""What each line of the programme is called on the form and on the desk, and its piece."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A result: how it is told, how it is played for, and how one knows that it was reached."""

    about: str
    reached: Callable[[Player, State], bool]
    programme: tuple[str, ...] = ("scenes", "wind", "cathedral", "ballade", "k466")
    reads: dict[str, str] = field(default_factory=dict)
    """How each round is read: best, poor, house or mixed; best where nothing is said."""
    likes: tuple[str, ...] = ()
    """What is chosen wherever it can be, the first first."""
    visits: tuple[Visit, ...] = EARLY
    practice: frozenset[int] = frozenset(PRACTICE - {1})
    lessons: frozenset[int] = frozenset(LESSONS)
    method: str = ""
    """How everything is practised that can be practised so."""
    spared: bool = False
    """Whether the concerto is left alone, so that he may fall in it."""
    says: str = ""
    """What must be said of the result."""


@cache
def _slots() -> dict[str, int]:
    return {slot.name: number for number, slot in enumerate(story(WORLD).slots)}


def _is(*, ending: str = "", **wanted: str | int) -> Callable[[Player, State], bool]:
    """Whether the end is so, and some values are, names in words; two underscores stand for a full stop."""

    def reached(player: Player, state: State) -> bool:
        ended = player.here.endings[state.ending].key if state.ending >= 0 else ""
        found = {name: _value(player.here, state, name.replace("__", ".")) for name in wanted}
        return ended == (ending or ended) and found == {name: str(value) for name, value in wanted.items()}

    return reached


def _value(here: Story, state: State, name: str) -> str:
    """What a variable holds: a word, the key of a thing, a number."""
    number = _slots()[name]
    kind, value = here.slots[number].kind.value, state.values[number]
    if kind == "thing":
        return here.things[value].key
    return slot_text(here, number, value) if kind == "enum" else str(value)


ON, COLD_ROOM = "Walk on, ", "Take Ruth Ellery's cold room"
WEAK = ("Leap to the next", "stick is pointing")
AGAIN = ("Begin the passage again", "Lift your hands")
GOALS = {
    "out_in_round_one": Goal(
        "To Paris by tape, out in the first round; without a number, to the night piano, and on without one.",
        _is(ending="without_a_number", through1=0, door="tape"),
        reads={"recital": "poor", "round_one": "poor", "hospital": "mixed"},
        likes=(*WEAK, ON),
        visits=WITHOUT_NUMBER,
        practice=frozenset({7, 18}),
        lessons=frozenset(),
    ),
    "out_in_semi_final": Goal(
        "Reserve for Paris, through the first round, out in the semi-final; and the cold room.",
        _is(ending="long_apprenticeship", result="eliminated", through1=1, through2=0, door="reserve"),
        reads={"recital": "mixed", "semi_final": "poor"},
        likes=(*WEAK, COLD_ROOM),
        visits=((29, "paris_court", "Go across to the juror"),),
        lessons=frozenset({8, 9}),
    ),
    "sixth_place": Goal(
        "Into the final, and sixth in it; six small halls, and then the cold room.",
        _is(ending="long_apprenticeship", onward="on", place="sixth", audience_prize=0),
        programme=("rondo", "bells", "cathedral", "sonata", "rach2"),
        reads={"final_round": "poor"},
        spared=True,
        likes=(*WEAK, ON),
        visits=(),
        lessons=frozenset({8, 9, 10}),
        says="Sixth: Bakhyt Zarins",
    ),
    "audience_prize": Goal(
        "He falls, and begins again, and the house has been afraid for him: its prize, and not the first.",
        _is(ending="houses_prize", audience_prize=1),
        programme=("scenes", "wind", "cathedral", "ballade", "rach2"),
        reads={"final_round": "house"},
        spared=True,
        likes=(*AGAIN, ON),
        says="The prize of the public",
    ),
    "first_prize_k466": Goal(
        "One programme from the start, the Mozart in it: first prize.",
        _is(ending="first_prize", place="first", shared_first=0, concerto="k466"),
        likes=(ON,),
        says="First: Bakhyt Zarins",
    ),
    "first_prize_beethoven4": Goal(
        "One programme from the start, the Beethoven in it: first prize; and bar one, in the cold room.",
        _is(ending="long_apprenticeship", place="first", shared_first=0, concerto="beethoven4"),
        likes=(COLD_ROOM,),
        programme=("scenes", "wind", "cathedral", "sonata", "beethoven4"),
        says="First: Bakhyt Zarins",
    ),
    "first_prize_rach2": Goal(
        "One programme from the start, the Rachmaninoff in it: first prize.",
        _is(ending="first_prize", place="first", shared_first=0, concerto="rach2"),
        likes=(ON,),
        programme=("rondo", "bells", "cathedral", "ballade", "rach2"),
        says="First: Bakhyt Zarins",
    ),
    "shared_step": Goal(
        "Seo-ha's friend, three times over, and as good as she: they go up together.",
        _is(ending="shared_step", shared_first=1, seo_ha__bond=3),
        reads={"semi_final": "mixed", "final_round": "mixed"},
        likes=("Ene's gloves: the thumbs", *TO_SEO_HA, ON),
        visits=(*SEO_HA, *EARLY),
        says="The second prize is not awarded",
    ),
    "injured": Goal(
        "The metronome by night, until a hand will not open: months with the left; and that left, for good.",
        _is(injured=1, hand_road="mended", hand_told="senda", through1=1, ending="one_hand"),
        programme=("left", "scenes", "wind", "cathedral", "ballade", "k466"),
        reads={"semi_final": "poor"},
        likes=(
            *WEAK,
            "The next rung",
            "Go on to the top",
            "Tell her all",
            "It is the button",
            "Scriabin, with the left",
            "The left hand.",
        ),
        visits=((10, "library", "hands, left"), (29, "paris_court", "Go across to the juror")),
        method="Force",
        lessons=frozenset({8, 9}),
        practice=frozenset({7, *range(13, 15), *range(16, 24), 25, 27}),
        says="Scriabin, with the left",
    ),
    "stayed_at_home": Goal(
        "Chosen for Paris, and he stays; and asks for the cradle song.",
        _is(ending="lullaby", door="stay"),
        likes=("Stay. ", "Ask Ene for the cradle song"),
        practice=frozenset({2, 7, 8, 9, 16, 17, 18, 20}),
        lessons=frozenset({8, 9, 10}),
    ),
    "begin_again": Goal(
        "He falls in the final, and begins again; and again in Riga, with his father in the wings.",
        _is(ending="begin_again", begun_again=1),
        programme=("scenes", "wind", "cathedral", "ballade", "rach2"),
        reads={"final_round": "house"},
        spared=True,
        likes=(*AGAIN, "Begin again, in Riga"),
    ),
    "four_hands": Goal(
        "He turns for Jeren, and sits down beside her, and believes her: half a bench.",
        _is(ending="four_hands", partner="jeren"),
        programme=("scenes", "wind", "cathedral", "ballade", "k466", "duet"),
        likes=("Turn when she breathes in", "Play it with Jeren", "whether she believes it", "Half a bench"),
        visits=(
            (6, "tunel_gate", "Sit by the girl"),
            (8, "great_hall", "Turn pages for Jeren"),
            *((day, "canteen", "Answer about four hands") for day in (10, 11)),
            *((day, "bandstand", "to what Jeren is playing") for day in (9, 10, 11)),
            *EARLY,
        ),
    ),
    "whisper_passed_on": Goal(
        "Nury, helped as often as she lets him; Maral, and her low hooks.",
        _is(ending="whisper_passed_on"),
        likes=("Say that Merdan plays", "Yes. You spent two years", "Name the place", "Maral's low hooks"),
        visits=(
            *((day, "maral_classroom", "Help Nury") for day in (8, 9, 10, 11)),
            *((day, "maral_classroom", "for this season's lesson") for day in (8, 9, 10)),
            *EARLY,
        ),
    ),
    "little_branch": Goal(
        "The fork, the jar, the hammer and the wasp: a lever in a sock, and Riga.",
        _is(ending="little_branch"),
        likes=("Keep it.", "The fork", "Deep, at the shoulders", "Put down one A-flat", "Riga, and the inside"),
        visits=(
            *((day, "piano_room", "Fill the jar") for day in (3, 5, 18)),
            (8, "tuners_den_room", "Help him with the bald hammer"),
            *((day, "tuners_den_room", "(?i)show him the fork") for day in (9, 10)),
            (19, "piano_room", "Fill the jar"),
            *((day, "tuners_den_room", "(?i)who he tunes the studio for") for day in (21, 22)),
            (25, "bench", "(?i)wasp"),
            *EARLY,
        ),
    ),
    "two_strings": Goal(
        "A floor swept, a piece heard to its end, a fret found out: two pegs without a neck.",
        _is(ending="two_strings"),
        likes=(
            "The tune Halyl",
            "until it has come home",
            "There isn't one. It goes along",
            "It's a plank",
            "Begin the passage again",
            "Lift your hands",
            "Halyl's bench",
        ),
        visits=(
            (2, "workshop", "Sweep"),
            (2, "workshop", "right through"),
            *((day, "workshop", "for this season's lesson") for day in (8, 10)),
            *((day, "workshop", "(?i)whether the vine") for day in (16, 17)),
            *((day, "workshop", "(?i)blank with your year") for day in (20, 21)),
            *EARLY,
        ),
    ),
}


@dataclass(slots=True)
class Striver(Player):
    """Somebody who plays for a goal, and does nothing by the way."""

    goal: Goal = field(default_factory=lambda: GOALS["first_prize_k466"])
    tried: Counter[tuple[int, str]] = field(default_factory=Counter)

    def acts(self, state: State) -> Action | None:
        """What they do now, or nothing where nothing can be done."""
        labels = {one.index: words(one.label) for one in offers(self.here, state) if one.open}
        if state.at >= 0 and labels:
            if not any(one.startswith("Stay. ") for one in self.goal.likes):
                labels = {index: label for index, label in labels.items() if not label.startswith("Stay. ")}
            return Choose(self._chosen(labels, state))
        possible = list(actions(self.here, state))
        return self._next(state, possible, labels) if possible else None

    # What is chosen

    def _chosen(self, labels: dict[int, str], state: State) -> int:
        if len(labels) == 1:
            return next(iter(labels))
        for wanted in self.goal.likes:
            for index, label in labels.items():
                if wanted in label:
                    return index
        bands = {index: BANDS[found[1]] for index, label in labels.items() if (found := _BAND.search(label))}
        if bands:
            read = self.goal.reads.get(_value(self.here, state, "round_now"), "best")
            return max(bands, key=lambda one: self._read(read, labels[one], bands[one]) + self.chance.random() / 9)
        names = {label.partition(":")[0] for label in labels.values()}
        if "Not now." in names or "Another piece." in names:
            return self._planned(labels, state)
        form = [index for index, label in labels.items() if any(self._named(one, label) for one in self.goal.programme)]
        piano = [index for index, label in labels.items() if self._likes(label, state)]
        good = [index for index, label in labels.items() if not re.search(r"costs nerve|Not yet|Not now", label)]
        return self.chance.choice(form or piano or good or list(labels))

    def _read(self, read: str, label: str, came: str) -> float:
        """What a reading is worth to who reads so."""
        if read == "poor":
            return -_ORDER.index(came)
        if read == "mixed":
            return self.chance.random() * 9
        if read == "house":
            return {"fell": 2.0, "sang": 1.0}.get(came, 0.5 * warmth("line", came))
        return self._worth(label, came)

    @staticmethod
    def _named(line: str, label: str) -> bool:
        return re.search(FORM[line][0], label) is not None

    def _planned(self, labels: dict[int, str], state: State) -> int:
        """A piece of the programme, or a way to practise it."""
        if "Not now." not in labels.values():
            for index, label in labels.items():
                if self.goal.method and label.startswith(self.goal.method) and "nothing new" not in label:
                    return index
            return Player._planned(self, labels, state)
        mine = {
            index: FORM[line][1]
            for line in self.goal.programme
            for index, label in labels.items()
            if self._named(line, label)
        }
        wanting = [one for one, piece in mine.items() if piece != self.last and self._lacks(piece, state)]
        concerto = [one for one in wanting if mine[one] == FORM[self.goal.programme[-1]][1]]
        if self.goal.spared:
            wanting, concerto = [one for one in wanting if one not in concerto], []
        index = self.chance.choice(concerto or wanting or list(mine) or list(labels))
        self.piece = mine.get(index, "")
        return index

    # What is done of oneself

    def _next(self, state: State, possible: list[Action], labels: dict[int, str]) -> Action:
        if self.value(state, "day") != self.day:
            self._rises(state)
        for rooms, wanted in self._errands(state):
            if self.errand[wanted] < PATIENCE:
                found = self._to(state, possible, labels, rooms, wanted)
                self.errand[wanted] += 1 if isinstance(found, Go) or wanted == "Practise" else PATIENCE
                if found:
                    return found
        for one in possible:
            if isinstance(one, Choose) and re.match(ONWARD, labels[one.index]):
                return one
        found = self._to(state, possible, labels, CLOSING, ENDS_DAY.pattern)
        return found or self._by_the_way(self.here.things[state.place].key, possible)

    def _rises(self, state: State) -> None:
        """A day begins."""
        self.day, self.errand, self.closed = self.value(state, "day"), Counter(), set()
        few = self.value(state, "gurvich.lessons") < MOST_LESSONS
        self.teacher = "guest_studio"
        if few and self.chance.random() < 1 / len(BEST_TEACHERS):
            self.teacher = "gurvich_studio"
        if self.day in ALONE:
            self.teacher = "gurvich_studio" if few else "maral_classroom"

    def _errands(self, state: State) -> Iterator[tuple[tuple[str, ...], str]]:
        """What is to be done today, and where."""
        for day, room, wanted in (*CHILDHOOD, *self.goal.visits):
            if day == self.day:
                yield (room,), wanted
        if self.day in self.goal.lessons and not self.value(state, "lesson_had"):
            yield (self.teacher,), "for this season's lesson"
        if self.day in self.goal.practice and not self.value(state, "practised"):
            yield PIANOS, "Practise"

    def _to(
        self, state: State, possible: list[Action], labels: dict[int, str], goals: Sequence[str], wanted: str
    ) -> Action | None:
        """What is wanted, or the way to where it may be had; nothing where there is none."""
        room = self.here.things[state.place].key
        if room in goals or goals == CLOSING:
            scene = Scene(self.here, state)
            for one in possible:
                if isinstance(one, Choose) and re.search(wanted, labels[one.index]):
                    return one
                if isinstance(one, Ask) and re.search(wanted, command(scene, one)):
                    return one
        if [room] == list(goals):
            return None
        while word := way_to(room, [goal for goal in goals if goal != room], self.closed):
            if Go(word) in possible:
                return Go(word)
            self.closed.add((room, word))
        return None

    def _by_the_way(self, room: str, possible: list[Action]) -> Action:
        """What has been done least here: a choice, or an exit."""
        some = [one for one in possible if isinstance(one, Choose | Go)] or possible
        least = min(self.tried[self.day, f"{room} {one}"] for one in some)
        action = self.chance.choice([one for one in some if self.tried[self.day, f"{room} {one}"] == least])
        self.tried[self.day, f"{room} {action}"] += 1
        return action


# The play, and what is written of it


def played(name: str, seed: int, most: int) -> tuple[list[Action], State, Striver]:
    """Play once for a goal."""
    here = story(WORLD)
    player = Striver(here, "planning", Random(f"{name} {seed}"), _slots(), goal=GOALS[name])  # noqa: S311
    state, done = begin(here, seed).state, list[Action]()
    while state.ending < 0 and len(done) < most:
        action = player.acts(state)
        if action is None:
            break
        done.append(action)
        state = step(here, state, action).state
    return done, state, player


def typed(here: Story, seed: int, done: Sequence[Action]) -> list[str]:
    """The lines that do some actions; a walk of several rooms is one line where it comes to the same."""
    session, lines, at = Session.new(here, seed), list[str](), 0
    while at < len(done):
        state, after = session.now.state, session.now.state
        ways: list[tuple[int, State]] = []
        ahead = at
        while ahead < len(done) and isinstance(done[ahead], Go):
            after = step(here, after, done[ahead]).state
            ahead += 1
            ways.append((ahead, after))
        line, end, there = command(Scene(here, state), done[at]), at + 1, step(here, state, done[at]).state
        for far, after in reversed(ways[1:]):
            walk = f"go to {_plain(here.things[after.place].name)}"
            trial = Session(here, session.now)
            trial.type(walk)
            if trial.now.state == after:
                line, end, there = walk, far, after
                break
        session.type(line)
        if session.now.state != there:
            sys.exit(f"{line!r} is not {done[at]} in {here.things[state.place].key}")
        lines.append(line)
        at = end
    return lines


def _plain(name: str) -> str:
    return re.sub(r"^the ", "", name.lower().replace("'", "").partition(",")[0])


MONTHS = "January|February|March|April|May|June|July|August|September|October|November"
TURNS = (
    r"Act I+V?\. The \w+", r"Act IV\. Paris", r"Act V\. What Is Left of the Sound", r"Here ends Act I+V?",
    r"^\s*(The \w+ day)\.", r"Without a number",
    r"(?:First|Second|Third|Fourth|Fifth|Sixth): (?:Bakhyt Zarins|Yun Seo-ha|Ferri)", r"Who Stayed",
    r"You have learnt (?:a way|two ways) to practise: (?:\w+ (?:and )?)*\w+",
)  # fmt: skip
"""What is kept wherever it is said."""
STEADY = (rf"^\s*((?:{MONTHS})\. )", "Which piece?", r"\((?:in hand|within reach|a stretch|a leap)\)", r"How\?")
"""What is kept when nothing has been kept for some lines."""


def _kept(said: Sequence[str], patterns: Sequence[str]) -> str:
    """The first line, or part of one, that fits a pattern."""
    for pattern in patterns:
        for line in said:
            if found := re.search(pattern, line):
                return (found[1] if found.groups() else found[0]).strip()
    return ""


def written(here: Story, name: str, seed: int, lines: Sequence[str]) -> str:
    """The text of a walkthrough."""
    typist = Typist(here, seed)
    typist.begin()
    rooms = {_title(one.name) for one in here.things}
    text, since, once = [f"# {GOALS[name].about}", f"[seed {seed}]"], 0, set[str]()
    for line in lines:
        said = typist.type(line)
        since += 1
        text += ["", f"> {line}"]
        flowed = re.sub(r"\s+", " ", " ".join(said))
        kept = [one for one in [GOALS[name].says] if one and one in flowed] or [_kept(said, TURNS)]
        if since >= EVERY and not kept[0]:
            kept = [next((one.strip() for one in said if one.strip() in rooms), "") or _kept(said, STEADY)]
        if kept[0] and (since >= EVERY or kept[0] not in once):
            text.append(kept[0])
            once.add(kept[0])
            since = 0
    return "\n".join([*text, "", f"[ending {typist.ending}]", ""])


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]


def make(name: str, seeds: range, most: int) -> bool:
    """Look for a play that reaches a goal, and write it."""
    here, began = story(WORLD), perf_counter()
    for seed in seeds:
        done, state, player = played(name, seed, most)
        if state.ending >= 0 and GOALS[name].reached(player, state):
            lines = typed(here, seed, done)
            text = written(here, name, seed, lines)
            if GOALS[name].says not in text:
                sys.exit(f"{name}: nobody says {GOALS[name].says!r}")
            if found := first_difference(here, text):
                sys.exit(found.text(name))
            (FOLDER / f"{name}.txt").write_text(text, encoding="utf-8")
            took = perf_counter() - began
            print(f"{name}: seed {seed}, {len(lines)} lines, {_result(player, state)}; {took:.0f} s", flush=True)
            return True
        print(f"  {name}: seed {seed}, {len(done)} actions, {_result(player, state)}", file=sys.stderr, flush=True)
    print(f"{name}: not reached in seeds {seeds.start} to {seeds.stop - 1}", flush=True)
    return False


def _result(player: Striver, state: State) -> str:
    ending = player.here.endings[state.ending].key if state.ending >= 0 else player.here.things[state.place].key
    shown = (
        "door",
        "concerto",
        "through1",
        "through2",
        "place",
        "my_total",
        "seoha_total",
        "house",
        "injured",
        "seo_ha.bond",
    )
    return f"{ending}: " + ", ".join(f"{name} {_value(player.here, state, name)}" for name in shown)


def main() -> int:
    """Write the files asked for; return the exit code."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=list(GOALS), default=list(GOALS), metavar="NAME")
    parser.add_argument("--from-seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=60, help="how many are tried")
    parser.add_argument("--most", type=int, default=900, help="when a play is given up")
    options = parser.parse_args()
    missed = 0
    for name in options.only:
        first = options.from_seed + list(GOALS).index(name)  # so that luck is not the same in all
        missed += not make(name, range(first, first + options.seeds), options.most)
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
