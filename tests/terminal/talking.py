"""What a game says, as one line, for tests that read as a talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pianist_quest.terminal.render import page
from pianist_quest.terminal.wrap import plain_text

if TYPE_CHECKING:
    from pianist_quest.terminal.session import Answer, Session


def text(answer: Answer) -> str:
    """Return an answer as one line."""
    shown = [plain_text(line) for line in page(answer.events, 78)]
    return " ".join(part for part in (*answer.said, *shown) if part)


def talk(session: Session, *lines: str) -> str:
    """Type lines; return what the last one comes to."""
    return [text(session.type(line)) for line in lines][-1]
