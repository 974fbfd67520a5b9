"""HELP and a word: what each word about the game does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .forms import verb_told, way_told
from .grammar import METAS, unused
from .scene import every_pattern

if TYPE_CHECKING:
    from .scene import Scene

_WORDS: Final = {
    "save": "SAVE and a name keeps the game as it is now under that name; without one it is called quick.",
    "load": "LOAD and a name goes on from a saved game; without one it lists them to pick from.",
    "saves": "SAVES lists the saved games of this world.",
    "marks": "MARKS tells which marks you have earned, in this game or before, and which there are.",
    "undo": "UNDO takes back a turn, UNDO 3 three of them. UNDO TO and a number, a bookmark or words of a turn goes "
    "back to it; HISTORY lists them.",
    "redo": "REDO does again what UNDO took back, REDO 3 three turns of it, until play goes on.",
    "history": "HISTORY lists the last turns, HISTORY 30 so many. UNDO TO goes back to one.",
    "choices": "CHOICES lists the choices you made with the roads you did not take; CHOICES 50 so many of them.",
    "bookmark": "BOOKMARK and a name marks this turn; UNDO TO and the name comes back to it. BOOKMARK lists them.",
    "map": "MAP shows the rooms you know.",
    "possible": "A question mark lists all that is possible now.",
    "ways": "EXITS tells the ways out, and where those lead that you know.",
    "music": "MUSIC lists what you have heard; MUSIC and a number, or a word of it, plays it again.",
    "notes": "NOTES and the names of notes (NOTES C E G, NOTES A FLAT) strikes them: what sounds like that is done, "
    "and what was heard before is played again. A MIDI keyboard types this by itself.",
    "curves": "CURVES tells how the numbers of STATUS have gone over the game; CURVES and a name tells one of them.",
    "table": "TABLE sets side by side what STATUS tells of things of one kind; TABLE and a name tells one of them.",
    "days": "DAYS tells what came of each part of the game, as the status line names them: what you did, what changed.",
    "oops": "OOPS and a word puts the one right that was not known in the last line.",
    "restart": "RESTART begins again; UNDO takes that back as well.",
    "transcript": "TRANSCRIPT and the name of a file writes the game to it from here on: as Markdown (.md), a page "
    "(.html) or text. TRANSCRIPT alone ends that.",
    "status": "STATUS tells how things stand, and what turn it is.",
    "score": "SCORE tells the score, or how things stand where there is none.",
    "help": "HELP tells what you can do now; HELP and a word about the game tells what it does.",
    "hint": "HINT tells what leads on, in worlds that allow it; asked again, it says more.",
    "about": "ABOUT tells what this story is, what may be hard to read in it, and whose work it is.",
    "quit": "QUIT leaves. The game saves itself after every turn, so nothing is lost.",
    "again": "AGAIN, or G, does the last thing once more.",
    "verbose": "VERBOSE tells rooms in full each time you come to them.",
    "brief": "BRIEF tells rooms in full the first time, and with LOOK.",
    "superbrief": "SUPERBRIEF only names the rooms you come back to; LOOK tells them in full.",
}
_LISTED: Final = (
    "save NAME", "load NAME", "saves", "undo", "undo 3", "redo", "history", "choices", "undo to NUMBER",
    "bookmark NAME", "again", "oops WORD", "restart", "status", "curves", "table", "days", "marks", "map", "exits",
    "music", "verbose", "brief", "transcript FILE", "about", "quit",
)  # fmt: skip
_MORE: Final = (
    "Help and one of these words, or a verb, tells more about it. Any word may be shortened, and the tab key "
    "completes it. A question mark lists all that is possible now."
)


def general(scene: Scene) -> tuple[str, ...]:
    """Return what HELP says of the words about the game; VERBOSE and BRIEF only where the player is free."""
    vain = unused(scene.story) | (set() if scene.free else {"verbose", "brief"})
    music = () if "music" in vain else (_WORDS["music"], _WORDS["notes"])
    return (f"About the game: {', '.join(one for one in _LISTED if one not in vain)}. {_MORE}", *music)


def explained(scene: Scene, word: str) -> str:
    """Return what a word about the game does, or in which forms a verb can be typed; empty where it is neither."""
    word = word.strip().casefold()
    own = verb_told(every_pattern(scene.story), word) or way_told(word)
    return _WORDS.get(METAS.get(word, word), "") or own
