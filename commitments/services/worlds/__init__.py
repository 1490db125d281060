"""The record as it stood on a past day, as a small database of its own that every page can read."""

from commitments.services.worlds.building import world_of
from commitments.services.worlds.entering import PastAway, entered

__all__ = ["PastAway", "entered", "world_of"]
