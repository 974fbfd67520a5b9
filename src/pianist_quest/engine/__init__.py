"""The game as a model: `begin`, `actions`, `step`. Pure: no file, no clock, no printing."""

from .engine import actions, begin, resume, step
from .state import State
from .turn import Action, Event, ImpossibleActionError, Turn

__all__ = ["Action", "Event", "ImpossibleActionError", "State", "Turn", "actions", "begin", "resume", "step"]
