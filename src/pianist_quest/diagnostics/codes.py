"""Every code a finding can have. Each has one page in docs/diagnostics, named like the code."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from .diagnostic import Severity, did_you_mean
from .source import Span

if TYPE_CHECKING:
    from .diagnostic import Problems

_WARNINGS = frozenset({
    "may-not-stop", "step-as-text", "unreached", "same-name", "odd-exit", "always-so", "never-so",
    "never-read", "never-set", "dead-end", "unused-allow",
})  # fmt: skip
_ADVICE = frozenset({"no-way-back", "no-last-words", "told-twice", "slip-of-prose"})


class Code(Enum):
    """A kind of finding; its value is how authors see it."""

    # reading a file
    UNREADABLE_FILE = "unreadable-file"
    NOT_UTF8 = "not-utf8"
    CONTROL_CHARACTER = "control-character"
    FILE_TOO_LARGE = "file-too-large"
    OUTSIDE_FOLDER = "outside-folder"
    NO_WORLD_FILE = "no-world-file"
    EMPTY_FILE = "empty-file"
    YAML_SYNTAX = "yaml-syntax"
    TAB_INDENT = "tab-indent"
    TOO_DEEP = "too-deep"
    TOO_MANY_NODES = "too-many-nodes"
    ALIAS_BOMB = "alias-bomb"
    ALIAS_CYCLE = "alias-cycle"
    TAG_REFUSED = "tag-refused"
    MERGE_REFUSED = "merge-refused"
    SECOND_DOCUMENT = "second-document"
    BAD_KEY = "bad-key"
    DUPLICATE_KEY = "duplicate-key"
    # the shape of what is written
    WRONG_TYPE = "wrong-type"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    BAD_VALUE = "bad-value"
    BAD_NUMBER = "bad-number"
    BAD_NAME = "bad-name"
    RESERVED_NAME = "reserved-name"
    FORMAT_VERSION = "format-version"
    EMPTY_SCRIPT = "empty-script"
    BAD_CHOICE = "bad-choice"
    BAD_PHRASE = "bad-phrase"
    BAD_RULE = "bad-rule"
    # templates
    UNKNOWN_TEMPLATE = "unknown-template"
    BAD_TEMPLATE = "bad-template"
    TEMPLATE_ARGUMENTS = "template-arguments"
    TEMPLATE_CYCLE = "template-cycle"
    # expressions and texts
    EXPRESSION_SYNTAX = "expression-syntax"
    TEXT_SYNTAX = "text-syntax"
    MUSIC_SYNTAX = "music-syntax"
    # names and types
    DUPLICATE_NAME = "duplicate-name"
    UNKNOWN_NAME = "unknown-name"
    WRONG_KIND = "wrong-kind"
    TYPE_MISMATCH = "type-mismatch"
    UNKNOWN_PROPERTY = "unknown-property"
    UNKNOWN_FUNCTION = "unknown-function"
    WRONG_ARGUMENTS = "wrong-arguments"
    NOT_ASSIGNABLE = "not-assignable"
    CHANCE_IN_CONDITION = "chance-in-condition"
    FORMULA_CYCLE = "formula-cycle"
    DIVISION_BY_ZERO = "division-by-zero"
    OUT_OF_BOUNDS = "out-of-bounds"
    UNKNOWN_VERB = "unknown-verb"
    AMBIGUOUS_PHRASE = "ambiguous-phrase"
    # how a story runs
    ENDLESS = "endless"
    MAY_NOT_STOP = "may-not-stop"
    STEP_AS_TEXT = "step-as-text"
    UNREACHED = "unreached"
    SAME_NAME = "same-name"
    ODD_EXIT = "odd-exit"
    NOWHERE = "nowhere"
    VALUES_LOST = "values-lost"
    ALWAYS_SO = "always-so"
    NEVER_SO = "never-so"
    NEVER_READ = "never-read"
    NEVER_SET = "never-set"
    DEAD_END = "dead-end"
    NO_LAST_WORDS = "no-last-words"
    NO_WAY_BACK = "no-way-back"
    # prose
    TOLD_TWICE = "told-twice"
    SLIP_OF_PROSE = "slip-of-prose"
    # comments
    UNUSED_ALLOW = "unused-allow"

    @property
    def severity(self) -> Severity:
        """Whether the finding keeps the world from being played, or is told only to those who ask for advice."""
        if self.value in _ADVICE:
            return Severity.ADVICE
        return Severity.WARNING if self.value in _WARNINGS else Severity.ERROR


def report_unused(problems: Problems) -> None:
    """Warn of comments that allow what is not found, of what is no code, and of errors, which cannot be allowed."""
    known = {code.value: code for code in Code}
    for source, one in tuple(problems.unused()):
        code = known.get(one.code)
        if code is not None and code.severity is Severity.ADVICE and not problems.advised:
            continue
        note = ""
        if code is None:
            message, note = f"there is no finding `{one.code}`", did_you_mean(one.code, known)
        elif code.severity is Severity.ERROR:
            message = f"`{one.code}` is an error, and cannot be allowed"
        else:
            message = f"there is no `{one.code}` here to allow"
        problems.add(Code.UNUSED_ALLOW, message, Span(source, one.start, one.end), note=note, hint="delete the comment")
