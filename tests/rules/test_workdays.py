"""Which days are worked in Viet Nam, and how they are counted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.rules.workdays import WorkCalendar, vietnam_calendar

VIETNAM = vietnam_calendar([2025, 2026, 2027])
DAYS = st.dates(date(2024, 6, 1), date(2028, 6, 30))
ORDINARY = WorkCalendar()


def free_weekdays(calendar, first, last):
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5 and not calendar.is_working(day)]


def test_vietnam_is_free_at_tet_2026():
    assert free_weekdays(VIETNAM, date(2026, 2, 1), date(2026, 2, 28)) == [
        date(2026, 2, day) for day in (16, 17, 18, 19, 20)
    ]


def test_vietnam_is_free_on_public_holidays_and_their_substitutes():
    assert free_weekdays(VIETNAM, date(2026, 3, 1), date(2026, 12, 31)) == [
        date(2026, 4, 27),  # for Hung Kings' Day, a Sunday
        date(2026, 4, 30),
        date(2026, 5, 1),
        date(2026, 8, 31),  # exchanged with Saturday 22 August
        date(2026, 9, 1),
        date(2026, 9, 2),
        date(2026, 11, 24),
    ]


@pytest.mark.parametrize("day", [date(2026, 8, 22), date(2025, 4, 26)])
def test_vietnam_works_on_make_up_saturdays(day):
    assert day.weekday() == 5
    assert VIETNAM.is_working(day)
    assert not VIETNAM.is_working(day + timedelta(days=7))


def test_make_up_days_listed_with_another_year_are_known():
    """31 December 2018 was free, and made up for on Saturday 5 January 2019."""
    calendar = vietnam_calendar([2019])

    assert not calendar.is_working(date(2018, 12, 31))
    assert calendar.is_working(date(2019, 1, 5))


def test_years_beside_are_known_too():
    calendar = vietnam_calendar([2026])

    assert not calendar.is_working(date(2025, 1, 1))
    assert calendar.add(date(2026, 12, 31), 1) == date(2027, 1, 4)


def test_overrides_win_over_the_library():
    calendar = vietnam_calendar(
        [2026],
        [
            (date(2026, 9, 1), False),
            (date(2026, 8, 22), True),
            (date(2026, 8, 29), False),
            (date(2026, 7, 1), True),
        ],
    )

    assert calendar.is_working(date(2026, 9, 1))
    assert not calendar.is_working(date(2026, 8, 22))
    assert calendar.is_working(date(2026, 8, 29))
    assert not calendar.is_working(date(2026, 7, 1))


def test_the_last_override_of_a_day_counts():
    day = date(2026, 7, 4)

    assert vietnam_calendar([2026], [(day, True), (day, False)]).is_working(day)
    assert not vietnam_calendar([2026], [(day, False), (day, True)]).is_working(day)


def test_calendars_do_not_share_their_overrides():
    vietnam_calendar([2026], [(date(2026, 7, 1), True)])

    assert vietnam_calendar([2026]).is_working(date(2026, 7, 1))


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 2, 13), 1, date(2026, 2, 23)),  # over Tết
        (date(2026, 2, 23), -1, date(2026, 2, 13)),
        (date(2026, 2, 13), 0, date(2026, 2, 13)),
        (date(2026, 2, 14), 0, date(2026, 2, 23)),
        (date(2026, 2, 14), 1, date(2026, 2, 23)),
        (date(2026, 2, 14), -1, date(2026, 2, 13)),
        (date(2026, 8, 21), 1, date(2026, 8, 22)),  # a make-up Saturday
        (date(2026, 8, 28), 1, date(2026, 9, 3)),
        (date(2026, 6, 1), 10, date(2026, 6, 15)),
    ],
)
def test_add_counts_working_days(day, count, expected):
    assert VIETNAM.add(day, count) == expected


def test_between_counts_to_the_end():
    monday = date(2026, 6, 1)

    assert ORDINARY.between(monday, monday) == 0
    assert ORDINARY.between(monday, date(2026, 6, 8)) == 5
    assert ORDINARY.between(date(2026, 6, 8), monday) == -5
    assert VIETNAM.between(date(2026, 2, 13), date(2026, 2, 23)) == 1


@given(DAYS, st.integers(-60, 60).filter(bool))
def test_between_undoes_add(day, count):
    assert VIETNAM.between(day, VIETNAM.add(day, count)) == count


@given(DAYS, st.integers(2, 60))
def test_adding_is_stepping(day, count):
    stepped = VIETNAM.add(day, count)

    assert VIETNAM.is_working(stepped)
    assert VIETNAM.add(VIETNAM.add(day, count - 1), 1) == stepped
    assert VIETNAM.add(stepped, -count) == VIETNAM.add(VIETNAM.add(day, 1), -1)


@given(DAYS)
def test_next_working_skips_free_days_only(day):
    found = VIETNAM.next_working(day)

    assert found >= day
    assert VIETNAM.is_working(found)
    skipped = (found - day).days
    assert not any(VIETNAM.is_working(day + timedelta(days=number)) for number in range(skipped))
    assert VIETNAM.add(day, 0) == found
