"""Every test here is run twice: straight, and saved and loaded after each turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scenario import Scenario, story_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(params=["straight", "saved"])
def play(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., Scenario]:
    """Return what begins a play of a world written as YAML."""

    def begin(text: str, seed: int = 1) -> Scenario:
        return Scenario(story_of(tmp_path, text), seed=seed, saved=request.param == "saved")

    return begin
