"""Formulas: typed and made into functions that expressions can call."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.diagnostics.codes import Code as Finding
from pianist_quest.worldfile import model, tree
from pianist_quest.worldfile.nodes import complain

from .declare import parameter_type
from .expressions import Reader
from .tools import formula
from .types import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .names import Names

MAX_STEPS: Final = 20_000
"""How much a formula may cost to compute, in characters of all the formulas it comes to."""
MAX_CALLS: Final = 50
"""How deep formulas may call formulas."""


class Formulas:
    """Puts the formulas of a world where expressions find them."""

    def __init__(self, world: model.World, names: Names) -> None:
        self.world, self.names = world, names
        self.problems = names.problems

    def all(self) -> None:
        """Type and compile the formulas, those that others use first."""
        bodies = {ref.name: (ref, one) for ref, one in self.world.formulas}
        for ref, one in bodies.values():
            symbol = self.names.symbols[ref.name]
            if symbol.ref is ref:
                kinds = tuple(parameter_type(self.names, ref, name, kind) for name, kind in one.parameters)
                self.names.symbols[ref.name] = replace(symbol, parameters=kinds)
        costs: dict[str, tuple[int, int]] = {}  # of each formula done: its steps, and how deep its calls reach
        uses = {name: [one for one in _called(pair[1].body.tree) if one in bodies] for name, pair in bodies.items()}
        for name in self.ordered({name: bodies[name][0] for name in bodies}, uses):
            steps = len(bodies[name][1].body.at.value) + sum(costs.get(one, (0, 0))[0] for one in uses[name])
            depth = 1 + max((costs.get(one, (0, 0))[1] for one in uses[name]), default=0)
            costs[name] = steps, depth
            if steps > MAX_STEPS or depth > MAX_CALLS:
                message = f"`{name}` uses formulas that use formulas, too many or too deep"
                complain(self.problems, Finding.FORMULA_CYCLE, bodies[name][0].at, message)
                costs[name] = 0, 0
            self.formula(*bodies[name])

    def ordered(self, refs: dict[str, model.Ref], uses: dict[str, list[str]]) -> Iterator[str]:
        """Yield formulas, those that others use first; report those that come back to themselves."""
        done: dict[str, bool] = {}
        for root in refs:
            if root in done:
                continue
            done[root] = False
            ahead = [(root, iter(uses[root]))]
            while ahead:
                name, others = ahead[-1]
                for other in others:
                    if other not in done:
                        done[other] = False
                        ahead.append((other, iter(uses[other])))
                        break
                    if not done[other]:
                        message = f"the formula `{other}` is defined by itself"
                        complain(self.problems, Finding.FORMULA_CYCLE, refs[name].at, message)
                else:
                    ahead.pop()
                    done[name] = True
                    yield name

    def formula(self, ref: model.Ref, one: model.Formula) -> None:
        """Compile one formula."""
        kinds = tuple(parameter_type(self.names, ref, name, kind) for name, kind in one.parameters)
        locals_ = {
            name: Found(kind, f"a{i}") for i, ((name, _), kind) in enumerate(zip(one.parameters, kinds, strict=True))
        }
        found = Reader(self.names, one.body.at, f"formula {ref.name}", locals_).read(one.body.tree)
        symbol = self.names.symbols[ref.name]
        if symbol.ref is ref:
            self.names.symbols[ref.name] = replace(symbol, type=found.type, parameters=kinds)
        name = f"f_{ref.name}"
        self.names.formulas[name] = found.source
        self.names.env[name] = formula(name, found.source, len(kinds), self.names.env)


def _called(part: Any) -> list[str]:  # noqa: ANN401 - any part of a tree
    """The functions that an expression calls, each as often as it is called."""
    if isinstance(part, tuple):
        return [name for one in part for name in _called(one)]
    if not isinstance(part, tree.Tree):
        return []
    inner = [called for name in type(part).__slots__ for called in _called(getattr(part, name))]
    return [*inner, part.function] if isinstance(part, tree.Call) else inner
