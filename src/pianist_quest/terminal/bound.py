"""Keys of the player's own, which type commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.key_binding import KeyBindings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from prompt_toolkit.key_binding.key_processor import KeyPressEvent


def bound(keys: Mapping[str, str], do: Callable[[KeyPressEvent, str], None]) -> tuple[KeyBindings, tuple[str, ...]]:
    """Return bindings of keys (one, or several one after the other) to commands, and which of them are no keys."""
    found, wrong = KeyBindings(), []
    for names, command in keys.items():
        try:
            found.add(*names.split())(lambda event, command=command: do(event, command))
        except ValueError:
            wrong.append(names)
    return found, tuple(wrong)
