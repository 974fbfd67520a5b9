"""The loop both screens share: what is shown, saved, loaded and written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pianist_quest.saves.names import AUTOSAVE, PREVIOUS
from pianist_quest.saves.store import Store
from pianist_quest.terminal.loop import Desk, Play, find
from pianist_quest.terminal.plain import TranscriptFile
from pianist_quest.terminal.session import Session
from pianist_quest.terminal.title import Shelf, Title
from pianist_quest.terminal.wrap import plain_text
from terminal.house import HOUSE, story

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pianist_quest.terminal.wrap import Line

CTRL_C = "ctrl-c"
WORLD = HOUSE.key


class Script:
    """A screen on which a list of lines is typed."""

    width, bars = 78, False

    def __init__(self, *lines: str, typed: bool = True) -> None:
        self.lines, self.text, self.completed, self.typed = list(lines), "", list[str](), typed
        self.warned = ""

    def show(self, lines: Sequence[Line]) -> None:
        self.text += "".join(f"{plain_text(line)}\n" for line in lines)

    def warn(self, text: str) -> None:
        self.warned += f"{text}\n"

    def ask(self, complete: Callable[[str], tuple[str, ...]], status: str) -> str | None:
        self.completed = [*complete(""), status]
        if not self.lines:
            return None
        line = self.lines.pop(0)
        if line == CTRL_C:
            raise KeyboardInterrupt
        self.text += f"> {line}\n"
        return line


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "saves", patience=0.05)


def desk(store: Store, *lines: str, autosave: bool = True) -> tuple[Desk, Script]:
    screen = Script(*lines)
    return Desk(screen, store, lambda: "2026-01-02T03:04:05", autosave, TranscriptFile), screen


def play(store: Store, *lines: str, autosave: bool = True) -> str:
    table, screen = desk(store, *lines, autosave=autosave)
    Play(table, Session.new(HOUSE, 1)).run()
    return screen.text


def title(store: Store, *lines: str, shelf: Shelf | None = None) -> str:
    table, screen = desk(store, *lines)
    Title(table, shelf or Shelf(("house",), lambda _: HOUSE), HOUSE, lambda: 1).run()
    return screen.text


def test_a_game_saves_itself_after_every_turn(store: Store) -> None:
    text = play(store, "n", "wait", "x steam")
    assert store.load(WORLD, AUTOSAVE)["turn"] == 2
    assert text.endswith("Your game is saved.\n")


def test_a_game_without_a_turn_leaves_the_saved_one_alone(store: Store) -> None:
    play(store, "n")
    assert "saved" not in play(store, "look", "quit")
    assert store.load(WORLD, AUTOSAVE)["turn"] == 1
    assert not store.has(WORLD, PREVIOUS)


def test_a_new_game_keeps_the_one_before(store: Store) -> None:
    play(store, "n", "e", "wait")
    play(store, "wait")
    assert (store.load(WORLD, AUTOSAVE)["turn"], store.load(WORLD, PREVIOUS)["turn"]) == (1, 3)


def test_a_damaged_autosave_does_not_keep_a_new_game_from_being_saved(store: Store) -> None:
    play(store, "n")
    (store.folder / WORLD / "autosave.json").write_text("{")
    play(store, "wait")
    assert store.load(WORLD, AUTOSAVE)["turn"] == 1


def test_save_and_load_by_name(store: Store) -> None:
    text = play(store, "n", "save here", "e", "load here", "undo", "save", "load quick", "load nowhere")
    assert 'Saved as "here".' in text
    assert 'Saved as "quick".' in text
    assert 'There is no saved game "nowhere"' in text
    assert text.count("The kitchen\n") == 2
    assert text.count("The yard\n") == 3


def test_names_that_cannot_be_are_told(store: Store) -> None:
    text = play(store, "save a/b", "save autosave", "load a/b")
    assert text.count("cannot be the name of a saved game") == 2
    assert '"autosave" is written by the game itself' in text


def test_the_list_of_saves(store: Store) -> None:
    text = play(store, "saves", "load", "n", "save here", "saves", "load", "1", autosave=False)
    assert text.count("There are no saved games yet.") == 2
    game = "here: The kitchen, Week 1; turn 1, saved 2026-01-02 03:04\n"
    assert f"Saved games, the newest first:\n  {game}" in text
    assert f"Load which? A number or a name:\n   1. {game}" in text
    assert text.count("The kitchen\n") == 2


def test_without_autosave_nothing_is_written(store: Store) -> None:
    play(store, "n", autosave=False)
    assert not store.folder.exists()


def test_a_disk_that_cannot_be_written_is_told_once_and_play_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    text = play(Store(tmp_path / "file"), "n", "s", "save x", "saves")
    assert text.count("could not be saved") == 2
    assert "The hall\n" in text
    assert "Your game is saved" not in text


def test_damage_offers_the_generation_before(store: Store) -> None:
    play(store, "n", "save one", "e", "save one")
    (store.folder / WORLD / "one.json").write_text("{}")
    text = play(store, "load one", "yes")
    assert "damaged" in text
    assert "The one before it, of turn 1, is whole. Load it? (yes or no)" in text
    assert "The kitchen\n" in text
    assert "The kitchen\n" not in play(store, "load one", "no")
    assert "The kitchen\n" not in play(store, "load one", CTRL_C)
    assert "The kitchen\n" not in play(store, "load one")


def test_a_save_of_another_world_is_refused_in_words(store: Store) -> None:
    store.save(WORLD, "moon", {"format": 1, "world": "moon", "title": "The Moon"})
    table, screen = desk(store)
    assert find(table, HOUSE, "moon") is None
    assert '"The Moon"' in screen.text


def test_ctrl_c_asks_and_then_leaves(store: Store) -> None:
    text = play(store, "n", CTRL_C, "wait", CTRL_C, CTRL_C, "never")
    assert text.count("press ctrl-c once more") == 2
    assert "never" not in text
    assert store.load(WORLD, AUTOSAVE)["turn"] == 2


def test_a_transcript_is_what_was_shown(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "game.txt"
    text = play(store, f"transcript {file}", "n", "transcript", "s", "transcript")
    assert file.read_text().startswith("The game is written to")
    assert "\n> n\nThe kitchen\nSteam.\n" in file.read_text()
    assert "The transcript ends here.\n" in file.read_text()
    assert "> s" not in file.read_text()
    assert "Type transcript and the name of a file" in text


def test_a_transcript_that_exists_is_gone_on_with_below_a_rule(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "game.txt"
    file.write_text("Mine.\n")
    play(store, f"transcript {file}", "n")
    assert file.read_text().startswith(f"Mine.\n\n{'-' * 78}\n\n")


def test_a_transcript_that_cannot_be_written_is_told(store: Store, tmp_path: Path) -> None:
    assert "The transcript cannot be written to" in play(store, f"transcript {tmp_path}")


def test_a_transcript_that_breaks_off_is_told(store: Store) -> None:
    class Full:
        def typed(self, _line: str) -> None:
            raise OSError(28, "No space left on device")

        def shown(self, _text: object, _lines: object) -> None:
            raise OSError(28, "No space left on device")

    table, screen = desk(store, "transcript x", "n")
    Play(
        Desk(screen, store, table.clock, autosave=False, open_transcript=lambda *_: Full()), Session.new(HOUSE, 1)
    ).run()
    assert "The transcript ends here, for it cannot be written: No space left on device." in screen.text
    assert "The kitchen" in screen.text


# The title page


def test_the_title_page_of_a_new_player(store: Store) -> None:
    text = title(store, "help", "quit")
    assert text.startswith("A House\nby A. Writer\n\nA house with two floors.\n   1. New game\n")
    assert "Continue" not in text
    assert "take back a turn" in text or "takes back a turn" in text


@pytest.mark.parametrize("way", ["1", "continue", "Cont"])
def test_going_on_with_the_game_that_saved_itself(store: Store, way: str) -> None:
    play(store, "n")
    text = title(store, way, "look", "s")
    assert "   1. Continue\n" in text
    assert "The kitchen\n" in text
    assert store.load(WORLD, AUTOSAVE)["turn"] == 2


def test_a_new_game_from_the_title(store: Store) -> None:
    assert "The hall\n" in title(store, "new", "quit")


def test_loading_from_the_title(store: Store) -> None:
    assert "There are no saved games yet." in title(store, "load", "5", "quit")
    play(store, "n", "save here", autosave=False)
    assert "The kitchen\n" in title(store, "load", "here", "quit")
    assert "The kitchen\n" not in title(store, "load", "back", "quit")
    assert "The kitchen\n" not in title(store, "load")


def test_damage_on_the_title_page_leads_back_to_it(store: Store) -> None:
    play(store, "n", autosave=False)
    play(store, "save here", autosave=False)
    (store.folder / WORLD / "here.json").write_text("{}")
    assert title(store, "load", "1", "quit").count("New game") == 2


def test_saves_that_cannot_be_listed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    play(store, "save here")

    def refused(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.iterdir", refused)
    assert "could not be listed: permission denied" in title(store, "load", "quit")
    assert "could not be listed" in play(store, "saves")


def test_other_worlds(store: Store) -> None:
    shelf = Shelf(("house", "moon"), lambda name: HOUSE if name == "house" else "The moon is broken.")
    text = title(store, "worlds", "moon", "worlds", "1", "worlds", "back", "quit", shelf=shelf)
    assert f"1. {HOUSE.title}\n   2. moon\n   3. Back\n" in text
    assert "The moon is broken." in text
    assert text.count("by A. Writer") == 4
    title(store, "worlds", shelf=shelf)


def test_what_is_none_of_the_options_is_asked_again(store: Store) -> None:
    text = title(store, "9", "0", "", "xyzzy", "99999", CTRL_C)
    assert text.count("Type a number from 1 to 5, or the word.") == 5


TWO_ENDS = """
rooms: {hall: {name: Hall, choices: [{label: Sleep, goto: bed}, {label: Leave, goto: road}]}}
endings: {bed: {name: In Bed}, road: {name: On the Road}}
marks: {early: {name: Early, when: ended(), text: Be done.}}
content_note: "Nothing {1 + 1} fear."
credits: By nobody.
"""


def test_the_title_page_shows_what_was_met_with_and_not_the_rest(store: Store) -> None:
    world = story(TWO_ENDS)

    def page(*lines: str) -> str:
        table, screen = desk(store, *lines)
        Title(table, Shelf(("house",), lambda _: world), world, lambda: 1).run()
        return screen.text

    assert "Endings: 0 of 2.\nMarks: 0 of 1.\nTo be earned: Early." in page("endings", "quit")
    page("new", "sleep", "quit")
    told = page("endings", "quit")
    assert "Endings: 1 of 2.\nIn Bed\nMarks: 1 of 1.\nEarly. Be done." in told
    assert "On the Road" not in told


def test_about_has_the_content_note_and_the_credits(store: Store) -> None:
    world = story(TWO_ENDS)
    table, screen = desk(store, "about", "quit")
    Title(table, Shelf(("house",), lambda _: world), world, lambda: 1).run()
    assert "Nothing 2 fear.\nBy nobody." in screen.text
