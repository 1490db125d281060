"""Reporting by the API, with a token."""
