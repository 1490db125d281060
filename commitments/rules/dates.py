"""Dates as people write them: days, and dates that are less precise than a day.

Days come first and months second, as in Vietnamese and British English, so no reading depends on
the language of the page.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid, Text
from commitments.text.folding import fold

FIRST_YEAR, LAST_YEAR = 1945, 2199
LONGEST = 60

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ENGLISH_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH_NUMBERS = {
    spelling: number
    for number, name in enumerate(_ENGLISH_MONTHS, start=1)
    for spelling in (name, name[:3])
} | {"sept": 9}

_WRITTEN = re.compile(r"[\w\s./-]+")
# What is left of a date after folding: words and numbers with one blank between.
_SPELLINGS = tuple(
    re.compile(spelling)
    for spelling in (
        r"(?P<year>\d{4}) (?P<month>\d{1,2}) (?P<day>\d{1,2})",
        r"(?:ngay )?(?P<day>\d{1,2}) (?:thang )?(?P<month>\d{1,2}) (?:nam )?(?P<year>\d+)",
        r"(?P<day>\d{1,2}) (?P<name>[a-z]+) (?P<year>\d+)",
        r"(?P<year>\d{4}) (?P<month>\d{1,2})",
        r"(?:thang )?(?P<month>\d{1,2}) (?:nam )?(?P<year>\d{4})",
        r"(?P<name>[a-z]+) (?P<year>\d{4})",
        r"(?P<year>\d{4}) q(?P<quarter>\d)",
        r"(?:quy |quarter |q ?)(?P<quarter>\d|i{1,3}|iv) (?:nam )?(?P<year>\d{4})",
        r"(?:nam )?(?P<year>\d{4})",
    )
)


@dataclass(frozen=True, slots=True)
class LimitedDate:
    """A date no more precise than what was said: `2026`, `2026-06`, `2026-Q2` or a day.

    `text` is its one spelling; it may mean any day from `earliest` to `latest`.
    """

    text: str
    earliest: date
    latest: date

    @classmethod
    def parse(cls, text: str, field: str | None = None) -> Self:
        """Read the stored spelling, or what people type: `31/5/2026`, `5/2026`, `quý 2/2026`."""
        parts = _read_parts(text, field)
        year = int(parts["year"])
        if "quarter" in parts:
            return cls._of_quarter(year, _read_quarter(parts["quarter"], field))
        if "month" not in parts:
            return cls(f"{year:04}", date(year, 1, 1), date(year, 12, 31))
        month = int(parts["month"])
        if "day" in parts:
            return cls.of_day(_day(year, month, int(parts["day"]), field))
        first = _day(year, month, 1, field)
        last = first.replace(day=monthrange(year, month)[1])
        return cls(f"{year:04}-{month:02}", first, last)

    @classmethod
    def of_day(cls, day: date) -> Self:
        return cls(day.isoformat(), day, day)

    @classmethod
    def _of_quarter(cls, year: int, quarter: int) -> Self:
        last_month = 3 * quarter
        last = date(year, last_month, monthrange(year, last_month)[1])
        return cls(f"{year:04}-Q{quarter}", date(year, last_month - 2, 1), last)

    def __str__(self) -> str:
        return self.text

    def is_past(self, today: date) -> bool:
        """Whether it is past on any reading; 2026 is not past before 2027."""
        return today > self.latest

    def is_before(self, other: "LimitedDate") -> bool:
        """Whether it is earlier on any reading; where they overlap, neither is before the other."""
        return self.latest < other.earliest

    def may_follow(self, other: "LimitedDate") -> bool:
        """Whether the two can stand in this order: not surely before `other`."""
        return not self.is_before(other)


def check_order(first: LimitedDate, second: LimitedDate, field: str | None = None) -> None:
    """Refuse a `second` date that is surely before the `first`."""
    if second.is_before(first):
        text = _("{second} is before {first}. Please put the two dates in order.")
        raise Invalid("dates_out_of_order", format_lazy(text, first=first, second=second), field)


def parse_day(text: str, field: str | None = None) -> date:
    """Read one day: `31/5/2026`, `31.05.2026`, `2026-05-31`, `31 May 2026`."""
    parts = _read_parts(text, field)
    if "day" not in parts:
        raise Invalid(
            "date_not_a_day",
            _("A whole date with day, month and year is needed, for example 31/5/2026."),
            field,
        )
    return _day(int(parts["year"]), int(parts["month"]), int(parts["day"]), field)


def _read_parts(text: str, field: str | None) -> dict[str, str]:
    """Take the text apart; what it names is not yet looked up in the calendar."""
    text = text.strip()
    if not text:
        raise Invalid("date_missing", _("Please give a date."), field)
    parts = _match(text)
    if parts is None:
        raise Invalid("date_unreadable", _unreadable(text), field)
    if len(parts["year"]) != 4:
        raise Invalid("date_short_year", _("Please write the year with four digits."), field)
    if not FIRST_YEAR <= int(parts["year"]) <= LAST_YEAR:
        asked = _("Please give a year from {first} to {last}.")
        range_text = format_lazy(asked, first=FIRST_YEAR, last=LAST_YEAR)
        raise Invalid("date_year_out_of_range", range_text, field)
    return parts


def _match(text: str) -> dict[str, str] | None:
    if len(text) > LONGEST or not _WRITTEN.fullmatch(text):
        return None
    folded = fold(text)
    for spelling in _SPELLINGS:
        found = spelling.fullmatch(folded)
        if found is None or not folded.isascii():
            continue
        parts = {name: part for name, part in found.groupdict().items() if part is not None}
        name = parts.pop("name", None)
        if name is None:
            return parts
        if name in _MONTH_NUMBERS:
            return parts | {"month": str(_MONTH_NUMBERS[name])}
    return None


def _unreadable(text: str) -> Text:
    asked = _(
        "“{text}” could not be read as a date. "
        "Please write it like 31/5/2026, 5/2026, Q2/2026 or 2026."
    )
    return format_lazy(asked, text=text[:LONGEST])


def _read_quarter(text: str, field: str | None) -> int:
    quarter = _ROMAN.get(text) or int(text)
    if not 1 <= quarter <= 4:
        raise Invalid("date_not_in_calendar", _("A year has quarters 1 to 4."), field)
    return quarter


def _day(year: int, month: int, day: int, field: str | None) -> date:
    if not 1 <= month <= 12:
        asked = _("There is no month {month}. The day comes first, then the month: 31/5/2026.")
        raise Invalid("date_not_in_calendar", format_lazy(asked, month=month), field)
    if not 1 <= day <= monthrange(year, month)[1]:
        asked = _("Month {month} of {year} has no day {day}.")
        text = format_lazy(asked, month=month, year=year, day=day)
        raise Invalid("date_not_in_calendar", text, field)
    return date(year, month, day)
