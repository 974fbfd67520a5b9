"""How much of a number has to be kept: a counter that is only compared with 12 need not be told from 13 above it.

For each slot the constants that conditions compare it with are collected. Above the greatest, where it only ever
grows, its values are one; below the least, where it only ever falls, too (data abstraction, Clarke, Grumberg and
Long, 1994). The turn of a mark is kept as its age, and only as far as `since` is compared with something.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.story import story as s

from .reads import expression, since, statements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pianist_quest.story.story import Code, Story

    from .relevance import Relevance

_FAR: Final = 10**12
_NOW: Final = 10**6
"""The turn that all states are brought to where only the ages of marks matter."""


@dataclass(slots=True)
class _Uses:
    """What conditions compare a slot with, and how effects change it."""

    constants: set[int] = field(default_factory=set)
    exact: bool = False
    grows: bool = False
    falls: bool = False


class Ranges:
    """Brings the values of a state to the ones that stand for them."""

    def __init__(self, relevance: Relevance) -> None:
        self.relevance, self.story = relevance, relevance.story
        self.uses: dict[int, _Uses] = {}
        self.ages: dict[int, _Uses] = {}
        for code in conditions(relevance):
            self._condition(expression(code.source))
        for source in self.story.formulas.values():
            self._condition(expression(source))
        self._changes()
        self.caps = tuple(self._caps())
        self.stamps = tuple(self._stamps())
        self.counts_turns = relevance.has(self.story.turns)
        self.latest = self._latest()
        """The turn after which turns are not told apart, 0 where they do not matter at all."""
        self.any = bool(self.caps or self.latest)
        self._cap = _capping(self.caps)

    def settle(self, values: list[int]) -> None:
        """Put the values that stand for others in their place."""
        self._cap(values)
        if self.latest:
            self._settle_turns(values)

    def _settle_turns(self, values: list[int]) -> None:
        """Bring the turn down to the latest that is told apart, and the turns of marks with it, their ages kept."""
        turn = values[self.story.turns]
        now = min(turn, self.latest) if self.counts_turns else self.latest
        for slot, oldest in self.stamps:
            if values[slot]:
                values[slot] = now + 1 - min(turn + 1 - values[slot], oldest)
        values[self.story.turns] = now

    def _use(self, slot: int) -> _Uses:
        return self.uses.setdefault(slot, _Uses())

    # Conditions

    def _condition(self, node: ast.AST) -> None:
        """Note how an expression uses slots."""
        stamp = since(node, self.story.turns)
        if stamp is not None:
            self.ages.setdefault(stamp, _Uses()).exact = True
        elif isinstance(node, ast.Compare):
            self._comparison(node)
        elif isinstance(node, ast.Subscript):
            self._use(_slot(node)).exact = True
        elif isinstance(node, ast.BoolOp | ast.UnaryOp) and not isinstance(getattr(node, "op", None), ast.USub):
            for part in getattr(node, "values", None) or [node.operand]:  # type: ignore[union-attr] # one or the other
                self._truth(part)
        else:
            self._call(node)
            for part in ast.iter_child_nodes(node):
                self._condition(part)

    def _truth(self, node: ast.expr) -> None:
        """Note a part of a condition that is asked whether it is true: a slot is compared with 0."""
        if isinstance(node, ast.Subscript):
            self._use(_slot(node)).constants.add(0)
        else:
            self._condition(node)

    def _comparison(self, node: ast.Compare) -> None:
        parts = [node.left, *node.comparators]
        options = [one for part in parts for one in (part.elts if isinstance(part, ast.Tuple) else [part])]
        constants = {one.value for one in options if isinstance(one, ast.Constant) and isinstance(one.value, int)}
        others = [one for one in options if not isinstance(one, ast.Constant)]
        for one in others:
            stamp = since(one, self.story.turns)
            if len(others) > 1:
                self._condition(one)
            elif stamp is not None:
                self.ages.setdefault(stamp, _Uses()).constants |= constants
            elif isinstance(one, ast.Subscript):
                self._use(_slot(one)).constants |= constants
            else:
                self._compared_call(one, constants)

    def _compared_call(self, node: ast.expr, constants: set[int]) -> None:
        slots = self._got(node)
        if slots is None:
            self._condition(node)
            return
        for slot in slots:
            self._use(slot).constants |= constants
        assert isinstance(node, ast.Call)  # noqa: S101 - only calls get properties
        for part in node.args[1:]:
            self._condition(part)

    def _call(self, node: ast.AST) -> None:
        for slot in self._got(node) or ():
            self._use(slot).exact = True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            touches = self.story.tools.get(node.func.id)
            if touches is not None and touches.tool in (s.Tool.WHERE, s.Tool.SIGHT, s.Tool.CONTENTS):
                for slot, _ in self.story.space.located.values():
                    if slot >= 0:
                        self._use(slot).exact = True

    def _got(self, node: ast.AST) -> list[int] | None:
        """The slots of a property that a call gets, or None where it is no such call."""
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            return None
        touches = self.story.tools.get(node.func.id)
        if touches is None or touches.tool is not s.Tool.GET:
            return None
        return [slot for slot, _ in touches.slots.values() if slot >= 0]

    # Changes

    def _changes(self) -> None:
        for pc, instruction in enumerate(self.story.code):
            match instruction:
                case s.Do(code) if self.relevance.is_active(pc):
                    for statement in statements(code.source):
                        self._effect(pc, statement)
                case s.Count(slot):
                    self._use(slot).grows = True
        for award in self.story.awards:
            self._use(award.slot).grows = True
        for _, one in self._options():
            if one.slot >= 0:
                self._use(one.slot).grows = True
                self._use(one.slot).constants.add(one.times - 1)

    def _options(self) -> Iterator[tuple[int, s.Option]]:
        for pc, one in enumerate(self.story.code):
            if isinstance(one, s.Offer):
                yield from ((pc, option) for option in one.options)
        for thing in self.story.things:
            if isinstance(thing, s.Room):
                yield from ((-1, option) for option in thing.choices)

    def _effect(self, pc: int, statement: ast.stmt) -> None:
        for one in self.relevance.writes[pc]:
            use = self._use(one.slot)
            if one.step is not None:
                use.grows |= one.step > 0
                use.falls |= one.step < 0
            elif one.reads:
                use.exact = True
        stepped = any(one.step is not None for one in self.relevance.writes[pc])
        if isinstance(statement, ast.Assign | ast.Expr) and not stepped:
            self._condition(statement.value)

    def _caps(self) -> Iterator[tuple[int, int, int]]:
        for slot, use in self.uses.items():
            one = self.story.slots[slot]
            if (
                slot in (self.story.turns, self.story.over)
                or use.exact
                or not self.relevance.has(slot)
                or one.kind not in (s.SlotKind.NUMBER, s.SlotKind.COUNT)
            ):
                continue
            low, high = min(use.constants, default=0) - 1, max(use.constants, default=0) + 1
            low, high = -_FAR if use.grows else low, _FAR if use.falls else high
            if low > one.low or high < one.high:  # else it never has a value that another stands for
                yield slot, low, high

    def _latest(self) -> int:
        """Late enough for every age of a mark to have room before it, and for every turn that is compared."""
        oldest = max((age for _, age in self.stamps), default=0)
        if not self.counts_turns:
            return max(oldest, _NOW) if self.stamps else 0
        use = self._use(self.story.turns)
        return _FAR if use.exact else max(max(use.constants, default=0) + 1, oldest)

    def _stamps(self) -> Iterator[tuple[int, int]]:
        for slot, use in self.ages.items():
            if self.relevance.has(slot):
                yield slot, (_FAR if use.exact else max(use.constants, default=0) + 1)


def _capping(caps: tuple[tuple[int, int, int], ...]) -> Callable[[list[int]], None]:
    """Return what keeps slots between the least and the greatest value that are told apart."""
    lines = [f" if v[{slot}] > {high}: v[{slot}] = {high}" for slot, _, high in caps if high < _FAR]
    lines += [f" if v[{slot}] < {low}: v[{slot}] = {low}" for slot, low, _ in caps if low > -_FAR]
    space: dict[str, Any] = {}
    exec("\n".join(["def cap(v):", *lines, " return"]), space)  # noqa: S102 - numbers only
    capping: Callable[[list[int]], None] = space["cap"]
    return capping


def _slot(node: ast.Subscript) -> int:
    assert isinstance(node.slice, ast.Constant)  # noqa: S101 - slots are numbers
    return int(node.slice.value)  # type: ignore[arg-type] # as above


def conditions(relevance: Relevance) -> Iterator[Code]:
    """All conditions that decide something."""
    story: Story = relevance.story
    found: list[Any] = [*relevance.goals, *story.space.dark.values(), *story.space.lights.values()]
    for pc, one in enumerate(story.code):
        match one:
            case s.Unless(code) if relevance.reads[pc]:
                found.append(code)
            case s.Offer(options):
                found += [option.open for option in options]
            case s.Draw(opens=opens):
                found += opens
            case s.Pick(candidates=candidates):
                found += [candidate.open for candidate in candidates]
    found += [one.open for dealt in story.storylets.values() for one in dealt]
    found += [one.when for one in story.rules]
    found += [one.when for one in story.awards]
    found += [guard for verb in story.verbs.values() for guard, _ in verb.rules]
    for thing in (*story.things,):
        found += [hook.open for hook in thing.hooks.all]
        if isinstance(thing, s.Room):
            found += [one.open for one in thing.choices]
            found += [code for way in thing.exits for code in (way.open, way.there)]
        if isinstance(thing, s.Character):
            found += [one.open for one in thing.topics]
            found += [one.open for one in thing.moves]
    found += [hook.open for hook in story.hooks.all]
    yield from (code for code in found if code is not None)
