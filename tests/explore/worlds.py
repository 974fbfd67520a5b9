"""Small worlds made by chance: rooms, doors and keys, things, scenes, verbs, rules, draws, endings."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import strategies as st

ROOMS = ("hall", "yard", "attic")
SCENES = ("wasp", "letter")

CONDITIONS = (
    "f", "not f", "g and not f", "n > 1", "n == 0", "n < 2", "has(lamp)", "has(pin) and f", "at(yard)",
    "visited(attic)", "here(lamp)", "seen(done)", "hue == red", "f or hue != red", "inside(pin, box)", "n in (0, 2)",
    "box.open",
)  # fmt: skip
EFFECTS = (
    "f = true", "f = false", "g = not g", "n += 1", "n -= 1", "n = 2", "n = 2 - n", "move(lamp, player)",
    "move(pin, box)", "remove(lamp)", "hue = blue", "hue = red", "move(lamp, yard)", "swap(lamp, pin)",
    "box.open = true",
)  # fmt: skip
conditions = st.shared(st.sets(st.sampled_from(["lamp", "pin", "gate"]), max_size=2), key="things").flatmap(
    lambda things: st.sampled_from([one for one in CONDITIONS if _has(one, things)])
)
effects = st.shared(st.sets(st.sampled_from(["lamp", "pin", "gate"]), max_size=2), key="things").flatmap(
    lambda things: st.sampled_from([one for one in EFFECTS if _has(one, things)])
)
present = st.shared(st.sets(st.sampled_from(["lamp", "pin", "gate"]), max_size=2), key="things")


def _has(text: str, things: set[str]) -> bool:
    """Whether a text names none of the things that are not there; the box is there with the pin."""
    known = {"lamp": "lamp", "pin": "pin", "box": "pin"}
    return all(thing in things for name, thing in known.items() if name in text)


targets = st.sampled_from(["hall", "yard", "attic", "home", "lost", "wasp", "letter"])
texts = st.sampled_from(["A.", "B {n}.", "{f: yes | no}"])


@st.composite
def steps(draw: st.DrawFn, depth: int = 0) -> dict[str, Any]:
    """A step; it always says something, so that it is one."""
    step: dict[str, Any] = {"text": draw(texts)}
    if draw(st.booleans()):
        step["if"] = draw(conditions)
    if draw(st.integers(0, 3)) == 0:
        step["once"] = True
    if draw(st.booleans()):
        step["do"] = draw(st.lists(effects, min_size=1, max_size=2))
    kind = draw(st.integers(0, 9))
    if kind == 0 and depth < 2:
        step["first"] = draw(st.lists(steps(depth + 1), min_size=1, max_size=2))
    elif kind == 1 and depth < 2:
        step["chance"] = draw(st.lists(steps(depth + 1), min_size=2, max_size=2))
    elif kind == 2 and depth < 2:
        step["choices"] = draw(st.lists(choices(depth + 1), min_size=1, max_size=2))
    elif kind == 3:
        step["goto"] = draw(targets)
    elif kind == 4:
        step["call"] = draw(st.sampled_from(SCENES))
    elif kind == 5:
        step["mark"] = "done"
    return step


@st.composite
def choices(draw: st.DrawFn, depth: int = 0) -> dict[str, Any]:
    """A choice."""
    made = draw(steps(depth))
    made.pop("mark", None)
    return {"label": draw(st.sampled_from(["One", "Two", "Three"])), **made}


def marked_once(part: Any, seen: list[bool]) -> Any:  # noqa: ANN401 - any part of a world
    """A world's part with the mark `done` in one place only."""
    if isinstance(part, dict):
        if part.get("mark") and seen:
            part = {key: value for key, value in part.items() if key != "mark"}
        elif part.get("mark"):
            seen.append(True)
        return {key: marked_once(value, seen) for key, value in part.items()}
    return [marked_once(one, seen) for one in part] if isinstance(part, list) else part


@st.composite
def worlds(draw: st.DrawFn) -> str:
    """A world as YAML. It may have mistakes: whoever uses it looks at what `check` says."""
    things = draw(present)
    some = st.lists(choices(), max_size=2)
    exits = {
        "hall": {"out": "yard", "up": {"to": "attic", "door": "gate"} if "gate" in things else "attic"},
        "yard": {"in": draw(st.sampled_from(["hall", {"to": "hall", "if": "not g"}]))},
        "attic": {"down": {"to": "hall", "door": "gate"} if "gate" in things else "hall"},
    }
    rooms: dict[str, Any] = {name: {"name": name, "exits": exits[name], "choices": draw(some)} for name in ROOMS}
    for name in ROOMS:
        if draw(st.integers(0, 3)) == 0:
            rooms[name][draw(st.sampled_from(["enter", "leave"]))] = draw(steps())
    rooms["attic"]["dark"] = draw(st.sampled_from(["false", "not f"]))
    locked = "pin" in things and draw(st.booleans())
    items: dict[str, Any] = {
        "lamp": {"name": "lamp", "at": draw(st.sampled_from(ROOMS)), "light": "f"},
        "pin": {"name": "pin", "at": draw(st.sampled_from(["box", "yard", "attic"]))},
        "box": {"name": "box", "at": "hall", "fixed": True, "container": True, "open": draw(st.booleans())},
        "gate": {"name": "gate", "door": True, "open": False, **({"locked": True, "key": "pin"} if locked else {})},
    }
    kept = {*things, *({"box"} if "pin" in things else ())}
    items = {name: one for name, one in items.items() if name in kept}
    phrases = ["sing", "sing to {item}"] if items else ["sing"]
    world: dict[str, Any] = {
        "format": 1, "title": "T", "start": draw(st.sampled_from(["hall", "yard"])),
        "variables": {
            "f": False, "g": False, "n": {"start": 0, "min": 0, "max": 2},
            "hue": {"one_of": ["red", "blue"], "start": "red"},
        },
        "rooms": rooms, "items": items,
        "scenes": {name: draw(st.lists(steps(), min_size=1, max_size=3)) for name in SCENES},
        "endings": {"home": {"name": "Home"}, "lost": {"name": "Lost", "lost": True}},
        "verbs": {"sing": {"phrases": phrases, "rules": [draw(steps())], "otherwise": "La."}},
    }  # fmt: skip
    if draw(st.booleans()):
        world["characters"] = {
            "ene": {
                "name": "Ene",
                "at": "yard",
                "topics": draw(st.lists(choices(), min_size=1, max_size=2, unique_by=lambda one: one["label"])),
            }
        }
    if draw(st.integers(0, 2)) == 0:
        rule = draw(steps(2))
        world["rules"] = {
            "tick": {**rule, **({"each_turn": True} if draw(st.booleans()) else {"when": draw(conditions)})}
        }
    if draw(st.integers(0, 3)) == 0:
        world["rooms"]["yard"]["instead"] = [{"on": draw(st.sampled_from(["take", "go in", "wait"])), **draw(steps(2))}]
    return yaml.safe_dump(marked_once(world, []), sort_keys=False)
