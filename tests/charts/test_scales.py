"""Round numbers and dates, and the places of values and days."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.charts.scales import Days, values_of


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (["198"], ["0", "50", "100", "150", "200"]),
        (["1"], ["0", "0.25", "0.50", "0.75", "1.00"]),
        (["99", "26"], ["0", "25", "50", "75", "100"]),
        (["0.3"], ["0", "0.1", "0.2", "0.3"]),
        (["-3", "9"], ["-5", "0", "5", "10"]),
        (["0"], ["0", "0.25", "0.50", "0.75", "1.00"]),
        (["1900000"], ["0", "5E+5", "1.0E+6", "1.5E+6", "2.0E+6"]),
    ],
)
def test_values_of_marks_round_numbers_from_zero(found, expected):
    scale = values_of(map(Decimal, found), 100, 0)

    assert scale.ticks == tuple(map(Decimal, expected))


@given(st.lists(st.decimals(-(10**12), 10**12, places=6), min_size=1, max_size=9))
def test_values_of_holds_whatever_was_published(found):
    scale = values_of(found, 100, 0)

    assert 2 <= len(scale.ticks) <= 7
    assert Decimal(0) in scale.ticks
    assert all(-0.001 <= scale.at(value) <= 100.001 for value in found)
    assert all(
        later > earlier for earlier, later in zip(scale.ticks, scale.ticks[1:], strict=False)
    )


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(0, 20000))
def test_days_names_few_dates_within_the_time(first, length):
    last = date.fromordinal(min(first.toordinal() + length, date(2140, 1, 1).toordinal()))
    days = Days(first, last, 0, 100)

    assert len(days.years()) <= 7
    assert days.is_of_years or len(days.months()) <= 7
    assert (days.at(first), days.at(last)) == (0, 100 if last > first else 0)


def test_days_names_months_where_the_time_is_short():
    days = Days(date(2026, 3, 15), date(2027, 1, 31), 0, 100)

    assert days.months() == [
        date(2026, 5, 1), date(2026, 7, 1), date(2026, 9, 1), date(2026, 11, 1), date(2027, 1, 1),
    ]  # fmt: skip
