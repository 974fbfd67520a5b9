"""An autosave's files take turns: each is written over when the slot and the generation before are others."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pianist_quest.saves.document import FORMAT, Sealer, seal, unseal
from pianist_quest.saves.owner import BusyError
from pianist_quest.saves.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pianist_quest.saves.owner import Holding

POSIX = pytest.mark.skipif(os.name != "posix", reason="POSIX files")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


@pytest.fixture
def holding(store: Store) -> Iterator[Holding]:
    holding = store.hold("w", "autosave")
    yield holding
    holding.release()


def turn(number: int, decisions: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"format": FORMAT, "world": "w", "turn": number, "decisions": list(decisions), "values": {"a": number}}


def save(holding: Holding, *turns: int) -> None:
    for number in turns:
        holding.save(turn(number))


def files(tmp_path: Path) -> set[str]:
    return {path.name for path in (tmp_path / "w").iterdir()} - {".autosave.lock", ".autosave.owner"}


def test_the_last_turn_is_there_and_the_one_before(store: Store, holding: Holding) -> None:
    for number in range(1, 8):
        save(holding, number)
        assert store.load("w", "autosave") == turn(number)
        assert number == 1 or store.load_previous("w", "autosave") == turn(number - 1)


@POSIX
def test_three_files_take_turns(tmp_path: Path, holding: Holding) -> None:
    seen = set()
    for number in range(1, 20):
        save(holding, number)
        seen.add((tmp_path / "w" / "autosave.json").stat().st_ino)
    assert len(seen) == 3
    assert files(tmp_path) == {"autosave.json", "autosave.json.bak", ".autosave.json.new"}


def test_nothing_is_left_over_at_the_end(tmp_path: Path, holding: Holding) -> None:
    save(holding, 1, 2, 3)
    holding.release()
    assert files(tmp_path) == {"autosave.json", "autosave.json.bak"}


@POSIX
def test_a_copy_that_somebody_linked_is_not_written_over(tmp_path: Path, store: Store, holding: Holding) -> None:
    save(holding, 1, 2)
    copy = tmp_path / "copy"
    copy.hardlink_to(tmp_path / "w" / "autosave.json")
    save(holding, *range(3, 9))
    assert unseal(copy.read_bytes()) == turn(2)
    assert store.load("w", "autosave") == turn(8)


def test_a_damaged_file_does_not_become_the_generation_before(tmp_path: Path, store: Store, holding: Holding) -> None:
    save(holding, 1, 2, 3)
    (tmp_path / "w" / "autosave.json").write_bytes(b"{}")
    save(holding, 4)
    assert store.load("w", "autosave") == turn(4)
    assert store.load_previous("w", "autosave") == turn(2)


def test_a_whole_file_that_somebody_put_there_becomes_the_generation_before(
    tmp_path: Path, store: Store, holding: Holding
) -> None:
    save(holding, 1, 2, 3)
    (tmp_path / "w" / "autosave.json").write_bytes(seal(turn(9)))
    save(holding, 4)
    assert (store.load("w", "autosave"), store.load_previous("w", "autosave")) == (turn(4), turn(9))


def test_a_folder_that_was_deleted_is_made_again(tmp_path: Path, store: Store, holding: Holding) -> None:
    save(holding, 1, 2, 3)
    for path in (tmp_path / "w").iterdir():
        path.unlink()
    (tmp_path / "w").rmdir()
    save(holding, 4)
    assert store.load("w", "autosave") == turn(4)


@POSIX
def test_where_another_program_plays_since_its_folder_was_deleted_nothing_is_written_over(
    tmp_path: Path, store: Store, holding: Holding
) -> None:
    save(holding, 1, 2)
    shutil.rmtree(tmp_path / "w")
    other = store.hold("w", "autosave")
    save(other, 9)
    with pytest.raises(BusyError):
        save(holding, 3)
    assert store.load("w", "autosave") == turn(9)
    other.release()
    save(holding, 4)
    assert store.load("w", "autosave") == turn(4)
    with pytest.raises(BusyError):
        store.hold("w", "autosave")


def test_a_shorter_turn_leaves_nothing_of_a_longer_one(store: Store, holding: Holding) -> None:
    for number in (1, 2, 3):
        holding.save({**turn(number), "summary": "long " * 400})
    save(holding, 4, 5, 6)
    assert store.load("w", "autosave") == turn(6)


LINES = st.lists(st.text('ab"\\ü\n', max_size=3), max_size=6).map(tuple)


@given(st.lists(LINES, min_size=1, max_size=8))
def test_turn_after_turn_a_document_says_what_it_says_alone(games: list[tuple[str, ...]]) -> None:
    sealer = Sealer()
    for number, decisions in enumerate(games):
        assert unseal(sealer.seal(turn(number, decisions))) == unseal(seal(turn(number, decisions)))


def test_a_game_that_goes_on_packs_only_what_is_new() -> None:
    sealer, done = Sealer(), tuple(f"go north {number}" for number in range(3_000))
    whole = len(seal(turn(1, done)))
    for number in range(2_000, 3_001):
        data = sealer.seal(turn(1, done[:number]))
    assert len(data) < whole * 1.5
    assert unseal(data)["decisions"] == list(done)


def test_what_was_taken_back_and_done_otherwise_is_told() -> None:
    sealer = Sealer()
    sealer.seal(turn(3, ("go north", "go north", "take lamp")))
    again = turn(3, ("go north", "go south", "take lamp"))
    assert unseal(sealer.seal(again)) == again
