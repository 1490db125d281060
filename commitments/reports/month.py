"""One month as weeks of days, with what is dated on each and the public holidays by name."""

import re
from calendar import Calendar
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from commitments.reports.agenda import Dated, Month
from commitments.rules.dates import FIRST_YEAR, LAST_YEAR
from commitments.rules.workdays import SATURDAY, KnownDay, known_days
from commitments.text.display import active_language, limited_date

MOST = 3
"""How many dates one day shows; the list of the month has them all."""
_DATE_IN_NAME = re.compile(r"\s*\([^)]*\d{4}\)")
_WEEK = Calendar(firstweekday=0)
"""From Monday on, as in Viet Nam."""


@dataclass(frozen=True, slots=True)
class Some:
    """The first things of many, and how many more there are."""

    dated: list[Dated]
    more: int

    @classmethod
    def of(cls, dated: list[Dated]) -> "Some":
        return cls(dated[:MOST], max(len(dated) - MOST, 0))


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the month. `named` says which holiday it is, or that it is worked for another."""

    on: date
    some: Some
    named: str
    is_free: bool
    is_today: bool

    @property
    def words(self) -> str:
        return f"{WEEKDAYS[self.on.weekday()]}, {limited_date(self.on)}"

    @property
    def is_empty(self) -> bool:
        return not self.some.dated and not self.named


@dataclass(frozen=True, slots=True)
class Grid:
    """A month by weeks, None for the days of its neighbours; `undated` is known by month only."""

    month: Month
    weeks: list[list[Day | None]]
    undated: Some
    earlier: str
    later: str

    @property
    def weekdays(self) -> list[str]:
        return [capfirst(str(WEEKDAYS[number])) for number in range(7)]

    @property
    def word(self) -> str:
        """The month as an address asks for it."""
        return f"{self.month.first:%Y-%m}"


def grid(month: Month, today: date) -> Grid:
    """Lay a month out by weeks; no query."""
    sure = [one for one in month.dated if one.is_a_day]
    dated = {on: list(some) for on, some in groupby(sure, key=lambda one: one.latest)}
    first = month.first
    known = known_days(first.year)
    days = {
        on: _day(on, dated.get(on, []), known.get(on), today)
        for on in _WEEK.itermonthdates(first.year, first.month)
        if on.month == first.month
    }
    return Grid(
        month,
        [[days.get(on) for on in week] for week in _WEEK.monthdatescalendar(*_of(first))],
        Some.of([one for one in month.dated if not one.is_a_day]),
        moved(first, -1),
        moved(first, 1),
    )


def _of(first: date) -> tuple[int, int]:
    return first.year, first.month


def _day(on: date, dated: list[Dated], known: KnownDay | None, today: date) -> Day:
    is_free = known.is_free if known else on.weekday() >= SATURDAY
    return Day(on, Some.of(dated), _named(known), is_free, on == today)


def _named(known: KnownDay | None) -> str:
    if known is None:
        return ""
    if not known.is_free:
        return _("Working day in exchange for a day off")
    # A day off in exchange names the other day, in the order of a third country.
    return _DATE_IN_NAME.sub("", getattr(known, f"name_{active_language()}"))


def moved(start: date, months: int) -> str:
    """The month so many months away, as it is asked for; nothing beyond the years we know."""
    number = start.year * 12 + start.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return f"{year}-{month:02}" if FIRST_YEAR <= year <= LAST_YEAR else ""
