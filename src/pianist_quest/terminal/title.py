"""The title page: go on, begin anew, load, other worlds, help, quit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.engine.engine import begin
from pianist_quest.engine.text import render
from pianist_quest.records import record
from pianist_quest.saves.document import SaveError
from pianist_quest.saves.names import AUTOSAVE

from .labels import plain
from .loop import Play
from .render import marks_lines, said
from .session import Session
from .slots import find, slot_line
from .wrap import Piece, Style, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pianist_quest.story.story import Story

    from .desk import Desk, Text

_PLAYING: Final = (
    "You play by reading and typing. Where choices are numbered, type the number. Elsewhere say what you do in a "
    "few words: go north, examine the lamp, talk to somebody. Type help at any time to see what you can do."
)
_KEEPING: Final = (
    "undo takes back a turn, as often as you like. Your game is saved by itself after every turn, and save NAME and "
    "load NAME keep more of them. quit leaves."
)


@record
class Shelf:
    """The worlds that come with the game: their names, and what opens one (or says why it cannot)."""

    names: tuple[str, ...]
    open: Callable[[str], Story | str]


class Title:
    """The title page of a story."""

    def __init__(self, desk: Desk, shelf: Shelf, story: Story, seed: Callable[[], int]) -> None:
        self.desk, self.shelf, self.story, self.seed = desk, shelf, story, seed

    def run(self) -> None:
        """Show the page until a game was played or the player leaves."""
        going = True
        while going:
            self.desk.show(self._heading())
            going = self._do(self.desk.chosen(self._options()))

    def _options(self) -> list[tuple[str, str]]:
        other = [("worlds", "Other worlds")] if len(self.shelf.names) > 1 else []
        saved = [("continue", "Continue")] if self.desk.store.has(self.story.key, AUTOSAVE) else []
        met = [("gallery", "Endings and marks")] if self._has_gallery() else []
        fixed = [("load", "Load a saved game"), *met, *other, ("about", "About"), ("help", "Help"), ("quit", "Quit")]
        return [*saved, ("new", "New game"), *fixed]

    def _do(self, word: str) -> bool:
        """Do what was chosen; return whether the page is shown again."""
        match word:
            case "continue":
                return self._resume(AUTOSAVE)
            case "new":
                Play(self.desk, Session.new(self.story, self.seed())).run()
                return False
            case "load":
                return self._load()
            case "worlds":
                return self._worlds()
            case "gallery":
                self.desk.say(*self._gallery())
                return True
            case "about":
                self.desk.say(*Session.new(self.story, 0).about())
                return True
            case "help":
                self.desk.say(_PLAYING, _KEEPING)
                return True
        return False

    def _has_gallery(self) -> bool:
        """Whether there is more than one thing to be met with."""
        return len(self.story.endings) > 1 or bool(self.story.awards)

    def _gallery(self) -> Iterator[str]:
        """Yield what was met with in all games: the endings and marks; of the others only how many there are."""
        store, story = self.desk.store, self.story
        met = store.endings(story.key)
        found = [one.name for one in story.endings if one.key in met]
        if len(story.endings) > 1:
            yield f"Endings: {len(found)} of {len(story.endings)}."
            yield from found
        if story.awards:
            yield from marks_lines(story, begin(story, 0).state, store.marks(story.key))

    def _resume(self, name: str) -> bool:
        saved = find(self.desk, self.story, name)
        if saved is None:
            return True
        Play(self.desk, Session.resumed(self.story, saved), slot=name, played=saved.played).run(*saved.told)
        return False

    def _load(self) -> bool:
        try:
            slots = self.desk.store.slots(self.story.key)
        except SaveError as error:
            self.desk.say(str(error))
            return True
        if not slots:
            self.desk.say("There are no saved games yet.")
            return True
        chosen = self.desk.chosen([(slot.name, slot_line(slot)) for slot in slots] + [("back", "Back")])
        return self._resume(chosen) if chosen not in ("", "back") else chosen == "back"

    def _worlds(self) -> bool:
        worlds = {name: self.shelf.open(name) for name in self.shelf.names}
        titles = [(name, name if isinstance(one, str) else one.title) for name, one in worlds.items()]
        chosen = self.desk.chosen([*titles, ("back", "Back")])
        if chosen in worlds:
            found = worlds[chosen]
            if isinstance(found, str):
                self.desk.say(found)
            else:
                self.story = found
        return chosen != ""

    def _heading(self) -> Text:
        story = self.story
        about = plain(render(story, begin(story, 0).state, story.about))
        by = [f"by {story.author}"] if story.author else []
        title = (Piece(story.title, Style.HEADING),)
        return lambda width: [*wrap(title, width), *said(by, width), (), *said([about], width)]
