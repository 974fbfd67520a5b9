"""Saved games: a state to a document and back, and documents on disk."""
