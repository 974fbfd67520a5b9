"""What a typed line can come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.records import field, record

if TYPE_CHECKING:
    from pianist_quest.engine.turn import Action


@record
class Act:
    """Things to do, one after another: more than one on a walk, and where several things are named.

    `named` are the keys of what the player named, for the pronouns of later lines; `said` is what there is to say
    before it is done.
    """

    actions: tuple[Action, ...]
    named: tuple[str, ...] = field(default=(), compare=False)
    said: tuple[str, ...] = field(default=(), compare=False)


@record
class Meta:
    """A word about the game, with the name it was given or nothing."""

    word: str
    name: str = ""


@record
class Reply:
    """An answer that costs no turn.

    `guesses` are the lines that the player may have meant, `start` is a line that the next one may complete,
    `strange` is the word that OOPS would put right, `absent` the key of somebody who is not here.
    """

    text: str
    guesses: tuple[str, ...] = ()
    start: str = field(default="", compare=False)
    strange: str = field(default="", compare=False)
    named: tuple[str, ...] = field(default=(), compare=False)
    absent: str = field(default="", compare=False)


NOTHING: Final = Reply("")
"""The answer before anything was asked."""

Command = Act | Meta | Reply
