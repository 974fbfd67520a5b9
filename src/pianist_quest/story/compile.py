"""World to Story: every name resolved, every expression typed, every script put into instructions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pianist_quest.diagnostics.codes import Code as Finding
from pianist_quest.diagnostics.codes import report_unused
from pianist_quest.diagnostics.diagnostic import TooManyProblemsError
from pianist_quest.worldfile import model, tree
from pianist_quest.worldfile.nodes import Mapping, complain
from pianist_quest.worldfile.pausing import collector_paused

from . import story as s
from .assemble import Assembler
from .checks import Checks
from .declare import declare
from .expressions import code
from .formulas import Formulas
from .hooks import hooks
from .music import music
from .names import CAN
from .spoken import spoken
from .things import Things
from .types import ANY_THING, BUILT_IN_KINDS, FLAG, NUMBER, Found, thing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pianist_quest.diagnostics.diagnostic import Problems

    from .names import Names


@dataclass(frozen=True, slots=True)
class Written:
    """A story with what it was made from: the world, its names, its choices by where their scripts begin."""

    story: s.Story
    world: model.World
    names: Names
    choices: dict[int, model.Choice]


def compile_world(world: model.World, problems: Problems) -> s.Story | None:
    """Return the story of a world, or None where anything in it is an error; all findings are added."""
    written = compile_written(world, problems)
    return written.story if written else None


def compile_written(world: model.World, problems: Problems) -> Written | None:
    """Return the same with what it was made from, for authors."""
    try:
        with collector_paused():
            compiler = _Compiler(world, declare(world, problems))
            story = compiler.story()
            if not problems.errors:
                Checks(world, compiler.out).check_flow(story)
                report_unused(problems)
    except TooManyProblemsError:
        return None
    return None if problems.errors else Written(story, world, compiler.names, compiler.out.choices)


class _Compiler:
    """Puts a story together, a section at a time."""

    def __init__(self, world: model.World, names: Names) -> None:
        self.world, self.names = world, names
        self.problems = names.problems
        self.out = Assembler(names)
        names.former = {new.name: old.name for old, new in world.header.renamed}

    def story(self) -> s.Story:
        """Return the story; where there were errors it is good for nothing."""
        world, names, out = self.world, self.names, self.out
        Formulas(world, names).all()
        verbs = self.verbs()
        builder = Things(world, out, {verb.key for verb in verbs})
        things = builder.all()
        hooked = hooks(out, "world", world.hooks, builder.verbs, builder.exits)
        self.scenes()
        storylets = self.storylets()
        rules = tuple(self.rule(ref, rule) for ref, rule in world.rules)
        endings = tuple(self.ending(number, ref, one) for number, (ref, one) in enumerate(world.endings))
        promises = tuple(self.promises())
        awards = tuple(self.award(ref, one) for ref, one in world.marks)
        start = self.start()
        header = world.header
        pages = (header.about, header.content_note, header.credits)
        about, content_note, credits_ = (out.text(one, still=True) if one else () for one in pages)
        out.begin("status")
        status = tuple(self.status(part) for part in header.status)
        Checks(world, out).unread()
        items = {number: one for number, one in names.properties.items() if names.kind_of[number] == "item"}
        return s.Story(
            key=world.key, title=header.title, author=header.author, about=about, fingerprint=world.fingerprint,
            content_note=content_note, credits=credits_,
            code=out.finish(), sites=out.sites, owners=tuple(out.owners), start=start, slots=tuple(names.slots),
            leaving=frozenset(out.leaving),
            turns=names.turns, things=things, by_key={one.key: one.number for one in things if one.key},
            known=sum(1 << one.number for one in things if isinstance(one, s.Room) and one.known),
            movers=tuple(one.number for one in things if isinstance(one, s.Character) and one.moves),
            hooks=hooked, tools=names.tools, formulas=names.formulas, space=names.space,
            carry=header.carry, hints=header.hints,
            weights={number: int(one["weight"].value) for number, one in items.items()},
            plurals=frozenset(names.plurals),
            doors={number: one["open"].slot for number, one in items.items() if one["door"].value},
            worn={number: one["worn"].slot for number, one in items.items() if one["worn"].slot >= 0},
            verbs={verb.key: verb for verb in verbs},
            locals=self.passing(verbs), storylets=storylets, rules=rules, endings=endings,
            awards=awards, music=music(world), promises=promises, renamed=dict(self.renamed()),
            over=names.over, score=self.told_score(), telling=names.telling,
            status=status, statistics=self.statistics(),
        )  # fmt: skip

    def told_score(self) -> int:
        """Return the slot of the score, or -1 where its changes are not told."""
        score = self.world.header.score
        return self.names.symbols["score"].number if score is not None and score.announce else -1

    def passing(self, verbs: tuple[s.Verb, ...]) -> tuple[int, ...]:
        """Return the slots that hold something only while a script runs: verbs' holes and scenes' parameters."""
        holes = [slot for verb in verbs for slot in verb.holes.values()]
        return (*holes, *(slot for symbol in self.names.symbols.values() for slot in symbol.slots))

    # Verbs

    def verbs(self) -> tuple[s.Verb, ...]:
        """Compile the verbs of the world, then those of the library that it has not replaced."""
        taken: dict[tuple[Any, ...], model.Phrase] = {}
        library = {ref.name: (ref, one) for ref, one in self.world.library}
        own = []
        for ref, one in self.world.verbs:
            _, base = library.pop(ref.name, (None, None))
            if base is None and isinstance(one.at, Mapping) and one.at.get("phrases") is None:
                hint = "the forms a player types; only a built-in verb can do without"
                complain(self.problems, Finding.MISSING_KEY, ref.at, "a verb needs the key `phrases`", hint=hint)
            own.append(self.verb(ref, one if one.phrases or base is None else _merged(one, base), taken))
        rest = [self.verb(ref, one, taken) for ref, one in library.values()]
        return (*own, *(verb for verb in rest if verb.phrases), *spoken(self.world, self.out, taken))

    def verb(self, ref: model.Ref, one: model.Verb, taken: dict[tuple[Any, ...], model.Phrase]) -> s.Verb:
        """Compile one verb."""
        owner = f"verb {ref.name}"
        kinds: dict[str, str] = {}
        kept = [phrase for phrase in one.phrases if self.phrase(phrase, kinds, taken, quiet=one.quiet)]
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
            self.out.emit(s.RETURN)
            rules.append((code(self.names, test.source or "1"), pc))
        otherwise = self.out.routine(owner, one.otherwise, locals_)
        if otherwise < 0:
            otherwise = self.out.reply(owner, "nothing_happens")
        phrases = tuple(
            s.Phrase(tuple(s.Hole(*part) if isinstance(part, tuple) else part for part in phrase.parts))
            for phrase in kept
        )
        return s.Verb(ref.name, phrases, slots, tuple(rules), otherwise, one.free, one.quiet, one.refuses, one.aside)

    def phrase(
        self, phrase: model.Phrase, kinds: dict[str, str], taken: dict[tuple[Any, ...], model.Phrase], *, quiet: bool
    ) -> bool:
        """Check one phrase of a verb: its kinds are known, and no other is the same. The library's give way."""
        known = (*BUILT_IN_KINDS, ANY_THING, *self.names.kinds)
        seen: set[str] = set()
        for part in phrase.parts:
            if isinstance(part, str):
                continue
            name, kind = part
            hidden = self.names.symbols.get(name)
            if hidden is not None and not quiet:
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
        if first is not phrase and not quiet:
            others = ((first.at.span, "it stands here too"),)
            complain(self.problems, Finding.AMBIGUOUS_PHRASE, phrase.at, "two verbs have this phrase", others=others)
        return first is phrase

    # Scenes, rules, endings

    def scenes(self) -> None:
        """Compile the scenes."""
        for ref, scene in self.world.scenes:
            symbol = self.names.symbols[ref.name]
            mine = symbol.what == "scene" and symbol.ref is ref
            places = zip(scene.parameters, symbol.parameters, symbol.slots, strict=True) if mine else ()
            self.out.begin(f"scene {ref.name}", {name: Found(kind, f"v[{slot}]") for (name, _), kind, slot in places})
            if mine:
                self.out.place(symbol.label)
            self.out.script(scene.script)
            self.out.emit(s.RETURN)

    def storylets(self) -> dict[str, tuple[s.Storylet, ...]]:
        """Compile the storylets, by tag."""
        found: dict[str, tuple[s.Storylet, ...]] = {}
        for ref, one in self.world.storylets:
            self.out.no_else(one.step)
            pc = self.out.begin(f"storylet {ref.name}")
            self.out.place(self.names.symbols[ref.name].label)
            test, slot = self.out.guard(one.step)
            if slot >= 0:
                self.out.emit(s.Count(slot))
            self.out.script(one.step.then)
            self.out.emit(s.RETURN)
            for tag in one.tags:
                self.names.storylets[tag.name].append(code(self.names, test.source or "1"))
                entry = s.Storylet(self.out.condition(test), one.priority, one.weight, pc)
                found[tag.name] = (*found.get(tag.name, ()), entry)
        return found

    def rule(self, ref: model.Ref, rule: model.Rule) -> s.Rule:
        """Compile a rule."""
        owner = f"rule {ref.name}"
        pc = self.out.begin(owner)
        self.out.site(pc, "rule")
        self.out.guarded(rule.step)
        self.out.emit(s.RETURN)
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
        return s.Ending(ref.name, one.name, one.rank, pc, one.lost)

    def award(self, ref: model.Ref, one: model.Award) -> s.Award:
        """Compile a mark that is kept across runs."""
        self.out.begin(f"mark {ref.name}")
        text = self.out.text(one.text, still=True) if one.text else ()
        when = code(self.names, self.out.reader(one.when.at).wanted(one.when.tree, FLAG)) if one.when else None
        slot = self.names.symbols[ref.name].label.counter
        return s.Award(ref.name, one.name, text, when, slot, one.hidden)

    def promises(self) -> Iterator[s.Promise]:
        """Compile what the explorer is to prove."""
        given = self.world.header.promises
        for section, always in ((given.always, True), (given.sometimes, False)):
            for ref, one in section:
                self.out.begin(f"promise {ref.name}")
                asked = one.tree
                can = isinstance(asked, tree.Call) and asked.function == CAN and len(asked.arguments) == 1
                if can:
                    asked = asked.arguments[0]  # type: ignore[attr-defined] # it is a call
                source = self.out.reader(one.at).wanted(asked, FLAG)
                yield s.Promise(ref.name, always, can, code(self.names, source))

    def renamed(self) -> Iterator[tuple[str, str]]:
        """Yield the names that saved games may have, each with the one that stands for it now."""
        names = self.names
        for old, new in self.world.header.renamed:
            if old.name in names.symbols:
                message = f"`{old.name}` is still the name of {names.symbols[old.name]}"
                hint = "on the left stands a name that the world no longer has"
                complain(self.problems, Finding.DUPLICATE_NAME, old.at, message, hint=hint)
            elif new.name not in names.symbols:
                names.unknown(new.name, new.at, None, names.symbols, "name")
            else:
                yield old.name, new.name

    def start(self) -> int:
        """Add the script that begins the story."""
        out = self.out
        ref = self.world.header.start
        pc = out.begin("start")
        symbol = self.names.symbols.get(ref.name)
        if symbol is not None and (symbol.what == "scene" or symbol.type.kind == "room"):
            out.goto(model.Target(ref))
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
            if not slot.label:
                continue
            owner, dot, _ = slot.name.partition(".")
            symbol = self.names.symbols.get(owner)
            if symbol is not None:
                group = self.names.thing_names[symbol.number] if dot else ""
                found.append(s.Statistic(group, slot.label, number))
        return tuple(sorted(found, key=lambda one: bool(one.group)))


def _merged(own: model.Verb, base: model.Verb) -> model.Verb:
    """A verb of the library with a world's rules before its own and the world's last word."""
    return model.Verb(
        phrases=base.phrases, rules=(*own.rules, *base.rules), otherwise=own.otherwise or base.otherwise,
        free=own.free or base.free, at=own.at, quiet=base.quiet,
        refuses=base.refuses and not own.otherwise, aside=own.aside,
    )  # fmt: skip
