"""A MIDI keyboard: what is struck on it until a pause is typed as a line of names. The only module that knows mido."""

from __future__ import annotations

import atexit
import time
from contextlib import suppress
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.terminal.struck import NAMES

from .quiet import quiet

if TYPE_CHECKING:
    from collections.abc import Callable

PAUSE: Final = 0.8
"""The seconds without a note after which a phrase is over."""
_CHORD: Final = 0.05
"""The seconds within which keys are struck together: then the highest counts."""


class NoKeyboardError(Exception):
    """There is no keyboard to play on; says why in one sentence."""


class Keyboard:
    """Listens to a keyboard and types `notes C, E, G` for what is struck. Raises NoKeyboardError where there is none.

    `listen` opens the port, and lets a function be called with each message from another thread.
    """

    def __init__(
        self,
        enter: Callable[[str], object],
        listen: Callable[[Callable[[Any], None]], Any] | None = None,
        pause: float = PAUSE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._enter, self._pause, self._clock = enter, pause, clock
        self._struck: list[tuple[float, int]] = []
        self._lock = Lock()
        self._timer: Timer | None = None
        self._port = (listen or _listen)(self.hear)
        atexit.register(self.close)

    def hear(self, message: Any) -> None:  # noqa: ANN401 - a module without types
        """Take a message; all but keys that are struck is passed over."""
        if message.type != "note_on" or not message.velocity:
            return
        with self._lock:
            self._struck.append((self._clock(), message.note))
            if self._timer:
                self._timer.cancel()
            self._timer = Timer(self._pause, self._over)
            self._timer.daemon = True
            self._timer.start()

    def _over(self) -> None:
        """Type what was struck up to a pause."""
        with self._lock:
            phrase, self._struck = self._struck, []
        if phrase:
            self._enter(f"notes {', '.join(NAMES[key % 12] for key in highest(phrase))}")

    def close(self) -> None:
        """Let the keyboard go."""
        atexit.unregister(self.close)
        if self._timer:
            self._timer.cancel()
        with suppress(Exception):  # it may have been unplugged
            self._port.close()


def highest(struck: list[tuple[float, int]]) -> list[int]:
    """Return the keys that were struck one after another, of those struck together the highest."""
    found: list[int] = []
    begun = -1.0
    for at, key in struck:
        if found and at - begun <= _CHORD:
            found[-1] = max(found[-1], key)
        else:
            found.append(key)
            begun = at
    return found


def _listen(hear: Callable[[Any], None]) -> Any:  # noqa: ANN401 - a module without types
    """Open the first keyboard there is."""
    try:
        import mido  # noqa: PLC0415 - only where a keyboard is wanted

        with quiet():
            # Through ports lead from one program to another: no keyboard is behind them.
            names = [name for name in mido.get_input_names() if "through" not in name.casefold()]
            port = mido.open_input(names[0], callback=hear) if names else None
    except ImportError:
        raise NoKeyboardError("the library mido is not installed: pip install 'pianist-quest[midi]'") from None
    except Exception:  # noqa: BLE001 - the libraries' own: this system has no MIDI at all
        raise NoKeyboardError("this system has no MIDI") from None
    if port is None:
        raise NoKeyboardError("there is none connected")
    return port
