"""The house: an import goes down a floor, never up and never to a peer; and a test of that test."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1] / "src" / "pianist_quest"
FLOORS = [
    {"records", "digests"},
    {"diagnostics"},
    {"worldfile"},
    {"story"},
    {"engine"},
    {"explore"},
    {"saves"},
    {"terminal"},
    {"authoring"},
    {"sound"},
    {"editing"},
    {"bundled"},
    {"kept"},
    {"opening"},
    {"settings_file"},
    {"signals"},
    {"commands"},
    {"cli"},
    {"__main__"},
]
ONLY_IN = {
    "yaml": {"worldfile/nodes.py", "worldfile/mistakes.py", "worldfile/pure.py"},
    "prompt_toolkit": {
        "terminal/app.py",
        "terminal/tab.py",
        "terminal/bound.py",
        "terminal/choosing.py",
        "terminal/typed_out.py",
        *(f"terminal/full/{name}.py" for name in ("keys", "layout", "menu", "screen", "stage")),
    },
    "platformdirs": {"bundled.py", "kept.py", "settings_file.py", "saves/store.py"},
    "filelock": {"saves/locking.py"},
    "pygls": {"editing/server.py", "editing/protocol.py"},
    "lsprotocol": {"editing/server.py", "editing/protocol.py"},
    "tomlkit": {"settings_file.py"},
    "sounddevice": {"sound/player.py"},
    "mido": {"sound/midi.py"},
    "watchfiles": {"commands/watching.py"},
    "argcomplete": {"commands/completion.py"},
}


def floor(name: str) -> int:
    """Return the floor of a part of the package, counted from 0."""
    return next(number for number, names in enumerate(FLOORS) if name in names)


def imported(text: str, package: str) -> list[str]:
    """Return the modules that a file imports, written in full."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package.rsplit(".", node.level - 1)[0] if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            found += [f"{module}.{alias.name}" for alias in node.names]
    return found


def upward(name: str, text: str) -> list[str]:
    """Return what a file of the package (its path below it) imports against the rule."""
    own = name.partition("/")[0].removesuffix(".py")
    package = ".".join(["pianist_quest", *name.split("/")[:-1]])
    targets = [one.split(".")[1] for one in imported(text, package) if one.startswith("pianist_quest.")]
    known = set().union(*FLOORS)
    return [one for one in targets if one in known and one != own and floor(one) >= floor(own)]


def misplaced(name: str, text: str) -> list[str]:
    """Return the libraries that a file imports though they belong to others."""
    heads = {one.split(".")[0] for one in imported(text, "pianist_quest")}
    return [library for library in ONLY_IN if library in heads and name not in ONLY_IN[library]]


def files() -> dict[str, str]:
    """Return the text of every file of the package that stands on a floor."""
    every = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in ROOT.rglob("*.py")}
    return {name: text for name, text in every.items() if name != "__init__.py" and not name.startswith("_data/")}


def test_imports_go_down_the_floors() -> None:
    found = {name: upward(name, text) for name, text in files().items()}
    assert {name: bad for name, bad in found.items() if bad} == {}


def test_each_library_is_used_where_it_belongs() -> None:
    found = {name: misplaced(name, text) for name, text in files().items()}
    assert {name: bad for name, bad in found.items() if bad} == {}


def test_every_part_of_the_package_stands_on_a_floor() -> None:
    heads = {name.partition("/")[0].removesuffix(".py") for name in files()}
    assert heads <= set().union(*FLOORS)


def test_an_import_upward_or_to_a_peer_is_caught() -> None:
    assert upward("engine/engine.py", "from pianist_quest.terminal.app import run") == ["terminal"]
    assert upward("saves/codec.py", "from pianist_quest.authoring import check") == ["authoring"]
    assert upward("bundled.py", "from pianist_quest import cli") == ["cli"]
    assert upward("story/compile.py", "def f():\n    import pianist_quest.engine.engine") == ["engine"]
    assert upward("story/compile.py", "from ..engine import step") == ["engine"]
    assert upward("engine/engine.py", "from pianist_quest.story import story\nfrom . import turn") == []


def test_a_misplaced_library_is_caught() -> None:
    assert misplaced("terminal/plain.py", "import prompt_toolkit.formatted_text") == ["prompt_toolkit"]
    assert misplaced("worldfile/nodes.py", "import yaml") == []


def test_the_engine_touches_nothing_outside() -> None:
    outside = {"os", "sys", "io", "time", "datetime", "pathlib", "random", "secrets", "socket", "subprocess"}
    heads = {
        one.split(".")[0] for name, text in files().items() if name.startswith("engine/") for one in imported(text, "")
    }
    assert heads & outside == set()
