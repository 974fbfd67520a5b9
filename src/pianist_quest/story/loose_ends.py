"""What a world has and nothing uses, what leads nowhere, what nearly says the same: found when all else is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.diagnostics.codes import Code as Finding
from pianist_quest.worldfile.nodes import complain

from .story import SlotKind

if TYPE_CHECKING:
    from pianist_quest.worldfile import model

    from .assemble import Assembler
    from .story import Slot


class LooseEnds:
    """Looks for loose ends in a world that has been put together."""

    def __init__(self, world: model.World, out: Assembler) -> None:
        self.world, self.out, self.names = world, out, out.names
        self.problems = out.names.problems

    def report(self) -> None:
        """Warn of all of them; those that are a matter of taste are told to those who ask for advice."""
        self.variables()
        self.dead_ends()
        if self.problems.advised:
            self.ways_back()
            self.last_words()

    def variables(self) -> None:
        """Warn of variables that nothing asks for, and of those that nothing changes."""
        names = self.names
        for ref, variable in self.world.variables:
            symbol = names.symbols[ref.name]
            if symbol.what != "variable":
                continue  # a text is a constant, and may be kept for later
            if ref.name not in names.asked and not variable.label:
                message = f"nothing asks for the variable `{ref.name}`"
                hint = "ask for it in a condition or a text, give it a `label`, or delete it"
                complain(self.problems, Finding.NEVER_READ, ref.at, message, hint=hint)
            elif ref.name not in names.changed:
                value = _start(names.slots[symbol.number], names.thing_names)
                message = f"nothing changes the variable `{ref.name}`: it is always {value}"
                hint = "change it in a `do`; if it is meant to stay so, say so: `# allow: never-set`"
                complain(self.problems, Finding.NEVER_SET, ref.at, message, hint=hint)

    def dead_ends(self) -> None:
        """Warn of rooms without exits in which nothing leads on, or nothing that can be done twice."""
        starts = {link.start.partition(" ")[0] for link in self.out.links}
        if starts - {"scene", "room", "ending", "start"}:
            return  # a verb, rule, hook or topic may lead out of any room
        if len(self.world.rooms) == 1:
            return
        leaving = {link.start for link in self.out.links}
        for ref, room in self.world.rooms:
            met = room.text or room.choices or room.enter
            again = any(not choice.times for choice in room.choices)
            if room.exits or not met or (f"room {ref.name}" in leaving and (again or not room.choices)):
                continue
            message = f"nothing leads out of the room `{ref.name}`"
            if room.choices and f"room {ref.name}" in leaving:
                message += " when its choices have been taken"
            hint = "give it an exit, or a choice that can be taken again and leads on"
            complain(self.problems, Finding.DEAD_END, ref.at, message, hint=hint)

    def ways_back(self) -> None:
        """Advise on exits whose room has exits, but none back."""
        led = {ref.name: {way.to.name for way in room.exits} for ref, room in self.world.rooms}
        for ref, room in self.world.rooms:
            for way in room.exits:
                back = led.get(way.to.name)
                if back and ref.name not in back and way.to.name != ref.name:
                    message = f"no exit leads from `{way.to.name}` back to `{ref.name}`"
                    hint = "players draw maps: let the text of the way say that it leads one way only"
                    complain(self.problems, Finding.NO_WAY_BACK, way.to.at, message, hint=hint)

    def last_words(self) -> None:
        """Advise on endings that are but a name."""
        for ref, ending in self.world.endings:
            if not ending.text:
                message = f"the ending `{ref.name}` has no text: the player reads its name only"
                complain(self.problems, Finding.NO_LAST_WORDS, ref.at, message, hint="give it a `text`")


def _start(slot: Slot, things: list[str]) -> str:
    """Return what a slot holds at first, in words."""
    if slot.kind is SlotKind.ENUM:
        return slot.names[slot.start]
    if slot.kind is SlotKind.THING:
        return things[slot.start]
    return ("false", "true")[slot.start] if slot.kind is SlotKind.FLAG else str(slot.start)
