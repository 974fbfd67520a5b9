"""Music as it is shown: staves and keyboards where pictures are wanted, words everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pianist_quest.saves.store import Store
from pianist_quest.terminal import keyboard, staff
from pianist_quest.terminal.desk import Desk, View
from pianist_quest.terminal.loop import Play
from pianist_quest.terminal.performance import Performance, picture
from pianist_quest.terminal.plain import TranscriptFile
from pianist_quest.terminal.session import Session
from pianist_quest.terminal.wrap import cells, plain_text
from pianist_quest.worldfile.abc import parse_tune
from terminal.house import story
from terminal.screens import F10, sized
from terminal.test_loop import Script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pianist_quest.terminal.wrap import Line
    from terminal.screens import Terminal

MOZART = "M:4/4\nL:1/4\nQ:1/4=130\nK:C\nc2 e g | B3/2 c/4d/4 c z |"
WORLD = """
format: 1
title: Music
start: hall
rooms:
  hall:
    name: Hall
    choices: [{label: Play, text: You play., play: sonata}, {label: Strike, play: wasp}, {label: Wait, text: A while.}]
music:
  sonata: {title: A sonata, abc: "M:4/4\\nL:1/4\\nQ:1/4=60\\nK:C\\nc2 e g | B3/2 c/4d/4 c z |"}
  wasp: {title: The wasp, abc: "%%buzz _A\\nL:1/1\\nK:C\\n_A"}
"""
ROOM = story(WORLD)


def shown(lines: Sequence[Line]) -> str:
    return "\n".join(plain_text(line).rstrip() for line in lines)


def staves(abc: str, width: int = 78, ink: staff.Ink = staff.PRINT) -> str:
    return shown(staff.staff_lines(parse_tune(abc), width, ink))


def test_the_opening_stands_on_a_staff() -> None:
    assert (
        staves(MOZART)
        == """\
             ●
─────────────┼──┬────────────────┬
          ●  │  │                │
──────────┼──│──┼───────●────────┼
   4  ○   │     │    ●  │  ●     │
──────┼───│─────┼─●·─┼──┼╱─┼──ξ──┼
   4  │         │ │  │╱ │╱ │     │
─&────│─────────┼─┼──│╱────│─────┼
                │ │              │
────────────────┴────────────────┴"""  # noqa: RUF001 - lines
    )


def test_where_there_are_no_such_letters_ascii_does() -> None:
    text = staves("M:3/4\nL:1/8\nK:Cm clef=bass\nC,2 [E,G,C]4 | ^F,/G,/=A,, B,,- B,, z2 |", 40, staff.ASCII)
    assert text.isascii()
    assert (
        text
        == """\
            -O-
             |
-------------|---|---------------------|
             o   |     @               |
-9:-------|--|---|-#@--|---------------|
    b  3  |  o   |  |  |/     |\\ |\\    |
----------|--|---|--|/-|/--|\\-|--|--z--|
       4  @  |   |  |/     |  |  |     |
---b---------|---|---------|--@_-@-----|
     b           |        n@           |
-----------------|---------------------|""".replace("-O-", "-o-")
    )


@pytest.mark.parametrize("width", range(20, 81, 5))
def test_no_line_is_wider_than_the_window_and_bars_stay_whole(width: int) -> None:
    tune = parse_tune("M:4/4\nL:1/8\nK:E\n" + "c^de=f gabc' | C,D,E,F, [CEG]2 z2 | " * 4)
    for boxes in (True, False):
        lines = picture(tune, width, boxes=boxes)
        assert max(cells(plain_text(line)) for line in lines) <= width
        assert all(line != () or index == 0 or lines[index - 1] != () for index, line in enumerate(lines))
    rows = [plain_text(line) for line in staff.staff_lines(tune, width)]
    assert width < 45 or max(rows, key=len)[-1] in "┬┼│"


def test_notes_that_share_the_time_of_fewer_have_their_number() -> None:
    assert staves("L:1/4\nK:C\n(3cde (3FED G").count("3") == 2
    rows = staves("L:1/4\nK:C\n(3CDE F").splitlines()
    heads = sorted({at for row in rows for at, char in enumerate(row) if char == "●"})
    assert [row.index("3") for row in rows if "3" in row] == [heads[1]]


def test_two_voices_stand_one_above_the_other_with_the_same_bar_lines() -> None:
    text = staves("M:2/4\nL:1/4\nK:C\nV:1\nc d | e f |]\nV:2 clef=bass\nC, z | G,2 |]")
    above, below = text.split("\n\n")
    assert [line.count("║") for line in (above.splitlines()[-1], below.splitlines()[-1])] == [1, 1]
    assert above.splitlines()[-1].index("║") == below.splitlines()[-1].index("║")


def test_struck_keys_are_marked_on_a_keyboard() -> None:
    assert (
        shown(keyboard.keyboard_lines({60, 61, 66, 72}, {60, 61, 66, 72}, 40))
        == """\
