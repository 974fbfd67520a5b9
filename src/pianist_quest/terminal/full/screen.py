"""The screen of a game that is played full screen, and in line mode whenever the player likes.

The game runs in the main thread and asks for lines; the full screen runs in a thread of its own, so that one can read,
type and resize whatever the game does. What the player does comes through a queue. All that was shown is kept: it is
set anew when the width changes, and written to the terminal's own lines when the full screen is left.
"""

from __future__ import annotations

import _thread
import atexit
import signal
import time
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread, main_thread
from typing import TYPE_CHECKING, Final

from prompt_toolkit.key_binding import KeyBindings

from pianist_quest.terminal.render import said
from pianist_quest.terminal.standing import Standing, listed, standing
from pianist_quest.terminal.wrap import plain_text

from .pages import echoed, margin, offered, told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from prompt_toolkit.key_binding.key_processor import KeyPressEvent

    from pianist_quest.terminal.app import AppScreen
    from pianist_quest.terminal.desk import Text
    from pianist_quest.terminal.menu import Options
    from pianist_quest.terminal.performance import Performance
    from pianist_quest.terminal.session import Session
    from pianist_quest.terminal.wrap import Line

    from .book import Block
    from .stage import Stage

_PATIENT: Final = 1.0
"""The seconds after which ctrl-c breaks off what the game is doing."""
_FAILED: Final = "The full screen cannot be drawn ({}). The game goes on line by line."


