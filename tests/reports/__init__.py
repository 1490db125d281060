"""Tests of what sums up many rows."""
