"""Tests of files that a spreadsheet opens."""
