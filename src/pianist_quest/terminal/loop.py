"""Playing a game on a screen: asks for lines, shows what comes of them, keeps the saved games.

Both screens, prompt_toolkit's and the plain one, are played through this loop.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from pianist_quest.engine.turn import Earned
from pianist_quest.saves.codec import decode, encode
from pianist_quest.saves.document import SaveError
from pianist_quest.saves.names import AUTOSAVE, PREVIOUS, tidy

from .render import marks_lines, page, said, surroundings
from .wrap import plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pianist_quest.saves.codec import Saved
    from pianist_quest.saves.store import Slot, Store
    from pianist_quest.story.story import Story

    from .session import Answer, Session
    from .wrap import Line

_QUICK: Final = "quick"
"""The slot of SAVE and LOAD without a name."""


class Screen(Protocol):
    """Where a game is shown and typed."""

    @property
    def width(self) -> int:
        """The cells of a line."""

    @property
    def bars(self) -> bool:
        """Whether meters are drawn as bars."""

    def show(self, lines: Sequence[Line]) -> None:
        """Show lines."""

    def ask(self, complete: Callable[[str], tuple[str, ...]], status: str) -> str | None:
        """Return the next typed line, or None at the end of input; raises KeyboardInterrupt on ctrl-c."""


class Transcript(Protocol):
    """Where a game is written down."""

    def write(self, text: str) -> None:
        """Write a text at the end, so that it stays whatever happens next."""


@dataclass(frozen=True)
class Desk:
    """What a game is played with: where it is shown and saved, the time, and whether it saves by itself."""

    screen: Screen
    store: Store
    clock: Callable[[], str]
    autosave: bool
    open_transcript: Callable[[str], Transcript]

    def say(self, *paragraphs: str) -> None:
        """Show words of the game's own."""
        self.screen.show(said(paragraphs, self.screen.width))


