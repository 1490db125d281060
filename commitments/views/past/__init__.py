"""The record as of a past day: what `as_of` and `version` ask for, and how a page says so."""
