"""Choosing with arrow keys in line mode.

What was typed before lies above the line, as in every shell, and the choices lie below it: the down key opens a list
of them with the first one marked, whose number stands in the line. Whatever else is typed takes its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import CompletionState
from prompt_toolkit.completion import Completion
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout.menus import CompletionsMenuControl
from prompt_toolkit.mouse_events import MouseEventType

from pianist_quest.diagnostics.source import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.key_binding.key_bindings import NotImplementedOrNone
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent
    from prompt_toolkit.layout import Layout
    from prompt_toolkit.mouse_events import MouseEvent

    Picks = Sequence[tuple[str, str]]
    """What can be picked: the line that does it, and what is shown."""


class Choosing:
    """The list of choices below a line that is being typed; `picks` are those of this moment."""

    def __init__(self, buffer: Buffer, layout: Layout) -> None:
        self.picks: Picks = ()
        self._buffer = buffer
        self._state: CompletionState | None = None
        for window in layout.find_all_windows():
            if isinstance(window.content, CompletionsMenuControl):
                window.content = _Clickable(lambda: self.open)

    @property
    def open(self) -> bool:
        """Whether the list is shown."""
        return self._state is not None and self._buffer.complete_state is self._state

    def keys(self) -> KeyBindings:
        """Return the keys: down opens the list and goes on in it, up goes back and out of it."""
        found = KeyBindings()
        is_open, can_open = Condition(lambda: self.open), Condition(self._can_open)
        found.add("down", filter=can_open)(lambda _: self._begin())
        found.add("down", filter=is_open)(lambda _: self._step(1))
        found.add("up", filter=is_open)(lambda _: self._step(-1))
        found.add("escape", filter=is_open)(lambda _: self._close())
        found.add("backspace", filter=is_open)(lambda _: self._close())
        for key in (Keys.Any, Keys.BracketedPaste):
            found.add(key, filter=is_open)(self._type)
        return found

    def _can_open(self) -> bool:
        """Whether the line is empty and the last one: not one of those typed before."""
        buffer = self._buffer
        newest = buffer.working_index == len(buffer._working_lines) - 1  # noqa: SLF001 - told nowhere else
        return bool(self.picks) and newest and not buffer.text and not buffer.complete_state

    def _begin(self) -> None:
        shown = [
            Completion(line, display=f"{number}. {one_line(label)}")
            for number, (line, label) in enumerate(self.picks, 1)
        ]
        self._state = self._buffer.complete_state = CompletionState(self._buffer.document, shown)
        self._buffer.go_to_completion(0)

    def _step(self, by: int) -> None:
        at = (self._state.complete_index or 0) + by if self._state else -1
        if at < 0:
            self._close()
        else:
            self._buffer.go_to_completion(at % len(self.picks))

    def _close(self) -> None:
        self._buffer.cancel_completion()

    def _type(self, event: KeyPressEvent) -> None:
        self._close()
        self._buffer.insert_text(event.data.replace("\r\n", "\n").replace("\r", "\n"))


class _Clickable(CompletionsMenuControl):
    """The menu of prompt_toolkit; where it lists choices, a click is all it takes."""

    def __init__(self, choosing: Callable[[], bool]) -> None:
        self._choosing = choosing

    def mouse_handler(self, mouse_event: MouseEvent) -> NotImplementedOrNone:
        """Do what a click or the wheel asks for."""
        chosen = self._choosing() and mouse_event.event_type == MouseEventType.MOUSE_UP
        done = super().mouse_handler(mouse_event)
        if chosen:
            get_app().current_buffer.validate_and_handle()
        return done


def mouse_wanted(buffer: Callable[[], Buffer]) -> Condition:
    """Return the condition on which the mouse is taken from the terminal in line mode: there is a menu to click on."""
    return Condition(lambda: buffer().complete_state is not None)
