"""Tests of imports of spreadsheets."""
