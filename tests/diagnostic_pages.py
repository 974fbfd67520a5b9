"""The pages in docs/diagnostics: their examples as files, and what `check` says of them.

A page's blocks under "## Example" are one world. `# file: NAME` begins a file (the first is `world.yaml`),
`# link: NAME -> TARGET`, `# pipe: NAME` and `# size: NAME N` make what is no plain text, `# limit: NAME = N`
lowers a limit. In a block fenced as `yaml bytes`, `\\xNN` is a byte.

Run as a program this writes what `check` says now into all pages; read the difference before you keep it.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.diagnostics.report import text_report
from pianist_quest.story.compile import compile_world
from pianist_quest.worldfile import nodes
from pianist_quest.worldfile.load import load_world

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parents[1] / "docs" / "diagnostics"
PARTS = ("Example", "What check says", "What to do")
_FENCE = re.compile(r"^```(yaml|yaml bytes|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ORDER = re.compile(r"# (file|link|pipe|size|limit): (.+)\n?")


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its code, its parts by title, the example's lines by file, the promised output."""

    code: str
    meaning: str
    parts: dict[str, str]

    @property
    def promised(self) -> str:
        """What the page says that `check` says."""
        match = _FENCE.search(self.parts["What check says"])
        return match[2] if match else ""

    def examples(self) -> Iterator[bytes]:
        """Yield the example's blocks."""
        for kind, text in _FENCE.findall(self.parts["Example"]):
            data = text.encode()
            if kind == "yaml bytes":
                data = re.sub(rb"\\x([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), data)
            yield data


def read(path: Path) -> Page:
    """Return the page in a file."""
    title, *parts = re.split(r"^## (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    code, _, meaning = title.removeprefix("# ").partition("\n")
    return Page(code, meaning.strip(), dict(zip(parts[::2], parts[1::2], strict=True)))


def replay(page: Page, folder: Path) -> tuple[Problems, str]:
    """Write the example into an empty folder; return what `check` finds and says, paths being relative."""
    limits: dict[str, int] = {}
    for data in page.examples():
        _write(data, folder, limits)
    alone = [path.name for path in folder.iterdir()] == ["world.yaml"]
    with chdir(folder), _limited(limits):
        problems = Problems(advised="--advice" in page.meaning)
        world = load_world(Path("world.yaml" if alone else "."), problems)
        if world is not None:
            compile_world(world, problems)
        return problems, text_report(problems)


def _write(data: bytes, folder: Path, limits: dict[str, int]) -> None:
    name, lines = "world.yaml", dict[str, list[bytes]]()
    for line in data.splitlines(keepends=True):
        order = _ORDER.fullmatch(line.decode(errors="replace"))
        if order is None:
            lines.setdefault(name, []).append(line)
        elif order[1] == "file":
            name = order[2]
            lines[name] = []
        else:
            _special(order[1], order[2], folder, limits)
    for name, content in lines.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"".join(content))


def _special(kind: str, what: str, folder: Path, limits: dict[str, int]) -> None:
    if kind == "limit":
        name, _, value = what.partition(" = ")
        limits[name] = int(value)
    elif kind == "link":
        name, _, target = what.partition(" -> ")
        (folder / name).symlink_to(target)
    elif kind == "pipe":
        os.mkfifo(folder / what)
    else:
        name, size = what.split()
        with (folder / name).open("wb") as file:
            file.truncate(int(size))


@contextmanager
def _limited(limits: dict[str, int]) -> Iterator[None]:
    before = {name: getattr(nodes, name) for name in limits}
    for name, value in limits.items():
        setattr(nodes, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(nodes, name, value)


def rewrite(path: Path) -> None:
    """Put what `check` says now into a page."""
    page = read(path)
    with tempfile.TemporaryDirectory() as folder:
        said = replay(page, Path(folder))[1]
    text = path.read_text(encoding="utf-8")
    head, title, rest = text.partition("## What check says\n")
    block = f"\n```text\n{said}```\n"
    _, next_title, tail = rest.partition("\n## What to do\n")
    path.write_text(f"{head}{title}{block}{next_title}{tail}", encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:] or sorted(path.stem for path in FOLDER.glob("*.md")):
        rewrite(FOLDER / f"{name}.md")
