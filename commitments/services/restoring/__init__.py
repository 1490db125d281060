"""The way back: an empty installation becomes the record that another's public events tell."""

from commitments.services.restoring.deed import NotEmpty, Restored, restore
from commitments.services.restoring.reading import BrokenChain

__all__ = ["BrokenChain", "NotEmpty", "Restored", "restore"]
