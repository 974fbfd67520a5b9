"""Which variants of the texts games have shown: of each condition in one, what stands where it holds, and where not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pianist_quest.story import story as s

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONG = 60
"""How much of a variant is told, in characters."""


class _Noted(s.Code):
    """A condition that notes how it was answered."""

    __slots__ = ("answers", "code")

    def __init__(self, code: s.Code, answers: set[bool]) -> None:
        super().__init__(code.source, {})
        self.code, self.answers = code, answers

    def __call__(self, v: Sequence[int], p: int, n: int, r: Any = None) -> Any:  # noqa: ANN401 - as what it stands for
        held = self.code(v, p, n, r)
        self.answers.add(bool(held))
        return held


@dataclass(slots=True)
class Variants:
    """A story that notes what it shows."""

    story: s.Story
    conditions: list[tuple[str, s.If, set[bool]]] = field(default_factory=list)
    """Each condition in a text: whose text it is, the condition, and how it was answered."""

    @classmethod
    def of(cls, story: s.Story) -> Variants:
        """Return a story's copy that notes what it shows, as it is played."""
        found = cls(story)
        code = tuple(
            replace(one, text=found._text(one.text, story.owner(pc)))
            if isinstance(one, s.Say) and not _is_built_in(story, story.owner(pc))
            else one
            for pc, one in enumerate(story.code)
        )
        found.story = replace(story, code=code)
        return found

    def _text(self, text: s.Text, owner: str) -> s.Text:
        return tuple(self._part(part, owner) for part in text)

    def _part(self, part: Any, owner: str) -> Any:  # noqa: ANN401 - a part of a text
        if isinstance(part, s.If):
            answers = set[bool]()
            self.conditions.append((owner, part, answers))
            yes, no = self._text(part.yes, owner), self._text(part.no, owner)
            return s.If(_Noted(part.code, answers), yes, no)
        if isinstance(part, s.Alternatives):
            return replace(part, options=tuple(self._text(one, owner) for one in part.options))
        return part

    def unseen(self) -> Iterator[str]:
        """Yield the variants that were never shown: whose they are, and how they begin."""
        for owner, part, answers in self.conditions:
            for held, text in ((True, part.yes), (False, part.no)):
                words = _words(text)
                if held not in answers and words:
                    yield f"{owner}: {words if len(words) <= _LONG else words[:_LONG].rstrip() + '...'}"


def _is_built_in(story: s.Story, owner: str) -> bool:
    """Whether a text is one of the language's own verbs'."""
    what, _, key = owner.partition(" ")
    return what == "verb" and key in story.verbs and story.verbs[key].quiet


def _words(text: s.Text) -> str:
    """A text as it is written, without its values and conditions."""
    return " ".join("".join(part for part in text if isinstance(part, str)).split())
