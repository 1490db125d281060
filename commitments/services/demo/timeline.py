"""The days of the demonstration, told from the day on which it is loaded."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from commitments.rules.dates import LimitedDate
from commitments.rules.moments import at_minute, day_of
from commitments.rules.periods import PeriodDates, periods_from
from commitments.rules.workdays import WorkCalendar
from commitments.services.calendar import calendar_for

MORNING = 9 * 60
SPAN = timedelta(days=220)
"""How far back the periods are laid out: enough for the five that the story needs."""
DAYS_LEFT = 3
"""Working days that the open update is still due in, at least, so that reminders come."""
_TOLD = re.compile(r"(?P<count>[+-]\d+)(?P<unit>[dmy])")


class Deed(NamedTuple):
    """What somebody did, and when; `do` is told the day and the moment."""

    at: datetime
    do: Callable[[date, datetime], object]


@dataclass(frozen=True)
class Timeline:
    """Periods counted from the one that is open now, 0; and moments that never lie ahead."""

    now: datetime

    @cached_property
    def today(self) -> date:
        return day_of(self.now)

    @cached_property
    def calendar(self) -> WorkCalendar:
        return calendar_for(self.today - SPAN, self.today)

    @cached_property
    def _periods(self) -> list[PeriodDates]:
        laid_out = periods_from(self.today - SPAN, self.today, "monthly", self.calendar)
        return [period for period in laid_out if period.opens_on <= self.today]

    def period(self, number: int) -> PeriodDates:
        return self._periods[number - 1]

    @property
    def founded_on(self) -> date:
        """The invented forum's day."""
        return self.period(-4).starts_on

    def moment(self, day: date) -> datetime:
        """The morning of a day, or now where that is still to come."""
        return min(at_minute(day, MORNING), self.now)

    def after_opening(self, number: int, workdays: int) -> datetime:
        """So many working days after a period opened."""
        return self.moment(self.calendar.add(self.period(number).opens_on, workdays))

    @property
    def open_due_on(self) -> date:
        """The day on which the open period's updates are due.

        Ten working days after its opening, as everywhere; but late in a month that day is past,
        and nothing would be due any more. Then it is put into the next days, before the lock.
        """
        period = self.period(0)
        coming = self.calendar.add(self.today, DAYS_LEFT)
        if period.due_on >= coming:
            return period.due_on
        last = max(self.calendar.add(period.locks_on, -1), self.today, period.due_on)
        return min(coming, last)

    def told(self, text: str) -> LimitedDate:
        """A date told from today: `+20d` is a day, `-1m` a month, `+1y` a year."""
        found = _TOLD.fullmatch(text)
        if found is None:
            raise ValueError(f"“{text}” is not a time such as +20d, -1m or +1y.")
        count, unit = int(found["count"]), found["unit"]
        if unit == "d":
            return LimitedDate.of_day(self.today + timedelta(days=count))
        if unit == "y":
            return LimitedDate.parse(f"{self.today.year + count:04}")
        years, month = divmod(self.today.year * 12 + self.today.month - 1 + count, 12)
        return LimitedDate.parse(f"{years:04}-{month + 1:02}")
