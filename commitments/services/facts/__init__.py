"""Writes the fact base into the record: once, as a whole, and never over what people did since."""

from commitments.services.facts.entries import LISTS, Entry, Facts
from commitments.services.facts.loading import Outcome, load_facts

__all__ = ["LISTS", "Entry", "Facts", "Outcome", "load_facts"]
