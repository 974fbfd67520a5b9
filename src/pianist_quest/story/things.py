"""Rooms, items and characters to things with scripts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pianist_quest.diagnostics.codes import Code as Finding
from pianist_quest.diagnostics.diagnostic import did_you_mean
from pianist_quest.worldfile import model
from pianist_quest.worldfile.nodes import complain
from pianist_quest.worldfile.scripts import yes_or_no

from . import story as s
from .expressions import code
from .hooks import BUILT_IN, answer, hooks
from .names import Label
from .properties import resolve
from .texts import Test
from .types import FLAG
from .ways import whole

if TYPE_CHECKING:
    from .assemble import Assembler
    from .declare import Declared


class Things:
    """Puts the things of a world together."""

    def __init__(self, world: model.World, out: Assembler, verbs: set[str]) -> None:
        self.out, self.verbs = out, verbs
        self.names = out.names
        self.exits = {whole(way.direction.name) for _, room in world.rooms for way in room.exits}

    def all(self) -> tuple[s.Thing, ...]:
        """Compile all things; numbers 0 and 1 are nothing and the player."""
        made: list[s.Thing] = [
            s.Thing(number=s.NOTHING, key="", name="nothing", kind="nothing"),
            s.Thing(number=s.PLAYER, key="player", name="you", kind="player"),
        ]
        for number, declared in enumerate(self.names.every, start=len(made)):
            made.append(self.thing(number, declared))
        return tuple(made)

    def thing(self, number: int, declared: Declared) -> s.Thing:
        """Compile one thing."""
        ref, kind, common, one = declared
        owner = f"{kind} {ref.name}"
        hooked = hooks(self.out, owner, common.hooks, self.verbs, self.exits)
        actions = {}
        for verb, script in common.actions:
            if verb.name in BUILT_IN:
                hooked = replace(hooked, instead=(*hooked.instead, answer(self.out, owner, verb.name, script)))
            elif verb.name in self.verbs:
                actions[verb.name] = self.out.routine(owner, script)
            elif verb.name not in self.names.problems.lost:
                note, message = did_you_mean(verb.name, (*BUILT_IN, *self.verbs)), f"there is no verb `{verb.name}`"
                complain(self.names.problems, Finding.UNKNOWN_VERB, verb.at, message, note=note)
        base: dict[str, Any] = {
            "number": number,
            "key": ref.name,
            "name": common.name,
            "kind": kind,
            "aka": common.aka,
            "actions": actions,
            "hooks": hooked,
        }
        match one:
            case model.Room():
                return self.room(owner, number, one, base)
            case model.Item():
                return self.item(owner, number, one, base)
            case model.Character():
                return self.character(owner, number, one, base)
        return s.Thing(**base)

    def room(self, owner: str, number: int, one: model.Room, base: dict[str, Any]) -> s.Room:
        """Compile a room: looking at it, arriving in it, its exits and choices."""
        out = self.out
        text = out.routine(owner, one.text)
        again = out.routine(owner, one.again)
        leave = out.routine(owner, one.leave)
        self.darken(number, one)
        dark = self.in_dark(owner, number, one) if one.dark else -1
        # What was visited in the dark has not been seen yet.
        seen = self.names.slot(s.Slot(f"{owner}/seen", s.SlotKind.COUNT, 0)) if dark >= 0 and again >= 0 else -1
        look = self.look(owner, number, text, dark, seen)
        arrive, first, met, arrived = self.names.rooms[number], Label("first"), Label("met"), s.Arrive(number)
        back = self.look(owner, number, again, dark) if again >= 0 else look
        out.begin(owner)
        out.place(arrive)
        out.site(arrive.pc, "arrive")
        out.leaving.add(arrive.pc)
        if again >= 0:
            been = f"v[{seen}]" if seen >= 0 else f"(n >> {number} & 1)"
            out.unless(Test(f"{been} and v[{self.names.telling}] != 1"), first)
            out.emit(arrived)
            out.call_here(back)
            out.jump(met)
            first.pc = len(out.code)
        out.emit(arrived)
        out.call_here(look)
        met.pc = len(out.code)
        out.script(one.enter)
        out.emit(s.RETURN)
        if one.hints:
            base["actions"]["hint"] = self.hints(owner, one.hints)
        choices = out.options(one.choices, None)
        exits = tuple(self.exit(owner, way, leave) for way in one.exits)
        self.check_exits(one)
        return s.Room(**base, exits=exits, choices=choices, arrive=arrive.pc, look=look, leave=leave, known=one.known)

    def hints(self, owner: str, hints: tuple[model.Hint, ...]) -> int:
        """Add the script of HINT in a room: the first hint that is due and not given yet."""
        out, given = self.out, list[int]()
        key = owner.removeprefix("room ")
        stamp = self.names.stamped(self.names.rooms[self.names.symbols[key].number])
        pc = out.begin(owner)
        for hint in hints:
            slot, later = out.once_slot(hint.step.at, "hint"), Label("later")
            given.append(slot)
            due = Test(f"v[{slot}] == 0 and v[{self.names.turns}] + 1 - v[{stamp}] >= {hint.after}")
            out.unless(due & out.test(hint.step.guard), later)
            if hint.ask:
                out.emit(s.Say(out.text(hint.ask)))
                out.offer(yes_or_no(hint.ask.at, (), (model.Return(),), hint.step.at), free=True)
            out.emit(s.Count(slot))
            out.script(hint.step.then)
            out.emit(s.RETURN)
            later.pc = len(out.code)
        left = [Test(f"v[{slot}] == 0") & out.test(hint.step.guard) for hint, slot in zip(hints, given, strict=True)]
        for test, reply in (
            (Test(" or ".join(f"({one.source})" for one in left)), "no_hint_yet"),
            (Test(" or ".join(f"v[{slot}] == 0" for slot in given)), "no_hint_now"),
        ):
            other = Label("other")
            out.unless(test, other)
            out.emit(s.Reply(reply, s.NOTHING))
            out.emit(s.RETURN)
            other.pc = len(out.code)
        out.emit(s.Reply("no_hint_left", s.NOTHING))
        out.emit(s.RETURN)
        return pc

    def darken(self, number: int, one: model.Room) -> None:
        """Note when a room is dark."""
        if one.dark is not None:
            source = self.out.reader(one.dark.at).wanted(one.dark.tree, FLAG)
            self.names.space.dark[number] = code(self.names, source)

    def in_dark(self, owner: str, number: int, one: model.Room) -> int:
        """Add a script for a room that cannot be seen."""
        pc = self.out.begin(owner)
        self.out.emit(s.Title(s.NOTHING))
        self.out.script(one.dark_text)
        if not one.dark_text:
            self.out.emit(s.Reply("dark", number))
        self.out.emit(s.RETURN)
        return pc

    def look(self, owner: str, number: int, text: int, dark: int, seen: int = -1) -> int:
        """Add a script that describes a room by one of its texts, or its darkness; `seen` counts how often it did."""
        out = self.out
        pc = out.begin(owner)
        if dark >= 0:
            out.emit(s.InDark(dark))
        out.emit(s.Title(number))
        if seen >= 0:
            out.emit(s.Count(seen))
        if text >= 0:
            out.emit(s.Brief(len(out.code) + 2))
            out.call_here(text)
        out.emit(s.Contents(number))
        out.site(len(out.code), "contents")
        out.code += (s.Reply("contents", number), s.RETURN)
        return pc

    def exit(self, owner: str, way: model.Exit, leave: int) -> s.Exit:
        """Compile an exit: leaving the room, what is said on the way, arriving."""
        out = self.out
        word = whole(way.direction.name)
        test, there = out.opening(way.guard)
        symbol = self.names.symbols.get(way.to.name)
        if symbol is None or symbol.type.kind != "room" or symbol.what != "thing":
            out.bad_target(way.to, symbol, "room", (), ("room",))
            return s.Exit(word, s.NOTHING, test, there, -1, -1, s.NOTHING)
        text = out.routine(owner, way.text)
        pc = out.begin(owner)
        for part in (leave, text):
            if part >= 0:
                out.call_here(part)
                out.leaving.add(len(out.code))
        out.jump(self.names.rooms[symbol.number])
        refusal = out.routine(owner, way.otherwise)
        return s.Exit(word, symbol.number, test, there, pc, refusal, self.door(way.door) if way.door else s.NOTHING)

    def door(self, ref: model.Ref) -> int:
        """Return the number of the door that an exit leads through, NOTHING where that is no item."""
        symbol = self.names.symbols.get(ref.name)
        if symbol is None or symbol.type.kind != "item":
            return s.NOTHING
        if not self.names.properties[symbol.number]["door"].value:
            message, hint = f"`{ref.name}` is no door", "write `door: true` where the item is declared"
            others = ((symbol.ref.at.span, "it is declared here"),)
            complain(self.names.problems, Finding.WRONG_KIND, ref.at, message, hint=hint, others=others)
        return symbol.number

    def check_exits(self, one: model.Room) -> None:
        """Report two exits with the same word."""
        seen: dict[str, model.Exit] = {}
        if len({whole(way.direction.name) for way in one.exits}) == len(one.exits):
            return
        for way in one.exits:
            first = seen.setdefault(whole(way.direction.name), way)
            if first is not way:
                others = ((first.direction.at.span, "the first is here"),)
                message = f"two exits lead `{whole(way.direction.name)}`"
                complain(self.names.problems, Finding.DUPLICATE_KEY, way.direction.at, message, others=others)

    def seen(self, owner: str, number: int, one: model.Item | model.Character) -> dict[str, Any]:
        """Compile what items and characters have in common."""
        text = self.examined(owner, number, one)
        slot, start = self.names.space.located[number]
        scenery = isinstance(one, model.Item) and one.fixed
        listed = not scenery if one.listed is None else one.listed
        here = self.out.routine(owner, one.here)
        if here >= 0:
            self.out.site(here, "here")
        return {"slot": slot, "start": start, "listed": listed, "here": here, "text": text}

    def examined(self, owner: str, number: int, one: model.Item | model.Character) -> int:
        """Add the script of looking closely: the text, then what is in or on it."""
        opens = isinstance(one, model.Item) and (one.traits.container or one.traits.surface or one.traits.openable)
        pc = self.out.begin(owner)
        self.out.script(one.text)
        if opens:
            self.out.emit(s.Reply("inside" if one.text else "only_inside", number))
        elif not one.text:
            self.out.emit(s.Reply("unremarkable", number))
        self.out.emit(s.RETURN)
        return pc

    def item(self, owner: str, number: int, one: model.Item, base: dict[str, Any]) -> s.Item:
        """Compile an item."""
        self.lighten(number, one)
        refusal = self.out.routine(owner, one.refusal)
        if one.fixed and refusal < 0:
            refusal = self.out.reply(owner, "fixed", number)
        return s.Item(**base, **self.seen(owner, number, one), refusal=refusal)

    def lighten(self, number: int, one: model.Item) -> None:
        """Note when an item gives light."""
        if one.traits.light is not None:
            source = self.out.reader(one.traits.light.at).wanted(one.traits.light.tree, FLAG)
            always, never = source == "1", source == "0"
            if not never:
                self.names.space.lights[number] = None if always else code(self.names, source)

    def character(self, owner: str, number: int, one: model.Character, base: dict[str, Any]) -> s.Character:
        """Compile a character and the conversation with them: topics are offered again after each."""
        out = self.out
        shared = self.seen(owner, number, one)
        talk, menu, silent, end = out.begin(owner), Label("menu"), Label("silent"), Label("end")
        out.script(one.talk)
        opening = out.emit(s.RETURN)
        menu.pc = len(out.code)
        offer = out.emit(s.RETURN)
        offered = out.emit(s.RETURN)
        out.places[offered] = one.thing.at
        out.site(offered, "topics")
        topics = out.options(one.topics, menu)
        silent.pc = len(out.code)
        if one.silent or not one.talk:
            out.script(one.silent)
            if not one.silent:
                out.emit(s.Reply("silent", number))
        end.pc = len(out.code)
        out.emit(s.RETURN)
        leave = s.Option((s.LEAVE_IT,), None, None, None, -1, 0, fallback=False, target=end.pc)
        any_open = code(self.names, " or ".join(_open_source(topic) for topic in topics) or "0")
        out.code[opening] = s.Unless(any_open, silent.pc)
        out.code[offer] = s.Unless(any_open, end.pc)
        out.code[offered] = s.Offer((*topics, leave), end.pc)
        return s.Character(
            **base, **shared, talk=talk, topics=topics, moves=tuple(self.move(owner, move) for move in one.moves),
            arrives=out.routine(owner, one.arrives), leaves=out.routine(owner, one.leaves),
        )  # fmt: skip

    def move(self, owner: str, one: model.Move) -> s.Move:
        """Compile a way of moving."""
        self.out.begin(owner)
        test = self.out.condition(self.out.test(one.guard))
        refs = one.wander or ((one.to,) if one.to else ())
        rooms = tuple(resolve(ref, "room", self.names) for ref in refs)
        slot = self.names.counter(owner, "move", "|".join(ref.name for ref in refs))
        return s.Move(test, one.follow, rooms, bool(one.wander), one.every, slot)


def _open_source(option: s.Option) -> str:
    """The Python of whether a topic is open."""
    once = f"v[{option.slot}] < {option.times}" if option.slot >= 0 else ""
    test = option.open.source if option.open is not None else ""
    return f"({' and '.join(one for one in (once, test) if one) or '1'})"
