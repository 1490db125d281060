"""Reporting periods follow one another, and their days come in order."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.rules.dates import LimitedDate
from commitments.rules.periods import DAYS_TO_REPORT, PeriodDates, periods_from
from commitments.rules.workdays import vietnam_calendar

VIETNAM = vietnam_calendar(range(2024, 2032))
STARTS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
CADENCES = st.sampled_from(["monthly", "quarterly"])


def test_monthly_periods_step_over_tet():
    assert periods_from(date(2026, 12, 10), date(2027, 1, 1), "monthly", VIETNAM) == [
        PeriodDates(
            text="2026-12",
            starts_on=date(2026, 12, 1),
            ends_on=date(2026, 12, 31),
            opens_on=date(2027, 1, 4),
            due_on=date(2027, 1, 18),
            locks_on=date(2027, 2, 1),
        ),
        PeriodDates(
            text="2027-01",
            starts_on=date(2027, 1, 1),
            ends_on=date(2027, 1, 31),
            opens_on=date(2027, 2, 1),
            due_on=date(2027, 2, 22),
            locks_on=date(2027, 3, 1),
        ),
    ]


def test_quarterly_periods_are_those_of_the_year():
    assert periods_from(date(2026, 5, 31), date(2026, 9, 30), "quarterly", VIETNAM) == [
        PeriodDates(
            text="2026-Q2",
            starts_on=date(2026, 4, 1),
            ends_on=date(2026, 6, 30),
            opens_on=date(2026, 7, 1),
            due_on=date(2026, 7, 15),
            locks_on=date(2026, 10, 1),
        ),
        PeriodDates(
            text="2026-Q3",
            starts_on=date(2026, 7, 1),
            ends_on=date(2026, 9, 30),
            opens_on=date(2026, 10, 1),
            due_on=date(2026, 10, 15),
            locks_on=date(2027, 1, 4),
        ),
    ]


def test_no_period_before_the_start():
    assert periods_from(date(2026, 6, 1), date(2026, 5, 31), "monthly", VIETNAM) == []


def test_an_unknown_cadence_is_an_error():
    with pytest.raises(KeyError):
        periods_from(date(2026, 1, 1), date(2026, 2, 1), "weekly", VIETNAM)


@given(STARTS, st.integers(0, 600), CADENCES)
def test_days_of_a_period_come_in_order(start, length, cadence):
    for period in periods_from(start, start + timedelta(days=length), cadence, VIETNAM):
        assert period.starts_on < period.ends_on < period.opens_on
        assert period.opens_on < period.due_on < period.locks_on
        assert VIETNAM.between(period.opens_on, period.due_on) == DAYS_TO_REPORT
        assert VIETNAM.between(period.ends_on, period.opens_on) == 1
        said = LimitedDate.parse(period.text)
        assert (said.text, said.earliest, said.latest) == (
            period.text,
            period.starts_on,
            period.ends_on,
        )


@given(STARTS, st.integers(0, 600), CADENCES)
def test_periods_are_contiguous_and_lock_when_the_next_opens(start, length, cadence):
    until = start + timedelta(days=length)
    periods = periods_from(start, until, cadence, VIETNAM)

    assert periods[0].starts_on <= start <= periods[0].ends_on
    assert periods[-1].starts_on <= until <= periods[-1].ends_on
    for period, following in pairwise(periods):
        assert following.starts_on == period.ends_on + timedelta(days=1)
        assert following.opens_on == period.locks_on


@given(STARTS, st.integers(0, 600), st.integers(0, 600), CADENCES)
def test_a_period_does_not_depend_on_where_one_starts(start, later, length, cadence):
    until = start + timedelta(days=later + length)
    whole = periods_from(start, until, cadence, VIETNAM)
    part = periods_from(start + timedelta(days=later), until, cadence, VIETNAM)

    assert whole[-len(part) :] == part
