"""Whatever a file holds, it is a world or it ends in a diagnostic, soon and without a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hostile_checks import ends_well
from hostile_files import every_file

if TYPE_CHECKING:
    from pathlib import Path

FILES = every_file()


@pytest.mark.usefixtures("uncounted")
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_ends_in_a_diagnostic_or_a_world(name: str, tmp_path: Path) -> None:
    file = tmp_path / "world.yaml"
    file.write_bytes(FILES[name])
    ends_well(file)


def test_there_are_at_least_two_hundred_hostile_files() -> None:
    assert len(set(FILES.values())) >= 200


@pytest.mark.parametrize("name", ["98 steps in braces", "97 steps with the worst inside", "32 short choices"])
def test_what_nests_as_deep_as_it_may_is_a_world(name: str, tmp_path: Path) -> None:
    file = tmp_path / "world.yaml"
    file.write_bytes(FILES[f"deep: {name}"])
    assert ends_well(file).errors == 0
