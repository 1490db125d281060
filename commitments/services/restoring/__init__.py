"""The way back: an empty installation out of the public events of another."""
