"""English: articles, lists, numbers in words."""

from __future__ import annotations

import re
from typing import Final

_ARTICLES: Final = ("the ", "a ", "an ", "some ", "your ", "his ", "her ", "their ", "my ", "our ")
_REPLACED: Final = ("a ", "an ", "some ", "the ")
_VOWEL_SOUND: Final = re.compile(
    r"(?!uni(?!n|m)|use|usu|uti|eu|ew|one\b|once)[aeiou]|hour|honest|heir|honou?r", re.IGNORECASE
)
"""How words begin that are said with a vowel: `an hour`, but `a uniform`."""
_ONES: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES: Final = ((10**9, "thousand million"), (10**6, "million"), (10**3, "thousand"), (100, "hundred"))
_ORDINALS: Final = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


def the(name: str) -> str:
    """Return a name with the definite article, unless it has a possessive or is a name of its own."""
    lower = name.lower()
    if lower.startswith(_ARTICLES):
        return f"the {name.split(' ', 1)[1]}" if lower.startswith(_REPLACED) else name
    return name if name[:1].isupper() else f"the {name}"


def an(name: str, *, plural: bool = False) -> str:
    """Return a name with the indefinite article, unless it has an article or number or is a name of its own."""
    if name[:1].isupper() or name.lower().startswith(_ARTICLES):
        return name
    if plural:
        return name if name[:1].isdigit() or name.split(" ", maxsplit=1)[0] in (*_ONES, *_TENS) else f"some {name}"
    return f"an {name}" if _VOWEL_SOUND.match(name) else f"a {name}"


def capital(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def listing(names: list[str]) -> str:
    """Return names as English lists them: `a`, `a and b`, `a, b and c`; none is `nothing`."""
    if len(names) < 2:
        return names[0] if names else "nothing"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def cardinal(number: int) -> str:
    """Return a whole number in words: `forty-two`, `one hundred and one`, `minus three`."""
    if number < 0:
        return f"minus {cardinal(-number)}"
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    size, word = next(scale for scale in _SCALES if number >= scale[0])
    many, rest = divmod(number, size)
    joint = "" if not rest else " and " if rest < 100 else " "
    return f"{cardinal(many)} {word}{joint}{cardinal(rest) if rest else ''}"


def ordinal(number: int) -> str:
    """Return a whole number as an ordinal in words: `first`, `forty-second`."""
    whole = cardinal(number)
    head, joint, last = re.fullmatch(r"(?:(.*)([ -]))?(\w+)", whole).groups()  # type: ignore[union-attr] # it is words
    if last in _ORDINALS:
        made = _ORDINALS[last]
    else:
        made = f"{last[:-1]}ieth" if last.endswith("y") else f"{last}{'h' if last.endswith('t') else 'th'}"
    return f"{head or ''}{joint or ''}{made}"


def plural(number: int, one: str, many: str = "") -> str:
    """Return the form of a word that goes with a number; without `many`, it gets an `s`."""
    return one if abs(number) == 1 else many or f"{one}s"
