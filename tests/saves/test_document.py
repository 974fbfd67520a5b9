"""A saved game's bytes: what is written is read again, and nothing else is."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pianist_quest.saves import document
from pianist_quest.saves.document import SaveError, exported, listed, seal, unseal

GOOD = {"format": 1, "world": "w", "title": "Aýgül"}


def test_what_is_sealed_is_read_again() -> None:
    assert unseal(seal(GOOD)) == GOOD


def test_a_part_to_a_line() -> None:
    assert seal(GOOD).decode().splitlines()[1:4] == [' "format": 1,', ' "world": "w",', ' "title": "Aýgül",']


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "at line 1, column 1"),
        (seal(GOOD)[:-20], "at line"),
        (seal(GOOD).replace(b'"w"', b'"v"'), "checksum"),
        (b"\xff\xfe", "byte 0 is not UTF-8"),
        (b"[1]", "no JSON object"),
        (b'{"format": 1, "format": 1}', "stands twice"),
        (b'{"format": NaN}', "holds NaN"),
        (b'{"format": -Infinity}', "holds -Infinity"),
        (b'{"format": 1e999}', "whole number"),
        (b'{"format": true}', "whole number"),
        (b'{"format": 0}', "whole number"),
        (b'{"format": ' + b"9" * 5000 + b"}", "thousands of digits"),
        (b'{"a":' * 100_000, "nests too deep"),
        (b"[" * 100_000, "nests too deep"),
        (b'{"format": 1, "checksum": "0"}', "checksum"),
        (b'{"format": 1, "x": "\\ud800"}', "checksum"),
    ],
)
def test_damage_is_named(data: bytes, part: str) -> None:
    with pytest.raises(SaveError, match="damaged") as caught:
        unseal(data)
    assert part in str(caught.value)
    assert "Load another, or delete it." in str(caught.value)


def test_a_huge_file_is_not_even_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "LIMIT", 10)
    with pytest.raises(SaveError, match="larger than"):
        unseal(seal(GOOD))


def test_a_newer_format_asks_for_a_newer_program() -> None:
    with pytest.raises(SaveError, match=r"format 4, .* up to 3.*newer Pianist Quest"):
        unseal(seal({**GOOD, "format": 4}))


def test_the_file_is_named_once() -> None:
    error = SaveError("Bad", todo="Mend it.").at("a.json").at("b.json")
    assert str(error) == "Bad (a.json). Mend it."


def test_what_is_not_listed_is_packed_and_an_export_is_not() -> None:
    whole = {**GOOD, "values": {"hands": 3}}
    assert b"hands" not in seal(whole)
    assert b'"values": {"hands": 3}' in exported(whole)
    assert unseal(seal(whole)) == unseal(exported(whole)) == whole
    assert listed(seal(whole)) == GOOD


def test_saves_of_the_format_before_are_read() -> None:
    assert unseal(exported({**GOOD, "format": 1, "values": {}})) == {**GOOD, "format": 1, "values": {}}


@pytest.mark.parametrize(
    ("packed", "part"),
    [
        (7, "no text"),
        ("%%%", "cannot be unpacked"),
        ("aGVsbG8=", "cannot be unpacked"),
        (b64encode(zlib.compress(b"{}")[:-4]).decode(), "the end of"),
        (b64encode(zlib.compress(b"[1]")).decode(), "no JSON object"),
        (b64encode(zlib.compress(b'{"a":' * 100_000)).decode(), "nests too deep"),
        (b64encode(zlib.compress(b" " * (document.LIMIT + 1))).decode(), "larger than 16 MiB"),
    ],
)
def test_what_is_packed_is_read_as_a_strangers(packed: object, part: str) -> None:
    with pytest.raises(SaveError, match="damaged") as caught:
        unseal(exported({**GOOD, "packed": packed}))
    assert part in str(caught.value)


@given(st.binary(max_size=200))
def test_no_bytes_are_an_accident(data: bytes) -> None:
    with pytest.raises(SaveError):
        unseal(data)


@given(st.integers(0, len(seal(GOOD)) - 1), st.integers(0, 255))
def test_no_changed_byte_goes_unseen(position: int, byte: int) -> None:
    data = bytearray(seal(GOOD))
    data[position] = byte
    try:
        found = unseal(bytes(data))
    except SaveError:
        return
    assert json.dumps(found, sort_keys=True) == json.dumps(GOOD, sort_keys=True)
