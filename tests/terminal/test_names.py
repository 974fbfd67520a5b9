"""Names that hold words a player types for other things."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pianist_quest.terminal.session import Session
from scenario import story_of

if TYPE_CHECKING:
    from pathlib import Path

WORLD = """
rooms:
  hall: {name: Hall, text: Bare.}
items:
  scarf: {name: NAME, text: Grey., at: hall}
characters:
  maral: {name: Maral, text: Tall., at: hall}
"""


@pytest.mark.parametrize("name", ["scarf of her aunt", "scarf for him and them", "scarf that makes it"])
def test_a_pronoun_in_a_name_stands_for_nothing_else(tmp_path: Path, name: str) -> None:
    session = Session.new(story_of(tmp_path, WORLD.replace("NAME", name)), 1)
    for line in ("x maral", "x scarf", "x it", "take it", "x it"):
        answer = session.type(line)
    assert "Grey." in str(answer.events)
