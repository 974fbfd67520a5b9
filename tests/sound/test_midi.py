"""A MIDI keyboard, played by a test: what is struck is typed after a pause."""

from __future__ import annotations

import sys
from threading import Event
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from pianist_quest.sound.midi import Keyboard, NoKeyboardError, highest

if TYPE_CHECKING:
    from collections.abc import Callable

    Hear = Callable[[SimpleNamespace], None]


class Port:
    """A port without a keyboard behind it."""

    closed = False

    def close(self) -> None:
        self.closed = True


class Player:
    """A keyboard, and the lines that it has typed."""

    def __init__(self) -> None:
        self.port, self.lines, self.now = Port(), list[str](), 0.0
        self.typed = Event()
        self.keyboard = Keyboard(self.enter, lambda _: self.port, pause=0.05, clock=lambda: self.now)

    def enter(self, line: str) -> None:
        self.lines.append(line)
        self.typed.set()

    def strike(self, *keys: int) -> None:
        for key in keys:
            self.keyboard.hear(SimpleNamespace(type="note_on", note=key, velocity=64))
            self.keyboard.hear(SimpleNamespace(type="note_on", note=key, velocity=0))  # let go
        self.now += 0.3


@pytest.fixture
def player() -> Player:
    return Player()


def test_a_phrase_is_typed_when_it_is_over(player: Player) -> None:
    for key in (60, 64, 67):
        player.strike(key)
    assert player.typed.wait(5)
    assert player.lines == ["notes C, E, G"]


def test_the_highest_of_a_chord_counts(player: Player) -> None:
    player.strike(48, 68)
    assert player.typed.wait(5)
    assert player.lines == ["notes A flat"]
    assert highest([(0.0, 60), (0.02, 72), (0.04, 64), (1.0, 62)]) == [72, 62]


def test_pedals_and_wheels_type_nothing(player: Player) -> None:
    player.keyboard.hear(SimpleNamespace(type="control_change", control=64, value=127))
    assert not player.typed.wait(0.2)


def test_a_keyboard_is_given_back(player: Player) -> None:
    player.strike(60)
    player.keyboard.close()
    assert player.port.closed
    assert not player.typed.wait(0.2)


def library(names: list[str]) -> ModuleType:
    """Return a library that knows ports of some names."""

    def opened(name: str, callback: Hear) -> Port:
        del callback
        port = Port()
        port.name = name  # type: ignore[attr-defined] # to be looked at
        return port

    made = ModuleType("mido")
    made.get_input_names = lambda: names  # type: ignore[attr-defined] # as mido has it
    made.open_input = opened  # type: ignore[attr-defined] # the same
    return made


def test_the_first_keyboard_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mido", library(["Midi Through Port-0", "Piano"]))
    assert Keyboard(str)._port.name == "Piano"


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (None, "the library mido is not installed: pip install 'pianist-quest[midi]'"),
        (library(["Midi Through Port-0"]), "there is none connected"),
        (ModuleType("mido"), "this system has no MIDI"),
    ],
)
def test_where_there_is_none_that_is_said(monkeypatch: pytest.MonkeyPatch, found: ModuleType | None, why: str) -> None:
    monkeypatch.setitem(sys.modules, "mido", found)
    with pytest.raises(NoKeyboardError, match=why.replace("[", r"\[")):
        Keyboard(str)
