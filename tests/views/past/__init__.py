"""Pages of a past day."""
