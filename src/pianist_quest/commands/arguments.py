"""Arguments that several commands have."""

from __future__ import annotations

import argparse


def add_saves(parser: argparse.ArgumentParser, about: str = "where games are saved") -> None:
    """Add `--saves`; where it is not given, what was said before the command stands."""
    parser.add_argument("--saves", default=argparse.SUPPRESS, metavar="DIR", help=about)


def positive(text: str) -> int:
    """Return the whole number from 1 that a text stands for."""
    if not (text.isascii() and text.isdigit() and len(text) < 12 and int(text)):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1")
    return int(text)


def whole(text: str) -> int:
    """Return the whole number from 0 that a text stands for."""
    return 0 if text == "0" else positive(text)
