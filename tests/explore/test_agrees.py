"""On worlds made by chance the explorer finds what a search without reductions finds. (500 and more: tests/soak.)"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings

from explore.agreement import disagreement, playable
from explore.naive import search
from explore.worlds import worlds
from pianist_quest.explore import operations
from pianist_quest.explore.operations import OFTEN

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 400
"""How many states a world may have for the naive search; others are passed over."""


@pytest.fixture(params=[OFTEN, 1], ids=["", "in blocks at once"])
def often(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let instructions be put together after they were done so often."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "OFTEN", request.param)
        yield


@pytest.mark.usefixtures("uncounted", "often")
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
def test_what_is_found_is_what_a_naive_search_finds(text: str) -> None:
    story = playable(text)
    assume(story is not None)
    assert story is not None
    naive = search(story, MOST)
    assume(not naive.too_many)
    assert disagreement(story, naive) == ""
