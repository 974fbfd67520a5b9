"""A world with people who are away, and topics that are more than questions, for the tests of talking."""

from __future__ import annotations

from typing import Final

from terminal.house import story

WORLD: Final = """
format: 1
title: Tapes
start: kitchen
variables: {taken: false}
rooms:
  kitchen: {name: The kitchen, text: Warm., exits: {north: yard, bazaar: bazaar}}
  yard:
    name: The yard
    text: Sun.
    exits: {south: kitchen}
    choices:
      - Take off the lower panel: It comes off.
      - Go to the river: Not today.
      - {label: Play, text: You sit down., choices: ["Sing it, and start the E from there": La., Wait: Hm.]}
  bazaar: {name: The bazaar, text: Noise., exits: {in: kitchen}}
items:
  note: {name: Ene's banknote, at: kitchen}
  panel: {name: lower panel, at: yard, fixed: true, text: Pine.}
  letter: {name: letter, at: yard, text: [{do: taken = true}, You read it.]}
verbs:
  who: {phrases: ["who is {character}"], free: true, rules: [{text: Somebody.}]}
  note: {phrases: ["note {character}"], free: true, rules: [{do: taken = true, text: Noted.}]}
characters:
  selbi:
    name: Selbi
    at: kitchen
    topics:
      - label: Ask, properly, whether you may hear one of her tapes of you
        if: not taken
        text: You may.
      - label: Take a tape out of the shoebox while she changes sides
        do: taken = true
        text: It is gone.
      - Ask her to be the one who records: Yes.
      - Ask about the dog: Woof.
  ene:
    name: Ene
    at: yard
    topics: [Ask about Grandfather: He hummed., Ask about the piano he hummed to: Five of them.]
"""

TAPES: Final = story(WORLD)
