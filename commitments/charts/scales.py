"""From values and days to places in a drawing, and the round numbers and dates to mark."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
MOST_VALUES = 5
MOST_DATES = 6
YEARS = 900
"""A longer time than so many days is marked by years, a shorter one by months."""


@dataclass(frozen=True, slots=True)
class Values:
    """A scale that always holds zero, so that no height exaggerates."""

    ticks: tuple[Decimal, ...]
    bottom: float
    top: float

    def at(self, value: Decimal) -> float:
        least, most = self.ticks[0], self.ticks[-1]
        return self.bottom - float((value - least) / (most - least)) * (self.bottom - self.top)


def values_of(found: Iterable[Decimal], bottom: float, top: float) -> Values:
    """The scale that shows all of `found`, between two heights of the drawing."""
    rows = [Decimal(0), *found]
    return Values(tuple(_round_values(min(rows), max(rows))), bottom, top)


def _round_values(least: Decimal, most: Decimal) -> Iterator[Decimal]:
    span = most - least or Decimal(1)
    step = _step(span / (MOST_VALUES - 1))
    first = (least / step).to_integral_value(ROUND_FLOOR)
    last = (least + span) / step
    number = first
    while number <= last.to_integral_value(ROUND_CEILING):
        yield number * step
        number += 1


def _step(least: Decimal) -> Decimal:
    """The smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is not below `least`."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(step * power for step in STEPS if step * power >= least)


@dataclass(frozen=True, slots=True)
class Days:
    """A scale of time; a whole day is a place."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        span = max((self.last - self.first).days, 1)
        return self.left + (day - self.first).days / span * (self.right - self.left)

    def middle(self, earliest: date, latest: date) -> float:
        return (self.at(earliest) + self.at(latest)) / 2

    @property
    def is_of_years(self) -> bool:
        """Also where whole years are shown: then no month is of interest."""
        whole = (self.first.month, self.first.day, self.last.month, self.last.day)
        return (self.last - self.first).days > YEARS or whole == (1, 1, 12, 31)

    def years(self) -> list[int]:
        """The years to name; not all where they are many."""
        found = range(self.first.year, self.last.year + 1)
        return list(found[:: -(-len(found) // MOST_DATES)])

    def months(self) -> list[date]:
        """The first days of the months to name; not all where they are many."""
        first, last = self.first, self.last
        count = (last.year - first.year) * 12 + last.month - first.month
        every = next(step for step in (1, 2, 3, 6, 12) if count // step < MOST_DATES)
        found = [_months_after(first, number) for number in range(count + 1)]
        return [day for day in found if day >= first and (day.month - 1) % every == 0]


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)
