"""Instructions as functions of the machine that does them, each made when a story first comes to it.

An operation returns the position to go on at, or -1 to stop. What an instruction shows that is always the same is made
once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pianist_quest.story import story as s

from . import replies
from .text import fixed
from .turn import Heading, Replied, Sounded, Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from .machine import Machine
    from .turn import Event

    Operation = Callable[[Machine], int]

_BY_NAME: Final = 2  # how rooms are told on coming back: only named


def operation(story: s.Story, pc: int) -> Operation:
    """Return the operation of the instruction at a position."""
    found = story.operations.get(pc)
    if found is None:
        instruction = story.code[pc]
        found = story.operations[pc] = _MADE[type(instruction)](story, instruction, pc)
    return found


def _says(_story: s.Story, say: s.Say, pc: int) -> Operation:
    text, after, runs = say.text, pc + 1, fixed(say.text)
    if runs:
        return _shows(Told(runs), pc)

    def told(machine: Machine) -> int:
        machine.say(text)
        return after

    return told


def _titles(story: s.Story, title: s.Title, pc: int) -> Operation:
    return _shows(Heading(story.things[title.room].name if title.room else replies.TEXTS["dark_title"]), pc)


def _replies(story: s.Story, reply: s.Reply, pc: int) -> Operation:
    key, number = reply.key, reply.thing
    if key == "contents":
        return _then(lambda machine: machine.others(number), pc)
    if key in ("inside", "only_inside"):
        return _then(lambda machine: machine.inside(number, alone=key == "only_inside"), pc)
    return _shows(Replied(replies.about(story, key, number)), pc)


def _arrives(_story: s.Story, arrive: s.Arrive, pc: int) -> Operation:
    room, after = arrive.room, pc + 1

    def arrived(machine: Machine) -> int:
        machine.arrive(room)
        return after

    return arrived


def _plays(story: s.Story, play: s.Play, pc: int) -> Operation:
    music = story.music[play.music]
    return _shows(Sounded(play.music, music.title, music.words), pc)


def _shows(event: Event, pc: int) -> Operation:
    """Show what is always the same."""
    after = pc + 1

    def show(machine: Machine) -> int:
        machine.events.append(event)
        return after

    return show


def _then(do: Callable[[Machine], object], pc: int) -> Operation:
    """Do something, and go on."""
    after = pc + 1

    def done(machine: Machine) -> int:
        do(machine)
        return after

    return done


def _does(_story: s.Story, do: s.Do, pc: int) -> Operation:
    run, after = do.code.function, pc + 1

    def effect(machine: Machine) -> int:
        run(machine.values, machine.place, machine.visited, machine.roll)
        return after

    return effect


def _asks(_story: s.Story, unless: s.Unless, pc: int) -> Operation:
    run, after, target = unless.code.function, pc + 1, unless.target
    return lambda machine: after if run(machine.values, machine.place, machine.visited, None) else target


def _jumps(_story: s.Story, jump: s.Jump, _pc: int) -> Operation:
    target = jump.target
    return lambda _: target


def _counts(story: s.Story, count: s.Count, pc: int) -> Operation:
    slot, stamp, turns, after = count.slot, count.stamp, story.turns, pc + 1

    def counted(machine: Machine) -> int:
        machine.values[slot] += 1
        if stamp >= 0:
            machine.values[stamp] = machine.values[turns] + 1
        return after

    return counted


def _earns(story: s.Story, earn: s.Earn, pc: int) -> Operation:
    award = story.awards[earn.award]
    return _then(lambda machine: machine.earn(award), pc)


def _is_brief(story: s.Story, brief: s.Brief, pc: int) -> Operation:
    return lambda machine: brief.target if machine.back and machine.values[story.telling] == _BY_NAME else pc + 1


def _calls(_story: s.Story, call: s.Call, pc: int) -> Operation:
    target, after = call.target, pc + 1

    def called(machine: Machine) -> int:
        machine.stack.append(after)
        return target

    return called


def _returns(machine: Machine) -> int:
    return machine.stack.pop() if machine.stack else -1


_MADE: Final[dict[type[s.Instruction], Callable[[s.Story, Any, int], Operation]]] = {
    s.Say: _says,
    s.Do: _does,
    s.Unless: _asks,
    s.Jump: _jumps,
    s.Count: _counts,
    s.Earn: _earns,
    s.Brief: _is_brief,
    s.Call: _calls,
    s.Return: lambda *_: _returns,
    s.Offer: lambda _, offer, pc: lambda machine: machine.offer(offer, pc),
    s.Draw: lambda _, draw, __: lambda machine: machine.branch(draw),
    s.Pick: lambda _, pick, __: lambda machine: machine.pick(pick),
    s.Deal: lambda _, deal, pc: lambda machine: machine.deal(deal.tag, deal.slot, pc + 1),
    s.Enter: lambda _, enter, __: lambda machine: machine.enter(enter.room),
    s.Arrive: _arrives,
    s.InDark: lambda _, dark, pc: lambda machine: dark.target if machine.is_dark() else pc + 1,
    s.Title: _titles,
    s.Contents: lambda _, contents, pc: lambda machine: machine.contents(contents.room, pc),
    s.Reply: _replies,
    s.Play: _plays,
    s.End: lambda _, end, __: lambda machine: machine.end(end.ending),
}
"""What makes the operation of each instruction, from the story, the instruction and its position."""
