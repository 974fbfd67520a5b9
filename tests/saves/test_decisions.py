"""What was done, as lines of a saved game."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pianist_quest.engine import begin
from pianist_quest.engine.turn import Ask, Choose, Do, Drop, Examine, Go, Inventory, Look, Take, Talk, Wait
from pianist_quest.saves.decisions import LONGEST, first_words, parts, read, written
from pianist_quest.saves.document import SaveError
from pianist_quest.saves.renaming import renamed
from scenario import story_of

if TYPE_CHECKING:
    from pathlib import Path

names = st.from_regex(r"[a-z][a-z_]{0,5}", fullmatch=True)
actions = st.one_of(
    st.builds(Choose, st.integers(0, 99)),
    st.builds(Go, names),
    st.sampled_from([Look(), Inventory(), Wait()]),
    st.builds(Examine, names),
    st.builds(Take, names),
    st.builds(Drop, names),
    st.builds(Talk, names),
    st.builds(Ask, names, st.integers(0, 9)),
    st.builds(Do, names, st.lists(st.tuples(names, names), max_size=2).map(tuple)),
)


@given(st.lists(actions, min_size=1, max_size=3).map(tuple))
def test_what_is_written_is_read_again(done: tuple[Look, ...]) -> None:
    assert read(written(done)) == done


def test_a_line_reads_like_what_was_done() -> None:
    assert written((Take("lamp"), Do("put_in", (("item", "lamp"), ("second", "box"))))) == (
        "take lamp; do put_in item=lamp second=box"
    )


def test_choices_and_topics_have_their_words() -> None:
    assert written((Choose(2), Go("north")), "Open it") == "choose 2 Open it; go north"
    assert parts("choose 2 Open it; ask ene 1 the well, again") == (
        (Choose(2), "Open it"),
        (Ask("ene", 1), "the well, again"),
    )


def test_words_hold_nothing_that_parts_actions(tmp_path: Path) -> None:
    label = "Look; listen \u2013 and then " + "wait " * 30
    story = story_of(tmp_path, f"rooms: {{hall: {{name: Hall, choices: ['{label}']}}}}")
    words = first_words(story, begin(story, 1).state, (Choose(0),))
    assert words.startswith("Look, listen \u2013 and then wait")
    assert len(words) <= LONGEST
    assert first_words(story, begin(story, 1).state, (Choose(9),)) == ""


def test_new_names_leave_the_words_of_choices_alone() -> None:
    lines = ["choose 1 Go to the hall", "ask hall 0 the hall", "go hall; take hall"]
    assert renamed({"decisions": lines}, {"hall": "parlour"})["decisions"] == [
        "choose 1 Go to the hall",
        "ask parlour 0 the hall",
        "go parlour; take parlour",
    ]


@pytest.mark.parametrize(
    "line", ["", "fly", "choose", "choose -1", "choose x", "choose 99999999999", "ask ene", "go ", "look at"]
)
def test_what_nobody_can_do_is_damage(line: str) -> None:
    with pytest.raises(SaveError, match="nothing that can be done"):
        read(line)
