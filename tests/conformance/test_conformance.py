"""The language, corner by corner: each text file here is a tiny world and a play of it, output and all.

A file holds a world (`format`, `title` and `start: hall` may be left out), a line `---`, and the play: what is
shown at the beginning, then each typed line after `> ` with the whole reply below it, as the plain screen shows
it, without its empty lines. `[seed 7]` at the head of the play sets the run, a line that begins with `#` is a
remark. In `findings/` what stands below the `---` is what `check` says of the world.

Every play is played twice: straight on, and saved and loaded after every line. Run as a program with `--update`
(and words of the names of files, if not all are meant), this rewrites the outputs and shows what it changed.
"""

from __future__ import annotations

import difflib
import re
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pianist_quest.diagnostics.diagnostic import Problems
from pianist_quest.diagnostics.report import text_report
from pianist_quest.kept import packed, unpacked
from pianist_quest.saves.codec import Saved, decode, encode
from pianist_quest.saves.document import seal, unseal
from pianist_quest.story.compile import compile_world
from pianist_quest.terminal.render import page, surroundings
from pianist_quest.terminal.render import said as words
from pianist_quest.terminal.scene import Scene
from pianist_quest.terminal.session import Moment, Session
from pianist_quest.terminal.wrap import plain_text
from pianist_quest.worldfile.load import load_world
from support import codes

if TYPE_CHECKING:
    from pianist_quest.story.story import Story
    from pianist_quest.terminal.session import Answer
    from pianist_quest.terminal.wrap import Line

HERE = Path(__file__).parent
WIDTH = 78
HEADER = {"format": "1", "title": "T", "start": "hall"}
FILES = sorted(HERE.glob("*/*.txt"))
PLAYS = [path for path in FILES if path.parent.name != "findings"]
FINDINGS = [path for path in FILES if path.parent.name == "findings"]


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def parted(text: str) -> tuple[str, list[str]]:
    """Return the world in a file's text, what it leaves out put at its end, and the lines of the play."""
    world, _, play = text.partition("\n---\n")
    missing = [f"{key}: {value}\n" for key, value in HEADER.items() if not re.search(rf"(?m)^{key}:", world)]
    return f"{world}\n{''.join(missing)}", play.splitlines()


def checked(folder: Path, text: str) -> tuple[Problems, Story | None]:
    """Return what `check` says of a world, and its story."""
    file = folder / "world.yaml"
    file.write_text(text, encoding="utf-8")
    problems = Problems()
    world = load_world(file, problems)
    return problems, compile_world(world, problems) if world else None


def report(folder: Path, text: str) -> list[str]:
    """Return the lines of what `check` says of the world in a file's text."""
    problems, _ = checked(folder, parted(text)[0])
    said = text_report(problems).replace(f"{folder}/", "")
    return [line.rstrip() for line in said.splitlines() if line.strip()]


class Play:
    """A game that is typed; where it is `saved`, what each line has made is saved and loaded."""

    def __init__(self, story: Story, seed: int, *, saved: bool) -> None:
        self.story, self.saved = story, saved
        self.session = Session.new(story, seed)

    def begin(self) -> list[str]:
        """Return what is shown at the beginning."""
        return self._shown(self.session.again())

    def type(self, line: str) -> list[str]:
        """Return what is shown after a line."""
        return self._shown(self.session.type(line))

    def _shown(self, answer: Answer) -> list[str]:
        if self.saved:
            self._reload()
        lines: list[Line] = [*words(answer.said, WIDTH), *page(answer.events, WIDTH)]
        if answer.around:
            lines += surroundings(self.story, self.session.now.state, WIDTH)
        return [text for line in lines if (text := plain_text(line).rstrip())]

    def _reload(self) -> None:
        now = self.session.now
        document = encode(self.story, Saved(now.state, now.turn, now.shown), saved="", summary="")
        loaded = decode(self.story, unseal(seal(document)))
        assert (loaded.state, loaded.shown, loaded.lost) == (now.state, now.shown, ())
        self.session.moments[-1] = Moment(Scene(self.story, loaded.state), loaded.shown, loaded.turn)


