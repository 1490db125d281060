"""The method, version by version: what the words of the record mean and how it is counted.

A published version never changes (a test holds its text); a new rule makes a new version.
"""

from datetime import date, timedelta

from commitments.reports.definitions import version_1, version_2
from commitments.reports.definitions.shapes import (
    Axis,
    Definition,
    Import,
    Method,
    Reminder,
    Section,
)

__all__ = [
    "VERSIONS",
    "Axis",
    "Definition",
    "Import",
    "Method",
    "Reminder",
    "Section",
    "valid_until",
    "version_on",
    "version_with",
]

VERSIONS: tuple[Method, ...] = (version_1.METHOD, version_2.METHOD)
"""Every version that was ever valid, the oldest first."""


def version_on(day: date) -> Method:
    """The version that held on a day; of days before the first one, the first."""
    held = [method for method in VERSIONS if method.valid_from <= day]
    return held[-1] if held else VERSIONS[0]


def version_with(number: int) -> Method | None:
    return next((method for method in VERSIONS if method.version == number), None)


def valid_until(method: Method) -> date | None:
    """Its last day, or None while no later version has been published."""
    later = next((one for one in VERSIONS if one.version == method.version + 1), None)
    return later.valid_from - timedelta(days=1) if later else None
