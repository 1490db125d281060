"""The days of a year that differ from an ordinary week, and where each comes from."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from commitments.models import Holiday
from commitments.rules.workdays import SATURDAY, KnownDay, known_days


class Origin(StrEnum):
    """Who says that a day is free or worked."""

    LIBRARY = "library"
    ANNOUNCED = "announced"
    HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Day:
    """One day; `own` is the row that the house entered, `known` what holds without it."""

    on: date
    own: Holiday | None
    known: KnownDay | None

    @property
    def is_free(self) -> bool:
        says = self.own or self.known
        return says.is_free if says else self.is_weekend

    @property
    def name_vi(self) -> str:
        return self._name("name_vi")

    @property
    def name_en(self) -> str:
        return self._name("name_en")

    def _name(self, column: str) -> str:
        named = [one for one in (self.own, self.known) if one and (one.name_vi or one.name_en)]
        return getattr(named[0], column) if named else ""

    @property
    def origin(self) -> Origin:
        if self.own is not None:
            return Origin.HOUSE
        return Origin.ANNOUNCED if self.known and self.known.is_announced else Origin.LIBRARY

    @property
    def is_weekend(self) -> bool:
        return self.on.weekday() >= SATURDAY

    @property
    def may_be_turned(self) -> bool:
        """Whether the opposite can be entered: not of a holiday that falls on a weekend."""
        return self.own is None and not (self.is_free and self.is_weekend)


def days_of(year: int) -> list[Day]:
    """Every free day and every worked weekend day of a year, in order; one query."""
    known = known_days(year)
    own = {row.on: row for row in Holiday.objects.filter(on__year=year)}
    return [Day(on, own.get(on), known.get(on)) for on in sorted({*known, *own})]
