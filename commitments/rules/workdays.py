"""Working days: Monday to Friday without public holidays, and Saturdays that make up for them."""

from collections.abc import Iterable, Mapping
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


@dataclass(frozen=True, slots=True)
class KnownDay:
    """A day that differs from an ordinary week without anybody here having entered it.

    `is_announced`: the Government named it, and the library does not have it.
    """

    is_free: bool
    name_vi: str
    name_en: str
    is_announced: bool = False


_SWAPPED = ("Hoán đổi ngày làm việc", "Working day exchanged")
ANNOUNCED: Mapping[date, KnownDay] = {
    date(2026, 1, 2): KnownDay(True, *_SWAPPED, is_announced=True),
    date(2026, 1, 10): KnownDay(False, *_SWAPPED, is_announced=True),
}
"""What the library lacks. Friday 2 January 2026 was exchanged with Saturday 10 January, announced
on 25 December 2025 (Viet Nam News of that day)."""


@lru_cache(maxsize=64)
def known_days(year: int) -> Mapping[date, KnownDay]:
    """The free days and make-up days of one year by their day, named; not to be changed.

    Weekend days on which a holiday falls are among them. A substitution may be listed with the
    year beside it.
    """
    in_vi, in_en = (_library(year, language) for language in ("vi", "en_US"))
    found = {day: KnownDay(True, in_vi[day], in_en[day]) for day in in_vi if day.year == year}
    found |= {day: KnownDay(False, *_MADE_UP) for day in in_vi.weekend_workdays if day.year == year}
    found |= {day: known for day, known in ANNOUNCED.items() if day.year == year}
    return dict(sorted(found.items()))


_MADE_UP = ("Ngày làm bù", "Working day in exchange for a day off")


def _library(year: int, language: str) -> holidays.HolidayBase:
    around = range(year - 1, year + 2)
    return holidays.country_holidays("VN", years=around, expand=False, language=language)


@lru_cache(maxsize=64)
def _vietnam_year(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Free days and make-up days of one year."""
    known = known_days(year).items()
    return (
        frozenset(day for day, one in known if one.is_free),
        frozenset(day for day, one in known if not one.is_free),
    )


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
