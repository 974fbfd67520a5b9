"""Fuzz the parsers, led by coverage. Run by hand, with the extra `fuzz`; a short version is a test where it is there.

    python tests/soak/fuzz_coverage.py --seconds 600

Targets: `yaml` (a world's file, read, compiled and reported), `expression` (expressions and effects), `text` (texts
with their markup), `line` (what a player types), `save` (a saved game's bytes). Each has its share of the time, in a
process of its own. What raises anything but the parser's own mistake, or takes more than `--most` seconds, is an error:
the input is kept in `--keep`, and the exit code is 1. (`fuzz_worlds.py` changes worlds by their structure.)
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[1]))
if __name__ == "__main__" and os.environ.get("FUZZ_TARGET"):
    import atheris

    with atheris.instrument_imports(include=["pianist_quest", "yaml"]):
        from pianist_quest.diagnostics.diagnostic import Problems
        from pianist_quest.diagnostics.report import json_report, text_report
        from pianist_quest.saves import document
        from pianist_quest.saves.codec import decode
        from pianist_quest.saves.document import SaveError, unseal
        from pianist_quest.story.compile import compile_world
        from pianist_quest.terminal.render import page
        from pianist_quest.terminal.session import Session
        from pianist_quest.worldfile.expression import SyntaxMistakeError, parse_effect, parse_expression
        from pianist_quest.worldfile.load import load_world
        from pianist_quest.worldfile.markup import parse_markup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pianist_quest.story.story import Story

ROOT = HERE.parents[2]
WORLD = ROOT / "worlds" / "first_steps" / "world.yaml"
LONGEST = {"yaml": 4096, "expression": 400, "text": 1000, "line": 200, "save": 4096}


# In the process that fuzzes


def targets(folder: Path) -> dict[str, Callable[[bytes], None]]:
    """Return what is fuzzed."""
    file, problems = folder / "world.yaml", Problems()
    world = load_world(WORLD.parent, problems)
    here = compile_world(world, problems) if world else None
    assert here is not None
    # No input would get past the checksum; those here have none.
    document._checksum = lambda _: None  # type: ignore[assignment, return-value]
    return {
        "yaml": lambda data: _read_world(file, data),
        "expression": lambda data: _parsed((parse_expression, parse_effect), data),
        "text": lambda data: _parsed((parse_markup,), data),
        "line": lambda data: _read_line(here, data),
        "save": lambda data: _read_save(here, data),
    }


def _read_world(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    problems = Problems()
    world = load_world(file, problems, pure=True)  # the parser in Python can be looked into
    story = compile_world(world, problems) if world else None
    assert (story is not None) != bool(problems.errors)
    text_report(problems)
    json_report(problems)


def _read_line(here: Story, data: bytes) -> None:
    session = Session.new(here, 1)
    for line in data.decode("utf-8", "replace").split("\n")[:6]:
        page(session.type(line).events, 60)
        session.completions(line)


def _read_save(here: Story, data: bytes) -> None:
    try:
        saved = decode(here, unseal(data))
    except SaveError:
        return
    page(Session.resumed(here, saved).type("look").events, 60)


def _parsed(parsers: Sequence[Callable[[str], object]], data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    for parse in parsers:
        try:
            parse(text)
        except SyntaxMistakeError as mistake:
            assert 0 <= mistake.start <= mistake.end <= len(text) + 1, mistake  # noqa: PT017 - no test


def fuzz(target: str) -> None:
    """Fuzz one target until its time is over."""
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        atheris.Setup(sys.argv, targets(Path(folder))[target], enable_python_coverage=True)
        atheris.Fuzz()


def _memory() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - files that live for one input


# Around it


@dataclass(frozen=True, slots=True)
class Found:
    """What came of a target."""

    target: str
    runs: int
    coverage: int
    code: int
    said: str


def seeds(target: str) -> Iterator[bytes]:
    """Yield inputs to begin with."""
    from pianist_quest.saves.document import unseal as bare  # noqa: PLC0415 - as below
    from soak.mutations import worlds  # noqa: PLC0415 - only the process that starts the others needs it

    texts = worlds()
    if target == "yaml":
        # All of them are read before the first is changed: not too many, and small ones.
        yield from (text.encode() for text in sorted(texts, key=len)[20:220])
    elif target == "expression":
        yield from (part.encode() for text in texts for part in re.findall(r"(?:if|do|unless): *(.*)", text))
    elif target == "text":
        yield from (part.encode() for text in texts for part in re.findall(r"(?:text|about): *(.*)", text))
    elif target == "line":
        yield from (path.read_bytes()[:200] for path in (WORLD.parent / "walkthroughs").iterdir())
        yield b"take all then go to parlour. x it\nundo 2\nask tuner about how"
    else:
        folder = ROOT / "tests" / "saves" / "released"
        for path in folder.rglob("first_steps/*.json"):
            packed = json.loads(path.read_bytes())
            yield json.dumps({key: part for key, part in packed.items() if key != "checksum"}).encode()
            yield json.dumps(bare(path.read_bytes())).encode()


def start(target: str, seconds: int, most: int, keep: Path) -> Found:
    """Fuzz a target in a process of its own."""
    keep.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_memory()) as place:
        for number, data in enumerate(dict.fromkeys(seeds(target))):
            Path(place, f"{number:05}").write_bytes(data)
        limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST[target]}", f"-timeout={most}", "-rss_limit_mb=2048"]
        command = [
            sys.executable,
            str(HERE),
            place,
            *limits,
            f"-artifact_prefix={keep}/{target}-",
            "-print_final_stats=1",
        ]
        paths = {"FUZZ_TARGET": target, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests")))}
        done = subprocess.run(command, env={**os.environ, **paths}, capture_output=True, check=False)
    said = done.stderr.decode("utf-8", "replace") + done.stdout.decode("utf-8", "replace")
    runs = re.findall(r"number_of_executed_units: (\d+)", said) or re.findall(r"#(\d+)", said) or ["0"]
    coverage = re.findall(r"cov: (\d+)", said) or ["0"]
    return Found(target, int(runs[-1]), int(coverage[-1]), done.returncode, said)


def told(found: Found) -> str:
    """Return the figures of a target."""
    how = "an error" if found.code else "no error"
    return f"{found.target}: {found.runs:,} inputs, {found.coverage:,} edges covered, {how}"


def main(arguments: Sequence[Any] | None = None) -> int:
    """Fuzz the targets one after another."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=600, help="how long in all")
    parser.add_argument("--most", type=int, default=10, help="how long one input may take, in seconds")
    parser.add_argument("--only", choices=tuple(LONGEST), help="one target only")
    parser.add_argument("--keep", type=Path, default=Path("fuzz_found"))
    options = parser.parse_args(arguments)
    chosen = [options.only] if options.only else list(LONGEST)
    code, began = 0, time.monotonic()
    for target in chosen:
        found = start(target, max(1, options.seconds // len(chosen)), options.most, options.keep)
        print(told(found), flush=True)
        if found.code:
            code = 1
            print("\n".join(found.said.splitlines()[-40:]))
    print(f"{time.monotonic() - began:.0f} s")
    return code


if __name__ == "__main__":
    if os.environ.get("FUZZ_TARGET"):
        fuzz(os.environ["FUZZ_TARGET"])
    sys.exit(main())
