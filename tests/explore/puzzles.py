"""Puzzle worlds made by a seed: rooms in a ring, locked doors, their keys in containers, a load to be carried."""

from __future__ import annotations

from random import Random

import yaml


def puzzle(seed: int, rooms: int, things: int, doors: int) -> str:
    """Return a world in which the goal lies behind the last of some locked doors.

    Of the portable things, as many are keys as there are doors; a key lies in a box behind no door that needs it.
    The player can carry three things.
    """
    chance = Random(seed)  # noqa: S311 - nothing secret
    names = [f"room{one}" for one in range(rooms)]
    world: dict[str, object] = {"format": 1, "title": "A puzzle", "start": "room0", "carry": 3}
    made: dict[str, dict[str, object]] = {name: {"name": name, "exits": {}} for name in names}
    items: dict[str, dict[str, object]] = {}
    behind = sorted(chance.sample(range(1, rooms), doors))
    for one in range(1, rooms):
        door = f"door{behind.index(one)}" if one in behind else ""
        for here, there, word in ((one - 1, one, "on"), (one, one - 1, "back")):
            exits = made[names[here]]["exits"]
            assert isinstance(exits, dict)
            exits[word] = {"to": names[there], **({"door": door} if door else {})}
    for index, room in enumerate(behind):
        place = chance.randrange(room)
        items[f"door{index}"] = {"name": f"door {index}", "door": True, "locked": True, "key": f"key{index}"}
        box = {
            "name": f"box {index}",
            "at": names[place],
            "fixed": True,
            "container": True,
            "open": chance.random() < 0.5,
        }
        items[f"box{index}"] = box
        items[f"key{index}"] = {"name": f"key {index}", "at": f"box{index}"}
    for index in range(things - doors):
        items[f"thing{index}"] = {"name": f"thing {index}", "at": chance.choice(names)}
    made[names[-1]]["choices"] = [{"label": "Go home", "goto": "home"}]
    world |= {"rooms": made, "items": items, "endings": {"home": {"name": "Home"}}}
    return yaml.safe_dump(world, sort_keys=False)
