"""Tools for those who write worlds."""
