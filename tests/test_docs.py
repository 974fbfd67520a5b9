"""Every example in the README and the docs does what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pianist_quest.authoring.walkthrough import first_difference
from pianist_quest.diagnostics.report import text_report
from support import check

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"<!-- (file|play|check): (\S+) -->\n```\w*\n(.*?)```", re.DOTALL)
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
            if what == "check":
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


def language_example() -> Iterator[tuple[str, int]]:
    text = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    for index, match in enumerate(re.finditer(r"```yaml\n(.*?)```", text, re.DOTALL)):
        yield match[1], index


@pytest.mark.parametrize(("example", "index"), list(language_example()))
def test_the_examples_of_the_reference_are_yaml_without_unknown_keys(example: str, index: int, tmp_path: Path) -> None:
    del index
    header = "" if "format:" in example else "format: 1\ntitle: T\nstart: hall\n"
    file = tmp_path / "w.yaml"
    file.write_text(header + example, encoding="utf-8")
    problems, _ = check(file)
    shape = {"yaml-syntax", "unknown-key", "wrong-type", "missing-key", "bad-value", "expression-syntax", "text-syntax"}
    bad = [found for found in problems if found.code.value in shape and "section" not in found.message]
    wanted = [found for found in bad if "nothing asks for it" not in found.message]
    assert wanted == [], text_report(problems)
