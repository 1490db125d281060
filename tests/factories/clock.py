"""The day on which the tests live: Monday 1 June 2026, the day on which May's period opens."""

from datetime import UTC, date, datetime

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
"""09:00 in Ha Noi."""
