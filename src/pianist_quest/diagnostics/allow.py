"""Comments that allow a finding: `# allow: same-name`, on a line, or above it for all that begins there.

Errors cannot be allowed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pianist_quest.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .source import Source

_COMMENT: Final = re.compile(r"(?:^|[ \t])#[ \t]*allow:[ \t]*([^#\r\n]*)", re.MULTILINE)
_CODE: Final = re.compile(r"[^\s,]+")


@record(frozen=False, eq=False)
class Allowance:
    """One code in a comment: where it is written, and whether there was a finding that it allows."""

    code: str
    start: int
    used: bool = False

    @property
    def end(self) -> int:
        """Where the code ends."""
        return self.start + len(self.code)


class Allowances:
    """What the comments of a file allow."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._by_line: dict[int, list[Allowance]] = {}
        if "allow:" in source.text:
            for comment in _COMMENT.finditer(source.text):
                line = source.line_and_column(comment.start(1))[0]
                codes = _CODE.finditer(source.text, comment.start(1), comment.end(1))
                self._by_line[line] = [Allowance(code[0], code.start()) for code in codes]

    def __iter__(self) -> Iterator[Allowance]:
        return (one for line in self._by_line.values() for one in line)

    def allow(self, code: str, offset: int) -> bool:
        """Whether a comment allows a code at a place."""
        if not self._by_line:
            return False
        found = [one for line in self._lines_about(offset) for one in self._by_line.get(line, ()) if one.code == code]
        for one in found:
            one.used = True
        return bool(found)

    def _lines_about(self, offset: int) -> Iterator[int]:
        """Yield the lines whose comments hold at a place: its own, and those of all that it is written below."""
        here = self._source.line_and_column(offset)[0]
        yield here
        inner, beside = self._begins(here), True  # `beside`: nothing but comments up to the last line that counted
        for above in range(here - 1, 0, -1):
            text = self._source.line(above)[1].strip()
            if text.startswith("#"):
                if beside:
                    yield above
                continue
            outer = self._begins(above)
            beside = bool(text) and _holds(outer, inner)
            if beside:
                yield above
                inner = outer

    def _begins(self, line: int) -> tuple[int, bool]:
        """Return in which column what is on a line begins, and whether it is an entry of a list."""
        text = self._source.line(line)[1]
        return len(text) - len(text.lstrip(" ")), text.lstrip(" ").startswith("- ")


def _holds(outer: tuple[int, bool], inner: tuple[int, bool]) -> bool:
    """Whether what begins so holds what begins so below it; the entries of a list may stand right below its key."""
    return outer[0] < inner[0] or (outer[0] == inner[0] and inner[1] and not outer[1])
