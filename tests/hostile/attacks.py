"""What has been done to terminals and readers by text, and a world and saved games that try all of it everywhere."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

from pianist_quest.saves.document import seal

if TYPE_CHECKING:
    from pathlib import Path

ATTACKS: Final = {
    "clear the screen": "\x1b[2J\x1b[H",
    "hide what follows": "\x1b[8m",
    "the other screen": "\x1b[?1049h",
    "no cursor": "\x1b[?25l",
    "mouse reports": "\x1b[?1000h",
    "scroll region": "\x1b[1;3r",
    "full reset": "\x1bc",
    "title": "\x1b]0;owned\x07",
    "title ended by ST": "\x1b]2;owned\x1b\\",
    "link": "\x1b]8;;https://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "ask for an answer": "\x1b[6n\x1b[c\x1b[21t",
    "keys that are typed": "\x1bP$q\x1b\\\x1b[?2004l",
    "device control": "\x1bPtmux;\x1b\x1b[2J\x1b\\",
    "C1 control sequence": "\x9b2J",
    "C1 operating system command": "\x9d0;owned\x9c",
    "next line": "\x85",
    "other letters": "\x0e",
    "null": "\x00",
    "bell": "\x07" * 3,
    "back over it": "safe\x08\x08\x08\x08evil",
    "line begun again": "safe\revil",
    "vertical tab and form feed": "\x0b\x0c",
    "delete": "\x7f",
    "right to left override": "\u202etxt.exe",
    "left to right override": "\u202d",
    "embedding": "\u202a\u202b\u202c",
    "isolates": "\u2066\u2067\u2068\u2069",
    "bidi marks": "\u200e\u200f\u061c",
    "line separators": "\u2028\u2029",
    "zero width": "qu\u200bit\u2060\ufeff",
    "joiners in Latin": "qu\u200dit\u200cnow",
    "soft hyphen": "qu\u00adit",
    "grapheme joiner": "qu\u034fit",
    "letters nobody sees": "\u3164\u115f\u1160\uffa0",
    "selectors with a message": "a\ufe00\ufe01\U000e0100\U000e0101",
    "tags": "\U000e0041\U000e0042",
    "annotation": "\ufff9\ufffa\ufffb",
    "musical controls": "\U0001d173",
    "private": "\ue000\U000f0000",
    "no character": "\ufffe\uffff",
    "a tower of accents": "e" + "\u0301" * 12,
}
_SHOWN: Final = {"\n"}
_UNSEEN: Final = set("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")


def steering(text: str) -> set[str]:
    """Return the characters of a text that steer a terminal or a reader; after letters of Latin all of these do."""
    found = {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")}
    selectors = {char for char in text if "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"}
    tower = {"a tower"} if "\u0301" * 9 in text else set()
    return (found | selectors | (_UNSEEN & set(text)) | tower) - _SHOWN


def quoted(text: str) -> str:
    """Return a text as YAML in quotes, with nothing but ASCII."""
    plain = (char if " " <= char <= "~" and char not in '"\\' else f"\\U{ord(char):08x}" for char in text)
    return f'"{"".join(plain)}"'


def world(attack: str) -> str:
    """Return a world that has an attack wherever it can have a text."""
    # A backslash would be markup; C1 has the same end of a string.
    return WORLD.replace("BAD", quoted(f"A {attack} B.".replace("\\", "\x9c"))[1:-1])


WORLD: Final = """
format: 1
title: "T BAD"
author: "W BAD"
about: "About BAD"
start: hall
hints: true
status: ["S BAD", {meter: steps, of: 5, label: "M BAD"}]
variables:
  steps: {start: 0, min: 0, max: 5, label: "L BAD"}
  mood: {start: calm, one_of: [calm, wild], label: "Mood BAD"}
rooms:
  hall:
    name: "Hall BAD"
    text: "Text BAD *bold BAD* {steps}"
    exits: {north: yard, up: {to: yard, if: steps > 4, otherwise: "No way BAD"}}
    choices:
      - {label: "Wave BAD", do: steps += 1, text: "You wave BAD"}
      - {label: "Sing BAD", if: steps > 4, otherwise: "not yet BAD", text: "La"}
      - {label: "End BAD", goto: end}
      - {label: "Earn BAD", goto: earning}
  yard:
    name: "Yard BAD"
    text: "Yard text BAD"
    exits: {south: hall}
scenes:
  earning: [{mark: mark}, "Ping BAD"]
items:
  lamp: {name: "lamp BAD", aka: ["light BAD"], text: "A lamp BAD", at: hall}
characters:
  man:
    name: "man BAD"
    at: hall
    here: "A man BAD"
    talk: "He says BAD"
    topics: [{label: "Ask about BAD", text: "Well BAD"}]
verbs:
  hum: {phrases: [hum, "hum to {thing}"], otherwise: "Hum BAD"}
marks:
  mark: {name: "Mark BAD", text: "For BAD"}
endings:
  end: {name: "Over BAD", rank: 1, text: "The end BAD"}
"""
LINES: Final = (
    "look", "x lamp", "take lamp", "i", "x man", "talk to man", "ask man about", "1", "status", "marks", "help", "hint",
    "about", "hum", "hum to lamp", "go up", "n", "s", "4", "xyzzy", "go to yard", "saves", "save one", "load one",
    "load", "undo", "verbose", "drop all", "BAD", "x BAD", "save BAD", "load BAD", "oops BAD", "transcript no/BAD",
    "s", "3", "saves", "map", "?", "bookmark BAD", "history", "undo to BAD", "restart", "undo",
)  # fmt: skip
"""What is typed to see all of it; the attack is put in the place of BAD."""


def lines(attack: str) -> str:
    """Return what is typed; an attack that has line ends of its own has several lines."""
    return "\n".join(LINES).replace("BAD", attack) + "\n"


def saved(attack: str, world_key: str) -> bytes:
    """Return a saved game with an attack in all its texts."""
    bad = f"A {attack} B.".encode("utf-8", "replace").decode()
    document: dict[str, Any] = {
        "format": 2, "world": world_key, "title": bad, "fingerprint": bad, "saved": bad,
        "summary": f"{bad}\n  fake: ok",
        "turn": 1, "played": 5, "seed": 1, "place": bad, "visited": ["hall", bad], "at": None, "scene": bad,
        "stack": [], "ending": None, "values": {bad: 1, "steps": 1, "mood": bad, "lamp.at": bad, f"lamp.{bad}": 1},
        "counts": {bad: 1}, "decisions": ["look"],
        "shown": [{"heading": bad}, {"told": [[bad, "strong"], [bad]]}, {"replied": bad}, {"halted": bad},
                  {"ended": ["end", bad, 1, False]}, {"earned": ["mark", bad, [[bad]]]}],
    }  # fmt: skip
    return seal(document)


def plant(folder: Path, attack: str) -> None:
    """Put saved games with an attack into a folder, one of them under a name that is one."""
    home = folder / "world"
    home.mkdir(parents=True)
    (home / "one.json").write_bytes(saved(attack, "world"))
    (home / "broken.json").write_text(f'{{"format": "{attack}"', encoding="utf-8", errors="replace")
    if "\x00" not in attack and "/" not in attack:
        (home / f"x{attack}y.json").write_bytes(saved(attack, "world"))