class FullScreen:
    """A terminal in full screen or line mode, `drawn` or not when it begins.

    The full screen is opened when a line is asked for in it. `close` gives the terminal back.
    """

    typed = True

    def __init__(
        self, line: AppScreen, *, boxes: bool = True, mouse: bool = True, motion: bool = False, drawn: bool = True
    ) -> None:
        self._line, self._boxes, self._mouse = line, boxes, mouse
        self.bars, self.drawn = boxes and line.bars, drawn
        self.measure = line.typeset.measure + 2
        self._story: list[Block] = []
        self._shown = self._written = self._fresh = 0
        self._standing = Standing()
        self._typed, self._ahead = "", list[str]()
        self._heard: SimpleQueue[tuple[str, str]] = SimpleQueue()
        self._stage: Stage | None = None
        self._thread: Thread | None = None
        self._since = 0.0
        self._motion = motion
        self._music: tuple[Performance, int] | None = None
        self._code: int | None = None
        atexit.register(self.close)

    @property
    def width(self) -> int:
        """The cells of a line of text now."""
        columns = self._line.width
        return columns - 2 * margin(columns, self.measure) if self.drawn else columns

    # What is shown

    def show(self, lines: Sequence[Line]) -> None:
        """Show lines that are set already."""
        self.tell(lambda _: lines)

    def tell(self, text: Text) -> Sequence[Line]:
        """Show a text, when the next line is asked for; return its lines as they are now."""
        typeset = self._line.typeset
        lines = typeset.lines(text, self.width)
        if self._motion and self.drawn:
            self._note_music(text)
        if lines:
            self._story.append(told(lambda width: typeset.lines(text, width)))
        if not self.drawn:
            self._line.show(typeset.placed(lines, self.width))
            self._written = len(self._story)
        return lines

    def _note_music(self, text: Text) -> None:
        """Keep a text whose keys light up."""
        from pianist_quest.terminal.performance import Performance  # noqa: PLC0415 - not needed in line mode

        if isinstance(text, Performance):
            self._music = text, len(self._story)

    def warn(self, text: str) -> None:
        """Say something as the game does: all there is to see is this terminal."""
        self.tell(lambda width: said([text], width))

    def offer(self, options: Options) -> None:
        """Let the next line pick one of some options."""
        self._standing = listed(options)
        self._line.offer(options)

    def stand(self, session: Session) -> None:
        """Let the next line be one of a game."""
        self._standing = standing(session, bars=self.bars)
        self._line.stand(session)

    # What is asked

    def ask(self, complete: Callable[[str], tuple[str, ...]], status: str) -> str | None:
        """Return the next line, None at the end of input; raises KeyboardInterrupt on ctrl-c."""
        while True:
            switched, line = (self._ask_drawn if self.drawn else self._ask_line)(complete, status)
            if not switched:
                return line
            self._switch()

    def _ask_drawn(self, complete: Callable[[str], tuple[str, ...]], status: str) -> tuple[bool, str | None]:
        """Return whether the player wants line mode, else the line."""
        from .stage import Asking  # noqa: PLC0415 - not needed in line mode

        asking = Asking(self._standing, complete, self._line.means, status)
        stage, fresh = self._stage or self._open(), self._fresh
        blocks, self._shown = self._story[self._shown :], len(self._story)
        self._fresh = len(self._story)
        stage.post(lambda: stage.ask(asking, blocks, fresh))
        music, self._music = self._music, None
        if music:
            stage.post(lambda: stage.perform(*music))
        word, line = self._next()
        self._since = time.monotonic()
        if word == "line":
            self._echo(line)
            stage.post(stage.work)
            return False, line
        if word == "interrupt":
            raise KeyboardInterrupt
        if word == "failed":
            self.warn(_FAILED.format(line))
        if word == "stop" and self._code is not None:
            self.close()
            raise SystemExit(self._code)
        return word in ("switch", "failed"), None

    def _next(self) -> tuple[str, str]:
        """Return what the player did next, or that all is to be left."""
        if self._code is not None:
            return "stop", ""
        if self._thread and not self._thread.is_alive() and self._heard.empty():
            return "end", ""
        return self._heard.get()

    def _echo(self, line: str) -> None:
        """Keep a line that was typed in the story, with the words of the choice it picks."""
        picked = [one for one in self._standing.offers if one.line and line.strip() in (one.line, str(one.number))]
        label = f"{picked[0].number}. {plain_text(picked[0].label)}" if picked and picked[0].number else line
        self._story.append(echoed(label))

    def _ask_line(self, complete: Callable[[str], tuple[str, ...]], status: str) -> tuple[bool, str | None]:
        """The same in line mode."""
        self._fresh = len(self._story)
        if self._ahead:
            line: str | None = self._ahead.pop(0)
            self._echo(str(line))
            self._write()
            return False, line
        switched: list[str] = []
        typed, self._typed = self._typed, ""
        line = self._line.ask(complete, status, typed=typed, keys=_back(switched))
        if switched:
            self._typed = switched[0]
            return True, None
        if line is not None:
            self._echo(line)
            self._written = len(self._story)
        return False, line

    # How it is opened and left

    def _open(self) -> Stage:
        from .stage import Stage  # noqa: PLC0415

        stage = Stage(self._line, self._story[: self._shown], self._typed, self._hear, boxes=self._boxes)
        stage.mouse = self._mouse
        self._stage, self._typed = stage, ""
        self._thread = Thread(target=self._run, args=(stage,), daemon=True)
        self._thread.start()
        stage.opened.wait()
        return stage

    def _run(self, stage: Stage) -> None:
        try:
            stage.run()
        except EOFError:
            self._heard.put(("end", ""))
        except BaseException as error:  # noqa: BLE001 - whatever it is, the game goes on line by line
            self._heard.put(("failed", str(error) or type(error).__name__))

    def _hear(self, word: str, line: str) -> None:
        """Take what the player did, in the thread of the full screen."""
        busy = self._stage is not None and self._stage.asking is None
        if word == "interrupt" and busy and time.monotonic() - self._since > _PATIENT:
            _interrupt()
        else:
            self._heard.put((word, line))

    def _switch(self) -> None:
        """Go on in line mode, below all that was shown so far; or from there full screen."""
        self.drawn = not self.drawn
        if not self.drawn:
            self._typed = self._shut()
            if self._written < len(self._story):  # else they stand there already
                self._write(offered(self._standing, typeset=self._line.typeset))
            while not self._heard.empty():  # lines that were entered after the key
                word, line = self._heard.get()
                self._ahead += [line] if word == "line" else []

    def _shut(self) -> str:
        """Leave the full screen; return what was typed in it."""
        stage, thread, self._stage, self._thread = self._stage, self._thread, None, None
        if stage is None or thread is None:
            return ""
        stage.post(stage.close)
        thread.join()
        self._mouse = stage.mouse
        return stage.buffer.text

    def _write(self, *more: Block) -> None:
        """Write what was shown since the last time to the terminal's own lines."""
        width = self._line.width
        rows = [row.line for block in (*self._story[self._written :], *more) for row in block(width)]
        self._written = len(self._story)
        if rows:
            self._line.show(self._line.typeset.placed(rows if rows[-1] else rows[:-1], width))

    def stop(self, code: int) -> None:
        """Leave the program with an exit code as soon as that can be done in order; for handlers of signals."""
        self._code = code
        self._line.stop(code)
        self._heard.put(("stop", ""))

    def enter(self, line: str) -> None:
        """Type a line as if the player had, from another thread; what they are typing stays."""
        if self.drawn:
            self._heard.put(("line", line))
        else:
            self._line.enter(line)

    def close(self) -> None:
        """Give the terminal back, with the story in its own lines."""
        atexit.unregister(self.close)
        self._shut()
        if self._code is None and self.drawn:
            with suppress(OSError):  # the terminal may be gone
                self._write()


def _interrupt() -> None:
    """Break off what the main thread does, also where it waits."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(main_thread().ident or 0, signal.SIGINT)
    else:
        _thread.interrupt_main()


def _back(switched: list[str]) -> KeyBindings:
    """Return the keys that go back to the full screen; what is typed is put into a list."""
    keys = KeyBindings()

    @keys.add("f10")
    @keys.add("c-o")
    def _(event: KeyPressEvent) -> None:
        switched.append(event.current_buffer.text)
        event.app.erase_when_done = True
        event.app.exit(result="")

    return keys
