"""Music as sound: what is in the files that are written, and that nobody needs a loudspeaker."""

from __future__ import annotations

import math
import subprocess
import sys
import wave
from array import array
from io import StringIO
from types import SimpleNamespace
from typing import TYPE_CHECKING, Self

import pytest

from pianist_quest.cli import main
from pianist_quest.sound import player as sound
from pianist_quest.sound.tones import RATE, samples
from pianist_quest.worldfile.abc import parse_tune

if TYPE_CHECKING:
    from pathlib import Path

WORLD = """
format: 1
title: Tones
start: hall
rooms: {hall: {name: Hall, choices: [{label: Strike, play: a}, {label: Play, play: scale}, {label: Low, play: low}]}}
music:
  a: {title: An A, abc: "L:1/4\\nQ:1/4=60\\nK:C\\nA2"}
  low: {title: An older A, abc: "%%pitch 435\\nL:1/4\\nQ:1/4=60\\nK:C\\nA2"}
  scale: |
    T:A scale
    M:4/4
    L:1/8
    Q:1/4=120
    K:C
    CDEFGABc | [CEGc]8 |
"""


@pytest.fixture
def world(tmp_path: Path) -> str:
    (tmp_path / "tones.yaml").write_text(WORLD, encoding="utf-8")
    return str(tmp_path / "tones.yaml")


def strength(made: array[int], pitch: float, start: float, seconds: float = 0.25) -> float:
    """Return how strong a frequency is in a part of a sound: Goertzel's algorithm under a Hann window."""
    count, first = int(seconds * RATE), int(start * RATE)
    turn = 2 * math.cos(2 * math.pi * pitch / RATE)
    before = last = 0.0
    for at in range(count):
        window = 0.5 - 0.5 * math.cos(2 * math.pi * at / count)
        before, last = last, made[first + at] * window + turn * last - before
    return math.sqrt(max(0.0, last * last + before * before - turn * last * before))


def pitch(made: array[int], about: float, start: float) -> float:
    """Return the strongest frequency within a whole tone, to a tenth of a hertz or so."""
    steps = [about * 2 ** (cents / 1200) for cents in range(-200, 201, 4)]
    return max(steps, key=lambda one: strength(made, one, start, 0.5))


