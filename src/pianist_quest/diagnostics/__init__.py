"""What went wrong in a file, told so that its author can mend it."""
