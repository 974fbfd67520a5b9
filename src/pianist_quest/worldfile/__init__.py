"""The world as its author wrote it: files to a frozen model."""
