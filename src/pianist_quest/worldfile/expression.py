"""The closed expression language: text to a tree.

Python's spelling of a small part of Python, read by precedence climbing. Nothing here looks a name up.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple, NoReturn

from . import tree

MAX_DIGITS: Final = 12
"""The longest number that may be written, in digits."""
MAX_LENGTH: Final = 2_000
"""The longest expression, in characters."""
MAX_NESTING: Final = 40
"""How deep parentheses and operators may nest."""

MAX_HEIGHT: Final = 60
"""How deep the parts of an expression may stand in one another, the terms of a sum included."""

_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<number>\d[\d_]*)|(?P<name>[^\W\d]\w*)|(?P<text>\"[^\"\n]*\"|'[^'\n]*')"
    r"|(?P<op>//=|\+=|-=|\*=|%=|==|!=|<=|>=|//|[-+*%<>=().,])"
)
_STEPPED: Final = re.compile(r"\s*([a-z]\w*(?:\.\w+)?)\s*(\+\+|--)\s*")
_COMPARISONS: Final = frozenset({"==", "!=", "<", "<=", ">", ">="})
_ASSIGNMENTS: Final = {"=": "", "+=": "+", "-=": "-", "*=": "*", "//=": "//", "%=": "%"}
_WORDS: Final = frozenset({"and", "or", "not", "in", "if", "else", "true", "false"})
_FOREIGN: Final = {
    "&": "write `and`",
    "|": "write `or`",
    "!": "write `not`",
    "/": "whole numbers are divided with `//`",
    "True": "write `true`",
    "False": "write `false`",
    "None": "write `nothing`",
    "=": "compare with `==`",
    "^": "there are no powers: multiply",
    "?": "write `a if condition else b`",
}
_NAME_ALONE: Final = re.compile(r"\s*([^\W\d]\w*)\s*")
"""What most expressions are."""
_NO_NAMES: Final = _WORDS.union(_FOREIGN)


class SyntaxMistakeError(Exception):
    """A text that is no expression: what is wrong, at which characters, and what to do."""

    def __init__(self, message: str, start: int, end: int, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.start, self.end, self.hint = message, start, end, hint


def parse_expression(text: str, start: int = 0, end: int | None = None) -> tree.Tree:
    """Return the tree of an expression, characters `start` to `end` of a text; raise SyntaxMistakeError."""
    stop = len(text) if end is None else end
    alone = _NAME_ALONE.fullmatch(text, start, stop) if stop - start <= MAX_LENGTH else None
    name = alone and parse_name(text, *alone.span(1))
    return name or _parsed(text[start:stop], start)


def parse_name(text: str, start: int, end: int) -> tree.Name | None:
    """Return what a word in a text stands for as an expression, None where it is a word of the language."""
    word = text[start:end]
    return None if word in _NO_NAMES or end - start > MAX_LENGTH else tree.Name(start, end, word)


@lru_cache(maxsize=4096)
def _parsed(text: str, start: int) -> tree.Tree:
    """Return the tree of an expression that stands at `start` in a text."""
    parser = _Parser(text, start)
    found = parser.expression()
    parser.finish()
    _bounded(found)
    return found


def _bounded(root: tree.Tree) -> None:
    """Refuse a tree that is too high: a long sum is one, for it is added up from the left."""
    level: list[tree.Tree] = [root]
    for _ in range(MAX_HEIGHT):
        inner = [part for one in level for name in type(one).__slots__ for part in _parts(getattr(one, name))]
        if not inner:
            return
        level = inner
    hint = "name a part of it under `formulas`"
    raise SyntaxMistakeError(f"this nests more than {MAX_HEIGHT} deep", root.start, root.end, hint)


def _parts(value: object) -> tuple[tree.Tree, ...]:
    if isinstance(value, tree.Tree):
        return (value,)
    return tuple(part for part in value if isinstance(part, tree.Tree)) if isinstance(value, tuple) else ()


@lru_cache(maxsize=4096)
def parse_effect(text: str) -> tree.Assignment | tree.Call:
    """Return the tree of an effect, an assignment or a call; raise SyntaxMistakeError."""
    stepped = _STEPPED.fullmatch(text)
    if stepped:
        hint = f"write `{stepped[1]} {stepped[2][0]}= 1`"
        raise SyntaxMistakeError(f"`{stepped[2]}` is not part of the language", *stepped.span(2), hint)
    parser = _Parser(text, 0)
    target = parser.expression()
    op = parser.token
    if op.kind == "op" and op.text in _ASSIGNMENTS:
        if not isinstance(target, tree.Name | tree.Property):
            raise SyntaxMistakeError("only a variable or a property can be changed", target.start, target.end)
        parser.advance()
        value = parser.expression()
        parser.finish()
        _bounded(value)
        _bounded(target)
        return tree.Assignment(target.start, value.end, target, _ASSIGNMENTS[op.text], value)
    parser.finish()
    _bounded(target)
    if not isinstance(target, tree.Call):
        hint = "an effect is an assignment, `x += 1`, or a call, `move(lamp, player)`"
        raise SyntaxMistakeError("this has no effect", target.start, target.end, hint)
    return target


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def _tokens(text: str, start: int) -> list[_Token]:
    """Return the tokens of a text that stands at `start` in another."""
    if len(text) > MAX_LENGTH:
        message = f"an expression has at most {MAX_LENGTH:,} characters"
        raise SyntaxMistakeError(message, start, start + len(text), "name a part of it under `formulas`")
    found, position = [], 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise _stranger(text, position, start)
        if match.lastgroup != "space":
            found.append(_Token(match.lastgroup, match[0], start + position, start + match.end()))
        position = match.end()
    last = found[-1].end if found else start
    found.append(_Token("end", "", last, last))
    return found


def _stranger(text: str, position: int, start: int) -> SyntaxMistakeError:
    """What to say of a character that begins no token, in a text that stands at `start` in another."""
    char, at = text[position], start + position
    if char in "\"'":
        return SyntaxMistakeError("these quotes are not closed", at, start + len(text))
    twice = char in "&|" and text[position + 1 : position + 2] == char
    found = text[position : position + 1 + twice]
    message = f"`{found}` has no meaning in an expression"
    return SyntaxMistakeError(message, at, at + len(found), _FOREIGN.get(char, ""))


class _Parser:
    """One method for each level of precedence, weakest first."""

    def __init__(self, text: str, start: int) -> None:
        self.tokens = _tokens(text, start)
        self.position = 0
        self.token = self.tokens[0]
        self.depth = 0
        if len(self.tokens) == 1:
            raise SyntaxMistakeError("an expression is missing here", start, start + len(text))

    def advance(self) -> _Token:
        token = self.token
        self.position += 1
        self.token = self.tokens[self.position]
        return token

    def accept(self, *texts: str) -> _Token | None:
        return self.advance() if self.token.text in texts else None

    def expect(self, text: str, why: str) -> _Token:
        return self.accept(text) or self.unexpected(f"`{text}` is missing {why}")

    def unexpected(self, message: str) -> NoReturn:
        token = self.token
        hint = _FOREIGN.get(token.text, "")
        if token.text == "=" and self.tokens[self.position + 1].text in ("<", ">"):
            hint = f"write `{self.tokens[self.position + 1].text}=`"
        raise SyntaxMistakeError(message, token.start, max(token.end, token.start + 1), hint)

    def finish(self) -> None:
        if self.token.kind != "end":
            self.unexpected(f"`{self.token.text}` cannot stand here")

    def expression(self) -> tree.Tree:
        self.depth += 1
        if self.depth > MAX_NESTING:
            self.unexpected(f"this nests more than {MAX_NESTING} deep")
        found = self.disjunction()
        if self.accept("if"):
            condition = self.disjunction()
            self.expect("else", "after `if`: write `a if condition else b`")
            other = self.expression()
            found = tree.Conditional(found.start, other.end, condition, found, other)
        self.depth -= 1
        return found

    def disjunction(self) -> tree.Tree:
        parts = [self.conjunction()]
        while self.accept("or"):
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else tree.Logic(parts[0].start, parts[-1].end, "or", tuple(parts))

    def conjunction(self) -> tree.Tree:
        parts = [self.negation()]
        while self.accept("and"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else tree.Logic(parts[0].start, parts[-1].end, "and", tuple(parts))

    def negation(self) -> tree.Tree:
        nots = []
        while token := self.accept("not"):
            nots.append(token)
        found = self.comparison()
        return tree.Unary(nots[0].start, found.end, "not", found) if len(nots) % 2 else found

    def comparison(self) -> tree.Tree:
        first = self.sum()
        if self.token.text in ("in", "not"):
            return self.membership(first)
        parts, ops = [first], []
        while self.token.kind == "op" and self.token.text in _COMPARISONS:
            ops.append(self.advance().text)
            parts.append(self.sum())
        return tree.Comparison(first.start, parts[-1].end, tuple(parts), tuple(ops)) if ops else first

    def membership(self, item: tree.Tree) -> tree.Tree:
        negated = self.accept("not") is not None
        self.expect("in", "after `not`")
        self.expect("(", "after `in`: write `x in (a, b)`")
        options = self.arguments()
        return tree.Membership(item.start, self.tokens[self.position - 1].end, item, options, negated)

    def sum(self) -> tree.Tree:
        found = self.product()
        while op := self.accept("+", "-"):
            right = self.product()
            found = tree.Binary(found.start, right.end, op.text, found, right)
        return found

    def product(self) -> tree.Tree:
        found = self.sign()
        while op := self.accept("*", "//", "%"):
            right = self.sign()
            found = tree.Binary(found.start, right.end, op.text, found, right)
        return found

    def sign(self) -> tree.Tree:
        signs = []
        while token := self.accept("-", "+"):
            signs.append(token)
        found = self.operand()
        minus = sum(token.text == "-" for token in signs) % 2
        return tree.Unary(signs[0].start, found.end, "-", found) if minus else found

    def operand(self) -> tree.Tree:
        found = self.atom()
        while dot := self.accept("."):
            if self.token.kind != "name":
                raise SyntaxMistakeError("a property's name is missing after the dot", dot.start, dot.end)
            name = self.advance()
            found = tree.Property(found.start, name.end, found, name.text)
        return found

    def atom(self) -> tree.Tree:
        token = self.token
        if token.kind == "number":
            return self.number()
        if token.kind == "text":
            self.advance()
            return tree.Quoted(token.start, token.end, token.text[1:-1])
        if token.kind == "name" and (token.text not in _WORDS or token.text in ("true", "false")):
            return self.name()
        if opened := self.accept("("):
            inner = self.expression()
            if not self.accept(")"):
                raise SyntaxMistakeError("this parenthesis is not closed", opened.start, opened.end)
            return inner
        return self.unexpected(
            "an expression is missing here" if token.kind == "end" else f"`{token.text}` cannot stand here"
        )

    def number(self) -> tree.Tree:
        token = self.advance()
        digits = token.text.replace("_", "")
        if len(digits) > MAX_DIGITS:
            message = f"a number has at most {MAX_DIGITS} digits"
            raise SyntaxMistakeError(message, token.start, token.end)
        if self.token.text == "." and self.tokens[self.position + 1].kind == "number":
            end = self.tokens[self.position + 1].end
            raise SyntaxMistakeError("numbers are whole", token.start, end, "count in tenths, for example")
        return tree.Number(token.start, token.end, int(digits))

    def name(self) -> tree.Tree:
        token = self.advance()
        if token.text in ("true", "false"):
            return tree.Flag(token.start, token.end, token.text == "true")
        if token.text in _FOREIGN:
            raise SyntaxMistakeError(f"`{token.text}` is Python's word", token.start, token.end, _FOREIGN[token.text])
        if self.accept("("):
            arguments = self.arguments()
            end = self.tokens[self.position - 1].end
            return tree.Call(token.start, end, token.text, arguments, token.end)
        return tree.Name(token.start, token.end, token.text)

    def arguments(self) -> tuple[tree.Tree, ...]:
        opened = self.tokens[self.position - 1]
        found: list[tree.Tree] = []
        while not self.accept(")"):
            if found:
                self.expect(",", "between the parts, or `)` after the last")
            if self.token.kind == "end":
                raise SyntaxMistakeError("this parenthesis is not closed", opened.start, opened.end)
            if self.accept(")"):
                break
            found.append(self.expression())
        return tuple(found)
