"""PyYAML's parser in Python, made to read what its C parser (libyaml 0.2.5) reads: tabs, `?` and comments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml
from yaml.scanner import ScannerError
from yaml.tokens import ScalarToken

if TYPE_CHECKING:
    from collections.abc import Iterator

_BREAKS: Final = "\r\n\x85\u2028\u2029"
_BLANKS: Final = " \t"
_ENDS: Final = f"\0{_BREAKS}"
_TAB: Final = "found a tab character where an indentation space is expected"


class PureLoader(yaml.SafeLoader):
    """A SafeLoader whose scanner agrees with libyaml's. The names of its methods are PyYAML's."""

    def scan_to_next_token(self) -> None:
        """Skip white space and comments; a tab only where no key can begin."""
        while True:
            while self.peek() == " " or (self.peek() == "\t" and (self.flow_level or not self.allow_simple_key)):
                self.forward()
            if self.peek() == "#":
                self._skip_line()
            if not self._line_break():
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def scan_block_scalar_ignored_line(self, start_mark: Any) -> None:  # noqa: ANN401 - PyYAML's type has two homes
        """Skip the rest of a block's first line."""
        while self.peek() in _BLANKS:
            self.forward()
        if self.peek() == "#":
            self._skip_line()
        if self.peek() not in _ENDS:
            self._fail("while scanning a block scalar", start_mark, "did not find expected comment or line break")
        self._line_break()

    def scan_block_scalar_indicators(self, start_mark: Any) -> tuple[bool | None, int | None]:  # noqa: ANN401 - as above
        """Return whether a block keeps the line ends at its end (None: one of them), and its indentation."""
        chomping, increment = None, None
        while True:
            if chomping is None and self.peek() in "+-":
                chomping = self.peek() == "+"
            elif increment is None and self.peek() in "0123456789":
                increment = int(self.peek())
                if not increment:
                    self._fail("while scanning a block scalar", start_mark, "found an indentation indicator equal to 0")
            else:
                return chomping, increment
            self.forward()

    def scan_block_scalar_indentation(self) -> tuple[list[str], int, Any]:
        """Return what stands before the first line of a block, and how far that line is indented."""
        found: tuple[list[str], int, Any] = super().scan_block_scalar_indentation()
        if self.peek() == "\t":
            self._fail("while scanning a block scalar", self.get_mark(), _TAB)
        return found

    def scan_block_scalar_breaks(self, indent: int) -> tuple[list[str], Any]:
        """Return the line ends between two lines of a block."""
        found: tuple[list[str], Any] = super().scan_block_scalar_breaks(indent)
        if self.column < indent and self.peek() == "\t":
            self._fail("while scanning a block scalar", self.get_mark(), _TAB)
        return found

    def scan_directive_name(self, start_mark: Any) -> str:  # noqa: ANN401 - as above
        """Return a directive's name, which must be a known one."""
        name: str = super().scan_directive_name(start_mark)  # type: ignore[no-untyped-call] # it has no types
        if name not in ("YAML", "TAG"):
            self._fail("while scanning a directive", start_mark, "found unknown directive name")
        return name

    def scan_plain(self) -> ScalarToken:
        """Return a plain scalar; tabs may stand in it, and between brackets question marks too."""
        start = end = self.get_mark()
        indent = self.indent + 1
        chunks: list[str] = []
        space: list[str] = []
        broken = False
        while not self._at_document_sign() and self.peek() != "#":
            word = "".join(self._word(start))
            if not word:
                break
            self.allow_simple_key = False
            chunks += [*space, word]
            end = self.get_mark()
            if self.peek() not in _BLANKS + _BREAKS:
                broken = False
                break
            line = self.line
            space = self._space(indent, start)
            broken = self.line > line
            if not self.flow_level and self.column < indent:
                break
        if broken:
            self.allow_simple_key = True
        return ScalarToken("".join(chunks), True, start, end)  # noqa: FBT003 - PyYAML's signature

    def _word(self, start: Any) -> Iterator[str]:  # noqa: ANN401 - as above
        while (here := self.peek()) not in _BLANKS + _ENDS:
            following = self.peek(1)
            if here == ":" and self.flow_level and following in ",?[]{}":
                self._fail("while scanning a plain scalar", start, "found unexpected ':'")
            if here == ":" and following in _BLANKS + _ENDS:
                return
            if self.flow_level and here in ",[]{}":
                return
            self.forward()
            yield here

    def _space(self, indent: int, start: Any) -> list[str]:  # noqa: ANN401 - as above
        """What white space between two words comes to: itself, or what line ends in it are folded to."""
        blanks = ""
        breaks: list[str] = []
        while self.peek() in _BLANKS + _BREAKS:
            if self.peek() not in _BLANKS:
                breaks.append(self._line_break())
                continue
            if breaks and self.peek() == "\t" and self.column < indent:
                self._fail("while scanning a plain scalar", start, "found a tab character that violates indentation")
            blanks += self.peek()
            self.forward()
        if not breaks:
            return [blanks]
        if breaks[0] != "\n":
            return breaks
        return breaks[1:] or [" "]

    def _at_document_sign(self) -> bool:
        return self.column == 0 and self.prefix(3) in ("---", "...") and self.peek(3) in _BLANKS + _ENDS

    def _line_break(self) -> str:
        found: str = self.scan_line_break()  # type: ignore[no-untyped-call] # it has no types
        return found

    def _skip_line(self) -> None:
        while self.peek() not in _ENDS:
            self.forward()

    def _fail(self, context: str, start: Any, problem: str) -> None:  # noqa: ANN401 - as above
        raise ScannerError(context, start, problem, self.get_mark())
