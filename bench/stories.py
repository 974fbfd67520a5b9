"""The same stories for us and for the peers, in any size: knots with choices, and rooms with exits."""

from __future__ import annotations

COUNTERS, HIGH, CHOICES = 4, 5, 4


def ways(knot: int, knots: int) -> list[tuple[int, int]]:
    """Return where the choices of a knot lead, and the counter that each turns up."""
    return [((knot * 7 + one * 13 + 1) % knots, (knot + one) % COUNTERS) for one in range(CHOICES)]


def our_knots(knots: int) -> str:
    """Return a story of knots as a world: inline text, conditions, counters."""
    lines = ["format: 1", "title: Bench", "start: k0", "rooms: {hall: {name: Hall}}", "variables:"]
    lines += [f"  c{one}: {{start: 0, min: 0, max: {HIGH}}}" for one in range(COUNTERS)]
    lines.append("scenes:")
    for knot in range(knots):
        counter = knot % COUNTERS
        lines += [
            f"  k{knot}:",
            f'    - "You are at {knot}. {{c{counter} > 2: It is late. | It is early.}}"',
            "    - choices:",
        ]
        for one, (to, turned) in enumerate(ways(knot, knots)):
            told = f"text: On to {to}."
            lines.append(f"      - {{label: Choice {one}, do: c{turned} += 1, {told}, goto: k{to}}}")
    return "\n".join([*lines, ""])


def ink_knots(knots: int) -> str:
    """Return the same story in ink."""
    lines = [*(f"VAR c{one} = 0" for one in range(COUNTERS)), "-> k0"]
    for knot in range(knots):
        lines += [f"=== k{knot}", f"You are at {knot}. {{c{knot % COUNTERS} > 2: It is late.|It is early.}}"]
        for one, (to, turned) in enumerate(ways(knot, knots)):
            step = f"  ~ c{turned} = MIN(c{turned} + 1, {HIGH})"
            lines += [f"+ Choice {one}", step, f"  On to {to}.", f"  -> k{to}"]
    return "\n".join([*lines, ""])


def our_rooms(rooms: int) -> str:
    """Return a map of rooms as a world, about 520 bytes a room: texts with conditions, exits, a choice, things."""
    lines = ["format: 1", "title: Rooms", "start: room_0", "variables:"]
    lines += [f"  seen_{one}: false" for one in range(50)]
    return "\n".join([*lines, *_some(0, rooms, rooms), ""])


def files_of_rooms(rooms: int, each: int = 10_000) -> dict[str, str]:
    """Return the same in files of so many rooms, by their names: one file holds at most a million values."""
    texts = {
        f"rooms_{first}.yaml": "\n".join([*_some(first, first + each, rooms), ""]) for first in range(0, rooms, each)
    }
    header = our_rooms(0).partition("rooms:")[0]
    return {"world.yaml": header, **texts}


def _some(first: int, last: int, rooms: int) -> list[str]:
    """Return the lines of some of the rooms and of what lies in them."""
    lines = ["rooms:"]
    for room in range(first, last):
        seen = f"seen_{room % 50}"
        north, south, east = (room + 1) % rooms, (room - 1) % rooms, (room * 7 + 3) % rooms
        lines += [
            f"  room_{room}:", f"    name: Room {room}", "    text: |",
            f"      A long passage with {room} tiles on the floor, and a window that nobody has opened since the war.",
            f"      {{{seen}: Somebody has been here. | It smells of cedar and machine oil.}}",
            f"    again: The passage of {room} tiles.",
            f"    exits: {{north: room_{north}, south: room_{south}, east: {{to: room_{east}, if: {seen}}}}}",
            "    choices:",
            f"      - label: Look under tile {room}", "        once: true", f"        do: {seen} = true",
            "        text: There is a coin under it, and under the coin another tile.",
        ]  # fmt: skip
    return [
        *lines,
        "items:",
        *(f"  stone_{one}: {{name: stone {one}, at: room_{one}}}" for one in range(first, last, 10)),
    ]


COMMANDS = ("north", "look", "north", "south", "inventory", "north", "look", "south")
"""What is typed in the map of rooms, again and again."""
