"""`python -m pianist_quest`: the same as `pianist-quest`."""

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
