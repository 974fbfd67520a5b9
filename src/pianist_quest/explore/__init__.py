"""What a story can come to: its states searched, all of them where that can be done, with what that proves."""
