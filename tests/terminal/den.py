"""A world with things out of reach, a dark room and people to ask, for the tests of lines that go wrong."""

from __future__ import annotations

from typing import Final

from terminal.house import story

WORLD: Final = """
format: 1
title: A Den
start: square
variables: {told: 0}
rooms:
  square: {name: The old square, text: Stones., exits: {up: loft, north: cellar}}
  loft: {name: The loft, text: Dust., exits: {down: square}}
  cellar: {name: The coal cellar, text: Black., exits: {south: square}, dark: true}
items:
  jar: {name: glass jar, at: square, container: true, openable: true, open: false, transparent: true, fixed: true}
  bead: {name: bead, at: jar}
  lamp: {name: lamp, at: square}
  cap: {name: cap, at: square, wearable: true}
  drawer: {name: drawer, at: square, container: true, open: true, fixed: true}
  bench: {name: bench, at: square, surface: true, fixed: true}
  anvil: {name: anvil, at: square, weight: 9}
  coal: {name: coal, at: cellar}
  ring: {name: ring, at: rejep}
carry: 5
characters:
  rejep:
    name: Rejep
    at: square
    topics:
      - Ask about the keys: They are lost.
      - Ask what to do first: Sit down.
  ene: {name: Ene, at: square}
verbs:
  nudge:
    phrases: ["nudge {item}"]
    rules: [{if: item == lamp, do: told += 1}]
    otherwise: No.
rules:
  bell: {when: turns() == 12, text: A bell rings.}
"""

DEN: Final = story(WORLD)
