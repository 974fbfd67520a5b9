"""Every code a finding can have. Each has one page in docs/diagnostics, named like the code."""

from __future__ import annotations

from enum import Enum

from .diagnostic import Severity

_WARNINGS = frozenset({"may-not-stop", "step-as-text", "unreached", "same-name", "odd-exit"})


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

    @property
    def severity(self) -> Severity:
        """Whether the finding keeps the world from being played."""
        return Severity.WARNING if self.value in _WARNINGS else Severity.ERROR
