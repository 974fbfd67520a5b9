"""How large a world is, how long plays of it are, and how much of its prose one of them shows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.engine.turn import Choose, Heading, Replied, Told
from pianist_quest.story.story import Room
from pianist_quest.worldfile import markup, model

from .plays import moves

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pianist_quest.engine.turn import Event
    from pianist_quest.story.story import Story
    from pianist_quest.worldfile.model import World

PACE: Final = 238
"""Words a minute that adults read silently in English non-fiction: the mean of Brysbaert, 2019."""
_LEAST: Final = 12
"""How many letters a piece of prose has at least to be looked for in a play."""
_WORD: Final = re.compile(r"\w+(?:['\N{RIGHT SINGLE QUOTATION MARK}-]\w+)*")


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of a world; `words` counts all variants of its texts, labels of choices not among them."""

    rooms: int
    items: int
    characters: int
    scenes: int
    storylets: int
    choices: int
    endings: int
    marks: int
    words: int
    label_words: int


@dataclass(frozen=True, slots=True)
class Measured:
    """One play by chance: its ending, its turns, the choices taken, the words read, the share of all prose in them."""

    seed: int
    ending: str
    turns: int
    choices: int
    words: int
    seen: float
    rooms: dict[str, int]
    """In how many turns play was in each room."""

    @property
    def minutes(self) -> int:
        """How long it takes to read, in minutes."""
        return round(self.words / PACE)


@dataclass(frozen=True, slots=True)
class Measures:
    """A world's size and its plays."""

    size: Size
    plays: tuple[Measured, ...]
    shared: float
    """Of what a play shows, the share that another showed as well; the mean over neighbours, 0 with one play."""


def measured(world: World, story: Story, plays: int, told: Callable[[int], None] | None = None) -> Measures:
    """Return the measures of a world, by so many plays by chance with the seeds from 1; `told` hears of each."""
    pieces = _pieces(world)
    games, seen = [], []
    for seed in range(1, plays + 1):
        game, found = _measured(story, seed, pieces)
        games.append(game)
        seen.append(found)
        if told is not None:
            told(seed)
    pairs = [(one, other) for one, other in pairwise(seen) if other]
    shared = [sum(pieces[at] for at in one & other) / max(1, sum(pieces[at] for at in other)) for one, other in pairs]
    return Measures(_size(world), tuple(games), sum(shared) / len(shared) if shared else 0.0)


def as_json(found: Measures) -> dict[str, Any]:
    """Return measures for other programs."""
    return asdict(found) | {"reading_minutes": [one.minutes for one in found.plays]}


