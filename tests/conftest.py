"""What all tests share. That this file is here puts this folder on the path: `support`, `scenario`."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")
