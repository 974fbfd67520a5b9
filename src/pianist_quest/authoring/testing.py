"""A world's walkthroughs played, and what came of each."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from pianist_quest.diagnostics.source import printable

from .walkthrough import changes, first_difference, updated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pianist_quest.story.story import Story


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one file (or of a world that cannot be played): whether it fits, and what there is to say.

    `changes` are what an update wrote, as a diff.
    """

    file: str
    fits: bool
    said: str
    changes: tuple[str, ...] = ()


def results(name: str, path: Path, story: Story | str, *, update: bool) -> Iterator[Result]:
    """Yield what comes of each walkthrough of a world; `story` is what is wrong where it cannot be played.

    With `update` the replies that do not fit are rewritten, in the file; an ending that is missed is not.
    """
    if isinstance(story, str):
        yield Result(name, fits=False, said=story)
        return
    files = walkthrough_files(path)
    if not files:
        yield Result(name, fits=False, said=f"{name}: there is no walkthrough; they are the files walkthroughs/*.txt")
    for file in files:
        yield _result(story, file, update=update)


def walkthrough_files(path: Path) -> list[Path]:
    """Return the files of a world's walkthroughs."""
    return sorted(((path if path.is_dir() else path.parent) / "walkthroughs").glob("*.txt"))


def walkthrough_texts(path: Path) -> Iterator[str]:
    """Yield the texts of a world's walkthroughs; what cannot be read is passed over (`test` complains of it)."""
    for file in walkthrough_files(path):
        with suppress(OSError, UnicodeDecodeError):
            yield file.read_text(encoding="utf-8")


def _result(story: Story, file: Path, *, update: bool) -> Result:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return Result(str(file), fits=False, said=f"{file}: byte {error.start} is not UTF-8")
    difference = first_difference(story, text)
    if difference is None:
        return Result(str(file), fits=True, said=f"{file}: ok")
    new = updated(story, text) if update else text
    shown = changes(text, new, str(file))
    if not shown:
        return Result(str(file), fits=False, said=difference.text(str(file)))
    file.write_text(new, encoding="utf-8")
    left = first_difference(story, new)
    said = left.text(str(file)) if left else f"{file}: updated"
    return Result(str(file), fits=left is None, said=said, changes=(shown,))


def junit(played: Sequence[Result]) -> str:
    """Return results as JUnit XML, which build servers read."""
    bad = sum(not one.fits for one in played)
    suite = ET.Element("testsuite", name="walkthroughs", tests=str(len(played)), failures=str(bad))
    for one in played:
        file = Path(one.file)
        case = ET.SubElement(suite, "testcase", classname=file.parent.as_posix(), name=file.name)
        if not one.fits:
            said = printable(one.said)
            ET.SubElement(case, "failure", message=said.partition("\n")[0]).text = said
    ET.indent(suite)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suite, encoding="unicode")}\n'
