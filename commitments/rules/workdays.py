"""Working days: Monday to Friday without public holidays, and Saturdays that make up for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The days that differ from an ordinary week: `free` weekdays and `working` weekend days."""

    free: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether work is done; a day that is named both free and working is free."""
        if day in self.free:
            return False
        return day.weekday() < SATURDAY or day in self.working

    def next_working(self, day: date) -> date:
        """The day itself if it is a working day, else the first one after it."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def add(self, day: date, count: int) -> date:
        """The working day `count` working days after `day`, or before it for a negative count.

        Zero gives the day itself, or the next working day where it is free. From a free day one
        working day after is the next working day, and one before is the last one.
        """
        if count == 0:
            return self.next_working(day)
        step = ONE_DAY if count > 0 else -ONE_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def between(self, start: date, end: date) -> int:
        """How many working days there are after `start`, up to and including `end`.

        Negative where `end` comes first; so `between(day, add(day, n)) == n` for each n but 0.
        """
        if end < start:
            return -sum(self.is_working(day) for day in _days(end, start - ONE_DAY))
        return sum(self.is_working(day) for day in _days(start + ONE_DAY, end))


def vietnam_calendar(
    years: Iterable[int], overrides: Iterable[tuple[date, bool]] = ()
) -> WorkCalendar:
    """The calendar of Viet Nam for these years and their neighbours.

    The neighbours are there for counts that step over New Year. `overrides` are the editable rows
    `(day, is_free)` and win over the library. What the Government has not announced yet, mostly
    make-up Saturdays, the library cannot know: such days are entered as overrides.
    """
    free: set[date] = set()
    working: set[date] = set()
    covered = {year + offset for year in years for offset in (-1, 0, 1)}
    for year in covered:
        free_of_year, working_of_year = _vietnam_year(year)
        free |= free_of_year
        working |= working_of_year
    for day, is_free in overrides:
        (working if is_free else free).discard(day)
        (free if is_free else working).add(day)
    return WorkCalendar(frozenset(free), frozenset(working))


@lru_cache(maxsize=64)
def _vietnam_year(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Free and make-up days of one year; a substitution may be listed with the year beside it."""
    known = holidays.country_holidays("VN", years=range(year - 1, year + 2), expand=False)
    return (
        frozenset(day for day in known if day.year == year),
        frozenset(day for day in known.weekend_workdays if day.year == year),
    )


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
