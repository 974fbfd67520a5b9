"""What authors ask while they play."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest

from pianist_quest.cli import main
from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.story.compile import compile_written
from pianist_quest.terminal.author import HELP, Author
from pianist_quest.terminal.render import said as as_shown
from pianist_quest.terminal.session import Session
from pianist_quest.terminal.wrap import plain_text
from pianist_quest.worldfile.load import load_world
from support import HEADER

if TYPE_CHECKING:
    from pathlib import Path

    from pianist_quest.story.compile import Written

WORLD = """
variables:
  nerve: {start: 2, min: 0, max: 10}
  mood: {one_of: [low, high], start: low}
  lit: false
  friend: {kind: character}
formulas: {brave(): nerve > 3 and lit}
rooms:
  hall:
    name: Hall
    exits: {north: loft, east: {to: loft, if: lit}, down: {to: loft, door: hatch}}
    choices:
      - {label: Sing, if: nerve >= 3 and mood == high, do: nerve -= 1}
      - {label: Shout, unless: lit or nerve > 1, text: Ah.}
      - {label: Dare, if: brave(), otherwise: not yet, text: Yes.}
      - {label: Rest, once: true, text: Ah.}
      - {label: Talk, goto: talk(3)}
  loft: {name: Loft, exits: {south: hall}}
items: {hatch: {name: hatch, door: true, open: false, at: [hall, loft]}}
characters: {ene: {name: Ene, at: loft}}
scenes:
  talk(n):
    - choices:
        - {label: Ask, if: n > nerve and n < 3, text: Hm.}
        - {label: Leave, goto: hall}
