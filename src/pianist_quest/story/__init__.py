"""The world resolved: every name a number, every expression compiled."""
