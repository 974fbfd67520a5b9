"""`pianist-quest schema`: what editors need to complete and check world files as they are written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add(schema: argparse.ArgumentParser) -> None:
    """Add what can be said about a schema."""
    schema.epilog = "A file that begins with `# yaml-language-server: $schema=PATH` is checked against it."
    schema.add_argument("file", nargs="?", metavar="FILE", help="where to write it; else it is printed")
    schema.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print or write the schema."""
    from pianist_quest.authoring.schema import world_schema

    text = json.dumps(world_schema(), indent=2, ensure_ascii=False)
    if options.file is None:
        print(text)
    else:
        Path(options.file).write_text(f"{text}\n", encoding="utf-8")
    return 0
