"""What authors ask while they play: why something is not offered, what values are, and to be elsewhere. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pianist_quest.diagnostics.diagnostic import did_you_mean
from pianist_quest.engine.engine import put, resume
from pianist_quest.engine.text import render
from pianist_quest.engine.view import is_open, is_there, is_way_open, options
from pianist_quest.records import replace
from pianist_quest.story.asking import Asking, CannotAskError
from pianist_quest.story.story import Room

from .labels import plain
from .moment import Answer, Moment
from .scene import Scene
from .words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pianist_quest.engine.turn import Turn
    from pianist_quest.story.asking import Part
    from pianist_quest.story.compile import Written
    from pianist_quest.worldfile import model
    from pianist_quest.worldfile.nodes import Node

    from .session import Session

_COLOUR: Final = re.compile(r"\x1b\[[\d;]*m")
_MARGIN: Final = re.compile(r"^ +| {2,}", re.MULTILINE)
"""The spaces that lines and carets stand by."""
_SPACE: Final = "\N{FIGURE SPACE}"
"""A space that stays; prompt_toolkit underlines the no-break space on a full screen."""

HELP: Final = (
    "/why: why choices and ways are not open; /why and words of one, of it alone.",
    "/vars: what all variables are; /vars and a part of a name, or an expression, of that alone.",
    "/set and an effect, as in a `do`: /set nerve += 1.",
    "/goto and a room or scene: to be there.",
    "/reload: read the world again, and stay here.",
)
_LINES: Final = ("", "help", "why", "vars", "set", "goto", "reload")


@dataclass
class Author:
    """Answers an author's lines, which begin with a slash, about a story and what it was made from."""

    written: Written
    again: Callable[[], Written | str]
    """Reads the world again; what is wrong with it, where it cannot be played."""

    @cached_property
    def asking(self) -> Asking:
        """What answers about values."""
        return Asking(self.written)

    def answer(self, session: Session, line: str) -> Answer:
        """Return what comes of a line; where it changes something, that is a moment of the session's."""
        word, _, rest = line.strip().removeprefix("/").partition(" ")
        rest = rest.strip()
        try:
            match word:
                case "why":
                    return Answer(said=tuple(map(_as_it_stands, self.why(session.now, rest))), stopped=True)
                case "vars":
                    return Answer(said=tuple(self.values(session.now, rest)), stopped=True)
                case "reload":
                    return self.reload(session)
                case "set" if rest:
                    return self.change(session, rest)
                case "goto" if rest:
                    return self.go(session, rest)
        except CannotAskError as error:
            return Answer(said=(f"{rest}: {_sentence(str(error))}",), stopped=True)
        unknown = () if word in _LINES else (f"There is no /{word}.",)
        return Answer(said=(*unknown, *HELP), stopped=True)

    # Why

    def why(self, now: Moment, about: str) -> Iterator[str]:
        """Yield of each choice and way that is not open what keeps it from that, or of those that words name."""
        told = False
        for name, lines in (*self._choices(now), *self._ways(now)):
            if lines if not about else set(words(about)) <= set(words(name)):
                told = True
                yield "\n".join((name, *(lines or ["  is open"])))
        if not told:
            yield f'Nothing here is called "{about}".' if about else "Everything that is written here is open."

    def _choices(self, now: Moment) -> Iterator[tuple[str, list[str]]]:
        story, state = self.written.story, now.state
        for option in options(story, state):
            choice = self.written.choices[option.target]
            label = plain(render(story, state, option.label)) or "(otherwise)"
            lines = [] if is_open(option, state) else self._kept(choice.guard, story.owner(option.target), now)
            if option.slot >= 0 and state.values[option.slot] >= option.times:
                times = "once" if option.times == 1 else f"{option.times} times"
                lines.append(f"  it can be taken {times}, and has been")
            yield f"{label} ({_place(choice.at)})", lines

    def _ways(self, now: Moment) -> Iterator[tuple[str, list[str]]]:
        story, state = self.written.story, now.state
        room = story.things[state.place]
        if not isinstance(room, Room):
            return
        written = next((one for ref, one in self.written.world.rooms if ref.name == room.key), None)
        for way, exit_ in zip(room.exits, written.exits if written else (), strict=False):
            lines: list[str] = []
            if not (is_there(way, state) and is_way_open(story, way, state)):
                lines = self._kept(exit_.guard, f"room {room.key}", now)
                door = exit_.door.name if exit_.door else ""
                lines += [f"  its door {door} is {'open' if self._is_open(way.door, now) else 'shut'}"] if door else []
            yield f"{way.word} ({_place(exit_.direction.at)})", lines

    def _is_open(self, door: int, now: Moment) -> bool:
        return bool(now.state.values[self.written.story.doors[door]])

    def _kept(self, guard: model.Guard, owner: str, now: Moment) -> list[str]:
        try:
            parts = list(self.asking.parts(guard, owner, now.state))
        except CannotAskError as error:
            return [f"  its condition cannot be told: {error}"]
        return [_told(part) for part in parts]

    # Values

    def values(self, now: Moment, about: str) -> Iterator[str]:
        """Yield what variables are, those whose names have a part, or what an expression comes to."""
        names = [ref.name for ref, _ in self.written.world.variables if about.casefold() in ref.name]
        if not names:
            yield f"{about}: {self.asking.value(about, now.state)}"
        else:
            yield "\n".join(f"{name}: {self.asking.value(name, now.state)}" for name in names)

    def change(self, session: Session, effect: str) -> Answer:
        """Do an effect."""
        now = session.now
        state = replace(now.state, values=self.asking.effect(effect, now.state))
        session.moments.append(Moment(Scene(session.story, state), now.shown, now.turn))
        return Answer(said=("Done.",), moved=True, around=True)

    def go(self, session: Session, name: str) -> Answer:
        """Be in a room, or play a scene."""
        symbols = self.written.names.symbols
        symbol = symbols.get(name.replace(" ", "_").casefold())
        places = [key for key, one in symbols.items() if one.what in ("scene", "ending") or one.type.kind == "room"]
        if symbol is None or symbol.ref.name not in places:
            hint = did_you_mean(name, places) or "rooms and scenes are named as in the files"
            raise CannotAskError(f"there is no room or scene of that name; {hint}")
        now = session.now
        turn = self._put(now, symbol.number) if symbol.what == "thing" else self._play(now, symbol.label.pc)
        session.moments.append(Moment(Scene(session.story, turn.state), turn.events, now.turn))
        return Answer(turn.events, moved=True, around=True)

    def reload(self, session: Session) -> Answer:
        """Go on in the world as it is written now, or in the one before where that cannot be played."""
        fresh = self.again()
        if isinstance(fresh, str):
            report = _as_it_stands(_COLOUR.sub("", fresh).rstrip())
            return Answer(said=(report, "You play on in the world as it was before."), stopped=True)
        self.written = fresh
        self.__dict__.pop("asking", None)
        return session.moved_to(fresh.story)

    def _put(self, now: Moment, room: int) -> Turn:
        return put(self.written.story, now.state, room)

    def _play(self, now: Moment, script: int) -> Turn:
        return resume(self.written.story, replace(now.state, at=-1, stack=(), ending=-1), script)


def _as_it_stands(text: str) -> str:
    """Return a text whose margins stay when its lines are set: a line is filled at its spaces, but not at these."""
    return _MARGIN.sub(lambda found: _SPACE * len(found[0]), text)


def _sentence(text: str) -> str:
    return text if text.endswith(("?", "!", ".")) else f"{text}."


def _told(part: Part) -> str:
    known = [one for one in part.values if len(set(one.split(" is "))) > 1]  # a room or thing is itself
    values = f" ({', '.join(known)})" if known else ""
    return f"  {part.text}: {'yes' if part.holds else 'no'}{values}"


def _place(node: Node) -> str:
    source = node.source
    return f"{source.path}:{source.line_and_column(node.start)[0]}"
