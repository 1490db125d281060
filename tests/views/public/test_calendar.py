"""The calendar: which months it shows, and how sure each date is."""

import re
from datetime import date

import icalendar
import pytest

from tests import factories
from tests.views.public.reading import sections


def _due(row, text, earliest, latest=None, original=""):
    row.due, row.due_earliest, row.due_latest = text, earliest, latest or earliest
    if original:
        row.original_due = original
        row.original_due_earliest = row.original_due_latest = date.fromisoformat(original)
    row.save()
    return row


@pytest.fixture
def dates(world):
    """A year, a moved step, a day that has passed, and a reporting period."""
    _due(world.commitment, "2026", date(2026, 1, 1), date(2026, 12, 31))
    step = factories.MilestoneFactory(commitment=world.commitment, title_en="Test step")
    _due(step, "2026-06-10", date(2026, 6, 10), original="2026-05-10")
    old = factories.CommitmentFactory(
        programme=world.programme, title_en="Test old", reference="CPT26-009"
    )
    _due(old, "2025-11-03", date(2025, 11, 3))
    world.commitment.reporting_opened_on = date(2026, 5, 1)
    world.commitment.reporting_opened_by = factories.UserFactory()
    world.commitment.save()
    factories.ReportingPeriodFactory(
        programme=world.programme,
        starts_on=date(2026, 5, 1),
        ends_on=date(2026, 5, 31),
        opens_on=date(2026, 6, 1),
        due_on=date(2026, 6, 12),
        locks_on=date(2026, 7, 1),
    )
    return world


def test_the_calendar_shows_twelve_months_with_dates_as_precise_as_they_are(client, dates):
    told = sections(client.get("/en/calendar/"))

    assert told["June 2026"] == (
        "1 June 2026 Reporting opens Reporting on May 2026 Test programme "
        "10 June 2026 Milestone · first given as 10 May 2026 Test step CPT26-001 Test commitment "
        "12 June 2026 Updates are due Reporting on May 2026 Test programme"
    )
    assert told["December 2026"].startswith("Some time in 2026 Due Test commitment CPT26-001")
    assert "November 2025" not in told


def test_past_months_can_be_reached(client, dates):
    page = client.get("/en/calendar/?since=2025-06")

    assert sections(page)["November 2025"] == (
        "3 November 2025 Due · the day has passed Test old CPT26-009 "
        "Twelve months earlier Twelve months later"
    )
    assert 'href="?since=2024-06"' in page.content.decode()


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("?programme=test", True),
        ("?organisation=test-lead", True),
        ("?organisation=test-unit", None),
    ],
)
def test_the_calendar_is_found_by_its_filters(client, dates, query, is_there):
    page = client.get(f"/en/calendar/{query}")

    assert (page.status_code, "Test step" in page.content.decode()) == (
        (200, True) if is_there else (400, False)
    )


@pytest.mark.parametrize(
    ("query", "status"),
    [("?since=never", 400), ("?since=2199-12", 200), ("?since=1945", 200), ("?since=1900", 400)],
)
def test_odd_months_are_answered(client, db, query, status):
    assert client.get(f"/en/calendar/{query}").status_code == status


def test_all_dates_are_one_calendar_to_subscribe_to(client, dates):
    page = client.get("/en/calendar/").content.decode()
    body = client.get("/calendar/all.ics?lang=en").content

    assert 'href="http://127.0.0.1:8000/calendar/all.ics?lang=en"' in page
    assert [
        str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(body).walk("VEVENT")
    ] == [
        "Due: Test old (CPT26-009)",
        "Reporting on May 2026 opens: Test programme",
        "Milestone: Test step (CPT26-001)",
        "Updates on May 2026 are due: Test programme",
        "By the end of 2026: Test commitment (CPT26-001)",
    ]


def test_the_demonstration_is_left_out_unless_asked(client, dates):
    dates.programme.is_demo = True
    dates.programme.save()

    shown = {
        query: "Test step" in client.get(f"/en/calendar/{query}").content.decode()
        for query in ("", "?programme=test")
    }

    assert shown == {"": False, "?programme=test": True}
    assert b"VEVENT" not in client.get("/calendar/all.ics").content


def _cells(page):
    """The days that have something, by what stands in each."""
    cells = re.findall(r'<td class="day([^"]*)">(.*?)</td>', page.text, re.DOTALL)
    said = [" ".join(re.sub("<[^>]+>", " ", text).split()) for _kind, text in cells]
    return len(cells), [
        one for (kind, _text), one in zip(cells, said, strict=True) if len(one) > 30
    ]


def test_one_month_is_shown_day_by_day_from_monday_on(client, dates):
    number, said = _cells(client.get("/en/calendar/"))

    assert (number, said) == (
        35,
        [
            "Monday, 1 June 2026 1 today Reporting opens Reporting on May 2026",
            "Wednesday, 10 June 2026 10 Milestone Test step",
            "Friday, 12 June 2026 12 Updates are due Reporting on May 2026",
        ],
    )
    page = client.get("/en/calendar/?month=2026-08&programme=test")
    assert 'href="?month=2026-07&amp;programme=test#day-by-day"' in page.text
    assert _cells(page)[1] == [
        "Saturday, 22 August 2026 22 Working day in exchange for a day off",
        "Monday, 31 August 2026 31 Day off",
    ]
    page = client.get("/vi/calendar/?month=2025-11")
    assert "Thứ 2, 3/11/2025" in _cells(page)[1][0]
    for odd in ("never", "2026-13", "\0", "9" * 99, "1945-01", "2199-12"):
        assert client.get("/en/calendar/", {"month": odd}).status_code == 200, odd


def test_a_day_shows_a_few_things_and_leads_to_the_others(client, dates):
    for number in range(5):
        row = factories.CommitmentFactory(programme=dates.programme, title_en=f"Test {number}")
        _due(row, "2026-06-20", date(2026, 6, 20))
    page = client.get("/en/calendar/?month=2026-06")
    beyond = client.get("/en/calendar/?month=2026-06&since=2027")

    assert '<a href="#month-2026-06">and 2 more</a>' in page.text
    assert '<h2 id="month-2026-06">' in page.text
    assert '<a href="?month=2026-06&amp;since=2026-06#month-2026-06">and 2 more</a>' in beyond.text
