"""Where a script leads: what could run for ever, and a start that leads nowhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, get_args

from . import story as s

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


_Ways = tuple[int, ...]


def _of_branches(one: s.Draw | s.Pick, targets: _Ways) -> _Ways:
    return (*targets, one.join)


def _of_offer(one: s.Offer, _: int) -> _Ways:
    if any(option.always and not option.fallback for option in one.options):
        return ()
    fallbacks = [option for option in one.options if option.fallback]
    ways = tuple(option.target for option in fallbacks)
    return ways if any(option.always for option in fallbacks) else (*ways, one.join)


_FOLLOWING: Final[dict[type, Callable[[Any, int], _Ways]]] = {
    s.Jump: lambda one, _: (one.target,),
    s.Unless: lambda one, pc: (one.target, pc + 1),
    s.InDark: lambda one, pc: (one.target, pc + 1),
    s.Brief: lambda one, pc: (one.target, pc + 1),
    s.Draw: lambda one, _: one.targets if None in one.opens else _of_branches(one, one.targets),
    s.Pick: lambda one, _: _of_branches(one, tuple(candidate.target for candidate in one.candidates)),
    s.Offer: _of_offer,
    s.Return: lambda _, __: (),
    s.Enter: lambda _, __: (),
    s.End: lambda _, __: (),
}
"""The instructions after which play does not just go on at the next: where it does. By type: there are many."""
_OTHER, _ENDS, _STRAIGHT, _JUMP, _FORK = range(5)
_RUN: Final = re.compile(b"[^%c]+" % _ENDS)
"""Instructions that follow one another up to one that ends."""
_SORTS: Final[dict[type, int]] = {
    **dict.fromkeys(get_args(s.Instruction), _STRAIGHT),
    **dict.fromkeys((*_FOLLOWING, s.Deal), _OTHER),
    **dict.fromkeys((s.Call, s.Unless, s.InDark, s.Brief), _FORK),
    s.Jump: _JUMP,
    s.Return: _ENDS,
}
"""Sorts of instructions: those that end a script; lead to the next alone; to a target; to both; or elsewhere."""


def following(code: tuple[s.Instruction, ...], pc: int) -> tuple[int, ...]:
    """Return the positions that play can go on at from one, without the player choosing or a call ending."""
    one = code[pc]
    ways = _FOLLOWING.get(type(one))
    return (pc + 1,) if ways is None else ways(one, pc)


def edges(story: s.Story, pc: int) -> tuple[int, ...]:
    """Return what can run after a position with no choice between: also what it calls, also a room's arrival."""
    instruction = story.code[pc]
    if isinstance(instruction, s.Call):
        return (instruction.target, pc + 1)
    if isinstance(instruction, s.Deal):
        return (*(one.pc for one in story.storylets[instruction.tag]), pc + 1)
    if isinstance(instruction, s.Enter):
        return tuple(_entering(story, instruction, pc))
    return following(story.code, pc)


def _entering(story: s.Story, enter: s.Enter, pc: int) -> Iterator[int]:
    """What runs on the way into a room: where a room's own script leads there, also what is done on leaving that."""
    room = story.things[enter.room]
    if isinstance(room, s.Room):
        yield room.arrive
    kind, _, key = story.owner(pc).partition(" ")
    here = story.things[story.by_key[key]] if kind == "room" else None
    if isinstance(here, s.Room) and here.leave >= 0 and here is not room and not here.leave <= pc < here.look:
        yield here.leave


def loops(story: s.Story) -> Iterator[tuple[tuple[int, ...], bool]]:
    """Yield each set of positions that can follow one another for ever, and whether nothing can end it.

    A choice that may be open can end it.
    """
    every = _not_ending(story)
    for ring in _components(every):
        inside = set(ring)
        ahead = ((pc, next_pc) for pc in ring for next_pc in every[pc])
        endless = all(next_pc in inside or _comes_back(story, pc, next_pc, inside) for pc, next_pc in ahead)
        yield tuple(sorted(ring)), endless and not any(_offers(story.code[pc]) for pc in ring)


def _offers(instruction: s.Instruction) -> bool:
    return isinstance(instruction, s.Offer) and not all(one.fallback for one in instruction.options)


def _comes_back(story: s.Story, pc: int, next_pc: int, ring: set[int]) -> bool:
    """Whether an edge does not lead out of a ring: the way on after a call in it, or a call that comes back to it."""
    instruction = story.code[pc]
    if not isinstance(instruction, s.Call):
        return False
    return next_pc == pc + 1 or (pc + 1 in ring and _only_returns(story, instruction.target))


def _only_returns(story: s.Story, pc: int) -> bool:
    """Whether a script that is called can do nothing but end, sooner or later: it asks nothing and leads nowhere."""
    seen, ahead = set[int](), [pc]
    while ahead:
        one = ahead.pop()
        if one in seen:
            continue
        seen.add(one)
        if isinstance(story.code[one], s.Offer | s.Enter | s.End | s.Deal):
            return False
        ahead += edges(story, one)
    return True


