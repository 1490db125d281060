"""The releases of the open data."""
