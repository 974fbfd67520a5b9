"""The full screen: the story scrolling, what can be picked, a panel beside it. `screen` is what a game is played on."""
