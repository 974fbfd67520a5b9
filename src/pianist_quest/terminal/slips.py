"""Slips of the fingers: what was probably meant by words that are not known here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.story.ways import DIRECTIONS

from .grammar import METAS, SHORT_WAYS
from .readings import Walk, best
from .words import PART, correction, verb_correction

if TYPE_CHECKING:
    from pianist_quest.engine.turn import Action

    from .scene import Scene
    from .words import Words


def guessed(scene: Scene, typed: Words) -> str:
    """Return the line that was probably meant, or an empty text."""
    meant = tuple(_right(scene, word, first=not at) for at, word in enumerate(typed))
    if meant == typed:
        return ""
    found = [one for one in best(scene, meant) if one.fit >= PART]
    if len(found) == 1:
        return line_of(scene, found[0].act)
    return " ".join(meant) if found or (len(meant) == 1 and meant[0] in METAS) else ""


def _right(scene: Scene, word: str, *, first: bool) -> str:
    """Return a word put right, as it is where it is known or like none."""
    if word in scene.words or word in DIRECTIONS:
        return word
    if first:
        return verb_correction(word, _verbs(scene)) or verb_correction(word, scene.words) or word
    return correction(word, scene.words) or word


def with_verb(scene: Scene, typed: Words) -> Words:
    """Return a line with its verb put right."""
    known = not typed or typed[0] in scene.words or typed[0] in DIRECTIONS
    return typed if known else (verb_correction(typed[0], _verbs(scene)) or typed[0], *typed[1:])


def _verbs(scene: Scene) -> set[str]:
    """Return the words that begin a command."""
    heads = {part for pattern in scene.patterns for part in pattern.parts[:1] if isinstance(part, str)}
    return heads | METAS.keys() | SHORT_WAYS.keys() | {way.word for way in scene.ways}


def line_of(scene: Scene, act: Action | Walk) -> str:
    """Return an action, or a walk, as a player would type it."""
    return f"go to {scene.spoken(act.room)}" if isinstance(act, Walk) else scene.phrase(act)
