"""One file, twenty mistakes of twenty sorts, and one run that shows them all in the order of their places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pianist_quest.diagnostics.report import text_report
from support import check_text

if TYPE_CHECKING:
    from pathlib import Path

# Each mistake is followed, on its line, by a comment with its code.
WORLD = """
format: 2  # format-version
title: Twenty Mistakes
start: hall
colour: red  # unknown-key
variables:
  tone: {start: 12, min: 0, max: 10}  # out-of-bounds
  lean: {one_of: [tech, mind], start: heart}  # bad-value
  tempo: 1.5  # bad-number
  Week: 1  # bad-name
  player: 1  # reserved-name
rooms:
  hall:
    name: The hall
    text: The {late door.  # text-syntax
    exits: {north: kitchn}  # unknown-name
    choices:
    - if: true  # bad-choice
    enter:
    - if: true  # empty-script
    - do: hall.steps += 1  # unknown-property
    - if: here(ene)
      goto: lamp  # wrong-kind
    - if: min(1) > 0  # wrong-arguments
      text: x
    - if: frob(1)  # unknown-function
      text: x
    - if: 1 +  # expression-syntax
      text: x
    actions: {yodel: You yodel.}  # unknown-verb
items:
  lamp:  # missing-key is shown at its first key
    text: [!old It shines.]  # tag-refused
characters:
  ene: {name: Ene, aka: {a: b}}  # wrong-type
rules:
  rain: {text: It rains.}  # bad-rule
"""


def test_twenty_different_mistakes_are_shown_in_one_run_in_order(tmp_path: Path) -> None:
    problems = check_text(tmp_path, WORLD)
    found = [one.code.value for one in problems]
    written = re.findall(r"# ([a-z-]+)$", WORLD, re.MULTILINE)
    written.insert(written.index("tag-refused"), "missing-key")
    assert found == written
    assert len(set(found)) >= 20
    places = [one.label.span.start for one in problems]
    assert places == sorted(places)
    assert text_report(problems).endswith(f"\n\n{len(found)} errors\n")