_PASSES: Final = 8
"""How often the code is looked through for what surely ends."""


def _not_ending(story: s.Story) -> dict[int, tuple[int, ...]]:
    """Return the positions that may lead into a cycle, in order, with all their edges.

    Nearly all of a story leads to an end: looked at from behind, an instruction does if all do that can follow it.
    Where jumps lead further on, another look may be needed; what is still not known then is kept.
    """
    code: tuple[Any, ...] = story.code
    sorts = _sorts(code)
    runs = _RUN.finditer(sorts, 0, len(code))  # from the first to the last, for what is called stands before its calls
    left = [pc for run in runs for pc in range(run.end() - 1, run.start() - 1, -1)]
    for _ in range(_PASSES):
        still = []
        for pc in left:
            sort = sorts[pc]
            if sort == _STRAIGHT:
                known = sorts[pc + 1] == _ENDS
            elif sort == _JUMP:
                known = sorts[code[pc].target] == _ENDS
            elif sort == _FORK:
                known = sorts[pc + 1] == sorts[code[pc].target] == _ENDS
            else:
                known = all(sorts[after] == _ENDS for after in edges(story, pc))
            if known:
                sorts[pc] = _ENDS
            else:
                still.append(pc)
        left = still
    return {pc: edges(story, pc) for pc in sorted(left)}


def _sorts(code: tuple[s.Instruction, ...]) -> bytearray:
    """Return the sorts of all instructions, and of the place behind; what is straight and soon at an end, ends.

    Most of the code is of these sorts, and bytes are replaced in no time.
    """
    sorts = bytearray(map(_SORTS.__getitem__, map(type, code)))
    for _ in range(_PASSES):
        sorts = sorts.replace(bytes((_STRAIGHT, _ENDS)), bytes((_ENDS, _ENDS)))
    sorts.append(_OTHER)
    return sorts


def _components(every: dict[int, tuple[int, ...]]) -> Iterator[list[int]]:
    """Tarjan's strongly connected components (1972), without recursion, those that hold a cycle.

    `every` has the edges of each position; what it does not have is in no cycle.
    """
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    on_stack: set[int] = set()
    stack: list[int] = []
    for root, first in every.items():
        if root in index:
            continue
        work = [(root, iter(first))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            pc, ahead = work[-1]
            for other in ahead:
                if other not in every:
                    continue
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(every[other])))
                    break
                if other in on_stack:
                    low[pc] = min(low[pc], index[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[pc])
                if low[pc] == index[pc]:
                    ring = _popped(stack, on_stack, pc)
                    if len(ring) > 1 or pc in every[pc]:
                        yield ring


def _popped(stack: list[int], on_stack: set[int], pc: int) -> list[int]:
    ring = []
    while True:
        top = stack.pop()
        on_stack.discard(top)
        ring.append(top)
        if top == pc:
            return ring


def can_run_out(story: s.Story, start: int | None = None) -> frozenset[int]:
    """Return the positions from which a script can come to its end, rather than leave for a room or an ending.

    With `start` only those are looked at that can come after it.
    """
    before: dict[int, list[int]] = {}
    ahead = []
    for pc, ways in _of_scripts(story, range(len(story.code)) if start is None else (start,)):
        if isinstance(story.code[pc], s.Return):
            ahead.append(pc)
        for other in ways:
            before.setdefault(other, []).append(pc)
    found: set[int] = set()
    while ahead:
        pc = ahead.pop()
        if pc not in found:
            found.add(pc)
            ahead += [one for one in before.get(pc, ()) if _passes(story.code[one], one, found)]
    return frozenset(found)


def _of_scripts(story: s.Story, starts: Iterable[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield each position that can come after some, and those themselves, with what can follow it in its script."""
    seen, ahead = set[int](), list(starts)
    while ahead:
        pc = ahead.pop()
        if pc not in seen:
            seen.add(pc)
            ways = _inside(story, pc)
            ahead += ways
            yield pc, ways


def _inside(story: s.Story, pc: int) -> tuple[int, ...]:
    """What can follow a position in its script, the player choosing, and what it calls."""
    instruction = story.code[pc]
    if isinstance(instruction, s.Call):
        return (instruction.target, pc + 1)
    options = tuple(one.target for one in instruction.options) if isinstance(instruction, s.Offer) else ()
    return (*options, *following(story.code, pc))


def _passes(instruction: s.Instruction, pc: int, found: set[int]) -> bool:
    """Whether a script can go on from an instruction: a call must come to its end itself."""
    return not isinstance(instruction, s.Call) or (instruction.target in found and pc + 1 in found)
