"""The soaks of reliability, for seconds each: what they look for is not there, and they would find it."""

from __future__ import annotations

import errno
import importlib.util
import os
from argparse import Namespace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from pianist_quest.saves import files, rotation
from pianist_quest.saves.document import SaveError
from pianist_quest.saves.store import Store
from pianist_quest.terminal import keeping
from pianist_quest.terminal.session import Session
from soak import bit_rot, crash_points, failing_calls, fuzz_coverage, fuzz_lines, fuzz_worlds, round_trips
from soak.faults import LOOKS, OPERATIONS, Plan, faulty

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

WORLDS = Path(__file__).parents[2] / "worlds"
FIRST_STEPS = WORLDS / "first_steps"
POSIX = pytest.mark.skipif(os.name != "posix", reason="POSIX files and processes")


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[str]:
    """Return a folder in memory, where there is one: to flush to a disk thousands of times takes a minute."""
    memory = Path("/dev/shm")  # noqa: S108 - the folder in it has a name that nobody can know
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as folder:
        yield folder


@POSIX
def test_a_save_that_dies_leaves_the_turn_before_or_the_new_one(quick: str) -> None:
    found = crash_points.run(FIRST_STEPS, 1, 6, quick)
    assert found.errors == []
    assert (found.saves, found.kills, found.old > 0, found.new > 0) == (1, 6, True, True)
    assert "0 errors" in crash_points.told(found, 1)


class Forgetful:
    """The system's calls, of which one kind does nothing."""

    def __getattr__(self, name: str) -> object:
        return (lambda _: None) if name in ("fsync", "fdatasync") else getattr(os, name)


@POSIX
@pytest.mark.parametrize("forgets", [files, rotation])
def test_what_is_not_flushed_is_found(forgets: ModuleType, quick: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgets, "os", Forgetful())
    assert crash_points.run(FIRST_STEPS, 1, 0, quick).errors


@POSIX
def test_names_that_are_not_flushed_before_a_file_is_written_over_are_found(
    quick: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotation, "flush_folder", lambda _: None)
    assert crash_points.run(FIRST_STEPS, 1, 0, quick).errors


@POSIX
def test_a_call_that_fails_is_told_and_play_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failing_calls, "ERRORS", (errno.EIO,))
    found = failing_calls.run(1, 3, str(tmp_path))
    assert found.errors == []
    assert found.told > 10


@POSIX
def test_an_autosave_that_is_lost_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failing_calls, "ERRORS", (errno.EIO,))
    monkeypatch.setattr(keeping.Keeper, "_failed", lambda *_: "")
    assert failing_calls.run(1, 3, str(tmp_path)).errors


def test_damage_is_refused_or_does_nothing() -> None:
    found = bit_rot.run(60, 2)
    assert found.errors == []
    assert found.refused + found.same + found.played == 120


def test_a_game_that_damage_changed_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pianist_quest.saves.document._checksum", lambda _: None)
    found, number = bit_rot.Found(), 0
    while not found.errors and number < 500:
        number += 1
        bit_rot.damage(Random(number), tmp_path, found)  # noqa: S311 - nothing secret
    assert "loads as" in found.errors[0]


def test_saved_and_loaded_it_goes_on_the_same() -> None:
    found = round_trips.run(120, 3)
    assert found.errors == []
    assert set(found.trips) == {path.parent.name for path in WORLDS.glob("*/world.yaml")}
    assert found.trips.total() >= 120


@pytest.mark.skipif(importlib.util.find_spec("atheris") is None, reason="the extra fuzz is not installed")
@pytest.mark.parametrize("target", ["expression"])
def test_fuzzing_for_a_second(target: str, tmp_path: Path) -> None:
    found = fuzz_coverage.start(target, 1, 10, tmp_path)
    assert found.code == 0, found.said
    assert found.runs > 10


@POSIX
@pytest.mark.usefixtures("uncounted")
def test_typed_lines_have_answers() -> None:
    found = fuzz_lines.run(60, 7, size=15)
    assert found.errors == []
    assert found.lines >= 60
    assert "0 errors" in fuzz_lines.told(found, 1)


def _fall(*_: object) -> None:
    raise ZeroDivisionError


@POSIX
def test_a_line_that_ends_in_a_traceback_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Session, "type", _fall)
    assert "ZeroDivisionError" in fuzz_lines.run(1, 7, size=1).errors[0]


@POSIX
@pytest.mark.usefixtures("uncounted")
def test_worlds_made_by_chance_are_worlds_or_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options, found = Namespace(most=2.0, keep=tmp_path), fuzz_worlds.Found()
    for seed in range(60):
        fuzz_worlds.one(tmp_path / "world.yaml", seed, found, options)
    assert (found.files, found.errors) == (60, [])
    assert found.worlds
    monkeypatch.setattr(fuzz_worlds, "compile_world", _fall)
    while not found.errors:
        fuzz_worlds.one(tmp_path / "world.yaml", found.files, found, options)
    assert "ZeroDivisionError" in found.errors[0]


# What the soaks found


@POSIX
def test_a_slot_that_cannot_be_looked_at_counts_as_taken(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with faulty(tmp_path, Plan(1, fail=errno.EACCES, onward=True), LOOKS):
        assert store.has("w", "one")


@POSIX
def test_an_autosave_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    store = Store(tmp_path)
    game = {"format": 2, "world": "w", "title": "W", "turn": 1, "saved": "", "summary": ""}
    store.save("w", "autosave", game)
    with faulty(tmp_path, Plan(1, fail=errno.EIO), ("open",)), pytest.raises(SaveError, match="cannot be read"):
        keeping.keep_autosave(store, "w")
    assert store.load("w", "autosave") == game


@POSIX
def test_marks_that_cannot_be_read_are_not_written_over(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.earn("w", ["one"], ["home"])
    at = 1
    while True:
        with faulty(tmp_path, Plan(at, fail=errno.EIO), OPERATIONS) as faults:
            try:
                store.earn("w", ["two"])
            except SaveError as error:
                assert "could not be kept" in str(error)  # noqa: PT017 - whether it fails is not the question
        assert store.marks("w") in ({"one"}, {"one", "two"})
        assert store.endings("w") == {"home"}
        if not faults.hit:
            break
        at += 1
    assert at > 8
