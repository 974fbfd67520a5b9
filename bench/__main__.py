"""How fast the engine is beside its peers and beside what it is built on, in one run.

    python -m bench [--ink FOLDER] [--only WORD] [--json FILE] [--times N] [--limit N]

Installs nothing; what is missing is left out. See bench/README.md.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

sys.path.insert(0, str(Path(__file__).parent))

try:
    from measuring import Row, as_json, table
    from rows import ROWS
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] not in ("pianist_quest", "yaml", "prompt_toolkit"):
        raise
    sys.exit("The package is not installed for this Python: see README.md, and use .venv/bin/python -m bench.")


def _too_long(*_: object) -> NoReturn:
    raise TimeoutError("it takes too long")


def main() -> int:
    """Measure, and print the table."""
    signal.signal(signal.SIGALRM, _too_long)
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--ink", type=Path, metavar="FOLDER", help="where inkjs is installed")
    parser.add_argument("--only", default="", metavar="WORD", help="only the figures whose names have it")
    parser.add_argument("--times", type=int, default=5, metavar="N", help="how often each is taken (5)")
    parser.add_argument(
        "--limit", type=int, default=900, metavar="N", help="the most seconds a set of figures may take (900)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON")
    options = parser.parse_args()
    if not any(options.only in name for name in ROWS):
        parser.error(f"--only {options.only}: no set is called so; there are {', '.join(ROWS)}")
    if options.ink and not (options.ink / "node_modules" / "inkjs").is_dir():
        parser.error(f"--ink {options.ink}: there is no inkjs in it (run `npm install inkjs` there)")
    if not options.ink:
        print("inkjs is left out: --ink says where it is", file=sys.stderr)
    found: list[Row] = []
    for name, measure in ROWS.items():
        if options.only in name:
            print(f"{name} ...", file=sys.stderr, flush=True)
            try:
                signal.alarm(options.limit)
                found += measure(options)
            except (ImportError, OSError, subprocess.SubprocessError) as error:
                print(f"  left out: {error}", file=sys.stderr)
            finally:
                signal.alarm(0)
    print(table(found))
    if options.json:
        options.json.write_text(as_json(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
