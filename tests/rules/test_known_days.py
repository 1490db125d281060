"""The days of Viet Nam that the installation knows by itself, against what was announced.

Of 2026: Viet Nam News, 25 December 2025 (New Year, Tết, National Day with their exchanged days).
"""

from datetime import date

import pytest

from commitments.rules.workdays import KnownDay, known_days, vietnam_calendar


def days_off(year):
    """Whole weeks of days off: every free day that is not an ordinary weekend, and its name."""
    return {
        day: known.name_en
        for day, known in known_days(year).items()
        if known.is_free and day.weekday() < 5
    }


def worked_weekends(year):
    return [day for day, known in known_days(year).items() if not known.is_free]


def test_days_off_of_2026_are_those_announced():
    assert days_off(2026) == {
        date(2026, 1, 1): "New Year's Day",
        date(2026, 1, 2): "Working day exchanged",
        date(2026, 2, 16): "Lunar New Year's Eve",
        date(2026, 2, 17): "Lunar New Year",
        date(2026, 2, 18): "Second Day of Lunar New Year",
        date(2026, 2, 19): "Third Day of Lunar New Year",
        date(2026, 2, 20): "Fourth Day of Lunar New Year",
        date(2026, 4, 27): "Hung Kings' Commemoration Day (observed)",
        date(2026, 4, 30): "Liberation Day/Reunification Day",
        date(2026, 5, 1): "International Labor Day",
        date(2026, 8, 31): "Day off (substituted from 08/22/2026)",
        date(2026, 9, 1): "National Day",
        date(2026, 9, 2): "National Day",
        date(2026, 11, 24): "Vietnam Cultural Day",
    }


def test_saturdays_worked_in_2026_are_those_announced():
    assert worked_weekends(2026) == [date(2026, 1, 10), date(2026, 8, 22)]
    assert [day.weekday() for day in worked_weekends(2026)] == [5, 5]


def test_nine_days_off_at_tet_2026():
    calendar = vietnam_calendar([2026])
    february = [date(2026, 2, number) for number in range(1, 29)]

    free = [day for day in february if not calendar.is_working(day)]
    assert [day.day for day in free] == [1, 7, 8, *range(14, 23), 28]


def test_tet_2027_is_computed_from_the_moon():
    """The first day of the year is Saturday 6 February 2027."""
    found = {day: name for day, name in days_off(2027).items() if day.month == 2}

    assert found == {
        date(2027, 2, 4): "29 of Lunar New Year",
        date(2027, 2, 5): "Lunar New Year's Eve",
        date(2027, 2, 8): "Third Day of Lunar New Year",
        date(2027, 2, 9): "Fourth Day of Lunar New Year",
        date(2027, 2, 10): "Fifth Day of Lunar New Year",
    }
    assert known_days(2027)[date(2027, 2, 6)].name_vi == "Tết Nguyên Đán"


def test_other_days_off_of_2027():
    found = {day: name for day, name in days_off(2027).items() if day.month != 2}

    assert found == {
        date(2027, 1, 1): "New Year's Day",
        date(2027, 4, 16): "Hung Kings' Commemoration Day",
        date(2027, 4, 30): "Liberation Day/Reunification Day",
        date(2027, 5, 3): "International Labor Day (observed)",
        date(2027, 9, 2): "National Day",
        date(2027, 9, 3): "National Day",
        date(2027, 11, 24): "Vietnam Cultural Day",
    }
    assert worked_weekends(2027) == []


def test_a_known_day_is_named_in_both_languages_and_says_where_it_comes_from():
    days = known_days(2026)

    assert days[date(2026, 9, 2)] == KnownDay(True, "Quốc khánh", "National Day")
    assert days[date(2026, 8, 22)] == KnownDay(
        False, "Ngày làm bù", "Working day in exchange for a day off"
    )
    assert days[date(2026, 1, 10)] == KnownDay(
        False, "Hoán đổi ngày làm việc", "Working day exchanged", is_announced=True
    )


@pytest.mark.parametrize("year", range(2025, 2030))
def test_known_days_are_of_their_year_in_order(year):
    days = list(known_days(year))

    assert days == sorted(days)
    assert {day.year for day in days} == {year}
