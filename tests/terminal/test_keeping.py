"""What the game keeps: slots of its own, slots of the player's, and what becomes of a second program or a full disk."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from pianist_quest.saves.document import SaveError
from pianist_quest.saves.names import AUTOSAVE, BEFORE_END, BEFORE_RESTART, MOST_AUTOSAVES, PREVIOUS, numbered
from pianist_quest.saves.owner import Holding
from pianist_quest.saves.store import Slot, Store
from pianist_quest.terminal.loop import Desk, Play
from pianist_quest.terminal.plain import TranscriptFile
from pianist_quest.terminal.session import Session
from pianist_quest.terminal.slots import about, duration, find, local
from pianist_quest.terminal.stopwatch import Stopwatch
from terminal.house import HOUSE
from terminal.test_loop import CTRL_C, Script, play, title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORLD = HOUSE.key
TO_THE_END = ("n", "e", "dream", "go on falling")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "saves", patience=0.05)


def piped(store: Store, *lines: str) -> Script:
    screen = Script(*lines, typed=False)
    desk = Desk(screen, store, lambda: "2026-01-02T03:04:05", autosave=True, open_transcript=TranscriptFile)
    Play(desk, Session.new(HOUSE, 1)).run()
    return screen


def flat(text: str) -> str:
    """Return a text without its line ends."""
    return " ".join(text.split())


def turn(store: Store, name: str) -> object:
    return store.load(WORLD, name)["turn"]


# Before an end and a new beginning


def test_the_turn_before_the_end_is_kept(store: Store) -> None:
    play(store, *TO_THE_END)
    assert (turn(store, BEFORE_END), turn(store, AUTOSAVE)) == (3, 4)
    assert store.load(WORLD, BEFORE_END)["summary"] == "The yard, Week 1"
    assert store.load(WORLD, AUTOSAVE)["summary"] == "The end: The Floor, The yard, Week 1"
    assert "go on falling" in play(store, "load before the end", autosave=False).casefold()


def test_after_the_end_going_on_shows_it_again_and_undo_leads_back(store: Store) -> None:
    play(store, *TO_THE_END)
    text = title(store, "continue", "undo", "quit")
    assert "*** The Floor ***" in text
    assert "Undone." in text
    assert turn(store, AUTOSAVE) == 3


def test_the_turn_before_a_restart_is_kept(store: Store) -> None:
    play(store, "n", "e", "restart", "wait", "wait", "wait", "wait")
    assert (turn(store, BEFORE_RESTART), turn(store, AUTOSAVE)) == (2, 4)


def test_a_restart_of_a_game_without_a_turn_keeps_nothing(store: Store) -> None:
    play(store, "restart", "restart")
    assert not store.has(WORLD, BEFORE_RESTART)


def test_a_game_that_is_loaded_puts_the_autosave_before_aside(store: Store) -> None:
    play(store, "n", "save here", "e", "wait")
    title(store, "load", "here", "wait")
    assert (turn(store, PREVIOUS), turn(store, AUTOSAVE)) == (3, 2)


def test_of_a_damaged_game_the_turn_before_is_kept_when_another_begins(store: Store) -> None:
    play(store, "n", "wait", "wait", "quit")
    store.path(WORLD, AUTOSAVE).write_bytes(b"{}")
    play(store, "n", "wait", "wait", "wait", "quit")
    assert (turn(store, PREVIOUS), turn(store, AUTOSAVE)) == (2, 4)


# What a player recognises


def test_the_time_played_adds_up(store: Store) -> None:
    now = iter(range(0, 1000, 60))
    desk = Desk(Script("save here"), store, lambda: "", False, TranscriptFile, lambda: next(now))  # noqa: FBT003
    Play(desk, Session.new(HOUSE, 1)).run()
    saved = find(desk, HOUSE, "here")
    assert saved
    assert saved.played == 60
    Play(replace(desk, screen=Script("save here")), Session.resumed(HOUSE, saved), slot="here", played=60).run()
    assert "played 2 min" in about(store.slot(WORLD, "here"))


def test_the_time_of_a_game_begun_again_is_its_own() -> None:
    now = [0.0]
    watch = Stopwatch(lambda: now[0], 100)
    now[0] = 10.0
    assert watch.seconds(1) == 110
    assert watch.seconds(2) == 0
    now[0] = 15.0
    assert watch.seconds(2) == 5
    watch.begin(1000)
    assert (watch.seconds(3), watch.seconds(1)) == (1000, 115)


def test_times_as_they_are_shown() -> None:
    assert [duration(seconds) for seconds in (0, 59, 60, 3599, 7500)] == ["0 s", "59 s", "1 min", "59 min", "2 h 5 min"]
    assert local("2026-01-02T03:04:05") == "2026-01-02 03:04"
    assert local("2026-01-02T03:04:05+00:00")[:8] == "2026-01-"
    assert (local("long ago"), local("0001-01-01T00:00+23:59")) == ("long ago", "0001-01-01T00:00+23:59")
    assert about(Slot("w", "one", turn=3)) == "turn 3"


# Overwriting


def test_overwriting_asks(store: Store) -> None:
    play(store, "n", "save here", autosave=False)
    text = play(store, "wait", "wait", "save here", "no", "save here", CTRL_C, "save here", "", autosave=False)
    assert 'Overwrite "here" (The kitchen, Week 1; turn 1, saved 2026-01-02 03:04)? (yes or no)' in flat(text)
    assert text.count("Not saved.") == 3
    assert turn(store, "here") == 1
    assert 'Saved as "here".' in play(store, "wait", "wait", "save here", "y", autosave=False)
    assert turn(store, "here") == 2


def test_saving_again_where_one_saved_or_loaded_last_does_not_ask(store: Store) -> None:
    assert "Overwrite" not in play(store, "save here", "n", "save here")
    assert "Overwrite" not in play(store, "load here", "wait", "save here")
    assert play(store, "save a", "save here", "restart", "save a").count("Overwrite") == 2


def test_a_line_that_is_no_answer_is_done(store: Store) -> None:
    play(store, "save here")
    text = play(store, "n", "save here", "e", "look")
    assert "Not saved.\nThe yard\n" in text


def test_in_a_pipe_a_way_called_n_is_no_answer(store: Store) -> None:
    play(store, "save here")
    assert "Not saved.\nThe kitchen\n" in piped(store, "save here", "n").text
    assert "The kitchen\n" not in play(store, "save here", "n")
    assert flat(piped(store, "save here").text).endswith("(yes or no) Not saved.")


def test_a_number_of_the_list_loads_and_any_other_line_is_done(store: Store) -> None:
    play(store, "n", "save here", autosave=False)
    assert "The kitchen\n" in play(store, "load", "1")
    assert "The kitchen\n" in play(store, "load", "HERE")
    assert "The hall\n" in play(store, "n", "load", "s")
    assert "The hall\n" not in play(store, "n", "load", "", "wait")[20:]


def test_the_slots_of_the_games_own_are_not_for_the_player(store: Store) -> None:
    for name in ("autosave 2", "Previous Game", "before the end"):
        assert "is written by the game itself. Choose another name." in play(store, f"save {name}")


def test_games_that_others_took_the_place_of_are_kept_five_deep(store: Store) -> None:
    for turns in range(1, 8):
        play(store, *["wait"] * turns)
    kept = {slot.name: slot.turn for slot in store.slots(WORLD)}
    games = {"2 games ago": 5, "3 games ago": 4, "4 games ago": 3, "5 games ago": 2}
    assert kept == {"autosave": 7, "previous game": 6, **games}


# Two programs


@pytest.fixture
def other(store: Store) -> Iterator[None]:
    """Another program plays."""
    play(store, "n")
    holding = store.hold(WORLD, AUTOSAVE)
    yield
    holding.release()


@pytest.mark.usefixtures("other")
def test_a_second_program_can_play_without_saving(store: Store) -> None:
    text = play(store, "play", "wait", "wait", "restart", "save mine")
    assert text.startswith('"A House" is already being played in another program (process ')
    assert "   1. Play without saving by itself (save NAME still works)\n   2. Play, and save this game" in text
    assert "Your game is saved." not in text
    assert {slot.name: slot.turn for slot in store.slots(WORLD)} == {"autosave": 1, "mine": 0}


@pytest.mark.usefixtures("other")
def test_a_second_program_can_save_beside_the_first(store: Store) -> None:
    for _ in range(2):
        assert play(store, "2", "n", "e", "restart", "wait").endswith("Your game is saved.\n")
    kept = {slot.name: slot.turn for slot in store.slots(WORLD)}
    assert kept == {"autosave": 1, "autosave 2": 1, "previous game 2": 1, "before the restart 2": 2}


@pytest.mark.usefixtures("other")
@pytest.mark.parametrize("lines", [("3",), ("leave",), ("quit",), (), (CTRL_C,)])
def test_a_second_program_can_leave(store: Store, lines: tuple[str, ...]) -> None:
    assert "The hall\n" not in play(store, *lines)
    store.hold(WORLD, "autosave 2").release()


@pytest.mark.usefixtures("other")
def test_in_a_pipe_it_plays_without_saving_and_says_so_once(store: Store) -> None:
    screen = piped(store, "n", "e", "wait")
    assert screen.warned.count("This one does not save itself; save NAME still works.\n") == 1
    assert "already being played" not in screen.text
    assert turn(store, AUTOSAVE) == 1


@pytest.mark.usefixtures("other")
def test_where_all_autosaves_are_taken_only_playing_without_is_left(store: Store) -> None:
    (store.folder / WORLD / ".autosave.owner").unlink()
    holdings = [store.hold(WORLD, numbered(AUTOSAVE, number)) for number in range(2, MOST_AUTOSAVES + 1)]
    text = play(store, "1", "n")
    assert text.startswith('"A House" is already being played in another program. ')
    assert "   2. Leave\n" in text
    for holding in holdings:
        holding.release()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_told_and_play_goes_on(store: Store) -> None:
    store.folder.mkdir(mode=0o500)
    assert "permission denied" in play(store, "n").casefold()


def test_the_autosave_is_free_when_the_game_was_left(store: Store) -> None:
    play(store, "n")
    store.hold(WORLD, AUTOSAVE).release()


# Where saving fails


def test_what_is_not_saved_is_said_once_and_tried_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    save, full = Holding.save, [False, False, True, True, True, False, False]

    def sometimes(self: Holding, document: dict[str, object]) -> None:
        if full.pop(0):
            raise SaveError("The game could not be saved: no space left on device", todo="Play goes on.")
        save(self, document)

    monkeypatch.setattr(Holding, "save", sometimes)
    text = play(store, "n", "wait", "wait", "wait", "wait", "wait", "wait")
    assert flat(text).count("no space left on device. Play goes on. What you do after turn 2 is not saved; ") == 1
    assert text.count("Saving works again: your game is saved.\n") == 1
    assert text.endswith("Your game is saved.\n")
    assert turn(store, AUTOSAVE) == 7


def test_who_leaves_is_told_what_is_not_saved(store: Store) -> None:
    store.folder.write_text("in the way")
    text = play(store, "n", "quit")
    assert flat(text).count("What you do is not saved; saving is tried again at every turn.") == 1
    assert text.endswith("Your game is not saved.\n")
    store.folder.unlink()


def test_what_failed_is_tried_again_at_leaving(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    save, full = Holding.save, [False, False, True]

    def sometimes(self: Holding, document: dict[str, object]) -> None:
        if full and full.pop(0):
            raise SaveError("The game could not be saved: no space left on device", todo="Play goes on.")
        save(self, document)

    monkeypatch.setattr(Holding, "save", sometimes)
    text = play(store, "n", "wait", "wait", "quit")
    assert text.endswith("Your game is saved.\n")
    assert turn(store, AUTOSAVE) == 3


def test_a_folder_that_can_be_written_again_is_taken(store: Store) -> None:
    store.folder.write_text("in the way")

    class Mended(Script):
        def show(self, lines: object) -> None:
            super().show(lines)  # type: ignore[arg-type]
            if "The kitchen" in self.text:
                store.folder.unlink(missing_ok=True) if store.folder.is_file() else None

    screen = Mended("n", "wait", "wait")
    Play(Desk(screen, store, lambda: "", autosave=True, open_transcript=TranscriptFile), Session.new(HOUSE, 1)).run()
    assert screen.text.count("Saving works again: your game is saved.\n") == 1
    assert turn(store, AUTOSAVE) == 3
