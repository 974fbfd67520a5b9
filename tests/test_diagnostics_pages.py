"""Every code has its page, and every page tells the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import diagnostic_pages as pages
from pianist_quest.diagnostics.codes import Code

if TYPE_CHECKING:
    from pathlib import Path


def test_pages_and_codes_correspond_one_to_one() -> None:
    assert {path.stem for path in pages.FOLDER.glob("*.md")} == {code.value for code in Code}


@pytest.mark.parametrize("code", [code.value for code in Code])
def test_a_page_has_its_parts(code: str) -> None:
    page = pages.read(pages.FOLDER / f"{code}.md")
    assert page.code == code
    assert page.meaning
    assert tuple(page.parts) == pages.PARTS
    assert all(part.strip() for part in page.parts.values())


@pytest.mark.parametrize("code", [code.value for code in Code])
def test_a_pages_example_gives_the_output_it_shows(code: str, tmp_path: Path) -> None:
    page = pages.read(pages.FOLDER / f"{code}.md")
    problems, said = pages.replay(page, tmp_path)
    assert said == page.promised
    assert code in [found.code.value for found in problems]


@pytest.mark.parametrize("code", [code.value for code in Code])
def test_a_page_fits_a_terminal(code: str) -> None:
    text = (pages.FOLDER / f"{code}.md").read_text(encoding="utf-8")
    fenced = text.split("```")[1::2]
    prose = [line for block in text.split("```")[::2] for line in block.splitlines()]
    assert fenced
    assert max(map(len, prose)) <= 80
