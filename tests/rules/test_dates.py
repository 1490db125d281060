"""Dates as people write them are read as they meant them, or asked back in words."""

from calendar import monthrange
from datetime import date, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from commitments.errors import Invalid
from commitments.rules.dates import LimitedDate, check_order, parse_day

DAYS = st.dates(date(1945, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("typed", "text", "earliest", "latest"),
    [
        ("2026", "2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-06", "2026-06", date(2026, 6, 1), date(2026, 6, 30)),
        ("2024-02", "2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-Q2", "2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026-Q4", "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-05-31", "2026-05-31", date(2026, 5, 31), date(2026, 5, 31)),
        ("31/5/2026", "2026-05-31", date(2026, 5, 31), date(2026, 5, 31)),
        (" 31.05.2026 ", "2026-05-31", date(2026, 5, 31), date(2026, 5, 31)),
        ("31-5-2026", "2026-05-31", date(2026, 5, 31), date(2026, 5, 31)),
        ("5/6/2026", "2026-06-05", date(2026, 6, 5), date(2026, 6, 5)),
        ("ngày 31 tháng 5 năm 2026", "2026-05-31", date(2026, 5, 31), date(2026, 5, 31)),
        ("31 May 2026", "2026-05-31", date(2026, 5, 31), date(2026, 5, 31)),
        ("1 Sept 2026", "2026-09-01", date(2026, 9, 1), date(2026, 9, 1)),
        ("5/2026", "2026-05", date(2026, 5, 1), date(2026, 5, 31)),
        ("tháng 5/2026", "2026-05", date(2026, 5, 1), date(2026, 5, 31)),
        ("Tháng 12 năm 2026", "2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("December 2026", "2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("quý 2/2026", "2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("Quý IV năm 2026", "2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("Q2 2026", "2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("Q2/2026", "2026-Q2", date(2026, 4, 1), date(2026, 6, 30)),
        ("2026 q1", "2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("năm 2026", "2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_parse_reads_what_people_write(typed, text, earliest, latest):
    assert LimitedDate.parse(typed) == LimitedDate(text, earliest, latest)
    assert LimitedDate.parse(text) == LimitedDate(text, earliest, latest)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "date_missing"),
        ("   ", "date_missing"),
        ("soon", "date_unreadable"),
        ("about 2026", "date_unreadable"),
        ("2026?", "date_unreadable"),
        ("2025–2026", "date_unreadable"),
        ("31 Mai 2026", "date_unreadable"),
        ("Q2", "date_unreadable"),
        ("٣/٥/٢٠٢٦", "date_unreadable"),
        ("1" * 500, "date_unreadable"),
        ("31/5/26", "date_short_year"),
        ("31/5/20266", "date_short_year"),
        ("31/2/2026", "date_not_in_calendar"),
        ("29/2/2026", "date_not_in_calendar"),
        ("2026-13-01", "date_not_in_calendar"),
        ("5/31/2026", "date_not_in_calendar"),
        ("0/5/2026", "date_not_in_calendar"),
        ("13/2026", "date_not_in_calendar"),
        ("2026-00", "date_not_in_calendar"),
        ("2026-Q5", "date_not_in_calendar"),
        ("quý 0/2026", "date_not_in_calendar"),
        ("1944", "date_year_out_of_range"),
        ("0001-01-01", "date_year_out_of_range"),
        ("31/5/2200", "date_year_out_of_range"),
    ],
)
def test_parse_refuses_the_rest_with_field_and_code(typed, code):
    with pytest.raises(Invalid) as caught:
        LimitedDate.parse(typed, field="due")

    assert (caught.value.code, caught.value.field, caught.value.status) == (code, "due", 422)
    assert str(caught.value)


def test_errors_are_in_words():
    with override("en"), pytest.raises(Invalid) as caught:
        LimitedDate.parse("30/2/2026")

    assert str(caught.value) == "Month 2 of 2026 has no day 30."


@given(DAYS)
def test_a_day_is_read_from_each_spelling(day):
    whole = LimitedDate(day.isoformat(), day, day)

    assert LimitedDate.of_day(day) == whole
    for typed in (f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", day.isoformat()):
        assert LimitedDate.parse(typed) == whole
        assert parse_day(typed) == day


@given(DAYS)
def test_less_precise_dates_hold_the_day_they_come_from(day):
    quarter = (day.month + 2) // 3
    spellings = {
        f"{day.year}": f"{day.year}",
        f"{day.month}/{day.year}": f"{day.year}-{day.month:02}",
        f"quý {quarter}/{day.year}": f"{day.year}-Q{quarter}",
    }
    for typed, text in spellings.items():
        read = LimitedDate.parse(typed)
        assert read.text == text == str(read)
        assert read.earliest <= day <= read.latest
        assert read.earliest.day == 1
        assert read.latest.day == monthrange(read.latest.year, read.latest.month)[1]
        assert LimitedDate.parse(text) == read


@pytest.mark.parametrize("typed", ["2026", "5/2026", "Q2/2026"])
def test_parse_day_needs_a_whole_date(typed):
    with pytest.raises(Invalid) as caught:
        parse_day(typed, field="as_of_on")

    assert (caught.value.code, caught.value.field) == ("date_not_a_day", "as_of_on")


def test_a_year_is_past_only_when_it_is_over():
    year = LimitedDate.parse("2026")

    assert not year.is_past(date(2026, 12, 31))
    assert year.is_past(date(2027, 1, 1))


def test_overlapping_dates_are_not_before_each_other():
    year, june, july = (LimitedDate.parse(text) for text in ("2026", "2026-06", "2026-07"))

    assert june.is_before(july)
    assert not july.is_before(june)
    assert not year.is_before(june)
    assert not june.is_before(year)
    assert june.may_follow(year)
    assert not june.may_follow(july)


@given(DAYS, DAYS)
def test_order_of_whole_days_is_that_of_the_calendar(one, other):
    assert LimitedDate.of_day(one).is_before(LimitedDate.of_day(other)) == (one < other)


def test_check_order_names_both_dates():
    early, late = LimitedDate.parse("2026"), LimitedDate.of_day(date(2026, 12, 31) + timedelta(1))

    check_order(early, late)
    check_order(early, early)
    with override("en"), pytest.raises(Invalid) as caught:
        check_order(late, early, field="due")

    assert (caught.value.code, caught.value.field) == ("dates_out_of_order", "due")
    assert str(caught.value) == ("2026 is before 2027-01-01. Please put the two dates in order.")
