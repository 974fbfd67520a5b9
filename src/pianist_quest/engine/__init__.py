"""The game as a model: begin, actions, step."""
