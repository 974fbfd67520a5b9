"""The commands: of each, what can be said with it (`add`), and what it does, imported when it is asked for."""
