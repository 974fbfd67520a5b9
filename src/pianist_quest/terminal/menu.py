"""Options with numbers: how they are shown, and which of them a line picks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .words import words
from .wrap import Piece, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .wrap import Line

    Options = Sequence[tuple[str, str]]
    """For each option the word that picks it, and what is shown."""


def numbered(options: Options, width: int) -> list[Line]:
    """Return options as lines."""
    lines: list[Line] = []
    for number, (_, label) in enumerate(options, 1):
        lines += wrap((Piece(label),), width, f"{number:>4}. ", "      ")
    return lines


def matching(options: Options, line: str) -> tuple[str, ...]:
    """Return the words that begin like a line."""
    return tuple(word for word, _ in options if word.startswith(line.strip()))


def named(options: Options, line: str) -> str:
    """Return the word of the option that a line picks by its number or whole word; empty where it picks none."""
    if line.isdecimal() and len(line) < 5:
        return options[int(line) - 1][0] if 1 <= int(line) <= len(options) else ""
    return next((word for word, _ in options if words(word) == words(line)), "")


def picked(options: Options, line: str) -> str:
    """Return the same, where the beginning of a word or of what is shown picks as well."""
    typed = words(line)
    found = named(options, line)
    if found or line.isdecimal():
        return found
    begun = [word for word, label in options if typed and (_begins(word, typed) or _begins(label, typed))]
    return begun[0] if len(begun) == 1 else ""


def _begins(name: str, typed: tuple[str, ...]) -> bool:
    return " ".join(words(name)).startswith(" ".join(typed))
