"""A world's text as a page: every text is in it, whatever it holds, and nothing in it is markup of the author's."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from pianist_quest.authoring.readable import as_html
from pianist_quest.cli import main
from pianist_quest.opening import right_world
from support import HEADER

if TYPE_CHECKING:
    from pathlib import Path

EMPTY = {"meta", "link", "br", "hr", "img", "input"}
WORLD = """
variables: {lit: false, n: 0}
rooms:
  hall:
    name: Hall <script>
    text: "*It is* {lit: bright | dark}, {one|two} & {n} of <b>them</b>."
    again: Hall.
    enter: {if: lit, once: true, text: A hum., else: Silence.}
    exits: {north: {to: loft, if: lit, otherwise: Too dark., text: Up you go.}}
    choices:
      - {label: Light it, unless: lit, once: true, do: lit = true, text: A match.}
      - {label: Count, if: n < 3, otherwise: you have counted, do: [n += 1, lit = false], call: counting(n)}
  loft: {name: Loft, exits: {south: hall}, dark: not lit, dark_text: Black.}
scenes:
  counting(k): ["{k}.", {chance: [Heads., Tails.]}, {rotate: [Left., Right.]}, {storylet: noise}]
  unused: [{choices: [{Go home: [{goto: end}]}]}]
storylets: {mouse: {tags: noise, if: lit, text: A mouse.}}
items: {cup: {name: cup, text: Chipped., fixed: It is glued., at: hall, actions: {kick: Ow.}}}
characters:
  ene: {name: Ene, at: loft, talk: She nods., topics: [{label: Ask, text: No.}], instead: [{on: take, text: Never.}]}
verbs: {kick: {phrases: ["kick {thing}"], rules: [{if: lit, text: Bang.}], otherwise: Nothing.}}
rules: {dusk: {when: n > 2, text: Dusk.}}
marks: {keen: {name: Keen, when: n > 1, text: Count twice.}}
endings: {end: {name: The end, text: Over.}}
"""
TOLD = (
    "Hall &lt;script&gt;", "<em>It is</em>", "lit?", "bright", "dark", "one", "two", "&lt;b&gt;them&lt;/b&gt;",
    "A hum.", "Silence.", "Too dark.", "Up you go.", "Light it", "unless lit", "A match.", "if n &lt; 3",
    "you have counted",
    "n += 1; lit = false", "Black.", "Heads.", "Right.", "a storylet of noise", "A mouse.", "Chipped.", "It is glued.",
    "Ow.", "She nods.", "Ask", "No.", "instead take", "Never.", "Bang.", "Nothing.", "when n &gt; 2", "Dusk.",
    "Count twice.", "Over.", "one after another", 'at <a href="#loft">loft</a>',
    'go to <a href="#end">end</a>', 'play <a href="#counting">counting</a>',
)  # fmt: skip


class Balanced(HTMLParser):
    """Notes tags that are not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name == "href" and value]
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def read(page: str) -> Balanced:
    parser = Balanced()
    parser.feed(page)
    parser.close()
    return parser


def test_every_text_is_on_the_page(tmp_path: Path) -> None:
    (tmp_path / "world.yaml").write_text(HEADER + WORLD, "utf-8")
    world = right_world(tmp_path / "world.yaml")
    assert not isinstance(world, str), world
    page = as_html(world)
    assert [part for part in TOLD if part not in page] == []


@pytest.mark.parametrize("world", ["first_steps", "night_market", "tuners_den"])
def test_the_page_is_whole(world: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    assert main(["export", world, str(file)]) == 0
    found = read(file.read_text("utf-8"))
    assert (found.open, found.wrong) == ([], [])
    assert len(found.ids) == len(set(found.ids))
    assert {link.removeprefix("#") for link in found.links} <= set(found.ids)


def test_the_page_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "first_steps"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("<!DOCTYPE html>")
    assert "http" not in said
