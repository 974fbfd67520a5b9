"""Who plays: an autosave belongs to one program as long as that runs, and no longer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from pianist_quest.saves import locking
from pianist_quest.saves.document import SaveError
from pianist_quest.saves.names import is_autosave, is_own, numbered
from pianist_quest.saves.owner import BusyError, Owner, hold

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[2] / "src"
HOLDER = """
import sys
from pathlib import Path
from pianist_quest.saves.owner import hold
holding = hold(Path(sys.argv[1]), "w", "autosave")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Return another program that holds the autosave."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={"PYTHONPATH": str(SOURCE)}
    ) as program:
        assert program.stdout
        assert program.stdout.readline().strip() == b"held"
        yield program
        program.kill()


def busy(folder: Path) -> Owner:
    with pytest.raises(
        BusyError, match=r'"autosave" belongs to a game that is being played.*End that game first'
    ) as it:
        hold(folder, "w", "autosave")
    return it.value.owner


def test_what_another_program_has_is_not_taken_and_says_who_has_it(
    tmp_path: Path, other: subprocess.Popen[bytes]
) -> None:
    owner = busy(tmp_path)
    assert (owner.process, bool(owner.since)) == (other.pid, True)
    hold(tmp_path, "w", "autosave 2").release()


def test_what_a_killed_program_had_is_taken_over(tmp_path: Path, other: subprocess.Popen[bytes]) -> None:
    other.kill()
    other.wait()
    assert (tmp_path / "w" / ".autosave.owner").exists()
    holding = hold(tmp_path, "w", "autosave")
    assert busy(tmp_path).process != other.pid
    holding.release()


def test_what_is_given_free_can_be_taken_again(tmp_path: Path) -> None:
    hold(tmp_path, "w", "autosave").release()
    hold(tmp_path, "w", "autosave").release()
    assert [path.name for path in (tmp_path / "w").iterdir()] == [".autosave.lock"]


@pytest.mark.parametrize("text", ["", "[" * 10_000, "[]", '{"process": true, "host": 1, "since": 2}', "{}", "\xff"])
def test_a_strange_note_names_nobody(tmp_path: Path, text: str) -> None:
    holding = hold(tmp_path, "w", "autosave")
    (tmp_path / "w" / ".autosave.owner").write_text(text, encoding="latin-1")
    assert busy(tmp_path) == Owner()
    holding.release()


def test_without_locks_there_is_a_problem_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(FileLock, "acquire", refused)
    monkeypatch.setattr(locking, "fcntl", None)
    with pytest.raises(SaveError, match=r"could not be saved: operation not supported .*Play goes on\."):
        hold(tmp_path, "w", "autosave")


@pytest.mark.skipif(os.name != "posix", reason="POSIX locks")
def test_where_the_file_system_has_no_such_locks_the_library_finds_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    with monkeypatch.context() as patch:
        patch.setattr("fcntl.flock", refused)
        patch.setattr(FileLock, "acquire", lambda *_: None)
        assert isinstance(locking.locked(tmp_path / "lock", 0), FileLock)


def test_a_lock_whose_file_was_deleted_keeps_nobody_out_of_a_new_one(tmp_path: Path) -> None:
    first = locking.locked(tmp_path / "lock", 0)
    assert first
    assert locking.locked(tmp_path / "lock", 0.05) is None
    (tmp_path / "lock").unlink()
    second = locking.locked(tmp_path / "lock", 0)
    assert second
    for lock in (first, second, first):
        lock.release()


def test_a_name_that_cannot_be_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="cannot be the name"):
        hold(tmp_path, "w", "a/b")


def test_which_names_the_game_keeps_for_itself() -> None:
    assert numbered("autosave", 1) == "autosave"
    own = ("autosave", "AUTOSAVE 2", " previous game", "before the end", "before the restart 9")
    assert all(is_own(name) for name in own)
    assert not any(is_own(name) for name in ("autosave 1", "autosave 10", "quick", "the end", ""))
    assert [name for name in own if is_autosave(name)] == ["autosave", "AUTOSAVE 2"]
