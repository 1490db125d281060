"""Values as tests need them, without a database."""

from datetime import date, timedelta
from decimal import Decimal

from commitments.charts import Kind, Reading


def reading(period, value, kind=Kind.ACTUAL, **also):
    """Of a year (`2025`) or of a day (`2025-12-31`)."""
    if len(period) == 4:
        earliest, latest = date(int(period), 1, 1), date(int(period), 12, 31)
    else:
        earliest = latest = date.fromisoformat(period)
    said = {"unit": "trees", "earliest": earliest, "latest": latest} | also
    return Reading(kind, period, value=Decimal(value), **said)


MONTH = timedelta(days=31)
