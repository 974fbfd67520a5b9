"""The full screen on a terminal, read as a player sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.screens import DOWN, END, F1, F2, F10, UP, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_choice_is_picked_by_number_arrows_words_and_mouse(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal()
    assert terminal.sees("  1. Strike the gong\n    - Ring the bell twice [someone sleeps]\n\n Exits: north, up\n")
    terminal.type("1\r")
    assert terminal.sees(" > 1. Strike the gong\n Bong.\n")
    terminal.type("n\r")
    assert terminal.sees("The kitchen")
    terminal.type(f"{DOWN}\r")
    assert terminal.sees(" > 1. Open the window\n Air.\n")
    terminal.type("s\r")
    assert terminal.sees("   2. Ring the bell twice")
    terminal.type("ring\r")
    assert terminal.sees(" > ring\n")
    at = next(row for row, line in enumerate(terminal.text().splitlines(), 1) if line.startswith("   1. Strike"))
    terminal.type(f"\x1b[<0;8;{at}M\x1b[<0;8;{at}m")
    assert terminal.sees("> 1. Strike the gong\n Bong.\n\n   1. Strike")


def test_the_line_that_is_typed_is_completed_with_meaning(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal()
    terminal.type("exa\tu\t\r")
    assert terminal.sees("It stands.")
    terminal.type("\t")
    assert terminal.sees("  go north (where you have not been)\n")
    terminal.type(f"{DOWN}\r\r")
    assert terminal.sees("> Strike the gong\n Bong.\n")
    terminal.type("\t\t\t\r\r")
    assert terminal.sees("> go north\n The kitchen")


def test_lines_typed_before_come_back(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal()
    terminal.type("examine spoon\r")
    assert terminal.sees("> examine spoon\n")
    terminal.type("\x10")
    assert terminal.sees("\n> examine spoon\n")


def test_a_wide_window_has_a_panel_which_a_key_hides(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal(size=(140, 45))
    assert terminal.sees("│ People\n")
    assert "Exits: north" not in terminal.text()
    terminal.type(F2)
    assert terminal.sees("Exits: north, up\n")
    assert "│" not in terminal.text()
    terminal.type(F2)
    assert terminal.sees("│  Hands ▮▮▮")


def test_a_narrow_window_shows_the_panel_in_place_of_the_story(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal(size=(40, 12))
    terminal.type(F2)
    assert terminal.sees("The hall\n Week 1\n Hands")
    assert "A draught" not in terminal.text()
    terminal.type(F2)
    assert terminal.sees("A draught")


def test_another_size_sets_the_story_anew(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal(size=(140, 45))
    terminal.type("help\r")
    assert terminal.sees("possible now.")
    terminal.resize(40, 12)
    assert terminal.sees("> help\nChoices: type 1, or words of the choice.\nYou can go: north, up.\n")
    terminal.type(END)
    assert terminal.sees("possible now.")
    assert terminal.sees("\nExits: north, up\n")
    terminal.resize(140, 45)
    assert terminal.sees("possible now.")
    assert terminal.sees("> help")


def test_a_key_goes_to_line_mode_and_back_with_nothing_lost(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal()
    terminal.type("n\r")
    assert terminal.sees("The kitchen")
    terminal.type(f"exam{F10}")
    assert terminal.sees("\nThe kitchen\nSteam.\n")  # without the margin that the full screen has
    assert terminal.sees("\n> exam\n")
    kept = terminal.scrollback()
    assert kept.index("A draught.") < kept.index("\n> n\nThe kitchen\nSteam.\n") < kept.index("  1. Open the window\n")
    terminal.type("\x151\r")
    assert terminal.sees("Air.")
    terminal.type(F10)
    assert terminal.sees("F1 all commands")
    assert terminal.sees(" > 1. Open the window\n Air.\n")
    terminal.type("quit\r")
    assert terminal.ends() == 0
    assert terminal.scrollback().count("A draught.") == terminal.scrollback().count("Air.") == 1
    assert terminal.text().endswith("Your game is saved.\n") or "Your game is saved.\n" in terminal.text()


def test_a_game_begun_in_lines_goes_to_the_full_screen_and_back(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal("--seed", "1")
    terminal.type("n\r")
    assert terminal.sees("\n  1. Open the window\n\nExits: south (the hall), east\n\n>")
    terminal.type(f"exam{F10}")
    assert terminal.sees("F1 all commands")
    assert terminal.sees(" > n\n The kitchen\n Steam.\n\n   1. Open the window\n")  # once: below the story
    assert "\n> exam\n" in terminal.text()
    terminal.type(f"\x151\r{F10}")
    assert terminal.sees("\n> 1. Open the window\nAir.\n")
    terminal.type("quit\r")
    assert terminal.ends() == 0
    assert terminal.scrollback().count("Steam.") == 1


def test_one_key_shows_all_that_is_possible(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal()
    terminal.type(F1)
    assert terminal.sees("About the game")


def test_questions_can_be_answered_by_arrows(open_terminal: Callable[..., Terminal]) -> None:
    terminal = open_terminal()
    terminal.type("save a\r")
    assert terminal.sees('Saved as "a".')
    terminal.type("restart\r")
    assert terminal.sees("From the beginning.")
    terminal.type("save a\r")
    assert terminal.sees("   2. No\n")
    terminal.type(f"{DOWN}{UP}\r")
    assert terminal.sees("Not saved.")


def test_the_title_page(tmp_path: Path) -> None:
    terminal = Terminal("--screen", PIANIST_QUEST_SAVES=str(tmp_path))
    assert terminal.sees("F10")
    terminal.type("worlds\r")
    assert terminal.sees("Night Market")
    terminal.type("first\r")
    assert terminal.sees("First Steps\n")
    terminal.type("new\r")
    assert terminal.sees("The hall\n")
    terminal.type("n\r")
    assert terminal.sees("The parlour\n")
    terminal.type("\x04")
    assert terminal.ends() == 0
    assert "Your game is saved." in terminal.text()
    terminal.leave()


def test_the_settings_open_it_as_well_and_do_without_the_mouse(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text('screen = "full"\nmouse = false\n', encoding="utf-8")
    terminal = Terminal("play", "first_steps", "--saves", str(tmp_path), PIANIST_QUEST_SETTINGS=str(settings))
    assert terminal.sees("F10 line mode")
    assert b"?1049h" in terminal.raw
    assert b"?1000h" not in terminal.raw
    terminal.type("\x1b[20~n\r")
    assert terminal.sees("The parlour")
    assert b"?1000h" in terminal.raw
    terminal.leave()
