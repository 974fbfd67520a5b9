"""Playing a game on a screen: asks for lines, shows what comes of them, keeps the saved games.

Both screens, prompt_toolkit's and the plain one, are played through this loop.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.engine.turn import Earned, Ended, Sounded
from pianist_quest.records import replace
from pianist_quest.saves.document import SaveError

from .desk import Desk
from .keeping import Keeper
from .render import heard, marks_lines, page, said, surroundings
from .slots import find, listing, slot_line
from .wrap import Style

if TYPE_CHECKING:
    from collections.abc import Callable

    from pianist_quest.engine.state import State
    from pianist_quest.saves.store import Slot

    from .desk import Text, Transcript
    from .render import Drawn
    from .session import Answer, Session
    from .wrap import Line

__all__ = ["Desk", "Play", "find"]

_QUICK: Final = "quick"
"""The slot of SAVE without a name."""


class Play:
    """A game on a screen, until the player leaves it; `slot` and `played` are those of a game that was loaded."""

    def __init__(self, desk: Desk, session: Session, *, slot: str = "", played: int = 0) -> None:
        self.desk, self.session = desk, session
        self.keeper = Keeper(desk, session, slot, played)
        self._transcript: Transcript | None = None
        self._earned = frozenset[str]()
        self._status = ""

    def write_to(self, name: str) -> None:
        """Write all that is shown from now on to a file as well; the problem is said where that cannot be."""
        try:
            self._transcript = self.desk.open_transcript(name, self.session.story.title)
        except (OSError, ValueError) as error:  # ValueError: no file can be called that
            self._say(f"The transcript cannot be written to {name}: {getattr(error, 'strerror', '') or error}.")
        else:
            self._say(f"The game is written to {name} from here on.")

    def run(self, *opening: str) -> None:
        """Play, after some words, until the player quits or the input ends."""
        try:
            if self.keeper.open():
                self._present(self.session.again(*opening))
                self._lines()
        finally:
            parting = self.keeper.close()
        if parting:
            self.desk.say(parting)

    def _lines(self) -> None:
        """Do line after line."""
        interrupted = False
        while True:
            if self.desk.board:
                self.desk.board.stand(self.session)
            try:
                line = self.desk.ask(self.session.completions, self.session.status(bars=self.desk.screen.bars))
            except KeyboardInterrupt:
                if interrupted:
                    break
                interrupted = True
                self._say("Type quit or press ctrl-c once more to leave.")
                continue
            interrupted = False
            if line is None or not self._take(line):
                break

    def _take(self, line: str) -> bool:
        """Do what a line asks for; return whether the game goes on."""
        self._note(lambda transcript: transcript.typed(line))
        answer = self.session.type(line)
        self._move(answer)
        if answer.request is None:
            return True
        word, name = answer.request.word, answer.request.name
        match word:
            case "save":
                self._say(self.keeper.save(name or _QUICK))
            case "load":
                self._load(name)
            case "saves":
                self._list()
            case "marks":
                self._say(*marks_lines(self.session.story, self.session.now.state, self._marks()))
            case "map":
                self._map()
            case "possible":
                self._possible()
            case "curves":
                self._curves(name)
            case "table":
                self._table(name)
            case "days":
                self._days(name)
            case "transcript":
                self._write(name)
        return word != "quit"

    # Showing

    def _move(self, answer: Answer) -> None:
        """Save and show what came of a line: what the player has seen is never lost."""
        problem = self.keeper.keep() if answer.moved else ""
        self._present(self._without_old_marks(answer), self._sheets() if answer.moved else ())
        if problem:
            self._say(problem)

    def _marks(self) -> frozenset[str]:
        """The marks earned in this game or any before."""
        return self._earned | self.desk.store.marks(self.session.story.key)

    def _without_old_marks(self, answer: Answer) -> Answer:
        """Keep the marks and the ending among the events, and leave marks out that had been earned before."""
        earned = {event.key for event in answer.events if isinstance(event, Earned)}
        ended = {event.key for event in answer.events if isinstance(event, Ended)} if answer.moved else set()
        if not earned and not ended:
            return answer
        before = self._marks()
        self._earned |= earned
        problem = self.keeper.earn(earned - before, ended)
        if problem:
            self._say(problem)
        kept = tuple(one for one in answer.events if not (isinstance(one, Earned) and one.key in before))
        return replace(answer, events=kept)

    def _sheets(self) -> tuple[str, ...]:
        """Return the kinds of things whose table is shown because the last turn has changed most of it."""
        moments = self.session.moments
        if len(moments) < 2 or not moments[-1].done or not self.session.story.statistics:
            return ()
        from .table import news  # noqa: PLC0415 - few worlds have any

        return news(moments[-2], moments[-1])

    def _present(self, answer: Answer, sheets: tuple[str, ...] = ()) -> None:
        style = Style.REFUSAL if answer.stopped and not answer.events else Style.PLAIN
        events = tuple(heard(answer.events)) if self.desk.reader else answer.events
        scene, around, news = self.session.now.scene, answer.around and not self.desk.drawn, self._news()

        def text(width: int, drawn: Drawn | None = None) -> list[Line]:
            lines, shown = said(answer.said, width, style), page(events, width, drawn)
            lines += [(), *shown] if lines and shown else shown
            lines += [line for kind in sheets for line in ((), *self._table_lines(kind, scene.state, width))]
            if around and not self.desk.drawn:  # who goes to the full screen sees them below
                lines += surroundings(scene.story, scene.state, width, heard=self.desk.reader)
            return lines + ([(), *said([news], width)] if news else [])

        known = scene.story.music
        music = next((one.key for one in reversed(events) if isinstance(one, Sounded) and one.key in known), "")
        self._show(self._pictured(text, music) if music and self.desk.pictures else text)
        if music and self.desk.sound:
            self.desk.sound(known[music].tune)

    def _pictured(self, text: Callable[[int, Drawn], list[Line]], music: str) -> Text:
        """Return a text with pictures of the music in it, one piece of which is being played."""
        from .performance import Performance  # noqa: PLC0415

        return Performance(self.session.story.music, music, text, boxes=self.desk.view().boxes)

    def _news(self) -> str:
        """Return the status where a screen reader reads and it has changed; on other screens it stands below."""
        status = self.session.status(bars=False).replace(" | ", ", ") if self.desk.reader else ""
        if status == self._status:
            return ""
        self._status = status
        return f"Status: {status}." if status else ""

    def _show(self, text: Text) -> None:
        lines = self.desk.show(text)
        self._note(lambda transcript: transcript.shown(text, lines))

    def _say(self, *paragraphs: str) -> None:
        self._show(lambda width: said(paragraphs, width))

    # What is imported here is not needed to begin.

    def _map(self) -> None:
        from .drawing import ASCII, BOXES, map_lines  # noqa: PLC0415
        from .survey import survey, ways_list  # noqa: PLC0415

        known = survey(self.session.story, self.session.all_moments())
        if self.desk.reader:
            self._say(*ways_list(known))
        else:
            view = self.desk.view()
            self._show(lambda width: map_lines(known, width, view.height, BOXES if view.boxes else ASCII))

    def _curves(self, name: str) -> None:
        from .curves import ASCII_BARS, BARS, curve_lines  # noqa: PLC0415

        story, moments = self.session.story, self.session.game()
        bars = (BARS if self.desk.view().boxes else ASCII_BARS) if self.desk.pictures else ""
        self._show(lambda width: curve_lines(story, moments, name, width, bars))

    def _table(self, name: str) -> None:
        state = self.session.now.state
        self._show(lambda width: self._table_lines(name, state, width))

    def _table_lines(self, name: str, state: State, width: int) -> list[Line]:
        from .table import table_lines  # noqa: PLC0415

        return table_lines(self.session.story, state, name, width, self._rule)

    def _days(self, name: str) -> None:
        from .days import ASCII_MARKS, MARKS, days_lines  # noqa: PLC0415

        story, moments, rule = self.session.story, self.session.game(), self._rule
        marks = MARKS if self.desk.view().boxes else ASCII_MARKS
        self._show(lambda width: days_lines(story, moments, name, width, rule, marks))

    @property
    def _rule(self) -> str:
        """The line below the head of a table; nothing where it is told in sentences."""
        return "" if self.desk.reader else "─" if self.desk.view().boxes else "-"

    def _possible(self) -> None:
        from .possible import possible_lines  # noqa: PLC0415

        scene = self.session.now.scene
        self._show(lambda width: possible_lines(scene, width, heard=self.desk.reader))

    def _note(self, write: Callable[[Transcript], None]) -> None:
        if self._transcript is None:
            return
        try:
            write(self._transcript)
        except OSError as error:
            self._transcript = None
            self._say(f"The transcript ends here, for it cannot be written: {error.strerror or error}.")

    def _write(self, name: str) -> None:
        if self._transcript and not name:
            self._say("The transcript ends here.")
            self._transcript = None
        elif name:
            self.write_to(name)
        else:
            self._say("Type transcript and the name of a file to write the game to.")

    # Saved games

    def _load(self, name: str) -> None:
        slots = [] if name else self._slots()
        if slots:
            name = self.desk.picked("Load which? A number or a name:", [(one.name, slot_line(one)) for one in slots])
        saved = find(self.desk, self.session.story, name) if name else None
        if saved:
            answer = self.session.restore(saved)
            self.keeper.loaded(name, saved)
            self._move(answer)

    def _list(self) -> None:
        slots = self._slots()
        if slots:
            self._show(lambda width: listing(slots, width))

    def _slots(self) -> tuple[Slot, ...]:
        """Return the saved games of this world; where there are none, say so."""
        try:
            slots = self.desk.store.slots(self.session.story.key)
        except SaveError as error:
            self._say(str(error))
            return ()
        if not slots:
            self._say("There are no saved games yet.")
        return slots
