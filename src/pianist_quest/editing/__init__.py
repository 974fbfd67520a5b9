"""A world being written in an editor: what its names are and where they are used, and the server that tells editors."""
