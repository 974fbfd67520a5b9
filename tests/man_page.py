"""Write docs/pianist-quest.1, the manual page, from the parser that `--help` comes from.

    python tests/man_page.py

Needs argparse-manpage (the extra `dev`). A test says when the page is not what this writes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "pianist-quest.1"


def manual() -> str:
    """Return the manual page, the same on every machine and day."""
    from argparse_manpage.manpage import Manpage  # noqa: PLC0415 - whoever has it not can import this file

    from pianist_quest import __version__  # noqa: PLC0415
    from pianist_quest.cli import parser  # noqa: PLC0415

    os.environ["COLUMNS"] = "80"
    about = "a text adventure, and the engine it runs on"
    data = {"manual_title": "Games", "project_name": "Pianist Quest", "version": __version__, "description": about}
    page = Manpage(parser(), format="pretty", _data=data)
    page.date = ""
    return "\n".join(line.rstrip() for line in str(page).splitlines()) + "\n"


if __name__ == "__main__":
    PAGE.write_text(manual(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}: written\n")
