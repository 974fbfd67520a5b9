"""Themes: every role has a colour that can be read, and the settings about colour are kept."""

from __future__ import annotations

import re

import pytest
from prompt_toolkit.output import ColorDepth

from pianist_quest.cli import main
from pianist_quest.opening import colour
from pianist_quest.terminal.app import colour_depth, style_text
from pianist_quest.terminal.themes import THEMES
from pianist_quest.terminal.wrap import Style

ROLES = (Style.HEADING, Style.PERSON, Style.THING, Style.CHOICE, Style.REFUSAL)


def luminance(code: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2.2 has it."""
    parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("theme", "background", "least"),
    [("dark", "#000000", 4.5), ("dark", "#1e1e1e", 4.5), ("light", "#ffffff", 4.5), ("high-contrast", "#000000", 7)],
)
def test_every_colour_can_be_read(theme: str, background: str, least: float) -> None:
    found = {style: re.search(r"#\w{6}", text) for style, text in THEMES[theme].items()}
    colours = {style: match[0] for style, match in found.items() if match}
    assert set(ROLES) <= set(colours)
    assert {style: code for style, code in colours.items() if contrast(code, background) < least} == {}


def test_no_theme_has_no_colour() -> None:
    assert "#" not in "".join(THEMES["none"].values())


def test_of_a_closed_choice_the_refusal_counts() -> None:
    assert style_text(Style.QUIET | Style.REFUSAL, THEMES["dark"]).split()[-1] == THEMES["dark"][Style.REFUSAL]


@pytest.mark.parametrize(
    ("environment", "chosen", "depth"),
    [
        ({}, False, None),
        ({"NO_COLOR": "1", "FORCE_COLOR": "3"}, False, ColorDepth.DEPTH_1_BIT),
        ({"NO_COLOR": "1"}, True, None),
        ({"FORCE_COLOR": "0"}, False, ColorDepth.DEPTH_1_BIT),
        ({"FORCE_COLOR": "3"}, True, ColorDepth.DEPTH_24_BIT),
    ],
)
def test_how_many_colours(environment: dict[str, str], *, chosen: bool, depth: ColorDepth | None) -> None:
    assert colour_depth(environment, chosen=chosen) == depth


def test_reports_are_coloured_where_that_is_forced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert colour(terminal=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colour(terminal=True)


def test_a_theme_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["play", "--theme", "neon"]) == 2
    assert "high-contrast" in capsys.readouterr().err
