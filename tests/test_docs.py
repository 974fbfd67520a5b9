"""Every example in the README and the docs does what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pianist_quest.authoring.exploring import Task, explore
from pianist_quest.authoring.reporting import told
from pianist_quest.authoring.walkthrough import first_difference
from pianist_quest.diagnostics.report import text_report
from pianist_quest.explore.search import Limits
from pianist_quest.story.names import EFFECTS, FUNCTIONS
from pianist_quest.worldfile.format import WORLD
from support import check, codes

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"<!-- (file|play|check|explore): (\S+) -->\n```\w*\n(.*?)```", re.DOTALL)
TOLD = [ROOT / "README.md", ROOT / "docs" / "tutorial.md"]


def blocks(text: str) -> Iterator[tuple[str, str, str]]:
    """Return the marked examples of a page: what to do with each, its name, its text."""
    for match in BLOCK.finditer(text):
        yield match[1], match[2], match[3]


def run(text: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Do what the examples of a page say, in order; return what was done."""
    monkeypatch.chdir(folder)
    done = []
    for what, name, body in blocks(text):
        path = Path(name)
        if what == "file":
            path.parent.mkdir(exist_ok=True)
            path.write_text(body, encoding="utf-8")
        else:
            bundled = ROOT / "worlds" / name
            problems, story = check(bundled if bundled.exists() else path)
            if what == "explore":
                assert story is not None
                lines = list(told(explore(story, Task(Limits(seconds=30)))))
                assert "\n".join([lines[0].rpartition(",")[0], *lines[1:]]) == body.partition("\n")[2].rstrip()
            elif what == "check":
                report = text_report(problems) or "no findings\n"
                assert "".join(body.splitlines(keepends=True)[1:]) == report
            else:
                assert story is not None, text_report(problems)
                difference = first_difference(story, re.sub(r"^\$ .*\n", "", body))
                assert difference is None, difference.text(name)
        done.append(what)
    return done


@pytest.mark.parametrize("page", TOLD, ids=lambda page: page.name)
def test_the_examples_of_a_page_do_what_it_says(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "play" in run(page.read_text(encoding="utf-8"), tmp_path, monkeypatch)


def test_an_example_that_does_not_fit_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(AssertionError):
        run("<!-- play: first_steps -->\n```text\n> look\nA cellar.\n```\n", tmp_path, monkeypatch)


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


EXAMPLE = re.compile(
    r"```yaml\n(?P<world>.*?)```\n(?:\n<!-- with:\n(?P<rest>.*?)-->\n)?\n```text\n(?P<play>.*?)```", re.DOTALL
)
REFERENCE = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
EXAMPLES = list(EXAMPLE.finditer(REFERENCE))
HEADER = {"format": "1", "title": "T", "start": "hall"}
ONLY_FIRST = re.compile(r"(?m)^(format|status|score|carry|instead):")


def section(example: re.Match[str]) -> str:
    return [line for line in REFERENCE[: example.start()].splitlines() if line.startswith("##")][-1].strip("# ")


def written(example: re.Match[str], folder: Path) -> Path:
    """Write an example and what it leaves out as a world; what the header says is in its first file."""
    parts = [example["world"], example["rest"] or ""]
    if not ONLY_FIRST.search(parts[0]):
        parts.reverse()
    said = "\n".join(parts)
    missing = "".join(f"{key}: {value}\n" for key, value in HEADER.items() if not re.search(rf"(?m)^{key}:", said))
    world = folder / "w"
    world.mkdir()
    (world / "world.yaml").write_text(missing + parts[0], encoding="utf-8")
    if parts[1]:
        (world / "more.yaml").write_text(parts[1], encoding="utf-8")
    return world


@pytest.mark.parametrize("example", EXAMPLES, ids=section)
def test_the_examples_of_the_reference_play_as_shown(example: re.Match[str], tmp_path: Path) -> None:
    problems, story = check(written(example, tmp_path))
    assert story is not None and not codes(problems), text_report(problems)  # noqa: PT018 - one report for both
    difference = first_difference(story, example["play"])
    assert difference is None, difference.text("language.md")


def test_every_example_of_the_reference_is_played() -> None:
    assert len(EXAMPLES) == REFERENCE.count("```yaml")


def keys_of(schema: object) -> Iterator[str]:
    """Return the keys that a JSON Schema knows, at any depth."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for one in schema.values():
            yield from keys_of(one)
    elif isinstance(schema, list):
        for one in schema:
            yield from keys_of(one)


def test_every_key_of_the_language_is_in_the_reference() -> None:
    definitions: dict[str, Any] = {}
    keys = {*keys_of(WORLD.schema(definitions)), *keys_of(definitions)}
    assert {"label", "topics", "hints", "choices"} <= keys
    assert [key for key in sorted(keys) if not re.search(rf"\b{key}\b", REFERENCE)] == []


def test_every_function_of_the_language_is_in_the_reference() -> None:
    assert [name for name in (*FUNCTIONS, *EFFECTS) if f"{name}(" not in REFERENCE] == []
