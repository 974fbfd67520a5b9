"""Scripts to instructions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.codes import Code as Finding
from pianist_quest.worldfile import model, tree
from pianist_quest.worldfile.nodes import Mapping, Scalar, complain

from . import story as s
from .effects import effect_source
from .emit import Emitter, Link
from .expressions import code
from .names import Label, Symbol
from .story import PLAYER
from .texts import Test
from .types import BUILT_IN_KINDS, Found, thing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pianist_quest.worldfile.nodes import Node

    from .types import Locals

_STEP: Final = re.compile(
    r"(?P<key>goto|call):?\s+(?P<name>[a-z]\w*)|(?P<back>return)(:?\s+true)?|(?P<set>[a-z]\w*)(\.\w+)?\s*([-+*%]|//)?=\s*\S.*"
)
"""A text that reads like a step whose key has been forgotten."""
_BEHIND_KEY: Final = re.compile(r":\s+(?:\||\[|-\s|[a-z][\w.]*\s*[-+]?=)")
"""What stands behind such a key: most texts have none, which is soon seen."""
_KEYS: Final = re.compile(r"\s(do|text|then|else|goto|call|choices):\s+(?:\||\[|-\s|[a-z][\w.]*\s*[-+]?=)")
"""A key of a step in the middle of a text."""
MOST_EACH: Final = 1_000
"""Of how many things `each` makes scripts."""
_DESTINATIONS: Final = ("scene", "ending", "mark")


class Assembler(Emitter):
    """Puts scripts into instructions."""

    # Statements

    def script(self, script: model.Script) -> None:
        """Add the instructions of a script."""
        for statement in script:
            self.statement(statement)

    def routine(self, owner: str, script: model.Script, locals_: Locals | None = None) -> int:
        """Add a script that returns at its end, -1 where there is none; return its position."""
        if not script:
            return -1
        pc = self.begin(owner, locals_)
        self.script(script)
        self.emit(s.RETURN)
        return pc

    def reply(self, owner: str, key: str, number: int = s.NOTHING) -> int:
        """Add a script that says something of the engine's own."""
        pc = self.begin(owner)
        self.emit(s.Reply(key, number))
        self.emit(s.RETURN)
        return pc

    def statement(self, statement: model.Statement) -> None:  # noqa: C901, PLR0912 - one case a statement
        """Add one statement."""
        match statement:
            case model.Say():
                self.looks_like_step(statement.text)
                self.holds_keys(statement.text)
                self.emit(s.Say(self.text(statement.text)))
            case model.Do():
                self.effects(statement.effects)
            case model.Guarded():
                self.guarded(statement)
            case model.Pick():
                self.pick(statement)
            case model.Chance():
                self.chance(statement)
            case model.Choices():
                self.offer(statement)
            case model.Goto():
                self.goto(statement.target)
            case model.Invoke():
                self.invoke(statement.target)
            case model.Each():
                self.each(statement)
            case model.Deal():
                self.deal(statement.tag)
            case model.Return():
                self.emit(s.RETURN)
            case model.Play():
                self.play(statement.music)
            case model.Mark():
                self.pass_mark(self.names.symbols[statement.name.name])

    def play(self, ref: model.Ref) -> None:
        """Add the playing of music."""
        self.played.add(ref.name)
        if ref.name in self.names.music:
            self.emit(s.Play(ref.name))
        else:
            self.names.unknown(ref.name, ref.at, None, self.names.music, "music called")

    def pass_mark(self, symbol: Symbol) -> None:
        """Add the passing of a mark: a place in a script, or one that the world awards."""
        self.reached.add(symbol.ref.name)
        if symbol.what == "award":
            self.emit(s.Earn(symbol.number))
        else:
            self.place(symbol.label)

    def looks_like_step(self, prose: model.Prose) -> None:
        """Warn of a text that says what a step would do: its key has been forgotten."""
        match = _STEP.fullmatch(prose.at.value.strip())
        if match is None or not (match["back"] or (match["name"] or match["set"]) in self.names.symbols):
            return
        key, value = match["key"] or "do", match["name"] or match[0]
        written = "return: true" if match["back"] else f"{key}: {value}"
        hint = f"write `{written}`; if it is a text, end it as a sentence"
        message = "this is shown as a text, but reads like a step"
        complain(self.names.problems, Finding.STEP_AS_TEXT, prose.at, message, hint=hint)

    def holds_keys(self, prose: model.Prose) -> None:
        """Warn of a text in which keys of a step have got stuck: it was folded, or indented too far."""
        match = _KEYS.search(prose.at.value) if _BEHIND_KEY.search(prose.at.value) else None
        if match is not None:
            message = f"`{match[1]}:` stands in this text, and reads like a key of the step"
            hint = "put it on a line of its own, indented like its neighbours"
            complain(self.names.problems, Finding.STEP_AS_TEXT, prose.at, message, part=match.span(1), hint=hint)

    def effects(self, effects: tuple[model.Effect, ...]) -> None:
        """Add effects, done in order."""
        lines = [effect_source(self.reader(one.at, chance=True), one) for one in effects]
        self.emit(s.Do(code(self.names, "\n  ".join(lines), statement=True)))

    def pick(self, statement: model.Pick) -> None:
        """Add steps of which one is done."""
        end = Label("end")
        for step in statement.steps:
            self.no_else(step)
        if statement.by is model.PickBy.ORDER:
            for step in statement.steps:
                self.guarded(step, end)
            end.pc = len(self.code)
            return
        clock = self.names.counter(self.place_name, "picks", digest_of(statement.at))
        pc = self.emit(s.RETURN)
        candidates = tuple(self.candidate(step, end) for step in statement.steps)
        end.pc = len(self.code)
        self.code[pc] = s.Pick(statement.by is model.PickBy.CONDITIONS, clock, candidates, end.pc)

    def candidate(self, step: model.Guarded, end: Label) -> s.Candidate:
        """Add one of several steps."""
        test, slot = self.guard(step)
        last = self.names.counter(self.place_name, "picked", digest_of(step.at))
        target = len(self.code)
        if slot >= 0:
            self.emit(s.Count(slot))
        self.script(step.then)
        self.jump(end)
        return s.Candidate(self.condition(test), _conditions(step.guard), last, target)

    def each(self, statement: model.Each) -> None:
        """Add a script once for each thing of a kind."""
        for _ in self.every(statement.name, statement.kind, statement.at):
            self.script(statement.script)

    def every(self, name: str, kind: str, at: Scalar) -> Iterator[None]:
        """Let a name stand for each thing of a kind in turn."""
        known = (*BUILT_IN_KINDS, *self.names.kinds)
        if kind not in known:
            self.names.unknown(kind, at, None, known, "kind")
            return
        numbers = [number for number, one in self.names.kind_of.items() if one == kind]
        if len(numbers) > MOST_EACH:
            hint = f"at most {MOST_EACH}; make a kind of the few that are meant"
            complain(
                self.names.problems, Finding.BAD_VALUE, at, f"there are {len(numbers)} things of the kind", hint=hint
            )
            return
        owner, locals_ = self.place_name, self.locals
        for number in numbers:
            self.place_name = f"{owner}({self.names.every[number - PLAYER - 1][0].name})"
            self.locals = {**locals_, name: Found(thing(kind), str(number))}
            yield
        self.place_name, self.locals = owner, locals_

    def deal(self, tag: model.Ref) -> None:
        """Add a draw of a storylet."""
        if tag.name not in self.names.storylets:
            self.names.unknown(tag.name, tag.at, None, self.names.storylets, "storylet with the tag")
            return
        slot = self.names.counter(self.place_name, "storylet", tag.name)
        self.places[self.emit(s.Deal(tag.name, slot))] = tag.at
        self.links.append(Link(self.owner, f"tag {tag.name}", tag, is_call=True))
        self.site(len(self.code), "after", tag.name)

    def once_slot(self, node: Node, what: str) -> int:
        """Return a slot that counts a step or choice that is done once."""
        return self.names.counter(self.place_name, what, digest_of(node))

    def guarded(self, step: model.Guarded, end: Label | None = None) -> None:
        """Add a step with conditions; where it was done, play goes on at `end` if that is given, else below."""
        test, slot = self.guard(step)
        done, other = end or Label("end"), Label("else")
        if test.source:
            self.unless(test, other)
        if slot >= 0:
            self.emit(s.Count(slot))
        self.script(step.then)
        if step.other or end:
            self.jump(done)
        other.pc = len(self.code)
        self.script(step.other)
        if end is None:
            done.pc = len(self.code)

    def guard(self, step: model.Guarded) -> tuple[Test, int]:
        """Return a step's whole condition, and the slot that counts it where it is done once (else -1)."""
        slot = self.once_slot(step.at, "once") if step.once else -1
        once = Test(f"v[{slot}] == 0" if slot >= 0 else "")
        return once & self.test(step.guard), slot

    def unless(self, test: Test, label: Label) -> None:
        """Add a jump to a label where a test does not hold."""
        self._jumps.append((self.emit(s.Unless(code(self.names, test.source), -1)), label))

    def no_else(self, step: model.Guarded) -> None:
        """Report an `else` where only the first of several steps is done."""
        if step.other and isinstance(step.at, Mapping):
            key = next((key for key, _ in step.at.pairs if key.value == "else"), None)
            message = "`else` has no place in a list of which the first that holds is done"
            hint = "make it the last of the list, without an `if`"
            complain(self.names.problems, Finding.BAD_RULE, key or step.at, message, hint=hint)

    def chance(self, statement: model.Chance) -> None:
        """Add a draw among branches."""
        slot = self.names.counter(self.place_name, "chance", digest_of(statement.at))
        pc = self.emit(s.RETURN)
        targets, opens, end = [], [], Label("end")
        for _, step in statement.branches:
            self.no_else(step)
            test, once = self.guard(step)
            opens.append(self.condition(test))
            targets.append(len(self.code))
            if once >= 0:
                self.emit(s.Count(once))
            self.script(step.then)
            self.jump(end)
        end.pc = len(self.code)
        weights = tuple(weight for weight, _ in statement.branches)
        self.code[pc] = s.Draw(slot, weights, tuple(targets), tuple(opens), end.pc)

    def offer(self, statement: model.Choices, *, free: bool = False) -> None:
        """Add choices; their scripts join behind. Free ones take no time."""
        pc = self.emit(s.RETURN)
        self.places[pc] = statement.at
        labels = "|".join(one.label.at.value if one.label else "" for one in statement.choices)
        self.site(pc, "choices", labels)
        join = Label("join")
        options = self.options(statement.choices, join)
        join.pc = len(self.code)
        self.code[pc] = s.Offer(tuple(replace(one, free=free) for one in options) if free else options, join.pc)

    def options(self, choices: tuple[model.Choice, ...], join: Label | None) -> tuple[s.Option, ...]:
        """Add the scripts of choices; return the choices, one for each thing where that is asked."""
        found = []
        for choice in choices:
            if choice.each is None:
                found.append(self.option(choice, join))
            else:
                found += [self.option(choice, join) for _ in self.every(*choice.each)]
        return tuple(found)

    def option(self, choice: model.Choice, join: Label | None) -> s.Option:
        """Add a choice's script, which ends at `join` or returns; return the choice."""
        if choice.label:
            self.holds_keys(choice.label)
        label = self.text(choice.label, still=True) if choice.label else ()
        otherwise = self.text(choice.otherwise, still=True) if choice.otherwise else None
        test, there = self.opening(choice.guard)
        slot = self.once_slot(choice.at, "choice") if choice.times else -1
        target = len(self.code)
        self.choices[target] = choice
        self.script(choice.body)
        if join is None:
            self.emit(s.RETURN)
        else:
            self.jump(join)
        return s.Option(label, test, there, otherwise, slot, choice.times, choice.fallback, target)

    def goto(self, target: model.Target) -> None:
        """Add a jump to a room, scene, ending or mark."""
        ref = target.ref
        symbol = self.names.symbols.get(ref.name)
        self.reached.add(ref.name)
        if symbol is None or not (symbol.what in _DESTINATIONS or symbol.type.kind == "room"):
            self.bad_target(ref, symbol, "room, scene, ending or mark", (*_DESTINATIONS,), ("room",))
            return
        self.give(symbol, target)
        self.places[len(self.code)] = ref.at
        self.links.append(Link(self.owner, f"{symbol.what} {ref.name}", ref, is_call=False))
        if symbol.what == "thing":
            self.emit(s.Enter(symbol.number))
        else:
            self.jump(symbol.label)

    def invoke(self, target: model.Target) -> None:
        """Add a call of a scene."""
        ref = target.ref
        symbol = self.names.symbols.get(ref.name)
        self.reached.add(ref.name)
        if symbol is None or symbol.what != "scene":
            self.bad_target(ref, symbol, "scene", ("scene",), ())
            return
        self.give(symbol, target)
        self.places[len(self.code)] = ref.at
        self.links.append(Link(self.owner, f"scene {ref.name}", ref, is_call=True))
        self.call(symbol.label)

    def give(self, symbol: Symbol, target: model.Target) -> None:
        """Add the values that a scene is given, all worked out before any is put in its place."""
        wanted = symbol.parameters if symbol.what == "scene" else ()
        arguments = target.call.tree.arguments if target.call and isinstance(target.call.tree, tree.Call) else ()
        if len(arguments) != len(wanted):
            values = "value" if len(wanted) == 1 else "values"
            message = f"`{target.ref.name}` takes {len(wanted) or 'no'} {values}, not {len(arguments) or 'none'}"
            others = ((symbol.ref.at.span, "it is declared here"),)
            complain(self.names.problems, Finding.WRONG_ARGUMENTS, target.ref.at, message, others=others)
        elif wanted:
            reader = self.reader(target.ref.at, chance=True)
            sources = [reader.wanted(one, kind) for one, kind in zip(arguments, wanted, strict=True)]
            places = ", ".join(f"v[{slot}]" for slot in symbol.slots)
            self.emit(s.Do(code(self.names, f"{places}, = {', '.join(sources)},", statement=True)))

    def bad_target(
        self,
        target: model.Ref,
        symbol: Symbol | None,
        wanted: str,
        whats: tuple[str, ...],
        kinds: tuple[str, ...],
    ) -> None:
        """Report a name that play cannot go to."""
        if symbol is None:
            known = self.names.of_kind(*whats, kinds=kinds)
            self.names.unknown(target.name, target.at, None, known, wanted)
        else:
            message = f"`{target.name}` is {symbol}, and a {wanted} is needed"
            others = ((symbol.ref.at.span, "it is declared here"),)
            complain(self.names.problems, Finding.WRONG_KIND, target.at, message, others=others)


def _conditions(guard: model.Guard) -> int:
    """How many conditions a guard has; the parts of an `and` count one by one."""
    trees = [one.tree for one, _ in guard.conditions]
    return sum(len(one.parts) if isinstance(one, tree.Logic) and one.op == "and" else 1 for one in trees)


def digest_of(node: Node) -> str:
    """Return what a node says, for a name that stays while it does."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Mapping):
        return "".join([f"{key.value}:{digest_of(value)};" for key, value in node.pairs])
    return "".join([f"-{digest_of(item)}" for item in getattr(node, "items", ())])
