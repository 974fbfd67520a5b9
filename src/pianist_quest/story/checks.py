"""What only the whole of a story shows: loops, what nothing leads to, what nobody asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.diagnostics.codes import Code as Finding
from pianist_quest.diagnostics.diagnostic import did_you_mean
from pianist_quest.worldfile.nodes import complain
from pianist_quest.worldfile.things import FIELDS_OF, THING_FIELDS

from .flow import can_run_out, loops
from .loose_ends import LooseEnds
from .story import NOTHING
from .types import thing
from .ways import nearly, whole

if TYPE_CHECKING:
    from pianist_quest.worldfile import model

    from . import story as s
    from .assemble import Assembler


class Checks:
    """Looks a world over that has been put together."""

    def __init__(self, world: model.World, out: Assembler) -> None:
        self.world, self.out, self.names = world, out, out.names
        self.problems = out.names.problems

    def unread(self) -> None:
        """Report a thing's own properties that nothing asks for: they are misspelt keys, as a rule."""
        for _, kind, common, _ in self.names.every:
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
        self.check_values()
        if not self.problems.errors:
            self.unreached()
            self.names_told_apart()
            self.exits()
            LooseEnds(self.world, self.out).report()

    def check_values(self) -> None:
        """Report scenes with values that can be begun again before they have ended: the values would be lost."""
        ahead: dict[str, set[str]] = {}
        for link in self.out.links:
            ahead.setdefault(link.start, set()).add(link.end)
        for ref, storylet in self.world.storylets:
            for tag in storylet.tags:
                ahead.setdefault(f"tag {tag.name}", set()).add(f"storylet {ref.name}")
        valued = {f"scene {ref.name}" for ref, scene in self.world.scenes if scene.parameters}
        for link in self.out.links:
            if link.is_call and link.start in valued and link.start in _reachable(link.end, ahead):
                message = f"{link.start} can begin again before this call ends, and lose its values"
                hint = "go there with `goto`, or put what must be kept into variables"
                complain(self.problems, Finding.VALUES_LOST, link.ref.at, message, hint=hint)

    def unreached(self) -> None:
        """Warn of scenes and endings that nothing leads to."""
        reached = {self.world.header.start.name, *self.out.reached}
        for section, what in ((self.world.scenes, "scene"), (self.world.endings, "ending")):
            for ref, _ in section:
                if ref.name not in reached:
                    hint = f"lead to it: `goto: {ref.name}`" + (f" or `call: {ref.name}`" if what == "scene" else "")
                    message = f"nothing leads to the {what} `{ref.name}`"
                    complain(self.problems, Finding.UNREACHED, ref.at, message, hint=hint)

        for ref, _ in self.world.music:
            if ref.name not in self.out.played:
                hint = f"play it in a script: `- play: {ref.name}`"
                complain(self.problems, Finding.UNREACHED, ref.at, f"nothing plays the music `{ref.name}`", hint=hint)
        self.unreached_things()
        for ref, award in self.world.marks:
            if award.when is None and ref.name not in reached:
                hint = f"say when: `when: ...`, or pass it in a script: `- mark: {ref.name}`"
                complain(self.problems, Finding.UNREACHED, ref.at, f"nothing earns the mark `{ref.name}`", hint=hint)

    def unreached_things(self) -> None:
        """Warn of rooms that nothing leads to, and of items that are never anywhere."""
        led = {way.to.name for _, room in self.world.rooms for way in room.exits}
        led |= {self.world.header.start.name, *self.out.reached}
        for ref, room in self.world.rooms:
            # A room that is but a name is a place behind the stage.
            if ref.name not in led and (room.text or room.exits or room.choices or room.enter):
                hint = f"lead to it by an exit, or by `goto: {ref.name}`"
                complain(self.problems, Finding.UNREACHED, ref.at, f"nothing leads to the room `{ref.name}`", hint=hint)
        space = self.names.space
        for ref, _ in self.world.items:
            number = self.names.symbols[ref.name].number
            never = number not in space.scattered and space.located[number][1] == NOTHING
            if never and not self.out.names.changes.moves(ref.name, frozenset(self.names.symbols)):
                hint = f"say where it is: `at: hall`, or move it there: `move({ref.name}, hall)`"
                message = f"the item `{ref.name}` is nowhere, and nothing moves it"
                complain(self.problems, Finding.UNREACHED, ref.at, message, hint=hint)

    def names_told_apart(self) -> None:
        """Warn of items and characters that share all their names, so that a player cannot say which is meant."""
        first: dict[tuple[frozenset[str], int], model.Ref] = {}
        for ref, kind, common, _ in self.names.every:
            if kind not in ("item", "character"):
                continue
            number = self.names.symbols[ref.name].number
            slot, start = self.names.space.located[number]
            names = frozenset(name.casefold() for name in (common.name, *common.aka))
            # What never moves, in different rooms, is never met together.
            place = -1 if slot >= 0 or number in self.names.space.scattered else start
            other = first.setdefault((names, place), ref)
            if other is not ref:
                message = f"`{ref.name}` and `{other.name}` have the same names: nobody can say which is meant"
                others = ((other.at.span, "the other is here"),)
                hint = "give each a name or an `aka` of its own"
                complain(self.problems, Finding.SAME_NAME, ref.at, message, hint=hint, others=others)

    def exits(self) -> None:
        """Warn of exits whose word is nearly a direction."""
        for _, room in self.world.rooms:
            for way in room.exits:
                word = whole(way.direction.name)
                meant = nearly(word)
                if meant:
                    message = f"the exit `{word}` is nearly a direction"
                    note = f"did you mean `{meant}`?"
                    complain(self.problems, Finding.ODD_EXIT, way.direction.at, message, note=note)

    def check_start(self, story: s.Story) -> None:
        """Report a start that can run out of steps before the player is in a room."""
        if story.start in can_run_out(story, story.start):
            ref = self.world.header.start
            message = f"the scene `{ref.name}` can run out before the player is in a room"
            hint = "let each way through it `goto` a room, a scene that does, or an ending"
            complain(self.problems, Finding.NOWHERE, ref.at, message, hint=hint)


def _reachable(start: str, ahead: dict[str, set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        new = ahead.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found
