"""Folders that hold what no folder of a world should."""

from __future__ import annotations

import os
import sys
from contextlib import chdir
from pathlib import Path

import pytest

from hostile_checks import ends_well
from support import HALL, HEADER, codes

START = HEADER + HALL


def write(path: Path, text: str = START) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_folder_without_files_has_no_world(tmp_path: Path) -> None:
    assert codes(ends_well(tmp_path)) == ["no-world-file"]


@pytest.mark.parametrize("name", ["nothing", "no/such/folder", "a\0b", "x" * 5000, "world.yaml/world.yaml"])
def test_a_path_to_nothing_has_no_world(tmp_path: Path, name: str) -> None:
    write(tmp_path / "world.yaml")
    assert codes(ends_well(tmp_path / name)) in (["no-world-file"], ["unreadable-file"])


def test_a_folder_called_world_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "world.yaml").mkdir()
    assert codes(ends_well(tmp_path)) == ["no-world-file"]


def test_a_folder_called_like_a_file_is_looked_into(tmp_path: Path) -> None:
    write(tmp_path / "world.yaml")
    write(tmp_path / "more.yaml" / "x.yaml", "variables: {a: nothing!, b: 1.5}\n")
    assert codes(ends_well(tmp_path)) == ["bad-number"]


@pytest.mark.parametrize("name", ["world.yaml", "more.yaml"])
def test_a_pipe_is_not_read(tmp_path: Path, name: str) -> None:
    write(tmp_path / "world.yaml")
    (tmp_path / name).unlink(missing_ok=True)
    os.mkfifo(tmp_path / name)
    assert codes(ends_well(tmp_path)) == ["unreadable-file"]
    assert codes(ends_well(tmp_path / name)) == ["unreadable-file"]


def test_a_device_is_not_read() -> None:
    assert codes(ends_well(Path("/dev/zero"))) == ["unreadable-file"]


@pytest.mark.parametrize("target", ["../outside.yaml", "/etc/passwd", "nowhere", ".", "link.yaml", "other"])
def test_a_link_is_not_followed(tmp_path: Path, target: str) -> None:
    write(tmp_path / "outside.yaml")
    write(tmp_path / "w" / "world.yaml")
    write(tmp_path / "w" / "other" / "x.yaml", "variables: {a: 1}\n")
    (tmp_path / "w" / "link.yaml").symlink_to(target)
    assert codes(ends_well(tmp_path / "w")) == ["outside-folder"]


def test_a_link_in_place_of_the_world_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "outside.yaml")
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "world.yaml").symlink_to("../outside.yaml")
    assert codes(ends_well(tmp_path / "w")) == ["outside-folder"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("name", ["world.yaml", "more.yaml", "folder"])
def test_what_the_system_refuses_is_told(tmp_path: Path, name: str) -> None:  # pragma: no cover - not as root
    write(tmp_path / "world.yaml")
    write(tmp_path / "more.yaml", "variables: {a: 1}\n")
    write(tmp_path / "folder" / "x.yaml", "variables: {b: 1}\n")
    (tmp_path / name).chmod(0)
    try:
        assert codes(ends_well(tmp_path)) == ["unreadable-file"]
    finally:
        (tmp_path / name).chmod(0o700)


def test_what_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "world.yaml")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (found,) = ends_well(tmp_path)
    assert found.message == "the file cannot be read: Permission denied"


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "world.yaml")
    write(tmp_path / "locked" / "x.yaml", "variables: {a: 1}\n")
    real = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert codes(ends_well(tmp_path)) == ["unreadable-file"]


def test_a_path_that_cannot_be_looked_at_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", refuse)
    assert codes(ends_well(tmp_path / "world.yaml")) == ["unreadable-file"]


@pytest.mark.skipif(sys.platform == "darwin", reason="its file names are always UTF-8")
@pytest.mark.parametrize("name", [b"\xff\xfe.yaml", "\u202egnp.yaml".encode(), b"\x1b[2J.yaml", b"a\nb.yaml"])
def test_an_odd_name_reaches_no_terminal(tmp_path: Path, name: bytes) -> None:
    write(tmp_path / "world.yaml")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("rooms: {Bad: {name: x}}\n", encoding="utf-8")
    with chdir(tmp_path):
        assert codes(ends_well(Path())) == ["bad-name"]


def test_hidden_files_and_folders_are_not_the_worlds(tmp_path: Path) -> None:
    write(tmp_path / "world.yaml")
    write(tmp_path / ".hidden.yaml", "{")
    write(tmp_path / ".git" / "x.yaml", "{")
    write(tmp_path / "notes.txt", "{")
    assert codes(ends_well(tmp_path)) == []


def test_folders_may_be_deep(tmp_path: Path) -> None:
    write(tmp_path / "world.yaml")
    write(tmp_path.joinpath(*["d"] * 200) / "x.yaml", "variables: {a: 1.5}\n")
    assert codes(ends_well(tmp_path)) == ["bad-number"]


def test_a_file_that_cannot_be_read_makes_no_name_unknown(tmp_path: Path) -> None:
    write(tmp_path / "world.yaml", HEADER)
    write(tmp_path / "broken.yaml", "rooms: {hall: {name: H}\n")
    write(tmp_path / "more.yaml", "scenes: {a: {goto: hall}, b: {txet: x}}\n")
    assert codes(ends_well(tmp_path)) == ["yaml-syntax", "unknown-key"]
