"""What was done, as lines of a saved game."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pianist_quest.engine.turn import Ask, Choose, Do, Drop, Examine, Go, Inventory, Look, Take, Talk, Wait
from pianist_quest.saves.decisions import read, written
from pianist_quest.saves.document import SaveError

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


@pytest.mark.parametrize(
    "line", ["", "fly", "choose", "choose -1", "choose x", "choose 99999999999", "ask ene", "go ", "look at"]
)
def test_what_nobody_can_do_is_damage(line: str) -> None:
    with pytest.raises(SaveError, match="nothing that can be done"):
        read(line)
