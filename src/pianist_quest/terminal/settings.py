"""What a player can set about how games are shown: names, values, what they mean. Pure: no file is read here."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.diagnostics.diagnostic import did_you_mean
from pianist_quest.records import field, record

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | int | bool

_KEY: Final = re.compile(r"(c-|s-|escape )?([a-z0-9]+|[!-~])")
_MOST_KEYS: Final = 100


@record
class Words:
    """A setting that is one of some words."""

    about: str
    words: tuple[str, ...]

    @property
    def said(self) -> str:
        """What may be written."""
        return ", ".join(self.words)

    def fits(self, value: object) -> bool:
        """Whether a value is one."""
        return value in self.words

    def parsed(self, text: str) -> Value:
        """Return what a typed word stands for."""
        return text


@record
class Whole:
    """A setting that is a whole number, both ends included."""

    about: str
    least: int
    most: int

    @property
    def said(self) -> str:
        """What may be written."""
        return f"a whole number from {self.least} to {self.most}"

    def fits(self, value: object) -> bool:
        """Whether a value is one."""
        return type(value) is int and self.least <= value <= self.most

    def parsed(self, text: str) -> Value:
        """Return what a typed word stands for; itself, where it is no number."""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text


@record
class Switch:
    """A setting that is on or off."""

    about: str
    said: str = "true, false"

    def fits(self, value: object) -> bool:
        """Whether a value is one."""
        return isinstance(value, bool)

    def parsed(self, text: str) -> Value:
        """Return what a typed word stands for; itself, where it is none of the words."""
        return {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}.get(text, text)


Kind = Words | Whole | Switch

KINDS: Final[Mapping[str, Kind]] = MappingProxyType({
    "screen": Words("how games are shown: line by line, on a full screen, as plain text, for a screen reader",
                    ("line", "full", "plain", "reader")),
    "theme": Words("colours for places, people, things, choices and refusals; `terminal` leaves them to the terminal",
                   ("terminal", "dark", "light", "high-contrast", "none")),
    "width": Whole("the cells of a line of prose at most", 30, 80),
    "align": Words("where prose stands on a wider terminal", ("left", "centre")),
    "spacing": Words("`wide` sets words and lines further apart", ("normal", "wide")),
    "speed": Whole("letters a second in which new text is typed out, any key shows the rest; 0 shows it at once",
                   0, 1000),
    "paging": Switch("whether to stop when more comes than fits on the screen"),
    "meters": Words("how the status line shows what is counted", ("bars", "words")),
    "pictures": Switch("whether music is drawn: staves, keyboards"),
    "sound": Switch("whether music is heard, where the libraries for it are installed"),
    "midi": Switch("whether a MIDI keyboard strikes notes, where the libraries for it are installed"),
    "mouse": Switch("whether the mouse picks: on the full screen, and in the lists below a line that is typed"),
    "motion": Switch("whether anything may move by itself: typed-out text, keys that light up"),
})  # fmt: skip
"""The settings in the order in which they are listed."""


@record
class Settings:
    """How games are shown. `keys` are commands by the keys that type them, keys as prompt_toolkit names them."""

    screen: str = "line"
    theme: str = "terminal"
    width: int = 78
    align: str = "left"
    spacing: str = "normal"
    speed: int = 0
    paging: bool = False
    meters: str = "bars"
    pictures: bool = True
    sound: bool = False
    midi: bool = False
    mouse: bool = True
    motion: bool = True
    keys: Mapping[str, str] = field(default_factory=dict)


DEFAULTS: Final = MappingProxyType({name: getattr(Settings(), name) for name in map(str, Settings.__match_args__)})
"""What holds where nothing is set."""


def settings_from(values: Mapping[str, object]) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings that values stand for, and what is wrong with the others; those are left as they were."""
    problems = [one for name, value in values.items() if (one := problem(name, value))]
    good: dict[str, Any] = {name: value for name, value in values.items() if not problem(name, value)}
    return Settings(**good), tuple(problems)


def problem(name: str, value: object) -> str:
    """Return what is wrong with a setting, in one line; empty where nothing is."""
    if name == "keys":
        return _problem_of_keys(value)
    kind = KINDS.get(name)
    if kind is None:
        hint = did_you_mean(name, KINDS) or f"settings: {', '.join(KINDS)}"
        return f"there is no setting `{name}`; {hint}"
    if kind.fits(value):
        return ""
    near = did_you_mean(value, kind.words) if isinstance(kind, Words) and isinstance(value, str) else ""
    return f"{name} cannot be {_shown(value)}; {near or f'it may be: {kind.said}'}"


def _problem_of_keys(value: object) -> str:
    if not isinstance(value, dict) or len(value) > _MOST_KEYS:
        return 'keys is a table of keys and the commands they type: [keys], and below it f2 = "map"'
    for key, command in value.items():
        if not (isinstance(key, str) and _KEY.fullmatch(key)):
            return f"{_shown(key)} is no key; keys are written as f2, c-t (with ctrl), `escape m` (with alt)"
        if not (isinstance(command, str) and command.strip()):
            return f"the key {key} has no command; a command is a text, as you would type it"
    return ""


def _shown(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{text[:40]}`"
