"""The strict reader of the tests sees what it looks for."""

import pytest

from tests.feeds.lines import faults

GOOD = b"""BEGIN:VCALENDAR
PRODID:-//x//x//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME:Test
X-WR-CALNAME:Test
REFRESH-INTERVAL;VALUE=DURATION:PT6H
X-PUBLISHED-TTL:PT6H
X-WR-TIMEZONE:Asia/Ho_Chi_Minh
BEGIN:VEVENT
UID:test-1@example.org
DTSTAMP:20260601T020000Z
LAST-MODIFIED:20260601T020000Z
SEQUENCE:0
DTSTART;VALUE=DATE:20260601
DTEND;VALUE=DATE:20260602
SUMMARY;LANGUAGE=en:Test\\, one
DESCRIPTION;LANGUAGE=en:Test\\ntwo
URL:https://example.org/
CLASS:PUBLIC
STATUS:CONFIRMED
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
""".replace(b"\n", b"\r\n")


def test_a_good_file_has_no_faults():
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\r\n", b"\n"),
        (b"SEQUENCE:0\r\n", b""),
        (b"SEQUENCE:0\r\n", b"SEQUENCE:0\r\nSEQUENCE:1\r\n"),
        (b"Test\\, one", b"Test, one"),
        (b"Test\\, one", b"x" * 80),
        (b"Test\\, one", b"\x07"),
        (b"Test\\, one", "Ế".encode()[:1] + b"\r\n " + "Ế".encode()[1:]),
        (b"020000Z\r\nLAST", b"020000\r\nLAST"),
        (b"END:VEVENT\r\n", b""),
        (b"END:VEVENT", b"END:VTODO"),
        (b"UID:test-1@example.org", b"UID:Test 1"),
        (b"CLASS:PUBLIC", b"CLASS"),
    ],
)
def test_faults_are_seen(old, new):
    assert old in GOOD
    assert faults(GOOD.replace(old, new)) != []
