"""What all tests share. That this file is here puts this folder on the path: `support`, `scenario`."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from support import lines_uncounted

if TYPE_CHECKING:
    from collections.abc import Iterator

os.environ["PIANIST_QUEST_SETTINGS"] = os.devnull  # whoever runs the tests may have settings of their own
os.environ["PIANIST_QUEST_CACHE"] = "off"  # each test compiles what it plays; those about what is kept say where
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


@pytest.fixture
def uncounted() -> Iterator[None]:
    """For tests that go over the same lines many thousand times: what they cover, others cover as well."""
    with lines_uncounted():
        yield
