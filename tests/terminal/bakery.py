"""A world with things to tell apart, to list and to lose, for the tests of the parser."""

from __future__ import annotations

from typing import Final

from terminal.house import story

WORLD: Final = """
format: 1
title: A Bakery
start: shop
kinds:
  loaf: {weight: number}
loafs:
  rye: {name: rye loaf, aka: [black bread], weight: 1}
  oat: {name: oat loaf, weight: 1}
rooms:
  shop:
    name: The shop
    text: Flour.
    exits: {north: yard, east: {to: cellar, if: has(brass), otherwise: It is locked.}}
    choices:
      - label: Wait. Then sweep the floor
        text: Dust.
  yard:
    name: The yard
    text: Sun.
    exits: {south: shop}
  cellar:
    name: The cellar
    exits: {west: shop}
items:
  brass: {name: brass key, at: shop}
  iron: {name: iron key, at: shop}
  oven: {name: tiled oven, aka: [oven], at: shop, fixed: It is built in.}
  bun: {name: sugar bun, at: player}
  stale: {name: stale bun, at: shop}
  bench: {name: bench, at: yard, fixed: true}
  lamp: {name: lamp, at: yard}
characters:
  ene:
    name: Ene
    at: shop
    topics:
      - Ask about the flour: It is flour.
  rejep: {name: Rejep, aka: [smith], at: yard}
verbs:
  bake:
    phrases: ["bake {loaf}"]
    otherwise: It bakes.
    rules:
      - {if: loaf != nothing, text: It bakes.}
  put:
    phrases: ["put {loaf} in {item}"]
    rules:
      - {if: item == oven, text: In it goes.}
    otherwise: It will not go in.
  give:
    phrases: ["give {item} to {character}"]
    rules:
      - {if: item == lamp, text: Thank you.}
    otherwise: No, thank you.
  eat:
    phrases: ["eat {item}"]
    rules:
      - {if: item == bun or item == stale, text: Sweet.}
    otherwise: Better not.
  polish:
    phrases: ["polish {item}"]
    rules:
      - {if: item == brass or item == iron, text: It shines.}
    otherwise: It stays as it is.
"""

BAKERY = story(WORLD)
