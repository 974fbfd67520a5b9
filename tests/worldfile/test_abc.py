"""Tunes in ABC notation: what is read, and at which letter it is said that something cannot be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pianist_quest.worldfile.abc import parse_tune
from pianist_quest.worldfile.expression import SyntaxMistakeError
from pianist_quest.worldfile.tune import WHOLE, Tune, frequency

QUARTERS = "L:1/4\nQ:1/4=60\n"


def keys(tune: Tune) -> list[int]:
    return [strike.key for strike in tune.strikes()]


def times(tune: Tune) -> list[tuple[float, float]]:
    return [(strike.start, strike.seconds) for strike in tune.strikes()]


def read(notes: str, key: str = "C", more: str = "") -> Tune:
    return parse_tune(f"{QUARTERS}{more}K:{key}\n{notes}\n")


def mistake(text: str) -> tuple[str, str]:
    """Return the characters at which a tune cannot be read, and what is said."""
    with pytest.raises(SyntaxMistakeError) as caught:
        parse_tune(text)
    return text[caught.value.start : caught.value.end], caught.value.message


def test_letters_are_keys_in_octaves() -> None:
    assert keys(read("C D E F G A B c b c' C, A,,,,")) == [60, 62, 64, 65, 67, 69, 71, 72, 83, 84, 48, 21]


def test_accidentals_hold_for_their_letter_up_to_the_bar_line() -> None:
    assert keys(read("^F F f =F F | F __B ^^c")) == [66, 66, 78, 65, 65, 65, 69, 74]


@pytest.mark.parametrize(
    ("key", "scale"),
    [
        ("C", "C D E F G A B"), ("G", "C D E F# G A B"), ("Bb", "C D Eb F G A Bb"), ("F#m", "C# D E F# G# A B"),
        ("C minor", "C D Eb F G Ab Bb"), ("D dorian", "C D E F G A B"), ("E mix", "C# D E F# G# A B"),
        ("none", "C D E F G A B"), ("C#", "C# D# E# F# G# A# B#"), ("Ebm", "Cb Db Eb F Gb Ab Bb"),
    ],
)  # fmt: skip
def test_a_key_has_its_sharps_or_flats(key: str, scale: str) -> None:
    names = {" sharp": "#", " flat": "b"}
    notes = [note.pitches[0].name for note in read("CDEFGAB", key).voices[0].bars[0].notes]
    assert [next((name[0] + sign for word, sign in names.items() if word in name), name) for name in notes] == (
        scale.split()
    )


def test_lengths_are_counted_from_the_unit() -> None:
    tune = read("c2 c/ c/2 c3/2 z c>d (3cde")
    seconds = [round(note.length * 4 / WHOLE, 3) for note in tune.voices[0].bars[0].notes]
    assert seconds == [2, 0.5, 0.5, 1.5, 1, 1.5, 0.5, 0.667, 0.667, 0.667]
    assert times(read("z c"))[0] == (1.0, 1.0)


def test_without_a_unit_the_meter_says_what_a_letter_lasts() -> None:
    assert parse_tune("M:2/4\nK:C\nc").voices[0].bars[0].notes[0].length == WHOLE // 16
    assert parse_tune("M:4/4\nK:C\nc").voices[0].bars[0].notes[0].length == WHOLE // 8
    assert parse_tune("M:C|\nL:1/2\nK:C\nc2|").meter == (2, 2)


def test_what_is_tied_is_struck_once_also_over_a_bar_line() -> None:
    tune = read("^c- | c c", more="M:4/4\n")
    assert keys(tune) == [73, 72]
    assert times(tune) == [(0.0, 2.0), (2.0, 1.0)]


def test_chords_and_voices_sound_together() -> None:
    tune = read("V:1\n[eg]2\nV:2\nC E")
    assert [(one.start, one.key) for one in tune.strikes()] == [(0, 60), (0, 76), (0, 79), (1, 64)]
    assert [voice.clef for voice in read("V:1\nc\nV:2\nC,").voices] == ["treble", "bass"]


def test_our_own_directives_tune_the_piano_and_put_a_wasp_in_it() -> None:
    tune = parse_tune("%%pitch 435\n%%buzz _A ^f\n%%scale 0.7\nK:C\n_A")
    assert (tune.concert, tune.buzzing) == (435, frozenset({68, 78}))
    assert [strike.buzzes for strike in tune.strikes()] == [True]
    assert frequency(69, 435) == 435
    assert frequency(57) == 220


@pytest.mark.parametrize(
    ("text", "wrong", "said"),
    [
        ("K:C\nc d h e", "h", "`h` is no note"),
        ("K:C\n|: c", ":", "`:` is not known here"),
        ("K:C\n[ceg", "[", "this chord is not closed"),
        ("K:C\n[]", "[", "this chord is empty"),
        ("K:C\nC,,,,", "C,,,,", "no piano has the note `C,,,,`"),
        ("K:C\nc0", "0", "this is no length that can be counted"),
        ("K:C\nc2000", "2000", "this is no length"),
        ("K:C\n- c", "-", "a tie stands directly behind a note"),
        ("K:C\n> c", ">", "`>` stands between two notes"),
        ("K:C\n(9ccc", "(9", "this is no tuplet"),
        ("K:C\n(3cc|c", "|", "a bar line stands in the middle of notes that belong together"),
        ("M:3/4\nL:1/4\nK:C\nc | c d | c3 |", "c d", "this bar is 2/4 long, and the meter is 3/4"),
        ("M:3/4\nL:1/4\nK:C\nc4 |", "c4", "this bar is 4/4 long, and the meter is 3/4"),
        ("c d e", "c d e", "these notes stand before the key"),
        ("M:4/4", "M:4/4", "this tune has no key"),
        ("M:four\nK:C\nc", "four", "`M:four` cannot be read"),
        ("Q:1/4=9\nK:C\nc", "1/4=9", "`Q:1/4=9` cannot be read"),
        ("K:G#\nc", "G#", "`K:G#` cannot be read"),
        ("W:la\nK:C\nc", "W:", "the field `W:` is not known here"),
        ("K:C\nL:1/4\nc", "L:", "`L:` stands before the notes, and `K:` is the last of the fields"),
        ("K:C\nV:1\nc\nV:2\nc\nV:3\nc", "3", "a tune has two voices at most"),
        ("%%buzz _A H\nK:C\nc", "H", "`H` is no note"),
        ("%%pitch high\nK:C\nc", "high", "the pitch of A is a whole number of hertz, from 390 to 470"),
        ("K:C\nz4", "K:C\nz4", "there are no notes in this tune"),
    ],
)  # fmt: skip
def test_a_mistake_is_shown_where_it_is(text: str, wrong: str, said: str) -> None:
    assert mistake(text) == (wrong, said)


def test_a_tune_is_not_endless() -> None:
    assert "at most 500 notes" in mistake("K:C\n" + "c" * 501)[1]
    assert "this lasts 500 seconds" in mistake("Q:1/4=48\nL:1/1\nK:C\n" + "c4" * 25)[1]
    assert "at most 20,000 characters" in mistake("K:C\n" + "c" * 20_000)[1]
    assert "four whole notes" in mistake("L:1/1\nK:C\nc5")[1]


def tune_or_mistake(text: str) -> Tune | SyntaxMistakeError:
    try:
        return parse_tune(text)
    except SyntaxMistakeError as wrong:
        return wrong


PIECES = ["K:C\n", "M:3/4\n", "V:2 clef=bass\n", "%%buzz ", "%%pitch ", "(3", "||", "é"]
PIECES += "abcCDz2/>-<()[]|:^_=,' \n9%K"


@given(text=st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@settings(max_examples=300)
def test_any_text_is_a_tune_or_has_a_mistake_within_it(text: str) -> None:
    found = tune_or_mistake(f"K:C\n{text}")
    if isinstance(found, Tune):
        assert all(21 <= strike.key <= 108 and strike.seconds > 0 for strike in found.strikes())
    else:
        assert 0 <= found.start <= found.end <= len(text) + 5
        assert found.message
