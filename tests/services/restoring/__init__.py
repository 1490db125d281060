"""The way back from the public events."""