def test_a_file_has_the_length_the_rate_and_the_pitch_of_its_tune(
    world: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.wav"
    assert main(["music", world, "a", "--wav", str(file)]) == 0
    assert "An A, 2.4 seconds" in capsys.readouterr().out
    with wave.open(str(file)) as one:
        assert (one.getnchannels(), one.getsampwidth(), one.getframerate()) == (1, 2, 44_100)
        made = array("h", one.readframes(one.getnframes()))
    assert 2.0 < len(made) / RATE < 2.5
    assert abs(pitch(made, 440, 0.1) - 440) < 4.4
    assert strength(made, 440, 0.1) > 3 * strength(made, 466.2, 0.1)
    assert abs(pitch(made, 880, 0.1) - 880) < 8.8  # the second partial


def test_the_fork_and_the_piano_differ_by_a_fifth_of_a_semitone() -> None:
    made = samples(parse_tune("%%pitch 435\nL:1/1\nK:C\nA"))
    assert abs(pitch(made, 440, 0.1) - 435) < 1.5


@pytest.mark.usefixtures("uncounted")
def test_each_note_of_a_tune_is_heard_when_it_is_struck() -> None:
    made = samples(parse_tune("M:4/4\nL:1/4\nQ:1/4=60\nK:C\nc C G z |"))
    for start, wanted in enumerate((523.25, 261.63, 392.0)):
        others = [one for one in (523.25, 261.63, 392.0) if one < wanted]
        assert abs(pitch(made, wanted, start + 0.3) - wanted) < wanted / 100
        assert all(strength(made, wanted, start + 0.5) > strength(made, one, start + 0.5) for one in others)
    assert max(map(abs, made[-100:])) < 500


@pytest.mark.usefixtures("uncounted")
def test_a_note_begins_softly_dies_away_and_never_clips() -> None:
    made = samples(parse_tune("L:1/1\nQ:1/4=60\nK:C\n[C,EGceg]"))
    loud = [max(map(abs, made[start : start + RATE // 10])) for start in range(0, 4 * RATE, RATE // 2)]
    assert max(map(abs, made)) <= 0.91 * 32_767
    assert max(map(abs, made[:20])) < loud[0] / 10
    assert loud == sorted(loud, reverse=True)
    assert loud[-1] < loud[0] / 3


@pytest.mark.usefixtures("uncounted")
def test_a_wasp_is_what_is_not_in_the_note() -> None:
    clean, buzzing = (samples(parse_tune(f"{more}L:1/1\nK:C\n_A")) for more in ("", "%%buzz _A\n"))
    pitch_of_it = 440 * 2 ** (-1 / 12)
    high = [sum(strength(made, number * pitch_of_it, 0.2) for number in range(10, 15)) for made in (clean, buzzing)]
    assert high[1] > 20 * high[0]
    assert abs(pitch(buzzing, pitch_of_it, 0.1) - pitch_of_it) < pitch_of_it / 100


def test_music_is_listed_shown_and_asked_for(world: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["music", world]) == 0
    assert capsys.readouterr().out.splitlines()[2] == "scale   4.0 s  A scale"
    assert main(["music", world, "scale"]) == 0
    assert "Music: A scale: C, D, E, F, G, A, B, C; C with E with G with C.\n" in capsys.readouterr().out
    assert main(["music", world, "scael"]) == 2
    assert "there is no music `scael`; did you mean `scale`?" in capsys.readouterr().err
    assert main(["music", world, "--wav", "x.wav"]) == 2
    assert "which music?" in capsys.readouterr().err
    assert main(["music", "first_steps"]) == 0
    assert capsys.readouterr().out == "There is no music in this world.\n"


class Device:
    """A library that plays, as sounddevice does."""

    def __init__(self, *, device: bool = True) -> None:
        self.heard, self.closed, self.device = b"", 0, device

    def query_devices(self, kind: str) -> object:
        if not self.device:
            raise ValueError(f"No {kind} device")
        return {}

    def RawOutputStream(self, samplerate: int, channels: int, dtype: str) -> Device:  # noqa: N802 - its name
        assert (samplerate, channels, dtype) == (RATE, 1, "int16")
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.closed += 1

    def write(self, data: bytes) -> None:
        self.heard += data

    def abort(self) -> None:
        self.closed += 1


def test_a_player_plays_all_of_a_tune_in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    device = Device()
    monkeypatch.setitem(sys.modules, "sounddevice", device)
    player, tune = sound.Player(), parse_tune("K:C\nc")
    player.play(tune)
    player.wait()
    assert device.heard == samples(tune).tobytes()
    assert device.closed == 1


def test_what_goes_wrong_with_the_device_is_nobodys_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise OSError("unplugged")

    device = SimpleNamespace(query_devices=lambda kind: kind, RawOutputStream=fail)
    monkeypatch.setitem(sys.modules, "sounddevice", device)
    player = sound.Player()
    player.play(parse_tune("K:C\nc"))
    player.wait()
    player.stop()


@pytest.mark.parametrize(
    ("module", "said"),
    [(None, "sounddevice is not installed"), (Device(device=False), "there is nothing to play on (No output device)")],
)
def test_where_nothing_can_be_heard_it_is_said_once_and_the_game_goes_on(
    module: object, said: str, world: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", module)
    monkeypatch.setattr("sys.stdin", StringIO("1\n"))
    assert main(["play", world, "--plain", "--sound"]) == 0
    shown = capsys.readouterr()
    assert shown.err.count("music cannot be heard: ") == 1
    assert said in shown.err
    assert main(["music", world, "a", "--sound"]) == 1


def test_sound_is_not_even_imported_where_nobody_wants_it(world: str) -> None:
    code = (
        f"import sys; from pianist_quest.cli import main; main(['play', {world!r}, '--plain']);"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], input="1\n", capture_output=True, text=True, check=True)
    assert "Music: An A: A." in done.stdout
    assert not {name for name in done.stderr.split() if "sound" in name or "performance" in name}
