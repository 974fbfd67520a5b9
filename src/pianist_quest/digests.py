"""A digest of bytes without `hashlib`, which loads OpenSSL: that takes as long as a tenth of a start.

BLAKE2 is in Python itself, by the same code that `hashlib` hands out (RFC 7693).
"""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - a Python that has it elsewhere
    from hashlib import blake2b

__all__ = ["blake2b"]
