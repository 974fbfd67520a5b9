"""Where a script leads: what could run for ever, and a start that leads nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import story as s

if TYPE_CHECKING:
    from collections.abc import Iterator


def following(code: tuple[s.Instruction, ...], pc: int) -> tuple[int, ...]:
    """Return the positions that play can go on at from one, without the player choosing or a call ending."""
    match code[pc]:
        case s.Jump(target):
            return (target,)
        case s.Unless(target=target) | s.InDark(target) | s.Brief(target):
            return (target, pc + 1)
        case s.Draw(targets=targets, opens=opens, join=join):
            return targets if None in opens else (*targets, join)
        case s.Pick(candidates=candidates, join=join):
            return (*(one.target for one in candidates), join)
        case s.Offer(options, join):
            if any(one.always and not one.fallback for one in options):
                return ()
            fallbacks = [one for one in options if one.fallback]
            ways = tuple(one.target for one in fallbacks)
            return ways if any(one.always for one in fallbacks) else (*ways, join)
        case s.Return() | s.Enter() | s.End():
            return ()
        case _:
            return (pc + 1,)


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
    every = [edges(story, pc) for pc in range(len(story.code))]
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


def _components(every: list[tuple[int, ...]]) -> Iterator[list[int]]:
    """Tarjan's strongly connected components (1972), without recursion, those that hold a cycle.

    `every` has the edges of each position.
    """
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    on_stack: set[int] = set()
    stack: list[int] = []
    for root in range(len(every)):
        if root in index:
            continue
        work = [(root, iter(every[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            pc, ahead = work[-1]
            for other in ahead:
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


def can_run_out(story: s.Story) -> frozenset[int]:
    """Return the positions from which a script can come to its end, rather than leave for a room or an ending."""
    before: dict[int, list[int]] = {}
    ahead = []
    for pc, instruction in enumerate(story.code):
        if isinstance(instruction, s.Return):
            ahead.append(pc)
        for other in _inside(story, pc):
            before.setdefault(other, []).append(pc)
    found: set[int] = set()
    while ahead:
        pc = ahead.pop()
        if pc not in found:
            found.add(pc)
            ahead += [one for one in before.get(pc, ()) if _passes(story.code[one], one, found)]
    return frozenset(found)


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
