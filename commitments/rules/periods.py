"""Reporting periods: which there are, and when each opens, falls due and locks."""

from dataclasses import dataclass
from datetime import date, timedelta

from commitments.rules.workdays import WorkCalendar

DAYS_TO_REPORT = 10
"""Working days from the opening of a period to the day its updates are due."""

MONTHS = {"monthly": 1, "quarterly": 3}


@dataclass(frozen=True, slots=True)
class PeriodDates:
    """One calendar month or quarter, both ends included, and the days of its reporting."""

    text: str
    starts_on: date
    ends_on: date
    opens_on: date
    due_on: date
    locks_on: date


def periods_from(
    starts_on: date, until: date, cadence: str, calendar: WorkCalendar
) -> list[PeriodDates]:
    """The periods from the one that holds `starts_on` to the one that holds `until`.

    `cadence` is `monthly` or `quarterly`. `calendar` must know the days up to two periods after
    `until`, when the last one locks.
    """
    months = MONTHS[cadence]
    found: list[PeriodDates] = []
    start = _start_of(starts_on, months)
    while start <= until:
        found.append(_period(start, months, calendar))
        start = _after(start, months)
    return found


def _period(start: date, months: int, calendar: WorkCalendar) -> PeriodDates:
    following = _after(start, months)
    opens_on = calendar.next_working(following)
    return PeriodDates(
        text=_text(start, months),
        starts_on=start,
        ends_on=following - timedelta(days=1),
        opens_on=opens_on,
        due_on=calendar.add(opens_on, DAYS_TO_REPORT),
        locks_on=calendar.next_working(_after(following, months)),
    )


def _text(start: date, months: int) -> str:
    """The spelling that `rules.dates.LimitedDate` reads: `2026-06` or `2026-Q2`."""
    if months == 1:
        return f"{start:%Y-%m}"
    return f"{start:%Y}-Q{(start.month + 2) // 3}"


def _start_of(day: date, months: int) -> date:
    return date(day.year, day.month - (day.month - 1) % months, 1)


def _after(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, 1)
