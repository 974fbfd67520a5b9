"""Hooks: steps that are done instead of, before or after what a player does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.codes import Code as Finding
from pianist_quest.diagnostics.diagnostic import did_you_mean
from pianist_quest.worldfile.nodes import complain

from . import story as s
from .ways import whole

if TYPE_CHECKING:
    from pianist_quest.worldfile import model

    from .assemble import Assembler

BUILT_IN: Final = ("look", "examine", "go", "take", "drop", "talk", "ask", "inventory", "wait")
"""The verbs that the engine itself does, as hooks and `actions` name them."""


def hooks(out: Assembler, owner: str, given: model.Hooks, verbs: set[str], exits: set[str]) -> s.Hooks:
    """Return the hooks of a thing, a room or the world, their scripts added."""
    if not (given.instead or given.before or given.after):
        return s.NO_HOOKS
    kinds = (
        tuple(_hook(out, owner, one, verbs, exits) for one in part)
        for part in (given.instead, given.before, given.after)
    )
    return s.Hooks(*kinds)


def answer(out: Assembler, owner: str, verb: str, script: model.Script) -> s.Hook:
    """Return the hook for a built-in verb that a thing's `actions` answer."""
    return s.Hook(frozenset({(verb, "")}), frozenset(), None, out.routine(owner, script))


def _hook(out: Assembler, owner: str, one: model.Hook, verbs: set[str], exits: set[str]) -> s.Hook:
    on = frozenset(_does(out, command, verbs, exits) for command in one.on)
    exempt = frozenset(_does(out, command, verbs, exits) for command in one.exempt)
    out.no_else(one.step)
    pc = out.begin(owner)
    test, slot = out.guard(one.step)
    if slot >= 0:
        out.emit(s.Count(slot))
    out.script(one.step.then)
    out.emit(s.RETURN)
    return s.Hook(on, exempt, out.condition(test), pc)


def _does(out: Assembler, command: model.Command, verbs: set[str], exits: set[str]) -> s.Does:
    problems = out.names.problems
    known = (*BUILT_IN, *verbs, *problems.lost)
    if command.verb not in known:
        note = did_you_mean(command.verb, known)
        complain(problems, Finding.UNKNOWN_VERB, command.at, f"there is no verb `{command.verb}`", note=note)
    elif command.verb == "go" and command.with_:
        word = whole(command.with_)
        if word not in exits:
            note = did_you_mean(word, exits)
            complain(problems, Finding.UNKNOWN_NAME, command.at, f"no exit is called `{word}`", note=note)
        return command.verb, word
    elif command.with_:
        symbol = out.names.symbols.get(command.with_)
        if symbol is None or symbol.what != "thing":
            out.names.unknown(command.with_, command.at, None, out.names.of_kind("thing"), "thing")
    return command.verb, command.with_
