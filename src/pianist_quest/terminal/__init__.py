"""The game on a terminal, and on pipes."""
