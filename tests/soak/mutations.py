"""Small worlds, changed by chance: bytes, lines, words, parts of their trees. For the fuzzer."""

from __future__ import annotations

import contextlib
import re
import sys
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from hostile_files import every_file
from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.story.compile import compile_world
from pianist_quest.worldfile.load import load_world

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

ROOT = Path(__file__).parents[2]
WORDS = re.compile(r"\w+|[^\w\s]")
HEADER = "format: 1\ntitle: A test\nstart: hall\n"
LARGEST = 6_000
"""The largest file that is changed, in bytes: what large ones do is measured elsewhere."""
LOADER, DUMPER = getattr(yaml, "CSafeLoader", yaml.SafeLoader), getattr(yaml, "CSafeDumper", yaml.SafeDumper)
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made there
"""Where files are written that are read at once."""


@cache
def sound() -> tuple[str, ...]:
    """Those of the worlds that can be played."""
    return tuple(text for text in worlds() if _is_sound(text))


def _is_sound(text: str) -> bool:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        file, problems = Path(folder) / "world.yaml", Problems()
        file.write_bytes(text.encode("utf-8", "replace"))
        world = load_world(file, problems)
        return world is not None and compile_world(replace(world, library=()), problems) is not None


@cache
def worlds() -> tuple[str, ...]:
    """The worlds that are changed."""
    found = [text.decode("utf-8", "replace") for text in every_file().values() if len(text) < LARGEST]
    tiny = sorted((ROOT / "tests" / "conformance").rglob("*.txt"))
    found += [HEADER + file.read_text(encoding="utf-8").split("\n---\n")[0] for file in tiny]
    reference = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    found += [HEADER + text for text in re.findall(r"```yaml\n(.*?)```", reference, re.DOTALL)]
    found += [file.read_text(encoding="utf-8") for file in (ROOT / "worlds" / "first_steps").glob("*.yaml")]
    return tuple(text for text in found if len(text) < LARGEST)


@cache
def tokens() -> tuple[str, ...]:
    """The words of all of them."""
    return tuple(dict.fromkeys(word for text in worlds() for word in WORDS.findall(text)))


def changed(chance: Random, offspring: Sequence[str] = ()) -> bytes:
    """Return a world that was changed a few times."""
    text = chance.choice(chance.choice((worlds(), sound(), offspring or sound())))
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        text = chance.choice((_lines, _words, _own_words, _own_words, _joined, _tree, _alike, _alike, _cut))(
            text, chance
        )
    data = text.encode("utf-8", "replace")
    return _bytes(data, chance) if chance.random() < 0.1 else data


def _lines(text: str, chance: Random) -> str:
    lines = text.splitlines(keepends=True) or [""]
    at = chance.randrange(len(lines))
    kind = chance.randrange(4)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(chance.randrange(len(lines) + 1), lines[at])
    elif kind == 2:
        lines[at] = chance.choice((" ", "  ", "\t", "- ")) + lines[at]
    else:
        lines[at] = lines[at].lstrip() if chance.random() < 0.5 else lines[at].rstrip("\n") * 2
    return "".join(lines)


def _words(text: str, chance: Random) -> str:
    found = list(WORDS.finditer(text))
    if not found:
        return text
    one = chance.choice(found)
    return text[: one.start()] + chance.choice(tokens()) + text[one.end() :]


def _own_words(text: str, chance: Random) -> str:
    """Put a word of the text in the place of another that is written in the same kind of letters."""
    found = list(WORDS.finditer(text))
    one = chance.choice(found) if found else None
    alike = [two[0] for two in found if one and two[0] != one[0] and _kind(two[0]) == _kind(one[0])]
    return text[: one.start()] + chance.choice(alike) + text[one.end() :] if one and alike else text


def _kind(word: str) -> tuple[bool, bool]:
    return word.isdigit(), word.isidentifier()


def _joined(text: str, chance: Random) -> str:
    other = chance.choice(worlds())
    return text[: chance.randrange(len(text) + 1)] + other[chance.randrange(len(other) + 1) :]


def _cut(text: str, chance: Random) -> str:
    at, end = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
    return text[:at] + text[min(end, at + 40) :]


def _tree(text: str, chance: Random) -> str:
    """Put a part of a world's tree in the place of another, perhaps from another world."""
    return _grafted(text, chance, alike=False)


def _alike(text: str, chance: Random) -> str:
    """Put a part of a world's tree in the place of one that is called the same: most of these stay worlds."""
    return _grafted(text, chance, alike=True)


def _grafted(text: str, chance: Random, *, alike: bool) -> str:
    if "&" in text:  # a bomb of aliases would go off here
        return text
    with contextlib.suppress(Exception):  # PyYAML's own constructors stumble over much
        mine = _plain(text)
        theirs = mine if chance.random() < 0.5 else _plain(chance.choice(sound()).replace("&", "and"))
        holder, key, old = chance.choice(list(_places(mine)))
        parts = [part for _, name, part in _places(theirs) if not alike or (name == key and part != old)]
        if parts:
            holder[key] = chance.choice(parts) if alike or chance.random() < 0.8 else chance.choice(tokens())
            return yaml.dump(mine, Dumper=DUMPER, sort_keys=False, allow_unicode=True)[:LARGEST]
    return text


def _plain(text: str) -> Any:  # noqa: ANN401 - any tree
    return yaml.load(text, LOADER)  # noqa: S506 - a safe one


def _places(tree: Any, depth: int = 0) -> Any:  # noqa: ANN401 - any tree
    if depth > 12:
        return
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, part in list(pairs):
        yield tree, key, part
        yield from _places(part, depth + 1)


def _bytes(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 4)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)
