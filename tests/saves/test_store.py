"""Saved games on disk: never a moment without a whole generation."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

from pianist_quest.saves.document import SaveError, seal
from pianist_quest.saves.names import folder_name
from pianist_quest.saves.store import Slot, Store

if TYPE_CHECKING:
    from collections.abc import Callable

POSIX = pytest.mark.skipif(os.name != "posix", reason="POSIX files")
OPERATIONS = ("open", "write", "fsync", "close", "link", "replace")


def game(turn: int, **parts: object) -> dict[str, Any]:
    return {"format": 1, "world": "w", "title": "W", "turn": turn, "saved": f"2026-01-0{turn}", "summary": "", **parts}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "saves", patience=0.05)


def files(store: Store) -> Path:
    return store.folder / "w"


def test_what_is_saved_is_loaded(store: Store) -> None:
    store.save("w", "one", game(1))
    store.save("w", "one", game(2))
    assert store.load("w", "one") == game(2)
    assert store.load_previous("w", "one") == game(1)
    assert store.has("w", "one")


def test_only_the_player_may_read_them(store: Store) -> None:
    store.save("w", "one", game(1))
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (store.folder, files(store), files(store) / "one.json")]
    assert modes == [0o700, 0o700, 0o600] or os.name != "posix"


def test_the_list_is_newest_first_and_names_damage(store: Store) -> None:
    store.save("w", "a", game(1))
    store.save("w", "b", game(2, summary="Hall"))
    store.save("v", "c", game(3))
    (files(store) / "d.json").write_bytes(seal({"format": 1, "title": 5}))
    (files(store) / "e.json").write_text("{")
    (files(store) / "readme.txt").write_text("not ours")
    (store.folder / "file").write_text("not ours")
    assert [slot.name for slot in store.slots("w")] == ["b", "a", "d", "e"]
    assert store.slots()[0].world == "v"
    assert store.slots("w")[0] == Slot("w", "b", "W", 2, "2026-01-02", "Hall")
    assert all("damaged" in slot.problem for slot in store.slots("w")[2:])
    assert Store(store.folder / "none").slots() == ()


def test_delete_takes_both_generations(store: Store) -> None:
    store.save("w", "one", game(1))
    store.save("w", "one", game(2))
    store.delete("w", "one")
    assert not store.has("w", "one")
    with pytest.raises(SaveError, match=r'no saved game "one".*Saved games: none'):
        store.delete("w", "one")


def test_copy(store: Store) -> None:
    store.save("w", "one", game(1))
    store.copy("w", "one", "two")
    assert store.load("w", "two") == game(1)


def test_a_missing_slot_says_which_there_are(store: Store) -> None:
    store.save("w", "one", game(1))
    with pytest.raises(SaveError, match=r'no saved game "two"\. Saved games: one\.'):
        store.load("w", "two")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("x" * 65, "at most 64"),
        ("\U0001f3b9" * 60, "at most"),
        ("a/b", "any of"),
        ("a\\b", "any of"),
        ("..", "dot"),
        (".lock", "dot"),
        ("a\nb", "control"),
        ("a\x00b", "control"),
        ("\u202eabc", "control"),
        ("NUL", "Windows"),
        ("com1.x", "Windows"),
    ],
)
def test_names_that_are_no_file_names(store: Store, name: str, why: str) -> None:
    with pytest.raises(SaveError, match=why):
        store.save("w", name, game(1))
    assert not store.folder.exists()


def test_one_name_however_it_is_typed(store: Store) -> None:
    store.save("w", " caf\u0065\u0301 ", game(1))
    assert store.has("w", "caf\u00e9")


def test_a_world_whose_name_is_no_file_name_has_a_folder_all_the_same(store: Store) -> None:
    store.save("a/../b", "one", game(1))
    assert store.load("a/../b", "one") == game(1)
    assert folder_name("a/../b").startswith("world-")
    assert folder_name("first_steps") == "first_steps"


def test_damage_never_takes_the_place_of_the_generation_before(store: Store) -> None:
    store.save("w", "one", game(1))
    store.save("w", "one", game(2))
    (files(store) / "one.json").write_bytes(b"\x00" * 100)
    with pytest.raises(SaveError, match=r"damaged.*one\.json"):
        store.load("w", "one")
    assert store.load_previous("w", "one") == game(1)
    store.save("w", "one", game(3))
    assert store.load_previous("w", "one") == game(1)


def test_a_slot_whose_file_is_gone_still_has_the_generation_before(store: Store) -> None:
    store.save("w", "one", game(1))
    store.save("w", "one", game(2))
    (files(store) / "one.json").unlink()
    with pytest.raises(SaveError, match="is gone"):
        store.load("w", "one")
    assert store.load_previous("w", "one") == game(1)
    assert "is gone" in store.slots("w")[0].problem


@POSIX
def test_a_pipe_or_folder_in_its_place_is_a_problem_and_no_hang(store: Store) -> None:
    files(store).mkdir(parents=True)
    os.mkfifo(files(store) / "pipe.json")
    (files(store) / "folder.json").mkdir()
    for name in ("pipe", "folder"):
        with pytest.raises(SaveError, match=r"plain file|directory"):
            store.load("w", name)


def test_another_program_that_writes_is_waited_for_and_named(store: Store) -> None:
    files(store).mkdir(parents=True)
    with FileLock(files(store) / ".lock"), pytest.raises(SaveError, match="another program"):
        store.save("w", "one", game(1))
    store.save("w", "one", game(1))


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SaveError, match=r"could not be saved: .*Play goes on\."):
        Store(tmp_path / "file").save("w", "one", game(1))


def test_a_full_disk_is_told_and_leaves_all_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save("w", "one", game(1))

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(SaveError, match="no space left on device"):
        store.save("w", "one", game(2))
    monkeypatch.undo()
    assert store.load("w", "one") == game(1)
    assert sorted(path.name for path in files(store).iterdir()) == [".lock", "one.json"]


def test_without_hard_links_the_generation_before_is_a_copy(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    store.save("w", "one", game(1))
    store.save("w", "one", game(2))
    assert store.load_previous("w", "one") == game(1)


def test_short_writes_are_gone_on_with(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, bytes(data[:7])))
    store.save("w", "one", game(1))
    monkeypatch.undo()
    assert store.load("w", "one") == game(1)


class Killed(BaseException):
    """The program is killed: nothing after this runs."""


class Crash:
    """Counts file operations and, from one of them on, lets none happen any more."""

    def __init__(self, patch: pytest.MonkeyPatch, at: int, *, half: bool) -> None:
        self.left, self.half, self.names = at, half, list[str]()
        for name in OPERATIONS:
            patch.setattr(os, name, self._guarded(name, getattr(os, name)))
        patch.setattr(Path, "unlink", self._guarded("unlink", Path.unlink))

    def _guarded(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:  # noqa: ANN401 - stands for any of them
            if "/w/" not in str(args[0]) and name in ("open", "unlink"):
                return real(*args, **named)
            self.left -= 1
            self.names.append(name)
            if self.left == 0 and self.half and name == "write":
                real(args[0], bytes(args[1])[: len(args[1]) // 2])
            if self.left <= 0:
                raise Killed
            return real(*args, **named)

        return call


@POSIX
@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("half", [True, False])
def test_killed_at_any_moment_there_is_a_whole_generation(tmp_path: Path, *, links: bool, half: bool) -> None:
    for at in range(1, 60):
        store = Store(tmp_path / str(at))
        for turn in (1, 2):
            store.save("w", "one", game(turn))
        with pytest.MonkeyPatch.context() as patch:
            if not links:
                patch.setattr(os, "link", _no_links)
            crash = Crash(patch, at, half=half)
            done = _survives(store)
        found = store.load("w", "one")
        assert found in ((game(3),) if done else (game(2), game(3)))
        assert store.load_previous("w", "one") in (game(1), game(2))
        store.save("w", "one", game(4))
        assert store.load("w", "one") == game(4)
        if done:
            assert len(crash.names) > 8
            return
    pytest.fail("saving never came to an end")


def _no_links(*_: object) -> None:
    raise OSError(1, "Operation not permitted")


def _survives(store: Store) -> bool:
    """Save a third time; return whether it was not killed meanwhile. The kill frees the lock, as the system would."""
    try:
        store.save("w", "one", game(3))
    except Killed:
        return False
    return True


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_told(store: Store) -> None:
    files(store).mkdir(parents=True)
    files(store).chmod(0o500)
    with pytest.raises(SaveError, match="ermission"):
        store.save("w", "one", game(1))
