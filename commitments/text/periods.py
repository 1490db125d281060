"""A reporting period by the name that people give it."""

from datetime import date

from commitments.text.display import limited_date


def period_name(starts_on: date, ends_on: date) -> str:
    """The month or quarter that it is: "May 2026", "Q2 2026"."""
    if starts_on.month == ends_on.month:
        return limited_date(f"{starts_on:%Y-%m}")
    return limited_date(f"{starts_on:%Y}-Q{(starts_on.month + 2) // 3}")
