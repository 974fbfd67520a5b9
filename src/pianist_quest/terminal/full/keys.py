"""The keys of the full screen."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.filters import Always, Condition, has_completions
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings

from pianist_quest.terminal.bound import bound
from pianist_quest.terminal.tab import tab_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from prompt_toolkit.filters import Filter
    from prompt_toolkit.key_binding import KeyBindingsBase

    from .stage import Stage

    Key = tuple[tuple[str, ...], Filter, Callable[[], object]]
    """Keys pressed one after the other, when they are meant, and what they do."""

_BACK = 0.05
"""The seconds after which a program that was suspended goes on: until then the signal has come to all its threads."""


def bindings(stage: Stage, own: Mapping[str, str]) -> KeyBindingsBase:
    """Return all keys, and the player's `own` that type commands; of those that are meant the last one counts."""
    keys = KeyBindings()
    for names, when, do in (*_choosing(stage), *_reading(stage), *_leaving(stage)):
        keys.add(*names, filter=when)(lambda _, do=do: _ignored(do()))
    typing = bound(own, lambda _, command: stage.pick(command))[0]
    return merge_key_bindings([tab_keys(), keys, typing])


def _ignored(_: object) -> None:
    """Return nothing: what a key's function returns would be awaited."""


def _choosing(stage: Stage) -> Iterator[Key]:
    """Yield the keys that pick, complete and call up lines typed before."""
    buffer, always = stage.buffer, Always()
    pickable = (
        _is_empty(stage)
        & ~has_completions
        & Condition(lambda: stage.reading and any(one.line for one in stage.shown.standing.offers))
    )
    yield ("enter",), always, stage.enter
    yield ("enter",), has_completions, lambda: setattr(buffer, "complete_state", None)
    yield ("down",), pickable, lambda: stage.step(1)
    yield ("up",), pickable, lambda: stage.step(-1)
    yield ("escape",), always, stage.unmark
    yield ("c-p",), ~has_completions, buffer.history_backward
    yield ("c-n",), ~has_completions, buffer.history_forward
    yield ("f1",), always, lambda: stage.pick("?")


def _reading(stage: Stage) -> Iterator[Key]:
    """Yield the keys that move the window, and those that change what is seen."""
    empty, always = _is_empty(stage), Always()
    yield ("pageup",), always, lambda: stage.open_book.page(-1)
    yield ("pagedown",), always, lambda: stage.open_book.page(1)
    yield (" ",), empty, lambda: stage.open_book.page(1)
    alone = empty & ~has_completions & Condition(lambda: not stage.reading)
    for key, when in (("c-up", always), ("s-up", always), ("up", alone)):
        yield (key,), when, lambda: stage.open_book.scroll(-1)
    for key, when in (("c-down", always), ("s-down", always), ("down", alone)):
        yield (key,), when, lambda: stage.open_book.scroll(1)
    for key, when in (("c-home", always), ("home", empty)):
        yield (key,), when, lambda: stage.open_book.home()  # noqa: PLW0108 - of the book that is open then
    for key, when in (("c-end", always), ("end", empty)):
        yield (key,), when, lambda: stage.open_book.end()  # noqa: PLW0108 - the same
    for keys in (("f2",), ("escape", "p")):
        yield keys, always, stage.turn_panel
    for keys in (("f9",), ("escape", "m")):
        yield keys, always, stage.turn_mouse


def _leaving(stage: Stage) -> Iterator[Key]:
    """Yield the keys that leave the full screen, for good or for a while."""
    always = Always()
    yield ("f10",), always, lambda: stage.hear("switch")
    yield ("c-o",), always, lambda: stage.hear("switch")
    yield ("c-c",), always, lambda: stage.hear("interrupt")
    yield ("c-d",), _is_empty(stage), lambda: stage.hear("end")
    yield ("c-z",), Condition(lambda: hasattr(signal, "SIGTSTP")), lambda: _ignored(run_in_terminal(_suspend))


def _is_empty(stage: Stage) -> Condition:
    return Condition(lambda: not stage.buffer.text)


def _suspend() -> None:
    """Stop, with all programs of the same job, until the shell lets them go on."""
    os.kill(0, signal.SIGTSTP)
    time.sleep(_BACK)