class Play:
    """A game on a screen, until the player leaves it."""

    def __init__(self, desk: Desk, session: Session, *, resumed: bool = False) -> None:
        self.desk, self.session = desk, session
        self._transcript: Transcript | None = None
        self._fresh = not resumed
        self._failing = ""
        self._earned = frozenset[str]()

    def write_to(self, name: str) -> None:
        """Write all that is shown from now on to a file as well; the problem is said where that cannot be."""
        try:
            self._transcript = self.desk.open_transcript(name)
        except OSError as error:
            self._say(f"The transcript cannot be written to {name}: {error.strerror or error}.")
        else:
            self._say(f"The game is written to {name} from here on.")

    def run(self, *opening: str) -> None:
        """Play, after some words, until the player quits or the input ends."""
        self._present(self.session.again(*opening))
        interrupted = False
        while True:
            try:
                line = self.desk.screen.ask(self.session.completions, self.session.status(bars=self.desk.screen.bars))
            except KeyboardInterrupt:
                if interrupted:
                    break
                interrupted = True
                self._say("Type quit or press ctrl-c once more to leave.")
                continue
            interrupted = False
            if line is None or not self._take(line):
                break
        if self.desk.autosave and not self._fresh and not self._failing:
            self.desk.say("Your game is saved.")

    def _take(self, line: str) -> bool:
        """Do what a line asks for; return whether the game goes on."""
        self._note(f"\n> {line}\n")
        answer = self.session.type(line)
        self._move(answer)
        if answer.request is None:
            return True
        word, name = answer.request.word, answer.request.name
        match word:
            case "save":
                self._save(name or _QUICK)
            case "load":
                self._load(name)
            case "saves":
                self._list()
            case "marks":
                self._say(*marks_lines(self.session.story, self.session.now.state, self._marks()))
            case "transcript":
                self._write(name)
        return word != "quit"

    # Showing

    def _move(self, answer: Answer) -> None:
        """Save and show what came of a line: what the player has seen is never lost."""
        problem = self._save_itself() if answer.moved else ""
        self._present(self._without_old_marks(answer))
        if problem:
            self._say(problem)

    def _marks(self) -> frozenset[str]:
        """The marks earned in this game or any before."""
        return self._earned | self.desk.store.marks(self.session.story.key)

    def _without_old_marks(self, answer: Answer) -> Answer:
        """Keep the marks among the events, and leave those out that had been earned before."""
        earned = {event.key for event in answer.events if isinstance(event, Earned)}
        if not earned:
            return answer
        before = self._marks()
        self._earned |= earned
        if self.desk.autosave and earned - before:
            try:
                self.desk.store.earn(self.session.story.key, earned)
            except SaveError as error:
                self._say(str(error))
        kept = tuple(one for one in answer.events if not (isinstance(one, Earned) and one.key in before))
        return replace(answer, events=kept)

    def _present(self, answer: Answer) -> None:
        width = self.desk.screen.width
        lines = said(answer.said, width)
        shown = page(answer.events, width)
        lines += [(), *shown] if lines and shown else shown
        if answer.around:
            lines += surroundings(self.session.story, self.session.now.state, width)
        self._show(lines)

    def _show(self, lines: list[Line]) -> None:
        self.desk.screen.show(lines)
        self._note("".join(f"{plain_text(line).rstrip()}\n" for line in lines))

    def _say(self, *paragraphs: str) -> None:
        self._show(said(paragraphs, self.desk.screen.width))

    def _note(self, text: str) -> None:
        if self._transcript is None:
            return
        try:
            self._transcript.write(text)
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

    # Saving

    def _document(self) -> dict[str, object]:
        session = self.session
        return encode(session.story, session.saved(), saved=self.desk.clock(), summary=session.summary)

    def _save_itself(self) -> str:
        """Write the autosave, a new game's after the one before is put aside; return a problem not told yet."""
        if not self.desk.autosave:
            return ""
        before, self._failing = self._failing, ""
        try:
            if self._fresh:
                keep_autosave(self.desk.store, self.session.story.key)
            self.desk.store.save(self.session.story.key, AUTOSAVE, self._document())
        except SaveError as error:
            self._failing = str(error)
        else:
            self._fresh = False
        return self._failing if self._failing != before else ""

    def _save(self, name: str) -> None:
        if tidy(name).casefold() == AUTOSAVE:
            self._say(f'"{AUTOSAVE}" is written by the game itself. Choose another name.')
            return
        try:
            self.desk.store.save(self.session.story.key, name, self._document())
        except SaveError as error:
            self._say(str(error))
        else:
            self._say(f'Saved as "{tidy(name)}".')

    def _load(self, name: str) -> None:
        if not name and not self.desk.store.has(self.session.story.key, _QUICK):
            self._list()
            return
        saved = find(self.desk, self.session.story, name or _QUICK)
        if saved:
            self._move(self.session.restore(saved))

    def _list(self) -> None:
        try:
            slots = self.desk.store.slots(self.session.story.key)
        except SaveError as error:
            self._say(str(error))
        else:
            self._say(*([slot_line(slot) for slot in slots] or ["There are no saved games yet."]))


def keep_autosave(store: Store, world: str) -> None:
    """Put the autosave of the game before aside, so that a new game does not take its place."""
    if store.has(world, AUTOSAVE):
        try:
            store.copy(world, AUTOSAVE, PREVIOUS)
        except SaveError:
            return  # a damaged one cannot be kept; what is whole stays as the generation before


def find(desk: Desk, story: Story, name: str) -> Saved | None:
    """Return a saved game; where it cannot be read, say so and offer the generation before."""
    try:
        return decode(story, desk.store.load(story.key, name))
    except SaveError as error:
        desk.say(str(error))
    try:
        saved = decode(story, desk.store.load_previous(story.key, name))
    except SaveError:
        return None
    desk.say(f"The one before it, of turn {saved.turn}, is whole. Load it? (yes or no)")
    return saved if _agreed(desk.screen) else None


def _agreed(screen: Screen) -> bool:
    try:
        line = screen.ask(lambda line: tuple(word for word in ("yes", "no") if word.startswith(line)), "")
    except KeyboardInterrupt:
        return False
    return line is not None and line.strip().casefold() in ("y", "yes")


def slot_line(slot: Slot) -> str:
    """Return a saved game as a line of the list."""
    if slot.problem:
        return f"{slot.name}: {slot.problem}"
    when = slot.saved[:16].replace("T", " ")
    return f"{slot.name}: turn {slot.turn}, {when}{f', {slot.summary}' if slot.summary else ''}"
