"""The parts of a saved document, each checked to be what it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pianist_quest.engine.turn import Earned, Ended, Halted, Heading, Replied, Run, Sounded, Told

from .document import damaged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pianist_quest.engine.turn import Event

    from .document import Document

MOST: Final = 2**63 - 1
"""The greatest number a saved game may hold."""

_PLAIN: Final[dict[str, Callable[[str], Event]]] = {"heading": Heading, "replied": Replied, "halted": Halted}


class Fields:
    """Reads a document's parts; a part of another type than it should be is damage."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def text(self, key: str) -> str:
        """Return a text."""
        return _text(self.document.get(key), f'"{key}"')

    def text_or_none(self, key: str) -> str | None:
        """Return a text, or None where the document says null."""
        return None if self.document.get(key) is None else self.text(key)

    def whole(self, key: str) -> int:
        """Return a whole number from 0 to MOST."""
        found = self.document.get(key)
        if type(found) is not int or not 0 <= found <= MOST:
            raise damaged(f'"{key}" should be a whole number from 0 to {MOST}')
        return found

    def texts(self, key: str) -> list[str]:
        """Return a list of texts."""
        return [_text(part, f'each of "{key}"') for part in _list(self.document.get(key), f'"{key}"')]

    def mapping(self, key: str) -> Document:
        """Return an object."""
        found = self.document.get(key)
        if not isinstance(found, dict):
            raise damaged(f'"{key}" should be an object')
        return found

    def counts(self, key: str) -> dict[str, int]:
        """Return an object of whole numbers."""
        found = self.mapping(key)
        for name, count in found.items():
            if type(count) is not int or not 0 <= count <= MOST:
                raise damaged(f'"{name}" in "{key}" should be a whole number')
        return found

    def events(self, key: str) -> tuple[Event, ...]:
        """Return events that `from_events` wrote."""
        return tuple(_event(part) for part in _list(self.document.get(key), f'"{key}"'))


def from_events(events: Iterable[Event]) -> list[Document]:
    """Return events as JSON: an object each, its one key the event's kind."""
    return [_from_event(event) for event in events]


def _from_event(event: Event) -> Document:
    match event:
        case Heading(text):
            return {"heading": _clean(text)}
        case Told(runs):
            return {"told": [_from_run(run) for run in runs]}
        case Replied(text):
            return {"replied": _clean(text)}
        case Ended(key, name, rank, lost):
            return {"ended": [key, _clean(name), rank, lost]}
        case Earned(key, name, text):
            return {"earned": [key, _clean(name), [_from_run(run) for run in text]]}
        case Sounded(key, title, words):
            return {"sounded": [key, _clean(title), _clean(words)]}
        case Halted(script):
            return {"halted": script}


def _from_run(run: Run) -> list[str]:
    style = ("emphasis " if run.emphasis else "") + ("strong" if run.strong else "")
    return [_clean(run.text), style.strip()] if style else [_clean(run.text)]


def _event(part: object) -> Event:
    if not isinstance(part, dict) or len(part) != 1:
        raise damaged("an event should be an object with one key")
    ((kind, value),) = part.items()
    if kind == "told":
        return Told(tuple(_run(run) for run in _list(value, "a told text")))
    if kind == "ended":
        return _ended(value)
    if kind == "earned":
        return _earned(value)
    if kind == "sounded":
        return _sounded(value)
    if kind not in _PLAIN:
        raise damaged(f'"{kind}" is no event')
    return _PLAIN[kind](_text(value, "an event's text"))


def _run(part: object) -> Run:
    parts = [_text(one, "a run's part") for one in _list(part, "a run")]
    if len(parts) not in (1, 2):
        raise damaged("a run should be a text and a style")
    style = parts[1].split() if len(parts) == 2 else []
    return Run(parts[0], emphasis="emphasis" in style, strong="strong" in style)


def _ended(value: object) -> Ended:
    parts = _list(value, "an ending")
    if len(parts) not in (3, 4) or type(parts[2]) is not int or not 0 <= parts[2] <= MOST:
        raise damaged("an ending should be a key, a name, a rank and whether it is lost")
    lost = len(parts) == 4 and parts[3] is True
    return Ended(_text(parts[0], "an ending's key"), _text(parts[1], "an ending's name"), parts[2], lost)


def _earned(value: object) -> Earned:
    parts = _list(value, "a mark")
    if len(parts) != 3:
        raise damaged("a mark should be a key, a name and a text")
    key, name = _text(parts[0], "a mark's key"), _text(parts[1], "a mark's name")
    return Earned(key, name, tuple(_run(run) for run in _list(parts[2], "a mark's text")))


def _sounded(value: object) -> Sounded:
    parts = [_text(one, "a part of music") for one in _list(value, "music")]
    if len(parts) != 3:
        raise damaged("music should be a key, a title and words")
    return Sounded(*parts)


def _list(value: object, what: str) -> list[object]:
    if not isinstance(value, list):
        raise damaged(f"{what} should be a list")
    return value


def _text(value: object, what: str) -> str:
    if not isinstance(value, str) or _clean(value) != value:
        raise damaged(f"{what} should be a text")
    return value


def _clean(text: str) -> str:
    """Return the text with lone surrogates, which no file can hold, replaced."""
    return text.encode("utf-8", "replace").decode()
