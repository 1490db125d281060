"""Tests of spreadsheets that are read."""
