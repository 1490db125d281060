"""Dates and figures as a person would type them, for forms; what is written reads back the same."""

from datetime import date
from decimal import Decimal

from commitments.text.canonical import decimal_text


def typed_day(day: date | None) -> str:
    """The day as `rules.dates.parse_day` reads it, day first in both languages: `31/5/2026`."""
    return f"{day.day}/{day.month}/{day.year}" if day else ""


def typed_limited(text: str) -> str:
    """A date of limited precision as people write it: `31/5/2026`, `5/2026`, `Q2/2026`, `2026`."""
    return "/".join(part.lstrip("0") for part in reversed(text.split("-")))


def typed_figure(value: Decimal, language: str) -> str:
    """The figure with the language's decimal sign and no grouping, never to be asked back.

    Three digits behind the sign could be a thousand; a fourth one makes them decimals.
    """
    plain = decimal_text(value)
    whole, point, fraction = plain.partition(".")
    if not point:
        return plain
    if len(fraction) == 3:
        fraction += "0"
    return f"{whole}{',' if language.startswith('vi') else '.'}{fraction}"
