"""Which day may be entered as free or worked."""

from datetime import date

import pytest

from commitments.rules.holidays import check_day, years_kept
from commitments.rules.workdays import known_days

TODAY = date(2026, 6, 1)


def refused(on, is_free, name_vi="", name_en="Test day", is_entered=False):
    found = check_day(
        on=on, is_free=is_free, name_vi=name_vi, name_en=name_en,
        known=known_days(on.year).get(on), is_entered=is_entered, today=TODAY,
    )  # fmt: skip
    return [(one.field, one.code) for one in found]


@pytest.mark.parametrize(
    ("on", "is_free"),
    [
        (date(2026, 7, 1), True),  # a Wednesday
        (date(2025, 1, 2), True),  # the first year kept
        (date(2028, 12, 29), True),  # the last year kept
        (date(2026, 7, 4), False),  # a Saturday, in exchange
        (date(2026, 9, 1), False),  # free in the library
        (date(2026, 8, 22), True),  # a make-up Saturday in the library
        (date(2026, 1, 2), False),  # announced
        (date(2026, 4, 26), False),  # a holiday on a Sunday
    ],
)
def test_a_day_that_becomes_other_is_allowed(on, is_free):
    assert refused(on, is_free) == []


@pytest.mark.parametrize(
    ("on", "is_free", "found"),
    [
        (date(2026, 7, 4), True, "day_is_so_already"),  # a Saturday
        (date(2026, 4, 26), True, "day_is_so_already"),  # a holiday on a Sunday
        (date(2026, 9, 2), True, "day_is_so_already"),
        (date(2026, 7, 1), False, "day_is_so_already"),
        (date(2026, 8, 22), False, "day_is_so_already"),
        (date(2024, 12, 31), True, "day_outside"),
        (date(2029, 1, 2), True, "day_outside"),
    ],
)
def test_a_day_that_stays_as_it_is_or_is_far_is_refused(on, is_free, found):
    assert refused(on, is_free) == [("on", found)]


def test_a_day_is_entered_once():
    assert refused(date(2026, 7, 1), False, is_entered=True) == [("on", "day_entered")]


def test_a_day_is_named_unless_the_calendar_names_it():
    assert refused(date(2026, 7, 1), True, name_en=" ") == [("name_vi", "name_missing")]
    assert refused(date(2026, 7, 1), True, name_vi="Ngày thử", name_en="") == []
    assert refused(date(2026, 9, 1), False, name_en="") == []


def test_a_name_is_short_and_plain():
    assert refused(date(2026, 7, 1), True, name_vi="x" * 121, name_en="a\u202eb") == [
        ("name_vi", "too_long"),
        ("name_en", "hidden_character"),
    ]


def test_years_kept_are_the_last_this_and_the_next_two():
    assert list(years_kept(TODAY)) == [2025, 2026, 2027, 2028]