│ █ █ │ █ █ █ │ │
│ ● █ │ ● █ █ │ │
│●│ │ │ │ │ │ │●│
└─┴─┴─┴─┴─┴─┴─┴─┘
 C4            C5"""
    )
    assert shown(keyboard.keyboard_lines({60}, (), 40, keyboard.ASCII)).isascii()
    assert keyboard.keyboard_lines({21, 108}, {21}, 80) == []


def test_keys_light_up_one_after_another() -> None:
    seen = []
    music = Performance(ROOM.music, "sonata", lambda width, drawn: [*drawn("sonata", width)], boxes=True)
    still = shown(music(40))
    for at in music.changes:
        music.now = at
        seen.append([line.index("●") for line in shown(music(40)).splitlines()[-3:-2] if "●" in line])
    assert music.changes[:4] == (0, 2, 3, 4)
    assert [one[0] if one else 0 for one in seen] == [11, 15, 19, 9, 11, 13, 11, 0]
    music.now = None
    assert shown(music(40)) == still
    assert still.splitlines()[-3].count("●") == 5


# In a game


def test_music_changes_nothing_but_the_turn() -> None:
    session = Session.new(ROOM, 1)
    before = session.now
    session.type("2")
    assert (session.now.state, session.now.turn) == (before.state, before.turn + 1)
    session.type("music 1")
    assert session.now.turn == before.turn + 1


@pytest.fixture
def play(tmp_path: Path) -> Callable[..., Script]:
    def run(*lines: str, **how: object) -> Script:
        screen = Script(*lines)
        store = Store(tmp_path)
        desk = Desk(screen, store, lambda: "", autosave=False, open_transcript=TranscriptFile, **how)  # type: ignore[arg-type] # by name
        Play(desk, Session.new(ROOM, 1)).run()
        return screen

    return run


def test_a_screen_with_pictures_shows_words_first_and_then_the_picture(play: Callable[..., Script]) -> None:
    text = play("1", pictures=True, view=lambda: View(24, boxes=True)).text
    assert "You play.\n\nMusic: A sonata: C, E, G; B, C, D, C.\n\n               ●\n  ─────" in text
    assert "┼──ξ──┼    └─┴─┴─┴─┴─┴─┴─┴─┴─┴─┴─┘\n" in text
    assert "●" not in play("1", pictures=True).text
    assert "@" in play("1", pictures=True).text


def test_without_pictures_words_are_all_there_is(play: Callable[..., Script]) -> None:
    text = play("1", "2", "music", reader=True).text
    assert "Music: A sonata: C, E, G; B, C, D, C.\n" in text
    assert "Music: The wasp: A flat that buzzes.\n" in text
    assert "1. A sonata.\n2. The wasp.\n" in text
    assert "---" not in text


def test_what_is_played_is_heard_and_heard_again_when_asked_for(play: Callable[..., Script]) -> None:
    heard: list[object] = []
    play("1", "2", "3", "music wasp", "music", sound=heard.append)
    sonata, wasp = (ROOM.music[key].tune for key in ("sonata", "wasp"))
    assert heard == [sonata, wasp, wasp]


def test_a_loaded_game_knows_what_was_heard_before(play: Callable[..., Script]) -> None:
    play("1", "3", "save here")
    text = play("load here", "music").text
    assert "1. A sonata.\n" in text


def test_music_that_is_no_longer_in_the_world_is_told_and_not_drawn(tmp_path: Path) -> None:
    session = Session.new(ROOM, 1)
    session.type("1")
    session.moved_to(story(WORLD.replace("sonata", "sonatina")))
    screen, heard = Script("music"), list[object]()
    desk = Desk(
        screen, Store(tmp_path), lambda: "", autosave=False, open_transcript=TranscriptFile, pictures=True,
        sound=heard.append,
    )  # fmt: skip
    Play(desk, session).run()
    assert "Music: A sonata: C, E, G; B, C, D, C.\n" in screen.text
    assert "You have heard no music yet." in screen.text
    assert heard == []


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []
    (tmp_path / "music.yaml").write_text(WORLD, encoding="utf-8")

    def run(*arguments: str, settings: str = "", size: tuple[int, int] = (80, 30)) -> Terminal:
        (tmp_path / "settings.toml").write_text(settings, encoding="utf-8")
        saves = ("--saves", str(tmp_path / "saves"))
        environment = {"PIANIST_QUEST_SETTINGS": str(tmp_path / "settings.toml")}
        found = sized(size)("play", str(tmp_path / "music.yaml"), *saves, *arguments, **environment)
        opened.append(found)
        assert found.sees("1. Play")
        return found

    yield run
    for one in opened:
        one.leave()


@pytest.mark.parametrize("size", [(80, 30), (40, 30)])
def test_a_terminal_shows_all_of_it(terminal: Callable[..., Terminal], size: tuple[int, int]) -> None:
    one = terminal(size=size)
    one.type("1\r")
    assert one.sees("│ │ │●│●│●│●│ │●│ │ │\n")
    beside = "    │ █ █ █ │ █ █ │ █ █ █ │" if size[0] == 80 else ""
    assert f"──────────┼──│──┼───────●────────┼{beside}\n" in one.text()


def test_pictures_can_be_turned_off(terminal: Callable[..., Terminal]) -> None:
    one = terminal(settings="pictures = false\n")
    one.type("1\r")
    assert one.sees("Music: A sonata: C, E, G; B, C, D, C.\n")
    assert "●" not in one.text()


def test_the_full_screen_lights_the_keys_and_then_all_of_them(terminal: Callable[..., Terminal]) -> None:
    one = terminal("--screen")
    one.type("1\r")
    assert one.sees(" │ │ │ │●│ │ │ │ │ │ │\n")
    assert one.sees(" │ │ │ │ │ │●│ │ │ │ │\n")
    assert one.sees(" │ │ │ │ │ │ │ │●│ │ │\n")
    one.type("3\r")
    assert one.sees("A while.")
    assert one.sees(" │ │ │●│●│●│●│ │●│ │ │\n")
    one.type(F10)
    assert one.sees("\n>")
    assert "A while." in one.text()


def test_where_nothing_may_move_it_is_a_still(terminal: Callable[..., Terminal]) -> None:
    one = terminal("--screen", settings="motion = false\n")
    one.type("1\r")
    assert one.sees(" │ │ │●│●│●│●│ │●│ │ │\n")
    assert b" \xe2\x94\x82 \xe2\x94\x82\xe2\x97\x8f\xe2\x94\x82 \xe2\x94\x82 \xe2\x94\x82" not in one.raw
