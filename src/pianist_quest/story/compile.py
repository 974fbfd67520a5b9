"""World to Story: every name resolved, every expression typed, every script put into instructions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.diagnostics.codes import Code as Finding
from pianist_quest.diagnostics.diagnostic import TooManyProblemsError, did_you_mean
from pianist_quest.worldfile import model, tree
from pianist_quest.worldfile.format import FIELDS_OF, THING_FIELDS
from pianist_quest.worldfile.nodes import complain

from . import story as s
from .assemble import Assembler
from .declare import declare, things_of
from .expressions import Found, Reader, code
from .flow import can_run_out, loops
from .things import Things
from .types import ANY_THING, BUILT_IN_KINDS, FLAG, NUMBER, UNKNOWN, Type, thing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pianist_quest.diagnostics.diagnostic import Problems

    from .names import Names

MAX_STEPS: Final = 20_000
"""How much a formula may cost to compute, in characters of all the formulas it comes to."""
MAX_CALLS: Final = 50
"""How deep formulas may call formulas."""


def compile_world(world: model.World, problems: Problems) -> s.Story | None:
    """Return the story of a world, or None where anything in it is an error; all findings are added."""
    try:
        compiler = _Compiler(world, declare(world, problems))
        story = compiler.story()
        if not problems.errors:
            compiler.check_flow(story)
    except TooManyProblemsError:
        return None
    return None if problems.errors else story


class _Compiler:
    """Puts a story together, a section at a time."""

    def __init__(self, world: model.World, names: Names) -> None:
        self.world, self.names = world, names
        self.problems = names.problems
        self.out = Assembler(names)

    def story(self) -> s.Story:
        """Return the story; where there were errors it is good for nothing."""
        world, names, out = self.world, self.names, self.out
        self.formulas()
        verbs = self.verbs()
        things = Things(world, out, {verb.key for verb in verbs}).all()
        self.scenes()
        rules = tuple(self.rule(ref, rule) for ref, rule in world.rules)
        endings = tuple(self.ending(number, ref, one) for number, (ref, one) in enumerate(world.endings))
        start = self.start()
        header = world.header
        about = out.text(header.about, still=True) if header.about else ()
        out.begin("status")
        status = tuple(self.status(part) for part in header.status)
        self.unread()
        located = [one for one in things if isinstance(one, s.Located)]
        fixtures: dict[int, tuple[int, ...]] = {}
        for one in located:
            if one.slot < 0:
                fixtures[one.start] = (*fixtures.get(one.start, ()), one.number)
        return s.Story(
            key=world.key, title=header.title, author=header.author, about=about, fingerprint=world.fingerprint,
            code=out.finish(), sites=out.sites, owners=tuple(out.owners), start=start, slots=tuple(names.slots),
            turns=names.turns, things=things, by_key={one.key: one.number for one in things if one.key},
            known=sum(1 << one.number for one in things if isinstance(one, s.Room) and one.known),
            fixtures=fixtures, movables=tuple(one.number for one in located if one.slot >= 0),
            verbs={verb.key: verb for verb in verbs},
            locals=tuple(slot for verb in verbs for slot in verb.holes.values()), rules=rules, endings=endings,
            status=status, statistics=self.statistics(),
        )  # fmt: skip

    # Formulas

    def formulas(self) -> None:
        """Type and compile the formulas, those that others use first."""
        bodies = {ref.name: (ref, one) for ref, one in self.world.formulas}
        for ref, one in bodies.values():
            symbol = self.names.symbols[ref.name]
            if symbol.ref is ref:
                kinds = tuple(self.parameter(ref, name, kind) for name, kind in one.parameters)
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
        kinds = tuple(self.parameter(ref, name, kind) for name, kind in one.parameters)
        locals_ = {
            name: Found(kind, f"a{i}") for i, ((name, _), kind) in enumerate(zip(one.parameters, kinds, strict=True))
        }
        found = Reader(self.names, one.body.at, f"formula {ref.name}", locals_).read(one.body.tree)
        symbol = self.names.symbols[ref.name]
        if symbol.ref is ref:
            self.names.symbols[ref.name] = replace(symbol, type=found.type, parameters=kinds)
        parameters = ", ".join(["v", "p", "n", *(f"a{i}" for i in range(len(kinds)))])
        # As in story.Code: the text is made here from a checked tree.
        function = compile(f"lambda {parameters}: {found.source}", "<formula>", "eval")
        self.names.env[f"f_{ref.name}"] = eval(function, self.names.env)  # noqa: S307 - as above

    def parameter(self, ref: model.Ref, name: str, kind: str) -> Type:
        """Return the type of a formula's parameter."""
        known = (*BUILT_IN_KINDS, ANY_THING, *self.names.kinds)
        if kind in known or (not kind and name in known):
            return thing(kind or name)
        if kind in ("", "number"):
            return NUMBER
        if kind != "flag":
            self.names.unknown(kind, ref.at, None, (*known, "flag", "number"), "kind")
            return UNKNOWN
        return FLAG

    # Verbs

    def verbs(self) -> tuple[s.Verb, ...]:
        """Compile the verbs of the world."""
        taken: dict[tuple[Any, ...], model.Phrase] = {}
        return tuple(self.verb(ref, one, taken) for ref, one in self.world.verbs)

    def verb(self, ref: model.Ref, one: model.Verb, taken: dict[tuple[Any, ...], model.Phrase]) -> s.Verb:
        """Compile one verb."""
        owner = f"verb {ref.name}"
        kinds: dict[str, str] = {}
        for phrase in one.phrases:
            self.phrase(phrase, kinds, taken)
        slots = {name: self.names.slot(s.Slot(f"{owner}/{name}", s.SlotKind.THING, 0)) for name in kinds}
        locals_ = {name: Found(thing(kind), f"v[{slots[name]}]") for name, kind in kinds.items()}
        rules = []
        for step in one.rules:
            self.out.no_else(step)
            pc = self.out.begin(owner, locals_)
            test, slot = self.out.guard(step)
            if slot >= 0:
                self.out.emit(s.Count(slot))
            self.out.script(step.then)
            self.out.emit(s.Return())
            rules.append((code(self.names, test.source or "1"), pc))
        otherwise = self.out.routine(owner, one.otherwise, locals_)
        if otherwise < 0:
            otherwise = self.out.reply(owner, "nothing_happens")
        phrases = tuple(
            s.Phrase(tuple(s.Hole(*p) if isinstance(p, tuple) else p for p in one_.parts)) for one_ in one.phrases
        )
        return s.Verb(ref.name, phrases, slots, tuple(rules), otherwise, one.free)

    def phrase(self, phrase: model.Phrase, kinds: dict[str, str], taken: dict[tuple[Any, ...], model.Phrase]) -> None:
        """Check one phrase of a verb: its kinds are known, and no other is the same."""
        known = (*BUILT_IN_KINDS, ANY_THING, *self.names.kinds)
        seen: set[str] = set()
        for part in phrase.parts:
            if isinstance(part, str):
                continue
            name, kind = part
            hidden = self.names.symbols.get(name)
            if hidden is not None:
                message = f"`{name}` in this phrase hides {hidden} of the same name"
                hint = f"call the place something else: `{{the_{name}:{kind}}}`"
                others = ((hidden.ref.at.span, "it is declared here"),)
                complain(self.problems, Finding.BAD_PHRASE, phrase.at, message, hint=hint, others=others)
            if kind not in known:
                self.names.unknown(kind, phrase.at, None, known, "kind")
            elif kinds.setdefault(name, kind) != kind or name in seen:
                message = f"`{name}` stands for two things in this verb"
                hint = f"give each place a name of its own: `{{first:{kind}}} ... {{second:{kind}}}`"
                complain(self.problems, Finding.BAD_PHRASE, phrase.at, message, hint=hint)
            seen.add(name)
        shape = tuple(part if isinstance(part, str) else part[1:] for part in phrase.parts)
        first = taken.setdefault(shape, phrase)
        if first is not phrase:
            others = ((first.at.span, "it stands here too"),)
            complain(
                self.problems,
                Finding.AMBIGUOUS_PHRASE,
                phrase.at,
                "two verbs have this phrase",
                others=others,
            )

    # Scenes, rules, endings

    def scenes(self) -> None:
        """Compile the scenes."""
        for ref, script in self.world.scenes:
            symbol = self.names.symbols[ref.name]
            self.out.begin(f"scene {ref.name}")
            if symbol.what == "scene" and symbol.ref is ref:
                self.out.place(symbol.label)
            self.out.script(script)
            self.out.emit(s.Return())

    def rule(self, ref: model.Ref, rule: model.Rule) -> s.Rule:
        """Compile a rule."""
        owner = f"rule {ref.name}"
        pc = self.out.begin(owner)
        self.out.guarded(rule.step)
        self.out.emit(s.Return())
        if rule.when is None:
            return s.Rule(ref.name, each_turn=True, when=None, was=-1, pc=pc)
        when = code(self.names, self.out.reader(rule.when.at).wanted(rule.when.tree, FLAG))
        was = self.names.slot(s.Slot(f"{owner}/was", s.SlotKind.COUNT, 0))
        return s.Rule(ref.name, each_turn=False, when=when, was=was, pc=pc)

    def ending(self, number: int, ref: model.Ref, one: model.Ending) -> s.Ending:
        """Compile an ending: its text, then the end."""
        owner = f"ending {ref.name}"
        text = self.out.routine(owner, one.text)
        pc = self.out.begin(owner)
        symbol = self.names.symbols[ref.name]
        if symbol.what == "ending":
            symbol.label.pc = pc
        if text >= 0:
            self.out.call_here(text)
        self.out.emit(s.End(number))
        return s.Ending(ref.name, one.name, one.rank, pc)

    def start(self) -> int:
        """Add the script that begins the story."""
        out = self.out
        ref = self.world.header.start
        pc = out.begin("start")
        symbol = self.names.symbols.get(ref.name)
        if symbol is not None and (symbol.what == "scene" or symbol.type.kind == "room"):
            out.goto(ref)
        else:
            out.bad_target(ref, symbol, "room or scene", ("scene",), ("room",))
        return pc

    def status(self, part: model.Prose | model.Meter) -> s.Text | s.Meter:
        """Compile a part of the status line."""
        if isinstance(part, model.Prose):
            return self.out.text(part, still=True)
        source = self.out.reader(part.value.at).wanted(part.value.tree, NUMBER)
        return s.Meter(code(self.names, source), part.of, part.label)

    def statistics(self) -> tuple[s.Statistic, ...]:
        """Return what STATUS shows: labelled variables, then labelled properties under their thing's name."""
        found = []
        for number, slot in enumerate(self.names.slots):
            owner, dot, _ = slot.name.partition(".")
            symbol = self.names.symbols.get(owner)
            if slot.label and symbol is not None:
                group = self.name_of(symbol.number) if dot else ""
                found.append(s.Statistic(group, slot.label, number))
        return tuple(sorted(found, key=lambda one: bool(one.group)))

    def name_of(self, number: int) -> str:
        """Return the name of a thing."""
        return things_of(self.world, self.names)[number - s.PLAYER - 1][2].name

    # What only the whole shows

    def unread(self) -> None:
        """Report a thing's own properties that nothing asks for: they are misspelt keys, as a rule."""
        for _, kind, common, _ in things_of(self.world, self.names):
            for name, variable in common.values:
                if (
                    name.name in self.names.kinds.get(kind, ())
                    or name.name in self.names.used_properties
                    or variable.label
                ):
                    continue
                fields = FIELDS_OF.get(kind, THING_FIELDS)
                note = did_you_mean(name.name, (*fields, *self.names.kinds.get(kind, ())))
                message = f"`{name.name}` is no key of {thing(kind)}, and nothing asks for it as a property"
                hint = "" if note else f"its keys are {', '.join(f'`{one}`' for one in fields)}"
                complain(self.problems, Finding.UNKNOWN_KEY, name.at, message, note=note, hint=hint)

    def check_flow(self, story: s.Story) -> None:
        """Report scripts that could run for ever, and a start that leads to no room."""
        for ring, endless in loops(story):
            places = sorted((pc for pc in ring if pc in self.out.places), key=lambda pc: self.out.places[pc].start)
            if not places:
                continue
            node = self.out.places[places[0]]
            others = tuple((self.out.places[pc].span, "and then here") for pc in places[1:4])
            owner = story.owner(places[0])
            if endless:
                message, found = f"{owner} runs for ever: the player never gets a choice", Finding.ENDLESS
            else:
                message, found = f"{owner} could run for ever without a choice", Finding.MAY_NOT_STOP
            hint = "let it end, or offer a choice that is always open"
            complain(self.problems, found, node, message, hint=hint, others=others)
        self.check_start(story)
        if not self.problems.errors:
            self.unreached()

    def unreached(self) -> None:
        """Warn of scenes and endings that nothing leads to."""
        reached = {self.world.header.start.name, *self.out.reached}
        for section, what in ((self.world.scenes, "scene"), (self.world.endings, "ending")):
            for ref, _ in section:
                if ref.name not in reached:
                    hint = f"lead to it: `goto: {ref.name}`" + (f" or `call: {ref.name}`" if what == "scene" else "")
                    message = f"nothing leads to the {what} `{ref.name}`"
                    complain(self.problems, Finding.UNREACHED, ref.at, message, hint=hint)

    def check_start(self, story: s.Story) -> None:
        """Report a start that can run out of steps before the player is in a room."""
        if story.start in can_run_out(story):
            ref = self.world.header.start
            message = f"the scene `{ref.name}` can run out before the player is in a room"
            hint = "let each way through it `goto` a room, a scene that does, or an ending"
            complain(self.problems, Finding.NOWHERE, ref.at, message, hint=hint)


def _called(part: Any) -> list[str]:  # noqa: ANN401 - any part of a tree
    """The functions that an expression calls, each as often as it is called."""
    if isinstance(part, tuple):
        return [name for one in part for name in _called(one)]
    if not isinstance(part, tree.Tree):
        return []
    inner = [called for name in type(part).__slots__ for called in _called(getattr(part, name))]
    return [*inner, part.function] if isinstance(part, tree.Call) else inner
