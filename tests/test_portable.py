"""Nothing that only POSIX has is imported on the way to the first prompt."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name in {"fcntl", "termios", "tty", "pty", "pwd", "grp", "resource", "crypt", "syslog"}:
            raise ImportError(f"{name} is not on every system")
sys.meta_path.insert(0, Blocked())
for name in ("fcntl", "termios", "pwd", "grp", "resource"):
    sys.modules.pop(name, None)
from pianist_quest.cli import main
sys.exit(main(["play", "first_steps", "--plain", "--seed", "1"]))
"""


def test_a_game_is_played_without_what_only_posix_has() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE], input="n\nlook\nundo\nquit\n", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "The parlour" in done.stdout
