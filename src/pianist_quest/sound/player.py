"""Plays tunes on the machine's loudspeakers, in a thread, one at a time. The only module that knows sounddevice."""

from __future__ import annotations

import atexit
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Final

from .quiet import quiet
from .tones import RATE, samples

if TYPE_CHECKING:
    from pianist_quest.worldfile.tune import Tune

_CHUNK: Final = RATE // 20
"""The samples that are handed over at once: a tune that is stopped goes on for no longer than these."""
_PATIENCE: Final = 0.5
"""How long a tune that is stopped is waited for at the end, in seconds."""


class SilentError(Exception):
    """Nothing can be heard on this machine; says why in one sentence."""


class Player:
    """Plays a tune; another one, or the end of the program, stops it. Raises SilentError where nothing can be heard."""

    def __init__(self) -> None:
        self._device = _device()
        self._stop = Event()
        self._thread: Thread | None = None
        atexit.register(self.stop)

    def play(self, tune: Tune) -> None:
        """Play a tune from now on; the game goes on meanwhile."""
        self._stop.set()
        self._stop = Event()
        self._thread = Thread(target=self._play, args=(tune, self._stop), daemon=True)
        self._thread.start()

    def _play(self, tune: Tune, stop: Event) -> None:
        """Play in the thread. Whatever goes wrong, the game goes on in silence."""
        with suppress(Exception):
            made = samples(tune)
            with self._device.RawOutputStream(samplerate=RATE, channels=1, dtype="int16") as stream:
                for start in range(0, len(made), _CHUNK):
                    if stop.is_set():
                        stream.abort()
                        break
                    stream.write(made[start : start + _CHUNK].tobytes())

    def wait(self) -> None:
        """Wait until the tune is over."""
        if self._thread:
            self._thread.join()

    def stop(self) -> None:
        """Stop what is played."""
        self._stop.set()
        if self._thread:
            self._thread.join(_PATIENCE)


def _device() -> Any:  # noqa: ANN401 - a module without types
    """Return the library, when it has found something to play on."""
    try:
        with quiet():
            import sounddevice  # noqa: PLC0415 - only where sound is wanted

            sounddevice.query_devices(kind="output")
    except ImportError:
        raise SilentError("the library sounddevice is not installed: pip install 'pianist-quest[sound]'") from None
    except OSError:
        raise SilentError("the library PortAudio is not installed (on Debian: apt install libportaudio2)") from None
    except Exception as error:  # noqa: BLE001 - the library's own, which cannot be named before it is there
        raise SilentError(f"there is nothing to play on ({error})") from None
    return sounddevice