def replayed(story: Story, lines: list[str], *, saved: bool = False) -> list[str]:
    """Return a play's lines with the replies as they are now; its typed lines, remarks and settings stay."""
    settings = [line for line in lines if re.fullmatch(r"\[seed \d+\]", line)]
    seed = int(settings[0][6:-1]) if settings else 1
    play = Play(story, seed, saved=saved)
    found = [*settings, *play.begin()]
    for line in lines:
        if line.startswith("> "):
            found += [line, *play.type(line[2:])]
        elif line.startswith("#"):
            found.append(line)
    return found


def played(folder: Path, text: str, *, saved: bool = False, kept: bool = False) -> list[str]:
    """Return the lines of the play in a file's text as they are now; a world with findings is refused.

    It may be saved and loaded after each line, and the story may have been kept from an earlier start.
    """
    world, lines = parted(text)
    problems, story = checked(folder, world)
    assert story is not None, text_report(problems)
    assert not codes(problems), text_report(problems)
    return replayed(unpacked(packed(story)) if kept else story, lines, saved=saved)


@pytest.mark.parametrize("saved", [False, True], ids=["straight", "saved"])
@pytest.mark.parametrize("path", PLAYS, ids=name_of)
def test_a_world_plays_as_written(tmp_path: Path, path: Path, saved: bool) -> None:  # noqa: FBT001 - a parameter
    text = path.read_text(encoding="utf-8")
    assert played(tmp_path, text, saved=saved) == [line for line in parted(text)[1] if line.strip()]


@pytest.mark.usefixtures("uncounted")
@pytest.mark.parametrize("path", PLAYS, ids=name_of)
def test_it_does_so_where_it_was_kept_and_as_a_large_world_would(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a large world, its states hold what has changed; it is saved as well, since both have to agree with saves."""
    text = path.read_text(encoding="utf-8")
    monkeypatch.setattr("pianist_quest.story.values.MANY", 0)
    assert played(tmp_path, text, saved=True, kept=True) == [line for line in parted(text)[1] if line.strip()]


@pytest.mark.parametrize("path", FINDINGS, ids=name_of)
def test_a_world_is_found_fault_with_as_written(tmp_path: Path, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert report(tmp_path, text) == [line for line in parted(text)[1] if line.strip()]


def test_there_are_enough_worlds_and_every_one_is_played() -> None:
    assert len(FILES) >= 150
    assert all("\n---\n" in path.read_text(encoding="utf-8") for path in FILES)
    assert all("\n> " in path.read_text(encoding="utf-8") for path in PLAYS)


def updated(folder: Path, path: Path) -> str:
    """Return a file's text with its output as it is now."""
    text = path.read_text(encoding="utf-8")
    world = text.partition("\n---\n")[0]
    lines = report(folder, text) if path in FINDINGS else played(folder, text)
    return f"{world}\n---\n" + "".join(f"{line}\n" for line in lines)


def main(words: list[str]) -> int:
    """Rewrite the outputs of all files, or of those whose names hold one of some words, and print the changes."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in FILES:
            if words and not any(word in name_of(path) for word in words):
                continue
            old = path.read_text(encoding="utf-8")
            try:
                new = updated(Path(folder), path)
            except Exception as error:  # noqa: BLE001 - one bad file does not keep the others from being done
                sys.stdout.write(f"{name_of(path)}: {type(error).__name__}: {error}\n")
                failed += 1
                continue
            before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
            sys.stdout.writelines(difflib.unified_diff(before, after, name_of(path), name_of(path), n=99))
            path.write_text(new, encoding="utf-8")
    return int(failed > 0)


if __name__ == "__main__":
    if sys.argv[1:2] != ["--update"]:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[2:]))
