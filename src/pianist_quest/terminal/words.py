"""What a player types, and the names it is held against, as plain words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pianist_quest.story.ways import DIRECTIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

Words = tuple[str, ...]

EXACT: Final = 3
"""The whole name, word for word."""
PART: Final = 2
"""Some of the name's words."""
SHORT: Final = 1
"""The beginnings of some of the name's words."""
NONE: Final = 0
"""Something else."""

PRONOUNS: Final = ("it", "them", "her", "him", "there")
"""The words that stand for what was named before."""
_IGNORED: Final = frozenset({"a", "an", "the", "please", "kindly", "my", "some"})
_OPENINGS: Final = (
    ("i", "want", "to"), ("i", "would", "like", "to"), ("could", "you"), ("can", "you"), ("would", "you"),
    ("let", "us"), ("lets",), ("let", "me"), ("try", "to"),
)  # fmt: skip
# Words that say too little to choose something by.
_WEAK: Final = frozenset(
    re.findall(
        r"\w+",
        """about all and are as at be but by can do does for from go has have he her here him his how i in into
        is it its me no not of off on one or out over she so that them then there they this to up was we what
        when who will with yes you your""",
    )
)
_SAYING_LITTLE: Final = _WEAK.union(DIRECTIONS)
_SPELT: Final = re.compile("[^\\W_]+(?:['\u2019][^\\W_]+)*")
"""A word as it is spelt, with apostrophes in it."""
_LONGEST: Final = 40
"""The longest word that is held against others letter by letter; no longer one is a slip of the fingers."""
_LETTERS: Final = str.maketrans(
    {
        "\u0131": "i",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "'": None,
        "\u2019": None,
    }
)


def fold(text: str) -> str:
    """Return a text as any keyboard can type it: no capitals, no accents, no apostrophes."""
    parts = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return unicodedata.normalize("NFC", re.sub("[\u0300-\u036f]", "", parts))


@lru_cache(maxsize=2048)
def words(text: str) -> Words:
    """Return the words of a text, folded, without articles and politeness."""
    found = re.findall(r"[^\W_]+", fold(text))
    for opening in _OPENINGS:
        if tuple(found[: len(opening)]) == opening and len(found) > len(opening):
            found = found[len(opening) :]
    # A name may be nothing but such a word.
    return tuple([word for word in found if word not in _IGNORED] or found)


def as_typed(text: str, line: str) -> str:
    """Return a text with the words of a line as they were typed, with their accents and apostrophes."""
    for typed in set(_SPELT.findall(unicodedata.normalize("NFC", line))):
        folded, spelt = fold(typed), typed.casefold()
        if folded not in ("", spelt):
            text = re.sub(rf"(?<!\w){re.escape(folded)}(?!\w)", spelt, text)
    return text


def is_article(word: str) -> bool:
    """Whether a typed word is one that says nothing."""
    return fold(word) in _IGNORED


def word_fit(typed: str, word: str) -> int:
    """Return how well a typed word fits a word of the language."""
    if typed == word:
        return EXACT
    if typed in DIRECTIONS:  # "in" is no "inventory"
        return NONE
    return SHORT if len(typed) >= 2 and word.startswith(typed) else NONE


def name_fit(typed: Words, names: Collection[Words], known: frozenset[str]) -> int:
    """Return how well typed words fit a thing with these names, which have these words."""
    if typed in names:
        return EXACT
    if known.issuperset(typed):
        return PART
    return SHORT if all_begin(typed, known) else NONE


def end_fit(typed: Words, names: Iterable[Words]) -> int:
    """Return how well typed words fit a place with these names: whole, or the end of one of them."""
    names = tuple(names)
    ends = [name[-len(typed) :] for name in names]
    if typed in ends:
        return EXACT if typed in names else PART
    begun = [end[-1:] for end in ends if end[:-1] == typed[:-1]]
    return SHORT if typed and any(all_begin(typed[-1:], end) for end in begun) else NONE


def label_fit(typed: Words, label: Words) -> int:
    """Return how well typed words fit the label of a choice."""
    if typed == label:
        return EXACT
    if len(typed) > 1 and label[: len(typed)] == typed:
        return PART
    if all_weak(typed):
        # "North" is "Go north", but nothing that is done in the north.
        return PART if typed and typed == _telling(label) else NONE
    if all(word in label for word in typed):
        return PART
    return SHORT if all_begin(typed, label) else NONE


@lru_cache(maxsize=2048)
def _telling(label: Words) -> Words:
    """Return the words of a label without common ones."""
    return tuple(word for word in label if word not in _WEAK)


def all_weak(typed: Words) -> bool:
    """Whether words say too little to choose something by: common ones, letters, directions."""
    for word in typed:  # noqa: SIM110 - asked for each choice: no generator
        if not (word in _SAYING_LITTLE or (len(word) == 1 and word.isascii())):
            return False
    return True


def all_begin(typed: Words, known: Collection[str]) -> bool:
    """Whether each typed word is one of some words, or the beginning of one."""
    for word in typed:
        if word in known:
            continue
        if len(word) < 3 or word in PRONOUNS:
            return False
        for other in known:  # no generator: this is asked for each name in sight
            if other.startswith(word):
                break
        else:
            return False
    return True


def verb_correction(typed: str, known: Iterable[str]) -> str | None:
    """Return the same of a verb: in what begins a command, the first letter is seldom wrong."""
    begun = (typed[:1], typed[1::-1])
    return correction(typed, (word for word in known if word[:1] == begun[0] or word[:2] == begun[1]))


def correction(typed: str, known: Iterable[str]) -> str | None:
    """Return the known word that a small slip of the fingers would turn into `typed`, or None."""
    if len(typed) > _LONGEST:
        return None
    allowed = 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2
    near = [(distance(typed, word), word) for word in known if abs(len(word) - len(typed)) <= allowed]
    best = min(near, default=None)
    return best[1] if best and best[0] <= allowed else None


def distance(one: str, other: str) -> int:
    """Return how many letters to change, add, leave out or swap with the next make one word the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
