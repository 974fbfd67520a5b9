"""Pianist Quest: a text adventure for the terminal, and the engine and world language it is written in."""

__version__ = "0.1.0"
