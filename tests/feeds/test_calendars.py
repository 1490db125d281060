"""How a calendar is written: strict lines, whatever the texts hold, and the same bytes twice."""

from datetime import UTC, date, datetime

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.feeds.calendars import Calendar, Entry, plain, written
from tests.feeds.lines import faults, unfolded

AT = datetime(2026, 6, 1, 2, 0, 0, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.SITE_URL = "https://cam-ket.example.org:8443"


def entry(**said):
    usual = {
        "key": "milestone-test-1",
        "on": date(2026, 12, 31),
        "summary": "Test summary",
        "description": "Test description",
        "url": "https://cam-ket.example.org/vi/?a=1;b",
        "changed_at": AT,
        "version": 3,
    }
    return Entry(**usual | said)


def calendar(*entries, **said):
    usual = {"name": "Test name", "about": "Test about", "language": "vi", "entries": entries}
    return Calendar(**usual | said)


def test_entry_is_a_whole_day_that_leaves_people_free():
    lines = unfolded(written(calendar(entry())))

    assert lines[lines.index("BEGIN:VEVENT") :] == [
        "BEGIN:VEVENT",
        "SUMMARY;LANGUAGE=vi:Test summary",
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "DTSTAMP:20260601T020000Z",
        "UID:milestone-test-1@cam-ket.example.org",
        "SEQUENCE:3",
        "CLASS:PUBLIC",
        "DESCRIPTION;LANGUAGE=vi:Test description",
        "LAST-MODIFIED:20260601T020000Z",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "URL:https://cam-ket.example.org/vi/?a=1;b",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_head_names_the_calendar_and_when_to_look_again():
    lines = unfolded(written(calendar(name="Cam Kết: thử, một")))

    assert lines == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Cam Ket//Cam Ket//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "DESCRIPTION;LANGUAGE=vi:Test about",
        "X-WR-CALDESC:Test about",
        "NAME;LANGUAGE=vi:Cam Kết: thử\\, một",
        "X-WR-CALNAME:Cam Kết: thử\\, một",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "X-WR-TIMEZONE:Asia/Ho_Chi_Minh",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Ho_Chi_Minh",
        "BEGIN:STANDARD",
        "DTSTART:19750613T000000",
        "TZNAME:+07",
        "TZOFFSETFROM:+0700",
        "TZOFFSETTO:+0700",
        "END:STANDARD",
        "END:VTIMEZONE",
        "END:VCALENDAR",
    ]


def test_entries_stand_in_one_order_and_give_the_same_bytes():
    one, other = entry(key="b"), entry(key="a")
    earlier = entry(key="c", on=date(2026, 1, 1), is_called_off=True)

    first = written(calendar(one, other, earlier))

    assert first == written(calendar(earlier, other, one))
    assert [line for line in unfolded(first) if line.startswith(("UID", "STATUS"))] == [
        "UID:c@cam-ket.example.org", "STATUS:CANCELLED",
        "UID:a@cam-ket.example.org", "STATUS:CONFIRMED",
        "UID:b@cam-ket.example.org", "STATUS:CONFIRMED",
    ]  # fmt: skip


def test_what_is_not_public_is_marked_private():
    assert "CLASS:PRIVATE" in unfolded(written(calendar(entry(), is_public=False)))


def test_a_long_title_is_cut_to_what_a_month_can_hold():
    found = icalendar.Calendar.from_ical(written(calendar(entry(summary="ộ" * 300))))

    assert str(found.events[0]["SUMMARY"]) == "ộ" * 199 + "…"


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=150)


@given(TEXTS, TEXTS, TEXTS)
def test_any_text_gives_strict_lines_that_read_back(name, summary, description):
    said = {"summary": f"x{summary}", "description": f"x{description}"}

    body = written(calendar(entry(**said), name=f"x{name}"))

    assert faults(body) == []
    event = icalendar.Calendar.from_ical(body).events[0]
    assert str(event["DESCRIPTION"]) == plain(said["description"])
    assert str(event["SUMMARY"]) == " ".join(plain(said["summary"]).split())


def test_plain_keeps_lines_and_words_and_drops_what_cannot_be_shown():
    assert plain("Một\r\nhai\rba\u2028bốn\x00\x07\tnăm\n") == "Một\nhai\nba\nbốnnăm"
