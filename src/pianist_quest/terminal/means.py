"""What a line would do, in a few words, for the menu of completions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.engine.turn import Ask, Choose, Do, Drop, Examine, Go, Inventory, Look, Take, Talk, Wait
from pianist_quest.story.english import the

from .command import understand
from .meaning import Act, Meta

if TYPE_CHECKING:
    from pianist_quest.engine.turn import Action

    from .scene import Scene

_METAS: Final = {
    "save": "keep this game under a name", "load": "go on from a kept game", "saves": "list the kept games",
    "marks": "what was earned", "undo": "take a turn back", "history": "the last turns",
    "choices": "the roads not taken",
    "bookmark": "give this turn a name", "map": "draw the rooms you know", "possible": "all that can be done now",
    "music": "the music you have heard", "curves": "how things have gone", "oops": "put a word right",
    "restart": "begin again", "transcript": "write the game to a file",
    "status": "how things stand", "score": "how things stand", "help": "how to play", "hint": "what leads on",
    "about": "about this story", "quit": "leave; the game is saved", "again": "do the last thing again",
}  # fmt: skip
_PLAIN: Final[dict[type[Action], str]] = {
    Look: "read the place again", Inventory: "what you carry", Wait: "let a turn pass",
    Talk: "see what there is to talk about", Drop: "put it down",
}  # fmt: skip


def means(scene: Scene, line: str) -> str:
    """Return what a line would do, as far as the player can know; empty where that is only what it says."""
    command = understand(scene, line)
    if isinstance(command, Meta):
        return _METAS.get(command.word, "")
    if not isinstance(command, Act) or not command.actions:
        return ""
    if len(command.actions) > 1:
        walk = all(isinstance(action, Go) for action in command.actions)
        return f"{len(command.actions)} rooms away" if walk else f"{len(command.actions)} things, one after another"
    return _action(scene, command.actions[0], line)


def _action(scene: Scene, action: Action, line: str) -> str:
    match action:
        case Choose(index):
            numbers = [number for number, (one, _) in enumerate(scene.labels, 1) if one == index]
            return f"choice {numbers[0]}" if numbers else ""
        case Go(word):
            return _way(scene, word)
        case Examine(thing):
            return "look closely at what you carry" if thing in scene.carried else "look closely"
        case Take():
            return "pick it up"
        case Ask(thing):
            return f"ask {scene.the(thing)}"
        case Do():
            told = scene.told(action)
            return "" if told.casefold() == line.casefold() else told
    return _PLAIN.get(type(action), "")


def _way(scene: Scene, word: str) -> str:
    way = next((one for one in scene.ways if one.word == word), None)
    if way is None:
        return ""
    goal = f"to {the(scene.thing(way.room).name)}" if way.known else "where you have not been"
    return goal if way.open else f"{goal}, not open"
