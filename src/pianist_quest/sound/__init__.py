"""Music to be heard: tones made from a tune, a file of them, and what plays them. Imported only where it is wanted."""
