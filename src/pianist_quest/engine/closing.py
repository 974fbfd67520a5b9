"""The end of a turn: rules, characters' moves, marks, and what the score has become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.story import english
from pianist_quest.story import story as s

from .machine import MAX_STEPS
from .movement import move_all
from .turn import Replied
from .view import holds

if TYPE_CHECKING:
    from .machine import Machine


def finish(machine: Machine, *, timed: bool) -> None:
    """Do what comes at the end of a turn: rules, characters' moves, marks."""
    story = machine.story
    if timed and story.turns >= 0:
        machine.values[story.turns] += 1
    if story.rules or story.movers:
        _rules(machine, timed=timed)
    for award in story.awards:
        if award.when is not None and not machine.values[award.slot] and holds(award.when, machine):
            machine.earn(award)
    if story.score >= 0:
        _tell_score(machine)
    if machine.at < 0:
        for slot in story.locals:
            machine.values[slot] = s.NOTHING


def _tell_score(machine: Machine) -> None:
    """Say how the score has changed in this turn."""
    slot = machine.story.score
    change = machine.values[slot] - machine.before.values[slot]
    if change:
        way, points = "up" if change > 0 else "down", english.plural(change, "point")
        machine.events.append(Replied(f"Your score has gone {way} by {english.cardinal(abs(change))} {points}."))


def _rules(machine: Machine, *, timed: bool) -> None:
    """Do the rules, while the player is free: each turn's first, then those that have become true."""
    for index, rule in enumerate(machine.story.rules):
        if timed and rule.each_turn and _free(machine):
            machine.run(rule.pc)
            if machine.at >= 0:
                _put_off(machine, machine.story.rules[index + 1 :])
    if timed and _free(machine):
        move_all(machine)
    again = True
    while again and _free(machine):
        again = False
        for rule in machine.story.rules:
            if rule.when is not None and _free(machine) and _became_true(machine, rule):
                machine.run(rule.pc)
                again = machine.steps < MAX_STEPS
                if machine.steps == MAX_STEPS:
                    machine.halt(rule.pc)


def _put_off(machine: Machine, rules: tuple[s.Rule, ...]) -> None:
    """Let a turn's further rules be done when what the player is being asked has come to its end."""
    machine.stack[:0] = [rule.pc for rule in reversed(rules) if rule.each_turn]


def _free(machine: Machine) -> bool:
    return machine.at < 0 and machine.ending < 0 and machine.steps <= MAX_STEPS


def _became_true(machine: Machine, rule: s.Rule) -> bool:
    assert rule.when is not None  # noqa: S101 - asked of `when` rules only
    now = int(bool(rule.when(machine.values, machine.place, machine.visited)))
    was, machine.values[rule.was] = machine.values[rule.was], now
    return bool(now and not was)
