"""Hints that the explorer finds: the next step towards an ending still possible, told in three degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.engine.hooks import named as keys_of
from pianist_quest.engine.turn import Choose, Do, Go
from pianist_quest.explore.relevance import Relevance
from pianist_quest.explore.search import Limits, Search
from pianist_quest.story.english import cardinal

if TYPE_CHECKING:
    from pianist_quest.engine.state import State
    from pianist_quest.engine.turn import Action
    from pianist_quest.story.story import Story

    from .scene import Scene

_LIMITS: Final = Limits(states=150_000, seconds=4.0)
"""How far ahead is looked: a player is waiting."""
_NO_MORE: Final = "No ending that is worth having can be reached from here any more. UNDO goes back."
_TOO_FAR: Final = "The way on is longer than I can see from here."


class Leads:
    """Looks for the way on. What matters in the story is worked out when it is first asked for."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self._relevance: Relevance | None = None
        self._last: tuple[State, int] | None = None

    def tell(self, scene: Scene) -> str:
        """Return a hint; asked again in the same state, a plainer one."""
        again = self._last is not None and self._last[0] == scene.state
        degree = min(3, self._last[1] + 1) if again and self._last else 1
        self._last = scene.state, degree
        found = self._next(scene.state)
        if isinstance(found, str):
            return found
        rooms = next((at for at, action in enumerate(found) if not isinstance(action, Go)), len(found))
        return told(scene, found[0], degree, rooms)

    def _next(self, state: State) -> list[Action] | str:
        """Return the steps of a shortest way to an ending that is not lost, or why there is none."""
        if self._relevance is None:
            self._relevance = Relevance(self.story, (), cover=False)
        search = Search(self._relevance)
        goals: list[int] = []

        def look(number: int, seen: State) -> None:
            if seen.ending >= 0 and not self.story.endings[seen.ending].lost:
                goals.append(number)
                search.enough = True

        search.watchers.append(look)
        graph = search.run(_LIMITS, start=state)
        if goals:
            return [action for action, _ in graph.way(goals[0])]
        return _NO_MORE if graph.complete else _TOO_FAR


def told(scene: Scene, action: Action, degree: int, rooms: int = 1) -> str:
    """Return a step as a hint of a degree, 1 to 3; where it is a way, what leads on is so many `rooms` off."""
    line = scene.phrase(action)
    if degree == 3:
        return f"Type: {line}"
    if isinstance(action, Choose):
        word = line.split(" ", 1)[0] if line else ""
        return "One of the choices leads on." if degree == 1 else f'The choice that leads on begins with "{word}".'
    if isinstance(action, Go):
        return _elsewhere(rooms) if degree == 1 else f"The way on is {action.word}."
    names = [scene.the(key) for key in keys_of(action)]
    if degree == 1:
        return f"Think of {names[0]}." if names else "There is something you can do here."
    verb = line.split(" ", 1)[0]
    if isinstance(action, Do) or not names:
        return f'It is something that begins with "{verb}".'
    return f"{verb.capitalize()} {names[0]}."


def _elsewhere(rooms: int) -> str:
    where = "in the next room" if rooms == 1 else f"{cardinal(rooms)} rooms from here"
    return f"You need nothing more here just now: what leads on is {where}."
