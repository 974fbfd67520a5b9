"""A small world for the tests of what a player types and reads."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from pianist_quest.engine.engine import begin, step
from pianist_quest.terminal.command import Act, understand
from pianist_quest.terminal.scene import Scene
from scenario import story_of

if TYPE_CHECKING:
    from pianist_quest.story.story import Story

WORLD = """
format: 1
title: A House
author: A. Writer
about: A house with *two* floors.
start: hall
status: ["Week {week}", {meter: hands, of: 10, label: Hands}]
variables:
  week: 1
  hands: {start: 3, min: 0, max: 10, label: Hands}
  asleep: true
kinds:
  piece: {composer: text}
pieces:
  etude: {name: Étude in C, composer: Czerny}
rooms:
  hall:
    name: The hall
    text: A draught.
    exits:
      north: kitchen
      up: {to: loft, if: not asleep, otherwise: Not while Ene is watching.}
    choices:
      - Strike the gong: Bong.
      - label: Ring the bell twice
        if: not asleep
        otherwise: someone sleeps
  kitchen:
    name: The kitchen
    text: Steam.
    exits: {south: hall, east: yard}
    choices:
      - label: Open the window
        do: asleep = false
        text: Air.
  yard:
    name: The yard
    text: Sun.
    exits: {west: kitchen}
    choices:
      - label: Dream
        goto: dream
  loft:
    name: The loft
    text: Dust.
    exits: {down: hall}
items:
  red: {name: red jar, text: Red., at: hall}
  blue: {name: blue jar, text: Blue., at: hall}
  upright: {name: upright piano, aka: [piano], text: It stands., at: hall, fixed: It is heavy.}
  spoon: {name: spoon, at: player}
characters:
  mother:
    name: Aýgül
    aka: [mother]
    at: hall
    bond: {start: 2, min: 0, max: 5, label: Bond}
    topics:
      - Ask about the photograph: Ten to something.
      - label: Ask about the war
        if: not asleep
verbs:
  listen:
    phrases: [listen, "listen to {thing}"]
    otherwise: Nothing.
  play:
    phrases: ["play {piece} on {item}"]
    rules:
      - if: item == upright
        do: hands += 1
        text: It sounds.
    otherwise: It will not.
scenes:
  dream:
    - You fall.
    - choices:
      - Wake up: You wake.
      - label: Fly
        if: hands >= 9
        otherwise: your hands are not ready
      - label: Go on falling
        goto: floor
    - goto: yard
endings:
  floor: {name: The Floor, rank: 2, text: It was there all along.}
"""


def story(text: str = WORLD) -> Story:
    """Return the story of a world of one file, this one unless another is given."""
    with tempfile.TemporaryDirectory() as folder:
        return story_of(Path(folder), text)


HOUSE = story()


def after(*lines: str, story: Story = HOUSE) -> Scene:
    """Return the scene after some lines, each of which must be something to do."""
    scene = Scene(story, begin(story, 1).state)
    for line in lines:
        command = understand(scene, line)
        assert isinstance(command, Act), (line, command)
        for action in command.actions:
            scene = Scene(story, step(story, scene.state, action).state)
    return scene