endings: {end: {name: End, text: Over.}}
"""


def again(file: Path) -> Written | str:
    """Return a world as it is written now, or the first thing that is wrong with it."""
    problems = Problems()
    world = load_world(file, problems)
    return (compile_written(world, problems) if world else None) or next(iter(problems)).message


@pytest.fixture
def session(tmp_path: Path) -> Session:
    """A game with its author in it."""
    (tmp_path / "w.yaml").write_text(HEADER + WORLD, "utf-8")
    written = again(tmp_path / "w.yaml")
    assert not isinstance(written, str), written
    session = Session.new(written.story, 1)
    session.author = Author(written, lambda: again(tmp_path / "w.yaml"))
    return session


def said(session: Session, line: str) -> str:
    return "\n".join(session.type(line).said).replace("\N{FIGURE SPACE}", " ")


def value(session: Session, name: str) -> str:
    return said(session, f"/vars {name}").rpartition(": ")[2]


def test_why_tells_each_part_of_a_condition_with_its_values_and_where_it_stands(session: Session) -> None:
    told = said(session, "/why sing")
    assert told.splitlines()[0].startswith("Sing (")
    assert told.splitlines()[0].endswith("w.yaml:16)")
    assert told.splitlines()[1:] == [
        "  nerve >= 3: no (nerve is 2)",
        "  mood == high: no (mood is low)",
    ]


def test_why_tells_what_must_not_hold_and_what_formulas_come_to(session: Session) -> None:
    assert "  not (lit or nerve > 1): no (lit is false, nerve is 2)" in said(session, "/why shout")
    assert "  brave(): no" in said(session, "/why dare")


def test_why_does_not_tell_that_a_thing_is_itself(session: Session, tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text(HEADER + WORLD.replace("if: brave()", "if: here(ene)"), "utf-8")
    session.type("/reload")
    assert said(session, "/why dare").splitlines()[1] == "  here(ene): no"


def test_why_alone_tells_of_all_that_is_not_open(session: Session) -> None:
    told = said(session, "/why")
    assert [line.partition(" (")[0] for line in told.splitlines() if not line.startswith("  ")] == [
        "Sing", "Shout", "Dare", "east", "down",
    ]  # fmt: skip
    assert "  lit: no" in told
    assert "  its door hatch is shut" in told


def test_why_tells_what_is_used_up_and_what_is_open(session: Session) -> None:
    assert "  is open" in said(session, "/why rest")
    session.type("rest")
    assert "  it can be taken once, and has been" in said(session, "/why rest")
    assert said(session, "/why waltz") == 'Nothing here is called "waltz".'


def test_why_knows_what_scenes_are_given(session: Session) -> None:
    session.type("talk")
    assert "  n > nerve: yes (n is 3, nerve is 2)\n  n < 3: no (n is 3)" in said(session, "/why ask")


def test_variables_and_expressions(session: Session) -> None:
    assert said(session, "/vars") == "nerve: 2\nmood: low\nlit: false\nfriend: nothing"
    assert said(session, "/vars nerv") == "nerve: 2"
    assert said(session, "/vars nerve * 2 + 1") == "nerve * 2 + 1: 5"
    assert said(session, "/vars where(ene)") == "where(ene): loft"


def test_a_change_is_a_moment_that_can_be_undone(session: Session) -> None:
    assert said(session, "/set nerve += 20") == "Done."
    assert value(session, "nerve") == "10"
    session.type("/set mood = high")
    session.type("/set friend = ene")
    assert value(session, "friend") == "ene"
    assert "  is open" in said(session, "/why sing")
    session.type("undo 3")
    assert value(session, "nerve") == "2"


def test_to_be_elsewhere(session: Session) -> None:
    assert session.type("/goto loft").moved
    assert session.summary == "Loft"
    session.type("/goto hall")
    session.type("/goto end")
    assert "End" in session.summary
    session.type("/goto loft")
    assert session.summary == "Loft"


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("/vars nerve +", "nerve +: "),
        ("/vars nevre > 1", "did you mean `nerve`?"),
        ("/set nerve", "this has no effect"),
        ("/set nerve = roll(1, 6)", "chance can be drawn in effects only"),
        ("/set nerve = lit", "a number is needed"),
        ("/set hall = 3", "cannot be changed"),
        ("/goto lofft", "did you mean `loft`?"),
        ("/goto ene", "there is no room or scene of that name"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_changes(line: str, part: str, session: Session) -> None:
    before = session.now
    assert part in said(session, line)
    assert session.now is before


@pytest.mark.parametrize("line", ["/", "/help", "/set", "/goto"])
def test_what_there_is_to_ask(line: str, session: Session) -> None:
    assert said(session, line) == "\n".join(HELP)


def test_a_line_that_is_none_is_said_to_be_none(session: Session) -> None:
    assert said(session, "/what now") == "\n".join(["There is no /what.", *HELP])


@pytest.mark.parametrize("line", ["/set nevre = 1", "/goto lofft", "/vars nevre > 1"])
def test_a_question_ends_with_its_own_mark(line: str, session: Session) -> None:
    assert said(session, line).endswith("?")


def test_what_is_wrong_with_a_world_stands_as_check_shows_it(session: Session) -> None:
    assert session.author is not None
    report = "\x1b[1;31merror\x1b[0m: there is no `x`\n  |\n8 |     at: x\n  |         ^"
    session.author.again = lambda: report
    shown = [plain_text(line) for line in as_shown(session.type("/reload").said, 60)]
    lines = [line.replace("\N{FIGURE SPACE}", " ") for line in shown]
    assert lines[:4] == ["error: there is no `x`", "  |", "8 |     at: x", "  |         ^"]


def test_players_have_no_slash(session: Session) -> None:
    session.author = None
    assert "nerve: 2" not in said(session, "/vars")


def test_the_world_is_read_again_and_the_player_stays(session: Session, tmp_path: Path) -> None:
    session.type("north")
    session.type("/set nerve = 7")
    (tmp_path / "w.yaml").write_text(HEADER + WORLD.replace("name: Loft", "name: Attic"), "utf-8")
    answer = session.type("/reload")
    assert "The world has been read again." in answer.said
    assert session.summary == "Attic"
    assert value(session, "nerve") == "7"


def test_what_is_gone_from_the_world_is_told(session: Session, tmp_path: Path) -> None:
    session.type("north")
    (tmp_path / "w.yaml").write_text(HEADER + WORLD.replace("loft", "attic"), "utf-8")
    assert "The room you were in is gone" in said(session, "/reload")
    assert session.summary == "Hall"


def test_a_world_that_is_wrong_now_is_not_taken(session: Session, tmp_path: Path) -> None:
    session.type("north")
    before = session.now
    (tmp_path / "w.yaml").write_text(HEADER + WORLD.replace("to: loft", "to: lofft"), "utf-8")
    assert "lofft" in said(session, "/reload")
    assert session.now is before
    (tmp_path / "w.yaml").write_text(HEADER + WORLD, "utf-8")
    assert "read again" in said(session, "/reload")


def test_an_author_begins_where_they_like(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("/vars patience\n/why turn the pin\n"))
    begin = ["--from", "parlour", "--set", "patience = 1", "--set", "remove(hammer)"]
    assert main(["play", "first_steps", "--plain", "--author", *begin]) == 0
    told = capsys.readouterr().out
    assert "An upright piano" in told
    assert "patience: 1" in told
    assert "has(hammer): no" in told


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--from", "parlour"], "add --author"),
        (["--author", "--from", "parlor"], "did you mean `parlour`?"),
        (["--author", "--set", "patience"], "this has no effect"),
    ],
)
def test_what_an_author_cannot_begin_with(options: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["play", "first_steps", "--plain", *options]) == 2
    assert said in capsys.readouterr().err
