"""The tab key: what is typed is gone on with at once, so that keys typed quickly after it find it done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.buffer import CompletionState
from prompt_toolkit.completion import CompleteEvent, get_common_complete_suffix
from prompt_toolkit.filters import has_completions
from prompt_toolkit.key_binding import KeyBindings

if TYPE_CHECKING:
    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.completion import Completion
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent


def tab_keys() -> KeyBindings:
    """Return the tab key, which completes and goes through the menu, the one that goes back, and esc, to close it."""
    keys = KeyBindings()

    @keys.add("tab")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.complete_state:
            buffer.complete_next()
        else:
            complete(buffer)

    @keys.add("s-tab")
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.complete_previous()

    @keys.add("escape", filter=has_completions)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.cancel_completion()

    return keys


def more_keys() -> KeyBindings:
    """Return the keys that answer at the end of a screenful without an enter: space goes on, q does not."""
    keys = KeyBindings()
    for key, answer in ((" ", ""), ("q", "q")):
        keys.add(key)(lambda event, answer=answer: event.app.exit(result=answer))
    return keys


def complete(buffer: Buffer) -> None:
    """Go on with a line as far as there is only one way, and list the ways there are then."""
    found = _found(buffer)
    if len(found) == 1:
        buffer.delete_before_cursor(-found[0].start_position)
        buffer.insert_text(found[0].text)
        return
    shared = get_common_complete_suffix(buffer.document, found)
    if shared:
        buffer.insert_text(shared)
        found = _found(buffer)
    if found:
        buffer.complete_state = CompletionState(buffer.document, found)


def _found(buffer: Buffer) -> list[Completion]:
    return list(buffer.completer.get_completions(buffer.document, CompleteEvent(completion_requested=True)))