def as_table(found: Measures) -> Iterator[str]:
    """Yield measures as lines."""
    size = found.size
    for name in ("rooms", "items", "characters", "scenes", "storylets", "choices", "endings", "marks"):
        yield f"{name:<12}{getattr(size, name):>9,}"
    yield f"{'words':<12}{size.words:>9,}  and {size.label_words:,} in the labels of choices"
    if not found.plays:
        return
    yield ""
    yield f"{len(found.plays)} plays by chance:"
    yield f"{'':<12}{'turns':>9}{'choices':>9}{'words':>9}{'minutes':>9}{'of the prose':>14}"
    ordered = sorted(found.plays, key=lambda one: one.words)
    for name, one in (("shortest", ordered[0]), ("median", ordered[len(ordered) // 2]), ("longest", ordered[-1])):
        row = f"{one.turns:>9,}{one.choices:>9,}{one.words:>9,}{one.minutes:>9,}{one.seen:>13.0%}"
        yield f"{name:<12}{row}  seed {one.seed}, {one.ending or 'no ending'}"
    yield f"A play shows {median(one.seen for one in found.plays):.0%} of the prose."
    if len(found.plays) > 1:
        yield f"Of what a play shows, {found.shared:.0%} was in the play before."
    yield from _rooms(found)
    endings = Counter(one.ending or "no ending" for one in found.plays)
    yield "Endings: " + ", ".join(f"{name} {count}" for name, count in endings.most_common())


def _rooms(found: Measures) -> Iterator[str]:
    turns = Counter[str]()
    for one in found.plays:
        turns.update(one.rooms)
    ordered = [name for name, _ in turns.most_common()]
    yield f"Busiest rooms: {', '.join(f'{name} {turns[name]}' for name in ordered[:5])}"
    yield f"Loneliest rooms: {', '.join(f'{name} {turns[name]}' for name in reversed(ordered[-5:]))}"


# A world


def _size(world: World) -> Size:
    says: dict[tuple[str, int], model.Prose] = {}
    labels: dict[tuple[str, int], model.Prose] = {}
    choices: set[tuple[str, int]] = set()
    for part in _parts(world):
        if isinstance(part, model.Say):
            says[part.text.at.source.path, part.text.at.start] = part.text
        elif isinstance(part, model.Choice):
            choices.add((part.at.source.path, part.at.start))
            if part.label is not None:
                labels[part.label.at.source.path, part.label.at.start] = part.label
    return Size(
        rooms=len(world.rooms), items=len(world.items), characters=len(world.characters), scenes=len(world.scenes),
        storylets=len(world.storylets), choices=len(choices), endings=len(world.endings), marks=len(world.marks),
        words=sum(_words(prose) for prose in says.values()),
        label_words=sum(_words(prose) for prose in labels.values()),
    )  # fmt: skip


def _parts(world: World) -> Iterator[Any]:
    """Yield all statements and choices of a world."""
    ahead: list[Any] = [world]
    while ahead:
        one = ahead.pop()
        if isinstance(one, tuple):
            ahead.extend(one)
        elif isinstance(one, model.Say):
            yield one
        elif type(one).__module__ == model.__name__ and not isinstance(one, model.Prose | model.Ref | model.PickBy):
            if isinstance(one, model.Choice):
                yield one
            ahead.extend(getattr(one, name) for name in type(one).__slots__ if name not in ("at", "library"))


def _words(prose: model.Prose) -> int:
    return sum(len(_WORD.findall(leaf)) for leaf in _leaves(prose.parts))


def _leaves(parts: markup.Markup) -> Iterator[str]:
    """Yield the texts of all variants."""
    for part in parts:
        match part:
            case str():
                yield part
            case markup.Condition():
                yield from _leaves(part.yes)
                yield from _leaves(part.no)
            case markup.Alternatives():
                for option in part.options:
                    yield from _leaves(option)


def _pieces(world: World) -> dict[str, int]:
    """Return the pieces of prose that can be looked for in a play, with how many words each has."""
    found: dict[str, int] = {}
    for part in _parts(world):
        if isinstance(part, model.Say):
            for leaf in _leaves(part.text.parts):
                flat = " ".join(leaf.split())
                if len(flat) >= _LEAST:
                    found[flat] = len(_WORD.findall(flat))
    return found


# A play


def _measured(story: Story, seed: int, pieces: dict[str, int]) -> tuple[Measured, set[str]]:
    texts: list[str] = []
    rooms: Counter[str] = Counter()
    turns, choices = -1, 0
    for action, turn in moves(story, seed):
        turns += 1
        choices += isinstance(action, Choose)
        texts += [text for event in turn.events if (text := _said(event))]
        room = story.things[turn.state.place] if turn.state.place else None
        if isinstance(room, Room):
            rooms[room.key] += 1
        ending = story.endings[turn.state.ending].key if turn.state.ending >= 0 else ""
    told = " ".join(" ".join(texts).split())
    seen = {piece for piece in pieces if piece in told}
    share = sum(pieces[piece] for piece in seen) / max(1, sum(pieces.values()))
    return Measured(seed, ending, turns, choices, len(_WORD.findall(told)), share, dict(rooms)), seen


def _said(event: Event) -> str:
    match event:
        case Told(runs):
            return "".join(run.text for run in runs)
        case Heading(text) | Replied(text):
            return text
    return ""
