"""Instructions that can be passed over, since nothing that matters comes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.story import story as s

if TYPE_CHECKING:
    from .relevance import Relevance


def plain(relevance: Relevance, pc: int) -> int | None:  # noqa: PLR0911 - a case each
    """Return where an instruction goes on that does nothing else which matters, else None."""
    story, after = relevance.story, pc + 1
    match story.code[pc]:
        case s.Jump(target):
            return target
        case s.Unless(target=target):
            # Both ways do the same; where one is behind the other, the shorter is taken.
            return None if relevance.parts(pc) else target if _rejoins(relevance, pc) else after
        case s.Draw(join=join) | s.Pick(join=join):
            return None if relevance.parts(pc) else join
        case s.Call(target):
            return after if not relevance.hot[target] else None if relevance.hot[after] else target
        case s.Do() | s.Count():
            return None if relevance.is_active(pc) else after
        case s.Deal(tag):
            return None if any(relevance.hot[one.pc] for one in story.storylets[tag]) else after
        case s.InDark():
            return None if relevance.parts(pc) else after
        case s.Contents():
            return None if any(relevance.hot[one] for one in relevance.flow.ahead[pc] if one != after) else after
        case s.Say() | s.Brief() | s.Title() | s.Reply() | s.Play():
            return after
    return None


def _rejoins(relevance: Relevance, pc: int) -> bool:
    """Whether a condition's other way is behind its first."""
    region, instruction = relevance.flow.branches(pc), relevance.story.code[pc]
    return region is not None and isinstance(instruction, s.Unless) and region[1] == instruction.target
